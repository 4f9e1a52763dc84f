#!/usr/bin/env bash
# A whole run of today's program between two plugins that were built against the header of release
# 1.0 alone: pack, install, apply, run; then again with more records, from the state of the first.
# usage: frozen_run.sh CONNHOST FOLDER_OF_THE_PLUGINS
set -euo pipefail
connhost=$1 plugins=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export CONNHOST_HOME=$scratch/home

fail() {
  echo "$1" >&2
  cat landed/numbers.txt >&2
  exit 1
}

run_up_to() {
  cat >connection.yaml <<YAML
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: numbers
source: {connector: frozen-source, config: {rows: $1}}
destination: {connector: frozen-destination, config: {path: landed}}
streams: [{name: numbers, sync: incremental, write: append}]
YAML
  "$connhost" apply -f connection.yaml
  "$connhost" check acme/numbers
  "$connhost" run acme/numbers
}

# The ids of the landed records must be 1 to $1; the state at both ends the record behind them.
expect_up_to() {
  local ids state
  ids=$(awk '$1 == "row" { print $2 }' landed/numbers.txt)
  [ "$ids" = "$(seq 1 "$1")" ] || fail "expected the records 1 to $1 once each, found" $ids
  state=$(grep '^commit' landed/numbers.txt | tail -n 1)
  [[ $state == *"\"next\":$(($1 + 1))"* ]] || fail "expected a commit of next $(($1 + 1)), found $state"
  state=$("$connhost" state show acme/numbers --json)
  [[ ${state// /} == *"\"next\":$(($1 + 1))"* ]] ||
    fail "expected the registry to hold next $(($1 + 1)), found $state"
}

for role in source destination; do
  "$connhost" pack "$plugins/$role"
  "$connhost" install "./frozen-$role-1.0.0-linux-x86_64.connpkg" --allow-unsigned
done
run_up_to 10
expect_up_to 10
run_up_to 13
expect_up_to 13
run_up_to 13
expect_up_to 13
