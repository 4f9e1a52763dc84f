#!/usr/bin/env bash
# Installs what is missing, builds, and runs connectors for two tenants on files that every Debian
# has. Run it again at any time: everything it makes is in demo-data/.
set -euo pipefail
cd "$(dirname "$0")"
bash packaging/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release --target connhost connhost-worker packages
export CONNHOST_HOME=$PWD/demo-data/home
export PATH=$PWD/build/release/bin:$PATH
rm -rf demo-data
mkdir -p demo-data

show() {
  printf '\n\033[1m$ %s\033[0m\n' "$*"
  "$@"
}

cat >demo-data/connections.yaml <<'YAML'
# Tenant acme reads the Unicode character table (CSV with ';') and the countries of the world (JSON).
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: characters
source:
  connector: csv
  config:
    path: /usr/share/unicode/UnicodeData.txt
    stream: characters
    delimiter: ";"
    quote: ""
    header: false
    columns: [code, name, category, combining, bidi, decomposition, decimal, digit, numeric,
              mirrored, old_name, comment, uppercase, lowercase, titlecase]
destination: {connector: bronze, config: {path: bronze}}
streams:
  - {name: characters, sync: incremental, write: append, key: [code]}
---
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: countries
source:
  connector: ndjson
  config: {path: /usr/share/iso-codes/json/iso_3166-1.json, pointer: /3166-1, stream: countries}
destination: {connector: bronze, config: {path: bronze}}
streams:
  - {name: countries, sync: full, write: overwrite, key: [alpha_3]}
---
# Tenant globex keeps an eye on the files of the time-zone database.
apiVersion: connhost/v1
kind: Connection
tenant: globex
name: zones
source:
  connector: local-files
  config: {path: /usr/share/zoneinfo, include: ["Europe/*", "*.tab"]}
destination: {connector: bronze, config: {path: bronze, compression: zstd}}
YAML

for connector in csv ndjson local-files bronze; do show connhost install "$connector"; done
show connhost list
show connhost apply -f demo-data/connections.yaml
show connhost connections
show connhost check acme/characters
for connection in acme/characters acme/countries globex/zones; do show connhost run "$connection"; done

printf '\n\033[1mone record of each, as it landed\033[0m\n'
for stream in acme/characters/characters acme/countries/countries; do
  head -n 1 demo-data/bronze/$stream/*.ndjson | cut -c 1-400
done

printf '\n\033[1magain: nothing is new\033[0m\n'
show connhost run acme/characters
show connhost state show acme/characters
show connhost runs
printf '\nlanded below demo-data/bronze; try: CONNHOST_HOME=demo-data/home build/release/bin/connhost --help\n'
