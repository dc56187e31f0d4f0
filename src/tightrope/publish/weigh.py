"""How much each word counts on each page, by where it stands.

Most in title and headline; then the words that readers use for the page, its first sentences, its
headings and terms, its figures, what its list can be filtered by, and its text. The weight of a
word in a part of a page is BM25's (Robertson and Zaragoza 2009, doi 10.1561/1500000019). Words are
stemmed here and in the browser by the same algorithm (Porter, by snowballstemmer and by Sphinx's
script).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from statistics import geometric_mean

from sphinx.search.en import SearchEnglish

WEIGHTS = {
    "title": 8.0,
    "asked": 7.0,
    "lead": 4.0,
    "headings": 3.0,
    "figures": 2.0,
    "choices": 2.0,
    "text": 1.0,
}
"""How much a word counts by the part of the page that it stands in."""
SATURATION = 1.2
"""BM25's k1: how soon more of a word adds nothing."""
LENGTH = dict.fromkeys(WEIGHTS, 0.5) | {"asked": 0.0}
"""BM25's b, how much a word of a long text counts less: not where each word was chosen."""
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"n[’']t\b|[’'](s|re|ve|ll|d)\b")
_UNIT = re.compile(r"(?<=\d)(?=[a-z])")
_GRAMMAR = """
    a about actually after all also an and any are as at be because been being between both but
    by can could did do does else ever find for from get had has have he her him his how i if in
    into is it its just like many may me might more most much must my no not now of off on
    one only or our out over please really say says she should show so some still such tell than
    that the their them then there these they this to too under up us versus very vs was we were
    what when where which while who whom why will with would yet you your"""
STOPWORDS = frozenset(_GRAMMAR.split())
"""Words of grammar and of asking, which tell nothing of what is asked about."""


def index(pages: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, float]]:
    """The weight of each stemmed word on each page that has it, by the page's parts."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    anywhere = Counter(
        stem for said in pages.values() for stem in set(stems(" ".join(said.values())))
    )
    for part, factor in WEIGHTS.items():
        counts = {page: Counter(stems(said.get(part, ""))) for page, said in pages.items()}
        mean = sum(map(sum, (one.values() for one in counts.values()))) / len(counts) or 1.0
        having = Counter(stem for count in counts.values() for stem in count)
        for page, count in counts.items():
            long = 1 - LENGTH[part] + LENGTH[part] * sum(count.values()) / mean
            for stem, times in count.items():
                rare = _rarity(len(counts), having[stem], anywhere[stem])
                often = times * (SATURATION + 1) / (times + SATURATION * long)
                weights[stem][page] = weights[stem].get(page, 0.0) + factor * rare * often
    return weights


def stems(text: str) -> list[str]:
    """The words of a text as the index has them: no capitals, no endings, no words of grammar."""
    return [_stem(word) for word in _WORD.findall(_bare(text)) if word not in STOPWORDS]


def _rarity(pages: int, *having: int) -> float:
    """BM25's, the mean of several: a name that few titles have and all pages tells little."""
    return geometric_mean(math.log(1 + (pages - n + 0.5) / (n + 0.5)) for n in having)


def _bare(text: str) -> str:
    return _UNIT.sub(" ", _ENDING.sub("", text.lower()))


@cache
def _stem(word: str) -> str:
    return _stemmer().stem(word)


@cache
def _stemmer() -> SearchEnglish:
    return SearchEnglish({})
