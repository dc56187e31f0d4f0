"""Show the book while it is written: build it whenever a file is saved, and let the pages follow.

python -m tightrope.publish.watch --port PORT, and the arguments of `python -m tightrope.publish`
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from tightrope import paths
from tightrope.publish import command, reload, serve

EVERY = 0.2
"""Seconds between two looks at the files."""
_SETTLED = 0.05
"""Seconds in which a program that saves several files writes the next one."""
Dates = dict[Path, tuple[int, int]]
"""Of each file when it was written and how long it is."""


def watched(data: Path) -> list[Path]:
    """The files and folders that a build reads and somebody may change."""
    ours = (paths.NOTEBOOKS, paths.BOOK, paths.ROOT / "src", paths.TOC, paths.CONFIG)
    return [*ours, data]


def dates(places: Iterable[Path]) -> Dates:
    """When the files at and below these places were written; hidden ones do not count."""
    found: Dates = {}
    for place in places:
        if place.is_file():
            _note(place, found)
        for folder, folders, files in os.walk(place, followlinks=True):
            folders[:] = [one for one in folders if one[0] != "." and one != "__pycache__"]
            for name in files:
                if name[0] != ".":
                    _note(Path(folder, name), found)
    return found


def _note(file: Path, found: Dates) -> None:
    try:
        seen = file.stat()
    except OSError:
        return  # it has just gone
    found[file] = (seen.st_mtime_ns, seen.st_size)


def changed(before: Dates, now: Dates) -> list[Path]:
    """The files that were written, have come or have gone, in order."""
    names = before.keys() | now.keys()
    return sorted(file for file in names if before.get(file) != now.get(file))


class Builder:
    """A build that is ready to begin: once it is over the next one gets ready.

    `command` starts a process that builds when a line comes in, and ends when none can come.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._is_over = False
        self._waiting = self._started()

    def _started(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(self._command, stdin=pipe, stderr=pipe, text=True)

    def build(self) -> str:
        """Build; "" if the site stands, else what is wrong with it."""
        process = self._waiting
        _, said = process.communicate("now\n")
        if said:
            print(said, end="", file=sys.stderr, flush=True)
        if not self._is_over:
            self._waiting = self._started()
        return (said.strip() or "the build was killed") if process.returncode else ""

    def renew(self) -> None:
        """Begin again: what the waiting build has imported is no longer what there is."""
        self._waiting.kill()
        self._waiting.communicate()
        self._waiting = self._started()

    def end(self) -> None:
        """End the build that waits or runs, for good."""
        self._is_over = True
        self._waiting.kill()


def follow(
    builder: Builder, news: reload.News, places: Sequence[Path], over: threading.Event
) -> None:
    """Build whenever a file at `places` changes, until `over` is set; `news` hears how it went."""
    src = paths.ROOT / "src"
    before = dates(places)
    _build(builder, news)
    while not over.wait(EVERY):
        now = dates(places)
        if not (files := changed(before, now)):
            continue
        while changed(now, settled := _after(_SETTLED, places)):
            now = settled
        files, before = changed(before, now), now
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        print(f"\n{os.path.relpath(files[0], paths.ROOT)}{more} changed", flush=True)
        if any(file.is_relative_to(src) for file in files):
            builder.renew()
        _build(builder, news)


def _after(seconds: float, places: Sequence[Path]) -> Dates:
    time.sleep(seconds)
    return dates(places)


def _build(builder: Builder, news: reload.News) -> None:
    if fault := builder.build():
        news.failed(fault)
    else:
        news.built()


def main(arguments: list[str]) -> int:
    """Serve and build until Ctrl-C; 2 with the reason if that cannot begin."""
    parser = argparse.ArgumentParser(prog="make watch", description="Show the book as it grows.")
    parser.add_argument("--port", default="8000", help="port of this machine")
    chosen, rest = parser.parse_known_args(arguments)
    news, over = reload.News(), threading.Event()
    try:
        asked = command.read(rest)
        port = command.whole("PORT", chosen.port, 1, 65535)
        handler = partial(reload.Handler, news=news)
        serving = serve.server(asked.out / "site", port, handler)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    builder = Builder([sys.executable, "-m", "tightrope.publish.ready", *rest])
    places = watched(asked.package)
    following = threading.Thread(target=follow, args=(builder, news, places, over), daemon=True)
    following.start()
    try:
        serve.until_stopped(serving, port)
    finally:
        over.set()
        builder.end()
        following.join()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
