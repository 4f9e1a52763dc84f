"""What the tests of signatures and catalogs share: an installation, keys, packages, signed indexes."""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

PLATFORM = "linux-x86_64"


class Bench:
    def __init__(self, folder, program, packages):
        self.folder = pathlib.Path(folder)
        self.program = os.path.abspath(program)
        self.home = self.folder / "home"
        self.environment = {"CONNHOST_HOME": str(self.home), "PATH": os.environ["PATH"], "no_proxy": "*"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.package = next(pathlib.Path(packages).glob("stdout-*.connpkg"))
        self.version = self.package.name.split("-")[1]

    def run(self, *words, code=0, **environment):
        done = subprocess.run([self.program, *map(str, words)], cwd=self.folder, text=True, timeout=120,
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        assert done.returncode == code, f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words):
        return json.loads(self.run(*words, "--json").stdout)

    def standing(self):
        """All that an install could change: what is in the store and in the registry's tables."""
        store = sorted(str(path) for path in (self.home / "store").rglob("*") if path.name != ".lock")
        rows = []
        if (self.home / "registry.db").exists():
            with sqlite3.connect(self.home / "registry.db") as database:
                tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                rows = [(table, list(database.execute(f"SELECT * FROM {table}"))) for table in sorted(tables)]
        return store, rows

    def refused(self, code, sentence, *words, **environment):
        before = self.standing()
        done = self.run(*words, code=code, **environment)
        assert sentence in done.stderr, f"{words}: expected '{sentence}' in: {done.stderr}"
        assert done.stderr.count("connhost: ") == 1 and done.stderr.endswith("\n"), done.stderr
        assert self.standing() == before, f"{words}: something was written"

    def registry(self, statement, *values):
        with sqlite3.connect(self.home / "registry.db") as database:
            database.execute(statement, values)

    def minisign(self, *words, code=0):
        done = subprocess.run(["minisign", *map(str, words)], cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == code, f"minisign {words}: {done.stdout}"
        return done.stdout

    def new_key(self, name):
        """Made by the public tool; its id."""
        self.minisign("-G", "-W", "-p", f"{name}.pub", "-s", f"{name}.key")
        return self.id_of(name)

    def id_of(self, name):
        line = (self.folder / f"{name}.pub").read_text().splitlines()[1]
        return base64.b64decode(line)[2:10][::-1].hex().upper()

    def sign(self, file, key, comment=None, *more):
        self.minisign("-S", "-s", f"{key}.key", "-m", file, *(["-t", comment] if comment else []), *more)

    def copy_package(self, name):
        """The package in a folder of its own, which is returned with it."""
        place = self.folder / name
        place.mkdir()
        shutil.copy(self.package, place)
        return place / self.package.name

    def digest(self, path=None):
        return hashlib.sha256(pathlib.Path(path or self.package).read_bytes()).hexdigest()

    def entry(self, **changes):
        return {"id": "stdout", "version": self.version, "kind": "destination", "description": "Prints.",
                "publisher": "tests", "channel": "stable", "signer": self.id_of("acme"), "abi": 1,
                "platforms": {PLATFORM: {"file": self.package.name, "size": self.package.stat().st_size,
                                         "sha256": self.digest()}}, **changes}

    def index(self, **changes):
        return {"catalog": 1, "name": "acme", "serial": 5, "created": "2026-11-21T10:00:00Z",
                "packages": [self.entry()], **changes}

    def publish(self, folder, index, key="acme", comment=None):
        """Writes a catalog's index, signed by the public tool. `index`: a document, text or bytes."""
        place = self.folder / folder
        place.mkdir(exist_ok=True)
        content = json.dumps(index) if isinstance(index, dict) else index
        (place / "index.json").write_bytes(content if isinstance(content, bytes) else content.encode())
        if key:
            self.sign(place / "index.json", key, comment)
        return place
