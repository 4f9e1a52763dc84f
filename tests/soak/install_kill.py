#!/usr/bin/env python3
"""Kills `connhost install`, `uninstall` and `gc` (SIGKILL) at random instants.

After each kill the same command works, `list` shows only whole connectors, and at the end `gc` leaves exactly what
the registry names: nothing half-installed, no orphan, no staging or trash folder.

usage: install_kill.py --connhost PROGRAM --packages FOLDER [--kills 100] [--seed N]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import tempfile
import time


class Installation:
    def __init__(self, program, folder, chance):
        self.program, self.random = program, chance
        self.home = pathlib.Path(folder) / "home"
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.home))
        self.usual = collections.defaultdict(lambda: 0.05)
        self.killed = collections.Counter()

    def start(self, *words):
        return subprocess.Popen([self.program, *map(str, words)], env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def must(self, *words):
        begin = time.monotonic()
        process = self.start(*words)
        out, said = process.communicate(timeout=120)
        if process.returncode != 0:
            raise SystemExit(f"connhost {' '.join(map(str, words))} ended with {process.returncode}: {said}")
        self.usual[words[0]] = 0.7 * self.usual[words[0]] + 0.3 * (time.monotonic() - begin)
        return out

    def kill(self, *words):
        """True when the command was still at work."""
        process = self.start(*words)
        time.sleep(self.random.uniform(0, 1.2 * self.usual[words[0]]))
        process.kill()
        process.communicate()
        if process.returncode == -9:
            self.killed[words[0]] += 1
        return process.returncode == -9

    def connectors(self):
        listed = json.loads(self.must("list", "--json"))
        broken = [each for each in listed if each["state"] == "broken"]
        if broken:
            raise SystemExit(f"half-installed: {broken}")
        return listed

    def check_store(self):
        self.must("gc")
        left = {entry.name for entry in (self.home / "store").iterdir() if entry.is_dir()}
        named = {f"sha256-{each['digest']}" for each in self.connectors()}
        if left != named:
            raise SystemExit(f"after gc the store and the registry differ in {sorted(left ^ named)}")
        scratch = self.home / "scratch"
        self.must("doctor")  # the next guest removes what killed hosts left
        if scratch.exists() and any(scratch.iterdir()):
            raise SystemExit(f"left in {scratch}: {list(scratch.iterdir())}")


def torment(installation, packages, kills):
    while sum(installation.killed.values()) < kills:
        package = installation.random.choice(packages)
        version = package.name.split("-")[1]
        installation.kill("install", package, "--allow-unsigned")
        installation.connectors()
        installation.must("install", package, "--allow-unsigned")
        if f"counter@{version}" not in {f"{each['id']}@{each['version']}" for each in installation.connectors()}:
            raise SystemExit(f"{package.name} was installed and is not listed")
        if len(installation.connectors()) > 3:
            for each in installation.connectors():
                if each["active"]:
                    continue
                name = f"counter@{each['version']}"
                installation.kill("uninstall", name)
                if any(now["version"] == each["version"] for now in installation.connectors()):
                    installation.must("uninstall", name)
            installation.kill("gc")
            installation.check_store()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--connhost", required=True)
    parser.add_argument("--packages", required=True)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    packages = sorted(pathlib.Path(arguments.packages).resolve().glob("counter-*.connpkg"))
    if len(packages) < 4:
        raise SystemExit(f"expected at least four packages of counter in {arguments.packages}, found {len(packages)}")
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="connhost-soak-") as folder:
        installation = Installation(os.path.abspath(arguments.connhost), folder, random.Random(arguments.seed))
        torment(installation, packages, arguments.kills)
        installation.must("audit", "verify")
        installation.check_store()
        told = ", ".join(f"{count} of {what}" for what, count in sorted(installation.killed.items()))
        print(f"{sum(installation.killed.values())} kills ({told}): each time the next command worked, and gc left what "
              f"the registry names ({time.monotonic() - begin:.0f} s)")


main()
