"""The cut: which payments would have to end so that no dollar finds its way back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.bends import RADIUS, downward, outward
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing, Fill
from tightrope.charts.unrolled import blade, firm
from tightrope.units import usd_bn, usd_bn_range, usd_bn_short

NO_SUM = "no published sum"

_DIRECTIONS = {"out": "out", "onward": "onward", "back": "round", "dead": "out", "outside": "in"}
"""The parts of the picture, and which way each goes."""
_COLUMNS = ["part", "payer", "payee", "low", "high", "cut", "paid", "binding"]
_BAR, _THIN, _APART, _GAP = 8.0, 1.2, 2.0, 8.0
_TRUNK, _TRUNK_PHONE = 0.38, 0.27
"""How much of the width that takes which is paid out, where it leaves."""
_WORDS, _WORDS_PHONE = 150.0, 90.0
"""Room for the words of a row, between what is paid and what falls beside them."""


@dataclass
class _Band:
    """A payment: its sums in USD billion, and in pixels how it is drawn."""

    part: str
    payer: str
    payee: str
    low: float
    high: float
    """NaN where it is open."""
    cut: bool
    paid: float
    binding: float
    thick: float = field(default=0, init=False)
    x: float = field(default=0, init=False)
    """Of its left edge where it falls."""
    level: float = field(default=0, init=False)
    """Of its lower edge where it leaves a row."""

    @property
    def reach(self) -> float:
        """The high end, or the low end where it is open."""
        return self.low if math.isnan(self.high) else max(self.high, self.low)

    @property
    def layers(self) -> list[tuple[str, float]]:
        """What of it stands on which rung, in USD billion, from what is surest."""
        sure = (min(self.paid, self.low), min(max(self.paid, self.binding), self.low))
        ends = pairwise((0.0, *sure, self.low, self.reach))
        rungs = zip(("paid", "binding", "announced", "high"), ends, strict=True)
        found = [(rung, end - start) for rung, (start, end) in rungs if end - start > 1e-9]
        return found or [("unknown", 0.0)]

    @property
    def written(self) -> str:
        """Both ends."""
        return usd_bn_range(self.low, self.high)

    @property
    def tip(self) -> str:
        """What the pointer says."""
        end = "; to be cancelled" if self.cut else ""
        return f"{self.payer} to {self.payee}: {self.written}{end}"


class _Stop(NamedTuple):
    """A party in its row: what it is paid straight and by others, what it gives and passes on."""

    name: str
    paid: _Band | None
    fed: Sequence[_Band] = ()
    back: _Band | None = None
    onward: Sequence[_Band] = ()


def cut(table: pd.DataFrame, width: int, gets: tuple[float, float] | None = None) -> Drawing:
    """Money that leaves a firm at the top and what can return to it at the foot, with the cut.

    Columns: part, payer, payee (names), low, high (USD billion; high may be missing), cut (true
    where the payment is one of those to cancel); optional paid and binding, how much of the low
    end is paid, and how much is paid or signed; without them all of it is talked about. The parts:
    "out", from the firm to parties that have a way back to it; "onward", from those to others on
    the way; "back", to the firm; "dead", from the firm to where no way back begins; "outside", to
    the firm from where its money cannot come. Each party has a row: what it is paid turns in from
    the left, what it gives leaves to the right, and a stroke across what returns is the cut.
    `gets` is what the firm gets in all, low and high, where that is not the sum of the rows' ends.
    Returns a chart `width` wide.
    """
    frame = table.reindex(columns=_COLUMNS).fillna({"paid": 0.0, "binding": 0.0})
    bands = [_Band(*row) for row in frame.itertuples(index=False)]
    came = [band for band in bands if band.part in ("back", "outside")]
    low, high = gets or (sum(band.low for band in came), sum(band.high for band in came))
    return _Loop(Canvas(width), bands).chart(usd_bn_range(low, high))


class _Loop:
    """One picture: its lengths, and what is drawn of it."""

    def __init__(self, canvas: Canvas, bands: Sequence[_Band]) -> None:
        self.canvas = canvas
        self.of = of = {part: [b for b in bands if b.part == part] for part in _DIRECTIONS}
        self.stops = list(_stops(of))
        self.wide = wide = marks.is_wide(canvas.width)
        leaving = [stop.paid for stop in self.stops if stop.paid]
        falling = [*of["onward"], *of["back"], *of["outside"]]
        gaps = _APART * max(len(leaving) - 1, 0)
        trunk = canvas.width * (_TRUNK if wide else _TRUNK_PHONE) - gaps
        # All bands, and words between them, lie side by side in the width.
        thin = _THIN * (len(leaving) + len(falling)) + _APART * len(falling)
        apart = gaps + thin + _BAR + (72 if wide else 46) + (_WORDS if wide else _WORDS_PHONE)
        across = canvas.width - apart
        self.scale = min(trunk / _total(leaving), across / _total([*leaving, *falling]))
        for band in bands:
            band.thick = max(band.reach * self.scale, _THIN)
        self.trunk = sum(band.thick for band in leaving) + gaps
        self.bar = self.trunk + (34 if wide else 10)
        self.text = self.bar + _BAR + (8 if wide else 6)
        # What joins lower down lies further left, so that it crosses nothing that joined before.
        self.back = [stop.back for stop in self.stops if stop.back]
        self.green = _lay(self.back, canvas.width - 6.0)
        self.home = _lay(of["outside"], self.green - _APART - (8 if of["outside"] else 0))
        _lay([band for stop in self.stops for band in stop.onward], self.home - _APART - 10)
        self.open: list[_Band] = []
        """What falls beside the rows so far."""

    def chart(self, gets: str) -> Drawing:
        """Everything from the firm at the top down to the firm at the foot."""
        canvas, of = self.canvas, self.of
        paid = [*of["out"], *of["dead"]]
        name = paid[0].payer if paid else ""
        pays = usd_bn(sum(band.low for band in paid))
        canvas.text(0, 8, f"{name} pays at least {pays}", bold=True)
        firm(canvas, 0, 20, self.trunk, _BAR)
        y, edge = 32 + _BAR, self.trunk
        for stop in self.stops:
            y = self._stop(stop, edge, y) + _GAP
            edge -= stop.paid.thick + _APART if stop.paid else 0
        crossed = y
        y = self._cut_words(y)
        for band in of["outside"]:
            y = self._outside(band, y)
        foot = y + 6
        for band in [*self.back, *of["outside"]]:
            self._down(band, foot)
        for band in self.back:
            if band.cut:
                self._stroke(band, crossed + LINE / 2)
        firm(canvas, self.home, foot, canvas.width - 6 - self.home, _BAR)
        canvas.text(canvas.width, foot + 22, f"{name} gets {gets}", "right", bold=True)
        bands = [band for found in of.values() for band in found]
        used = {_DIRECTIONS[band.part] for band in bands}
        rungs = {rung for band in bands for rung, _ in band.layers}
        return canvas.chart(legend.legend(canvas, used, rungs, foot + 40, name))

    def _stop(self, stop: _Stop, edge: float, y: float) -> float:
        """A party's row from `y` on; the height at which it ends.

        What it is paid falls with its right edge at `edge`.
        """
        lines = self._words(stop)
        below = y + len(lines) * LINE + 2
        for band in [*stop.onward, *([stop.back] if stop.back and not stop.fed else [])]:
            below += band.thick + _APART
            self._leave(band, below)
        if stop.paid:
            self._turn_in(stop.paid, edge, y)
            below = max(below, y + stop.paid.thick)
        below = self._fed(stop, below) if stop.fed else below
        firm(self.canvas, self.bar, y, _BAR, below - y)
        self._write(lines, y)
        return below

    def _leave(self, band: _Band, level: float) -> None:
        band.level = level
        self.open.append(band)

    def _fed(self, stop: _Stop, y: float) -> float:
        """Who is paid by others stands across their bands, and gives from the end of its bar."""
        for band in [band for band in self.open if band.payee == stop.name]:
            self._down(band, y)
            self.open.remove(band)
        right = max(band.x + band.thick for band in stop.fed) + 3
        deep = max(_BAR, stop.back.thick) if stop.back else _BAR
        firm(self.canvas, self.bar, y, right - self.bar, deep, z=4)
        if stop.back:
            self._leave(stop.back, y + deep)
        return y + deep

    def _words(self, stop: _Stop) -> list[tuple[str, bool]]:
        """The name, and what the party gets, passes on and gives, in as few lines as there are."""
        parts = []
        for verb, bands in (
            ("gets", [band for band in (stop.paid, *stop.fed) if band]),
            ("passes on", stop.onward),
            ("gives", [stop.back] if stop.back else []),
        ):
            if bands:
                low, high = (sum(getattr(band, end) for band in bands) for end in ("low", "high"))
                is_silent = not low and math.isnan(high)
                written = usd_bn_range(low, high) if self.wide else usd_bn_short(low, high)
                parts.append(f"{verb} {NO_SUM if is_silent else written}")
        if stop.back and any(band.low > 0 for band in stop.fed):
            parts.append("grey turns green here")
        return self._lines(stop.name, parts)

    def _lines(self, name: str, parts: Sequence[str]) -> list[tuple[str, bool]]:
        """The name and the parts, wrapped up to what falls beside them from the rows above."""
        ends = min((band.x for band in self.open), default=self.canvas.width - 4.0)
        room, joined = ends - 6 - self.text, list(parts[:1])
        for part in parts[1:]:
            longer = f"{joined[-1]}, {part}"
            if marks.text_width(longer, SMALL) <= room:
                joined[-1] = longer
            else:
                joined.append(part)
        names = marks.wrap(name, room, 2, SMALL + 1, bold=True)
        lines = [line for part in joined for line in marks.wrap(part, room, 2, SMALL)]
        return [*((line, True) for line in names), *((line, False) for line in lines)]

    def _write(self, lines: Sequence[tuple[str, bool]], y: float) -> None:
        for number, (line, is_bold) in enumerate(lines):
            at = y + (number + 0.5) * LINE
            self.canvas.text(self.text, at, line, size=SMALL + is_bold, bold=is_bold)

    def _turn_in(self, band: _Band, edge: float, y: float) -> None:
        """A band that falls from the firm and turns right into a row."""
        self._draw(band, partial(outward, edge, 20 + _BAR, y, self.bar))
        if band.cut:
            blade(self.canvas, self.bar - 6, y, band.thick, band.tip)

    def _down(self, band: _Band, foot: float) -> None:
        """A band that leaves a row below its words and falls to the foot."""
        path = partial(downward, self.bar + _BAR, band.level, band.x, foot)
        self._draw(band, path, 2 if band.part == "onward" else 3)
        if band.cut and band.part == "onward":
            self._stroke(band, foot - RADIUS)

    def _draw(self, band: _Band, path: Callable[[float, float], str], z: int = 1) -> None:
        """Its layers side by side; the path takes how thick one is and where it begins."""
        hue, done = marks.HUES[_DIRECTIONS[band.part]], 0.0
        least = band.thick <= _THIN
        for rung, value in band.layers[:1] if least else band.layers:
            thick = _THIN if least else value * self.scale
            fill = Fill(hue, "paid" if thick < 2 else rung)
            self.canvas.shape(0, 0, path(thick, done), fill, band.tip, z)
            done += thick

    def _stroke(self, band: _Band, y: float) -> None:
        ends = [(band.x - 2.5, y), (band.x + band.thick + 2.5, y)]
        self.canvas.line(ends, theme.INK, 3, tip=band.tip, z=5)

    def _cut_words(self, y: float) -> float:
        number = sum(band.cut for band in self.of["back"])
        if not number:
            return y
        others = any(band.cut for part in ("out", "onward") for band in self.of[part])
        words = f"the cut: {number} payment{'s' * (number > 1)}{' here' if others else ''}"
        self.canvas.text(self.green - 10, y + LINE / 2, words, "right", bold=True, z=5)
        return y + LINE + _GAP

    def _outside(self, band: _Band, y: float) -> float:
        """What comes from outside the loops: it starts here, and no route leads here."""
        lines = self._lines(band.payer, [f"gives {band.written}"])
        self._write(lines, y)
        band.level = y + len(lines) * LINE + 2 + band.thick
        firm(self.canvas, self.bar, y, _BAR, band.level - y)
        return band.level + RADIUS


def _total(bands: Iterable[_Band]) -> float:
    """Of their high ends, in USD billion; 1 where they have none."""
    return sum(band.reach for band in bands) or 1


def _lay(bands: Iterable[_Band], right: float) -> float:
    """Let the bands fall side by side, each left of the one before; the left edge of them all."""
    edge = right
    for band in bands:
        band.x = edge - band.thick
        edge = band.x - _APART
    return edge + _APART


def _stops(of: Mapping[str, Sequence[_Band]]) -> Iterator[_Stop]:
    """The parties from top to bottom: who gives alone, who passes on, who is fed, who does not."""
    back = {band.payer: band for band in of["back"]}
    paid = {band.payee: band for band in of["out"]}
    fed = {band.payee for band in of["onward"]}
    given = {band.payer: band.reach for band in of["onward"]}
    reach = {name: band.reach for name, band in back.items()}
    names = list(dict.fromkeys([*paid, *given, *back]))
    names.sort(key=lambda name: (name in fed, given.get(name, 0.0), -reach.get(name, -1.0)))
    for name in names:
        yield _Stop(
            name,
            paid.get(name),
            [band for band in of["onward"] if band.payee == name],
            back.get(name),
            [band for band in of["onward"] if band.payer == name],
        )
    for band in of["dead"]:
        yield _Stop(band.payee, band)
