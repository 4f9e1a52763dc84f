#!/usr/bin/env python3
"""Catalogs and packages over the network, from servers that keep their word and from some that do not."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from lying_server import serving
from trust_bench import Bench


def publish(bench):
    """A signed catalog of one package in the folder `site`."""
    site = bench.folder / "site"
    site.mkdir()
    shutil.copy(bench.package, site)
    bench.sign(site / bench.package.name, "acme", f"connhost package stdout {bench.version} sha256:{bench.digest()}")
    bench.publish("site", bench.index())
    return site


def use(bench, address):
    """The catalog is the one at this address from now on; nothing is installed or downloaded."""
    if bench.json("list"):
        bench.run("uninstall", "stdout")
    bench.run("gc")
    if bench.json("catalog", "list"):
        bench.run("catalog", "remove", "acme")
    bench.run("catalog", "add", address, "--key", "acme.pub")


INSTALL = ("install", "stdout", "--catalog", "acme")


def honest(bench, server):
    use(bench, server.address + "/good")
    assert bench.json(*INSTALL)["signer"] == bench.id_of("acme")
    downloads = bench.home / "downloads"
    assert [path.name for path in downloads.rglob("*.connpkg")] == [bench.package.name]
    bench.run("gc")
    assert list(downloads.rglob("*.connpkg")), "what is installed may be wanted again without a network"
    bench.run("uninstall", "stdout")
    before = len(server.seen)
    bench.run(*INSTALL)
    assert not any(path.endswith(".connpkg") for path, _ in server.seen[before:]), "it was brought before"
    bench.run("uninstall", "stdout")
    bench.run("gc")
    assert not list(downloads.rglob("*.connpkg")), "nothing names it"


def offline(bench, server):
    use(bench, server.address + "/good")
    bench.run(*INSTALL)
    bench.run("uninstall", "stdout")
    bench.registry("UPDATE catalogs SET location = ?", "http://localhost:1/good")
    done = bench.run(*INSTALL)
    assert "as it was read last" in done.stderr and "localhost:1" in done.stderr, done.stderr
    bench.run("uninstall", "stdout")
    bench.run("gc")
    bench.refused(1, "try again", *INSTALL)  # the index is known, the package is gone
    shutil.rmtree(bench.home / "downloads")
    bench.refused(1, "localhost:1", *INSTALL)


def liars(bench, server):
    def case(mode, code, sentence):
        use(bench, f"{server.address}/{mode}")
        bench.refused(code, sentence, *INSTALL)

    case("short", 1, "the transfer broke off")
    case("shorter", 6, f"expected {bench.package.stat().st_size} bytes, found")
    case("long", 6, "sends more than the")
    case("endless", 6, "sends more than the")
    case("garbage", 6, "expected sha256")
    case("empty", 6, "bytes, found 0")
    case("headers", 1, "headers without end")
    case("noise", 1, "try again")
    kept = [path.name for path in (bench.home / "downloads").rglob("*.part") if path.stat().st_size]
    assert not kept, f"{kept} of a refused file"
    for status, code, sentence in (("404", 3, "nothing is there"), ("401", 4, "it wants credentials"),
                                   ("403", 4, "it wants credentials"), ("429", 1, "try again later"),
                                   ("500", 1, "answered 500; try again later"), ("loop", 3, "leads on more than 5 times")):
        bench.refused(code, sentence, "catalog", "add", f"{server.address}/{status}", "--key", "acme.pub")
    bench.refused(6, "expected 4 lines", "catalog", "add",
                  server.address + "/page", "--key", "acme.pub")
    bench.refused(6, "use https, or say --allow-http", "catalog", "add", "http://packages.invalid/x", "--key", "acme.pub")


def resumed(bench, server):
    def case(mode, ranges):
        use(bench, f"{server.address}/{mode}")
        bench.refused(1, "the transfer broke off", *INSTALL)
        before = len(server.seen)
        bench.run(*INSTALL)
        asked = [bool(asked) for path, asked in server.seen[before:] if path.endswith(".connpkg")]
        assert asked == ranges, asked

    case("drop", [True])
    case("no-range", [True])
    case("changed", [True, False])  # what was put together is another file: once more from the start
    use(bench, server.address + "/other-range")
    bench.refused(1, "the transfer broke off", *INSTALL)
    bench.refused(1, "the server sends those from 7 on", *INSTALL)


def addresses(bench, server):
    use(bench, server.address + "/good")
    name = bench.package.name
    assert bench.json("install", f"{server.address}/good/{name}")["signer"] == bench.id_of("acme")
    bench.run("uninstall", "stdout")
    bench.run("gc")
    bench.refused(6, "expected sha256", "install", f"{server.address}/garbage/{name}")
    bench.refused(3, "answered 404", "install", f"{server.address}/good/csv-1.0.0-linux-x86_64.connpkg")
    bench.refused(3, "expected an address that ends with a package's name", "install", f"{server.address}/good/index.json")
    bench.refused(2, "--allow-unsigned is for a file", "install", f"{server.address}/good/{name}", "--allow-unsigned")
    # A signature of the plain tool says nothing of the digest: then the file is not kept either.
    bench.sign(bench.folder / "site" / name, "acme")
    bench.refused(6, "the signature is not of this file", "install", f"{server.address}/garbage/{name}")
    bench.run("install", f"{server.address}/good/{name}")
    bench.run("uninstall", "stdout")


def proxy(bench, server):
    environment = {"http_proxy": server.address, "no_proxy": ""}
    bench.run("catalog", "remove", "acme")
    bench.run("catalog", "add", "http://packages.invalid/good", "--key", "acme.pub", "--allow-http", **environment)
    assert ("http://packages.invalid/good/index.json", None) in server.seen, server.seen[-3:]
    bench.run("catalog", "remove", "acme")


def encrypted(bench, server):
    certificate = (bench.folder / "tls.pem", bench.folder / "tls.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2",
                    "-keyout", certificate[1], "-out", certificate[0]], check=True, stderr=subprocess.DEVNULL)
    trusting = {"SSL_CERT_FILE": str(certificate[0])}
    targets = {"to-http": server.address + "/good/"}
    with serving(bench.folder / "site", certificate, targets) as secure:
        address = secure.address
        bench.refused(6, "the server cannot prove who it is", "catalog", "add", address + "/good", "--key", "acme.pub")
        bench.refused(6, "leads from https to http; refused", "catalog", "add", address + "/to-http", "--key", "acme.pub",
                      **trusting)
        server.targets["to-https"] = address + "/good/"
        bench.run("catalog", "add", server.address + "/to-https", "--key", "acme.pub", **trusting)
        bench.run(*INSTALL, **trusting)
        bench.run("uninstall", "stdout")
        bench.run("catalog", "remove", "acme")


def fetcher(bench, server):
    """The program itself, with times that a test can wait for."""
    def ask(**request):
        asked = {"url": f"{server.address}/stall/{bench.package.name}", "output": str(bench.folder / "out"),
                 "most_bytes": 1 << 20, "resume": False, "allow_http": False, "connect_seconds": 5, "stall_seconds": 1}
        done = subprocess.run([str(pathlib.Path(bench.program).with_name("connhost-fetch"))], text=True, timeout=60,
                              input=json.dumps({**asked, **request}), stdout=subprocess.PIPE, env=bench.environment)
        return json.loads(done.stdout)

    assert "too slow" in ask(most_bytes=1 << 30)["error"]
    assert ask(url="ftp://localhost/x")["kind"] == "policy"
    assert ask(url="http://me:secret@localhost/x")["kind"] == "policy"
    assert "secret" not in ask(url="http://me:secret@localhost/x")["error"]
    assert ask(url="::")["kind"] in ("config", "policy")
    assert ask(output="/no/such/folder/x")["kind"] == "config"
    for text in ("", "{}", "[]", '{"url": 1}'):
        done = subprocess.run([str(pathlib.Path(bench.program).with_name("connhost-fetch"))], text=True, timeout=60,
                              input=text, stdout=subprocess.PIPE, env=bench.environment)
        assert "error" in json.loads(done.stdout), text


def main():
    with tempfile.TemporaryDirectory(prefix="connhost-download-") as folder:
        bench = Bench(folder, sys.argv[1], sys.argv[2])
        bench.new_key("acme")
        bench.run("trust", "add", "acme.pub", "--for", "stdout")
        site = publish(bench)
        with serving(site) as server:
            for part in (honest, offline, liars, resumed, addresses, proxy, encrypted, fetcher):
                part(bench, server)
                print(f"{part.__name__}: ok", flush=True)


if __name__ == "__main__":
    main()
