"""A server of a site that is being worked on: its pages load themselves anew after each build.

What does that is put into the pages as they are sent, and never into a file.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

_SCRIPT, _STATE = "/_watch.js", "/_watch.json"
_HTML = "text/html; charset=utf-8"
_NOT_YET = (
    b"<!DOCTYPE html><html lang=en><head><title>Not built yet</title></head><body></body></html>"
)


@dataclass(frozen=True)
class State:
    """How often the site has been built, and what is wrong with the newest build; "" if nothing."""

    built: int = 0
    fault: str = ""


class News:
    """The state of the site, which the builder writes and the server reads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = State()

    @property
    def state(self) -> State:
        """The state as it is now."""
        with self._lock:
            return self._state

    def built(self) -> None:
        """Say that the site has been built."""
        with self._lock:
            self._state = State(self._state.built + 1)

    def failed(self, fault: str) -> None:
        """Say why it could not be built; the last good site stays."""
        with self._lock:
            self._state = State(self._state.built, fault)


class Handler(SimpleHTTPRequestHandler):
    """Sends the files of a folder, and with each page the script that asks for `news`."""

    def __init__(self, *arguments: Any, news: News, **named: Any) -> None:
        self._news = news
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:  # the name that the standard library calls
        """Answer a browser."""
        address = self.path.partition("?")[0]
        if address == _STATE:
            self._send(json.dumps(asdict(self._news.state)).encode(), "application/json")
        elif address == _SCRIPT:
            self._send(Path(__file__).with_name("reload.js").read_bytes(), "text/javascript")
        elif (page := self._page()) is not None:
            # Its number tells the script which build the page is from.
            tag = f'<script defer src="{_SCRIPT}?{self._news.state.built}"></script></head>'
            self._send(page.replace(b"</head>", tag.encode(), 1), _HTML)
        else:
            super().do_GET()

    def _page(self) -> bytes | None:
        """The page that is asked for; None where that is no page."""
        file = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            file = file / "index.html"
        if file.suffix != ".html":
            return None
        if not file.is_file():
            # A site that was never built, or that is being swapped for the next.
            return None if Path(self.directory, "index.html").is_file() else _NOT_YET
        return file.read_bytes()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Let no browser keep what may be another file after the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for what the build says."""
