#!/usr/bin/env python3
"""Fills the disk at every write path of a run: a sentence each time, nothing lost, and it goes on when there is room.

A small tmpfs holds everything connhost writes. Before each run a ballast file leaves a few KiB free, a little more
each time, so that another write fails: registry, log, dead letters, segment, marker, manifest. Needs root (mount).

usage: disk_full.py --connhost PROGRAM [--steps 12]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: soak
name: people
source: {connector: faker, config: {rows: ROWS, checkpoint_every: 500, reject_every: 100}}
destination: {connector: bronze, config: {path: bronze}}
streams: [{name: people, sync: incremental, write: append}]
"""
ROWS_A_STEP = 10000


class Installation:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.environment = dict(os.environ, CONNHOST_HOME=f"{folder}/home")

    def call(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)

    def must(self, *words, codes=(0,)):
        done = self.call(*words)
        if done.returncode not in codes:
            raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr}")
        return done

    def apply(self, rows):
        spec = self.folder / "people.yaml"
        spec.write_text(CONNECTION.replace("ROWS", str(rows)))
        self.must("apply", "-f", str(spec))

    def run(self):
        return self.call("run", "soak/people", "--quiet", "--commit-bytes", "64KiB", "--commit-seconds", "0",
                         "--attempts", "2", "--retry-millis", "5")

    def leave_free(self, kibibytes):
        """A ballast file that leaves so much room."""
        ballast = self.folder / "ballast"
        ballast.unlink(missing_ok=True)
        space = os.statvfs(self.folder)
        size = space.f_bavail * space.f_frsize - kibibytes * 1024
        with open(ballast, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(size, 1))

    def check(self, rows):
        ids, letters = [], 0
        for segment in (self.folder / "bronze/soak/people/people").glob("*.ndjson"):
            ids += [json.loads(line)["data"]["id"] for line in segment.read_text(encoding="utf-8").splitlines()]
        for file in (self.folder / "home/dead-letters").rglob("*.ndjson"):
            letters += len(file.read_text(encoding="utf-8").splitlines())
        if len(set(ids)) != len(ids) or len(ids) + letters != rows:
            raise SystemExit(f"{len(ids)} records ({len(set(ids))} different) and {letters} dead letters of {rows}")


def torture(program, folder, steps):
    here = Installation(program, folder)
    for name in ("faker", "bronze"):
        here.must("install", name)
    refused, rows = 0, 0
    for step in range(steps):
        rows += ROWS_A_STEP
        here.apply(rows)
        here.leave_free(4 * (1 << step) if step < 9 else 300 * step)
        done = here.run()
        if done.returncode not in (0, 5):
            refused += 1
            if "No space left" not in done.stderr and "full" not in done.stderr:
                raise SystemExit(f"the disk was full, but the sentence is: {done.stderr}")
        (here.folder / "ballast").unlink()
        done = here.run()
        if done.returncode not in (0, 5):
            raise SystemExit(f"with room again the run ended with {done.returncode}: {done.stderr}")
        here.check(rows)
    if refused < steps // 3:
        raise SystemExit(f"only {refused} of {steps} runs met a full disk: the test has lost its edge")
    print(f"{steps} runs, {refused} met a full disk: nothing lost, nothing doubled, all went on with room")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--steps", type=int, default=12)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="connhost-full-") as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", folder], stderr=subprocess.PIPE)
        if mounted.returncode != 0:
            print(f"skipped: no right to mount a tmpfs: {mounted.stderr.decode().strip()}", file=sys.stderr)
            return
        try:
            torture(arguments.connhost, folder, arguments.steps)
        finally:
            subprocess.run(["umount", folder], check=True)


if __name__ == "__main__":
    main()
