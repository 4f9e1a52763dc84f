#!/usr/bin/env python3
"""Kills host, guests and database servers at random instants while rows go from database to database.

Each pair of source, destination and write mode is a connection. Its source table grows, and with upsert and
history its rows change; runs are killed at random moments (SIGKILL to the host or a guest, `pg_ctl -m
immediate` for a server) and started again. At the end the destination must hold what the mode promises, row
by row; an overwrite must show one whole version whenever one looks.

usage: database_soak.py --connhost PROGRAM [--kills 30] [--rows 4000] [--seed N] [--only postgres:sqlite:upsert]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import servers

MODES = {"append": "incremental", "upsert": "incremental", "overwrite": "full", "history": "incremental"}
CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: soak
name: {name}
source: {{connector: {source}, config: {source_config}}}
destination: {{connector: {destination}, config: {destination_config}}}
streams:
  - {{name: {stream}, sync: {sync}, write: {write}, key: [id], cursor: seq}}
"""
COLUMNS = "id bigint primary key, seq bigint not null, name text, note text"


def row(number, seq):
    return number, seq, f"näme {number}", None if seq % 7 == 0 else f'a "note"\n{seq}\\N'


class PostgresSource:
    kind = "postgres"

    def __init__(self, server, name):
        self.server, self.table = server, name
        self.stream = f"public.{name}"
        server.sql(f"create table {name} ({COLUMNS})")

    def config(self):
        return {"url": self.server.url(), "parallel": 2}

    def put(self, rows):
        """Inserts or replaces rows, all at once."""
        def literal(value):
            if value is None:
                return "null"
            return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
        values = ",".join("(" + ",".join(map(literal, one)) + ")" for one in rows)
        self.server.psql("-f", "-", stdin=as_file(
            f"insert into {self.table} values {values} on conflict (id) do update set "
            "seq = excluded.seq, name = excluded.name, note = excluded.note"))


class SqliteSource:
    kind = "sqlite"

    def __init__(self, folder, name):
        self.path, self.table, self.stream = folder / f"{name}-source.db", name, name
        self.open = sqlite3.connect(self.path, timeout=60)
        self.open.execute(f"create table {name} ({COLUMNS})")
        self.open.commit()

    def config(self):
        return {"path": str(self.path)}

    def put(self, rows):
        self.open.executemany(f"insert or replace into {self.table} values (?,?,?,?)", rows)
        self.open.commit()


class PostgresDestination:
    kind = "postgres"

    def __init__(self, server, table):
        self.server, self.table = server, table
        server.sql("create schema if not exists landing")

    def config(self):
        return {"url": self.server.url(), "schema": "landing"}

    def exists(self):
        return self.server.sql(f"select to_regclass('landing.{self.table}') is not null").strip() == "t"

    def rows(self, condition="true", columns="id, seq, name, note"):
        text = self.server.sql(f"select coalesce(json_agg(json_build_array({columns})), '[]') "
                               f"from landing.{self.table} where {condition}")
        return [tuple(one) for one in json.loads(text)]

    current = "_is_current"


class SqliteDestination:
    kind = "sqlite"

    def __init__(self, folder, table):
        self.path, self.table = folder / f"{table}-destination.db", table

    def config(self):
        return {"path": str(self.path)}

    def query(self, statement):
        reader = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=60)
        try:
            return reader.execute(statement).fetchall()
        finally:
            reader.close()

    def exists(self):
        return self.path.exists() and bool(
            self.query(f"select 1 from sqlite_master where name = '{self.table}'"))

    def rows(self, condition="1", columns="id, seq, name, note"):
        return self.query(f"select {columns} from {self.table} where {condition}")

    current = "_is_current"


class BronzeDestination:
    kind = "bronze"

    def __init__(self, folder, connection, stream):
        self.path = folder / f"{connection}-bronze"
        self.stream = self.path / "soak" / connection / stream

    def config(self):
        return {"path": str(self.path)}

    def exists(self):
        return self.stream.exists()

    def rows(self):
        found = []
        for segment in sorted(self.stream.glob("*.ndjson")):
            with open(segment, encoding="utf-8") as lines:
                for line in lines:
                    data = json.loads(line)["data"]
                    found.append((int(data["id"]), int(data["seq"]), data["name"], data["note"]))
        return found


def as_file(text):
    spool = tempfile.TemporaryFile("w+", encoding="utf-8")
    spool.write(text)
    spool.seek(0)
    return spool


class Pair:
    """One connection, what its source holds, and what its destination must hold."""

    def __init__(self, soak, source, destination, mode):
        self.soak, self.mode = soak, mode
        self.name = f"{source}-{destination}-{mode}"
        table = self.name.replace("-", "_")
        self.source = {"postgres": lambda: PostgresSource(soak.postgres, table),
                       "sqlite": lambda: SqliteSource(soak.folder, table)}[source]()
        self.destination = {
            "postgres": lambda: PostgresDestination(soak.postgres, table),
            "sqlite": lambda: SqliteDestination(soak.folder, table),
            "bronze": lambda: BronzeDestination(soak.folder, self.name, self.source.stream)}[destination]()
        self.held, self.seq = {}, 0
        self.history = []  # every version that a completed run has seen
        spec = soak.folder / f"{self.name}.yaml"
        spec.write_text(CONNECTION.format(
            name=self.name, source=source, source_config=json.dumps(self.source.config()),
            destination=destination, destination_config=json.dumps(self.destination.config()),
            stream=self.source.stream, sync=MODES[mode], write=mode))
        soak.connhost("apply", "-f", str(spec))
        self.grow()

    def grow(self):
        """New rows; with upsert and history a tenth as many old ones change. Ties on the cursor throughout."""
        rows = []
        count = self.soak.rows
        for number in range(len(self.held) + 1, len(self.held) + count + 1):
            self.seq += number % 3 == 0
            rows.append(row(number, self.seq))
        if self.mode in ("upsert", "history") and self.held:
            self.seq += 1
            for number in self.soak.chance.sample(sorted(self.held), count // 10):
                rows.append(row(number, self.seq))
        self.source.put(rows)
        self.held.update((one[0], one) for one in rows)
        self.history += rows

    def check_whole_version(self):
        """An overwrite shows the whole of one version at any time."""
        if self.mode != "overwrite" or not self.destination.exists():
            return
        rows = self.destination.rows()
        if len(rows) % self.soak.rows != 0 or {one[0] for one in rows} != set(range(1, len(rows) + 1)):
            raise SystemExit(f"{self.name}: {len(rows)} rows: a mixture of versions")

    def check(self):
        if self.mode == "history":
            current = self.destination.rows(self.destination.current)
            self.compare(current, self.held.values())
            self.compare(self.destination.rows(), self.history)
        else:
            self.compare(self.destination.rows(), self.held.values())

    def compare(self, found, expected):
        found, expected = collections.Counter(map(tuple, found)), collections.Counter(expected)
        if found != expected:
            lost, more = list((expected - found).items()), list((found - expected).items())
            raise SystemExit(f"{self.name}: lost {len(lost)} {lost[:3]}, too many {len(more)} {more[:3]}")
        print(f"{self.name}: {sum(found.values())} rows, none lost, none doubled")


class Soak:
    def __init__(self, arguments, folder):
        self.program, self.rows = arguments.connhost, arguments.rows
        self.chance = random.Random(arguments.seed)
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.folder / "home"))
        self.victims = collections.Counter()
        self.runs = 0
        os.chmod(folder, 0o755)
        self.postgres = servers.Postgres(self.folder / "postgres", ["max_connections = 50"])

    def connhost(self, *words):
        done = subprocess.run([self.program, *words], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"connhost {' '.join(words)} failed: {done.returncode}\n{done.stderr}")
        return done.stdout

    def start(self, pair):
        self.runs += 1
        return subprocess.Popen(
            [self.program, "run", f"soak/{pair.name}", "--quiet", "--commit-bytes", "64KiB", "--commit-seconds", "0",
             "--retry-millis", "5", "--attempts", "50"],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    @staticmethod
    def guests(host):
        """The guests there are now, in the order they were started."""
        found = []
        try:
            for task in os.listdir(f"/proc/{host}/task"):
                with open(f"/proc/{host}/task/{task}/children", encoding="ascii") as children:
                    found += [int(pid) for pid in children.read().split()]
        except OSError:
            pass  # it ended while we looked
        return sorted(found)

    def strike(self, process, victim):
        if victim == "server":
            self.postgres.stop("immediate")
            self.postgres.start()
        elif victim == "host":
            process.send_signal(signal.SIGKILL)
        else:
            guests = self.guests(process.pid)
            if not guests:
                return False
            try:
                os.kill(self.chance.choice(guests), signal.SIGKILL)
            except ProcessLookupError:
                return False
        return True

    def one_round(self, pair):
        uses_server = "postgres" in pair.name
        victim = self.chance.choice(["host", "guest", "guest"] + ["server"] * uses_server)
        process = self.start(pair)
        instant = time.monotonic() + self.chance.uniform(0.01, 0.25)
        while process.poll() is None and time.monotonic() < instant:
            pass  # the random instant, not a wait for something
        if process.poll() is None and self.strike(process, victim):
            self.victims[victim] += 1
        _, stderr = process.communicate(timeout=120)
        pair.check_whole_version()
        if process.returncode == 0:
            pair.grow()
        elif process.returncode not in (-signal.SIGKILL, 1):
            raise SystemExit(f"{pair.name}: the run ended with {process.returncode}: {stderr.decode()}")

    def run(self, wanted, kills):
        for name in sorted({part for pair in wanted for part in pair[:2]}):
            self.connhost("install", name)
        pairs = [Pair(self, *one) for one in wanted]
        while sum(self.victims.values()) < kills:
            self.one_round(self.chance.choice(pairs))
        for pair in pairs:
            self.connhost("run", f"soak/{pair.name}", "--quiet")
            pair.check()
        runs = json.loads(self.connhost("runs", "--all", "--json"))
        stuck = [run["run_id"] for run in runs if run["status"] == "running"]
        if stuck:
            raise SystemExit(f"runs are still marked running: {stuck}")
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.victims.items()))
        print(f"{kills} kills ({told}) in {self.runs} runs of {len(pairs)} connections: nothing lost, nothing doubled")


def all_pairs():
    for source in ("postgres", "sqlite"):
        for destination in ("postgres", "sqlite"):
            for mode in MODES:
                yield source, destination, mode
        yield source, "bronze", "append"
        yield source, "bronze", "overwrite"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--rows", type=int, default=4000, help="new rows after each run that succeeds")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--only", action="append", help="SOURCE:DESTINATION:MODE; may be repeated")
    arguments = parser.parse_args()
    wanted = [tuple(one.split(":")) for one in arguments.only] if arguments.only else list(all_pairs())
    print(f"seed {arguments.seed}")
    folder = tempfile.mkdtemp(prefix="connhost-soak-")
    soak = Soak(arguments, folder)
    try:
        soak.run(wanted, arguments.kills)
    except BaseException:
        soak.postgres.stop("immediate")
        print(f"kept for a look: {folder}", file=sys.stderr)
        raise
    soak.postgres.remove()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
