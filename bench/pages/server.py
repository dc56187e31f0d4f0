"""A server of a folder on this machine that compresses as web servers do."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".ipynb")
LEVEL = 6
"""What nginx's users set, and zlib's own default."""


@cache
def _small(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=LEVEL, mtime=0)


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and file.is_file() and file.suffix in _COMPRESSED):
            super().do_GET()
            return
        content = _small(file)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # a browser that goes on to the next page wants no more
            self.wfile.write(content)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address, with a slash at its end, at which the folder `site` is served meanwhile."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    httpd.daemon_threads = True
    serve = partial(httpd.serve_forever, poll_interval=0.05)
    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/"
    finally:
        httpd.shutdown()
        httpd.server_close()
