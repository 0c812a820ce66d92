#!/usr/bin/env bash
# Makes the editor's bundle from src/ with the packages that package-lock.json names, each checked by its hash. Needs node 20 and npm.
# The same sources give the same bundle, whose name holds its hash; tests/texts/editor/test_bundle.py tells when it is stale.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# esbuild's own step after installing would only look for a faster way to start it.
node_modules/.bin/esbuild src/index.js --bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none --outfile=build/editor.js --log-level=warning
python3 bundle.py
