#!/usr/bin/env python3
"""Fills the disk under every write path, one at a time: a sentence, nothing lost or doubled, and on it goes with room.

Registry, log, dead letters, landed data, store, packages and scratch lie on a tmpfs each. Before a command one of
them is left with room for 0, 1, 2, ... more inodes, then pages, until the command succeeds: as a tmpfs gives out whole
pages, each file that the command writes is in turn the one that finds the disk full. After every refusal what is
visible is whole; then there is room, the command is repeated, and what has landed is compared with the source.
Needs user namespaces, or root; ends with 77 where it can mount nothing.

usage: disk_full.py --connhost PROGRAM
"""
import argparse
import csv
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is to be left beside the sources
from small_disks import Disk, Installation, Meetings, enter_namespace

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: soak
name: {name}
source: {{connector: faker, config: {{rows: {rows}{faker}}}}}
destination: {{connector: {destination}, config: {{path: {destination}}}}}
streams: [{{name: people, {streams}}}]
"""
APPEND = "sync: incremental, write: append"
OVERWRITE = "sync: full, write: overwrite"
MOST_STEPS = 60


class Pipe:
    """A connection from faker, whose source grows before each run."""

    def __init__(self, here, name, destination="bronze", faker="", streams=APPEND, rows_a_step=40, rows=0, code=0):
        self.here, self.name, self.destination, self.code = here, name, destination, code
        self.faker, self.streams, self.rows_a_step, self.rows = faker, streams, rows_a_step, rows

    def grow(self):
        self.rows += self.rows_a_step
        spec = self.here.folder / f"{self.name}.yaml"
        spec.write_text(CONNECTION.format(name=self.name, rows=self.rows, faker=self.faker, streams=self.streams,
                                          destination=self.destination))
        self.here.must("apply", "-f", spec)

    def run(self, *words):
        words = words or ("--attempts", "1")
        return self.here.call("run", f"soak/{self.name}", "--quiet", *words)

    def good(self, *words):
        done = self.run(*words)
        if done.returncode != self.code:
            raise SystemExit(f"with room again a run of {self.name} ended with {done.returncode}: {done.stderr}")

    def table(self):
        """The bytes of the csv destination's file."""
        file = self.here.folder / "csv/people.csv"
        return file.read_bytes() if self.destination == "csv" and file.exists() else b""

    def landed(self):
        if self.destination == "csv":
            return [int(row["id"]) for row in csv.DictReader(self.table().decode().splitlines())]
        segments = (self.here.folder / f"bronze/soak/{self.name}/people").glob("[!.]*.ndjson")
        return [json.loads(line)["data"]["id"] for segment in segments
                for line in segment.read_text(encoding="utf-8").splitlines()]

    def letters(self):
        files = (self.here.home / f"dead-letters/soak/{self.name}/people").glob("[!.]*.ndjson")
        return [json.loads(line)["position"] for file in files
                for line in file.read_text(encoding="utf-8").splitlines()]

    def is_complete(self):
        """Every row of the source is there once, landed or as a dead letter."""
        return sorted(self.landed() + self.letters()) == list(range(1, self.rows + 1))

    def check(self):
        if not self.is_complete():
            raise SystemExit(f"{self.name}: {len(self.landed())} records and {len(self.letters())} dead letters, "
                             f"{len(set(self.landed()))} different, of {self.rows}")


def room_to_room(disk, met, refused, kinds=("inodes", "pages"), steps=range(MOST_STEPS)):
    """Calls `met(kind, free)` with ever more room until it does not answer that it met a full disk."""
    for kind in kinds:
        for free in steps:
            said = met(kind, free)
            disk.make_room()
            if not said:
                break
            refused(said)
        else:
            raise SystemExit(f"{disk.folder}: still full with room for {free} {kind}")


class Torture:
    def __init__(self, here):
        self.here, self.meetings, self.registry = here, Meetings(), None

    def name_by(self, patterns):
        """What a sentence says decides which of these paths met the disk."""
        def note(said):
            names = [name for name, pattern in patterns.items() if re.search(pattern, said)]
            if not names:
                raise SystemExit(f"none of {', '.join(patterns)} is named in: {said}")
            self.meetings.note(names[0])
        return note

    def run_on(self, disk, pipe, patterns, whole=True):
        """Runs of a pipe on a disk that fills, and again with room."""
        disk = self.here.disks[disk]

        def met(kind, free):
            before, bytes_before = sorted(pipe.landed()), pipe.table()
            pipe.grow()
            disk.leave(kind, free)
            done = pipe.run()
            said = ""
            if done.returncode != pipe.code:
                said = self.meetings.refused(done, disk, f"a run of {pipe.name} with {free} {kind}")
                if not whole and not pipe.table().startswith(bytes_before):
                    raise SystemExit(f"{pipe.name}: rows that had been committed have changed: {said}")
                if whole and sorted(pipe.landed()) != before and not pipe.is_complete():
                    raise SystemExit(f"{pipe.name}: a part of a commit is visible: {said}")
                disk.make_room()
                pipe.good()
            pipe.check()
            return said

        room_to_room(disk, met, self.name_by(patterns))

    def in_both_modes(self, disk, patterns, append, overwrite, whole=True):
        """The patterns of both, each of which has to meet the disk in either mode."""
        by_mode = {mode: {f"{name}, {mode}": pattern for name, pattern in patterns.items()}
                   for mode in ("overwrite", "append")}
        self.run_on(disk, overwrite, by_mode["overwrite"])
        for entry in self.here.disks[disk].folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        self.run_on(disk, append, by_mode["append"], whole)
        append.rows_a_step = 1  # fits into the last page of a file that grows: the next one is met
        self.run_on(disk, append, by_mode["append"], whole)
        return [*by_mode["overwrite"], *by_mode["append"]]

    def bronze(self):
        patterns = {
            "bronze's segment": r"\.ndjson\.open: No space",
            "bronze's list of segments": r"/\.manifest-[^/]*\.part: No space",
            "bronze's commit marker": r"/\.commit\.json\.tmp: No space",
            "bronze's manifest": r"/\.manifest-[^/]*\.json\.tmp: No space",
            "bronze's folders and lock": r"/bronze/[^:]*: No space",
        }
        names = self.in_both_modes(
            "bronze", patterns, append=Pipe(self.here, "appended"),
            overwrite=Pipe(self.here, "replaced", streams=OVERWRITE, rows_a_step=1, rows=40))
        left = [str(path) for path in (self.here.folder / "bronze").rglob("*") if path.suffix in (".open", ".tmp")]
        if left:
            raise SystemExit(f"half-written files were left: {left}")
        return names

    def csv(self):
        patterns = {
            "csv's commit marker": r"\.commit\.tmp': No space",
            "csv's file": r"people\.csv(\.next)?': No space",
            "csv's lock": r"\.lock': No space",
        }
        # A file that is appended to may show rows of a commit that has not happened; the next run cuts it.
        return self.in_both_modes(
            "csv", patterns, append=Pipe(self.here, "rows", "csv"), whole=False,
            overwrite=Pipe(self.here, "table", "csv", streams=OVERWRITE, rows_a_step=1, rows=40))

    def dead_letters(self):
        patterns = {"dead letters": r"/dead-letters/.*No space"}
        pipe = Pipe(self.here, "rejected", faker=", reject_every: 4", rows_a_step=60, code=5)
        self.run_on("dead-letters", pipe, patterns)
        if len(pipe.letters()) != pipe.rows // 4:
            raise SystemExit(f"{len(pipe.letters())} dead letters of {pipe.rows // 4}")
        return list(patterns)

    def scratch(self):
        patterns = {"the guests' scratch folders": r"/scratch: No space"}
        self.run_on("scratch", Pipe(self.here, "scratched"), patterns)
        left = list((self.here.home / "scratch").iterdir())
        if left:
            raise SystemExit(f"scratch folders were left: {left}")
        return list(patterns)

    def log(self):
        """A full disk below the log ends no run: it is said once, and what is kept are whole lines."""
        disk = self.here.disks["logs"]
        pipe = Pipe(self.here, "logged", faker=", fault: throttled, retry_after_ms: 1, fail_always: true, fail_at: 1")
        pipe.grow()
        for free in (0, 1):
            disk.leave("pages", free)
            done = pipe.run("--attempts", "20")
            said = re.findall("the log of this run.*No space left on device.*[Ff]ree some space", done.stderr)
            if done.returncode != 1 or len(said) != 1 or "slow down" not in done.stderr:
                raise SystemExit(f"without room for its log the run ended with {done.returncode}: {done.stderr}")
            self.meetings.note("the run's log", "the run went on without it")
            run = json.loads(self.here.must("runs", "soak/logged", "--json"))[0]
            if run["metrics"]["streams"][0]["attempts"] != 20:
                raise SystemExit(f"the full log changed the run: {run}")
            lines = [json.loads(line) for line in self.here.must("logs", run["run_id"], "--json").splitlines()]
            if (len(lines) > 0) != (free > 0):
                raise SystemExit(f"{len(lines)} lines were kept with room for {free} pages")
            self.here.must("logs", run["run_id"])
            disk.make_room()
        pipe.faker = ""
        pipe.grow()
        disk.leave("inodes", 0)
        pipe.good()
        disk.make_room()
        pipe.check()
        return ["the run's log"]

    def empty_write_ahead_log(self):
        """So that whatever is written to the registry next needs room."""
        if self.registry is None:
            self.registry = sqlite3.connect(self.here.home / "registry.db")
        self.registry.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def stderr(self):
        """What people are told goes to a file on a full disk: no run fails for that."""
        pipe = Pipe(self.here, "told")
        for words in ((), ("--quiet",), ("--verbose",)):
            pipe.grow()
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = self.here.call("run", "soak/told", *words, stderr=full)
            if done.returncode != 0:
                raise SystemExit(f"a run that could not talk ended with {done.returncode}")
            pipe.check()
            self.meetings.note("stderr", "the run went on without it")
        return ["stderr"]

    def registry_in_a_run(self):
        disk = self.here.disks["registry"]
        pipe = Pipe(self.here, "recorded", faker=", checkpoint_every: 20", rows_a_step=80)
        pipe.grow()
        pipe.good()
        often = ("--attempts", "1", "--commit-seconds", "0")

        def runs():
            return json.loads(self.here.must("runs", "soak/recorded", "--all", "--json"))

        def met(kind, free):
            recorded = len(runs())
            pipe.grow()
            self.empty_write_ahead_log()
            disk.leave(kind, free)
            done = pipe.run(*often)
            said = ""
            if done.returncode != 0:
                said = self.meetings.refused(done, disk, f"a run with {free} pages for the registry")
                now = runs()  # a full disk does not hide what happened, and room can be made
                self.here.must("connections")
                self.here.must("gc")
                # The run's log says why it fails; when its last row fails, that is all there is to say.
                failed = "error host: " in said
                said = ("begins" if len(now) == recorded else "commits" if failed else "ends") + said
                disk.make_room()
                pipe.good()
            pipe.check()
            return said

        patterns = {f"the registry as a run {moment}": f"^{moment}" for moment in ("begins", "commits", "ends")}
        room_to_room(disk, met, self.name_by(patterns), kinds=("pages",))
        return list(patterns)

    def registry_in_commands(self):
        """apply, state and install write to the registry wholly or not at all."""
        disk, here = self.here.disks["registry"], self.here
        pipe = Pipe(here, "commanded")
        pipe.grow()
        pipe.good()
        first_run = json.loads(here.must("runs", "soak/commanded", "--json"))[0]["run_id"]
        pipe.grow()
        pipe.good()
        state = ("state", "show", "soak/commanded", "--json")
        fresh = here.folder / "fresh.yaml"
        fresh.write_text(CONNECTION.format(name="fresh", rows=1, faker="", destination="bronze", streams=APPEND))
        commands = {
            "apply": (("apply", "-f", fresh), ("connections", "--json")),
            "state rewind": (("state", "rewind", "soak/commanded", "--to", first_run), state),
            "state clear": (("state", "clear", "soak/commanded"), state),
            "install's row": (("install", "stdout"), ("list", "--json")),
            "uninstall": (("uninstall", "stdout"), ("list", "--json")),
        }
        for name, (command, look) in commands.items():
            before = here.must(*look)

            def met(kind, free):
                self.empty_write_ahead_log()
                disk.leave(kind, free)
                done = here.call(*command)
                if done.returncode == 0:
                    return ""
                said = self.meetings.refused(done, disk, f"'{name}' with {free} pages for the registry")
                if here.must(*look) != before:
                    raise SystemExit(f"'{name}' was refused, yet changed: {here.must(*look)}")
                return said

            room_to_room(disk, met, lambda said: self.meetings.note(f"the registry, {name}"), kinds=("pages",))
            if here.must(*look) == before:
                raise SystemExit(f"'{name}' changed nothing even with room")
        return [f"the registry, {name}" for name in commands]

    def install(self):
        disk, here = self.here.disks["store"], self.here
        before = sorted(os.listdir(here.home / "store"))
        had = disk.used()
        here.must("install", "ndjson")
        needed = {kind: count - had[kind] for kind, count in disk.used().items()}
        here.must("uninstall", "ndjson")
        disk.leave("pages", 0)
        here.must("gc")  # makes room where there is none
        for kind in ("pages", "inodes"):
            for free in sorted({0, 1, 2, 3, needed[kind] // 2, needed[kind] - 1}):
                disk.leave(kind, free)
                done = here.call("install", "ndjson")
                self.meetings.refused(done, disk, f"install with {free} {kind} of {needed[kind]}")
                if sorted(os.listdir(here.home / "store")) != before:
                    raise SystemExit(f"install left something: {os.listdir(here.home / 'store')}")
                if "ndjson" in here.must("list"):
                    raise SystemExit("a connector that was not installed is listed")
                self.meetings.note("the store")
                disk.make_room()
        here.must("install", "ndjson")
        if any(row["state"] == "broken" for row in json.loads(here.must("list", "--json"))):
            raise SystemExit("with room the connector is broken")
        return ["the store"]

    def pack(self):
        disk, here = self.here.disks["packages"], self.here
        row = next(row for row in json.loads(here.must("list", "--json")) if row["id"] == "ndjson")
        folder = here.folder / "connector"
        shutil.copytree(here.home / f"store/sha256-{row['digest']}", folder)
        words = ("pack", folder, "-o", disk.folder)
        packed = json.loads(here.must(*words, "--json"))
        needed = disk.used()["pages"]
        os.remove(packed["path"])
        for kind, free in [("inodes", 0)] + [("pages", pages) for pages in (0, 1, needed // 2, needed - 2)]:
            disk.leave(kind, free)
            done = here.call(*words)
            self.meetings.refused(done, disk, f"pack with {free} {kind}")
            if os.listdir(disk.folder):
                raise SystemExit(f"pack left something: {os.listdir(disk.folder)}")
            self.meetings.note("pack")
            disk.make_room()
        if json.loads(here.must(*words, "--json"))["digest"] != packed["digest"]:
            raise SystemExit("with room pack made another package")
        return ["pack"]

    def everything(self):
        for name in ("faker", "bronze", "csv"):
            self.here.must("install", name)
        for scenario in (self.install, self.pack, self.bronze, self.csv, self.dead_letters, self.log, self.stderr,
                         self.scratch, self.registry_in_a_run, self.registry_in_commands):
            self.meetings.report(scenario())
        stuck = json.loads(self.here.must("runs", "--all", "--json", "--status", "running"))
        if stuck:
            raise SystemExit(f"runs are still on record as running: {stuck}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    arguments = parser.parse_args()
    enter_namespace()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="connhost-full-") as folder, Disk(folder):
        torture = Torture(Installation(arguments.connhost, folder))
        torture.everything()
    print(f"{len(torture.meetings.seen)} write paths met a full disk {torture.meetings.total()} times: nothing lost, "
          f"nothing doubled, all went on with room ({time.monotonic() - begin:.0f} s)")


if __name__ == "__main__":
    main()
