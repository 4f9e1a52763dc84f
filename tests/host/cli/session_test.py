#!/usr/bin/env python3
"""A person's first half hour with the program: what the README says, and things done wrong on purpose."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ORDERS = """apiVersion: connhost/v1
kind: Connection
tenant: acme
name: orders
source:      {connector: csv, config: {path: orders.csv, types: {id: int64, amount: number}}}
destination: {connector: bronze, config: {path: bronze}}
streams:
  - {name: orders, sync: incremental, write: append, key: [id]}
"""


class Session:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = {"CONNHOST_HOME": str(self.folder / "home"), "PATH": os.environ["PATH"]}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def run(self, *words, code=0):
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        assert done.returncode == code, f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
        assert "\033[" not in done.stdout + done.stderr, f"{words}: colours in a pipe"
        return done

    def refused(self, code, *words):
        """The sentence a refusal ends with; nothing but it on stderr."""
        done = self.run(*words, code=code)
        assert done.stdout == "", done.stdout
        return done.stderr

    def json(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def landed(self):
        lines = []
        for segment in sorted((self.folder / "bronze/acme/orders/orders").glob("*.ndjson")):
            lines += [json.loads(line) for line in segment.read_text(encoding="utf-8").splitlines()]
        return lines


def readme(session):
    for name in ("csv", "bronze"):
        assert "installed" in session.run("install", name).stdout
    assert "was installed already" in session.run("install", "csv").stdout
    session.write("orders.csv", 'id,customer,amount\n1,Zoë,12.50\n2,"O\'Neil, Ltd",\n')
    session.write("orders.yaml", ORDERS)
    assert session.run("apply", "-f", "orders.yaml").stdout == "acme/orders created\n"
    assert session.run("apply", "-f", "orders.yaml").stdout == "acme/orders unchanged\n"
    session.run("check", "acme/orders")
    session.run("run", "acme/orders")
    records = session.landed()
    assert [record["data"] for record in records] == [
        {"id": 1, "customer": "Zoë", "amount": 12.50}, {"id": 2, "customer": "O'Neil, Ltd", "amount": None}], records
    assert list(records[0]) == ["tenant", "connector", "stream", "run_id", "sequence", "op", "key", "cursor",
                                "emitted_at", "data"]
    session.run("run", "acme/orders")
    assert len(session.landed()) == 2, "nothing was new"
    with open(session.folder / "orders.csv", "a", encoding="utf-8") as orders:
        orders.write("3,Ana,1\n4,broken\n")
    session.run("run", "acme/orders", code=5)
    assert [record["data"]["id"] for record in session.landed()] == [1, 2, 3]


def looking(session):
    runs = session.json("runs")
    assert [run["status"] for run in runs] == ["partial", "succeeded", "succeeded"], runs
    assert runs[0]["metrics"]["records_read"] == 2 and runs[0]["metrics"]["records_rejected"] == 1
    assert session.json("runs", "acme/orders", "--status", "partial")[0]["run_id"] == runs[0]["run_id"]
    letters = session.run("dead-letters", "list", "acme/orders", "--json").stdout.splitlines()
    assert len(letters) == 1 and json.loads(letters[0])["raw"] == "4,broken", letters
    assert "orders.csv" in session.run("dead-letters", "list", "acme/orders").stdout
    state = session.json("state", "show", "acme/orders")
    assert state[0]["stream"] == "orders" and state[0]["sequence"] == 2, state
    assert session.json("schema", "show", "acme/orders")[0]["fields"][0]["name"] == "id"
    assert session.json("discover", "acme/orders")[0]["name"] == "orders"
    assert {row["id"] for row in session.json("list")} == {"csv", "bronze"}
    assert session.json("info", "csv")["manifest"]["id"] == "csv"
    assert session.json("connections")[0]["connection"] == "acme/orders"
    assert session.json("alerts") == []
    assert all(look["state"] != "problem" for look in session.json("doctor"))
    session.run("logs", runs[0]["run_id"][:-2])
    for command in ("list", "info csv", "connections", "runs", "alerts", "doctor", "state show acme/orders"):
        assert session.run(*command.split()).stdout.strip()


def going_back(session):
    first = session.json("runs")[-1]["run_id"]
    changed = session.json("state", "diff", "acme/orders", "--from", first)
    assert changed and all(one["then"] != one["now"] for one in changed), changed
    assert "STREAM" in session.run("state", "diff", "acme/orders", "--from", first).stdout
    before = session.json("state", "show", "acme/orders")
    plan = session.json("state", "rewind", "acme/orders", "--to", first, "--dry-run")
    assert [(one["stream"], one["runs_since"], one["records_again"]) for one in plan] == [("orders", 1, 1)], plan
    assert session.json("state", "show", "acme/orders") == before, "a dry run changes nothing"
    assert "holds these records twice" in session.run("state", "rewind", "acme/orders", "--to", first).stdout
    assert session.json("state", "diff", "acme/orders", "--from", first) == []
    session.run("run", "acme/orders", code=5)
    assert [record["data"]["id"] for record in session.landed()] == [1, 2, 3, 3]
    session.refused(2, "state", "rewind", "acme/orders")
    assert "no run 'nonsense'" in session.refused(3, "state", "diff", "acme/orders", "--from", "nonsense")


def paused(session):
    session.run("pause", "acme/orders", "--reason", "the shop migrates")
    sentence = session.refused(3, "run", "acme/orders")
    assert "the shop migrates" in sentence and "connhost resume acme/orders" in sentence, sentence
    assert session.run("apply", "-f", "orders.yaml").stdout == "acme/orders unchanged\n"
    row = session.json("connections")[0]
    assert (row["state"], row["pause_reason"]) == ("paused", "the shop migrates"), row
    assert session.json("resume", "acme/orders")["state"] == "enabled"
    session.run("run", "acme/orders")
    assert "did you mean 'acme/orders'" in session.refused(3, "resume", "acme/order")


def wrong_on_purpose(session):
    assert "did you mean 'install'?" in session.refused(2, "instal", "csv")
    assert "did you mean '--full'?" in session.refused(2, "run", "acme/orders", "--ful")
    assert "did you mean 'acme/orders'?" in session.refused(3, "run", "acme/order")
    assert "TENANT/CONNECTION" in session.refused(2, "run", "orders")
    assert "did you mean 'csv'?" in session.refused(3, "install", "cvs")
    assert "no run" in session.refused(3, "logs", "nonsense")
    assert session.refused(3, "uninstall", "csv")  # a connection needs it
    session.write("typo.yaml", ORDERS.replace("path: orders.csv", "path: orders.csv, delimeter: ';'"))
    refusal = session.refused(3, "apply", "-f", "typo.yaml")
    assert "typo.yaml: line 5" in refusal and "did you mean 'delimiter'?" in refusal, refusal
    session.write("half.yaml", ORDERS.replace("orders\nsource", "fresh\nsource", 1) + "---\n" + ORDERS.replace("csv, config", "nothing, config"))
    session.refused(3, "apply", "-f", "half.yaml")
    assert len(session.json("connections")) == 1, "a file with a fault changes nothing"
    session.refused(3, "apply", "-f", "absent.yaml")
    session.write("garbage.connpkg", "this is no package")
    assert "garbage.connpkg" in session.refused(3, "install", "./garbage.connpkg")
    session.write("csv-9.0.0-linux-x86_64.connpkg", "this is no package")
    session.refused(6, "install", "./csv-9.0.0-linux-x86_64.connpkg")
    missing = ORDERS.replace("name: orders\nsource", "name: gone\nsource").replace("orders.csv", "gone.csv")
    session.write("gone.yaml", missing)
    session.run("apply", "-f", "gone.yaml")
    assert "gone.csv" in session.run("check", "acme/gone", code=3).stdout
    assert "gone.csv" in session.run("run", "acme/gone", code=3).stderr


def author(session):
    """Looking at a connector and starting one: neither needs a registry."""
    packages = pathlib.Path(PROGRAM).parent.parent / "packages"
    faker = str(next(packages.glob("faker-*.connpkg")))
    config = '{"rows": 50, "batch_rows": 9}'
    verdicts = session.json("verify", faker, "--config", config, "--only", "resume", "--only", "package")
    assert [(row["check"], row["outcome"]) for row in verdicts] == [("package", "pass"), ("resume", "pass")], verdicts
    table = session.run("verify", faker, "--config", config, "--only", "discover").stdout
    assert table.startswith("pass") and "source" in table, table
    session.write("sample.yaml", "rows: 50\nfault: crash\nfail_at: 20\n")
    crashed = session.json("verify", faker, "--config", "sample.yaml", "--only", "batches", code=1)
    assert crashed[0]["outcome"] == "crash" and "SIGSEGV" in crashed[0]["sentence"], crashed
    assert "did you mean 'resume'?" in session.refused(2, "verify", faker, "--only", "resum")
    assert "FORMAT=FILE" in session.refused(2, "verify", faker, "--old-state", "faker1")
    assert "rows" in session.refused(3, "verify", faker, "--config", '{"rows": "many"}')
    session.run("verify", "garbage.connpkg", code=1)
    files = session.json("new", "my-first", "--lang", "c")["files"]
    assert "my-first/plugin.c" in files and "my-first/.gitignore" in files, files
    assert "not empty" in session.refused(3, "new", "my-first")
    assert "not there yet" in session.refused(2, "new", "other", "--lang", "yaml")
    assert "source or destination" in session.refused(2, "new", "other", "--kind", "both")
    assert "no name of a connector" in session.refused(2, "new", "../other")
    assert not (session.folder / "other").exists()
    text = "".join((session.folder / file).read_text(encoding="utf-8") for file in files)
    assert "{{" not in text.replace("{{0", "") and "my-first" in text


def help_and_completion(session):
    overview = session.run("--help").stdout
    commands = re.findall(r"^  ([a-z-]+)  ", overview, re.M)
    assert len(commands) >= 23, commands
    for command in commands:
        text = session.run(command, "--help").stdout
        assert "examples:" in text and f"connhost {command}" in text, text
    script = session.run("completion", "bash").stdout
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    assert "compdef connhost" in session.run("completion", "zsh").stdout
    assert session.run("--version").stdout.startswith("connhost ")
    session.run(code=2)


def closed_pipe(session):
    """A reader that goes away ends the command, not with a crash."""
    process = subprocess.Popen([PROGRAM, "runs", "--json"], cwd=session.folder, env=session.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    process.stderr.read()
    assert process.wait(60) in (0, 1, -signal.SIGPIPE), process.returncode


def main():
    with tempfile.TemporaryDirectory(prefix="connhost-session-") as folder:
        session = Session(folder)
        for part in (readme, looking, going_back, paused, wrong_on_purpose, author, help_and_completion, closed_pipe):
            part(session)
            print(f"{part.__name__}: ok")


if __name__ == "__main__":
    main()
