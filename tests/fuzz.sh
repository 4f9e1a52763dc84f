#!/usr/bin/env bash
# Runs every fuzz target for SECONDS each, two at a time, on a copy of its checked-in corpus.
# usage: tests/fuzz.sh SECONDS [TARGET...]     (build first: cmake --build --preset fuzz --target fuzzers)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fuzz_one() {
  local target=$1 seconds=$2 scratch=$3
  local corpus=$scratch/$target log=$scratch/$target.log
  mkdir -p "$corpus"
  local seeds
  seeds=$(find tests -type d -path "*/fuzz/$target")
  if [ -n "$seeds" ]; then cp -r "$seeds"/. "$corpus"; fi
  if ! (cd "$scratch" && "$OLDPWD/build/fuzz/bin/$target" -max_total_time="$seconds" -timeout=10 \
      -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
      -artifact_prefix="$target-" "$corpus") >"$log" 2>&1; then
    grep -v NEW_FUNC "$log" | tail -n 40
    local input
    for input in "$scratch/$target"-*; do base64 "$input"; done
    echo "$target: a finding; the input is printed above, in base64" >&2
    return 1
  fi
  echo "$target: $(grep -o 'number_of_executed_units: [0-9]*' "$log"), no finding"
}
export -f fuzz_one
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd build/fuzz/bin && ls -d fuzz_*)
printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c 'fuzz_one "$@"' _ {} "$seconds" "$scratch"
