"""The shapes of the web's bands: what a band from one bar to another looks like, as SVG paths."""

from __future__ import annotations

from tightrope.charts.web.stack import Lie

_BELOW = 6.0
Slice = tuple[float, float]
"""A part of a band: how far below its upper edge it begins, and how thick it is; pixels."""


def band(lie: Lie, part: Slice) -> str:
    """A part of a band as a closed path."""
    offset, thick = part
    if lie.kind in ("across", "side"):
        return _ribbon(lie, offset, thick)
    return _pipe(lie, offset, thick)


def inside(lie: Lie) -> str:
    """The line on which money goes round, from payer to payee, as an open path.

    It runs along the middle of a band, and below one that goes over all others.
    """
    half = lie.thick / 2
    if lie.kind in ("across", "side"):
        x0, y0, x1, y1 = lie.x0, lie.y0 + half, lie.x1, lie.y1 + half
        a, b = _pulls(lie)
        return f"M{n(x0)},{n(y0)}C{n(a)},{n(y0)} {n(b)},{n(y1)} {n(x1)},{n(y1)}"
    return "M" + _bent(lie, lie.thick + _BELOW)


def at(lie: Lie, share: float) -> tuple[float, float]:
    """A point on the middle of a band, by share of the way; in pixels.

    Of a band that runs along a lane only that part counts.
    """
    if lie.kind not in ("across", "side"):
        return lie.x0 + share * (lie.x1 - lie.x0), lie.lane + lie.thick / 2
    a, b = _pulls(lie)
    half = lie.thick / 2
    t, u = share, 1 - share
    x = u**3 * lie.x0 + 3 * u * u * t * a + 3 * u * t * t * b + t**3 * lie.x1
    y0, y1 = lie.y0 + half, lie.y1 + half
    return x, (u**3 + 3 * u * u * t) * y0 + (3 * u * t * t + t**3) * y1


def _pulls(lie: Lie) -> tuple[float, float]:
    """How far along x the curve is pulled at either end."""
    if lie.kind == "side":
        out = lie.x0 + 26 + 0.12 * abs(lie.y1 - lie.y0)
        return out, out
    half = (lie.x0 + lie.x1) / 2
    return half, half


def _ribbon(lie: Lie, offset: float, thick: float) -> str:
    a, b = _pulls(lie)
    x0, y0, x1, y1 = lie.x0, lie.y0 + offset, lie.x1, lie.y1 + offset
    # Around a side the lower edge at one end is the upper at the other, or the band would twist.
    c, d = (b, a) if lie.kind == "across" else (b + thick, a + thick)
    return (
        f"M{n(x0)},{n(y0)}C{n(a)},{n(y0)} {n(b)},{n(y1)} {n(x1)},{n(y1)}"
        f"v{n(thick)}C{n(c)},{n(y1 + thick)} {n(d)},{n(y0 + thick)} {n(x0)},{n(y0 + thick)}Z"
    )


def _pipe(lie: Lie, offset: float, thick: float) -> str:
    """A band with corners: its two edges, one there and one back."""
    there, back = _bent(lie, offset), _bent(lie, offset + thick, backwards=True)
    return f"M{there}L{back}Z"


def _bent(lie: Lie, offset: float, backwards: bool = False) -> str:
    """A line with corners from payer to payee, `offset` pixels from the outer edge of its band."""
    points = _over(lie, offset) if lie.kind == "over" else _under(lie, offset)
    points = points[::-1] if backwards else points
    return "L".join(f"{n(x)},{n(y)}" for x, y in points)


def _over(lie: Lie, offset: float) -> list[tuple[float, float]]:
    """Up from the top of one bar, along above all, and down to the top of the other."""
    high = lie.lane + offset
    start = lie.x0 + lie.thick / 2 - offset
    end = lie.x1 - lie.thick / 2 + offset
    return [(start, lie.y0), (start, high), (end, high), (end, lie.y1)]


def _under(lie: Lie, offset: float) -> list[tuple[float, float]]:
    """Along below the bar of the party in the middle, and up to the other bar."""
    turn, rise = lie.x0 + 70 - offset, lie.x1 - 50 + offset
    low = lie.lane + offset
    return [
        (lie.x0, lie.y0 + offset),
        (turn, lie.y0 + offset),
        (turn, low),
        (rise, low),
        (rise, lie.y1 + offset),
        (lie.x1, lie.y1 + offset),
    ]


def n(value: float) -> str:
    """A length to a tenth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
