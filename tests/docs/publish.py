#!/usr/bin/env python3
"""Runs the commands of docs/publish.md as they stand there, in one shell, with a real HTTPS server for the catalog.

usage: publish.py SOURCE_ROOT CONNHOST KIT_FOLDER [SANITIZERS]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT, CONNHOST, KIT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
SANITIZE = sys.argv[4] if len(sys.argv) > 4 else ""
COMPILING = re.compile(r"^cmake ", re.M)


def steps():
    """The blocks of shell, each with the heading it stands under."""
    text = (ROOT / "docs/publish.md").read_text(encoding="utf-8")
    for chapter in re.split(r"^## ", text, flags=re.M)[1:]:
        for block in re.findall(r"^```sh\n(.*?)^```", chapter, re.M | re.S):
            yield chapter.splitlines()[0], block


class Server:
    def __init__(self, folder):
        self.certificate, key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", self.certificate, "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        (folder / "connectors").mkdir()
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "docs/examples/serve_https.py", folder / "connectors", self.certificate, key, "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().split()[-1]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        server = Server(folder)
        (folder / "bin").mkdir()
        (folder / "bin/connhost").symlink_to(CONNHOST)
        flags = f"-fsanitize={SANITIZE}" if SANITIZE else ""  # a guest and its worker agree on sanitizers
        environment = dict(os.environ, PATH=f"{folder / 'bin'}:{os.environ['PATH']}", CATALOG=server.address,
                           SSL_CERT_FILE=str(server.certificate), CONNHOST_HOME=str(folder / "home"),
                           CMAKE_GENERATOR="Ninja", CFLAGS=flags, CXXFLAGS=flags, CONNHOST_SANITIZE=SANITIZE)
        environment["connhost-plugin-api_DIR"] = str(KIT)
        environment.pop("CURL_CA_BUNDLE", None)  # goes before SSL_CERT_FILE
        script, seconds = "set -euo pipefail\n", 0.0
        try:
            shell = subprocess.Popen(["bash", "-s"], cwd=folder, env=environment, text=True, stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            shell.stdin.write(script)
            for heading, block in steps():
                print(f"== {heading}", flush=True)
                begin = time.monotonic()
                shell.stdin.write(f"{{\n{block}}} </dev/null\necho =DONE=\n")
                shell.stdin.flush()
                for line in shell.stdout:
                    if line == "=DONE=\n":
                        break
                    print(line, end="")
                else:
                    raise SystemExit(f"a command under '{heading}' failed")
                if not COMPILING.search(block):
                    seconds += time.monotonic() - begin
            shell.stdin.close()
            shell.wait()
        finally:
            server.stop()
        landed = list((folder / "landed/acme/weather/numbers").glob("[0-9]*.ndjson"))
        lines = [line for path in landed for line in path.read_text(encoding="utf-8").splitlines()]
        assert len(lines) == 500 and '"name":"reading 1"' in lines[0], lines[:2]
        assert (folder / "their-home/registry.db").exists()
        print(f"{seconds:.1f} s without the compiler")


main()
