#!/bin/sh
# The interactive part of the report is kept built: what is kept must be what its sources give. Needs node and npm.
# Argument: a folder to work in.
skip() { echo "skipped: $1"; exit 77; }

work=$1
front=$(cd "$(dirname "$0")/../../analysis/report/front" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || skip "no node (apt-get install nodejs npm)"
mkdir -p "$work" || exit 1
for part in package.json package-lock.json tsconfig.json vite.config.ts src map; do cp -r "$front/$part" "$work" || exit 1; done
cd "$work" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || skip "npm could not install what builds it"
npm run build >build.log 2>&1 || { cat build.log; exit 1; }
for file in dist/report.js dist/report.css src/land.ts; do
  cmp "$file" "$front/$file" || { echo "$file is not what its sources give: npm ci && npm run build in analysis/report/front"; exit 1; }
done
