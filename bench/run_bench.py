#!/usr/bin/env python3
"""Puts connhost beside DuckDB and C floors on the same input in one run, and writes docs/performance.md.

W1  CSV, 5 M rows x 10 columns -> Bronze NDJSON: full envelope, checkpoints, registry, fsync
W2  NDJSON, 5 M documents -> Bronze NDJSON: full envelope, each document validated
W6  a run that finds nothing new

The commands of a workload take turns (A B C, A B C, ...), so that a change of the machine's speed hits all alike.
The outputs are compared record by record on a smaller input first.

usage: run_bench.py --connhost build/release/bin/connhost [--rows 5000000] [--repeat 3] [--write]
needs: npm install in bench/ (DuckDB), a C compiler
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

from measuring import BENCH, measure, median, table, write_page

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: {name}
source: {source}
destination: {{connector: bronze, config: {{path: bronze}}}}
streams: [{stream}]
"""
SOURCES = {
    "w1": ("{{connector: csv, config: {{path: {input}, stream: items, types: {{id: int64, account_id: int64, "
           "amount: number, score: number, active: bool}}}}}}"),
    "w2": "{{connector: ndjson, config: {{path: {input}, stream: items}}}}",
}


class Installation:
    """A connhost of its own for one workload; every run starts from nothing."""

    def __init__(self, program, folder, workload, source_input, sync="full", write="overwrite"):
        self.program, self.folder = program, pathlib.Path(folder)
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.folder / "home"))
        for name in ("csv", "ndjson", "bronze"):
            self.call("install", name)
        stream = f"{{name: items, sync: {sync}, write: {write}}}"
        spec = self.folder / "connection.yaml"
        spec.write_text(CONNECTION.format(
            name="items", source=SOURCES[workload].format(input=source_input), stream=stream))
        self.call("apply", "-f", str(spec))

    def call(self, *words):
        subprocess.run([self.program, *words], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def run_command(self):
        return [self.program, "run", "acme/items", "--quiet"]

    def clear(self):
        self.call("state", "clear", "acme/items")
        shutil.rmtree(self.folder / "bronze", ignore_errors=True)

    def records(self):
        for segment in sorted((self.folder / "bronze/acme/items/items").glob("*.ndjson")):
            with open(segment, encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)

    def count(self):
        return sum(int(document["records"]) for document in (
            json.loads(path.read_text())
            for path in (self.folder / "bronze/acme/items/items").glob("manifest-*.json")))


def build_floor(name, scratch):
    program = scratch / name
    subprocess.run(["cc", "-O2", "-march=native", "-o", program, BENCH / f"{name}.c"], check=True)
    return str(program)


def generate(workload, rows, scratch):
    path = scratch / f"{workload}-{rows}.{'csv' if workload == 'w1' else 'ndjson'}"
    if not path.exists():
        script = "gen_csv.py" if workload == "w1" else "gen_ndjson.py"
        subprocess.run(["python3", BENCH / script, str(rows), path], check=True)
    return path


def compare(workload, program, duckdb, scratch):
    """The same records come out of connhost and DuckDB on 20,000 rows; returns the count."""
    rows = 20000
    source = generate(workload, rows, scratch)
    folder = scratch / f"compare-{workload}"
    folder.mkdir()
    ours = Installation(program, folder, workload, source)
    subprocess.run(ours.run_command(), env=ours.environment, check=True)
    theirs = scratch / f"compare-{workload}.json"
    subprocess.run([*duckdb, workload, source, theirs], check=True)
    count = 0
    with open(theirs, encoding="utf-8") as lines:
        for record, line in zip(ours.records(), lines, strict=True):
            other = json.loads(line)
            data = other["data"] if workload == "w2" else other
            if workload == "w2" and isinstance(data, str):
                data = json.loads(data)
            # DuckDB's CSV reader makes a quoted empty string null; the input has both.
            if workload == "w1" and record["data"]["note"] == "" and data["note"] is None:
                data["note"] = ""
            if record["data"] != data:
                raise SystemExit(f"{workload}: record {count + 1} differs:\n{record['data']}\n{data}")
            count += 1
    if count != rows:
        raise SystemExit(f"{workload}: {count} records instead of {rows}")
    return count


def throughput(workload, program, arguments, scratch):
    source = generate(workload, arguments.rows, scratch)
    folder = scratch / f"run-{workload}"
    folder.mkdir()
    ours = Installation(program, folder, workload, source)
    out = scratch / "out.ndjson"
    duckdb = ["node", str(BENCH / "duckdb.mjs")]
    floor = build_floor("floor_csv2ndjson" if workload == "w1" else "floor_envelope", scratch)
    commands = {
        "connhost": (ours.run_command(), ours.environment, ours.clear),
        "the same plugins in one process": (isolation_command(workload, program, source, scratch), None, None),
        "DuckDB 1.5.6, 2 threads": ([*duckdb, workload, str(source), str(out)], None, None),
        "C floor, 1 thread": ([floor, str(source), str(out)], None, None),
    }
    results = {name: [] for name in commands}
    for _ in range(arguments.repeat):
        for name, (command, environment, prepare) in commands.items():
            out.unlink(missing_ok=True)
            shutil.rmtree(scratch / "isolation", ignore_errors=True)
            if prepare:
                prepare()
            os.sync()
            results[name].append(measure(command, environment))
        if ours.count() != arguments.rows:
            raise SystemExit(f"{workload}: connhost landed {ours.count()} of {arguments.rows}")
    out.unlink(missing_ok=True)
    return results


def isolation_command(workload, program, source, scratch):
    """Both plugins in one process, without checks and registry: what isolation costs is the difference."""
    build = pathlib.Path(program).parent.parent
    config = {"path": str(source), "stream": "items"}
    if workload == "w1":
        config["types"] = {"id": "int64", "account_id": "int64", "amount": "number", "score": "number", "active": "bool"}
    plugins = build / "connectors"
    reader = "csv" if workload == "w1" else "ndjson"
    return [str(build / "bin/isolation_bench"), str(plugins / reader / f"lib/{reader}.so"), json.dumps(config),
            str(plugins / "bronze/lib/bronze.so"), json.dumps({"path": str(scratch / "isolation")}), "items"]


def small_memory(workload, program, arguments, scratch):
    """Peak memory on a tenth of the rows."""
    folder = scratch / f"tenth-{workload}"
    folder.mkdir()
    ours = Installation(program, folder, workload, generate(workload, arguments.rows // 10, scratch))
    return measure(ours.run_command(), ours.environment)["peak"]


def nothing_new(program, arguments, scratch):
    folder = scratch / "w6"
    folder.mkdir()
    ours = Installation(program, folder, "w1", generate("w1", 1000, scratch), "incremental", "append")
    subprocess.run(ours.run_command(), env=ours.environment, check=True)
    return [measure(ours.run_command(), ours.environment) for _ in range(max(20, arguments.repeat))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--scratch", type=pathlib.Path, help="where inputs are kept between calls")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    keep = arguments.scratch
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="connhost-bench-", dir=keep))
    if keep:
        for path in keep.glob("w?-*"):
            (scratch / path.name).symlink_to(path.resolve())
    try:
        report(arguments, scratch)
    finally:
        shutil.rmtree(scratch)


def report(arguments, scratch):
    program = arguments.connhost
    duckdb = ["node", str(BENCH / "duckdb.mjs")]
    parts = []
    for workload, title in (("w1", "W1: CSV to Bronze"), ("w2", "W2: NDJSON to Bronze")):
        equal = compare(workload, program, duckdb, scratch)
        results = throughput(workload, program, arguments, scratch)
        tenth = small_memory(workload, program, arguments, scratch)
        note = (f"Outputs equal in content, record by record, on {equal:,} rows. "
                f"connhost on a tenth of the rows: peak {tenth / 2**20:.0f} MiB.")
        parts.append(table(f"{title}, {arguments.rows:,} rows", arguments.rows, results, note))
        print(parts[-1], flush=True)
    samples = nothing_new(program, arguments, scratch)
    walls = [sample["wall"] * 1000 for sample in samples]
    parts.append(f"### W6: a run that finds nothing new\n\nconnhost: {statistics.median(walls):.1f} ms wall "
                 f"({min(walls):.1f}–{max(walls):.1f}, {len(walls)} runs), {median(samples, 'cpu') * 1000:.0f} ms CPU.\n")
    print(parts[-1])
    if arguments.write:
        write_page("run_bench.py", parts)


if __name__ == "__main__":
    main()
