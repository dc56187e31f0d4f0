"""The book on paper, printed by the machine's own Chromium.

python -m tightrope.copies.pdf --site FOLDER --out FILE
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pypdf.errors import PyPdfError

from tightrope.copies import browser, contents, paging, whole
from tightrope.publish.files import write_whole
from tightrope.publish.imprint import Imprint
from tightrope.publish.pages import OURS

OLDEST = 131
"""The first Chromium that prints page numbers a document asks for."""
SECONDS = 300
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",  # what it opens is the book alone, and as root it would not start
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_DRAFT = ("--disable-pdf-tagging",)
_FINAL = ("--generate-pdf-document-outline",)
_PART = re.compile(rb"\(node(\d{8})\)")
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")


class PrintError(RuntimeError):
    """The browser did not print the book; the message says what it said."""


def able() -> str:
    """A browser that can print the book; raises ValueError where there is none."""
    program = browser.installed()
    if not program:
        raise ValueError(f"no Chromium or Chrome to print with: {browser.HINT}")
    if (number := browser.version(program)) < OLDEST:
        raise ValueError(f"{program} is version {number}; {OLDEST} or newer prints page numbers")
    return program


def printed(program: str, html: str, folder: Path) -> bytes:
    """A document as a PDF with bookmarks, and with its pages' numbers in its contents.

    The same bytes for the same document and browser. `folder` is where the browser reads and writes
    meanwhile. Raises `PrintError`.
    """
    try:
        pages = paging.pages_of(_print(program, paging.without_ink(html), folder, _DRAFT))
        content = settled(_print(program, paging.numbered(html, pages), folder, _FINAL))
        moved = paging.pages_of(content) != pages
    except (KeyError, PyPdfError) as error:
        raise PrintError(f"what {program} printed tells no page numbers: {error}") from error
    if moved:
        raise PrintError("the contents would name wrong pages: their numbers moved what follows")
    return content


def _print(program: str, html: str, folder: Path, options: tuple[str, ...]) -> bytes:
    page, made = folder / "whole.html", folder / "whole.pdf"
    page.write_text(html, encoding="utf-8")
    made.unlink(missing_ok=True)
    command = [program, *_OPTIONS, *options, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={made}", page.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PrintError(f"{program} was not done after {SECONDS} s") from None
    if done.returncode or not made.is_file():
        said = [line for line in done.stderr.splitlines() if line.strip()][-3:]
        raise PrintError("\n".join([f"{program} did not print the book", *said]))
    return made.read_bytes()


def settled(content: bytes) -> bytes:
    """A print without what makes each one different: its minute, and where numbers of parts begin.

    Nothing changes its length, for what is where in the file is written at its end.
    """
    parts = sorted(set(_PART.findall(content)))
    number = {part: b"%08d" % place for place, part in enumerate(parts)}
    content = _PART.sub(lambda match: b"(node" + number[match[1]] + b")", content)
    return _DATE.sub(_undated, content)


def _undated(match: re.Match[bytes]) -> bytes:
    return re.sub(rb"\d", b"0", match[0]).replace(b"D:00000000", b"D:20000101")


def main(arguments: list[str]) -> int:
    """Print the book; 1 with the reason where that is not possible, and the last print stays."""
    parser = argparse.ArgumentParser(prog="make pdf", description="Print the book.")
    parser.add_argument("--site", type=Path, required=True, help="folder of the built site")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    chosen = parser.parse_args(arguments)
    begun = time.monotonic()
    try:
        program = able()
        imprint = Imprint.of(OURS)
        html = whole.document(contents.read(chosen.site), imprint.author, imprint.site)
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        # Beside what it becomes: a browser in a sandbox of its own may not see other folders.
        with tempfile.TemporaryDirectory(
            dir=chosen.out.parent.resolve(), prefix="paper-"
        ) as folder:
            content = printed(program, html, Path(folder))
    except (OSError, ValueError, PrintError) as error:
        print(f"{error}\n\nnot printed; the last PDF stays as it was", file=sys.stderr)
        return 1
    write_whole(chosen.out, content)
    took = time.monotonic() - begun
    print(f"{chosen.out}: {len(content) / 1e6:.1f} MB, printed in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
