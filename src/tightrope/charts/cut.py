"""The cut: which payments would have to end so that no dollar finds its way back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.bends import RADIUS, downward, outward
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing, Fill
from tightrope.charts.unrolled import blade, block
from tightrope.units import usd_bn, usd_bn_range, usd_bn_short

NO_SUM = "no published sum"

PARTS = ("out", "onward", "back", "dead", "outside")
_DIRECTIONS = {"out": "out", "dead": "out", "onward": "onward", "back": "round", "outside": "in"}
_BAR, _THIN, _APART, _GAP = 8.0, 1.2, 2.0, 8.0
_TRUNK, _TRUNK_PHONE = 0.38, 0.27
"""How much of the width that takes which is paid out, where it leaves."""
_WORDS, _WORDS_PHONE = 150.0, 90.0
"""Room for the words of a row, between what is paid and what falls beside them."""
_Row = Mapping[str, Any]


class _Stop(NamedTuple):
    """A party in its row: what it is paid straight and by others, what it gives and passes on."""

    name: str
    paid: _Row | None
    fed: Sequence[_Row] = ()
    back: _Row | None = None
    onward: Sequence[_Row] = ()


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
    rows: list[_Row] = [*marks.records(table)]
    of = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    came = [*of["back"], *of["outside"]]
    low, high = gets or (sum(row["low"] for row in came), sum(_high(row) for row in came))
    return _Loop(Canvas(width), of).chart(usd_bn_range(low, high))


class _Loop:
    """One picture: its lengths, and what is drawn of it."""

    def __init__(self, canvas: Canvas, of: Mapping[str, list[_Row]]) -> None:
        self.canvas, self.of = canvas, of
        self.stops = list(_stops(of))
        self.wide = wide = marks.is_wide(canvas.width)
        leaving = [stop.paid for stop in self.stops if stop.paid]
        gaps = _APART * max(len(leaving) - 1, 0)
        room = canvas.width * (_TRUNK if wide else _TRUNK_PHONE) - gaps
        self.scale = min(room / (sum(map(_reach, leaving)) or 1), self._widest(leaving, gaps))
        self.trunk = sum(map(self.thick, leaving)) + gaps
        self.bar = self.trunk + (34 if wide else 10)
        self.text = self.bar + _BAR + (8 if wide else 6)
        # What joins lower down lies further left, so that it crosses nothing that joined before.
        edge = canvas.width - 6.0
        self.lanes: dict[tuple[str, str], float] = {}
        for stop in self.stops:
            if stop.back:
                edge = self._lay(stop.back, edge)
        self.green = edge + _APART
        edge -= 8 if of["outside"] else 0
        for row in of["outside"]:
            edge = self._lay(row, edge)
        self.home = edge + _APART
        edge -= 10
        for stop in self.stops:
            for row in stop.onward:
                edge = self._lay(row, edge)
        self.open: dict[tuple[str, str], float] = {}

    def _widest(self, leaving: Sequence[_Row], gaps: float) -> float:
        """The scale at which all bands, and words between them, lie side by side in the width."""
        falling = [row for part in ("onward", "back", "outside") for row in self.of[part]]
        thin = _THIN * (len(leaving) + len(falling)) + _APART * len(falling)
        apart = gaps + thin + _BAR + (72 if self.wide else 46)
        room = self.canvas.width - apart - (_WORDS if self.wide else _WORDS_PHONE)
        return room / (sum(map(_reach, [*leaving, *falling])) or 1)

    def _lay(self, row: _Row, edge: float) -> float:
        self.lanes[row["payer"], row["payee"]] = edge - self.thick(row)
        return edge - self.thick(row) - _APART

    def room(self) -> float:
        """How long words of a row may be: up to what falls beside it from the rows above."""
        return min(self.open.values(), default=self.canvas.width - 4.0) - 6 - self.text

    def thick(self, row: _Row) -> float:
        """How thick a band is up to its high end, in pixels."""
        return max(_reach(row) * self.scale, _THIN)

    def chart(self, gets: str) -> Drawing:
        """Everything from the firm at the top down to the firm at the foot."""
        canvas = self.canvas
        firm = next((str(row["payer"]) for part in ("out", "dead") for row in self.of[part]), "")
        pays = sum(row["low"] for part in ("out", "dead") for row in self.of[part])
        canvas.text(0, 8, f"{firm} pays at least {usd_bn(pays)}", bold=True)
        canvas.symbol(0, 20, block(self.trunk, _BAR), theme.INK, fill_opacity=0.85)
        top = 20 + _BAR
        y, edge = top + 12, self.trunk
        onward: list[tuple[_Row, float]] = []
        home: list[tuple[_Row, float]] = []
        for stop in self.stops:
            y = self._stop(stop, (edge, top), y, onward, home) + _GAP
            edge -= self.thick(stop.paid) + _APART if stop.paid else 0
        crossed = y
        y = self._cut_words(y)
        for row in self.of["outside"]:
            y = self._outside(row, y, home)
        foot = y + 6
        for row, level in home:
            self._down(row, level, foot)
        for row, _ in home:
            if row["cut"] and row["part"] == "back":
                self._stroke(row, crossed + LINE / 2)
        canvas.symbol(
            self.home, foot, block(canvas.width - 6 - self.home, _BAR), theme.INK, fill_opacity=0.85
        )
        canvas.text(canvas.width, foot + 22, f"{firm} gets {gets}", "right", bold=True)
        rows = [row for part in PARTS for row in self.of[part]]
        used = {_DIRECTIONS[str(row["part"])] for row in rows}
        rungs = {rung for row in rows for rung, _ in _layers(row)}
        return canvas.chart(legend.legend(canvas, used, rungs, foot + 40, firm))

    def _stop(
        self,
        stop: _Stop,
        corner: tuple[float, float],
        y: float,
        onward: list[tuple[_Row, float]],
        home: list[tuple[_Row, float]],
    ) -> float:
        """A party's row from `y` on; the height at which it ends.

        What it passes on and gives back is noted with the height at which it leaves.
        """
        words = self._words(stop)
        below = y + len(words) * LINE + 2
        for row in [*stop.onward, *([stop.back] if stop.back and not stop.fed else [])]:
            below += self.thick(row) + _APART
            (home if row["part"] == "back" else onward).append((row, below))
            self._open(row)
        if stop.paid:
            edge, top = corner
            self._turn_in(stop.paid, edge, top, y)
            below = max(below, y + self.thick(stop.paid))
        below = self._fed(stop, below, onward, home) if stop.fed else below
        self.canvas.symbol(self.bar, y, block(_BAR, below - y), theme.INK, fill_opacity=0.85)
        self._write(words, y)
        return below

    def _fed(
        self,
        stop: _Stop,
        y: float,
        onward: Sequence[tuple[_Row, float]],
        home: list[tuple[_Row, float]],
    ) -> float:
        """Who is paid by others stands across their bands, and gives from the end of its bar."""
        for row, level in onward:
            if row["payee"] == stop.name:
                self._down(row, level, y)
                del self.open[row["payer"], row["payee"]]
        ends = [self.lanes[row["payer"], row["payee"]] + self.thick(row) for row in stop.fed]
        right = max(ends) + 3
        deep = max(_BAR, self.thick(stop.back)) if stop.back else _BAR
        self.canvas.symbol(
            self.bar, y, block(right - self.bar, deep), theme.INK, fill_opacity=0.85, z=4
        )
        if stop.back:
            home.append((stop.back, y + deep))
            self._open(stop.back)
        return y + deep

    def _open(self, row: _Row) -> None:
        self.open[row["payer"], row["payee"]] = self.lanes[row["payer"], row["payee"]]

    def _words(self, stop: _Stop) -> list[tuple[str, bool]]:
        """The name, and what the party gets, passes on and gives, in as few lines as there are."""
        parts = []
        for verb, rows in (
            ("gets", [row for row in (stop.paid, *stop.fed) if row]),
            ("passes on", stop.onward),
            ("gives", [stop.back] if stop.back else []),
        ):
            if rows:
                low = sum(float(row["low"]) for row in rows)
                high = sum(marks.amount(row["high"]) for row in rows)
                is_silent = not low and math.isnan(high)
                written = usd_bn_range(low, high) if self.wide else usd_bn_short(low, high)
                parts.append(f"{verb} {NO_SUM if is_silent else written}")
        if stop.back and any(row["low"] > 0 for row in stop.fed):
            parts.append("grey turns green here")
        return self._lines(stop.name, parts)

    def _lines(self, name: str, parts: Sequence[str]) -> list[tuple[str, bool]]:
        room, joined = self.room(), list(parts[:1])
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

    def _turn_in(self, row: _Row, edge: float, top: float, y: float) -> None:
        def path(thick: float, inset: float) -> str:
            return outward(edge, top, y, self.bar, thick, inset)

        self._band(row, path)
        if row["cut"]:
            blade(self.canvas, self.bar - 6, y, self.thick(row), _tip(row))

    def _down(self, row: _Row, level: float, foot: float) -> None:
        """A band that leaves a row below its words, at a height, and falls to the foot."""
        x = self.lanes[row["payer"], row["payee"]]
        left = self.bar + _BAR

        def path(thick: float, inset: float) -> str:
            return downward(left, level, x, foot, thick, inset)

        self._band(row, path, 2 if row["part"] == "onward" else 3)
        if row["cut"] and row["part"] == "onward":
            self._stroke(row, foot - RADIUS)

    def _band(self, row: _Row, path: Callable[[float, float], str], z: int = 1) -> None:
        hue, done = marks.HUES[_DIRECTIONS[str(row["part"])]], 0.0
        layers = _layers(row)
        least = self.thick(row) <= _THIN
        for rung, value in layers[:1] if least else layers:
            thick = _THIN if least else value * self.scale
            fill = Fill(hue, "paid" if thick < 2 else rung)
            self.canvas.shape(0, 0, path(thick, done), fill, _tip(row), z)
            done += thick

    def _stroke(self, row: _Row, y: float) -> None:
        x = self.lanes[row["payer"], row["payee"]]
        ends = [(x - 2.5, y), (x + self.thick(row) + 2.5, y)]
        self.canvas.line(ends, theme.INK, 3, tip=_tip(row), z=5)

    def _cut_words(self, y: float) -> float:
        number = sum(bool(row["cut"]) for row in self.of["back"])
        if not number:
            return y
        others = any(row["cut"] for part in ("out", "onward") for row in self.of[part])
        words = f"the cut: {number} payment{'s' * (number > 1)}{' here' if others else ''}"
        self.canvas.text(self.green - 10, y + LINE / 2, words, "right", bold=True, z=5)
        return y + LINE + _GAP

    def _outside(self, row: _Row, y: float, home: list[tuple[_Row, float]]) -> float:
        """What comes from outside the loops: it starts here, and no route leads here."""
        lines = self._lines(str(row["payer"]), [f"gives {_amount(row)}"])
        self._write(lines, y)
        below = y + len(lines) * LINE + 2 + self.thick(row)
        self.canvas.symbol(self.bar, y, block(_BAR, below - y), theme.INK, fill_opacity=0.85)
        home.append((row, below))
        return below + RADIUS


def _stops(of: Mapping[str, list[_Row]]) -> Iterator[_Stop]:
    """The parties from top to bottom: who gives alone, who passes on, who is fed, who does not."""
    back = {row["payer"]: row for row in of["back"]}
    paid = {row["payee"]: row for row in of["out"]}
    fed = list(dict.fromkeys(row["payee"] for row in of["onward"]))
    given = {row["payer"]: _reach(row) for row in of["onward"]}
    names = list(dict.fromkeys([*paid, *given, *back]))
    names.sort(key=lambda name: (name in fed, given.get(name, 0.0), -_back(back.get(name))))
    for name in names:
        yield _Stop(
            str(name),
            paid.get(name),
            [row for row in of["onward"] if row["payee"] == name],
            back.get(name),
            [row for row in of["onward"] if row["payer"] == name],
        )
    for row in of["dead"]:
        yield _Stop(str(row["payee"]), row)


def _back(row: _Row | None) -> float:
    return _reach(row) if row else -1.0


def _layers(row: _Row) -> list[tuple[str, float]]:
    """What of a payment stands on which rung, in USD billion, from what is surest."""
    low = float(row["low"])
    paid = min(_known(row, "paid"), low)
    signed = min(max(_known(row, "binding") - paid, 0.0), low - paid)
    beyond = _reach(row) - low
    found = {"paid": paid, "binding": signed, "announced": low - paid - signed, "high": beyond}
    layers = [(rung, value) for rung, value in found.items() if value > 1e-9]
    return layers or [("unknown", 0.0)]


def _known(row: _Row, column: str) -> float:
    value = marks.amount(row.get(column))
    return 0.0 if math.isnan(value) else value


def _high(row: _Row) -> float:
    return marks.amount(row["high"])


def _reach(row: _Row) -> float:
    """The high end, or the low end where it is open."""
    high = marks.amount(row["high"])
    return float(row["low"]) if math.isnan(high) else max(high, float(row["low"]))


def _amount(row: _Row) -> str:
    return usd_bn_range(float(row["low"]), marks.amount(row["high"]))


def _tip(row: _Row) -> str:
    end = "; to be cancelled" if row["cut"] else ""
    return f"{row['payer']} to {row['payee']}: {_amount(row)}{end}"
