"""Of the theme's stylesheets one, and of that one what the pages can use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path


def joined(files: Iterable[Path]) -> str:
    """Stylesheets with what they import, as one."""
    return "".join(map(_sheet, files))


def _sheet(file: Path) -> str:
    text = file.read_text(encoding="utf-8").replace("\ufeff", "")
    text = re.sub(r'@charset "[^"]*";|/\*# sourceMappingURL.*?\*/', "", text)
    return re.sub(r'@import "([^"]+)";', lambda match: _sheet(file.parent / match.group(1)), text)


def words(scripts: Iterable[str]) -> set[str]:
    """All that a script can name: a class or an id among it, for neither begins with a digit."""
    return {word for text in scripts for word in re.findall(r"\b[^\W\d][\w-]*", text)}


_TOKEN = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)\"']*\)|[{};]", re.S)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a stylesheet: what comes before the brace, and what is in it."""
    depth, start, brace = 0, 0, 0
    for token in _TOKEN.finditer(css):
        if token.group() == "{":
            if depth == 0:
                brace = token.start()
            depth += 1
        elif token.group() == "}":
            depth -= 1
            if depth == 0:
                yield css[start:brace], css[brace + 1 : token.start()]
                start = token.end()
        elif token.group() == ";" and depth == 0:
            yield css[start : token.end()], ""
            start = token.end()


def needed(css: str, known: set[str]) -> str:
    """The stylesheet without the rules whose classes or ids are not among those `known`.

    Icons and fonts of its own go too: the pages use the reader's fonts.
    """
    kept = []
    for head, body in _rules(css):
        licence = "".join(re.findall(r"/\*!.*?\*/", head, re.S))
        name = re.sub(r"/\*.*?\*/", "", head, flags=re.S).strip()
        if name.startswith(("@media", "@supports", "@container", "@layer")):
            inner = needed(body, known)
            rule = f"{name}{{{inner}}}" if inner else ""
        elif name.startswith("@font-face"):
            rule = ""  # the reader's own fonts; no page loads one
        elif name.startswith("@keyframes"):
            rule = "" if name.split()[1].startswith("fa-") else f"{name}{{{body}}}"
        elif name.startswith("@") or not body:
            rule = f"{name}{{{body}}}" if body else ""
        else:
            wanted = [s for s in _selectors(name) if _names(s) <= known]
            rule = f"{','.join(wanted)}{{{body}}}" if wanted else ""
        kept.append(licence + rule + "\n" if rule or licence else "")
    return "".join(kept)


def _selectors(text: str) -> list[str]:
    """`a, b:is(c, d)` as two: commas within brackets do not part."""
    return [part.strip() for part in re.split(r",(?![^()]*\)|[^\[\]]*\])", text)]


def _names(selector: str) -> set[str]:
    """The classes and ids without which the selector finds nothing."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]", "", selector)
    while (bare := re.sub(r":[\w-]+\([^()]*\)", "", plain)) != plain:
        plain = bare
    return set(re.findall(r"[.#]((?:[\w-]|\\.)+)", plain.replace("\\", "")))
