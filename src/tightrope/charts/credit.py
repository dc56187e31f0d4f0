"""A figure's sources in one short line: filings, companies and press, the most cited first."""

from __future__ import annotations

import re

import pandas as pd

from tightrope.units import listing

_NAMED = 2
"""How many publishers of a kind a line names."""
_FEW = 3
"""So many publishers are all named, whatever their kind."""
_KINDS = {"filing": "filings of {}", "company": "statements of {}", "press": "{}"}


def credit(sources: pd.DataFrame) -> str:
    """Who the sources of a figure are: columns kind and publisher, one row a document.

    Where a text was read in somebody's copy, the publisher is whose text it is. Publishers that
    are not named are "others".
    """
    whose = sources.publisher.map(whose_text)
    names = list(dict.fromkeys(whose))
    if len(names) <= _FEW:
        return listing(names)
    counts = whose.groupby([sources.kind, whose], sort=False).size()
    parts, named = [], set()
    for kind, words in _KINDS.items():
        if kind in counts.index.get_level_values(0):
            most = counts[kind].sort_values(ascending=False, kind="stable").index[:_NAMED]
            parts += [words.format(listing(most))] if words != "{}" else list(most)
            named |= set(most)
    return listing([*parts, "others"] if set(names) - named else parts)


def whose_text(publisher: str) -> str:
    """The publisher without what kind of text it is or where it was found: Reuters (in CNA)."""
    return re.sub(r"\s*[,(].*$", "", publisher)
