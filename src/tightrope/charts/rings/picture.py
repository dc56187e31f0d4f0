"""The map with rings as layers of a chart: rows filtered by the inputs, marks in pixels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt

from tightrope.charts import theme
from tightrope.charts.marks import DASH, HUES, SMALL
from tightrope.charts.marks import LINE as MARK_LINE
from tightrope.charts.rings.cards import LINE
from tightrope.charts.rings.controls import BANDS, EDGES, TOUCHES, words
from tightrope.charts.rings.rows import TIPS, Row
from tightrope.charts.vega import money

_HUES = {name: HUES[name] for name in ("in", "out", "onward", "borrowed")}
_FADED = 0.13
_SUMS = "v", "n", "lo", "hi", "e"
HEADER = (9.0, 31.0, 48.0, 70.0)
"""Heights of the header's lines: the day, into, out of, and the first line of what is new."""


class Origin:
    """Where the middle of the hub lies in the drawing, in pixels."""

    def __init__(self, x: float, y: float) -> None:
        """Put it at (x, y)."""
        self.x, self.y = round(x, 1), round(y, 1)

    def at(self, x: str, y: str, x_name: str = "px", y_name: str = "py") -> dict[str, str]:
        """The transform that turns the fields `x` and `y` into places in the drawing."""
        return {x_name: f"datum.{x} + {self.x}", y_name: f"datum.{y} + {self.y}"}

    def encoding(self) -> dict[str, Any]:
        """What puts a path there whose points are counted from the hub."""
        return {"x": alt.value(self.x), "y": alt.value(self.y)}


def _data(rows: Sequence[Row]) -> alt.InlineData:
    # Altair copies lists deeply at every step, and leaves a tuple as it is.
    return alt.InlineData(values=tuple(rows))


def _pixels(x: str = "px", y: str = "py") -> dict[str, Any]:
    return {
        "x": alt.X(f"{x}:Q", scale=None, axis=None),
        "y": alt.Y(f"{y}:Q", scale=None, axis=None),
    }


def _hue(kind: Any, field: str) -> Any:
    scale = alt.Scale(domain=list(_HUES), range=list(_HUES.values()))
    return kind(f"{field}:N", scale=scale, legend=None)


def _aggregate(operation: Any, field: str, name: str) -> alt.AggregatedFieldDef:
    return alt.AggregatedFieldDef(op=operation, field=field, **{"as": name})


def _faded(test: str, least: float = _FADED) -> Any:
    return alt.when(test).then(alt.value(1)).otherwise(alt.value(least))


def _raw(kind: Any, field: str) -> Any:
    return kind(f"{field}:Q", scale=None, legend=None)


def band_layers(origin: Origin, plain: Sequence[Row], dashed: Sequence[Row]) -> list[alt.Chart]:
    """The ribbons."""
    layers = []
    for rows, dash in ((plain, alt.Undefined), (dashed, DASH)):
        if not rows:
            continue
        chart = alt.Chart(_data(rows)).transform_filter(BANDS)
        layers.append(
            chart.mark_point(size=4, filled=True, strokeJoin="round", strokeDash=dash).encode(
                **origin.encoding(),
                shape=alt.Shape("p:N", scale=None, legend=None),
                fill=_hue(alt.Fill, "h"),
                stroke=_hue(alt.Stroke, "h"),
                fillOpacity=_raw(alt.FillOpacity, "o"),
                strokeWidth=_raw(alt.StrokeWidth, "w"),
                opacity=_faded(TOUCHES),
            )
        )
    return layers


def pointing_layer(origin: Origin, edges: Sequence[Row]) -> alt.Chart:
    """What lies unseen over the ribbons, wide enough to point at, and says what they are."""
    tips = [alt.Tooltip(f"t{n}:N", title=title) for n, title in enumerate(TIPS.values())]
    chart = alt.Chart(_data(edges)).transform_filter(EDGES)
    drawn: alt.Chart = chart.mark_point(
        size=4, filled=False, fill=None, stroke=theme.INK, strokeOpacity=0, opacity=1
    ).encode(
        **origin.encoding(),
        shape=alt.Shape("d:N", scale=None, legend=None),
        strokeWidth=_raw(alt.StrokeWidth, "w"),
        tooltip=tips,
    )
    return drawn


def card_layers(origin: Origin, edges: Sequence[Row], cards: Sequence[Row]) -> list[alt.Chart]:
    """The cards and names of the parties that have a ribbon."""
    found = (
        alt.Chart(_data(edges))
        .transform_filter(EDGES)
        .transform_calculate(on=f"{TOUCHES} ? 1 : 0")
        .transform_fold(["a", "b"], as_=["end", "i"])
        .transform_aggregate(on="max(on)", groupby=["i"])
        .transform_lookup("i", alt.LookupData(_data(cards), "i", [n for n in cards[0] if n != "i"]))
        .transform_filter("isValid(datum.t)")
    )
    bright = _faded("datum.on", 0.3)
    box = found.transform_calculate(
        **origin.at("x", "y"), **origin.at("x2", "y2", "qx", "qy")
    ).mark_rect(fill=theme.INK, fillOpacity=0.06, opacity=1)
    layers = [
        box.encode(
            **_pixels(), x2=alt.X2("qx:Q"), y2=alt.Y2("qy:Q"), opacity=_faded("datum.on", 0.5)
        )
    ]
    placed = found.transform_calculate(**origin.at("tx", "ty"))
    for ring, side in sorted({(row["r"], row["g"]) for row in cards}):
        text = placed.transform_filter(f"datum.r == {ring} && datum.g == {side}").mark_text(
            align="left" if side > 0 else "right",
            baseline="middle",
            fontSize=theme.FONT_SIZE if ring == 1 else SMALL,
            fontWeight="bold" if ring == 1 else "normal",
            fill=theme.INK,
            lineBreak="\n",
            lineHeight=LINE,
        )
        layers.append(text.encode(**_pixels(), text=alt.Text("t:N"), opacity=bright))
    return layers


def amount_layers(
    origin: Origin, edges: Sequence[Row], slots: Sequence[Row], focal: str
) -> list[alt.Chart]:
    """The amounts on the cards, each with a triangle that shows where the money goes."""
    fields = [name for name in slots[0] if name != "j"]
    hub = json.dumps(focal)
    further = f"(datum.a == {hub} || datum.b == {hub} ? '' : ' on')"
    colour = "' ' + datum.h + (datum.k == 'borrowed' ? ' lent' : '')"
    found = (
        alt.Chart(_data(edges))
        .transform_filter(EDGES)
        .transform_calculate(
            on=f"{TOUCHES} ? 1 : 0",
            pays=f"datum.a + ' pays' + {further} + {colour}",
            gets=f"datum.b + ' gets' + {further} + {colour}",
            **{f"{name}_": f"datum.{name} ? datum.{name}[rank] : 0" for name in _SUMS},
        )
        .transform_fold(["pays", "gets"], as_=["end", "j"])
        .transform_aggregate(
            [_aggregate("max", "on", "on"), *(_aggregate("sum", f"{n}_", n) for n in _SUMS)],
            groupby=["j"],
        )
        .transform_lookup("j", alt.LookupData(_data(slots), "j", fields))
        .transform_filter("isValid(datum.gx)")
    )
    bright = _faded("datum.on", 0.3)
    glyph = found.transform_calculate(**origin.at("gx", "y")).mark_point(
        size=4, filled=True, strokeWidth=0
    )
    layers = [
        glyph.encode(
            **_pixels(),
            shape=alt.Shape("q:N", scale=None, legend=None),
            fill=_hue(alt.Fill, "c"),
            opacity=bright,
        )
    ]
    written = found.transform_calculate(t=words(), **origin.at("wx", "y"))
    for side in sorted({row["g"] for row in slots}):
        text = written.transform_filter(f"datum.g == {side}").mark_text(
            align="left" if side > 0 else "right", baseline="middle", fontSize=SMALL, fill=theme.INK
        )
        layers.append(text.encode(**_pixels(), text=alt.Text("t:N"), opacity=bright))
    return layers


def header_layers(edges: Sequence[Row], focal: str, name: str, is_wide: bool) -> list[alt.Chart]:
    """The chosen day, what goes into the focal party and out of it, and what is new that day."""
    own = {
        f"{end}{field}_": f"{EDGES} && datum.{end} == {json.dumps(focal)} ? datum.{field}[rank] : 0"
        for end in ("a", "b")
        for field in ("v", "n")
    }
    sums = alt.Chart(_data(edges)).transform_calculate(**own)
    fields = ("av", "an", "bv", "bn")
    summed = sums.transform_aggregate([_aggregate("sum", f"{field}_", field) for field in fields])
    day = alt.Chart(_data([{}]))
    layers = [
        _line(day, "'As known on ' + stop_words", HEADER[0], True),
        _line(summed, _total(f"Into {name}: ", "b", is_wide), HEADER[1]),
        _line(summed, _total(f"Out of {name}: ", "a", is_wide), HEADER[2]),
        _line(day, "news[stop]", HEADER[3]),
    ]
    return layers


def _total(start: str, end: str, is_wide: bool) -> str:
    before, after = (", and ", "without an amount") if is_wide else (" + ", "unknown")
    some = f"datum.{end}n > 0 ? '{before}' + datum.{end}n + ' {after}' : ''"
    return f"{json.dumps(start)} + {money(f'datum.{end}v')} + ({some})"


def _line(chart: alt.Chart, text: str, y: float, bold: bool = False) -> alt.Chart:
    indent = 14 if y in HEADER[1:3] else 0
    drawn: alt.Chart = (
        chart.transform_calculate(t=text)
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=theme.FONT_SIZE,
            fontWeight="bold" if bold else "normal",
            fill=theme.INK,
            lineBreak="\n",
            lineHeight=MARK_LINE,
        )
        .encode(x=alt.value(indent), y=alt.value(y), text=alt.Text("t:N"))
    )
    return drawn
