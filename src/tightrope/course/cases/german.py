"""What `units` writes in English, in German: amounts, ranges, shares and days."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
from babel.dates import format_date

_SPACE = "\N{NO-BREAK SPACE}"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>\N{{MINUS SIGN}}?)\$(?P<low>{_NUMBER})(?:–(?P<high>{_NUMBER}))?\s(?P<unit>bn|m)\b"
)
_OTHER = re.compile(rf"(?P<low>{_NUMBER})(?:–(?P<high>{_NUMBER}))?\s?(?P<unit>%|GW)")
_DAY = re.compile(
    r"(\d{1,2})\s(January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\s(\d{4})"
)
_UNITS = {"bn": f"Mrd.{_SPACE}$", "m": f"Mio.{_SPACE}$", "%": "%", "GW": "GW"}
_WORDS: Mapping[str, str] = {
    "at least ": "mindestens ",
    "up to ": "bis zu ",
    "none known": "nichts bekannt",
    "undisclosed": "Summe nicht öffentlich",
    "a sum not yet public": "Summe noch nicht öffentlich",
    "nothing": "nichts",
    "undated": "o. J.",
    "into OpenAI": "an OpenAI",
    "out of OpenAI": "von OpenAI",
    "no round trip": "kein Rundlauf",
    "round trip": "Rundlauf",
    "on a condition": "bedingt",
    "talked about": "angekündigt",
    "high end of a range": "oberes Ende einer Spanne",
    "no sum published": "Summe nicht öffentlich",
    "From zero outwards:": "Von null nach außen:",
}
"""In this order: what contains another stands before it."""
_LEGEND = {"paid": "gezahlt", "signed": "Vertrag"}
"""Words of a legend that need smaller letters to have the room of the English ones."""
_SMALL = ' style="font-size:10.5px">'
_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")


def written(text: str) -> str:
    """A text that `units` or a picture has written, in German: "$20–30 bn" is "20–30 Mrd. $"."""
    text = _AMOUNT.sub(lambda found: found["sign"] + _amount(found), text)
    text = _OTHER.sub(_amount, text)
    text = _DAY.sub(lambda found: day(found[0]), text)
    for english, german in _WORDS.items():
        text = text.replace(english, german)
    return text.replace("$0", f"0{_SPACE}$")


def day(value: object) -> str:
    """A day as German readers write it: 31. Oktober 2025."""
    when = pd.Timestamp(str(value).replace(_SPACE, " "))
    return format_date(when.date(), f"d.{_SPACE}MMMM y", locale="de")


def picture(svg: str) -> str:
    """A picture with its words in German; names stay."""
    return _TEXT.sub(_word, svg)


def _word(found: re.Match[str]) -> str:
    tag, words, end = found.groups()
    if words in _LEGEND:
        return f"{tag[:-1]}{_SMALL}{_LEGEND[words]}{end}"
    return f"{tag}{written(words)}{end}"


def _amount(found: re.Match[str]) -> str:
    ends = [number(end) for end in (found["low"], found["high"]) if end]
    return f"{'–'.join(ends)}{_SPACE}{_UNITS[found['unit']]}"


def number(english: str) -> str:
    """A number with the German signs for thousands and decimals."""
    return english.translate(str.maketrans(",.", ".,"))
