"""Who stands where in the web: six columns around the party in the middle, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tightrope.charts.web.grid import COLUMNS, WIDE, Grid
from tightrope.charts.web.model import Band, Parts


@dataclass(frozen=True)
class Columns:
    """The parties of each column of `COLUMNS` from top to bottom.

    Those `apart` are tied to the rest by no payment; they stand last in the first two columns.
    """

    of: Mapping[str, tuple[str, ...]]
    apart: frozenset[str]
    grid: Grid

    @property
    def focal(self) -> str:
        """The party in the middle."""
        return self.of["focal"][0]

    def column(self, party: str) -> int:
        """The number of the party's column from the left; StopIteration for one that has none."""
        return next(n for n, name in enumerate(COLUMNS) if party in self.of[name])


def arranged(parts: Mapping[Band, Parts], focal: str, grid: Grid = WIDE) -> Columns:
    """The columns of a web; largest sums first, and who lies on a longer loop above all others.

    A supplier whom other suppliers pay more than the party in the middle does stands onward: its
    loop runs by way of these.
    """
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for band, part in parts.items():
        sums[band.payer, band.payee] += part.total
    paid = {payee for payer, payee in sums if payer == focal} - {focal}
    pays = {payer for payer, payee in sums if payee == focal} - {focal}
    from_suppliers = {
        party: sum(value for (a, b), value in sums.items() if b == party and a in paid)
        for party in paid
    }
    deep = {party for party in paid if from_suppliers[party] > sums[focal, party]}
    deep |= {b for (a, b) in sums if a in paid and b in pays - paid}
    suppliers, investors = paid - deep, pays - paid - deep
    everyone = {party for pair in sums for party in pair}
    taken = {focal} | suppliers | investors | deep
    backers = _beside(sums, investors, everyone - taken)
    taken |= backers
    onward = deep | _beside(sums, suppliers, everyone - taken)
    taken |= onward
    beyond: set[str] = set()
    while more := _beside(sums, onward | beyond, everyone - taken - beyond):
        beyond |= more
    apart = everyone - taken - beyond
    return _ordered(
        sums,
        focal,
        dict(zip(COLUMNS, (backers, investors, {focal}, suppliers, onward, beyond), strict=True)),
        apart,
        grid,
    )


def _beside(sums: Mapping[tuple[str, str], float], these: set[str], free: set[str]) -> set[str]:
    """Those of `free` who pay one of `these` or are paid by it."""
    return {a for a, b in sums if b in these and a in free} | {
        b for a, b in sums if a in these and b in free
    }


def _ordered(
    sums: Mapping[tuple[str, str], float],
    focal: str,
    members: Mapping[str, Iterable[str]],
    apart: Iterable[str],
    grid: Grid,
) -> Columns:
    of: dict[str, tuple[str, ...]] = {}
    onward = set(members["onward"])
    returns = {a for a, b in sums if b == focal and a in onward}

    def size(party: str) -> float:
        return sum(value for pair, value in sums.items() if party in pair)

    def leads(party: str) -> bool:
        return any(a == party and b in returns for a, b in sums)

    by_size = {name: sorted(group, key=lambda p: (-size(p), p)) for name, group in members.items()}
    of["focal"] = (focal,)
    of["investors"] = tuple(by_size["investors"])
    of["suppliers"] = tuple(
        sorted(by_size["suppliers"], key=lambda p: (not leads(p), -sums[focal, p], p))
    )
    for name, beside in (("backers", "investors"), ("onward", "suppliers"), ("beyond", "onward")):
        place = {party: number for number, party in enumerate(of[beside])}
        of[name] = tuple(
            sorted(
                by_size[name],
                key=lambda p: (p not in returns, _middle(sums, p, place), -size(p), p),
            )
        )
    rest = frozenset(apart)
    pairs = sorted((b, a) for a, b in sums if rest & {a, b})
    payees = tuple(dict.fromkeys(payee for payee, _ in pairs if payee in rest))
    payers = tuple(dict.fromkeys(payer for _, payer in pairs if payer in rest - {*payees}))
    of |= {"backers": of["backers"] + payers, "investors": of["investors"] + payees}
    return Columns(of, rest, grid if grid.names_above else _from_the_left(grid, of))


def _from_the_left(grid: Grid, of: Mapping[str, Iterable[str]]) -> Grid:
    """The grid with the first column that holds anybody in the place of the first of all."""
    first = next(name for name in COLUMNS if of[name])
    by = grid.left[first] - grid.left[COLUMNS[0]]
    return replace(grid, left={name: left - by for name, left in grid.left.items()})


def _middle(sums: Mapping[tuple[str, str], float], party: str, place: Mapping[str, int]) -> float:
    """Where in the next column the party's partners stand: their places, by size of the band."""
    found = [
        (value, place[other])
        for (a, b), value in sums.items()
        for own, other in ((a, b), (b, a))
        if own == party and other in place
    ]
    weight = sum(value + 0.01 for value, _ in found)
    return sum((value + 0.01) * at for value, at in found) / weight if found else len(place)
