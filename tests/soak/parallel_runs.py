#!/usr/bin/env python3
"""Many runs of many connections at once on one registry: each is recorded, all succeed, nobody sees a lock.

usage: parallel_runs.py --connhost PROGRAM [--connections 50]
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: tenant-{number}
name: people
source: {{connector: faker, config: {{rows: 2000, seed: {number}}}}}
destination: {{connector: bronze, config: {{path: bronze}}}}
---"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connhost", required=True, type=os.path.abspath)
    parser.add_argument("--connections", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="connhost-parallel-") as folder:
        environment = dict(os.environ, CONNHOST_HOME=f"{folder}/home")

        def connhost(*words):
            return subprocess.run([arguments.connhost, *words], cwd=folder, env=environment, check=True,
                                  stdout=subprocess.PIPE, text=True).stdout

        connhost("install", "faker")
        connhost("install", "bronze")
        spec = pathlib.Path(folder, "all.yaml")
        spec.write_text("".join(CONNECTION.format(number=number) for number in range(arguments.connections)))
        connhost("apply", "-f", str(spec))
        processes = [
            subprocess.Popen([arguments.connhost, "run", f"tenant-{number}/people", "--quiet"], cwd=folder,
                             env=environment, stderr=subprocess.PIPE, text=True)
            for number in range(arguments.connections)
        ]
        for process in processes:
            _, stderr = process.communicate(timeout=600)
            if process.returncode != 0 or stderr:
                raise SystemExit(f"a run ended with {process.returncode}: {stderr}")
        runs = json.loads(connhost("runs", "--all", "--json"))
        good = [run for run in runs if run["status"] == "succeeded" and run["metrics"]["records_written"] == 2000]
        if len(runs) != arguments.connections or len(good) != arguments.connections:
            raise SystemExit(f"{len(runs)} rows, {len(good)} of them good, instead of {arguments.connections}")
        print(f"{len(good)} runs at once: {len(runs)} rows, all succeeded")


if __name__ == "__main__":
    main()
