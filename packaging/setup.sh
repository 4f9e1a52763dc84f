#!/usr/bin/env bash
# Installs what this project needs on Debian 12 and is not there yet (packaging/debian-packages.txt).
# Works as root or with sudo; does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")"
missing=()
while read -r package; do
  case "$package" in '' | '#'*) continue ;; esac
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done <debian-packages.txt
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: these packages are missing and neither root nor sudo is there to install them: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
# Tests start servers of their own: the PostgreSQL package need not make one that runs all the time.
quiet=/etc/postgresql-common/createcluster.d/connhost-setup.conf
"${as_root[@]}" mkdir -p "${quiet%/*}"
echo 'create_main_cluster = false' | "${as_root[@]}" tee "$quiet" >/dev/null
trap '"${as_root[@]}" rm -f "$quiet"' EXIT
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
