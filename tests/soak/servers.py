"""PostgreSQL servers of one's own for soaks and benchmarks: in a folder, on a free port of 127.0.0.1."""
import glob
import os
import pathlib
import pwd
import shutil
import socket
import subprocess


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """Superuser `postgres`, trusted on TCP. As root the server runs as the user `postgres`."""

    def __init__(self, folder, settings=()):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.port = free_port()
        self.bin = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.folder.mkdir(parents=True)
        self.as_user = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        self.tool("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            for setting in ("listen_addresses = '127.0.0.1'", f"port = {self.port}",
                            f"unix_socket_directories = '{self.folder}'", *settings):
                conf.write(setting + "\n")
        self.start()

    def tool(self, name, *words):
        return subprocess.run([*self.as_user, self.bin / name, *words], check=True, text=True,
                              stdout=subprocess.PIPE, cwd="/").stdout

    def start(self):
        # pg_ctl's own output goes to a file: the server would keep a pipe open.
        with open(os.devnull, "wb") as nothing:
            subprocess.run([*self.as_user, self.bin / "pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w",
                            "start"], check=True, stdout=nothing, stderr=nothing, cwd="/")

    def stop(self, mode):
        """`mode`: fast, or immediate, which is a crash to the server."""
        self.tool("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def remove(self):
        self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, database="postgres"):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def psql(self, *words, stdin=None):
        """Output of psql without decoration; it stops at the first error."""
        return subprocess.run([self.bin / "psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", self.url(), *words],
                              check=True, text=True, stdout=subprocess.PIPE, stdin=stdin).stdout

    def sql(self, statements):
        return self.psql("-c", statements)
