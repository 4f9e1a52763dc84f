#!/usr/bin/env bash
# What `connhost new` writes builds, passes its tests, packs, installs and runs, with the kit of the build tree
# and with an installed one. usage: new_project.sh SOURCE_ROOT CONNHOST KIND LANG BUILD_TREE_KIT|- [SANITIZERS]
set -euo pipefail
root=$1 connhost=$2 kind=$3 lang=$4 kit=$5 sanitize=${6:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CONNHOST_HOME=$scratch/home TEST_TMPDIR=$scratch/ TMPDIR=$scratch
if [ "$kit" = - ]; then
  cmake -S "$root/plugin-api" -B "$scratch/api" -G Ninja >/dev/null
  cmake --install "$scratch/api" --prefix "$scratch/prefix" >/dev/null
  kit=$(dirname "$(find "$scratch/prefix" -name connhost-plugin-api-config.cmake)")
fi
cd "$scratch"
"$connhost" new my-first --kind "$kind" --lang "$lang"
flags="-Wall -Wextra -Werror${sanitize:+ -fsanitize=$sanitize}"  # a guest and its worker agree on sanitizers
[ "$lang" = c ] && strict=" -std=c99 -pedantic-errors" || strict=
cmake -S my-first -B my-first/build -G Ninja -Dconnhost-plugin-api_DIR="$kit" -DCONNHOST_PROGRAM="$connhost" \
  -DCMAKE_C_FLAGS="$flags$strict" -DCMAKE_CXX_FLAGS="$flags" -DCONNHOST_SANITIZE="$sanitize" >/dev/null
cmake --build my-first/build
ctest --test-dir my-first/build --output-on-failure
if [ "$lang" = c ] && ldd my-first/build/connectors/my-first/lib/my-first.so | grep libstdc++; then
  [ -n "$sanitize" ] || { echo 'expected a connector in C to need no C++, found libstdc++' >&2; exit 1; }
fi
"$connhost" install ./my-first/build/my-first-0.1.0-linux-x86_64.connpkg --allow-unsigned
mkdir -p landed
if [ "$kind" = source ]; then
  "$connhost" install bronze
  ends='source: {connector: my-first, config: {rows: 250}}
destination: {connector: bronze, config: {path: landed}}'
else
  "$connhost" install faker
  ends='source: {connector: faker, config: {rows: 250, shape: documents}}
destination: {connector: my-first, config: {path: landed}}'
  [ "$lang" = c ] && exit 0  # takes int64 and utf8 alone, which no connector here reads
fi
printf 'apiVersion: connhost/v1\nkind: Connection\ntenant: acme\nname: first\n%s\nstreams: [{name: %s, write: append}]\n' \
  "$ends" "$([ "$kind" = source ] && echo numbers || echo documents)" >first.yaml
"$connhost" apply -f first.yaml
"$connhost" run acme/first
"$connhost" run acme/first
lines=$(find landed -name '*.ndjson' -exec cat {} + | wc -l)
[ "$lines" = 250 ] || { echo "expected 250 records after two runs, found $lines" >&2; exit 1; }
