#!/usr/bin/env bash
# Builds everything and runs all tests. Usage: tools/test.sh [dotnet test arguments, such as --filter NAME]
# The last line is "N passed, N failed, N skipped"; the exit status is 0 when nothing failed and something passed.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1 DOTNET_NOLOGO=1
tools/install-test-clients.sh
dotnet build ValueImprint.sln --nologo --verbosity quiet -clp:NoSummary

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# Some tests send SIGINT, which whoever was started in the background would have inherited as ignored.
default_signals=()
if env --default-signal=INT true 2>/dev/null; then default_signals=(env --default-signal=INT); fi
"${default_signals[@]}" dotnet test ValueImprint.sln --no-build --nologo --logger trx --results-directory "$results" "$@" || status=$?

# A host that crashed leaves no counters, or a non-zero status; neither may read as a pass.
read -r passed failed skipped < <(
  grep -ho '<Counters [^>]*' "$results"/*.trx 2>/dev/null | awk '
    function n(name,  m) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { total += n("total"); passed += n("passed"); executed += n("executed") }
    END { print passed + 0, executed - passed, total - executed }')
if [ "$status" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then failed=1; fi
if [ "${passed:-0}" -eq 0 ] && [ "$status" -eq 0 ]; then echo "No test ran." >&2; status=1; fi

echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$status"
