"""Sums, shares and days in German: as the book writes them in English, digit by digit.

A billion is a Milliarde. The German word Billion, a thousand times as much, is written in no sum.
"""

from __future__ import annotations

import datetime
import re

from babel.dates import format_date

_GAP = "\N{NO-BREAK SPACE}"
_SUM = re.compile(rf"\$([\d.,]+(?:–[\d.,]+)?){_GAP}(bn|m)\b")
_SHARE = re.compile(r"([\d.,]+(?:–[\d.,]+)?)%")
_OF_THOUSANDS = str.maketrans(".,", ",.")
_UNIT = {"bn": "Mrd.", "m": "Mio."}
_WORDS = {
    "at least": "mindestens",
    "up to": "bis zu",
    "undisclosed": "nicht veröffentlicht",
    "none known": "nichts bekannt",
    "less than": "weniger als",
}


def written(english: str) -> str:
    """What `units` wrote in English, in German: "$22.4 bn" is "22,4 Mrd. $".

    Raises ValueError for a sum or a word that it does not know: nothing stays half English.
    """
    text = _SUM.sub(lambda found: f"{_digits(found[1])}{_GAP}{_UNIT[found[2]]}{_GAP}$", english)
    text = _SHARE.sub(lambda found: f"{_digits(found[1])}{_GAP}%", text)
    text = f"0{_GAP}$" if text == "$0" else text
    for word, german in _WORDS.items():
        text = re.sub(rf"^{word}\b", german, text)
    if re.search(r"\$\d|\b(bn|billion|at|least|up|to|none|less)\b", text):
        raise ValueError(f'no German for "{english}"')
    return text


def day(when: datetime.date) -> str:
    """A day as Germans write it: 7. März 2025."""
    return format_date(when, "d. MMMM y", locale="de").replace(". ", f".{_GAP}", 1)


def _digits(english: str) -> str:
    return english.translate(_OF_THOUSANDS)


_QUOTED = re.compile(r'<span (class="trap"|lang="en")>.*?</span>', re.S)
"""What a sheet quotes: a mistake, or an English original."""


def guarded(page: str) -> str:
    """A German page as it is; raises ValueError where it writes a sum in Billionen or in billion.

    Only what is marked as a trap, an exercise on the mistake, or as English may.
    """
    text = re.sub(r"<style.*?</style>", "", _QUOTED.sub("", page), flags=re.S)
    if found := re.search(r"(.{0,40})\b(Billion(en)?|billions?|bn)\b", text):
        raise ValueError(f"a sum in German is in Milliarden (Mrd.): {found[0]}")
    return page
