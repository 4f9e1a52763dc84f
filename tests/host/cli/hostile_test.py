#!/usr/bin/env python3
"""Signatures, keys, indexes and locks that must be refused: each with its sentence and exit code, and with nothing
written to the store or the registry."""
import base64
import json
import sys
import tempfile

from trust_bench import PLATFORM, Bench


def packages(bench):
    """A package file whose signature, or whose signer, does not hold."""
    names = iter(range(1000))

    def case(code, sentence, change=None, comment=None, key="acme", more=(), words=()):
        package = bench.copy_package(f"package-{next(names)}")
        if key:
            bench.sign(package, key, comment, *more)
        if change:
            change(package, package.with_name(package.name + ".minisig"))
        bench.refused(code, sentence, "install", package, *words)

    def edit(function):
        return lambda package, signature: signature.write_bytes(function(signature.read_bytes()))

    def line(number, function):
        def change(text):
            lines = text.split(b"\n")
            lines[number] = function(lines[number])
            return b"\n".join(lines)
        return edit(change)

    def flip(package, _, at=1000):
        content = bytearray(package.read_bytes())
        content[at] ^= 1
        package.write_bytes(content)

    def bytes_of_signature(function):
        def change(text):
            content = bytearray(base64.b64decode(text))
            function(content)
            return base64.b64encode(content)
        return line(1, change)

    digest = bench.digest()
    said = f"connhost package stdout {bench.version} sha256:{digest}"
    case(6, "expected a signature beside it", key=None)
    case(6, "is not trusted here", key="stranger")
    case(6, "the signature is not of this file", flip)
    case(6, "the signature is not of this file", lambda package, _: flip(package, _, at=package.stat().st_size - 1))
    case(6, "the signature is not of this file", lambda package, _: package.write_bytes(package.read_bytes()[:-1]))
    case(6, "the signature is not of this file", lambda package, _: package.write_bytes(package.read_bytes() + b"\0"))
    case(6, "the signature is not of this file", lambda package, _: package.write_bytes(b""))
    case(6, "the signature is not of this file", bytes_of_signature(lambda content: content.__setitem__(20, content[20] ^ 1)))
    case(6, "the signature is not of this file", lambda package, signature: signature.write_bytes(
        (bench.folder / "other.minisig").read_bytes()))
    case(6, "is not trusted here", bytes_of_signature(lambda content: content.__setitem__(2, content[2] ^ 1)))
    case(6, "legacy kind", more=("-l",))
    case(6, "kind 'ED', found another", bytes_of_signature(lambda content: content.__setitem__(0, 0)))
    case(6, "its trusted comment was changed", line(2, lambda text: text + b"!"))
    case(6, "its trusted comment was changed", line(3, lambda text: base64.b64encode(bytes(64))))
    case(6, "found 0; it is cut short", edit(lambda text: b""))
    case(6, "it is cut short", edit(lambda text: text[:150]))
    case(6, "nothing may follow", edit(lambda text: text + b"more\n"))
    case(3, "is larger than the 16384 bytes", edit(lambda text: text * 4000))
    case(6, "line 2: expected base64", line(1, lambda text: b"!" + text[1:]))
    case(6, "line 4: expected base64", line(3, lambda text: text[:-4]))
    case(6, "starts with 'untrusted comment: '", edit(lambda text: b"\0" * 4 + text))
    case(6, "control characters", line(2, lambda text: text + b"\x1b[2J"))
    case(6, "the signature expired at 2001-09-09", comment=said + " expires:1000000000")
    case(6, "its version is '0.9.0', not", comment=said.replace(bench.version, "0.9.0"))
    case(6, "its name is 'csv', not 'stdout'", comment=said.replace("stdout", "csv"))
    case(6, "its digest is '0000", comment=said.replace(digest, "0" * 64))
    case(6, "its kind is 'index', not 'package'", comment=said.replace("package", "index"))
    case(6, "starts as connhost's do", comment="connhost package stdout")
    case(6, "not trusted for the connector stdout", key="narrow")
    case(6, "the signature is not of this file", flip, words=("--allow-unsigned",))
    case(6, "is not trusted here", key="stranger", words=("--allow-unsigned",))
    bench.refused(2, "--allow-unsigned is for a file", "install", "stdout", "--allow-unsigned")
    bench.registry("UPDATE publisher_keys SET expires_at = 1 WHERE id = ?", bench.id_of("acme"))
    case(6, "trusted only until 1970-01-01")
    bench.registry("UPDATE publisher_keys SET expires_at = 0, revoked_at = 1 WHERE id = ?", bench.id_of("acme"))
    case(6, "revoked since 1970-01-01")
    bench.registry("UPDATE publisher_keys SET revoked_at = 0 WHERE id = ?", bench.id_of("acme"))
    bench.run("trust", "add", "narrow.pub", "--for", "stdout")
    case(6, f"is reserved for the key {bench.id_of('narrow')}")
    bench.run("trust", "remove", bench.id_of("narrow"))


def keys(bench):
    def key_of(point):
        return base64.b64encode(b"Ed" + b"01234567" + bytes.fromhex(point)).decode()

    def case(code, sentence, text, *words):
        (bench.folder / "odd.pub").write_text(text)
        bench.refused(code, sentence, "trust", "add", "odd.pub", *(words or ("--for", "*")))

    good = (bench.folder / "stranger.pub").read_text()
    case(6, "is all zeros", key_of("00" * 32))
    case(6, "is weak", key_of("01" + "00" * 31))
    case(6, "is weak", key_of("ec" + "ff" * 30 + "7f"))
    case(6, "is weak", key_of("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))
    case(6, "is weak", key_of("02" + "00" * 31))
    case(3, "expected a minisign public key", "ssh-ed25519 AAAA")
    case(3, "expected 1 lines, found 0", "")
    case(3, "nothing may follow", good + good)
    case(3, "expected a minisign public key", good[:-5] + "\n")
    case(2, "say which connectors", good, "--comment", "x")
    case(2, "expected a connector such as csv", good, "--for", "../x")
    case(2, "is past", good, "--for", "*", "--expires", "2001-01-01")
    case(2, "expected a date", good, "--for", "*", "--expires", "tomorrow")
    own = base64.b64decode((bench.folder / "acme.pub").read_text().splitlines()[1])
    forged = base64.b64decode(good.splitlines()[1])
    case(6, "another key of the id", base64.b64encode(own[:10] + forged[10:]).decode())
    bench.refused(3, "no key 'FFFF", "trust", "remove", "F" * 16)


def rotations(bench):
    def case(code, sentence, key, comment):
        (bench.folder / "next.pub.minisig").unlink(missing_ok=True)
        bench.sign("next.pub", key, comment)
        bench.refused(code, sentence, "trust", "rotate", "next.pub")

    digest = bench.digest(bench.folder / "next.pub")
    old, new = bench.id_of("acme"), bench.id_of("next")
    case(6, "is not trusted here", "stranger", f"connhost successor {bench.id_of('stranger')} {new} sha256:{digest}")
    case(6, "does not state that it succeeds", "acme", "a good key")
    case(6, "its kind is 'file'", "acme", f"connhost file next.pub - sha256:{digest}")
    case(6, "its name is", "acme", f"connhost successor {new} {new} sha256:{digest}")
    case(6, "its version is", "acme", f"connhost successor {old} {old} sha256:{digest}")
    case(6, "its digest is", "acme", f"connhost successor {old} {new} sha256:{'0' * 64}")
    case(6, "expired", "acme", f"connhost successor {old} {new} sha256:{digest} expires:1")
    bench.refused(3, "No such file", "trust", "rotate", "stranger.pub")


def indexes(bench):
    """What an index may not hold, told when the catalog is added."""
    def case(code, sentence, index, **how):
        place = bench.publish("odd", index, **how)
        bench.refused(code, sentence, "catalog", "add", place, "--key", "acme.pub")

    def entry(**changes):
        return bench.index(packages=[bench.entry(**changes)])

    def file(**changes):
        platforms = bench.entry()["platforms"]
        platforms[PLATFORM].update(changes)
        return entry(platforms=platforms)

    text = json.dumps(bench.index())
    case(3, "No such file", bench.index(), key=None)
    case(6, "found one of", bench.index(), key="stranger")
    case(6, "its kind is 'package', not 'index'", bench.index(),
         comment=f"connhost package acme 5 sha256:{'0' * 64}")
    case(6, "its version is '4', not '5'", bench.index(), comment=f"connhost index acme 4 sha256:{'0' * 64}")
    case(6, "its digest is", bench.index(), comment=f"connhost index acme 5 sha256:{'0' * 64}")
    case(6, "it expired at 2001-01-01", bench.index(expires="2001-01-01T00:00:00Z"))
    case(3, "not valid JSON", text[:-1])
    case(3, "not valid JSON", text + "{}")
    case(3, "not valid JSON", text.replace("Prints", "\udcff").encode("utf-8", "surrogateescape"))
    case(3, "levels", "[" * 100000 + "]" * 100000)
    case(3, "larger than the", " " * (17 << 20))
    case(3, "'serial'", text.replace('"catalog": 1,', '"catalog": 1, "serial": 9,'))
    case(3, "unknown key 'color'", bench.index(color="red"))
    case(3, "serial", {key: value for key, value in bench.index().items() if key != "serial"})
    case(3, "serial: expected", bench.index(serial=0))
    case(3, "serial: expected", bench.index(serial=-3))
    case(3, "serial: expected", bench.index(serial=1.5))
    case(3, "catalog: expected", bench.index(catalog=2))
    case(3, "name: expected", bench.index(name="../acme"))
    case(3, "created: expected a time in UTC", bench.index(created="yesterday"))
    case(3, "created: expected a time in UTC", bench.index(created="2026-02-30T00:00:00Z"))
    case(3, "stands twice", bench.index(packages=[bench.entry(), bench.entry()]))
    case(3, "stands twice (letter case aside)", bench.index(packages=[
        bench.entry(version=version, platforms={PLATFORM: {
            "file": f"stdout-{version}-{PLATFORM}.connpkg", "size": 1, "sha256": "a" * 64}})
        for version in ("1.0.0-rc.1", "1.0.0-RC.1")]))
    case(3, "version: ", entry(version="1.0"))
    case(3, "is no semantic version", entry(version="1.0.0-01", platforms={PLATFORM: {
        "file": f"stdout-1.0.0-01-{PLATFORM}.connpkg", "size": 1, "sha256": "a" * 64}}))
    case(3, "id: expected", entry(id="Std/Out"))
    case(3, "channel: expected", entry(channel="nightly"))
    case(3, "signer: expected a key's id", entry(signer="acme"))
    case(3, "control characters", entry(description="\x1b[2J"))
    case(3, "platforms", entry(platforms={}))
    case(3, "platforms", entry(platforms={"plan9-mips": bench.entry()["platforms"][PLATFORM]}))
    case(3, f"expected '{bench.package.name}', found '../", file(file="../" + bench.package.name))
    case(3, f"expected '{bench.package.name}', found '/etc", file(file="/etc/" + bench.package.name))
    case(3, f"expected '{bench.package.name}', found 'csv-", file(file=bench.package.name.replace("stdout", "csv")))
    case(3, "sha256: expected a SHA-256", file(sha256="ABC"))
    case(3, "sha256: expected a SHA-256", file(sha256=bench.digest().upper()))
    case(3, "size: expected", file(size=0))
    case(3, "size: expected", file(size=1 << 40))
    bench.refused(2, "has a scheme that is not served", "catalog", "add", "ftp://localhost/x", "--key", "acme.pub")
    bench.refused(2, "with a name and password", "catalog", "add", "https://me:secret@localhost/x", "--key", "acme.pub")
    bench.refused(2, "names another machine", "catalog", "add", "file://server/x", "--key", "acme.pub")
    bench.refused(3, "is trusted; give the public key itself", "catalog", "add", "odd", "--key", "F" * 16)
    bench.refused(2, "expected --key", "catalog", "add", "odd")


def catalogs(bench):
    """A catalog that is known and then lies."""
    place = bench.publish("cat", bench.index())
    package = place / bench.package.name
    package.write_bytes(bench.package.read_bytes())
    bench.sign(package, "acme")
    bench.run("catalog", "add", place, "--key", "acme.pub")
    install = ("install", "stdout", "--catalog", "acme")

    def case(code, sentence, index, **how):
        bench.publish("cat", index, **how)
        bench.refused(code, sentence, *install)

    def platform(**changes):
        return {PLATFORM: {**bench.entry()["platforms"][PLATFORM], **changes}}

    case(6, "its serial is 4, but 5 was seen before", bench.index(serial=4))
    case(6, "expected the index of the catalog acme, found that of evil", bench.index(name="evil"))
    case(6, "found one of", bench.index(serial=6), key="stranger")
    case(6, "it expired", bench.index(expires="2020-01-01T00:00:00Z"))
    case(6, "the catalog acme promises sha256 0000", bench.index(packages=[bench.entry(platforms=platform(sha256="0" * 64))]))
    case(6, "says it is signed by the key", bench.index(packages=[bench.entry(signer=bench.id_of("stranger"))]))
    case(3, "No such file", bench.index(packages=[bench.entry(version="9.0.0", platforms=platform(
        file=f"stdout-9.0.0-{PLATFORM}.connpkg"))]))
    case(1, "for linux-aarch64", bench.index(packages=[bench.entry(platforms={
        "linux-aarch64": {"file": f"stdout-{bench.version}-linux-aarch64.connpkg", "size": 1, "sha256": "a" * 64}})]))
    case(3, "(preview)", bench.index(packages=[bench.entry(channel="preview")]))
    bench.publish("cat", bench.index())
    bench.refused(2, "--channel: expected stable or preview", *install, "--channel", "nightly")
    bench.refused(3, "no catalog 'amce' (did you mean 'acme'?)", "install", "stdout", "--catalog", "amce")
    (place / "index.json").write_text((place / "index.json").read_text().replace("Prints", "Prunts"))
    bench.refused(6, "the signature is not of this file", *install)
    bench.publish("cat", bench.index())
    signature = package.with_name(package.name + ".minisig")
    kept = signature.read_bytes()
    signature.unlink()
    bench.refused(6, "expected a signature beside it", *install)
    signature.write_bytes(kept)
    elsewhere = bench.publish("elsewhere", bench.index(serial=9))
    bench.refused(3, "a catalog acme is known at", "catalog", "add", elsewhere, "--key", "acme.pub")
    bench.refused(3, "signs the catalog acme", "trust", "remove", bench.id_of("acme"))
    # Another catalog offers the same version with other content.
    bench.publish("rival", bench.index(name="rival", packages=[bench.entry(version="9.0.0", platforms=platform(
        file=f"stdout-9.0.0-{PLATFORM}.connpkg", sha256="1" * 64))]))
    bench.publish("cat", bench.index(packages=[bench.entry(version="9.0.0", platforms=platform(
        file=f"stdout-9.0.0-{PLATFORM}.connpkg", sha256="2" * 64))]))
    bench.run("catalog", "add", "rival", "--key", bench.id_of("acme"))
    bench.refused(6, "offer it with other content", "install", "stdout")
    bench.run("catalog", "remove", "rival")
    bench.publish("cat", bench.index())


def locks(bench):
    path = bench.folder / "connhost.lock"

    def case(code, sentence, lock, *what):
        path.write_text(lock if isinstance(lock, str) else json.dumps(lock))
        bench.refused(code, sentence, "install", "--lock", path, *what)

    def lock(digest=None, version=None, platform=PLATFORM, signer=""):
        return {"lock": 1, "connectors": {"stdout": {
            "version": version or bench.version, "signer": signer, "platforms": {platform: digest or bench.digest()}}}}

    case(6, "the lock file promises sha256 0000", lock("0" * 64), bench.package)
    case(6, "the lock file promises sha256 0000", lock("0" * 64))
    case(6, "does not hold the connector 'csv'", lock(), "csv")
    case(6, f"the lock file holds stdout {bench.version}, asked for was stdout 9.0.0", lock(), "stdout@9.0.0")
    case(3, "neither the shipped packages nor a catalog has it", lock(version="9.0.0"))
    case(1, "holds no package of stdout", lock(platform="linux-aarch64"))
    case(3, "not valid JSON", "lock: 1")
    case(3, "lock: expected", {**lock(), "lock": 2})
    case(3, "unknown key 'csv'", {**lock(), "csv": 1})
    case(3, "SHA-256", lock("xyz"))
    case(3, "signer: expected a key's id", lock(signer="me"))
    bench.refused(3, "No such file", "install", "--locked")


def main():
    with tempfile.TemporaryDirectory(prefix="connhost-hostile-") as folder:
        bench = Bench(folder, sys.argv[1], sys.argv[2])
        for name in ("acme", "stranger", "narrow", "next"):
            bench.new_key(name)
        (bench.folder / "other").write_text("another file")
        bench.sign("other", "acme")
        bench.run("list")
        bench.run("trust", "add", "acme.pub", "--for", "*", "--comment", "the publisher")
        bench.run("trust", "add", "narrow.pub", "--for", "acme-,csv")
        for part in (packages, keys, rotations, indexes, catalogs, locks):
            part(bench)
            print(f"{part.__name__}: ok", flush=True)


if __name__ == "__main__":
    main()
