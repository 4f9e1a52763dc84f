"""A web server that serves a folder, honestly or not: the first part of a path says how."""
import contextlib
import http.server
import pathlib
import re
import ssl
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    """GET /MODE/FILE. Modes that are not known here are honest."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = re.sub(r"^https?://[^/]+", "", self.path)  # as a proxy is asked
        self.server.seen.append((self.path, self.headers.get("Range")))
        mode, name = path.lstrip("/").split("/", 1)
        file = pathlib.Path(self.server.folder) / name
        if mode.isdigit():
            return self.send_error(int(mode))
        if mode == "loop":
            return self.redirect(self.path)
        if mode.startswith("to-"):
            return self.redirect(self.server.targets[mode] + name)
        if mode == "page":
            return self.answer(b"<html>Welcome to the hotel's network</html>")
        if not file.is_file():
            return self.send_error(404)
        content = file.read_bytes()
        lies = mode if name.endswith(".connpkg") else ""
        getattr(self, "serve_" + lies.replace("-", "_"), self.serve)(content)

    def redirect(self, target):
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, body, length=None, status=200, content_range=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)
            self.wfile.flush()
        self.close_connection = True

    def serve(self, content):
        start = re.match(r"bytes=(\d+)-$", self.headers.get("Range") or "")
        if not start:
            return self.answer(content)
        first = int(start[1])
        self.answer(content[first:], status=206, content_range=f"bytes {first}-{len(content) - 1}/{len(content)}")

    def serve_short(self, content):
        self.answer(content[:len(content) // 2], length=len(content))

    def serve_shorter(self, content):
        self.answer(content[:len(content) // 2])

    def serve_long(self, content):
        self.answer(content + b"more")

    def serve_endless(self, content):
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(content)

    def serve_garbage(self, content):
        self.answer(bytes(len(content)))

    def serve_empty(self, _):
        self.answer(b"")

    def serve_drop(self, content):
        """Breaks off once, then serves honestly."""
        if self.path in self.server.dropped:
            return self.serve(content)
        self.server.dropped.add(self.path)
        self.answer(content[:len(content) // 3], length=len(content))

    def serve_no_range(self, content):
        if self.path not in self.server.dropped:
            return self.serve_drop(content)
        self.answer(content)

    def serve_other_range(self, content):
        if self.path not in self.server.dropped:
            return self.serve_drop(content)
        self.answer(content[7:], status=206, content_range=f"bytes 7-{len(content) - 1}/{len(content)}")

    def serve_changed(self, content):
        """What follows the break is another file's."""
        if self.path not in self.server.dropped:
            return self.serve_drop(content)
        first = re.match(r"bytes=(\d+)-$", self.headers.get("Range") or "")
        if not first:
            return self.answer(content)
        first = int(first[1])
        self.answer(bytes(len(content) - first), status=206, content_range=f"bytes {first}-{len(content) - 1}/{len(content)}")

    def serve_headers(self, _):
        self.send_response(200)
        self.flush_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")

    def serve_noise(self, _):
        self.wfile.write(b"\x00\xff SSH-2.0-what\r\n\r\n" * 10)
        self.close_connection = True

    def serve_stall(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:10])
        self.wfile.flush()
        self.server.released.wait(60)


@contextlib.contextmanager
def serving(folder, certificate=None, targets=None):
    """The server's address while it runs. `certificate`: files of a chain and a key, for https."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.folder, server.seen, server.dropped, server.targets = folder, [], set(), targets or {}
    server.released = threading.Event()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.address = f"{'https' if certificate else 'http'}://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
