#!/usr/bin/env python3
"""Kills host and guests at random instants and sees that nothing is lost and nothing doubled.

A folder of CSV files grows while runs read it; each run is killed at a random moment (SIGKILL to
the host, the source's guest or the destination's), then started again. At the end the landed records are
compared with the files: every id exactly once, every segment whole and as its manifest says, no lease stuck.

usage: kill_soak.py --connhost PROGRAM [--kills 20] [--rows 20000] [--mode append|overwrite] [--seed N]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: soak
name: orders
source: {{connector: csv, config: {{path: {data}, stream: orders, types: {{id: int64}}}}}}
destination: {{connector: bronze, config: {{path: {bronze}}}}}
streams:
  - {{name: orders, sync: {sync}, write: {write}}}
"""


class Soak:
    def __init__(self, arguments, folder):
        self.program = arguments.connhost
        self.rows = arguments.rows
        self.mode = arguments.mode
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.bronze = self.folder / "bronze"
        self.stream = self.bronze / "soak" / "orders" / "orders"
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.folder / "home"))
        self.next_id = 1
        self.victims = collections.Counter()
        self.killed = 0
        self.runs = 0

    def connhost(self, *words, check=True):
        done = subprocess.run([self.program, *words], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        if check and done.returncode != 0:
            raise SystemExit(f"connhost {' '.join(words)} failed: {done.returncode}\n{done.stderr}")
        return done

    def set_up(self):
        self.data.mkdir()
        sync, write = ("incremental", "append") if self.mode == "append" else ("full", "overwrite")
        spec = self.folder / "soak.yaml"
        spec.write_text(CONNECTION.format(data=self.data, bronze=self.bronze, sync=sync, write=write))
        for name in ("csv", "bronze"):
            self.connhost("install", name)
        self.connhost("apply", "-f", str(spec))

    def add_file(self):
        path = self.data / f"part-{self.next_id:09d}.csv"
        hidden = path.with_suffix(".tmp")
        with open(hidden, "w", encoding="utf-8") as out:
            out.write("id,name,note\n")
            for number in range(self.next_id, self.next_id + self.rows):
                out.write(f'{number},name {number},"a note, with ""quotes""\nand two lines"\n')
        self.next_id += self.rows
        hidden.rename(path)

    def start(self):
        self.runs += 1
        return subprocess.Popen(
            [self.program, "run", "soak/orders", "--quiet", "--commit-bytes", "256KiB",
             "--commit-seconds", "0", "--retry-millis", "5", "--attempts", "20"],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def processes(self, host):
        """Which of host, source and destination are there now, by the library a guest has loaded."""
        found = {"host": host}
        try:
            for task in os.listdir(f"/proc/{host}/task"):
                with open(f"/proc/{host}/task/{task}/children") as children:
                    for pid in children.read().split():
                        with open(f"/proc/{pid}/maps") as maps:
                            text = maps.read()
                        if "/lib/csv.so" in text:
                            found["source"] = int(pid)
                        elif "/lib/bronze.so" in text:
                            found["destination"] = int(pid)
        except OSError:
            pass  # it ended while we looked
        return found

    def one_round(self, chance):
        victim = chance.choice(["host", "source", "destination"])
        process = self.start()
        while process.poll() is None and victim not in self.processes(process.pid):
            pass
        instant = time.monotonic() + chance.uniform(0, 0.15)
        while process.poll() is None and time.monotonic() < instant:
            pass  # the random instant, not a wait for something
        target = self.processes(process.pid).get(victim)
        if process.poll() is None and target:
            try:
                os.kill(target, signal.SIGKILL)
                self.victims[victim] += 1
                self.killed += 1
            except ProcessLookupError:
                pass
        _, stderr = process.communicate(timeout=120)
        self.check_overwrite()
        if process.returncode == 0:
            # An overwrite reads everything again, so its input stays small.
            if self.mode == "append" or self.next_id <= 2 * self.rows:
                self.add_file()
        elif process.returncode not in (-signal.SIGKILL, 1):
            raise SystemExit(f"run ended with {process.returncode}: {stderr.decode()}")

    def landed(self):
        counts = collections.Counter()
        for segment in sorted(self.stream.glob("*.ndjson")):
            with open(segment, encoding="utf-8") as lines:
                for line in lines:
                    if not line.endswith("\n"):
                        raise SystemExit(f"{segment} ends in half a line")
                    counts[int(line.split('"data":{"id":', 1)[1].split(",", 1)[0])] += 1
        return counts

    def check(self, counts, expected):
        missing = [number for number in range(1, expected) if counts[number] == 0]
        doubled = [number for number, count in counts.items() if count > 1]
        foreign = [number for number in counts if not 1 <= number < expected]
        print(f"landed {sum(counts.values())} of {expected - 1}: lost {len(missing)}, "
              f"doubled {len(doubled)}, foreign {len(foreign)}")
        if missing or doubled or foreign:
            raise SystemExit(f"lost {missing[:5]}, doubled {doubled[:5]}, foreign {foreign[:5]}")

    def check_overwrite(self):
        """An overwrite shows the whole of one version at any time, never a mixture."""
        if self.mode != "overwrite" or not self.stream.exists():
            return
        counts = self.landed()
        total = sum(counts.values())
        if total % self.rows != 0 or any(count != 1 for count in counts.values()):
            raise SystemExit(f"the output holds {total} records of {len(counts)} ids: a mixture")

    def check_leftovers(self):
        hidden = [path for path in self.bronze.rglob(".*") if path.name.endswith(".open")]
        if hidden:
            raise SystemExit(f"half-written files are left: {hidden}")
        for manifest in self.stream.glob("manifest-*.json"):
            document = json.loads(manifest.read_text())
            for segment in document["segments"]:
                size = (self.stream / segment["file"]).stat().st_size
                if size != segment["bytes"]:
                    raise SystemExit(f"{segment['file']} has {size} bytes, its manifest says otherwise")
        runs = json.loads(self.connhost("runs", "--all", "--json").stdout)
        stuck = [run["run_id"] for run in runs if run["status"] == "running"]
        if stuck:
            raise SystemExit(f"runs are still marked running: {stuck}")

    def run(self, kills, chance):
        self.set_up()
        self.add_file()
        while self.killed < kills:
            self.one_round(chance)
        self.connhost("run", "soak/orders", "--quiet")
        self.check(self.landed(), self.next_id)
        self.check_leftovers()
        victims = ", ".join(f"{name} {count}" for name, count in sorted(self.victims.items()))
        print(f"{self.killed} kills ({victims}) in {self.runs} runs: nothing lost, nothing doubled")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rows", type=int, default=40000)
    parser.add_argument("--mode", choices=["append", "overwrite"], default="append")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, mode {arguments.mode}")
    folder = tempfile.mkdtemp(prefix="connhost-soak-")
    try:
        Soak(arguments, folder).run(arguments.kills, random.Random(arguments.seed))
    except BaseException:
        print(f"kept for a look: {folder}", file=sys.stderr)
        raise
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
