#!/bin/sh
# The report in headless Chromium. Needs chromium, node and npm's playwright-core and axe-core; without them there is nothing to judge.
# Arguments: the program, a folder to work in, and which scenarios' reports are opened: `few`, `all`, or none for the tools of one page.
skip() { echo "skipped: $1"; exit 77; }

program=$1 work=$2 every=${3:-}
tests=$(cd "$(dirname "$0")/../browser" && pwd)
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium (apt-get install chromium)"
command -v node >/dev/null && command -v npm >/dev/null || skip "no node (apt-get install nodejs npm)"
mkdir -p "$work" && cp "$tests/package.json" "$tests/package-lock.json" "$work" || exit 1
cd "$work" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || skip "npm could not install playwright-core and axe-core"
[ -z "$every" ] || exec node "$tests/every.mjs" "$program" "$work" "$chromium" "$tests/../../scenarios" "$every"
exec node "$tests/report.mjs" "$program" "$work" "$tests/pinned" "$chromium"
