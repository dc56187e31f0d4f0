"""What a unit of money is worth: its currency, and how many of it make a billion."""

from __future__ import annotations

import re
from typing import NamedTuple

MAGNITUDES = {
    "k": 1e-6,
    "m": 1e-3,
    "bn": 1.0,
    "tn": 1e3,
}
"""Billions in one unit of each magnitude."""
_MAGNITUDE_WORDS = {
    **dict.fromkeys(("k", "thousand", "thousands", "ths"), "k"),
    **dict.fromkeys(("m", "mn", "mm", "mio", "mln", "million", "millions"), "m"),
    **dict.fromkeys(("b", "bn", "bln", "mrd", "billion", "billions"), "bn"),
    **dict.fromkeys(("t", "tn", "trn", "trillion", "trillions"), "tn"),
}
_CURRENCY_WORDS = {
    **dict.fromkeys(("usd", "us", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **{
        code.lower(): code
        for code in [
            "AED",
            "AUD",
            "BRL",
            "CAD",
            "CHF",
            "CNY",
            "DKK",
            "EUR",
            "GBP",
            "HKD",
            "IDR",
            "ILS",
            "INR",
            "JPY",
            "KRW",
            "KWD",
            "MXN",
            "MYR",
            "NOK",
            "NZD",
            "PLN",
            "QAR",
            "SAR",
            "SEK",
            "SGD",
            "THB",
            "TRY",
            "TWD",
            "ZAR",
        ]
    },
}
_SIGNS = {"$": " usd ", "€": " eur ", "£": " gbp ", "¥": " jpy "}
ALLOWED = "usd, usd_m or usd_bn, or another currency such as eur_m"


class Unit(NamedTuple):
    """What a text says of a unit: each part is "" where it says nothing."""

    currency: str = ""
    magnitude: str = ""
    """One of `MAGNITUDES`; "" is not one, which with a currency means whole units."""


def words(text: str) -> list[str]:
    """The words of a heading or a unit in small letters: amountUSD is amount and usd."""
    for sign, said in _SIGNS.items():
        text = text.replace(sign, said)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.findall(r"[^\W_]+", text.casefold())


def split(said: list[str]) -> tuple[list[str], Unit]:
    """The words that are no unit, and the unit that the others say."""
    currency = magnitude = ""
    rest: list[str] = []
    for word in said:
        if word in _CURRENCY_WORDS:
            currency = _CURRENCY_WORDS[word]
        elif word in _MAGNITUDE_WORDS:
            magnitude = _MAGNITUDE_WORDS[word]
        elif match := re.fullmatch(r"([a-z]{3})(m|mn|bn)", word):
            if match[1] not in _CURRENCY_WORDS:
                rest.append(word)
                continue
            currency, magnitude = _CURRENCY_WORDS[match[1]], _MAGNITUDE_WORDS[match[2]]
        elif word != "in":
            rest.append(word)
    return rest, Unit(currency, magnitude)


def parse(text: str) -> Unit | None:
    """The unit that a text says, such as usd_m, USD million, $bn or EUR; None for any other."""
    rest, unit = split(words(text))
    return unit if not rest and any(unit) else None


def written(unit: Unit) -> str:
    """A unit as it stands in a column's name: usd_m."""
    return "_".join(part for part in (unit.currency.lower(), unit.magnitude) if part)
