"""What the cell of an amount means, and in which unit, so that nothing is wrong by a thousand."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from tightrope import cells
from tightrope.findings import quoted
from tightrope.flat import units
from tightrope.flat.units import MAGNITUDES, Unit

_ABOUT = r"~|≈|\b(about|approx\w*|around|circa|ca\.?|roughly|nearly|almost|est\.?|estimated)(?!\w)"
_LEAST = r">|≥|\+$|\b(more than|over|at least|min\w*|above)\b"
_MOST = r"<|≤|\b(up to|less than|at most|max\w*|below|under)\b"
_SPAN = r"\d\s*(-|–|—|to)\s*[^\d]*\d"
_RANGE = "in doubt, give the lowest value in low and the highest in high"
_ALONE = "write the number alone, such as 22.4"


class Amount(NamedTuple):
    """A number in the unit of the table (NaN for an empty cell), or why there is none."""

    value: float
    fault: str = ""
    has_comma: bool = False
    """Whether a comma was read as the sign before the fraction."""


def number(cell: str, separator: str = ",") -> Amount:
    """The number in a cell. Text, signs of doubt and separated thousands are faults.

    `separator` is what separates the cells of the table: where that is a semicolon, "1.500" may
    be one and a half or fifteen hundred, and "0,65" and "1,5" are fractions.
    """
    text = cell.strip()
    if not text:
        return Amount(math.nan)
    if separator == ";" and re.fullmatch(r"0,\d+|\d+,(\d{1,2}|\d{4,})", text):
        return Amount(float(text.replace(",", ".")), has_comma=True)
    value = _plain(text)
    if math.isnan(value):
        return Amount(math.nan, f"{quoted(cell)} is not a number; {_hint(text)}")
    if value < 0:
        return Amount(
            math.nan,
            f"{quoted(cell)} is below 0; whoever pays is the payer, so turn payer and payee round",
        )
    if separator == ";" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        plain = text.replace(".", "")
        return Amount(
            math.nan,
            f"{quoted(cell)} may be {value:g} or {plain} where cells are separated by semicolons; "
            f"write {value:g} or {plain}",
        )
    return Amount(value)


def _plain(text: str) -> float:
    """A text as a number; NaN for any other, a range too."""
    return math.nan if "–" in text else cells.range_of(text)[0]


def _hint(text: str) -> str:
    low = text.casefold()
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) or re.fullmatch(r"\d+,\d+", text):
        plain, point = text.replace(",", ""), text.replace(",", ".", 1)
        other = f" or {point}" if text.count(",") == 1 and "." not in text else ""
        return f"a comma may mean thousands or a fraction: write {plain}{other}; if it is {_RANGE}"
    if re.search(_SPAN, low):
        return f"for a range leave the amount empty, and give its ends in low and high; {_ALONE}"
    if re.search(_ABOUT, low):
        return f"{_ALONE}; where it is {_RANGE}"
    if re.search(_LEAST, low):
        return f"for “at least” leave the amount empty and give low; {_ALONE}; if {_RANGE}"
    if re.search(_MOST, low):
        return f"for “up to” leave the amount empty and give high; {_ALONE}; if {_RANGE}"
    if not re.search(r"\d", low):
        return f"leave it empty where no amount is known; where it is {_RANGE}"
    return f"{_ALONE}, with its unit in the heading or in unit; where it is {_RANGE}"


class Factor(NamedTuple):
    """What one unit of a row is in USD billion, in words too, or why that is not known."""

    usd_bn: float
    unit: Unit = Unit()
    rate: float = 1.0
    column: str = ""
    """The column of the fault."""
    fault: str = ""


class Said(NamedTuple):
    """What is said of the unit of one amount, and where; "" where nothing is."""

    heading: Unit
    unit: str
    currency: str
    rate: str


def factor(said: Said, unit: str, currency: str, rates: Mapping[str, float]) -> Factor:
    """What the numbers of a row are worth, from its heading, its cells and the options.

    Two that differ are a fault, and so is a magnitude that nobody says: a guess would be wrong by
    a factor of a thousand.
    """
    own: list[tuple[str, Unit]] = [("the heading", said.heading)]
    optional: list[tuple[str, Unit]] = []
    for where, column, text in ((own, "unit", said.unit), (optional, "the option unit", unit)):
        read = units.parse(text) if text else Unit()
        if read is None:
            return _unknown("unit", f"{quoted(text)} is no unit; use {units.ALLOWED}")
        where.append((column, read))
    for where, column, text in (
        (own, "currency", said.currency),
        (optional, "the option currency", currency),
    ):
        code = (units.parse(text) or Unit(text.strip().upper())).currency if text else ""
        if code and not re.fullmatch("[A-Z]{3}", code):
            message = f"{quoted(text)} is no currency; use its ISO code, such as EUR"
            return _unknown("currency", message)
        where.append((column, Unit(code)))
    chosen = {}
    for part in Unit._fields:
        # What the cells of a row say goes before an option, which speaks of all rows.
        is_said = any(getattr(one, part) for column, one in own[1:])
        given = [
            (column, getattr(one, part))
            for column, one in (own if is_said else own + optional)
            if getattr(one, part)
        ]
        if len({value for _, value in given}) > 1:
            (here, one), (there, other) = given[0], given[-1]
            message = f"{here} says {one} and {there} says {other}; keep one of them"
            if part == "currency" and here == "the heading" and there in ("currency", "unit"):
                message += f": beside a column {there} name the heading amount_bn or amount_m"
            return _unknown("unit" if part == "magnitude" else "currency", message)
        chosen[part] = given[0][1] if given else ""
    code, magnitude = chosen["currency"] or "USD", chosen["magnitude"]
    if not magnitude and not any(one.currency for _, one in (*own[:2], optional[0])):
        return _unknown(
            "amount",
            "nobody says in which unit the amounts are; name the heading amount_usd_bn, "
            "amount_usd_m or amount_usd, add a column unit, or give the option unit "
            f"({units.ALLOWED})",
        )
    rate, fault = _rate(code, said.rate, rates)
    scale = MAGNITUDES[magnitude] if magnitude else 1e-9
    if fault:
        return _unknown("rate", fault)
    return Factor(scale * rate, Unit(code, magnitude), rate)


_DEAREST = 5.0
"""No currency in `units` is worth more dollars: a larger rate is one the other way round."""


def _rate(code: str, given: str, rates: Mapping[str, float]) -> tuple[float, str]:
    """US dollars for one unit of a currency, or what is wrong with what was given."""
    if code == "USD" and not given:
        return 1.0, ""
    rate = _plain(given) if given else rates.get(code, math.nan)
    if code == "USD":
        return 1.0, "" if rate == 1 else f"{quoted(given)} is the rate of the dollar, which is 1"
    example = f"US dollars for one {code}, as a column rate or the option rate {code}=…"
    if math.isnan(rate):
        said = f"{quoted(given)} is no rate" if given else f"{code} needs a rate"
        return math.nan, f"{said}: {example}"
    if not 0 < rate <= _DEAREST:
        return (
            math.nan,
            f"{rate:g} is no rate of {code}: give {example}; it is at most {_DEAREST:g}",
        )
    return rate, ""


def _unknown(column: str, fault: str) -> Factor:
    return Factor(math.nan, column=column, fault=fault)
