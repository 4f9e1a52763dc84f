#!/usr/bin/env python3
"""What a thousand installed versions of a connector cost: `list`, the start of a run, and an install.

The versions are one small connector with its version's text changed in the library and the manifest, "0.0.0" to
"9.9.9". Figures are medians, in milliseconds of wall time, with one version installed and with all of them.

usage: many_versions.py --connhost build/release/bin/connhost --plugin build/release/tests/connector_versions/1.0.0
                        [--versions 1000]
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

CONNECTION = """
apiVersion: connhost/v1
kind: Connection
tenant: acme
name: numbers
source: {{connector: counter, config: {{path: {data}}}}}
destination: {{connector: bronze, config: {{path: {bronze}}}}}
"""
REPEAT = 15
LARGE = 2_000_000


class Bench:
    def __init__(self, arguments, folder):
        self.program = os.path.abspath(arguments.connhost)
        self.plugin = pathlib.Path(arguments.plugin)
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ, CONNHOST_HOME=str(self.folder / "home"))

    def call(self, *words):
        begin = time.monotonic()
        done = subprocess.run([self.program, *map(str, words)], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise SystemExit(f"connhost {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr}")
        return (time.monotonic() - begin) * 1000

    def median(self, *words):
        return statistics.median(self.call(*words) for _ in range(REPEAT))

    def package(self, version, extra=0):
        content = self.folder / "content" / f"{version}-{extra}"
        (content / "lib").mkdir(parents=True)
        library = (self.plugin / "lib/counter.so").read_bytes()
        if library.count(b"1.0.0\0") != 1:
            raise SystemExit(f"expected the version once in {self.plugin}/lib/counter.so")
        (content / "lib/counter.so").write_bytes(library.replace(b"1.0.0\0", version.encode() + b"\0"))
        manifest = (self.plugin / "manifest.yaml").read_text()
        (content / "manifest.yaml").write_text(manifest.replace("version: 1.0.0", f"version: {version}"))
        if extra:
            (content / "lib/data.bin").write_bytes(os.urandom(extra))
        output = self.folder / f"packages-{extra}"
        output.mkdir(exist_ok=True)
        self.call("pack", content, "--output", output)
        return output / f"counter-{version}-linux-x86_64.connpkg"

    def figures(self, what):
        print(f"{what}: list {self.median('list'):.1f} ms, a run with nothing new "
              f"{self.median('run', 'acme/numbers', '--quiet'):.1f} ms", flush=True)

    def measure(self, versions):
        (self.folder / "data.txt").write_text("1\n2\n3\n")
        spec = self.folder / "connection.yaml"
        spec.write_text(CONNECTION.format(data=self.folder / "data.txt", bronze=self.folder / "bronze"))
        self.call("install", "bronze")
        self.call("install", self.package("0.0.0"), "--allow-unsigned")
        self.call("apply", "-f", spec)
        self.call("run", "acme/numbers", "--quiet")
        self.figures("1 version")
        for number in range(1, versions):
            self.call("install", self.package(".".join(f"{number:03d}")), "--allow-unsigned")
        self.figures(f"{versions} versions")

    def measure_install(self):
        """Of a signed package of two million bytes that do not compress, by name from a catalog in a folder."""
        self.environment["CONNHOST_HOME"] = str(self.folder / "other")
        packages = [self.package(f"1.1.{number}", LARGE) for number in range(5)]
        key = self.folder / "me"
        self.call("keygen", key, "--no-password")
        for package in packages:
            self.call("sign", package, "--key", f"{key}.key")
        self.call("catalog", "build", packages[0].parent, "--key", f"{key}.key", "--name", "bench")
        self.call("catalog", "add", packages[0].parent, "--key", f"{key}.pub", "--for", "counter")
        times = [self.call("install", f"counter@1.1.{number}") for number in range(5)]
        print(f"install of {packages[0].stat().st_size / 1e6:.1f} MB from a catalog: "
              f"{statistics.median(times):.0f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--connhost", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--versions", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="connhost-bench-") as folder:
        bench = Bench(arguments, folder)
        bench.measure(arguments.versions)
        bench.measure_install()


main()
