"""How much a page asks of its reader: words, figures, sums and sentences, as they are rendered.

`python -m tests.site.reading` prints a table of the site's pages. What is folded, drawn or code
does not count: exercises, solutions, sources, tables under a figure. Captions and notes do.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache

from bs4 import BeautifulSoup, Tag

from .conftest import PAGES, soup

NOT_READ = (
    "svg, script, style, noscript, details, pre, .highlight, .headerlink, .edition, .figure-tools"
)
BLOCKS = "p, li, h1, h2, h3, h4, td, th, figcaption, dd, dt, caption"
SUM = re.compile(
    r"[-−]?\$[\d.,]*\d(?:\s?(?:bn|m|tn))?(?:\s?[–-]\s?[-−]?\$?[\d.,]*\d)?(?:\s?(?:bn|m|tn)\b)?"
)
"""An amount in dollars; a range is one."""
_END = re.compile(r"(?<=[.!?])[”’)\"]?\s+(?=[“‘(\"]?[A-Z0-9$])")
REFERENCE = ("reference/", "genindex", "search")


@dataclass(frozen=True)
class Reading:
    """One page: `words` and `tables` are words in sentences and in open tables."""

    name: str
    words: int
    tables: int
    figures: int
    links: int
    sentences: tuple[str, ...]

    @property
    def sums(self) -> list[int]:
        """How many sums each sentence has that has one."""
        return [count for one in self.sentences if (count := len(SUM.findall(one)))]

    @property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.sentences, key=lambda one: len(one.split()), default="")

    @property
    def mean_sums(self) -> float:
        """Sums over sentences that have one."""
        return sum(self.sums) / len(self.sums) if self.sums else 0.0


@cache
def of(name: str) -> Reading:
    """What a page of the site asks of its reader."""
    whole = soup(name).select_one("article")
    assert whole is not None
    article = BeautifulSoup(str(whole), "html.parser")
    figures = len(article.select(".figure-twin"))
    for one in article.select(NOT_READ):
        one.decompose()
    tables = [_text(table) for table in article.select("table")]
    for table in article.select("table"):
        table.decompose()
    texts = [_text(one) for one in article.select(BLOCKS) if not one.select(BLOCKS)]
    sentences = tuple(part for text in texts if text for part in _END.split(text))
    return Reading(
        name,
        len(_text(article).split()),
        sum(len(text.split()) for text in tables),
        figures,
        len(article.select("a.fact")),
        sentences,
    )


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).replace(" .", ".").replace(" ,", ",")


def to_read() -> list[str]:
    """The pages of the book without reference pages."""
    return [name for name in PAGES if not name.startswith(REFERENCE)]


def main(wanted: list[str]) -> None:
    """Print the table; for pages that are named, also the sentences that ask too much."""
    total = 0
    print(
        f"{'words':>6}{'table':>7}{'fig':>5}{'links':>7}{'longest':>9}{'most':>6}{'mean':>6}  page"
    )
    for name in wanted or to_read():
        page = of(name)
        total += page.words
        longest = len(page.longest.split())
        most, mean = max(page.sums, default=0), page.mean_sums
        print(
            f"{page.words:6}{page.tables:7}{page.figures:5}{page.links:7}"
            f"{longest:9}{most:6}{mean:6.2f}  {name}"
        )
        for one in page.sentences if wanted else ():
            words, sums = len(one.split()), len(SUM.findall(one))
            if words > 35 or sums > 2:
                print(f"        {words} words, {sums} sums: {one}")
    print(f"{total:6} words")


if __name__ == "__main__":
    main(sys.argv[1:])
