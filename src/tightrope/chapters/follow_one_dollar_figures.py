"""The pictures of one dollar's way: one a step, and the facts of the sentences beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from tightrope.chapters import rings, rings_figures
from tightrope.chapters.follow_one_dollar import Loop
from tightrope.charts.figure import Figure
from tightrope.charts.ring import steps
from tightrope.charts.ring.steps import Step
from tightrope.publish.facts import NOT_YET
from tightrope.publish.opening import Opening
from tightrope.units import NONE_KNOWN

WIDE = 520
"""Pixels: the picture stands beside the words of its step."""
_HOW = {
    "out": "what is to be paid on the loop's first step, without loans and guarantees",
    "onward": "what can be paid on, as estimated or reported",
    "in": "what is paid, signed or talked about on the last step, without loans and guarantees",
    "paid": "what is known to be paid on the last step, at its low end",
}
_BEFORE = "Grey: the steps before."
_BACK = " Green: the most that can come back."


def step(page: Opening, loop: Loop | None, number: int) -> Figure | None:
    """The picture of the step of this number, from 1 on; None without a loop."""
    if loop is None or number > len(loop.steps):
        return None
    own = loop.steps[number - 1]
    so_far = [band for one in loop.steps[:number] for band in one.bands]
    return Figure(
        id=f"dollar-{loop.slug}-{number}",
        title=title(own),
        subtitle=_sentence(page.as_known) if number == 1 else "USD billion",
        description=_description(loop, number),
        draw=lambda width: steps.step(loop.ring, loop.steps, number, width),
        frame=rings_figures.frame([replace(loop.ring, bands=so_far)]),
        labels={name: text for name, text in rings_figures.LABELS.items() if name != "ring"},
        rows=rings.rows_behind([replace(loop.ring, bands=own.bands or so_far)]),
        book=page.book,
        writers=rings_figures.writers(),
        note=(_BEFORE if number > 1 else "") + (_BACK if own.back else ""),
        wide=WIDE,
    )


def title(own: Step) -> str:
    """What a step shows, as a sentence."""
    if own.is_owned:
        return own.lines[0][1]
    payer, payee = own.head.split(" → ")
    if own.back:
        return _sentence(f"{own.back.sum} can come back: {own.back.words}")
    if own.direction == "onward":
        return f"Of that, {own.sum} can go on from {payer} to {payee}"
    is_paid = any(band.parts.get("paid") for band in own.bands)
    aside = "" if is_paid else "; no payment is known so far"
    return f"{payer} is to pay {payee} {own.sum}{aside}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _description(loop: Loop, number: int) -> str:
    """The way so far in words."""
    told = [
        f"Step {place}, {one.head}: {one.sum} ({'; '.join(words for _, words in one.lines)})."
        for place, one in enumerate(loop.steps[:number], 1)
    ]
    own = loop.steps[number - 1]
    if own.back:
        told.append(f"{_sentence(own.back.sum)} can come back: {own.back.words}.")
    walls = ", ".join(wall.words for wall in loop.ring.walls)
    return f"A ring with a wall for each of {walls}. {' '.join(told)}"


def state(page: Opening, slug: str, loop: Loop | None, *names: str) -> None:
    """State sums of a loop: `slug-out`, `-onward` and `-in` by direction, `-paid` of what comes in.

    Of a loop that is not known yet each is a sum not yet public.
    """
    if loop is None:
        for name in names:
            page.fact.words(f"{slug}-{name}", NOT_YET, _HOW[name], [f"parties/{slug}"])
        return
    for name in names:
        bands = loop.bands("in" if name == "paid" else name)
        rows = rings.rows_behind([replace(loop.ring, bands=bands)])
        low, high = sum(band.low for band in bands), sum(band.reach for band in bands)
        if name == "paid":
            low = high = sum(band.parts.get("paid", 0.0) for band in bands)
        elif any(band.is_open for band in bands):
            high = math.nan
        key = f"{slug}-{name}"
        page.fact.span(key, low, high, _HOW[name], rows, nothing=NONE_KNOWN)


def rows_of(page: Opening, told: Sequence[Loop | None]) -> list[str]:
    """The rows behind all loops; the party in the middle where none is known."""
    known = [loop.ring for loop in told if loop]
    return rings.rows_behind(known) or [f"parties/{page.focal}"]
