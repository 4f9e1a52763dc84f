#!/usr/bin/env bash
# Installs what is missing, builds with sanitizers and passes every test, then fuzzes each reader of
# foreign bytes for a while and kills runs of the optimised build at random.
#
# CONNHOST_FUZZ_SECONDS (30) is the time for each fuzz target, CONNHOST_KILLS (20) the number of kills.
set -euo pipefail
cd "$(dirname "$0")"
bash packaging/setup.sh

echo '== tests, with AddressSanitizer and UndefinedBehaviorSanitizer'
cmake --preset debug >/dev/null
cmake --build --preset debug
ctest --preset debug -j 2

echo '== fuzzing'
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzzers
bash tests/fuzz.sh "${CONNHOST_FUZZ_SECONDS:-30}"

echo '== kills at random instants'
cmake --preset release >/dev/null
cmake --build --preset release --target connhost connhost-worker packages version_packages
for mode in append overwrite; do
  python3 tests/soak/kill_soak.py --connhost build/release/bin/connhost \
    --kills "${CONNHOST_KILLS:-20}" --mode "$mode"
done
echo '== upgrades under fire, and killed installs'
python3 tests/soak/upgrade_under_fire.py --connhost build/release/bin/connhost \
  --packages build/release/version_packages --connections 5 --switches 40
python3 tests/soak/install_kill.py --connhost build/release/bin/connhost \
  --packages build/release/version_packages --kills "${CONNHOST_KILLS:-20}"
echo '== many runs at once, and a full disk'
python3 tests/soak/parallel_runs.py --connhost build/release/bin/connhost
python3 tests/soak/disk_full.py --connhost build/release/bin/connhost || [ $? -eq 77 ]  # 77: no right to mount
echo '== all passed'
