#!/usr/bin/env bash
# Measures everything against the targets, side by side with what a user would pick instead, and prints one Markdown table.
# Usage: tools/bench/bench.sh [--quick] [--million] [--parts PART,PART…]
#   --quick    a rehearsal of a few minutes; its figures mean nothing
#   --million  memory over a million rows instead (some 15 minutes)
#   --parts    only these: throughput latency overload padding allocations reading startup pack
# A whole run, and --million, write their table into README.md; run them on an idle machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/.work/bench
peers=$root/tools/bench/peers
parts=throughput,latency,overload,padding,allocations,reading,startup,pack
whole=yes
arguments=()
command="tools/bench/bench.sh${*:+ $*}"
while [ $# -gt 0 ]; do
  case $1 in
    --quick) arguments+=(--quick); whole= ;;
    --million) parts=million ;;
    --parts) parts=${2:?--parts wants a list}; whole=; shift ;;
    *) echo "bench.sh: unknown argument '$1'; see the top of this file." >&2; exit 2 ;;
  esac
  shift
done

data=${VALUEIMPRINT_DATA:-$root/../shared/data}/hh-rlhf
[ -d "$data" ] || { echo "bench.sh: there is no folder '$data'; set VALUEIMPRINT_DATA to the folder that holds hh-rlhf." >&2; exit 2; }
if [ -n "$whole" ]; then arguments+=(--readme "$root/tools/bench/README.md"); fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1 DOTNET_NOLOGO=1
{
  rm -rf "$work/server" "$work/tool"
  for project in Server Tool; do
    dotnet publish "$root/src/ValueImprint.$project" -c Release -p:PublishReadyToRun=true -o "$work/${project,,}" --nologo -v q
  done
  dotnet build "$root/tools/bench/ValueImprint.Bench" -c Release -o "$work/bench" --nologo -v q
  if [[ $parts == *throughput* ]]; then
    /usr/bin/python3 -c 'import grpc, numpy, sklearn, torch' && command -v protoc >/dev/null ||
      { echo "bench.sh: the Python peers need: apt-get install python3-torch python3-sklearn python3-grpcio python3-protobuf protobuf-compiler" >&2; exit 2; }
    if ! cmp -s "$peers/package-lock.json" "$peers/node_modules/.installed-lock"; then
      (cd "$peers" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed-lock)
    fi
  fi
} >&2

exec dotnet "$work/bench/ValueImprint.Bench.dll" --root "$root" --data "$data" --server "$work/server" --tool "$work/tool" \
  --peers "$peers" --parts "$parts" --command "$command" "${arguments[@]}"
