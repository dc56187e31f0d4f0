"""The picture of the web: every band in grey, and one loop lit in the hues of its payments."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise, product

from tightrope.charts import marks, theme
from tightrope.charts.web import paths, sides, style
from tightrope.charts.web.columns import Columns
from tightrope.charts.web.grid import BAR, COLUMNS, WIDE
from tightrope.charts.web.model import NOTHING, Band, Loop, Parts
from tightrope.charts.web.stack import Bar, Lie, Stack

_KINDS = ("paid", "signed", "talked", "high")
_RADIUS = 9.0
_LINE = 13
_ROOM = 16.0
"""How thick a band must be for a line of text in it, in pixels."""
Pair = tuple[str, str]
"""Payer and payee."""


@dataclass(frozen=True)
class Web:
    """All that a picture of the web needs."""

    parts: Mapping[Band, Parts]
    columns: Columns
    stack: Stack
    names: Mapping[str, str]
    loops: Sequence[Loop]
    every: Sequence[Band]
    """All bands of all days, in the order in which the page's script knows them."""

    @property
    def height(self) -> int:
        """The height of the picture, in pixels."""
        return round(self.stack.height)

    def svg(self, identity: str, title: str, description: str, lit: str) -> str:
        """The picture as SVG text; `lit` is the id of the loop that is lit."""
        wide, high = self.columns.grid.width, self.height
        on = next((loop for loop in self.loops if loop.id == lit), None)
        return (
            f'<svg id="{identity}" class="web" role="img" aria-labelledby="{identity}-title" '
            f'aria-describedby="{identity}-desc" xmlns="http://www.w3.org/2000/svg" '
            f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"{self._scale} '
            f'font-family="{escape(theme.FONT)}">'
            f'<title id="{identity}-title">{escape(title)}</title>'
            f'<desc id="{identity}-desc">{escape(description)}</desc>'
            f"<style>{style.css(identity)}</style><defs>{style.patterns(identity)}</defs>"
            f"{''.join(self._bands(on))}{''.join(self._bars(on))}"
            f"{''.join(self._loop(loop, loop.id == lit) for loop in self.loops)}</svg>"
        )

    @property
    def _scale(self) -> str:
        """The scale for the page's script, where it is not the usual one."""
        scale = self.columns.grid.scale
        return f' data-scale="{scale:g}"' if scale != WIDE.scale else ""

    def _bands(self, on: Loop | None) -> Iterable[str]:
        """Every band as a group of its parts; those that are lit lie above."""
        lit = on.bands if on else set()
        order = sorted(
            enumerate(self.every), key=lambda item: (item[1].payer, item[1].payee) in lit
        )
        for number, band in order:
            is_lit = " is-lit" if (band.payer, band.payee) in lit else ""
            yield (
                f'<g class="band {band.hue}{is_lit}" data-band="{number}" '
                f'data-ends="{band.payer} {band.payee}"{self._way(band)}>{self._parts(band)}</g>'
            )

    def _way(self, band: Band) -> str:
        """What of a band's place never changes, for the page's script."""
        kind, payer_side, payee_side = sides.way(band, self.columns)
        x0 = sides.x(band.payer, payer_side, self.columns)
        x1 = sides.x(band.payee, payee_side, self.columns)
        return f' data-kind="{kind}" data-x="{paths.n(x0)} {paths.n(x1)}"'

    def _parts(self, band: Band) -> str:
        lie, part = self.stack.lies.get(band), self.parts.get(band, NOTHING)
        if lie is None:
            return ""
        return "".join(
            f'<path class="part {kind}" d="{paths.band(lie, piece)}"/>'
            for kind, piece in sliced(lie, part)
        )

    def _bars(self, on: Loop | None) -> Iterable[str]:
        lit = {party for pair in on.bands for party in pair} if on else set()
        for party, bar in self.stack.bars.items():
            is_lit = " is-lit" if party in lit else ""
            yield (
                f'<g data-party="{party}"><rect class="bar{is_lit}" x="{paths.n(bar.x)}" '
                f'y="{paths.n(bar.y)}" width="{paths.n(BAR)}" height="{paths.n(bar.height)}"/>'
                f"{self._name(party, bar, is_lit)}</g>"
            )

    def _name(self, party: str, bar: Bar, is_lit: str) -> str:
        x, middle, anchor, room = self._label_place(party, bar)
        lines = marks.wrap(self.names[party], room, 2, 12, bold=bool(is_lit))
        top = middle + 4 - (len(lines) - 1) * _LINE / 2
        spans = "".join(
            f'<tspan x="{paths.n(x)}" y="{paths.n(top + number * _LINE)}">'
            f"{escape(line, quote=False)}</tspan>"
            for number, line in enumerate(lines)
        )
        # The page's script moves a name with its bar: with its middle, or with its upper edge.
        is_at_top = not bar.y < middle < bar.y + bar.height or party == self.columns.focal
        return (
            f'<text class="name halo{is_lit}" text-anchor="{anchor}" '
            f'data-at="{"top" if is_at_top else "middle"}">{spans}</text>'
        )

    def _label_place(self, party: str, bar: Bar) -> tuple[float, float, str, float]:
        """Where a name stands: x, the middle of its lines, its end at x, how long it may be."""
        name = COLUMNS[self.columns.column(party)]
        middle, right = bar.y + bar.height / 2, bar.x + BAR + 5
        if self.columns.grid.names_above:
            is_last = bar.x > 0.8 * self.columns.grid.width
            x, anchor = (bar.x + BAR, "end") if is_last else (bar.x, "start")
            return x, bar.y - 9, anchor, 140
        if name == "focal":
            return bar.x - 8, bar.y + 12, "end", 110
        if name == "backers":
            return bar.x - 5, middle, "end", bar.x - 5
        if name == "investors" and party in self.columns.apart:
            return right, middle, "start", 108
        if name == "investors":
            is_fed = any(band.payee == party for band in self.parts)
            return (
                (bar.x + BAR, bar.y - 9, "end", 118) if is_fed else (bar.x - 5, middle, "end", 118)
            )
        return right, middle, "start", {"beyond": self.columns.grid.width - right}.get(name, 132)

    def _loop(self, loop: Loop, is_lit: bool) -> str:
        """What is drawn of a loop where it is lit: what can come back, its steps and their sums."""
        lies = {(band.payer, band.payee): lie for band, lie in self.stack.lies.items()}
        hues = {(band.payer, band.payee): band.hue for band in self.parts}
        drawn = [{p: s for p, s in step.bands.items() if p in lies} for step in loop.steps]
        sums = "".join(
            _sum(lies[pair], words, hues[pair]) for step in drawn for pair, words in step.items()
        )
        arrows = "".join(_arrow(lies[pair], hues[pair]) for step in drawn for pair in step)
        at = 0.0 if self.columns.grid.names_above else 0.14
        discs = "".join(
            _disc(number, lies[max(step, key=lambda pair: lies[pair].thick)], at)
            for number, step in enumerate(drawn, 1)
            if step and len(drawn) > 1
        )
        return (
            f'<g class="loop{" is-lit" if is_lit else ""}" data-loop="{loop.id}">'
            f"{_back(drawn, lies)}{arrows}{sums}{discs}</g>"
        )


def _back(steps: Sequence[Mapping[Pair, str]], lies: Mapping[Pair, Lie]) -> str:
    """The closed line of what can come back, along the way on which most can; "" where none is."""
    ways = [
        way
        for way in product(*steps)
        if way and all(a[1] == b[0] for a, b in pairwise([*way, way[0]]))
    ]
    if not ways:
        return ""
    best = max(ways, key=lambda way: min(lies[pair].thick for pair in way))
    line = "L".join(paths.inside(lies[pair]).removeprefix("M") for pair in best)
    return f'<path class="under" d="M{line}Z"/><path class="back" d="M{line}Z"/>'


def _sum(lie: Lie, words: str, hue: str) -> str:
    """The sum of a lit band, where it arrives; of one that comes back, below it."""
    x, y = paths.at(lie, 0.9)
    anchor, beside = "end" if lie.x1 > lie.x0 else "start", lie.thick / 2 + 9
    if lie.kind != "across":
        x, y = paths.at(lie, 0.5)
        anchor, y = "middle", y - beside
    elif hue == "in" and lie.x1 > lie.x0:
        # At its end stands the name of the party in the middle.
        x, y = paths.at(lie, 0.32)
        anchor, y = "start", y + beside
    elif lie.x1 < lie.x0:
        y += beside
    elif lie.thick < _ROOM:
        y -= beside
    return (
        f'<text class="sum halo {hue}-words" x="{paths.n(x)}" y="{paths.n(y + 4)}" '
        f'text-anchor="{anchor}">{escape(words, quote=False)}</text>'
    )


def _disc(number: int, lie: Lie, share: float) -> str:
    x, y = paths.at(lie, share if lie.kind == "across" else 0.14)
    return (
        f'<circle class="disc" cx="{paths.n(x)}" cy="{paths.n(y)}" r="{paths.n(_RADIUS)}"/>'
        f'<text class="number" x="{paths.n(x)}" y="{paths.n(y + 4)}">{number}</text>'
    )


def _arrow(lie: Lie, hue: str) -> str:
    """Which way a lit band runs, as a small triangle on it."""
    (x, y), (ahead, below) = paths.at(lie, 0.34), paths.at(lie, 0.36)
    turn = math.degrees(math.atan2(below - y, ahead - x))
    return (
        f'<path class="{hue}-words" d="M-5,-6L7,0L-5,6Z" transform="translate({paths.n(x)},'
        f'{paths.n(y)}) rotate({paths.n(turn)})"/>'
    )


def sliced(lie: Lie, part: Parts) -> list[tuple[str, paths.Slice]]:
    """The parts of a band from its upper edge down, as fills of the legend; pixels."""
    if part.total <= 0:
        return [("open", (0.0, lie.thick))]
    scale, y, found = lie.thick / part.total, 0.0, []
    for kind, value in zip(_KINDS, part[:4], strict=True):
        if value > 0:
            found.append((kind, (y, value * scale)))
            y += value * scale
    return found
