"""How others have divided the money, and how the payments divide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from tightrope import units
from tightrope.chapters.whose_money.words import percent_range, unbroken
from tightrope.chapters.whose_money.years import (
    CUSTOMERS,
    OUTSIDE,
    SUPPLIER,
    YearFigure,
    rows_behind,
)

REVENUE, INVESTORS, VENDORS = "customers", "other investors and lenders", "suppliers"
_SHORT = {REVENUE: "customers", INVESTORS: "others", VENDORS: "suppliers"}
_REST = "cash"


def cash_of(name: str) -> str:
    """The part that `name` pays of its own cash, of which nobody says whose it was."""
    return f"{name}'s cash, from whomever"


def own_cash(name: str, given: float, cash: float) -> dict[str, float]:
    """What suppliers give of a purchase beside the cash of `name`, in one unit."""
    return {VENDORS: given, cash_of(name): cash}


@dataclass(frozen=True)
class Check:
    """One division of a sum: its parts in one unit, and their shares where they are ranges.

    `whole` is the sum in words.
    """

    name: str
    group: str
    parts: Mapping[str, float]
    whole: str
    rows: tuple[str, ...]
    spans: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, float]:
        """The parts of which something is known."""
        return {part: one for part, one in self.parts.items() if pd.notna(one) and one > 0}

    def share(self, part: str) -> float:
        """A part over all parts that are known: a fraction, NaN where it is not known."""
        return self.known.get(part, float("nan")) / (sum(self.known.values()) or float("nan"))

    @property
    def words(self) -> str:
        """The shares, and of what."""
        order = [*_SHORT, *(part for part in self.known if part not in _SHORT)]
        shares = [
            unbroken(
                f"{_SHORT.get(part, _REST)} "
                f"{percent_range(*self.spans.get(part, (self.share(part),) * 2))}"
            )
            for part in order
            if part in self.known
        ]
        return ", ".join(shares) + " " + unbroken(f"of {self.whole}")


def check(
    name: str, group: str, parts: Mapping[str, float], whole: float, rows: Sequence[str]
) -> list[Check]:
    """A `Check` of a sum in USD billion, if it is known with any part of it."""
    one = Check(name, group, parts, units.usd_bn(whole), tuple(rows))
    return [one] if one.known else []


def published(
    value: pd.Series[float],
    name: str,
    group: str,
    shares: Mapping[str, str],
    whole: str,
    rows: Sequence[str] = (),
) -> list[Check]:
    """A `Check` that somebody has published as shares (percent) of a whole (USD billion).

    `value` are figures by financial_id, and `shares` and `whole` name them; they are the rows
    behind it unless `rows` are given.
    """
    of, ids = value.get(whole, float("nan")), list(shares.values())
    parts = {part: value.get(row, float("nan")) * of / 100 for part, row in shares.items()}
    return check(name, group, parts, of, rows or [f"financials/{row}" for row in [*ids, whole]])


def paid_in_year(
    mirror: pd.DataFrame, revenue: Mapping[int, YearFigure], year: str, group: str, focal: str
) -> list[Check]:
    """How the payments of a year divide it: rows of `years.sources_and_uses`.

    Each part at the middle of its range; its share is least where all others are most. Nothing
    where customers' payments are not known.
    """
    bars = mirror[mirror.block.eq(year) & mirror.side.eq("source")]
    is_customer = bars.name.str.startswith(CUSTOMERS)
    if not is_customer.any():
        return []
    kinds = {
        REVENUE: is_customer,
        VENDORS: bars.kind.eq(SUPPLIER),
        INVESTORS: bars.kind.eq(OUTSIDE) & ~is_customer,
    }
    ends = {part: bars.loc[which, ["low", "high"]].sum() for part, which in kinds.items()}
    least, most = (sum(end[side] for end in ends.values()) for side in ("low", "high"))
    spans = {
        part: (end.low / (most - end.high + end.low), end.high / (least - end.low + end.high))
        for part, end in ends.items()
    }
    part = revenue[int(year)].part
    name = f"Ours: paid in {year}" + (f" (customers: {part})" if part else "")
    middle = {kind: float(end.mean()) for kind, end in ends.items()}
    whole = units.usd_bn_range(least, most)
    return [Check(name, group, middle, whole, tuple(rows_behind(mirror, focal)), spans)]


def paid_in_years(
    mirror: pd.DataFrame,
    revenue: Mapping[int, YearFigure],
    years: Sequence[str],
    group: str,
    focal: str,
) -> list[Check]:
    """`paid_in_year` of several years."""
    return [one for year in years for one in paid_in_year(mirror, revenue, year, group, focal)]


def share_in(divided: Sequence[Check], name: str, part: str) -> float:
    """The share of a part in the check whose name begins so: a fraction, NaN without one."""
    found = [one.share(part) for one in divided if one.name.startswith(name)]
    return found[0] if found else float("nan")


def check_bars(checks: Sequence[Check]) -> pd.DataFrame:
    """The checks as `charts.parts` draws them: whole, group, part, amount, words, rows."""
    found = [
        (one.name, one.group, part, amount, one.words, one.rows)
        for one in checks
        for part, amount in one.known.items()
    ]
    return pd.DataFrame(found, columns=["whole", "group", "part", "amount", "words", "rows"])
