#!/usr/bin/env bash
# What the MSBuild package adds to a `dotnet pack` that has nothing to do: the same dataset project with and without it, in turn.
# Usage: tools/bench/pack.sh [RUNS]   (default 9 of each, after two of each that don't count)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
runs=${1:-9}
work=$(mktemp -d)
export NUGET_PACKAGES=$work/packages XDG_RUNTIME_DIR=$work/run DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
trap '"$root/tools/valueimprint" server stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
mkdir -m 700 "$work/run"

env -u NUGET_PACKAGES dotnet pack "$root/src/ValueImprint.MSBuild" -c Release -o "$work/source" -p:PackageVersion=1.0.0-bench --nologo -v q >&2

project() { # FOLDER REFERENCE
  mkdir -p "$work/$1/data"
  cp "$root/tools/sample/data/preferences.jsonl" "$work/$1/data/"
  cp "$root/tools/sample/policy.yml" "$work/$1/"
  echo "<configuration><packageSources><clear/><add key=\"bench\" value=\"$work/source\"/></packageSources></configuration>" > "$work/$1/NuGet.config"
  cat > "$work/$1/Dataset.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5128</NoWarn></PropertyGroup>
  <ItemGroup><None Include="data/**" Pack="true" PackagePath="data"/>$2</ItemGroup>
</Project>
XML
}
project without ""
project with '<PackageReference Include="ValueImprint.MSBuild" Version="1.0.0-bench" PrivateAssets="all"/><ValueImprintDataset Include="data/*.jsonl"/>'

pack() { # FOLDER -> milliseconds
  local start=${EPOCHREALTIME/[.,]/}
  (cd "$work/$1" && dotnet pack --nologo -v q >/dev/null)
  local end=${EPOCHREALTIME/[.,]/}
  echo $(((end - start) / 1000))
}
median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2 ? a[(NR + 1) / 2] : int((a[NR / 2] + a[NR / 2 + 1]) / 2)) }'; }

for _ in 1 2; do pack without; pack with; done >/dev/null
for ((i = 0; i < runs; i++)); do
  plain=$(pack without)
  gated=$(pack with)
  echo "$plain $gated $((gated - plain))"
done > "$work/times"

echo "| no-change \`dotnet pack\`, $runs runs in turn | minimum ms | median ms | maximum ms |"
echo "|---|--:|--:|--:|"
column=1
for name in "without the package" "with ValueImprint.MSBuild" "difference, pair by pair"; do
  cut -d' ' -f$column "$work/times" > "$work/column"
  echo "| $name | $(sort -n "$work/column" | head -n 1) | $(median < "$work/column") | $(sort -n "$work/column" | tail -n 1) |"
  column=$((column + 1))
done
