#!/usr/bin/env bash
# From a fresh clone to a verdict: installs what is missing, builds, audits the sample dataset and gates it on its policy.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build src/ValueImprint.Tool --configuration Release --nologo --verbosity quiet -clp:NoSummary
exec tools/valueimprint check tools/sample/data/preferences.jsonl --policy tools/sample/policy.yml "$@"
