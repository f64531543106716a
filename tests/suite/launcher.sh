#!/bin/sh
# The launcher, tried in a small tree of its own with stand-ins for the tools: no network, no compiler, no packages.
set -eu

here=$PWD
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
failures=0

expect() {  # sentence, command ...: holds, or is counted
  sentence=$1
  shift
  if "$@"; then return 0; fi
  failures=$((failures + 1))
  echo "FAILED: $sentence"
  sed 's/^/  | /' "$room/out" "$room/err"
}

status() { [ "$rc" = "$1" ]; }
says() { grep -qF -- "$1" "$room/out" "$room/err"; }
silent() { ! grep -qF -- "$1" "$room/out" "$room/err"; }

# A tree of a launcher, its list of packages, and one source. The folder has a space in its name on purpose.
tree="$room/a tree"
mkdir -p "$tree/.ci" "$tree/models/base" "$tree/analysis" "$tree/sim" "$room/cwd"
cp "$here/peerlab" "$tree/peerlab"
cp "$here/.ci/packages" "$tree/.ci/packages"
: >"$tree/CMakeLists.txt"
: >"$tree/models/base/time.cpp"

# Only what POSIX and Debian's essential packages offer; tools are added one by one.
bin=$room/bin
mkdir "$bin"
for tool in sh awk cat chmod cut date env find flock grep head id mkdir mktemp mv nproc readlink rm sed sleep tail touch tr; do
  real=$(command -v $tool) || continue
  ln -s "$real" "$bin/$tool"
done

stand_in() {  # name, body
  printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}

launch() {  # arguments: runs the launcher from another folder
  rc=0
  (cd "$room/cwd" && PATH=$bin HOME=$room exec "$tree/peerlab" "$@") >"$room/out" 2>"$room/err" </dev/null || rc=$?
}

# --- the script itself

for shell in sh dash bash; do
  ! command -v $shell >/dev/null || expect "$shell can read it" $shell -n "$here/peerlab"
done
expect "the list of packages has one word before each comment" \
  awk '/^[a-z]/ && $2 !~ /^#/ { bad = 1 } END { exit bad }' "$here/.ci/packages"

# --- on another system

launch run hello
expect "without apt-get and without tools it stops with exit 2" status 2
expect "and prints the container line" says 'docker run --rm -it -v "$PWD":/peerlab -w /peerlab debian:12 ./peerlab run hello'
expect "for the suite as well" says 'debian:12 ./peerlab test'

# --- with all tools, on whatever system: stand-ins that write down what they are asked

stand_in pkg-config 'exit 0'
stand_in c++ 'exit 0'
stand_in cmake '
while [ $# -gt 0 ]; do
  case $1 in -B) folder=$2 && shift ;; -S) root=$2 && shift ;; -D*) settings="${settings:-} ${1#-D}" ;; esac
  shift
done
mkdir -p "$folder" && : >"$folder/build.ninja"
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$root" >"$folder/CMakeCache.txt"
for setting in $settings; do echo "${setting%%=*}:STRING=${setting#*=}" >>"$folder/CMakeCache.txt"; done
echo configured >>"$folder/../asked"'
stand_in ninja '
echo "[1/1] Building"
echo built >>"$2/../asked"
[ ! -e "$2/../../broken" ] || { echo "error: no such thing"; exit 1; }
sleep "${SLOW:-0}"
printf "%s\n" "#!/bin/sh" "echo \"program in \$PWD got:\$(for a; do printf \" <%s>\" \"\$a\"; done)\"" "exit 3" >"$2/peerlab"
chmod +x "$2/peerlab"'

asked() { tr '\n' ' ' <"$tree/build/asked"; }

launch run 'my scenario.yaml' --seed 7
expect "it hands over with all arguments, in the user's folder" \
  says "program in $room/cwd got: <run> <my scenario.yaml> <--seed> <7>"
expect "and ends as the program ends" status 3
expect "after configuring and building once" [ "$(asked)" = "configured built " ]

launch list
expect "the second time it builds nothing" [ "$(asked)" = "configured built " ]
expect "and says nothing of its own" [ ! -s "$room/err" ]

sleep 0.02
echo 'int changed;' >"$tree/models/base/time.cpp"
launch list
expect "a changed source is built again, without configuring" [ "$(asked)" = "configured built built " ]

sleep 0.02
: >"$tree/models/base/new.cpp"
launch list
expect "so is a new one" [ "$(asked)" = "configured built built built " ]

sleep 0.02
rm "$tree/models/base/new.cpp"
: >"$tree/broken"
launch list
expect "a removed one too, and a build that fails is exit 70" status 70
expect "it shows the end of the log" says 'error: no such thing'
expect "and names the log" says "$tree/build/log"
rm "$tree/broken"
launch list
expect "once mended it runs again" status 3

mv "$tree" "$room/moved tree"
tree="$room/moved tree"
launch list
expect "a tree that was moved is configured afresh" says "program in $room/cwd got: <list>"

# --- two at once on a fresh tree

rm -rf "$tree/build"
(cd "$room" && PATH=$bin SLOW=0.3 "$tree/peerlab" one >"$room/one" 2>&1 || true) &
(cd "$room" && PATH=$bin SLOW=0.3 "$tree/peerlab" two >"$room/two" 2>&1 || true) &
wait
if [ -e "$bin/flock" ]; then
  expect "two at once build once" [ "$(asked)" = "configured built " ]
fi
expect "and both run" grep -q '<one>' "$room/one"
expect "and both run" grep -q '<two>' "$room/two"

# --- interrupted while building

rm -rf "$tree/build"
if command -v setsid >/dev/null; then
  # Ctrl-C reaches every process of the foreground group.
  setsid sh -c 'trap - INT; cd "$1" && PATH=$2 SLOW=5 exec "$3" list' - "$room" "$bin" "$tree/peerlab" \
    >"$room/out" 2>"$room/err" &
  group=$!
  tries=0
  while [ ! -e "$tree/build/asked" ] || ! grep -q built "$tree/build/asked"; do
    sleep 0.05
    tries=$((tries + 1))
    [ $tries -lt 100 ] || break
  done
  kill -s TERM -- "-$group" 2>/dev/null || true
  wait "$group" 2>/dev/null || true
  launch list
  expect "after an interruption the next call builds and runs" says '<list>'
fi

# --- test and bench belong to the launcher

stand_in ctest 'echo "ctest:$*"; echo "100% tests passed"; exit 8'
launch test -L unit
expect "test runs ctest with the arguments given" says '--output-on-failure --no-tests=error -L unit'
expect "shows its closing lines" says '100% tests passed'
expect "and ends with its verdict" status 8

# --- Debian 12 with packages missing (told from this system's /etc/os-release, so only there)

if grep -qx 'VERSION_ID="12"' /etc/os-release 2>/dev/null && grep -qx 'ID=debian' /etc/os-release; then
  rm -rf "$tree/build"
  stand_in dpkg-query 'for p in "$@"; do case $p in g++|cmake|-*) ;; *) printf "installed:%s " "$p" ;; esac; done'
  stand_in apt-get 'echo "apt-get $*" >>'"'$room/apt'"
  rm -f "$bin/id"
  stand_in id 'echo 1000'
  launch run hello
  expect "without root it stops with exit 2" status 2
  expect "and prints the line to type, with what is missing" \
    says "su -c 'apt-get update && apt-get install -y --no-install-recommends g++ cmake'"
  expect "and installs nothing" [ ! -e "$room/apt" ]

  stand_in sudo '[ "$1" != -n ] || exit 1'
  launch run hello
  expect "a sudo that would ask is not asked without a terminal" \
    says "sudo apt-get update && sudo apt-get install -y --no-install-recommends g++ cmake"
  expect "and stops with exit 2" status 2

  stand_in id 'echo 0'
  launch run hello
  expect "root installs what is missing, and no more" \
    grep -q 'install -y --no-install-recommends g++ cmake$' "$room/apt"
  expect "and goes on" says '<run> <hello>'
else
  echo "not tried here: what happens on Debian 12 with packages missing"
fi

[ $failures = 0 ] || { echo "$failures expectations failed"; exit 1; }
