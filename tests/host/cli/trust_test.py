#!/usr/bin/env python3
"""An author publishes, an operator installs: keys, signatures, catalogs, locks, as people use them."""
import fcntl
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import termios

from trust_bench import PLATFORM, Bench

CONNECTION = """apiVersion: connhost/v1
kind: Connection
tenant: acme
name: orders
source:      {connector: faker, config: {}}
destination: {connector: stdout, config: {}}
streams:
  - {name: users, sync: full, write: append}
"""


def author(bench):
    """Keys and signatures made here serve the public tool, and the other way round."""
    key = bench.json("keygen", "acme", "--no-password")
    assert bench.id_of("acme") == key["key"] and (bench.folder / "acme.key").stat().st_mode & 0o777 == 0o600
    bench.refused(3, "keys are not overwritten", "keygen", "acme")
    site = bench.folder / "site"
    site.mkdir()
    package = pathlib.Path(shutil.copy(bench.package, site))
    bench.refused(6, "expected its signature beside it", "catalog", "build", site)
    bench.run("sign", package, "--key", "acme.key", "--expires", "2099-01-01")
    assert f"connhost package stdout {bench.version} sha256:{bench.digest()} expires:" in bench.minisign(
        "-V", "-p", "acme.pub", "-m", package)
    bench.run("catalog", "build", site, "--key", "acme.key", "--name", "acme")
    first = (site / "index.json").read_text()
    assert "Signature and comment signature verified" in bench.minisign("-V", "-p", "acme.pub", "-m", site / "index.json")
    built = bench.json("catalog", "build", site, "--key", "acme.key")
    assert (built["serial"], built["signed"], built["name"]) == (2, True, "acme"), built
    bench.run("catalog", "build", site)
    assert not (site / "index.json.minisig").exists(), "the old signature would vouch for nothing"
    bench.minisign("-S", "-s", "acme.key", "-m", site / "index.json")
    assert first.replace('"serial": 1', '"serial": 3').split('"packages"')[1] == (
        site / "index.json").read_text().split('"packages"')[1]
    return site


def passwords(bench):
    """Asked for on the terminal without echo, or taken from a file."""
    secret = bench.folder / "password"
    secret.write_text("rosebud\n")
    bench.run("keygen", "guarded", CONNHOST_KEY_PASSWORD_FILE=str(secret))
    text = (bench.folder / "guarded.key").read_text()
    assert "encrypted" in text.splitlines()[0]
    (bench.folder / "note").write_text("a note")
    bench.run("sign", "note", "--key", "guarded.key", CONNHOST_KEY_PASSWORD_FILE=str(secret))
    bench.minisign("-V", "-p", "guarded.pub", "-m", "note")
    bench.refused(4, "there is no terminal to ask", "sign", "note", "--key", "guarded.key")
    secret.write_text("Rosebud\n")
    bench.refused(4, "the password is wrong", "sign", "note", "--key", "guarded.key", CONNHOST_KEY_PASSWORD_FILE=str(secret))
    main, terminal = pty.openpty()
    process = subprocess.Popen([bench.program, "sign", "note", "--key", "guarded.key"], cwd=bench.folder,
                               env=bench.environment, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(terminal)
    shown = b""
    while b"guarded.key: " not in shown:
        shown += os.read(main, 1000)
    os.write(main, b"rosebud\n")
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    os.set_blocking(main, False)
    try:
        shown += os.read(main, 1000)
    except OSError:
        pass
    assert b"rosebud" not in shown, shown


def operator(bench, site):
    bench.run("catalog", "add", site, "--key", "acme.pub")
    assert bench.json("trust", "list")[0]["for"] == []
    assert bench.json("catalog", "list")[0]["serial"] == 3
    bench.refused(6, "is not trusted for the connector stdout", "install", "stdout", "--catalog", "acme")
    bench.run("trust", "add", "acme.pub", "--for", "acme-,stdout", "--comment", "Acme", "--reason", "we buy from them")
    row = bench.json("install", f"stdout@^{bench.version}", "--catalog", "acme")
    assert (row["signer"], row["active"]) == (bench.id_of("acme"), True), row
    assert bench.json("list")[0]["id"] == "stdout"
    found = bench.json("search", "STD")
    assert {offer["from"] for offer in found} == {"shipped", "acme"}, found
    assert bench.json("search", "no-such-thing") == []
    audit = bench.json("audit")
    assert audit[1]["action"] == "trust add" and audit[1]["reason"] == "we buy from them", audit[:2]
    assert audit[0]["details"]["origin"] == "catalog acme" and audit[0]["details"]["signer"] == row["signer"], audit[0]


def unsigned(bench):
    bench.run("uninstall", "stdout")
    package = bench.copy_package("unsigned")
    bench.refused(6, "say --allow-unsigned", "install", package)
    assert bench.json("install", package, "--allow-unsigned", "--reason", "built here")["signer"] == ""
    entry = bench.json("audit")[0]
    assert entry["details"]["unsigned"] is True and entry["reason"] == "built here", entry
    bench.run("uninstall", "stdout")
    bench.run("install", "stdout")  # the shipped one and the catalog's are the same version: no download, no signature
    assert bench.json("audit")[0]["details"]["origin"] == "shipped"
    bench.run("uninstall", "stdout")
    bench.sign(package, "acme")
    assert bench.json("install", f"file://{package}")["signer"] == bench.id_of("acme")


def newer(bench, site):
    """What an index says of versions that are not this one's."""
    def entry(version, channel):
        return bench.entry(version=version, channel=channel, platforms={PLATFORM: {
            "file": f"stdout-{version}-{PLATFORM}.connpkg", "size": 7, "sha256": "a" * 64}})

    def publish(serial, *entries):
        bench.publish("site", bench.index(serial=serial, packages=list(entries)))

    publish(10, bench.entry(), entry("8.0.0", "stable"), entry("8.1.0-rc.1", "preview"), entry("9.0.0", "preview"))
    outdated = {row["id"]: row for row in bench.json("outdated")}
    assert outdated["stdout"]["newest"] == "8.0.0" and outdated["stdout"]["outdated"], outdated
    assert "connhost install stdout@8.0.0" in bench.run("outdated").stdout
    wanted = {("stdout",): "8.0.0", ("stdout@^9.0.0",): "(preview)", ("stdout@9.0.0",): "9.0.0",
              ("stdout", "--channel", "preview"): "9.0.0", ("stdout@<9", "--channel", "preview"): "8.0.0",
              ("stdout@8.1.0-rc.1",): "8.1.0-rc.1"}
    for words, version in wanted.items():
        bench.refused(3, version, "install", *words)  # chosen, and then its file is not there
    (bench.folder / "orders.yaml").write_text(CONNECTION)
    bench.run("install", "faker")
    bench.run("apply", "-f", "orders.yaml")
    publish(11, bench.entry(channel="deprecated"), entry("8.0.0", "deprecated"))
    done = bench.run("outdated")
    assert "acme/orders" in done.stderr and "deprecated" in done.stdout, done
    assert bench.run("outdated").stderr == "", "told once"
    alert, = bench.json("alerts")
    assert (alert["kind"], alert["connection"], alert["severity"]) == ("deprecated", "acme/orders", "warning"), alert
    assert "is deprecated in the catalog acme" in bench.run("install", f"stdout@{bench.version}", "--catalog", "acme").stderr
    publish(12, bench.entry())
    bench.run("outdated")
    assert bench.json("alerts") == []


def locked(bench, site):
    path = bench.folder / "deploy.lock"
    bench.run("lock", path)
    text = path.read_text()
    bench.run("lock", path)
    assert path.read_text() == text and f'"{bench.digest()}"' in text and '"faker"' in text
    other = Bench(bench.folder / "other", bench.program, bench.package.parent)
    other.folder.mkdir()
    other.run("trust", "add", bench.folder / "acme.pub", "--for", "stdout")
    other.run("catalog", "add", site, "--key", bench.id_of("acme"))
    assert [row["id"] for row in other.json("install", "--lock", path)] == ["faker", "stdout"]
    assert all(row["was_installed"] for row in other.json("install", "--lock", path))
    other.refused(6, "does not hold the connector 'csv'", "install", "csv", "--lock", path)
    shutil.copy(path, other.home / "connhost.lock")
    other.run("install", "stdout", "--locked")
    other.run("uninstall", "stdout")
    assert other.json("gc")["removed"] == [], "the lock names it"
    other.run("install", "stdout", "--locked")
    other.run("uninstall", "stdout")
    (other.home / "connhost.lock").unlink()
    assert other.json("gc", "--lock", path)["removed"] == []
    assert other.json("gc")["removed"] == [bench.digest()]


def rotated(bench, site):
    old = bench.id_of("acme")
    bench.run("keygen", "acme-2027", "--no-password", "--succeed", "acme.key")
    bench.minisign("-V", "-p", "acme.pub", "-m", "acme-2027.pub")
    key = bench.json("trust", "rotate", "acme-2027.pub")
    assert key["for"] == ["acme-", "stdout"] and key["key"] == bench.id_of("acme-2027"), key
    assert bench.json("catalog", "list")[0]["key"] == key["key"]
    rows = {row["key"]: row for row in bench.json("trust", "list")}
    assert rows[old]["state"] == "succeeded by " + key["key"], rows
    bench.refused(6, f"its successor {key['key']} signs now", "install", bench.folder / "unsigned" / bench.package.name)
    bench.refused(6, "is revoked since", "trust", "rotate", "acme-2027.pub")
    bench.refused(6, "is revoked since", "trust", "add", "acme.pub", "--for", "*")
    bench.refused(6, "found one of " + old, "install", "stdout", "--catalog", "acme")
    bench.run("sign", site / bench.package.name, "--key", "acme-2027.key")
    bench.run("catalog", "build", site, "--key", "acme-2027.key")
    bench.run("uninstall", "stdout", code=3)  # a connection needs it: what is installed stays in use
    bench.run("install", "stdout", "--catalog", "acme")
    bench.run("catalog", "remove", "acme")
    bench.run("trust", "remove", key["key"])
    assert bench.json("catalog", "list") == []


def main():
    with tempfile.TemporaryDirectory(prefix="connhost-trust-") as folder:
        bench = Bench(folder, sys.argv[1], sys.argv[2])
        site = author(bench)
        print("author: ok", flush=True)
        passwords(bench)
        operator(bench, site)
        unsigned(bench)
        print("operator: ok", flush=True)
        for part in (newer, locked, rotated):
            part(bench, site)
            print(f"{part.__name__}: ok", flush=True)


if __name__ == "__main__":
    main()
