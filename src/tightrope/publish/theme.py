"""A Sphinx extension: what the theme needs to be private, light and accessible.

While Sphinx writes, it keeps out extensions that no page uses and scripts of other hosts, and
announces an edition that is not the book's own. When the pages are written, `finish` mends in
them what the theme has no setting for, and leaves of its styles and files only what they use.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tightrope.environment import ANNOUNCEMENT

FRONT_SHEET, FRONT = "front.css", ("index", "chapters/at-a-glance")
"""The sheet of the pages that a reader opens first, and these pages."""
OWN = ("tightrope.css", "tightrope.js", FRONT_SHEET)
FOR_ONE_PAGE = ("catalogue.js",)
"""Scripts of ours that the page loads which needs them; Jupyter Book would load them on all."""
_UNUSED_EXTENSIONS = ("sphinx_thebe", "sphinx_comments", "sphinx_togglebutton")
# They number chapters and write LaTeX, which this book has not; that they do not say whether
# they are safe for it would stop parallel reading.
_SILENT_ON_PARALLEL = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
_UNUSED_FILES = ("thebe", "mathjax", "togglebutton", "toggleHint", "toggleOpen", "://")

# The theme asks for a mode only when all scripts are there: a dark reader would see a white flash.
_MODE = (
    "<script>(function (root) {"
    ' var mode = null; try { mode = localStorage.getItem("mode"); } catch (error) { }'
    ' mode = mode || "auto"; root.dataset.mode = mode;'
    ' root.dataset.theme = mode !== "auto" ? mode'
    ' : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";'
    " })(document.documentElement);</script>"
)

# What to mend on every page: pattern and replacement. Each must be found, or the theme changed.
_MENDS: tuple[tuple[str, str], ...] = (
    # The mode, see above.
    (r'<script data-cfasync="false">.*?</script>', _MODE),
    # 1.5 MB of icons, of which the pages use ten; tightrope.css draws those.
    (r'<script defer src="[^"]*fontawesome\.js[^"]*"></script>', ""),
    # Menus that this book does not have; titles serve as tooltips.
    (r'<script defer src="[^"]*bootstrap\.js[^"]*"></script>', ""),
    (r'<link rel="preload" as="script"[^>]*>', ""),
    # A name that says less than the visible text: WCAG 2.5.3.
    (r'(<button class="btn search-button-field[^>]*?) aria-label="[^"]*"', r"\1"),
    (r'(<summary) aria-label="Toggle hidden content"', r"\1"),
    # Without Bootstrap only `title` is a tooltip.
    (r' data-bs-title="Color mode"', ' title="Colour mode"'),
    (r'aria-label="Color mode"', 'aria-label="Colour mode"'),
    (r' data-bs-(toggle|placement)="[^"]*"', ""),
    # A second, hidden set of buttons, to which the theme's script binds the sidebars instead of to
    # the visible ones: on a phone the menu would not open. The script measures the element.
    (r'<header id="pst-header".*?</header>', '<div id="pst-header" hidden></div>'),
    # All content lies in a landmark.
    (r'<div id="pst-primary-sidebar"', r'\g<0> role="region" aria-label="The book"'),
    # A place for advertisements.
    (r'<div id="ethical-ad-placement".*?</div>', ""),
    # A reader's console is for faults.
    (r"console\.log\([^)]*\);", ""),
    # A second title and contents for print; the page's own are printed.
    (r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', ""),
)
# Only the search page searches: elsewhere its index would be the heaviest file.
_SEARCH = r'<script src="[^"]*(searchtools|language_data|searchindex)\.js[^"]*"></script>\s*'
_STYLESHEET = r'\s*<link (?=[^>]*rel="stylesheet")[^>]*href="[^"]*_static/([^"?]+)[^"]*"[^>]*>'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", lambda app, config: _silence(app))
    app.connect("builder-inited", _announce)
    app.connect("html-page-context", _tidy, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _silence(app: Sphinx) -> None:
    """Jupyter Book loads its extensions whether a book uses them or not."""
    for event, listeners in app.events.listeners.items():
        app.events.listeners[event] = [
            listener
            for listener in listeners
            if not listener.handler.__module__.startswith(_UNUSED_EXTENSIONS)
        ]
    for name in _SILENT_ON_PARALLEL:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def _announce(app: Sphinx) -> None:
    text = os.environ.get(ANNOUNCEMENT, "")
    if text:
        app.config.html_theme_options["announcement"] = text


def _tidy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    # Without JavaScript the page is light; with it, `_MODE` asks the reader's system.
    context["default_mode"] = "light"
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if not _is_unwanted(file, pagename)]


def _is_unwanted(file: object, page: str) -> bool:
    text = f"{file} {getattr(file, 'attributes', {}).get('body') or ''}"
    elsewhere = () if page in FRONT else (FRONT_SHEET,)
    return any(name in text for name in (*_UNUSED_FILES, *FOR_ONE_PAGE, *elsewhere))


def finish(site: Path) -> None:
    """Mend the pages of a built `site` and take out what they do not use.

    Raises ExtensionError where the theme's HTML is not what the mends expect.
    """
    static = site / "_static"
    pages = {
        path: path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
        if static not in path.parents
    }
    missing = [
        pattern
        for pattern, _ in _MENDS
        if not any(re.search(pattern, text, re.S) for text in pages.values())
    ]
    if missing:
        raise ExtensionError(f"the theme's HTML has changed; not found: {missing}")
    sheets: list[str] = []
    for path, text in pages.items():
        for pattern, replacement in _MENDS:
            text = re.sub(pattern, replacement, text, flags=re.S)
        if path.name != "search.html":
            text = re.sub(_SEARCH, "", text)
        # In a list, entries are list items; the role that docutils gives them is deprecated.
        text = text.replace('role="doc-biblioentry"', 'role="listitem"')
        if "sd-tab-set" not in text:
            text = re.sub(r"<script [^>]*design-tabs\.js[^>]*></script>", "", text)
        if 'class="highlight"' not in text:
            text = re.sub(r"<script [^>]*(clipboard\.min|copybutton)\.js[^>]*></script>", "", text)
        sheets += [s for s in re.findall(_STYLESHEET, text) if s not in (*sheets, *OWN)]
        pages[path] = text
    for script in (static / "scripts").glob("*.js"):
        # As on the pages: no word to the console about what the theme does.
        code = script.read_text(encoding="utf-8").replace("console.log(", "void(")
        script.write_text(code, encoding="utf-8")
    loaded = _files_named(pages.values())
    scripts = [p.read_text(encoding="utf-8") for p in static.rglob("*.js") if p.name in loaded]
    known = _words([*pages.values(), *scripts])
    bundle = "".join(_needed(_sheet(static / name, site), known) for name in sheets)
    (static / "theme.css").write_text(bundle, encoding="utf-8")
    marks = {
        name: _mark(static / name)
        for name in ("theme.css", *OWN, *FOR_ONE_PAGE)
        if (static / name).is_file()
    }
    for path, text in pages.items():
        pages[path] = _link(text, path, site, marks)
        path.write_text(pages[path], encoding="utf-8")
    _sweep(static, _files_named(pages.values()), bundle)


def _files_named(pages: Iterable[str]) -> set[str]:
    """The names of all files that the pages name with a folder."""
    return {name for text in pages for name in re.findall(r"/([\w.-]+\.\w+)", text)}


def _link(text: str, path: Path, site: Path, marks: dict[str, str]) -> str:
    """The page with one stylesheet for the theme's many; a mark renews what browsers keep."""
    root = "../" * (len(path.relative_to(site).parts) - 1)
    bundle = iter([f'\n<link rel="stylesheet" href="{root}_static/theme.css" />'])
    text = re.sub(
        _STYLESHEET, lambda m: m.group(0) if m.group(1) in OWN else next(bundle, ""), text
    )
    for name, mark in marks.items():
        text = re.sub(rf'(_static/{re.escape(name)})(\?[^"]*)?"', rf'\1?v={mark}"', text)
    return text


def _mark(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def _sheet(file: Path, site: Path) -> str:
    """A stylesheet with what it imports; its addresses count from `_static`."""
    text = file.read_text(encoding="utf-8").replace("\ufeff", "")
    text = re.sub(r'@charset "[^"]*";|/\*# sourceMappingURL.*?\*/', "", text)
    return re.sub(
        r'@import "([^"]+)";',
        lambda match: _sheet((file.parent / match.group(1)).resolve(), site),
        text,
    )


def _words(texts: Iterable[str]) -> set[str]:
    # No class or id begins with a digit, and most of what a picture consists of does.
    return {word for text in texts for word in re.findall(r"\b[^\W\d][\w-]*", text)}


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


def _needed(css: str, known: set[str]) -> str:
    """The stylesheet without the rules whose classes or ids no page and no script names."""
    kept = []
    for head, body in _rules(css):
        licence = "".join(re.findall(r"/\*!.*?\*/", head, re.S))
        name = re.sub(r"/\*.*?\*/", "", head, flags=re.S).strip()
        if name.startswith(("@media", "@supports", "@container", "@layer")):
            inner = _needed(body, known)
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


def _sweep(static: Path, loaded: set[str], styles: str) -> None:
    """Delete from `_static` what neither a page nor a stylesheet loads."""
    own = (static / OWN[0]).read_text(encoding="utf-8") if (static / OWN[0]).is_file() else ""
    for file in sorted(static.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.name not in loaded and file.name not in styles + own:
            file.unlink()
