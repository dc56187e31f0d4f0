"""The map with rings: the whole web around one party, on any day that anything changed.

The focal party is the hub; ring 1 are those it has payments with, ring 2 their suppliers and
lenders. One ribbon a payer, payee and kind, its width linear in dollars; what is surer lies
inside what is less sure. Places are fixed over all days, and only what is seen, its width and
its words follow the inputs. On a phone the hub is a spine, with both rings on one side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from tightrope.charts import theme
from tightrope.charts.marks import HUES, Canvas, wrap
from tightrope.charts.rings import controls, edges, picture
from tightrope.charts.rings.edges import ALL, Edge
from tightrope.charts.rings.key import draw_key
from tightrope.charts.rings.layout import Layout, Ribbon, lay_out
from tightrope.charts.rings.paths import Line
from tightrope.charts.rings.ports import Hub, card_ports, make_hub
from tightrope.charts.rings.routes import find_lines
from tightrope.charts.rings.rows import (
    band_rows,
    card_rows,
    edge_rows,
    slot_rows,
    triangle,
)
from tightrope.charts.rings.style import NARROW, WIDE
from tightrope.dealbook import check_layer
from tightrope.units import day as written_day

__all__ = ["Totals", "totals", "web"]


def web(
    history: pd.DataFrame,
    parties: Mapping[str, str],
    focal: str,
    day: pd.Timestamp,
    layer: str,
    width: int,
) -> alt.LayerChart:
    """The map with rings, drawn for `width` pixels (`theme.WIDE` or `theme.NARROW`).

    `history` is what `ledger.history` returns, with `deal` (the deal's name) and `scope` of each
    row; deals whose scope only compares are left out. `parties` gives each party's name, `focal`
    the id of the party at the hub; `day` and `layer` are what the picture shows and the inputs
    start with. Raises ValueError for an unknown layer or instrument, or if nothing is to draw.
    """
    check_layer(layer)
    rows = edges.of_the_web(history)
    if rows.empty:
        raise ValueError("the web has no payment to draw")
    when = pd.Timestamp(day)
    days = edges.stops(rows, when)
    found = edges.collect(rows, parties, days)
    layout = lay_out(found, parties, focal, NARROW if width <= theme.NARROW else WIDE)
    ports = card_ports(layout)
    hub = make_hub(layout, ports)
    lines, top, bottom = find_lines(layout, ports, hub)
    return _draw(_Drawing(layout, hub, lines, found, top, bottom), rows, parties, days, when, layer)


@dataclass(frozen=True)
class _Drawing:
    layout: Layout
    hub: Hub
    lines: Mapping[Ribbon, Line]
    edges: Sequence[Edge]
    top: float
    bottom: float


def _draw(
    drawing: _Drawing,
    rows: pd.DataFrame,
    parties: Mapping[str, str],
    days: Sequence[pd.Timestamp],
    day: pd.Timestamp,
    layer: str,
) -> alt.LayerChart:
    layout, name = drawing.layout, str(parties.get(drawing.layout.focal, drawing.layout.focal))
    measures = layout.measures
    news_lines = 2 if measures.is_wide else 4
    header = picture.HEADER[3] + news_lines * 16 + (4 if measures.is_wide else 24)
    origin = picture.Origin(measures.middle, header - drawing.top)
    canvas = Canvas(measures.width)
    _draw_hub(canvas, drawing.hub, name, origin, measures.is_wide)
    for y, hue in zip(picture.HEADER[1:3], ("in", "out"), strict=True):
        canvas.symbol(4, y, triangle(True), fill=HUES[hue], thickness=0)
    height = draw_key(canvas, layout, name, origin.y + drawing.bottom + 14)
    still = canvas.chart(height)
    edge_data = edge_rows(layout, drawing.edges, drawing.lines)
    plain, dashed = band_rows(layout, drawing.edges, drawing.lines)
    layers = [
        *picture.band_layers(origin, plain, dashed),
        *picture.card_layers(origin, edge_data, card_rows(layout)),
        *picture.amount_layers(origin, edge_data, slot_rows(layout), layout.focal),
        *picture.header_layers(edge_data, layout.focal, name, measures.is_wide),
        *still.layer,
        picture.pointing_layer(origin, edge_data),
    ]
    names = {party: str(parties.get(party, party)) for party in layout.places}
    news = _news(rows, days, measures.width, news_lines)
    params = controls.make_params(days, news, days.index(day), layer, names)
    return alt.LayerChart(
        layer=layers,
        params=params,
        width=measures.width,
        height=math.ceil(height),
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
    )


def _draw_hub(canvas: Canvas, hub: Hub, name: str, origin: picture.Origin, is_wide: bool) -> None:
    x, tall = hub.across, round(hub.tall, 1)
    if is_wide:
        shape = f"M{x},0A{x},{tall},0,1,1,{-x},0A{x},{tall},0,1,1,{x},0Z"
        for row, line in enumerate(lines := wrap(name, 2 * x - 10, 3, 15, bold=True)):
            y = origin.y + (row - (len(lines) - 1) / 2) * 18
            canvas.text(origin.x, y, line, "center", 15, bold=True)
    else:
        shape = f"M{-x},{-tall}H{x}V{tall}H{-x}Z"
        canvas.text(0, origin.y - tall - 12, name, "left", 15, bold=True)
    canvas.symbol(origin.x, origin.y, shape, theme.INK, theme.INK, fill_opacity=0.12, thickness=1.5)


def _news(rows: pd.DataFrame, days: Sequence[pd.Timestamp], width: int, lines: int) -> list[str]:
    """What changed on each stop or last before it: the deals, in lines that fit."""
    deals = rows.groupby("since").deal.unique()
    words, last = [], days[0]
    for day in days:
        last = day if day in deals.index else last
        when = "that day" if last == day else f"last on {written_day(last.date())}"
        text = f"Changed {when}: {'; '.join(sorted(map(str, deals.get(last, ()))))}"
        words.append("\n".join(wrap(text, width, lines)))
    return words


@dataclass(frozen=True)
class Totals:
    """The counts of the map on one day and layer, for the words around it.

    `largest` has the largest ribbons as payer, payee, kind and amount in USD billion.
    """

    parties: int
    ribbons: int
    without_amount: int
    largest: Sequence[tuple[str, str, str, float]]


def totals(
    history: pd.DataFrame,
    parties: Mapping[str, str],
    day: pd.Timestamp,
    layer: str,
    count: int = 6,
) -> Totals:
    """What `web` shows at its start, in numbers; the `count` largest ribbons by name."""
    check_layer(layer)
    rows = edges.of_the_web(history)
    when = pd.Timestamp(day)
    days = edges.stops(rows, when)
    stop = days.index(when)
    shown = [
        (edge, step.sums[layer])
        for edge in edges.collect(rows, parties, days)
        for step in edge.steps
        if ALL in edge.shown
        and step.since <= stop < step.until
        and (step.sums[layer].known or step.sums[layer].unknown)
    ]
    largest = sorted(shown, key=lambda pair: (-pair[1].known, pair[0].ribbon))[:count]
    return Totals(
        parties=len({party for edge, _ in shown for party in edge.ribbon[:2]}),
        ribbons=len(shown),
        without_amount=sum(not total.known for _, total in shown),
        largest=[
            (
                str(parties.get(e.payer, e.payer)),
                str(parties.get(e.payee, e.payee)),
                e.kind,
                t.known,
            )
            for e, t in largest
            if t.known
        ],
    )
