#!/usr/bin/env python3
"""Upgrades and rolls back a connector while connections run with it, and kills the command that does so.

Connections read growing files in a loop, each in its own; meanwhile `connhost upgrade` and `connhost rollback`
switch between three versions at random times, and some are killed (SIGKILL) at a random moment. At the end no run
has failed, every line has landed exactly once, the registry, its audit log and the store are whole, and each run
used a version that was active when it began.

usage: upgrade_under_fire.py --connhost PROGRAM --packages FOLDER [--connections 20] [--switches 200] [--seed N]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import tempfile
import threading
import time

VERSIONS = ("1.0.0", "1.1.0", "1.3.0")
CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: tenant{number}
name: numbers
source: {{connector: counter, config: {{path: {data}}}}}
destination: {{connector: bronze, config: {{path: {bronze}}}}}
---
"""
LINES_A_RUN = 37


class Fire:
    def __init__(self, arguments, folder):
        self.program = arguments.connhost
        self.packages = pathlib.Path(arguments.packages)
        self.count = arguments.connections
        self.switches = arguments.switches
        self.random = random.Random(arguments.seed)
        self.folder = pathlib.Path(folder)
        self.bronze = self.folder / "bronze"
        self.home = self.folder / "home"
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.home))
        self.lines = [0] * self.count
        self.runs = [0] * self.count
        self.failures = []
        self.over = threading.Event()
        self.outcomes = collections.Counter()

    def call(self, *words):
        return subprocess.run([self.program, *map(str, words)], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)

    def must(self, *words):
        done = self.call(*words)
        if done.returncode != 0:
            raise SystemExit(f"connhost {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def data(self, number):
        return self.folder / "data" / f"{number}.txt"

    def set_up(self):
        (self.folder / "data").mkdir()
        for version in VERSIONS:
            self.must("install", self.packages / f"counter-{version}-linux-x86_64.connpkg", "--allow-unsigned")
        self.must("install", "bronze")
        spec = self.folder / "connections.yaml"
        text = ""
        for number in range(self.count):
            self.data(number).touch()
            text += CONNECTION.format(number=number, data=self.data(number), bronze=self.bronze)
        spec.write_text(text.rstrip().removesuffix("---"))
        self.must("apply", "-f", spec)

    def grow(self, number):
        with open(self.data(number), "a", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in range(self.lines[number] + 1,
                                                         self.lines[number] + LINES_A_RUN + 1))
        self.lines[number] += LINES_A_RUN

    def run_in_a_loop(self, number):
        while not self.over.is_set():
            self.grow(number)
            self.run_once(number)

    def run_once(self, number):
        done = self.call("run", f"tenant{number}/numbers", "--quiet", "--json")
        self.runs[number] += 1
        if done.returncode != 0:
            self.failures.append(f"tenant{number}: exit code {done.returncode}: {done.stderr}")

    def switch(self):
        """One upgrade or rollback, perhaps killed; another version is not asked for twice."""
        words = self.random.choice((("upgrade", f"counter@{self.random.choice(VERSIONS[1:])}"),
                                    ("upgrade", "counter"), ("rollback", "counter")))
        process = subprocess.Popen([self.program, *words, "--reason", "soak"], env=self.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        killed = self.random.random() < 0.4
        if killed:
            time.sleep(self.random.uniform(0, self.usual))
            process.kill()
        begin = time.monotonic()
        said = process.communicate()[1]
        if not killed:
            self.usual = 0.7 * self.usual + 0.3 * (time.monotonic() - begin)
        self.outcomes[f"{words[0]}: " + ("killed" if process.returncode == -9 else
                                         "done" if process.returncode == 0 else "refused")] += 1
        fine = ("is its first generation", "is older than", "someone else switched", "would break")
        if process.returncode not in (0, -9) and not any(each in said for each in fine):
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}: {said}")

    def burn(self):
        self.usual = 0.2
        threads = [threading.Thread(target=self.run_in_a_loop, args=(number,)) for number in range(self.count)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(self.switches):
                self.switch()
        finally:
            self.over.set()
            for thread in threads:
                thread.join()
        for number in range(self.count):
            self.run_once(number)

    def check_landed(self):
        for number in range(self.count):
            seen = collections.Counter()
            for segment in (self.bronze / f"tenant{number}/numbers/numbers").glob("[0-9]*.ndjson"):
                with open(segment, encoding="utf-8") as lines:
                    seen.update(json.loads(line)["data"]["id"] for line in lines)
            expected = set(range(1, self.lines[number] + 1))
            lost, doubled = expected - set(seen), [each for each, times in seen.items() if times > 1]
            if lost or doubled or set(seen) - expected:
                raise SystemExit(f"tenant{number}: lost {len(lost)}, doubled {len(doubled)} of {len(expected)}")

    def check_registry(self):
        registry = sqlite3.connect(self.home / "registry.db")
        assert registry.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert registry.execute("PRAGMA foreign_key_check").fetchall() == []
        active = registry.execute("SELECT version FROM connector_definitions "
                                  "WHERE id = 'counter' AND active = 1").fetchall()
        generations = registry.execute(
            "SELECT version, digest, created_at FROM connector_generations WHERE connector = 'counter' "
            "ORDER BY id").fetchall()
        if active != [generations[-1][:1]]:
            raise SystemExit(f"{active} is active, the last generation is {generations[-1]}")
        for row, digest, started in registry.execute(
                "SELECT id, source_digest, started_at FROM connector_runs"):
            # The version is looked up before the run begins: the one that was active a moment ago counts.
            at = [each for each, (_, _, created) in enumerate(generations) if created <= started]
            since = [generations[each][1] for each in at if each == at[-1] or
                     generations[each + 1][2] > started - 5_000_000]
            if digest not in since:
                raise SystemExit(f"run {row} used {digest}, which was not active when it began")
        self.must("audit", "verify")
        return len(generations)

    def check_store(self):
        for version in VERSIONS:
            told = json.loads(self.must("info", f"counter@{version}", "--json"))
            assert told["state"] != "broken", told
        self.must("gc")
        left = {entry.name for entry in (self.home / "store").iterdir() if entry.is_dir()}
        named = {f"sha256-{each['digest']}" for each in json.loads(self.must("list", "--json"))}
        if left != named:
            raise SystemExit(f"the store holds {sorted(left ^ named)} more or less than the registry names")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--connhost", required=True)
    parser.add_argument("--packages", required=True)
    parser.add_argument("--connections", type=int, default=20)
    parser.add_argument("--switches", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    arguments = parser.parse_args()
    arguments.connhost = os.path.abspath(arguments.connhost)
    print(f"seed {arguments.seed}", flush=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="connhost-soak-") as folder:
        fire = Fire(arguments, folder)
        fire.set_up()
        fire.burn()
        if fire.failures:
            raise SystemExit(f"{len(fire.failures)} runs failed; the first: {fire.failures[0]}")
        fire.check_landed()
        generations = fire.check_registry()
        fire.check_store()
        told = ", ".join(f"{count} {what}" for what, count in sorted(fire.outcomes.items()))
        print(f"{sum(fire.runs)} runs of {fire.count} connections, none failed; {told}; {generations} generations; "
              f"{sum(fire.lines)} lines landed once each ({time.monotonic() - begin:.0f} s)")


main()
