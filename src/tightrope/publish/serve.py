"""Show a built site in the browser, from this machine and for this machine only.

python -m tightrope.publish.serve --port PORT --site FOLDER
"""

from __future__ import annotations

import argparse
import errno
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tightrope.publish.command import whole

_HERE = "127.0.0.1"


def server(
    site: Path,
    port: int,
    answers: Callable[..., SimpleHTTPRequestHandler] = SimpleHTTPRequestHandler,
) -> ThreadingHTTPServer:
    """A server of the folder `site` at `port` of this machine, not yet at work.

    Raises ValueError that names a free port if this one cannot be had.
    """
    handler = partial(answers, directory=str(site))
    try:
        return ThreadingHTTPServer((_HERE, port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        why = error.strerror
    with ThreadingHTTPServer((_HERE, 0), handler) as other:
        free = other.server_address[1]
    raise ValueError(f"port {port}: {why}; name another one, such as PORT={free}")


def until_stopped(serving: ThreadingHTTPServer, port: int) -> None:
    """Say the address, open it in the browser, and serve until Ctrl-C."""
    address = f"http://localhost:{port}/"
    print(f"{address}  (Ctrl-C ends it)", flush=True)
    browser = [sys.executable, "-m", "webbrowser", "-t", address]
    quiet = subprocess.DEVNULL  # where there is no browser, the address is enough
    with serving, subprocess.Popen(browser, stdin=quiet, stdout=quiet, stderr=quiet):
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C; 2 with the reason if the port cannot be had."""
    parser = argparse.ArgumentParser(prog="make serve", description="Show the book.")
    parser.add_argument("--port", default="8000", help="port of this machine")
    parser.add_argument("--site", type=Path, required=True, help="folder of the built site")
    chosen = parser.parse_args(arguments)
    try:
        serving = server(chosen.site, whole("PORT", chosen.port, 1, 65535))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    until_stopped(serving, serving.server_address[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
