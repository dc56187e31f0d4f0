"""Rings: what the focal party pays a partner, what comes back, and by way of whom.

Everything is taken from the quantities of a book; nothing here knows a firm.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tightrope import counting, loops, quantities, units
from tightrope.chapters import rings_words as words
from tightrope.charts.ring.model import Band, Ring, Row, Wall
from tightrope.dealbook import Dealbook
from tightrope.quantities import rungs
from tightrope.quantities.rungs import Side
from tightrope.quantities.view import View

_ROUND = {
    "announced": "round_trip",
    "binding": "round_trip_signed",
    "paid": "round_trip_paid",
}
"""By layer, the quantity of what can come straight back."""


@dataclass(frozen=True)
class Seen:
    """A book seen from the party in the middle on one layer: what rings are made of."""

    book: Dealbook
    focal: str
    layer: str = "announced"

    def name(self, party: str) -> str:
        """The name of a party; of one that is not known yet its id."""
        return self.book.party_name(party)

    def view(self, partner: str = "") -> View:
        """The quantities' view, with one partner or with all."""
        return View.of(self.book, self.focal, partner)


def ring(seen: Seen, partner: str) -> Ring | None:
    """The ring of a partner: the way on which most can come back from it, straight if in doubt.

    None where it and the party in the middle are not known to owe each other anything.
    """
    straight = direct(seen, partner)
    middle = loops.between(seen.view().payments(seen.layer), seen.focal, partner)
    around = by_way_of(seen, middle, partner) if middle else None
    if around and (straight is None or _more(around) > _more(straight)):
        return around
    return straight


def _more(ring: Ring) -> tuple[float, float]:
    return ring.low, ring.high


def direct(seen: Seen, partner: str) -> Ring | None:
    """The ring of two: what the party in the middle pays a partner, and what the partner pays it.

    None where neither owes the other anything.
    """
    view = seen.view(partner)
    out, back = (rungs.side(view, is_in, seen.layer) for is_in in (False, True))
    if out.is_nothing and back.is_nothing:
        return None
    trip = quantities.of(seen.book, seen.focal, partner)[_ROUND[seen.layer]]
    returns = counting.Ends(trip.low, trip.stated, trip.high)
    focal, name = seen.name(seen.focal), seen.name(partner)
    bands = [
        _band(0, 1, "out", out, (focal, name)),
        _band(1, 2, "in", back, (name, focal)),
    ]
    rows = [
        Row("in", "in", words.total(back), words.parts(back, is_bill=False)),
        Row("out", "out", words.total(out), words.parts(out)),
        words.returns(returns, back, out),
    ]
    sums = words.Sums(focal, ((name, out),), ((name, back),))
    return _made(
        name, [_wall(focal), _wall(name)], bands, (returns, back), rows, sums.spoken(rows[-1])
    )


def by_way_of(seen: Seen, middle: Collection[str], partner: str) -> Ring | None:
    """The ring of three: to each party of `middle`, from these on to `partner`, and back from it.

    None where one of the three steps is not known.
    """
    out = {party: rungs.side(seen.view(party), False, seen.layer) for party in middle}
    on = rungs.onward(seen.view(), middle, partner, seen.layer)
    back = rungs.side(seen.view(partner), True, seen.layer)
    passing = [p for p in out if not out[p].is_nothing and p in on]
    if not passing or back.is_nothing:
        return None
    passing.sort(key=lambda party: -out[party].reach)
    web = seen.view().payments(seen.layer)
    returns = loops.by_way_of(web, seen.focal, passing, partner)
    focal, name = seen.name(seen.focal), seen.name(partner)
    bands = [
        *(_band(0, 1, "out", out[p], (focal, seen.name(p))) for p in passing),
        *(_band(1, 2, "onward", on[p], (seen.name(p), name)) for p in passing),
        _band(2, 3, "in", back, (name, focal)),
    ]
    paid, passed = (words.added([sides[p] for p in passing]) for sides in (out, on))
    rows = [
        Row("in", "in", words.total(back), words.parts(back, is_bill=False)),
        Row("out", "out", words.total(paid), words.parts(paid), _lanes(seen, out, passing)),
        Row(
            "onward",
            f"on to {name}",
            words.total(passed),
            words.onward(passed),
            _lanes(seen, on, passing),
        ),
        words.returns(returns, back, passed),
    ]
    told = words.Sums(
        focal,
        tuple((seen.name(p), out[p]) for p in passing),
        ((name, back),),
        tuple((seen.name(p), name, on[p]) for p in passing),
    )
    firms = _firms(seen, passing)
    walls = [_wall(focal), Wall([seen.name(p) for p in passing], firms), _wall(name)]
    title = f"{name}, by way of {firms}"
    return _made(title, walls, bands, (returns, back), rows, told.spoken(rows[-1]))


def owned(seen: Seen, landlord: str, owner: str) -> Ring | None:
    """The ring of a partner that pays in and of the firm of its own that is paid, taken as one.

    What can come back is that of the web with both as one party. None where the owner pays the
    party in the middle nothing, or the landlord is paid nothing by it.
    """
    out = rungs.side(seen.view(landlord), False, seen.layer)
    returned = rungs.side(seen.view(landlord), True, seen.layer)
    back = rungs.side(seen.view(owner), True, seen.layer)
    if out.is_nothing or back.is_nothing:
        return None
    web = loops.joined(seen.view().payments(seen.layer), owner, landlord)
    pair = web[web.payer.isin({owner, seen.focal}) & web.payee.isin({owner, seen.focal})]
    returns = loops.returnable(pair, seen.focal)
    focal, names = seen.name(seen.focal), (seen.name(landlord), seen.name(owner))
    bands = [
        _band(0, 1, "out", out, (focal, names[0])),
        _band(2, 3, "in", back, (names[1], focal)),
    ]
    if not returned.is_nothing:
        bands.append(_band(1, 3, "in", returned, (names[0], focal)))
    came = words.added([back, returned])
    rows = [
        Row("in", "in", words.total(came), words.parts(came, is_bill=False)),
        Row("out", "out", words.total(out), words.parts(out)),
        words.returns(returns, came, out, "as one firm"),
    ]
    told = words.Sums(focal, ((names[0], out),), ((names[1], back), (names[0], returned)))
    spoken = (
        f"{told.spoken(rows[-1])} {names[1]} owns {names[0]}; no payment between them is drawn."
    )
    walls = [_wall(focal), *map(_wall, names)]
    title = f"{names[1]} and {names[0]}"
    return _made(title, walls, bands, (returns, came), rows, spoken, (1, 2))


def largest(seen: Seen, count: int, owners: Mapping[str, str] | None = None) -> list[Ring]:
    """The rings from which most can come back, of so many partners.

    They are chosen by the high end, and stand in the order of the low end, the largest first.

    `owners` has, by the firm that is paid, the partner that owns it: they are one ring.
    """
    pairs = dict(owners or {})
    apart = {*pairs, *pairs.values()}
    table = counting.by_partner(counting.given(seen.view().counted(seen.layer)), seen.focal)
    # From whom nothing comes in, nothing comes back; NaN is no zero.
    partners = [party for party in table.party[table.in_high.ne(0)] if party not in apart]
    joined = [owned(seen, landlord, owner) for landlord, owner in pairs.items()]
    # No more comes back than a partner gives: who gives less than the last of them is not tried.
    given = table.set_index("party").in_high.fillna(math.inf).to_dict()
    tried: dict[str, Ring | None] = {}
    for party in sorted(partners, key=lambda party: -given[party]):
        highest = sorted(r.high for r in [*tried.values(), *joined] if r and r.comes_back)[-count:]
        if len(highest) == count and given[party] < highest[0]:
            break
        tried[party] = ring(seen, party)
    found = [*(tried.get(party) for party in partners), *joined]
    back = sorted((r for r in found if r and r.comes_back), key=lambda r: r.high, reverse=True)
    return sorted(back[:count], key=_more, reverse=True)


def _band(start: int, end: int, direction: str, side: Side, names: tuple[str, str]) -> Band:
    payer, payee = names
    sure = words.onward(side) if direction == "onward" else words.parts(side, direction == "out")
    return Band(
        start,
        end,
        payer,
        payee,
        direction,
        {rung.name: rung.low for rung in side.rungs if rung.low},
        side.reach,
        side.is_open,
        f"{payer} to {payee}: {words.total(side)}; {sure}",
        side.legs,
        words.lines(side, direction),
    )


def _made(
    name: str,
    walls: Sequence[Wall],
    bands: Sequence[Band],
    returned: tuple[counting.Ends, Side],
    rows: Sequence[Row],
    spoken: str,
    is_owned: tuple[int, int] | None = None,
) -> Ring:
    returns, came = returned
    is_open = words.is_open(returns, came)
    return Ring(
        name=name,
        walls=walls,
        bands=[band for band in bands if band.size or band.is_open],
        low=returns.low,
        high=returns.low if is_open else returns.high,
        is_open=is_open,
        centre=words.short(returns, came),
        rows=rows,
        spoken=spoken,
        owned=is_owned,
    )


def _lanes(seen: Seen, sides: Mapping[str, Side], parties: Sequence[str]) -> str:
    if len(parties) == 1:
        return ""
    parts = units.listing(f"{seen.name(p)} {words.total(sides[p])}" for p in parties)
    return f"From the inside: {parts}."


def _wall(name: str) -> Wall:
    return Wall([name], name)


def _firms(seen: Seen, parties: Sequence[str]) -> str:
    """How many they are, and what kind of firms if all are of one kind; one by its name."""
    if len(parties) == 1:
        return seen.name(parties[0])
    kinds = set(seen.book.parties.set_index("party_id").kind.reindex(parties))
    return units.number_of(
        len(parties), _KINDS.get(kinds.pop(), "firm") if len(kinds) == 1 else "firm"
    )


_KINDS = {"cloud": "cloud", "chipmaker": "chipmaker", "builder": "builder", "lender": "lender"}


def rows_behind(rings: Sequence[Ring]) -> list[str]:
    """The rows of the data behind rings: the legs of their bands."""
    legs = (leg for one in rings for band in one.bands for leg in band.legs)
    return [f"legs/{leg}" for leg in dict.fromkeys(legs)]
