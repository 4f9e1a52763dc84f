"""Disks that fill up on request, and an installation of connhost that is spread over them.

Each disk is a tmpfs in a mount namespace of its own: no right of root is needed where user namespaces are allowed,
and nothing stays mounted, however the program ends.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

NAMESPACES = (["unshare", "--map-root-user", "--mount"], ["unshare", "--mount"])
INSIDE = "CONNHOST_SMALL_DISKS"
SKIPPED = 77
PAGE = 4096  # what a tmpfs gives out at a time
PLENTY = 100000


def enter_namespace():
    """Starts this program again where it may mount; ends with 77 and a sentence where nobody may."""
    if INSIDE in os.environ:
        return
    for namespace in NAMESPACES:
        probe = [*namespace, "sh", "-c", "mount -t tmpfs tmpfs /tmp"]
        if subprocess.run(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            os.execvpe(namespace[0], [*namespace, sys.executable, *sys.argv], dict(os.environ, **{INSIDE: "1"}))
    print("skipped: this machine lets nobody mount a tmpfs, neither in a user namespace nor as root", file=sys.stderr)
    sys.exit(SKIPPED)


class Disk:
    """A tmpfs mounted over a folder, of which tests say how much room is left."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        assert self._mount(f"size=1g,nr_inodes={PLENTY}")
        # A size of nothing would mean no limit; this file without a name keeps one page in use.
        self.weight = tempfile.TemporaryFile(dir=self.folder)
        self.weight.write(b"1")
        self.weight.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Takes what is mounted below it along."""
        subprocess.run(["umount", "--recursive", "--lazy", str(self.folder)], check=True)

    def _mount(self, options):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)],
                              stderr=subprocess.DEVNULL)
        return done.returncode == 0

    def used(self):
        """By what can be seen: the kernel still counts for a moment what an ended process had open."""
        device = self.folder.stat().st_dev
        seen = [self.folder.stat(), os.fstat(self.weight.fileno())]
        for folder, folders, files in os.walk(self.folder):
            seen += [status for status in (os.lstat(os.path.join(folder, name)) for name in folders + files)
                     if status.st_dev == device]
            folders[:] = [name for name in folders if os.lstat(os.path.join(folder, name)).st_dev == device]
        return {"pages": sum(status.st_blocks for status in seen) * 512 // PAGE, "inodes": len(seen)}

    def leave(self, kind, count):
        """Room for so many more pages or inodes, and for plenty of the other."""
        limit = self.used()[kind] + count
        options = f"size={limit * PAGE},nr_inodes={PLENTY}" if kind == "pages" else f"size=1g,nr_inodes={limit}"
        begin = time.monotonic()
        while not self._mount(f"remount,{options}"):  # refused while the kernel counts more than can be seen
            if time.monotonic() - begin > 10:
                raise SystemExit(f"{self.folder} cannot be cut to {limit} {kind}: it holds more than it shows")

    def make_room(self):
        assert self._mount(f"remount,size=1g,nr_inodes={PLENTY}")


class Installation:
    """connhost with its registry, store, logs, dead letters, landed data, packages and scratch on a disk each."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.home = self.folder / "home"
        self.disks = {"registry": Disk(self.home)}
        for name in ("store", "logs", "dead-letters", "scratch"):
            self.disks[name] = Disk(self.home / name)
        for name in ("bronze", "csv", "packages"):
            self.disks[name] = Disk(self.folder / name)
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.home))

    def call(self, *words, stderr=subprocess.PIPE):
        return subprocess.run([self.program, *map(str, words)], cwd=self.folder, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=stderr, timeout=120)

    def must(self, *words, code=0):
        done = self.call(*words)
        if done.returncode != code:
            raise SystemExit(f"connhost {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr}")
        return done.stdout


class Meetings:
    """Which write paths met a full disk, how often, and what was said."""

    def __init__(self):
        self.seen = {}

    def refused(self, done, disk, what):
        """The command failed as documented: code 1 and a sentence with the place, the reason and the way out."""
        said = done.stderr
        faults = [fault for fault, wrong in (
            (f"the exit code is {done.returncode}, not 1", done.returncode != 1),
            (f"nothing names a place in {disk.folder}", str(disk.folder) not in said),
            ("nothing says that the disk is full", not re.search("No space left on device|no room is left", said)),
            ("nothing says what to do", not re.search(r"[Ff]ree some (space|room)", said)),
        ) if wrong]
        if faults:
            raise SystemExit(f"{what} met a full disk, but {', '.join(faults)}: {said or 'silence'}")
        return said

    def note(self, path, outcome="refused, whole, and went on with room"):
        times, _ = self.seen.get(path, (0, ""))
        self.seen[path] = (times + 1, outcome)

    def total(self):
        return sum(times for times, _ in self.seen.values())

    def report(self, wanted):
        for path in wanted:
            if path not in self.seen:
                raise SystemExit(f"the write path '{path}' never met a full disk: the test has lost its edge")
            times, outcome = self.seen[path]
            print(f"{path}: met a full disk {times} times: {outcome}", flush=True)
