"""The cut: which payments would have to end so that no dollar finds its way back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.unrolled import FAINT, LIGHT, blade, block, ribbon
from tightrope.units import usd_bn, usd_bn_range

PARTS = ("out", "onward", "back", "dead", "outside")
_BAR = 9.0
_NAMES = 20.0
_GAP = 9.0
_SLOT = 40.0
_DEEP = 320.0
_OUT_X, _FIRST_X, _SECOND_X = 0.0, 236.0, 410.0
_RIGHT = 128.0
_Row = Mapping[str, Any]


def cut(table: pd.DataFrame, width: int, gets: tuple[float, float] | None = None) -> Drawing:
    """Money that leaves a firm on the left and what can return to it on the right, with the cut.

    Columns: part, payer, payee (names), low, high (USD billion; high may be missing), cut (true
    where the payment is one of those to cancel). The parts: "out", from the firm to parties that
    have a way back to it; "onward", from those to others on the way; "back", to the firm, the low
    end solid and up to the high end light; "dead", from the firm to where no way back begins;
    "outside", to the firm from where its money cannot come. Out, onward and dead are drawn at
    their low ends. `gets` is what the firm gets in all, low and high, where that is not the sum of
    the rows' ends. On a phone there is a block a returning payment. Returns a chart `width` wide.
    """
    rows: dict[str, list[_Row]] = {
        part: [row for row in marks.records(table) if row["part"] == part] for part in PARTS
    }
    canvas = Canvas(width)
    came = [row for part in ("back", "outside") for row in rows[part]]
    low, high = gets or (sum(row["low"] for row in came), sum(_reach(row) for row in came))
    heads = usd_bn_range(low, high)
    return _wide(canvas, rows, heads) if marks.is_wide(width) else _narrow(canvas, rows, heads)


def _wide(canvas: Canvas, rows: Mapping[str, list[_Row]], gets: str) -> Drawing:
    scale = _DEEP / (sum(row["low"] for part in ("out", "dead") for row in rows[part]) or 1)
    below = _key(canvas, rows)
    nodes = _nodes(rows, scale)
    top = below + 32.0
    further = {row["payee"] for row in rows["onward"]}
    lanes = [row for row in rows["out"] if row["payee"] in further]
    height = sum(max(deep, 1.0) + _NAMES + _GAP for _, deep in nodes)
    height += sum(row["low"] * scale + _GAP for row in lanes)
    first = dict(_stacked(nodes, top))
    _heads(canvas, rows, gets, below)
    passed = _fan(canvas, rows, nodes, first, top, height, scale)
    hubs = _hub_places(rows, first, scale, top + height)
    _further(canvas, rows, lanes, first, hubs, passed, scale)
    starts = {name: (_FIRST_X + _BAR, y + _NAMES) for name, y in first.items()}
    starts |= {name: (_SECOND_X + _BAR, y) for name, y in hubs.items()}
    order = {name: place for place, (name, _) in enumerate(nodes)}
    back = sorted(rows["back"], key=lambda row: order.get(row["payer"], len(order)))
    ends = _arrive(canvas, [*back, *rows["outside"]], starts, (top, height), scale)
    return canvas.chart(max(top + height, ends) + 4)


def _further(
    canvas: Canvas,
    rows: Mapping[str, list[_Row]],
    lanes: Sequence[_Row],
    first: Mapping[str, float],
    hubs: Mapping[str, float],
    passed: Mapping[str, float],
    scale: float,
) -> None:
    """The middle: what is passed on, and what goes straight to those who are paid by others."""
    for name, y in hubs.items():
        deep = max(_through(rows, name) * scale, 1.0)
        canvas.symbol(_SECOND_X, y, block(_BAR, deep), theme.INK, fill_opacity=0.85)
        words = f"{name} {usd_bn(_received(rows, name))}"
        canvas.text(_SECOND_X + _BAR, y + deep + 11, words, "right", marks.SMALL)
    # What a party gives back leaves it above what it passes on.
    sent = {row["payer"]: _reach(row) * scale for row in rows["back"]}
    received = dict(hubs)
    for row in sorted(rows["onward"], key=lambda row: first[row["payer"]]):
        payer, payee, thick = row["payer"], row["payee"], row["low"] * scale
        y = first[payer] + _NAMES + sent.get(payer, 0.0)
        layers = [(thick, theme.ONWARD, FAINT)]
        _payment(canvas, row, (_FIRST_X + _BAR, y), (_SECOND_X, received[payee]), layers)
        if row["cut"]:
            blade(canvas, _SECOND_X - 16, received[payee], thick, _tip(row))
        sent[payer] = sent.get(payer, 0.0) + thick
        received[payee] += thick
    for row in lanes:
        payee, layers = row["payee"], [(row["low"] * scale, theme.OUT_OF_OPENAI, FAINT)]
        start, end = (_FIRST_X + _BAR, passed[payee]), (_SECOND_X, received[payee])
        _payment(canvas, row, start, end, layers)


def _arrive(
    canvas: Canvas,
    arriving: Sequence[_Row],
    starts: Mapping[str, tuple[float, float]],
    frame: tuple[float, float],
    scale: float,
) -> float:
    """The right side: what comes, from top to bottom as its payers stand; where it ends."""
    right = canvas.width - _RIGHT
    slots = [max(_reach(row) * scale, _SLOT - 8) + 8 for row in arriving]
    top, height = frame
    begins = y = top + max(0.0, (height - sum(slots)) * 0.45)
    last = 0.0
    for row, slot in zip(arriving, slots, strict=True):
        outside = row["part"] == "outside"
        thick = max(_reach(row) * scale, 1.0)
        at = y + (slot - 8 - thick) / 2
        start = (right - 70, at) if outside else starts[row["payer"]]
        hue = theme.INTO_OPENAI if outside else theme.ROUND_TRIP
        low = max(row["low"] * scale, 1.0 if row["low"] else 0.0)
        layers = [(low, hue, FAINT if outside else 1.0), (thick - low, hue, LIGHT)]
        _payment(canvas, row, start, (right, at), layers)
        canvas.symbol(right, at, block(_BAR, thick), theme.INK, fill_opacity=0.85)
        beside = right + _BAR + 8
        name = marks.wrap(str(row["payer"]), canvas.width - beside, 1, marks.SMALL, bold=True)[0]
        canvas.text(beside, at + thick / 2 - 8, name, size=marks.SMALL, bold=True)
        canvas.text(beside, at + thick / 2 + 8, _amount(row), size=marks.SMALL)
        if row["cut"] and not outside:
            blade(canvas, right - 20, at, thick, _tip(row))
            last = at
        y += slot
    if last:
        head = begins - 6
        canvas.line([(right - 20, head), (right - 20, last)], dash=[3, 4], z=2)
        canvas.text(right - 20, head - 10, "the cut", "center", bold=True)
    return y


def _key(canvas: Canvas, rows: Mapping[str, list[_Row]]) -> float:
    words = {
        "out": ("paid out", Fill(theme.OUT_OF_OPENAI, "binding")),
        "onward": ("passed on", Fill(theme.ONWARD, "binding")),
        "back": ("can return", Fill(theme.ROUND_TRIP)),
        "may": ("can return, high end of a range", Fill(theme.ROUND_TRIP, "high")),
        "outside": ("from outside the loops", Fill(theme.INTO_OPENAI, "binding")),
    }
    used = {part for part in PARTS if rows[part]}
    if any(_reach(row) > row["low"] for row in rows["back"]):
        used.add("may")
    return marks.key(canvas, [item for part, item in words.items() if part in used])


def _nodes(rows: Mapping[str, list[_Row]], scale: float) -> list[tuple[str, float]]:
    """The parties that are paid, from top to bottom, each with its depth in pixels."""
    onward = {row["payer"] for row in rows["onward"]}
    back = {row["payer"]: _reach(row) for row in rows["back"]}
    out = sorted(
        rows["out"], key=lambda row: (row["payee"] in onward, -back.get(row["payee"], 0.0))
    )
    found = []
    for row in (*out, *rows["dead"]):
        sent = sum(r["low"] for r in rows["onward"] if r["payer"] == row["payee"])
        deep = max(row["low"], sent + back.get(row["payee"], 0.0)) * scale
        found.append((str(row["payee"]), deep))
    return [node for node in found if node[0] not in {row["payee"] for row in rows["onward"]}]


def _stacked(nodes: Sequence[tuple[str, float]], top: float) -> Iterable[tuple[str, float]]:
    for name, deep in nodes:
        yield name, top
        top += max(deep, 1.0) + _NAMES + _GAP


def _fan(
    canvas: Canvas,
    rows: Mapping[str, list[_Row]],
    nodes: Sequence[tuple[str, float]],
    first: Mapping[str, float],
    top: float,
    height: float,
    scale: float,
) -> dict[str, float]:
    """The left side: what is paid, spread over those who are paid.

    Returns where what goes straight to a party further on passes by.
    """
    paid = {row["payee"]: row for part in ("out", "dead") for row in rows[part]}
    y = top + (height - _DEEP) / 2
    canvas.symbol(_OUT_X, y, block(_BAR, _DEEP), theme.INK, fill_opacity=0.85)
    passed = {}
    lane = top + height
    for row in rows["out"]:
        if row["payee"] not in first:
            lane -= row["low"] * scale + _GAP
            passed[row["payee"]] = lane
    through = [row for row in rows["out"] if row["payee"] not in first]
    for row in [*(paid[name] for name, _ in nodes), *through]:
        thick = max(row["low"] * scale, 1.0)
        is_node = row["payee"] in first
        end = first[row["payee"]] + _NAMES if is_node else passed[row["payee"]]
        x = _FIRST_X if is_node else _FIRST_X + _BAR
        layers = [(thick, theme.OUT_OF_OPENAI, FAINT)]
        _payment(canvas, row, (_OUT_X + _BAR, y), (x, end), layers, 0.36)
        if is_node:
            label = f"{row['payee']} {_amount(row)}"
            # A blade across the band takes the label's place above it.
            canvas.text(
                _FIRST_X + (-24 if row["cut"] else _BAR), end - 9, label, "right", marks.SMALL
            )
            canvas.symbol(_FIRST_X, end, block(_BAR, thick), theme.INK, fill_opacity=0.85)
        if row["cut"]:
            blade(canvas, _FIRST_X - 14, end, thick, _tip(row))
        y += row["low"] * scale
    return passed


def _hub_places(
    rows: Mapping[str, list[_Row]], first: Mapping[str, float], scale: float, bottom: float
) -> dict[str, float]:
    """Where those stand that are paid by others on the way: level with what they are paid from."""
    found: dict[str, float] = {}
    for name in dict.fromkeys(str(row["payee"]) for row in rows["onward"]):
        fed = [row for row in rows["onward"] if row["payee"] == name]
        weight = sum(row["low"] for row in fed) or 1
        level = sum(first[row["payer"]] * row["low"] for row in fed) / weight + _NAMES
        found[name] = min(level, bottom - _through(rows, name) * scale)
    return found


def _received(rows: Mapping[str, list[_Row]], name: str) -> float:
    return float(
        sum(row["low"] for part in ("onward", "out") for row in rows[part] if row["payee"] == name)
    )


def _through(rows: Mapping[str, list[_Row]], name: str) -> float:
    returned = sum(_reach(row) for row in rows["back"] if row["payer"] == name)
    return max(_received(rows, name), returned)


def _heads(canvas: Canvas, rows: Mapping[str, list[_Row]], gets: str, y: float) -> float:
    """The two sums above the drawing; the height below them."""
    firm = next((str(row["payer"]) for row in rows["out"]), "")
    out = sum(row["low"] for part in ("out", "dead") for row in rows[part])
    canvas.text(0, y + 8, f"{firm} pays at least {usd_bn(out)}", bold=True)
    head = f"and gets {gets}"
    if marks.is_wide(canvas.width):
        canvas.text(canvas.width, y + 8, head, "right", bold=True)
        return y + 20
    canvas.text(0, y + 26, head, bold=True)
    return y + 40


def _payment(
    canvas: Canvas,
    row: _Row,
    start: tuple[float, float],
    end: tuple[float, float],
    layers: Iterable[tuple[float, str, float]],
    turn: float = 0.5,
) -> None:
    done = 0.0
    for thick, hue, dense in layers:
        if thick > 0:
            shape = ribbon(start[0], start[1] + done, end[0], end[1] + done, thick, turn)
            canvas.symbol(0, 0, shape, hue, fill_opacity=dense, tip=_tip(row))
            done += thick


def _narrow(canvas: Canvas, rows: Mapping[str, list[_Row]], gets: str) -> Drawing:
    back = sorted(rows["back"], key=lambda row: -_reach(row))
    paid = {row["payee"]: row["low"] for row in rows["out"]}
    for row in rows["onward"]:
        paid[row["payee"]] = paid.get(row["payee"], 0.0) + row["low"]
    hubs = {row["payee"] for row in rows["onward"]}
    severed = {row["payee"] for part in ("out", "onward") for row in rows[part] if row["cut"]}
    most = marks.span([*(paid.get(row["payer"], 0.0) for row in back), *map(_reach, back), 0.0])
    scale = (canvas.width - 12) / (most or 1)
    y = _heads(canvas, rows, gets, _key(canvas, rows)) + 4
    for row in (*back, *rows["outside"]):
        lines = marks.wrap(str(row["payer"]), canvas.width, bold=True)
        marks.block(canvas, 0, y + 9 + (len(lines) - 1) * marks.LINE / 2, lines, bold=True)
        y += 20 + (len(lines) - 1) * marks.LINE
        if row["part"] == "outside":
            canvas.text(0, y + 6, f"gives {_amount(row)}; no route leads there", size=marks.SMALL)
            y += 26
            continue
        got = paid.get(row["payer"], 0.0)
        if got:
            hue = theme.ONWARD if row["payer"] in hubs else theme.OUT_OF_OPENAI
            canvas.area(0, y, got * scale, 9, Fill(hue, "binding"), _tip(row))
            if row["payer"] in severed:
                blade(canvas, got * scale + 6, y, 9, _tip(row))
            y += 11
        low, high = row["low"] * scale, _reach(row) * scale
        canvas.area(0, y, high, 9, Fill(theme.ROUND_TRIP, "high"), _tip(row))
        if low:
            canvas.area(0, y, low, 9, Fill(theme.ROUND_TRIP), _tip(row), z=1)
        if row["cut"]:
            blade(canvas, min(max(high, 4.0) + 5, canvas.width - 5.0), y, 9, _tip(row))
        y += 25
        text = f"gets {usd_bn(got)}, gives {_amount(row)}" if got else f"gives {_amount(row)}"
        for line in marks.wrap(text, canvas.width, 2, marks.SMALL):
            canvas.text(0, y, line, size=marks.SMALL)
            y += marks.LINE
        y += 10
    return canvas.chart(y)


def _reach(row: _Row) -> float:
    """The high end, or the low end where it is open."""
    high = marks.amount(row["high"])
    return float(row["low"]) if math.isnan(high) else max(high, float(row["low"]))


def _amount(row: _Row) -> str:
    return usd_bn_range(float(row["low"]), marks.amount(row["high"]))


def _tip(row: _Row) -> str:
    end = "; to be cancelled" if row["cut"] else ""
    return f"{row['payer']} to {row['payee']}: {_amount(row)}{end}"
