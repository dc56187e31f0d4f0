"""Suppliers on the path of the sliders: what each lacks by year, in Vega's expression language.

`scenarios.contracts_paid` and `stress.run` unrolled over the years. A supplier that nobody but the
focal party pays within the web needs no network: its cash follows year by year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.charts.vega import Words
from tightrope.measures.plan import Scenario

_TOLERANCE, _LEAST = 1e-9, 1e-15
"""What clearing calls rounding: this share of the bills, and this sum at least."""


@dataclass(frozen=True)
class Supplier:
    """Whom `payer` owes and who owes others in turn, over the last years of a scenario.

    All USD billion. By year, the last one that of the scenario: `due` from the payer, `bills` to
    others, and `lacks_anyway`, what is missing for them even if the payer pays all. `income` is
    what comes from everyone else each year, `till` the cash before the first.
    """

    name: str
    payer: str
    due: Sequence[float]
    bills: Sequence[float]
    lacks_anyway: Sequence[float]
    income: float
    till: float

    def short_anyway(self, last: int) -> int | None:
        """The first year in which it falls short even if the payer pays all; None if never."""
        return _first(self.lacks_anyway, last)

    def sentence(self, lacks: Sequence[float], last: int) -> str:
        """The first year in which it falls short, in words, if it `lacks` this by year."""
        return " ".join(self.parts(_first(lacks, last), last))

    def parts(self, year: int | None, last: int) -> list[str]:
        """The sentence for this first year, in parts that can stand on lines of their own.

        As many whatever the year: who falls short in any case does so then at the latest.
        """
        anyway = self.short_anyway(last)
        if anyway is not None:
            since = f"in {anyway} " if year not in (None, anyway) else ""
            begun = f"first falls short in {year or anyway},"
            return [self.name, begun, f"{since}even if {self.payer} pays all."]
        if year is None:
            return [self.name, f"can pay to the end of {last}."]
        return [self.name, f"first falls short in {year}."]


def formulas(suppliers: Sequence[Supplier], scenario: Scenario) -> dict[str, str]:
    """Vega expressions by name that rest on those of `runway_vega.formulas`.

    `paid_0` and so on are what can be paid for compute in each year of the scenario if nobody fills
    the gap, `share_0` the part of its contracts that is then paid. `lacks_1_2` is what the second
    supplier lacks for its bills in the third year of the scenario, USD billion, and `short_1` the
    number of the first year in which it lacks anything, -1 if none. Empty without suppliers.
    """
    if not suppliers:
        return {}
    years = len(scenario.dated)
    made = _shares(scenario, years)
    for place, supplier in enumerate(suppliers):
        begin = years - len(supplier.bills)
        cash, is_short = repr(float(supplier.till)), ["false"] * begin
        for year, (due, bill) in enumerate(zip(supplier.due, supplier.bills, strict=True), begin):
            own = f"{place}_{year}"
            least = max(_TOLERANCE * bill, _LEAST)
            missing = f"{bill!r} - has_{own}"
            made[f"has_{own}"] = f"{cash} + {supplier.income!r} + share_{year} * {due!r}"
            made[f"lacks_{own}"] = f"{missing} > {least!r} ? {missing} : 0"
            cash = f"max(0, has_{own} - {bill!r})"
            is_short.append(f"lacks_{own} > 0")
        made[f"short_{place}"] = f"indexof([{', '.join(is_short)}], true)"
    return made


def _shares(scenario: Scenario, years: int) -> dict[str, str]:
    """What is paid for compute, other costs first and with the minimum kept; and of contracts."""
    kept = float(scenario.values["minimum_liquidity"])
    made, till = {}, repr(float(scenario.values["opening_cash"]))
    for year in range(years):
        share = f"compute_{year} > 0 ? paid_{year} / compute_{year} : 1"
        made[f"before_{year}"] = f"{till} + earned_{year}"
        made[f"paid_{year}"] = f"min(max(before_{year} - {kept!r}, 0), compute_{year})"
        made[f"share_{year}"] = f"commitments_honoured / 100 * ({share})" if year else share
        till = f"before_{year} - paid_{year}"
    return made


def sentences(suppliers: Sequence[Supplier], scenario: Scenario) -> list[list[Words]]:
    """The first year in which each supplier falls short: parts of sentences, one list each.

    What the sentences are about stands before them. Empty without suppliers.
    """
    if not suppliers:
        return []
    first, last = (int(scenario.dated.index[end]) for end in (0, -1))
    said = [[Words.of([lead(False), lead(True)], "gap > 0 ? 1 : 0")]]
    for place, supplier in enumerate(suppliers):
        by_year = [supplier.parts(year, last) for year in (None, *range(first, last + 1))]
        parts = zip(*by_year, strict=True)
        said.append([Words.of(options, f"short_{place} + 1") for options in parts])
    return said


def lead(is_short: bool) -> str:
    """What stands before the sentences: whether there is a gap that somebody could fill."""
    return f"Suppliers’ bills{' if nobody fills the gap' if is_short else ''}:"


def _first(lacks: Sequence[float], last: int) -> int | None:
    begin = last + 1 - len(lacks)
    return next((year for year, sum_ in enumerate(lacks, start=begin) if sum_ > 0), None)
