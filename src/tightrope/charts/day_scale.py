"""Where a day stands on a drawing: time runs to the right, and quiet early years take less room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

_EARLY = 0.17
"""Share of the width that a panel of early years takes."""
_GAP = 24.0
"""Pixels between two panels."""


class Panel(NamedTuple):
    """A stretch of days, both ends included, and the pixels it is drawn on; linear inside."""

    first: pd.Timestamp
    last: pd.Timestamp
    left: float
    right: float

    @property
    def per_day(self) -> float:
        """Pixels a day."""
        return (self.right - self.left) / max((self.last - self.first).days, 1)

    def x(self, day: pd.Timestamp) -> float:
        """Where the day stands, in pixels."""
        return self.left + (day - self.first).days * self.per_day


@dataclass(frozen=True)
class DayScale:
    """One panel, or a narrow one for early years and one for those in which most happened."""

    panels: tuple[Panel, ...]

    @classmethod
    def of(cls, days: pd.Series[pd.Timestamp], left: float, right: float) -> DayScale:
        """The scale on which all `days` stand between `left` and `right`, in pixels.

        It begins with a year, and ends a month after the last day. If more than half of the days
        lie in the last years, and two years or more pass before these, the years before have a
        panel of their own.
        """
        first = pd.Timestamp(days.min().year, 1, 1)
        last = days.max() + pd.Timedelta(days=30)
        turn = _turn(days)
        if turn is None:
            return cls((Panel(first, last, left, right),))
        middle = left + _EARLY * (right - left)
        early = Panel(first, turn - pd.Timedelta(days=1), left, middle)
        return cls((early, Panel(turn, last, middle + _GAP, right)))

    def x(self, day: pd.Timestamp) -> float:
        """Where the day stands, in pixels."""
        return next((p for p in self.panels if day <= p.last), self.panels[-1]).x(day)


def _turn(days: pd.Series[pd.Timestamp]) -> pd.Timestamp | None:
    """The New Year's Day that parts the early years from the busy ones; None where none does."""
    year, first = days.dt.year, int(days.dt.year.min())
    starts = [start for start in sorted(set(year)) if (year >= start).mean() > 0.5]
    turn = int(starts[-1])
    return pd.Timestamp(turn, 1, 1) if turn - first >= 2 else None


def levels(places: Sequence[float], gap: float) -> list[int]:
    """On which level each mark stands so that those of one level are `gap` pixels apart.

    `places` are the marks' x, in pixels, from left to right. A mark takes the lowest free level.
    """
    ends: list[float] = []
    found = []
    for place in places:
        free = [level for level, end in enumerate(ends) if place - end >= gap]
        level = free[0] if free else len(ends)
        ends[level : level + 1] = [place]
        found.append(level)
    return found
