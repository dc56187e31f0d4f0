"""The figure of how sure the runway is: revenue and gap around each centre of growth."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import runway_doubt as chapter
from tightrope.chapters.runway_doubt import Around
from tightrope.chapters.worlds import LAST_YEAR, World, of_100
from tightrope.charts.figure import Figure
from tightrope.charts.ranges import ranges
from tightrope.dealbook import Dealbook

_REVENUE = f"Revenue in {LAST_YEAR}"
_GAP = "Missing in the worst year"
_IF = "by whether the money under negotiation comes"
_LANES = {1.0: "it comes", 0.5: "half the time", 0.0: "never"}


def ranges_by_centre(found: Sequence[Around]) -> pd.DataFrame:
    """Revenue of the last year and the gap at its peak as `charts.ranges` draws them."""
    revenue = pd.DataFrame(
        {
            "heading": _REVENUE,
            "note": "",
            "name": one.named.name,
            "lane": "",
            "low": one.revenue.iloc[0],
            "middle": one.revenue.iloc[1],
            "high": one.revenue.iloc[-1],
            "direction": "in",
            "short": float("nan"),
        }
        for one in found
    )
    table = chapter.gaps(found)
    gaps = table.assign(
        heading=_GAP,
        note=_IF,
        name=table.centre,
        lane=table.chance.map(_LANES),
        direction="out",
    )
    return pd.concat([revenue, gaps[revenue.columns]], ignore_index=True)


def doubt_figure(world: World, book: Dealbook, found: Sequence[Around]) -> Figure:
    """Revenue of the last year and what lacks, in nine of ten of our draws around each centre."""
    gaps, table = chapter.gaps(found), ranges_by_centre(found)
    by_centre, by_chance = chapter.moved_by(gaps)
    told = (
        f"{line.centre}, open money with a chance of {line.chance:g}: "
        f"{units.usd_bn_range(line.low, line.high)}, middle {units.usd_bn(line.middle)}."
        for line in gaps.itertuples()
    )
    chance = f"whether the round in talks comes, by {units.usd_bn(by_chance)}"
    rows = dict.fromkeys([*world.rows, *(row for one in found for row in one.named.rows)])
    return Figure(
        id="runway-doubt",
        title=(
            f"Which growth one believes in moves the gap by {units.usd_bn(by_centre)}; {chance}"
            if by_centre > by_chance
            else f"What moves the middle of our draws is {chance}"
        ),
        subtitle=f"{book.party_name(world.focal)}’s revenue and what is missing, in nine of ten of "
        f"our draws around each centre of growth, USD billion, {_as_known(book)}",
        description=f"Ranges with a dot at the middle draw. {' '.join(told)}",
        draw=lambda width: ranges(table, width),
        frame=table[["heading", "name", "lane", "low", "middle", "high", "short"]].rename(
            columns={part: f"{part}_usd_bn" for part in ("low", "middle", "high")}
        ),
        labels={
            "heading": "What",
            "name": "Around",
            "lane": "Money under negotiation comes",
            "low_usd_bn": "5 of 100 draws below",
            "middle_usd_bn": "Middle draw",
            "high_usd_bn": "95 of 100 below",
            "short": "Draws with a gap",
        },
        writers={"short": _share},
        rows=tuple(rows),
        book=book,
        note=f"{world.runs:,} draws of our own triangles for each range, seed {world.seed}; the "
        "centres differ in the growth of revenue alone. The part of compute that follows revenue "
        "moves with it; the rest stays as planned. "
        f"{_least(gaps)} The chances are ours, and no forecast.",
    )


_NEARLY_ALL = 0.995
"""A share that would be written as 100 of 100."""


def _share(share: object) -> str:
    return "" if pd.isna(share) else of_100(float(str(share)))


def _least(gaps: pd.DataFrame) -> str:
    least = float(gaps.short.min())
    if least >= _NEARLY_ALL:
        return "Nearly every draw of every range has a gap."
    return f"Of every range at least {of_100(least)} draws have a gap."


def _as_known(book: Dealbook) -> str:
    return f"as known on {units.day(book.day.date())}"
