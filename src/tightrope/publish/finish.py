"""The site as a reader gets it: of what Sphinx wrote, what the pages use."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.errors import ExtensionError

from tightrope.publish import stylesheet
from tightrope.publish.theme import FOR_ONE_PAGE, MODE, STYLES

# What Sphinx leaves in the folder for its own next run.
_LEFTOVERS = (".buildinfo", ".buildinfo.bak", ".doctrees", ".keep")
_STATIC = "_static"
_NEVER = ("fontawesome.js", "bootstrap.js")
"""1.5 MB of icons, of which the pages use ten that tightrope.css draws; menus that it has not."""


def finish(written: Path, finished: Path, marks: Mapping[str, str] | None = None) -> None:
    """Copy the site that Sphinx wrote to `finished`, which is made anew.

    Of the static files only those go along that a page or a stylesheet loads, and of the theme's
    styles only the rules that something on the pages can meet. On all pages a text of `marks` gives
    way to what it stands for. `written` stays as it is, for the next build. Raises ExtensionError
    where the pages load scripts that the templates keep out.
    """
    shutil.rmtree(finished, ignore_errors=True)
    shutil.copytree(written, finished, ignore=shutil.ignore_patterns(_STATIC, *_LEFTOVERS))
    static = written / _STATIC
    pages = {path: path.read_bytes() for path in sorted(finished.rglob("*.html"))}
    loaded = _found(rb'_static/([^"?#]+)', pages.values())
    if again := [name for name in sorted(loaded) if Path(name).name in _NEVER]:
        raise ExtensionError(f"the theme has changed; its pages load {', '.join(again)} again")
    files = {name: (static / name).read_bytes() for name in sorted(loaded)}
    for name in files:
        if name.startswith("scripts/"):
            # A reader's console is for faults, not for what the theme does.
            files[name] = files[name].replace(b"console.log(", b"void(")
    scripts = [code.decode() for name, code in files.items() if name.endswith(".js")]
    named = _found(rb'(?:class|id)="([^"]*)"', pages.values())
    known = {word for names in named for word in names.split()} | stylesheet.words(scripts)
    files[STYLES] = stylesheet.needed(files[STYLES].decode(), known).encode()
    for name in _found(
        rb"url\(([^)]+)\)", (code for n, code in files.items() if n.endswith("css"))
    ):
        if (static / name).is_file():
            files[name] = (static / name).read_bytes()
    for name, content in files.items():
        (finished / _STATIC / name).parent.mkdir(parents=True, exist_ok=True)
        (finished / _STATIC / name).write_bytes(content)
    for path, text in pages.items():
        for mark, words in (marks or {}).items():
            text = text.replace(mark.encode(), words.encode())
        path.write_bytes(_with_marks(text, files))


def _found(pattern: bytes, texts: Iterable[bytes]) -> set[str]:
    return {match.decode() for text in texts for match in set(re.findall(pattern, text))}


def _with_marks(text: bytes, files: dict[str, bytes]) -> bytes:
    """The page that names its files with a mark, which renews what browsers keep."""
    for name in (STYLES, MODE, *FOR_ONE_PAGE):
        if name in files:
            mark = hashlib.sha256(files[name]).hexdigest()[:8]
            text = text.replace(f'_static/{name}"'.encode(), f'_static/{name}?v={mark}"'.encode())
    return text
