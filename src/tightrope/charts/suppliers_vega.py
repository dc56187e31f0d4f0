"""Suppliers on the path of the sliders: what each lacks by year, in Vega's expression language.

`scenarios.contracts_paid` and `stress.run` unrolled over the years. A supplier that nobody but the
focal party pays within the web needs no network: its cash follows year by year.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.charts import marks
from tightrope.measures.plan import Scenario

_TOLERANCE, _LEAST = 1e-9, 1e-15
"""What clearing calls rounding: this share of the bills, and this sum at least."""
_FALLS = "first falls short in "


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
        year, anyway = _first(lacks, last), self.short_anyway(last)
        if year is None:
            return f"{self.name} {_pays(last)}"
        begun = f"{self.name} {_FALLS}{year}"
        if anyway is None:
            return f"{begun}."
        since = "" if year == anyway else f"in {anyway} "
        return f"{begun}, {since}{_even_if(self)}"


def formulas(suppliers: Sequence[Supplier], scenario: Scenario) -> list[tuple[str, str]]:
    """Names with Vega expressions that rest on those of `runway_vega.formulas`.

    `paid_0` and so on are what can be paid for compute in each year of the scenario if nobody fills
    the gap, `share_0` the part of its contracts that is then paid. `lacks_1_2` is what the second
    supplier lacks for its bills in the third year of the scenario, USD billion, and `short_1` the
    number of the first year in which it lacks anything, -1 if none. Empty without suppliers.
    """
    if not suppliers:
        return []
    years = len(scenario.dated)
    made = _shares(scenario, years)
    for place, supplier in enumerate(suppliers):
        begin = years - len(supplier.bills)
        cash = repr(float(supplier.till))
        short = "-1"
        for year, (due, bill) in enumerate(
            zip(supplier.due, supplier.bills, strict=True), start=begin
        ):
            own = f"{place}_{year}"
            least = _TOLERANCE * max(bill, _LEAST / _TOLERANCE)
            missing = f"{bill!r} - has_{own}"
            made += [
                (f"has_{own}", f"{cash} + {supplier.income!r} + share_{year} * {due!r}"),
                (f"lacks_{own}", f"{missing} > {least!r} ? {missing} : 0"),
            ]
            cash = f"max(0, has_{own} - {bill!r})"
        for year in reversed(range(begin, years)):
            short = f"lacks_{place}_{year} > 0 ? {year} : {short}"
        made.append((f"short_{place}", short))
    return made


def _shares(scenario: Scenario, years: int) -> list[tuple[str, str]]:
    """What is paid for compute, other costs first and with the minimum kept; and of contracts."""
    kept = float(scenario.values["minimum_liquidity"])
    made = []
    till = repr(float(scenario.values["opening_cash"]))
    for year in range(years):
        share = f"compute_{year} > 0 ? paid_{year} / compute_{year} : 1"
        made += [
            (f"before_{year}", f"{till} + earned_{year}"),
            (f"paid_{year}", f"min(max(before_{year} - {kept!r}, 0), compute_{year})"),
            (f"share_{year}", f"commitments_honoured / 100 * ({share})" if year else share),
        ]
        till = f"before_{year} - paid_{year}"
    return made


def sentences(
    suppliers: Sequence[Supplier], scenario: Scenario, width: float, size: int
) -> list[str]:
    """Lines of words as Vega expressions: the first year in which each supplier falls short.

    No line is wider than `width` pixels in type of `size`, at any setting, unless a name is too
    long for it. What is said of a supplier stays together where a line has room for it. Empty
    without suppliers.
    """
    if not suppliers:
        return []
    first, last = (int(scenario.dated.index[end]) for end in (0, -1))
    made = f"gap > 0 ? {_quoted(lead(True))} : {_quoted(lead(False))}"
    pieces = [(f"({made})", lead(True))]
    for place, supplier in enumerate(suppliers):
        parts = _parts(supplier, f"short_{place}", first, last)
        whole = _joined(parts)
        pieces += [whole] if marks.text_width(whole[1], size) <= width else parts
    lines = pieces[:1]
    for piece in pieces[1:]:
        longer = _joined([lines[-1], piece])
        if marks.text_width(longer[1], size) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [made for made, _ in lines]


def lead(is_short: bool) -> str:
    """What stands before the sentences: whether there is a gap that somebody could fill."""
    return f"Suppliers’ bills{' if nobody fills the gap' if is_short else ''}:"


def _joined(pieces: Sequence[tuple[str, str]]) -> tuple[str, str]:
    made, longest = zip(*pieces, strict=True)
    return " + ' ' + ".join(made), " ".join(longest)


def _parts(supplier: Supplier, short: str, first: int, last: int) -> list[tuple[str, str]]:
    """The sentence of one supplier in parts that can stand on lines of their own.

    Each with the longest words that it can come to.
    """
    name, year = (_quoted(supplier.name), supplier.name), f"({first} + {short})"
    anyway = supplier.short_anyway(last)
    if anyway is None:
        pays = _pays(last)
        made = f"({short} < 0 ? {_quoted(pays)} : {_quoted(_FALLS)} + {year} + '.')"
        return [name, (made, max(pays, f"{_FALLS}{last}.", key=marks.text_width))]
    since = f"in {anyway} "
    when = f"{short} == {anyway - first} ? '' : {_quoted(since)}"
    return [
        name,
        (f"({_quoted(_FALLS)} + {year} + ',')", f"{_FALLS}{last},"),
        (f"(({when}) + {_quoted(_even_if(supplier))})", f"{since}{_even_if(supplier)}"),
    ]


def _first(lacks: Sequence[float], last: int) -> int | None:
    begin = last + 1 - len(lacks)
    return next((year for year, sum_ in enumerate(lacks, start=begin) if sum_ > 0), None)


def _pays(last: int) -> str:
    return f"can pay to the end of {last}."


def _even_if(supplier: Supplier) -> str:
    return f"even if {supplier.payer} pays all."


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
