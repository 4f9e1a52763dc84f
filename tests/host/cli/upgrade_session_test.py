#!/usr/bin/env python3
"""Upgrade, try out, go back: as a person does it, and done wrong on purpose.

usage: upgrade_session_test.py CONNHOST FOLDER_WITH_PACKAGES_OF_COUNTER
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM, PACKAGES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
CONNECTION = """apiVersion: connhost/v1
kind: Connection
tenant: {tenant}
name: numbers
source:      {{connector: counter, version: "{range}", config: {{path: {tenant}.txt}}}}
destination: {{connector: bronze, config: {{path: bronze}}}}
---
"""


class Session:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.folder / "home"))
        self.lines = {}

    def run(self, *words, code=0):
        done = subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        assert done.returncode == code, f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def install(self, version):
        return self.run("install", PACKAGES / f"counter-{version}-linux-x86_64.connpkg", "--allow-unsigned", "--reason", "a test").stdout

    def grow(self, tenant, lines=10):
        begin = self.lines.get(tenant, 0)
        with open(self.folder / f"{tenant}.txt", "a", encoding="utf-8") as out:
            out.writelines(f"{number}\n" for number in range(begin + 1, begin + lines + 1))
        self.lines[tenant] = begin + lines

    def used(self, tenant):
        """The version that a run of this tenant uses, with something new to read."""
        self.grow(tenant)
        return self.json("run", f"{tenant}/numbers", "--quiet")["source"]

    def landed(self, tenant):
        ids = []
        for segment in (self.folder / "bronze" / tenant / "numbers/numbers").glob("[0-9]*.ndjson"):
            ids += [json.loads(line)["data"]["id"] for line in segment.read_text(encoding="utf-8").splitlines()]
        return sorted(ids)


def set_up(session):
    assert "stays active" not in session.install("1.0.0")
    assert "version 1.0.0 stays active; 'connhost upgrade counter@1.1.0' switches" in session.install("1.1.0")
    session.run("install", "bronze")
    text = ""
    for tenant, versions in (("acme", "*"), ("beta", "^1.0")):
        session.grow(tenant)
        text += CONNECTION.format(tenant=tenant, range=versions)
    (session.folder / "connections.yaml").write_text(text.removesuffix("---\n"), encoding="utf-8")
    session.run("apply", "-f", "connections.yaml")
    for tenant in ("acme", "beta"):
        assert session.used(tenant) == "counter@1.0.0"


def canary(session):
    plan = session.json("upgrade", "counter", "--tenant", "acme", "--dry-run")
    assert (plan["result"], plan["from"], plan["to"]) == ("planned", "", "1.1.0"), plan
    assert [each["connection"] for each in plan["connections"]] == ["acme/numbers"], plan
    assert session.json("pins") == []
    assert session.json("upgrade", "counter", "--tenant", "acme", "--reason", "try")["result"] == "switched"
    assert session.used("acme") == "counter@1.1.0" and session.used("beta") == "counter@1.0.0"
    assert session.json("pins") == [{"connector": "counter", "version": "1.1.0", "tenant": "acme", "connection": ""}]
    session.run("uninstall", "counter@1.1.0", code=3)
    session.run("rollback", "counter", "--tenant", "acme")
    assert session.used("acme") == "counter@1.0.0"


def everyone(session):
    said = session.run("upgrade", "counter@1.1.0").stdout
    assert "column length (int64) is new" in said and "2 connections use it from the next run on" in said, said
    assert "at 1.1.0 already" in session.run("upgrade", "counter").stdout
    assert session.used("acme") == session.used("beta") == "counter@1.1.0"
    session.run("rollback", "counter", "--reason", "wrong totals")
    assert session.used("acme") == "counter@1.0.0"
    for tenant in ("acme", "beta"):
        assert session.landed(tenant) == list(range(1, session.lines[tenant] + 1))


def refusals(session):
    session.run("upgrade", "counter@1.1.0")
    session.install("1.2.0")
    done = session.run("upgrade", "counter", code=6)
    assert "api.example.com" in done.stdout and "--accept-permissions" in done.stderr, done
    session.run("upgrade", "counter", "--accept-permissions")
    session.install("1.4.0")
    plan = session.json("upgrade", "counter@1.4.0", code=3)
    assert plan["result"] == "refused" and "tenant_key" in plan["findings"][0]["message"], plan
    assert {alert["kind"] for alert in session.json("alerts")} == {"upgrade"}
    assert "is older" in session.run("upgrade", "counter@1.0.0", code=3).stderr
    assert "did you mean 'counter'" in session.run("upgrade", "conter", code=3).stderr
    assert "counter" in session.run("upgrade", "counter@8.0.0", code=3).stderr
    assert "found both" in session.run("rollback", "counter", "--full", "--restore-state", code=2).stderr
    assert "found neither" in session.run("pin", "counter@1.0.0", code=2).stderr
    assert "NAME@VERSION" in session.run("pin", "counter", "--tenant", "acme", code=2).stderr
    assert "is not pinned" in session.run("unpin", "counter", "--tenant", "acme", code=3).stderr
    assert "did you mean 'verify'" in session.run("audit", "verfy", code=2).stderr


def shadow(session):
    session.install("1.3.0")
    session.grow("acme", 5)
    report = session.json("upgrade", "counter@1.3.0", "--shadow", "acme/numbers", code=1)
    stream = report["streams"][0]
    assert (report["before"], stream["same"], stream["only_before"], stream["only_after"]) == ("1.2.0", 0, 5, 5), report
    assert "- {" in session.run("upgrade", "counter@1.3.0", "--shadow", "acme/numbers", code=1).stdout
    same = session.run("upgrade", "counter@1.1.0", "--shadow", "acme/numbers").stdout
    assert "both versions read the same" in same, same
    assert session.used("acme") == "counter@1.2.0"
    assert session.landed("acme") == list(range(1, session.lines["acme"] + 1))


def books(session):
    history = session.json("history", "counter")
    assert [each["kind"] for each in history][-1] == "install", history
    assert any(each["reason"] == "wrong totals" and each["kind"] == "rollback" for each in history), history
    rows = session.json("audit", "--limit", "1000")
    assert [row["row"] for row in rows] == list(range(len(rows), 0, -1)), rows
    assert all("@" in row["actor"] for row in rows), rows
    assert f"{len(rows)} rows" in session.run("audit", "verify").stdout
    registry = sqlite3.connect(session.folder / "home/registry.db")
    registry.execute("DELETE FROM audit_log WHERE seq = 3")
    registry.commit()
    registry.close()
    assert "row 3 is missing" in session.run("audit", "verify", code=6).stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        session = Session(folder)
        for chapter in (set_up, canary, everyone, refusals, shadow, books):
            chapter(session)


main()
