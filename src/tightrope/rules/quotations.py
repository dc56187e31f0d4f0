"""Rules about words that are quoted from the German article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tightrope import cells
from tightrope.findings import Finding
from tightrope.rules.frames import Frames, in_use, line_of

MOST_WORDS, MOST_IN_ALL = 10, 150
"""Of one claim, and of all claims together: what a quotation may be, and no more."""
_LARGE = {"Millionen": "usd_m", "Milliarden": "usd_bn"}
"""German words for large numbers, and the unit of a claim that they stand for."""
_NUMBER = re.compile(r"(\d+)[- ](Millionen|Milliarden|Billionen)")


def words(quoted: str) -> int:
    """How many words a quotation has; what is left out is none."""
    return sum(one != "…" for one in quoted.split())


def a_quotation_is_short(frames: Frames) -> Iterator[Finding]:
    """Words that decide are few; whole passages would be somebody else's text."""
    claims = frames["claims"]
    if not in_use(claims, "words_de"):
        return
    counted = claims.words_de.map(words)
    for line, count in counted[counted > MOST_WORDS].items():
        message = f"has {count} words; at most {MOST_WORDS} are quoted for a claim"
        yield Finding("claims.csv", line_of(line), "words_de", message)
    if (total := int(counted.sum())) > MOST_IN_ALL:
        message = f"all claims quote {total} words; at most {MOST_IN_ALL} are allowed"
        yield Finding("claims.csv", line_of(claims.index[0]), "words_de", message)


def a_milliarde_is_a_billion(frames: Frames) -> Iterator[Finding]:
    """German counts otherwise: a Milliarde is a billion, and a Billion a thousand billions."""
    claims = frames["claims"]
    for line, claim in claims[claims.unit.isin(list(_LARGE.values()))].iterrows():
        low, high = cells.range_of(claim.stated)
        for number, large in _NUMBER.findall(claim.words_de):
            if _LARGE.get(large) != claim.unit or not low <= float(number) <= high:
                message = (
                    f"“{number} {large}” is not {claim.stated} {claim.unit}: usd_bn are "
                    "Milliarden, usd_m Millionen, and a German Billion is a thousand Milliarden"
                )
                yield Finding("claims.csv", line_of(line), "words_de", message)
