"""Serves a folder over HTTPS. usage: serve_https.py FOLDER CERTIFICATE KEY [PORT]"""
import functools
import http.server
import ssl
import sys

folder, certificate, key, port = (sys.argv + ["8443"])[1:5]
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(f"serving {folder} on https://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
