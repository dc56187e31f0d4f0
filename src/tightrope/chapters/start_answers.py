"""The three answers of the start page, each with its small picture.

How much of what comes in could be the focal party's own money, who paid in each year, and who
breaks first. All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from tightrope import stress, units
from tightrope.chapters.who_breaks import FULL, Case
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import YearShare
from tightrope.charts import theme
from tightrope.charts.marks import Fill
from tightrope.charts.small_bars import Bar, Part, small_bars
from tightrope.charts.thumbnail import Thumbnail
from tightrope.charts.year_grid import year_grid
from tightrope.quantities import Quantities

IN, OUT, BACK = theme.INTO_OPENAI, theme.OUT_OF_OPENAI, theme.ROUND_TRIP


def how_circular(q: Quantities, name: str) -> Thumbnail | None:
    """What contracts bring in beside what of it can come back, at both ends; None without any."""
    comes, back = q["to_come_in_signed"], q["back_by_any_route_signed"]
    if not comes.stated:
        return None
    bars = [
        Bar(comes.written, "paid or signed", _ends(comes.low, comes.high, IN)),
        Bar(back.written, f"of it could be {name}’s own", _ends(back.low, back.high, BACK)),
    ]
    return Thumbnail(
        "how-circular",
        f"{back.written} of {comes.written} could be {name}’s own money",
        f"Two bars on one scale. Paid or signed by partners: {comes.written}. Of it could be "
        f"{name}’s own money: {back.written}. Hatched: up to the high end.",
        lambda width: small_bars(bars, width),
    )


def _ends(low: float, high: float, hue: str) -> list[Part]:
    """A range: its low end in the tint of what is signed, and hatched up to its high end."""
    more = high - low if high > low else 0.0
    return [Part(low, Fill(hue, "binding")), Part(more, Fill(hue, "high"))]


def whose_money(shares: Mapping[str, YearShare], years: Mapping[str, str]) -> Thumbnail | None:
    """A bar a year, all that was paid in it: outsiders from the left, suppliers from the right.

    `years` gives each year its words. None where a year is not known.
    """
    if not all(year in shares for year in years):
        return None
    bars = [
        Bar(
            percent_range(shares[year].least, shares[year].most),
            words,
            [
                Part(shares[year].least, Fill(IN)),
                Part(shares[year].most - shares[year].least, Fill(IN, "high")),
                Part(1 - shares[year].most, Fill(BACK)),
            ],
        )
        for year, words in years.items()
    ]
    told = "; ".join(f"{bar.words}: {bar.written}" for bar in bars)
    return Thumbnail(
        "whose-money",
        f"Share of outsiders in all that was paid. {told}",
        f"A bar a year, as long as all that was paid in it. From outsiders, {told}; hatched where "
        "the evidence leaves it open; the rest came from firms that are paid in turn.",
        lambda width: small_bars(bars, width),
    )


def failing(case: Case, ratio: float) -> pd.DataFrame:
    """Who cannot pay all its bills if the focal party pays a part: a row a tested partner and year.

    Columns party, year, strict and mild (whether it falls short at that end of the evidence), with
    machines counted. Empty where nobody can be tested or nothing is due.
    """
    web = case.web
    if not web.tested or not len(web.dues):
        return pd.DataFrame({"party": [], "year": [], "strict": [], "mild": []})
    ends = {
        end: stress.run(web, ratio, FULL, end).set_index(["party", "year"]).in_default
        for end in ("strict", "mild")
    }
    table = pd.DataFrame(ends).reset_index()
    return table[table.party.isin(web.tested)].reset_index(drop=True)


def failing_words(case: Case, table: pd.DataFrame, end: str) -> str:
    """Who falls short at an end of the evidence and since when: "Oracle from 2030", or "nobody"."""
    short = table[table[end].astype(bool)]
    firsts = short.groupby("party").year.min().sort_values(kind="stable")
    parts = [f"{case.book.party_name(party)} from {year}" for party, year in firsts.items()]
    return units.listing(parts) or "nobody"


def who_breaks(case: Case, table: pd.DataFrame, ratio: float, id_: str) -> Thumbnail | None:
    """A box a year for each tested partner, who falls short first on top; None where none does."""
    words = failing_words(case, table, "strict")
    if not table.strict.any():
        return None
    short = table.groupby("party").strict.sum().sort_values(ascending=False, kind="stable")
    years = sorted({int(year) for year in table.year})
    rows = {
        case.book.party_name(str(party)): _of_years(table[table.party.eq(party)], years)
        for party in short.index
    }
    told = "; ".join(
        f"{name}: "
        + ", ".join(str(y) for y, is_short in zip(years, cells, strict=True) if is_short)
        for name, cells in rows.items()
        if any(cells)
    )
    return Thumbnail(
        id_,
        f"If {case.name} pays {ratio:.0%}, short on the harshest reading: {words}",
        f"A box a year, {years[0]} to {years[-1]}, for each supplier. Short: {told}. All others "
        "can pay.",
        lambda width: year_grid(rows, years, width),
    )


def _of_years(own: pd.DataFrame, years: Sequence[int]) -> list[bool]:
    by_year = own.set_index("year").strict
    return [bool(by_year.get(year, False)) for year in years]


def sum_bar(q: Quantities, name: str) -> Thumbnail | None:
    """The bar of one of `SUMS`, on a scale that all of them share.

    None where the party in the middle lends and is not to pay: `LENT_SUMS` stand there.
    """
    return None if lends(q) else _sum_bar(q, name, SUMS)


def lends(q: Quantities) -> bool:
    """Whether a sum is known that the party in the middle lends, and none that it is to pay."""
    return q["to_pay_with_loans"].is_some and not q["to_pay"].is_some


def lent_bar(q: Quantities, name: str) -> Thumbnail:
    """The bar of one of `LENT_SUMS`, on a scale that all of them share."""
    return _sum_bar(q, name, LENT_SUMS)


def _sum_bar(q: Quantities, name: str, among: Mapping[str, Sum]) -> Thumbnail:
    amounts = {one: _amount(q, one, kind) for one, kind in among.items()}
    most, words = max(amounts.values()), among[name].words
    written = q[name].at("stated" if among[name].is_paid else "range")
    bar = Bar("", "", [Part(amounts[name], among[name].fill)])
    return Thumbnail(
        f"sum-{name.replace('_', '-')}",
        f"{words[0].upper()}{words[1:]}: {written}",
        f"A bar for {written}, on one scale with the bars beside it, the longest of which is "
        f"{units.usd_bn(most) if most else units.NONE_KNOWN}.",
        lambda width: small_bars([bar], width, most),
    )


def _amount(q: Quantities, name: str, kind: Sum) -> float:
    """What the bar of a sum is long: what was paid as stated, what is signed at the low end."""
    return float(q[name].stated if kind.is_paid else q[name].low)


class Sum(NamedTuple):
    """A sum that the page begins with: its words and the fill of its bar."""

    words: str
    fill: Fill

    @property
    def is_paid(self) -> bool:
        """Whether it has moved."""
        return self.fill.rung == "paid"


SUMS = {
    "signed_on_condition": Sum("signed, due on a condition", Fill(OUT, "conditional")),
    "signed_terms_not_public": Sum("signed, terms not public", Fill(OUT, "binding")),
    "paid_out": Sum("known to be paid", Fill(OUT)),
    "paid_in": Sum("paid in", Fill(IN)),
}
"""By quantity."""
LENT_SUMS = {
    "to_pay_with_loans": Sum("lent or guaranteed, at the least", Fill(theme.BORROWED, "binding")),
    "paid_out_with_loans": Sum("of it drawn, as far as is known", Fill(theme.BORROWED)),
    "to_come_in": Sum("promised in return, at the least", Fill(IN, "binding")),
    "paid_in": Sum("paid in", Fill(IN)),
}
"""The sums that a page begins with where the party in the middle lends and is not to pay."""
