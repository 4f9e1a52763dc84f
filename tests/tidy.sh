#!/usr/bin/env bash
# Checks the format of every source and lints it, by .clang-format and .clang-tidy; fails on findings.
# usage: tests/tidy.sh [REV]
# With REV only what differs from it is linted: sources, and those that include a changed header.
set -euo pipefail
cd "$(dirname "$0")/.."
kinds=('*.c' '*.cpp' '*.h' '*.hpp')
present() { while read -r file; do [ ! -e "$file" ] || echo "$file"; done; }

mapfile -t sources < <(git ls-files -co --exclude-standard -- "${kinds[@]}" | present)
clang-format-14 --dry-run -Werror "${sources[@]}"
echo "${#sources[@]} files are well formatted"

lint=(.)
if [ $# -gt 0 ]; then
  mapfile -t lint < <({ git diff --name-only "$1" -- "${kinds[@]}"
    git ls-files -o --exclude-standard -- "${kinds[@]}"; } | present)
  for file in "${lint[@]}"; do
    case "$file" in *.h | *.hpp)
      mapfile -t -O "${#lint[@]}" lint < <(grep -lE "#include [\"<](.*/)?${file##*/}[\">]" "${sources[@]}")
    esac
  done
  [ ${#lint[@]} -gt 0 ] || { echo 'nothing to lint'; exit 0; }
fi
cmake --preset fuzz >/dev/null  # the compile database of clang, with the fuzz targets in it
run-clang-tidy-14 -quiet -p build/fuzz "${lint[@]/#/$PWD/}" 2>&1 | awk '
  /^clang-tidy-14 / { ++linted; next }
  /^[0-9]+ warnings? (generated|treated)/ { next }
  { print }
  END { print linted + 0 " files are linted" }'
