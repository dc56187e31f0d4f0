"""A Sphinx extension: what a reader can search for, in place of Sphinx's own search.

Sphinx looks for pages that have all words, tables and code included. A reader asks a question, and
means the page that is about it. So each word weighs by where it stands – title and headline, the
words that readers use for the page, its first sentences, headings, figures, text – and a page need
not have all of them. Long lists stay out. Words are stemmed here and in the browser by the same
algorithm (Porter, by snowballstemmer and by Sphinx's script). The weight of a word in a part of a
page is BM25's (Robertson and Zaragoza 2009, doi 10.1561/1500000019), part by part.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.search.en import SearchEnglish

from tightrope.publish import contents
from tightrope.publish.shared_link import cut, plain

FILE = "words.js"
"""The index, beside the pages: a script, since a page on a disk may not read data."""
WORDS_OF_READERS = "search.yml"
"""In the book's folder: what readers call what a page is about, where the page does not."""
WEIGHTS = {"title": 8.0, "asked": 7.0, "lead": 4.0, "headings": 3.0, "figures": 2.0, "text": 1.0}
"""How much a word counts by the part of the page that it stands in."""
SATURATION, LENGTH = 1.2, 0.5
"""BM25's k1 and b: how soon more of a word adds nothing, how much a long text counts less."""
_WORD = re.compile(r"[a-z0-9]+")
_GRAMMAR = """
    a about after all also an and any are as at be been but by can could did do does for from
    get had has have how i if in into is it its just like many me more most much my no not of off
    on one or our out over say says so some tell than that the their them then there these they
    this to under up us was we were what when where which who whom why will with would you your"""
_STOPWORDS = frozenset(_GRAMMAR.split())
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
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def parts_of(page: nodes.document) -> dict[str, str]:
    """What a page says: its headline, its first words, headings, titles of figures, and text."""
    titles = [title.astext() for title in page.findall(nodes.title)]
    texts = [_words_of(one) for one in page.findall(_is_text)]
    leads = [
        _words_of(one) for box in page.findall(_is_standfirst) for one in box.findall(_is_text)
    ]
    drawn = [
        plain(title)
        for one in page.findall(nodes.raw)
        for title in re.findall(r'class="figure-title">(.*?)</p>', one.astext())
    ]
    return {
        "title": titles[0] if titles else "",
        "lead": " ".join(leads or texts[:1]),
        "headings": " ".join(titles[1:]),
        "figures": " ".join(drawn),
        "text": " ".join(texts),
    }


def index(pages: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, float]]:
    """The weight of each stemmed word on each page that has it, by the page's parts."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for part, factor in WEIGHTS.items():
        counts = {page: Counter(stems(said.get(part, ""))) for page, said in pages.items()}
        mean = sum(map(sum, (one.values() for one in counts.values()))) / len(counts) or 1.0
        having = Counter(stem for count in counts.values() for stem in count)
        for page, count in counts.items():
            long = 1 - LENGTH + LENGTH * sum(count.values()) / mean
            for stem, times in count.items():
                rare = math.log(1 + (len(counts) - having[stem] + 0.5) / (having[stem] + 0.5))
                often = times * (SATURATION + 1) / (times + SATURATION * long)
                weights[stem][page] = weights[stem].get(page, 0.0) + factor * rare * often
    return weights


def stems(text: str) -> list[str]:
    """The words of a text as the index has them: no capitals, no endings, no words of grammar."""
    return [_stem(word) for word in _WORD.findall(_bare(text)) if word not in _STOPWORDS]


def _bare(text: str) -> str:
    return text.lower().replace("’s ", " ").replace("'s ", " ")


@cache
def _stem(word: str) -> str:
    return _stemmer().stem(word)


@cache
def _stemmer() -> SearchEnglish:
    return SearchEnglish({})


def _kept(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """What each page says, on the environment, where Sphinx keeps it from build to build."""
    kept: dict[str, dict[str, str]] = vars(env).setdefault("tightrope_words", {})
    return kept


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
    """Write the index, with the stemmer that it was made with."""
    if exception or app.builder.format != "html":
        return
    names = _names(app.env)
    asked = _asked(Path(app.srcdir) / WORDS_OF_READERS)
    said = {
        page: _kept(app.env)[page]
        | {"title": f"{name} {_kept(app.env)[page]['title']}", "asked": asked.get(page, "")}
        for page, name in names.items()
    }
    places = {page: place for place, page in enumerate(names)}
    words = {
        stem: [[places[page], round(10 * weight)] for page, weight in found.items()]
        for stem, found in sorted(index(said).items())
    }
    pages = [[page, names[page], cut(said[page]["lead"])] for page in names]
    told = {"pages": pages, "words": words, "skip": sorted(_STOPWORDS)}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    given = f"tightropeWords({text}, new Stemmer());"
    script = f"(function () {{\n{SearchEnglish.js_stemmer_code}\n{given}\n}})();\n"
    Path(app.outdir, FILE).write_text(script, encoding="utf-8")


def _names(env: BuildEnvironment) -> dict[str, str]:
    """The pages of the list of contents with their names there; parts of lists are not in it."""
    root = env.config.root_doc
    entries = [(one.id, one.title) for part in contents.parts(env) for one in part.pages]
    return {root: env.config.html_title or env.titles[root].astext()} | dict(entries)


def _asked(file: Path) -> Mapping[str, str]:
    known: Iterable[Any] = (
        yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    )
    return dict(known or {})
