#!/bin/sh
# Says how fast reports are made, open and play: sh tests/browser/speed.sh build/release/peerlab. Needs chromium, node and npm.
set -eu
program=$(readlink -f "${1:-build/release/peerlab}")
tests=$(cd "$(dirname "$0")" && pwd)
work=${TMPDIR:-/tmp}/peerlab-speed
mkdir -p "$work"
cp "$tests/package.json" "$tests/package-lock.json" "$work"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1)
node "$tests/speed.mjs" "$program" "$work" "$(command -v chromium)"
