#!/usr/bin/env bash
# Installs what the tests beyond .NET need: Node, Python's gRPC, Chromium and strace where apt-get may install them, then the packages of
# the Node client, of the reports' tests, and Hugging Face's tokenizers. Silent when there is nothing to do; what can't be installed is
# left to the tests, which skip (and fail where CI=true).
set -euo pipefail
cd "$(dirname "$0")/../tests/ValueImprint.EndToEnd.Tests/polyglot"

node_ready() { command -v node >/dev/null && command -v npm >/dev/null; }
python_ready() { [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import grpc, google.protobuf' 2>/dev/null && command -v protoc >/dev/null; }
browser_ready() { [ -n "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome >/dev/null; }
trace_ready() { command -v unshare >/dev/null && command -v strace >/dev/null; }
missing=()
node_ready || missing+=(nodejs npm)
python_ready || missing+=(python3-grpcio python3-protobuf protobuf-compiler)
browser_ready || missing+=(chromium fonts-liberation)
trace_ready || missing+=(util-linux strace)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  {
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  } >/dev/null || echo "${missing[*]} could not be installed; the tests that need them skip." >&2
fi

for folder in node reports ../../ValueImprint.Inference.Tests/polyglot/tokenizers; do
  if node_ready && ! cmp -s $folder/package-lock.json $folder/node_modules/.installed-lock; then
    (cd $folder && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed-lock) ||
      { rm -rf $folder/node_modules; echo "The Node packages of $folder could not be installed; the tests that need them skip." >&2; }
  fi
done
