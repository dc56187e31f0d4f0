"""The web as a figure shows it: the whole on a wide page, its loops one by one on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.charts.explorer import Explorer
from tightrope.charts.web import model
from tightrope.charts.web.columns import arranged
from tightrope.charts.web.drawing import Web
from tightrope.charts.web.grid import NARROW, NARROW_FROM_LEFT, WIDE
from tightrope.charts.web.model import COUNTS, Loop, Spell
from tightrope.charts.web.stack import stacked
from tightrope.charts.web.states import days, states
from tightrope.templates import render

SCRIPT = "web.js"


@dataclass(frozen=True)
class Told:
    """What is known of the payments of a web, day by day, and the loops in it, the first lit.

    `names` are those of all parties, `day` the last day that counts.
    """

    spells: Sequence[Spell]
    loops: Sequence[Loop]
    names: Mapping[str, str]
    focal: str
    layer: str
    day: pd.Timestamp


def explorer(told: Told) -> Explorer:
    """The web on a wide page, with a loop, a layer and a day to choose."""
    parts = model.parts(told.spells, told.day, told.layer)
    # Who is there on another day only has a place too.
    there = {**model.most(told.spells), **parts}
    beside = (model.beside(there, told.focal), model.beside(parts, told.focal))
    fitted = WIDE.fitted(max(beside))
    columns = arranged(there, told.focal, fitted)
    every = model.bands(told.spells)
    web = Web(parts, columns, stacked(parts, columns), told.names, told.loops, every)
    stops = days(told.spells, told.day)
    lit = told.loops[0].id if told.loops else "none"
    return Explorer(
        script=SCRIPT,
        wide=lambda identity, title, description: web.svg(identity, title, description, lit),
        narrow=lambda identity, title, _: _on_a_phone(told, identity, title, max(beside)),
        width=columns.grid.width,
        height=web.height,
        controls=render(
            "web.html",
            loops=told.loops,
            lit=lit,
            counts=COUNTS,
            layer=told.layer,
            days=[f"{stop:%Y-%m-%d}" for stop in stops],
            last=f"{told.day.day} {told.day:%B %Y}",
            start=_begin(told.spells, stops),
        ),
        below=render("web_steps.html", loops=told.loops, lit=lit),
        states=states(told.spells, columns, told.day, told.names),
    )


def _begin(spells: Sequence[Spell], stops: Sequence[pd.Timestamp]) -> int:
    """The stop at which a playback begins: nine in ten of the steps follow it."""
    first = sorted(spell.since for spell in spells)[len(spells) // 10]
    return next(number for number, stop in enumerate(stops) if stop >= first)


def _on_a_phone(told: Told, identity: str, title: str, beside: float) -> str:
    """The loops as pictures of their own, of which the page shows the one that is lit.

    `beside` is what all have one scale by: the sums beside the middle, USD billion.
    """
    parts = model.parts(told.spells, told.day, told.layer)
    pictures = []
    for number, loop in enumerate(told.loops):
        own = {band: part for band, part in parts.items() if (band.payer, band.payee) in loop.bands}
        if loop.id == model.EVERY:
            # A phone has room for the payments of the party in the middle, and for no others.
            own = {band: part for band, part in own.items() if told.focal in band[:2]}
        pays_only = {band.payer for band in own} - {band.payee for band in own}
        grid = NARROW_FROM_LEFT if pays_only else NARROW
        columns = arranged(own, told.focal, grid.fitted(beside))
        web = Web(own, columns, stacked(own, columns), told.names, [loop], list(own))
        spoken = " ".join([loop.title, *(step.words for step in loop.steps)])
        picture = web.svg(f"{identity}-{loop.id}", f"{title}: {loop.name}", spoken, loop.id)
        hidden = " hidden" if number else ""
        pictures.append(f'<div class="web-one" data-loop="{loop.id}"{hidden}>{picture}</div>')
    return "".join(pictures)
