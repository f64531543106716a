#!/bin/sh
# The promise: the same digests on every build. Builds the program alone with clang -O0 and with g++ -O0 and
# sanitizers, runs small scenarios on them and on the program under test, and compares.
#
#   sh tests/suite/digest_builds.sh PROGRAM FOLDER SCENARIO...      (from the root of the tree)
#
# FOLDER keeps the builds, so that the next time only what has changed is compiled.
set -eu

program=$1 folder=$2
shift 2
root=$PWD
jobs=$(nproc 2>/dev/null || echo 2)
mkdir -p "$folder"
exec 9>"$folder/.lock"
! command -v flock >/dev/null || flock 9

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

build() {  # name, compiler, flags, settings ...
  name=$1 compiler=$2 flags=$3
  shift 3
  command -v "$compiler" >/dev/null || { echo "skipped: there is no $compiler here"; exit 77; }
  { cmake -G Ninja -S "$root" -B "$folder/$name" -DPEERLAB_PROGRAM_ONLY=ON -DPEERLAB_UNITY=ON -DCMAKE_BUILD_TYPE=None \
      -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" "$@" &&
    ninja -C "$folder/$name" -j "$jobs" peerlab; } >"$folder/$name.log" 2>&1 ||
    { echo "the build $name failed:"; tail -n 30 "$folder/$name.log"; exit 1; }
}

digests() {  # program, scenario, name: one digest a line
  "$1" run "$2" --quick --json -o "$results/$3" >"$results/$3.json" 2>"$results/$3.err" </dev/null || {
    rc=$?
    # 1 and 3 are verdicts on the scenario's expectations, which a shortened run need not meet.
    case $rc in 1 | 3) ;; *) { echo "$3: exit $rc" && tail -n 30 "$results/$3.err"; } >&2 && return 1 ;; esac
  }
  tr -d ' \n' <"$results/$3.json" | sed -n 's/.*"digests":\[\([^]]*\)\].*/\1/p' | tr ',' '\n' | sed '$a\'
}

build clang-O0 clang++ -O0
build g++-O0-sanitizers g++ -O0 -DPEERLAB_SANITIZE=address,undefined

bad=0
for scenario; do
  digests "$program" "$scenario" "$scenario-here" >"$results/want"
  [ -s "$results/want" ] || { echo "$scenario printed no digests"; exit 1; }
  for name in clang-O0 g++-O0-sanitizers; do
    digests "$folder/$name/peerlab" "$scenario" "$scenario-$name" >"$results/got"
    if cmp -s "$results/want" "$results/got"; then
      echo "same     $scenario  $name  $(wc -l <"$results/want") digests"
    else
      bad=1
      echo "DIFFERS  $scenario  $name"
      diff "$results/want" "$results/got" | head -n 10 || true
    fi
  done
done
exit $bad
