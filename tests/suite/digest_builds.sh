#!/bin/sh
# The promise: the same digests on every build. Builds the program alone with clang, -O0 and sanitizers, as unlike the
# optimised g++ of the program under test as can be, runs a replication of small scenarios on both, and compares.
# (The matrix has g++ -O0, clang -O3 and sanitizers with g++ besides.)
#
#   sh tests/suite/digest_builds.sh PROGRAM FOLDER SCENARIO...      (from the root of the tree)
#
# FOLDER keeps the build, so that the next time only what has changed is compiled.
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

other=$folder/clang-O0-sanitizers
command -v clang++ >/dev/null || { echo "skipped: there is no clang++ here"; exit 77; }
{ cmake -G Ninja -S "$root" -B "$other" -DPEERLAB_PROGRAM_ONLY=ON -DPEERLAB_UNITY=ON -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_FLAGS=-O0 -DPEERLAB_SANITIZE=address,undefined &&
  ninja -C "$other" -j "$jobs" peerlab; } >"$other.log" 2>&1 ||
  { echo "the build with clang++ -O0 and sanitizers failed:"; tail -n 30 "$other.log"; exit 1; }

digests() {  # program, scenario, name: one digest a line
  # A sanitizer ends a program with 1 where it is not told otherwise, which is a verdict here.
  ASAN_OPTIONS=exitcode=86 UBSAN_OPTIONS=exitcode=86 "$1" run "$2" --quick -r 1 -j 1 --json -o "$results/$3" >"$results/$3.json" 2>"$results/$3.err" </dev/null || {
    rc=$?
    # 1 and 3 are verdicts on the scenario's expectations, which a shortened run need not meet.
    case $rc in 1 | 3) ;; *) { echo "$3: exit $rc" && tail -n 30 "$results/$3.err"; } >&2 && return 1 ;; esac
  }
  tr -d ' \n' <"$results/$3.json" | sed -n 's/.*"digests":\[\([^]]*\)\].*/\1/p' | tr ',' '\n' | sed '$a\' >"$results/$3.digests"
}

# The scenarios side by side, at once; `wait` tells how each ended.
started=
for scenario; do
  { digests "$program" "$scenario" "$scenario-here" && digests "$other/peerlab" "$scenario" "$scenario-other"; } &
  started="$started $!"
done
bad=0
for one in $started; do
  wait "$one" || bad=1
done
[ $bad = 0 ] || exit 1

for scenario; do
  here=$results/$scenario-here.digests
  [ -s "$here" ] || { echo "$scenario printed no digests"; exit 1; }
  if cmp -s "$here" "$results/$scenario-other.digests"; then
    echo "same     $scenario  $(wc -l <"$here") digests"
  else
    bad=1
    echo "DIFFERS  $scenario"
    diff "$here" "$results/$scenario-other.digests" | head -n 10 || true
  fi
done
exit $bad
