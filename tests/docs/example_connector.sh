#!/usr/bin/env bash
# Does what docs/write-a-connector.md says, outside the tree: install the contract, build the example, pack,
# install, run. usage: example_connector.sh SOURCE_ROOT CONNHOST [SANITIZERS]
set -euo pipefail
root=$1 connhost=$2 sanitize=${3:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake -S "$root/plugin-api" -B "$scratch/api" -G Ninja >/dev/null
cmake --install "$scratch/api" --prefix "$scratch/prefix" >/dev/null
# A guest and its worker must agree on sanitizers.
cmake -S "$root/docs/examples/passwd" -B "$scratch/build" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" \
  -DCMAKE_CXX_FLAGS="${sanitize:+-fsanitize=$sanitize}" -DCONNHOST_SANITIZE="$sanitize" >/dev/null
cmake --build "$scratch/build" >/dev/null
cd "$scratch"
export CONNHOST_HOME=$scratch/home
"$connhost" pack build/connectors/passwd
"$connhost" install ./passwd-1.0.0-linux-x86_64.connpkg --allow-unsigned
"$connhost" install bronze
printf 'root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann:/home/ann:/bin/sh\n' >users
"$connhost" verify passwd-1.0.0-linux-x86_64.connpkg --config '{"path":"users"}'
cat >connection.yaml <<'YAML'
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: users
source: {connector: passwd, config: {path: users}}
destination: {connector: bronze, config: {path: bronze}}
YAML
"$connhost" apply -f connection.yaml
"$connhost" run acme/users
grep -c '"data":{"name":"ann","uid":1000,"home":"/home/ann"}' bronze/acme/users/users/*.ndjson
