"""Data rows of the map with rings: bands, edges, cards and slots, ready for Vega's filters.

Names of fields are one or two letters, for they are repeated hundreds of times: f, u the stops
from and until which a row holds; l, m the least and the most layer that shows it (0 paid,
1 binding, 2 announced); a, b payer and payee; k kind; s choices of scope; h hue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tightrope.charts import theme
from tightrope.charts.rings import paths
from tightrope.charts.rings.cards import EDGE, LINE
from tightrope.charts.rings.edges import Edge, Step, hue
from tightrope.charts.rings.layout import Layout, Place, Ribbon
from tightrope.charts.rings.paths import Line
from tightrope.charts.rings.style import GLYPH, PAD, THIN

Row = dict[str, Any]
RANKS = ("paid", "binding", "announced")
"""The layers, each within the next."""
TIPS = {
    "flow": "from, to",
    "kind": "for",
    "announced": "announced",
    "binding": "binding",
    "paid": "paid",
    "status": "status",
    "deals": "deals",
}
_NEAR = 10.0


def _place(edge: Edge, focal: str) -> Row:
    return {
        "a": edge.payer,
        "b": edge.payee,
        "k": edge.kind,
        "s": " ".join(edge.shown),
        "h": hue(*edge.ribbon, focal),
    }


def edge_rows(layout: Layout, edges: Iterable[Edge], lines: Mapping[Ribbon, Line]) -> list[Row]:
    """One row an edge and step: its sums by layer, what is said of it, and where to point."""
    return [
        _place(edge, layout.focal)
        | {
            "d": paths.stroke(lines[edge.ribbon]),
            "w": round(max(layout.width(edge.ribbon), _NEAR), 1),
            "f": step.since,
            "u": step.until,
            **_sums(step),
        }
        | {f"t{number}": step.tip[name] for number, name in enumerate(TIPS)}
        for edge in edges
        for step in edge.steps
    ]


def _sums(step: Step) -> Row:
    """What is known on each layer (v), and how many legs have no amount (n).

    Only where there are such legs, also what they add at least (lo) and at most (hi), and how
    many of them have no upper end (e).
    """
    sums = [step.sums[layer] for layer in RANKS]
    row: Row = {
        "v": [round(total.known, 6) for total in sums],
        "n": [total.unknown for total in sums],
    }
    if any(row["n"]):
        row["lo"] = [round(total.low, 6) for total in sums]
        row["hi"] = [round(total.high, 6) for total in sums]
        row["e"] = [total.open_ended for total in sums]
    return row


def band_rows(
    layout: Layout, edges: Iterable[Edge], lines: Mapping[Ribbon, Line]
) -> tuple[list[Row], list[Row]]:
    """The bands of all edges, those with a plain edge and those with a dashed one.

    Fields: p the path, o opacity of the filling, w width of the stroke. What is surer lies
    inside what is less sure; in order, the later above.
    """
    plain: list[Row] = []
    dashed: list[Row] = []
    for edge in edges:
        line, own = lines[edge.ribbon], _place(edge, layout.focal)
        solid: list[Row] = []
        broken: list[Row] = []
        for step in edge.steps:
            if layout.pixels(max(total.known for total in step.sums.values())) < THIN:
                found = _thin(layout, line, step)
            else:
                found = _thick(layout, line, step)
            for is_dashed, row in found:
                _append(broken if is_dashed else solid, row)
        plain += [own | row for row in solid]
        dashed += [own | row for row in broken]
    return plain, dashed


def _append(rows: list[Row], row: Row) -> None:
    """Add a row, or lengthen the one that looks the same until then."""
    for old in reversed(rows):
        same = all(old[name] == row[name] for name in row if name not in ("f", "u"))
        if same and old["u"] == row["f"]:
            old["u"] = row["u"]
            return
    rows.append(row)


def _row(path: str, look: tuple[float, float], step: Step, ranks: tuple[int, int]) -> Row:
    opacity, width = look
    row = {"p": path, "o": opacity, "w": width, "f": step.since, "u": step.until}
    return row | {"l": ranks[0], "m": ranks[1]}


def _thick(layout: Layout, line: Line, step: Step) -> list[tuple[bool, Row]]:
    """The rungs as bands within each other, each as wide as all that is as sure."""
    rungs = {
        "intended": (step.sums["announced"].known, 2),
        "announced": (step.firm, 2),
        "binding": (step.sums["binding"].known, 1),
        "paid": (step.sums["paid"].known, 0),
    }
    found = []
    for place, (rung, (dollars, rank)) in enumerate(rungs.items()):
        surer = max((d for d, _ in list(rungs.values())[place + 1 :]), default=0.0)
        if dollars <= surer * 1.0001:
            continue
        width = layout.pixels(dollars)
        outlined = width >= THIN and rung != "paid"
        path = paths.arrow(line, width - 1 if outlined else width)
        fills = theme.FILLS if outlined else theme.THIN_FILLS
        look = (fills[rung], 1.0 if outlined else 0.0)
        found.append((rung == "intended", _row(path, look, step, (rank, 2))))
    return found


def _thin(layout: Layout, line: Line, step: Step) -> list[tuple[bool, Row]]:
    """A line on each layer that there is anything on: the largest rung stands for all."""
    found = []
    for rank, layer in enumerate(RANKS):
        whole = step.sums[layer]
        if not whole.known and not whole.unknown:
            continue
        ranks = (rank, rank)
        rung = _largest(step, layer)
        if rung == "intended":
            width = round(layout.pixels(whole.known) + 0.2, 1)
            found.append((True, _row(paths.stroke(line), (0.0, width), step, ranks)))
            found.append((False, _row(paths.head(line), (1.0, 0.0), step, ranks)))
        else:
            path = paths.arrow(line, layout.pixels(whole.known))
            found.append((False, _row(path, (theme.THIN_FILLS[rung], 0.0), step, ranks)))
    return found


def _largest(step: Step, layer: str) -> str:
    """The rung that stands for most of what there is on the layer; without amounts, none does."""
    whole, paid = step.sums[layer].known, step.sums["paid"].known
    if not whole:
        return "intended"
    binding = step.sums["binding"].known
    parts = {"paid": paid, "binding": binding - paid}
    if layer == "announced":
        parts |= {"announced": step.firm - binding, "intended": whole - step.firm}
    return max(parts, key=lambda rung: parts[rung])


def card_rows(layout: Layout) -> list[Row]:
    """The cards: where they are, and the party's name."""
    rows = []
    for party, place in layout.places.items():
        left = place.inner if place.side > 0 else -place.outer
        edge = place.side * (place.inner + PAD)
        rows.append(
            {
                "i": party,
                "x": round(left, 1),
                "x2": round(left + place.outer - place.inner, 1),
                "y": round(place.y, 1),
                "y2": round(place.y + place.card.height, 1),
                "tx": round(edge, 1),
                "ty": round(place.y + EDGE + LINE / 2, 1),
                "t": "\n".join(place.card.lines),
                "r": place.card.ring,
                "g": place.side,
            }
        )
    return rows


def slot_rows(layout: Layout) -> list[Row]:
    """The lines for amounts: where their triangle (gx) and their words (wx, y) are."""
    rows = []
    for party, place in layout.places.items():
        for (way, colour, lent), (shift, y) in place.card.slots.items():
            start = place.inner + shift
            rows.append(
                {
                    "j": f"{party} {way} {colour}{lent}",
                    "gx": round(place.side * (start + 3.5), 1),
                    "wx": round(place.side * (start + GLYPH), 1),
                    "y": round(place.y + y, 1),
                    "g": place.side,
                    "c": colour,
                    "q": triangle(_points_right(place, way)),
                }
            )
    return rows


def _points_right(place: Place, way: str) -> bool:
    """Where the money of a line goes: to or from the hub or, in the channel, the others."""
    at_inner = place.card.ring == 2 or not way.endswith(" on")
    outward = way.startswith("gets") == at_inner
    return outward == (place.side > 0)


def triangle(right: bool) -> str:
    """A triangle that points right or left."""
    return "M-3.5,-4L4,0L-3.5,4Z" if right else "M3.5,-4L-4,0L3.5,4Z"
