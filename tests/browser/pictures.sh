#!/bin/sh
# Takes the README's pictures anew: sh tests/browser/pictures.sh build/release/peerlab. Needs chromium, node and npm.
set -eu
program=$(readlink -f "${1:-build/release/peerlab}")
tests=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$tests/../.." && pwd)/docs/pictures
work=${TMPDIR:-/tmp}/peerlab-pictures
mkdir -p "$work" "$out"
cp "$tests/package.json" "$tests/package-lock.json" "$work"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1)
node "$tests/pictures.mjs" "$program" "$work" "$(command -v chromium)" "$out"
