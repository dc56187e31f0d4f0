"""What the rows under a ring say: sums, how sure they are, and what can come back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tightrope import units
from tightrope.charts.certainty import WORDS
from tightrope.charts.ring.model import Row
from tightrope.counting import Ends
from tightrope.quantities.rungs import NAMES, Rung, Side


def total(side: Side) -> str:
    """The sum of a side: its range, or "none known"."""
    if side.is_nothing:
        return units.NONE_KNOWN
    if side.low == 0 and side.is_open:
        return WORDS["unknown"]
    return units.usd_bn_range(side.low, side.high)


def parts(side: Side, is_bill: bool = True) -> str:
    """How sure a side is, rung by rung, in the words of the legend.

    Of a bill it is said where no payment is known; what only may come in speaks for itself.
    """
    if side.is_nothing:
        return ""
    said = [_part(rung, side) for rung in side.rungs]
    is_paid = any(rung.name == "paid" for rung in side.rungs)
    paid = "" if is_paid or not is_bill else f"paid: {units.NONE_KNOWN}"
    return "; ".join(filter(None, [units.listing(filter(None, said)), paid]))


def _part(rung: Rung, side: Side) -> str:
    word = WORDS[rung.name]
    if len(side.rungs) == 1:
        # The sum stands above: only how sure it is is left to say.
        return f"all {word}" if side.low or not side.is_open else ""
    if rung.low > rung.high:
        return f"the rest {word}"
    if rung.low == 0 and math.isnan(rung.high):
        return ""
    return f"{units.usd_bn_range(rung.low, rung.high)} {word}"


def lines(side: Side, direction: str) -> list[tuple[str, str]]:
    """How sure a side is, one line a rung, each with its rung; as `parts`, and sums with all."""
    found = [(rung.name, _line(rung, direction)) for rung in side.rungs]
    is_paid = any(rung.name == "paid" for rung in side.rungs)
    paid = [] if is_paid or direction != "out" else [("", f"paid: {units.NONE_KNOWN}")]
    return [*((rung, line) for rung, line in found if line), *paid]


def _line(rung: Rung, direction: str) -> str:
    is_guess = direction == "onward" and rung.name == "announced"
    word = "estimated or reported" if is_guess else WORDS[rung.name]
    if rung.low > rung.high:
        return f"the rest {word}"
    if rung.low == 0 and math.isnan(rung.high):
        return ""
    return f"{units.usd_bn_range(rung.low, rung.high)} {word}"


def onward(side: Side) -> str:
    """How sure it is what is paid on: estimates are on no contract."""
    firm = [rung for rung in side.rungs if rung.name != "announced"]
    return parts(side) if firm else "estimated or reported"


def returns(back: Ends, came: Side, went: Side, how: str = "") -> Row:
    """The row of what can come back: the sum, and which side bounds it."""
    if back.high == 0:
        lacking = "comes in" if came.is_nothing else "goes out"
        return Row("round", _RETURNS, units.NONE_KNOWN, f"no sum is known that {lacking}")
    aside = f", {how}" if how else ""
    if came.is_open and not math.isnan(back.high):
        least = units.usd_bn_range(back.low, math.nan) if back.low else WORDS["unknown"]
        most = f"what goes out, {units.usd_bn(back.high)}, is the only upper end"
        return Row("round", _RETURNS, least, f"{how}; {most}" if how else most)
    sides = {"all that comes in": came, "all that goes out": went}
    words = next(
        (said for said, side in sides.items() if _same(back.low, side.low, back.high, side.high)),
        "the smaller side",
    )
    return Row("round", _RETURNS, units.usd_bn_range(back.low, back.high), words + aside)


_RETURNS = "can come back"


def begun(back: Row) -> str:
    """The sum of the row of `returns`, as a sentence begins with it."""
    if back.sum in (WORDS["unknown"], units.UNKNOWN):
        return "A sum that nobody has published"
    return f"{back.sum[:1].upper()}{back.sum[1:]}"


def is_open(back: Ends, came: Side) -> bool:
    """Whether what can come back has no upper end of its own."""
    return math.isnan(back.high) or (came.is_open and back.high > 0)


def _same(low: float, other_low: float, high: float, other_high: float) -> bool:
    both = math.isnan(high) and math.isnan(other_high)
    is_high = both or math.isclose(high, other_high, abs_tol=5e-4)
    return is_high and math.isclose(low, other_low, abs_tol=5e-4)


def short(back: Ends, came: Side) -> str:
    """What can come back, as it stands in the hole: "$50 bn", "$0–96 bn", "$67 bn+"."""
    if is_open(back, came):
        least = f"${units.number(back.low, 2)}\N{NO-BREAK SPACE}bn+"
        return least if back.low >= 1 else units.usd_bn_short(back.low, math.nan)
    if back.low < 0.9995 and back.low != back.high >= 1:
        return f"${units.number(back.low, 2)}–{units.number(back.high, 2)}\N{NO-BREAK SPACE}bn"
    return units.usd_bn_short(back.low, back.high)


def added(sides: Sequence[Side]) -> Side:
    """Several sides as one."""
    found = [
        Rung(name, *(sum(getattr(r, end) for r in own) for end in ("low", "high")))
        for name in NAMES
        if (own := [r for side in sides for r in side.rungs if r.name == name])
    ]
    low, stated, high, reach = (
        sum(getattr(side, end) for side in sides) for end in ("low", "stated", "high", "reach")
    )
    return Side(
        low,
        stated,
        high,
        reach,
        tuple(found),
        tuple(leg for side in sides for leg in side.legs),
        tuple(leg for side in sides for leg in side.unknown),
    )


@dataclass(frozen=True)
class Sums:
    """Who pays whom what in a ring: `out` and `into` by partner, `onward` by payer and payee."""

    focal: str
    out: Sequence[tuple[str, Side]]
    into: Sequence[tuple[str, Side]]
    onward: Sequence[tuple[str, str, Side]] = ()

    def spoken(self, back: Row) -> str:
        """All of it in sentences, in the order of the money."""
        paid = [self._paid(self.focal, name, side) for name, side in self.out]
        passed = [
            f"{one} to {other}: {total(side)} ({onward(side)})." for one, other, side in self.onward
        ]
        came = [self._paid(name, self.focal, side) for name, side in self.into]
        sentences = [*paid, *passed, *came]
        returned = (
            f"{begun(back)} can come back: {back.words}."
            if back.sum != units.NONE_KNOWN
            else "Nothing is known to be able to come back."
        )
        return " ".join([*sentences, returned])

    @staticmethod
    def _paid(payer: str, payee: str, side: Side) -> str:
        if side.is_nothing:
            return f"No payment of {payer} to {payee} is known."
        sure = parts(side)
        return f"{payer} to {payee}: {total(side)}{f' ({sure})' if sure else ''}."
