"""The float of each partner: who is ahead, and how far two assumptions move it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import pandas as pd

from tightrope.chapters.when_money_moves import present_float
from tightrope.measures import timing


class Standing(NamedTuple):
    """How far a partner was ahead at most, and its float at the end: USD billion."""

    top: float
    end: float

    @property
    def kind(self) -> str:
        """What it did: "advanced", "billed" or "invested"; "" where its float ends at zero.

        Less than a tenth of what it is paid in the end is not an advance but a rebate.
        """
        if self.end < 0:
            return "advanced" if self.top > 0.1 * abs(self.end) else "billed"
        return "invested" if self.end > 0 else ""


def standings(moves: pd.DataFrame, focal: str, parties: Collection[str]) -> dict[str, Standing]:
    """The `Standing` of those parties that a payment with a year ties to `focal`."""
    found = {}
    for party in parties if len(moves) else ():
        held = timing.float_by_year(moves, focal, party)["float"]
        if len(held):
            top = max(0.0, paid_ahead(moves, party), float(held.max()))
            found[party] = Standing(top, float(held.iloc[-1]))
    return found


def paid_ahead(moves: pd.DataFrame, party: str) -> float:
    """What `party` is known to have paid less what it was paid so far: USD billion."""
    paid = moves[moves.basis.eq("paid")]
    return float(paid.amount[paid.payer.eq(party)].sum() - paid.amount[paid.payee.eq(party)].sum())


def panels(moves: pd.DataFrame, focal: str, names: Mapping[str, str]) -> pd.DataFrame:
    """The floats of the parties of `names` below each other, as `charts.floats` takes them.

    Columns as `timing.float_by_year`, with `party` (its name), `so_far` (`paid_ahead`), and
    `undated_in` and `undated_out`, what has no year; USD billion. One empty year for a party
    without any.
    """
    empty = pd.DataFrame({"year": [pd.NA], "paid_in": [0.0], "paid_out": [0.0], "float": [0.0]})
    found = []
    for party, name in names.items():
        rest = timing.undated(moves, focal, party)
        table = timing.float_by_year(moves, focal, party)
        found.append(
            (empty if table.empty else table).assign(
                party=name,
                so_far=paid_ahead(moves, party),
                undated_in=rest.paid_in,
                undated_out=rest.paid_out,
            )
        )
    return pd.concat(found) if found else empty.iloc[:0].assign(party="")


def spell(years: float) -> str:
    """A length of time in words; the measures know whole years only."""
    return "less than a year" if years < 1 else f"{years:.1f} years"


WAITING = "The price of waiting"
BILLS = "The shape of the bills"


def floats_by_assumption(
    shaped: Mapping[str, pd.DataFrame], focal: str, party: str, rates: tuple[float, float]
) -> dict[tuple[str, str], pd.Series[float]]:
    """The float of `party` at no rate and two rates a year, then in every shape of the bills.

    By (`WAITING` or `BILLS`, label); each by year, over the same years: USD billion. `shaped` as
    `shapes`; the first one is taken for the rates. Empty unless the account is a hill, above zero
    first and below it at the end.
    """
    moves = next(iter(shaped.values()))
    stand = standings(moves, focal, [party]).get(party, Standing(0.0, 0.0))
    if not stand.end < 0 < stand.top:
        return {}
    tried = {(WAITING, "no discount"): (moves, 0.0)}
    tried |= {(WAITING, f"{rate:.0%} a year"): (moves, rate) for rate in rates}
    tried |= {(BILLS, label): (payments, 0.0) for label, payments in shaped.items()}
    held = {key: present_float(part, focal, party, rate) for key, (part, rate) in tried.items()}
    years = sorted({int(year) for one in held.values() for year in one.index})
    return {key: one.reindex(years).fillna(0.0) for key, one in held.items()}


def present_trips(
    cases: Mapping[tuple[str, str], pd.DataFrame], focal: str, rates: Mapping[str, float]
) -> pd.DataFrame:
    """The round trip at present value of every case, at each of `rates` (a year, fractions).

    `cases` are payments by (party, label). Columns: party, label, in_usd_bn and out_usd_bn (at
    the rate named "value"), and one for each rate, in percent.
    """
    rows = []
    for (party, label), payments in cases.items():
        base = timing.present_values(payments, focal, party, rates["value"])
        trips = {
            end: 100 * timing.present_value_round_trip(payments, focal, party, rate)
            for end, rate in rates.items()
        }
        rows.append((party, label, base.paid_in, base.paid_out, *trips.values()))
    columns = ["party", "label", "in_usd_bn", "out_usd_bn", *rates]
    return pd.DataFrame(rows, columns=columns)
