"""A Sphinx extension: what a reader can search for, in place of Sphinx's own search.

Sphinx looks for pages that have all words, tables and code included. A reader asks a question, and
means the page that is about it, and that page need not have all of them. So the pages are read part
by part, and `weigh.py` says how much a word counts on each; long lists stay out. What is misspelt,
half typed or said in other words is found in the browser, by `rank.js`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.search.en import SearchEnglish

from tightrope.publish import contents, weigh
from tightrope.publish.shared_link import cut, plain

FILE = "words.js"
"""The index, beside the pages: a script, since a page on a disk may not read data."""
WORDS_OF_READERS = "search.yml"
"""In the book's folder: what readers call what a page is about, and words that mean alike."""
_NOT_TEXT = (nodes.table, nodes.literal_block, nodes.comment)


class Collector(EnvironmentCollector):
    """Gathers the parts of each page as it is read."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep what the page that has just been read says, part by part."""
        _kept(app.env)[app.env.docname] = parts_of(doctree)

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again, or gone."""
        _kept(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process has read."""
        _kept(env).update({name: _kept(other)[name] for name in docnames if name in _kept(other)})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx, and switch Sphinx's own search off."""
    app.add_env_collector(Collector)
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
    app.connect("html-collect-pages", lambda app: [("search", {"title": "Search"}, "search.html")])
    app.connect("build-finished", _write)
    return {"env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}


def parts_of(page: nodes.document) -> dict[str, str]:
    """What a page says: headline, first words, headings and terms, figures, choices, and text."""
    titles = [title.astext() for title in page.findall(nodes.title)]
    titles += [term.astext() for term in page.findall(nodes.term)]
    texts = [_words_of(one) for one in page.findall(_is_text)]
    leads = [
        _words_of(one) for box in page.findall(_is_standfirst) for one in box.findall(_is_text)
    ]
    raw = "".join(one.astext() for one in page.findall(nodes.raw))
    return {
        "title": titles[0] if titles else "",
        "lead": " ".join(leads or texts[:1]),
        "headings": " ".join(titles[1:]),
        "figures": _all_of(r'class="figure-title">(.*?)</p>', raw),
        "choices": _all_of(r"<option[^>]*>(.*?)</option>", raw),
        "text": " ".join(texts),
    }


def _kept(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """What each page says, on the environment, where Sphinx keeps it from build to build."""
    kept: dict[str, dict[str, str]] = vars(env).setdefault("tightrope_words", {})
    return kept


def _all_of(pattern: str, html: str) -> str:
    return " ".join(plain(found) for found in re.findall(pattern, html))


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph) and not _within(node, _NOT_TEXT)


def _within(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False


def _is_standfirst(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "standfirst" in node["classes"]


def _words_of(paragraph: nodes.Node) -> str:
    texts = (
        text.astext()
        for text in paragraph.findall(nodes.Text)
        if not isinstance(text.parent, nodes.raw)
    )
    return " ".join("".join(texts).split())


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Write the index, with the stemmer that it was made with and the script that searches it."""
    if exception or app.builder.format != "html":
        return
    names = _names(app.env)
    readers = _words_of_readers(Path(app.srcdir) / WORDS_OF_READERS)
    asked = readers.get("pages", {})
    said = {
        page: _kept(app.env)[page]
        | {"title": f"{name} {_kept(app.env)[page]['title']}", "asked": asked.get(page, "")}
        for page, name in names.items()
    }
    places = {page: place for place, page in enumerate(names)}
    words = {
        stem: [[places[page], round(10 * weight)] for page, weight in found.items()]
        for stem, found in sorted(weigh.index(said).items())
    }
    pages = [[page, names[page], cut(said[page]["lead"])] for page in names]
    alike = [sorted(set(weigh.stems(group))) for group in readers.get("alike", ())]
    told = {"pages": pages, "words": words, "alike": alike, "skip": sorted(weigh.STOPWORDS)}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    rank = Path(__file__).with_name("rank.js").read_text(encoding="utf-8")
    given = f"tightropeWords(tightropeRank({text}, new Stemmer()));"
    script = f"(function () {{\n{SearchEnglish.js_stemmer_code}\n{rank}\n{given}\n}})();\n"
    Path(app.outdir, FILE).write_text(script, encoding="utf-8")


def _names(env: BuildEnvironment) -> dict[str, str]:
    """The pages of the list of contents with their names there; parts of lists are not in it."""
    root = env.config.root_doc
    entries = [(one.id, one.title) for part in contents.parts(env) for one in part.pages]
    return {root: env.config.html_title or env.titles[root].astext()} | dict(entries)


def _words_of_readers(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return yaml.safe_load(text) or {}
