#!/usr/bin/env python3
"""Puts connhost beside psql's COPY and the sqlite3 tool on the same rows in one run, and writes docs/performance.md.

W4  PostgreSQL table, 2 M rows x 10 columns -> Bronze        beside \\copy TO a file, binary
W5  CSV, 2 M rows -> PostgreSQL, typed, counted              beside \\copy FROM the file, csv, into a table made before
PG  PostgreSQL table -> PostgreSQL table                     beside COPY TO | COPY FROM, binary
S1  CSV -> SQLite                                            beside .import
S2  SQLite table -> Bronze                                   beside .dump

The commands of a workload take turns, so that a change of the machine's speed hits all alike. Landed rows are
counted after every run and compared in content once. CPU and memory are those of the client: the server is not counted.

usage: run_databases.py --connhost build/release/bin/connhost [--rows 2000000] [--repeat 3] [--only w4] [--write]
"""
import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from measuring import BENCH, measure, table, write_page

sys.path.insert(0, str(BENCH.parent / "tests/soak"))
import servers  # noqa: E402

COLUMNS = ("id bigint primary key, created_at timestamptz not null, account_id integer not null, amount double precision "
           "not null, score double precision, country text not null, name text not null, note text, active boolean not "
           "null, updated_at timestamptz")
TYPES = {"id": "int64", "created_at": "timestamptz", "account_id": "int64", "amount": "float64", "score": "float64",
         "active": "bool", "updated_at": "timestamptz"}
CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: {name}
source: {{connector: {source}, config: {source_config}}}
destination: {{connector: {destination}, config: {destination_config}}}
streams: [{{name: {stream}, sync: full, write: overwrite}}]
"""


class Bench:
    def __init__(self, arguments, scratch):
        self.program, self.rows, self.repeat, self.scratch = arguments.connhost, arguments.rows, arguments.repeat, scratch
        self.environment = dict(os.environ, CONNHOST_HOME=str(scratch / "home"))
        self.server = servers.Postgres(scratch / "postgres", ["shared_buffers = 1GB", "max_wal_size = 8GB",
                                                              "checkpoint_timeout = 1h"])
        self.psql = [str(self.server.bin / "psql"), "-X", "-q", "-d", self.server.url(), "-c"]
        for name in ("csv", "bronze", "postgres", "sqlite"):
            self.connhost("install", name)
        self.csv = scratch / "items.csv"
        subprocess.run(["python3", BENCH / "gen_csv.py", str(self.rows), self.csv], check=True)
        self.server.sql(f"create table items ({COLUMNS}); create schema landing")
        self.server.psql("-c", f"\\copy items from '{self.csv}' csv header")
        self.server.sql("vacuum analyze items")

    def connhost(self, *words):
        subprocess.run([self.program, *words], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def apply(self, name, source, source_config, destination, destination_config, stream):
        spec = self.scratch / f"{name}.yaml"
        spec.write_text(CONNECTION.format(
            name=name, source=source, source_config=json.dumps(source_config), destination=destination,
            destination_config=json.dumps(destination_config), stream=stream))
        self.connhost("apply", "-f", str(spec))

    def turns(self, name, peers, clear, count):
        """Each command in turn; `clear` before and `count` after every run of ours. Returns samples by program."""
        commands = {"connhost": [self.program, "run", f"acme/{name}", "--quiet"], **peers}
        results = {program: [] for program in commands}
        for _ in range(self.repeat):
            for program, command in commands.items():
                clear()
                self.server.sql("checkpoint")
                os.sync()
                ours = program == "connhost"
                results[program].append(measure(command, self.environment if ours else None))
                if ours and count() != self.rows:
                    raise SystemExit(f"{name}: connhost landed {count()} of {self.rows} rows")
        return results

    def forget(self, name):
        self.connhost("state", "clear", f"acme/{name}")

    # What a destination holds, as one digest of its sorted rows.
    def digest_of_table(self, name):
        return self.server.sql(f"select md5(string_agg(t::text, E'\\n' order by id)) from {name} t").strip()

    def to_bronze(self, name, source, source_config, stream, peers, title):
        out = self.scratch / f"{name}-bronze"
        self.apply(name, source, source_config, "bronze", {"path": str(out)}, stream)
        folder = out / "acme" / name / stream

        def clear():
            self.forget(name)
            shutil.rmtree(out, ignore_errors=True)

        def count():
            return sum(int(json.loads(path.read_text())["records"]) for path in folder.glob("manifest-*.json"))
        results = self.turns(name, peers, clear, count)
        return table(f"{title}, {self.rows:,} rows", self.rows, results, self.compare_bronze(folder))

    def compare_bronze(self, folder):
        """The landed records are the table's rows: the server itself reads them back and compares."""
        documents = self.scratch / "documents.csv"
        with open(documents, "w", encoding="utf-8") as out:
            for segment in sorted(folder.glob("*.ndjson")):
                with open(segment, encoding="utf-8") as lines:
                    for line in lines:
                        data = json.dumps(json.loads(line)["data"], ensure_ascii=False)
                        out.write('"' + data.replace('"', '""') + '"\n')
        self.server.sql("drop table if exists landed; create table landed (data jsonb)")
        self.server.psql("-c", f"\\copy landed from '{documents}' csv")
        documents.unlink()
        different = self.server.sql(
            "select count(*) from (select * from items except all select (jsonb_populate_record(null::items, data)).* "
            "from landed) d").strip()
        self.server.sql("drop table landed")
        if different != "0":
            raise SystemExit(f"{folder}: {different} rows differ from the table")
        return "Records equal in content to the table's rows, compared by the server."

    def w4(self):
        out = self.scratch / "items.pgcopy"
        peers = {"psql `\\copy (select *) to`, binary":
                 [*self.psql, f"\\copy (select * from items) to '{out}' with binary"]}
        return self.to_bronze("w4", "postgres", {"url": self.server.url()}, "public.items", peers,
                              "W4: PostgreSQL to Bronze")

    def to_postgres(self, name, source, source_config, stream, peers, title):
        self.apply(name, source, source_config, "postgres", {"url": self.server.url(), "schema": "landing"}, stream)

        def clear():
            self.forget(name)
            self.server.sql("drop schema landing cascade; create schema landing; "
                            f"drop table if exists peer; create table peer ({COLUMNS.replace(' primary key', '')})")

        def count():
            return int(self.server.sql("select count(*) from landing.items"))
        results = self.turns(name, peers, clear, count)
        clear()
        self.connhost("run", f"acme/{name}", "--quiet")
        if self.digest_of_table("landing.items") != self.digest_of_table("items"):
            raise SystemExit(f"{name}: the landed table differs")
        return table(f"{title}, {self.rows:,} rows", self.rows, results,
                     "The landed table equals the source in content, compared by the server.")

    def w5(self):
        peers = {"psql `\\copy from`, csv": [*self.psql, f"\\copy peer from '{self.csv}' csv header"]}
        return self.to_postgres("w5", "csv", {"path": str(self.csv), "types": TYPES}, "items", peers,
                                "W5: CSV to PostgreSQL, typed")

    def pg(self):
        copy = " ".join(f"'{word}'" for word in self.psql)
        peers = {"psql COPY to \\| COPY from, binary": [
            "sh", "-c", f"{copy} 'copy items to stdout with binary' | {copy} 'copy peer from stdin with binary'"]}
        return self.to_postgres("pg", "postgres", {"url": self.server.url()}, "public.items", peers,
                                "PostgreSQL to PostgreSQL")

    def s1(self):
        ours, theirs = self.scratch / "ours.db", self.scratch / "theirs.db"
        self.apply("s1", "csv", {"path": str(self.csv), "types": TYPES}, "sqlite", {"path": str(ours)}, "items")
        peers = {"sqlite3 `.import --csv`": ["sqlite3", str(theirs), f"create table items ({COLUMNS})",
                                             f".import --csv --skip 1 {self.csv} items"]}

        def clear():
            self.forget("s1")
            for path in (*self.scratch.glob("ours.db*"), *self.scratch.glob("theirs.db*")):
                path.unlink()

        def count():
            return sqlite3.connect(ours).execute("select count(*) from items").fetchone()[0]
        results = self.turns("s1", peers, clear, count)
        return table(f"CSV to SQLite, {self.rows:,} rows", self.rows, results,
                     "sqlite3 takes an empty field for an empty text, not for null.")

    def s2(self):
        source = self.scratch / "source.db"
        subprocess.run(["sqlite3", source, f"create table items ({COLUMNS})",
                        f".import --csv --skip 1 {self.csv} items"], check=True)
        out = self.scratch / "s2-bronze"
        self.apply("s2", "sqlite", {"path": str(source)}, "bronze", {"path": str(out)}, "items")
        folder = out / "acme/s2/items"
        dump = self.scratch / "dump.sql"
        peers = {"sqlite3 `.dump`": ["sh", "-c", f"sqlite3 '{source}' .dump > '{dump}'"]}

        def clear():
            self.forget("s2")
            shutil.rmtree(out, ignore_errors=True)

        def count():
            return sum(int(json.loads(path.read_text())["records"]) for path in folder.glob("manifest-*.json"))
        results = self.turns("s2", peers, clear, count)
        return table(f"SQLite to Bronze, {self.rows:,} rows", self.rows, results, "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", action="append", choices=["w4", "w5", "pg", "s1", "s2"])
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="connhost-bench-"))
    scratch.chmod(0o755)
    bench = Bench(arguments, scratch)
    try:
        parts = []
        for name in arguments.only or ["w4", "w5", "pg", "s1", "s2"]:
            parts.append(getattr(bench, name)())
            print(parts[-1], flush=True)
    finally:
        bench.server.remove()
        shutil.rmtree(scratch)
    if arguments.write:
        write_page("run_databases.py", parts)


if __name__ == "__main__":
    main()
