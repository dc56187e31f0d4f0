"""The figures of how circular."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import loops, units
from tightrope.chapters import how_circular
from tightrope.chapters import how_circular_course as over_time
from tightrope.chapters.how_circular import MEASURES
from tightrope.chapters.how_circular_cut import Unrolled, on_routes, with_rungs
from tightrope.charts.cut import cut
from tightrope.charts.figure import Figure
from tightrope.charts.one_scale import RUNGS, one_scale
from tightrope.charts.quarters import quarters
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View

_SURE = {"announced": ("binding", "paid"), "binding": ("binding", "paid"), "paid": ("paid",)}
"""The layers that a picture of each layer tells apart."""

_SURE_WORDS = {"binding": "Signed or paid", "paid": "Paid"}


def _yes_or_no(value: object) -> str:
    return "yes" if value else "no"


def _percent(value: object) -> str:
    share = float(str(value))
    return "–" if pd.isna(share) else f"{100 * share:.0f}%"


def cut_through(page: Opening, web: pd.DataFrame, picture: Unrolled) -> Figure | None:
    """The web unrolled, with the cut through it; None where nothing can return."""
    name, severed = page.book.party_name(page.focal), picture.cut
    if picture.bands.empty or severed.empty:
        return None
    layers = {layer: how_circular.web(page.book, page.focal, layer) for layer in _SURE[page.layer]}
    bands = with_rungs(picture.bands, layers, page.focal, picture.home)
    bands = bands.assign(
        payer=bands.payer.replace(page.names), payee=bands.payee.replace(page.names)
    )
    comes_in, goes_out = (page.quantities[one] for one in MEASURES[page.layer][:2])
    return Figure(
        id="how-circular-cut",
        title=_cut_title(severed, page.focal, name),
        subtitle=f"What {name} pays leaves at the top (orange). What a firm passes on is grey, "
        f"what it gives {name} green. As wide as their dollars, {page.scope}, USD billion, "
        f"{page.as_known}",
        description=f"A loop drawn downwards, {name} at the top and again at the foot. {name} pays "
        f"{goes_out.written} and gets {comes_in.written}. {_told(bands)}",
        draw=lambda width: cut(bands, width, (comes_in.low, comes_in.high)),
        frame=bands.rename(columns={"low": "low_usd_bn", "high": "high_usd_bn"}),
        labels={
            "payer": "Payer",
            "payee": "Payee",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
            **{layer: _SURE_WORDS[layer] for layer in layers},
            "cut": "In the cut",
        },
        rows=_rows(page, on_routes(web, page.focal, picture.home)),
        book=page.book,
        writers={"cut": _yes_or_no},
        note=_cut_note(name, web.part_of.ne("").any(), picture.is_whole),
    )


def _told(bands: pd.DataFrame) -> str:
    """Every band in words, with its rungs, and the cut."""
    order = {"out": 0, "dead": 1, "onward": 2, "back": 3, "outside": 4}
    rows = bands.sort_values("part", key=lambda part: part.map(order), kind="stable").itertuples()
    said = "; ".join(
        f"{row.payer} to {row.payee} {units.usd_bn_range(row.low, row.high)}{_rungs(row)}"
        for row in rows
    )
    severed = units.listing(f"{row.payer} to {row.payee}" for row in bands[bands.cut].itertuples())
    return f"{said}. The cut, payments whose end leaves no way back: {severed}."


def _rungs(row: Any) -> str:
    paid = float(getattr(row, "paid", 0.0))
    sums = {"paid": paid, "signed": float(getattr(row, "binding", 0.0)) - paid}
    said = [f"{units.usd_bn(value)} {word}" for word, value in sums.items() if value > 0]
    return f" ({', '.join(said)})" if said else ""


def _cut_title(severed: pd.DataFrame, focal: str, name: str) -> str:
    number = len(severed)
    if severed.payee.eq(focal).all():
        who = "party gives" if number == 1 else "parties give"
        return f"Cancel what {number} {who} {name}, and no dollar can find its way back"
    payments = units.number_of(number, "payment")
    return f"Cancel {payments}, and no dollar can find its way back to {name}"


def _cut_note(name: str, has_shared_sum: bool, is_whole: bool) -> str:
    shared = (
        "A sum that one of two parties put into the last round is in the upper end of both. "
        if has_shared_sum
        else ""
    )
    chains = (
        "Longer chains carry nothing more home and are not drawn."
        if is_whole
        else "Longer chains are not drawn, though they carry more home."
    )
    return (
        f"Green can be money of {name}: nothing but the firm links what it is paid and what it "
        f"gives. Bands thinner than a pixel are drawn at one. {shared}{chains}"
    )


def by_quarter(page: Opening, course: pd.DataFrame, aside: str = "") -> Figure | None:
    """The answer at the ends of quarters; None where nothing can return at the end of any.

    `aside` says in the note what counts nothing at the low ends.
    """
    if not course.any_route.gt(0).any():
        return None
    name, last = page.book.party_name(page.focal), over_time.last(course, page.book)
    told = "; ".join(
        f"{row.day:%Y-%m-%d}: {units.usd_bn(row.inflow)} in, {units.usd_bn(row.direct)} straight "
        f"back, {units.usd_bn(row.any_route)} by any route"
        for row in course.drop_duplicates(["inflow", "direct", "any_route"]).itertuples()
    )
    sums = {side: f"{side}_usd_bn" for side in ("inflow", "outflow", "direct", "any_route")}
    return Figure(
        id="how-circular-quarters",
        title=_grown(over_time.year_ago(course), last, over_time.peak(course, page.book)),
        subtitle=f"Money into {name} and the part of it that can be its own, at the ends of "
        f"quarters, {page.scope}, low ends of ranges, USD billion, {page.as_known}",
        description=f"Columns by quarter. {told}.",
        draw=lambda width: quarters(course, width),
        frame=course.rename(columns=sums),
        labels={
            "day": "Day",
            "inflow_usd_bn": f"{name} gets",
            "outflow_usd_bn": f"{name} pays",
            "direct_usd_bn": "Straight back",
            "any_route_usd_bn": "By any route",
            "share": "Share of what it gets",
        },
        rows=_rows(page, page.book.within(*loops.SCOPES).legs),
        book=page.book,
        writers={"share": _percent},
        note="As known on each day, at low ends. "
        + (f"{aside}. " if aside else "")
        + (_CHIPS if loops.has_estimated_chips(page.book, page.focal) else ""),
    )


_YEARS = 3
"""So many years are drawn, or all where these brought nothing new."""
_CHIPS = "Chips bought by suppliers count from the day on which they could be estimated."


def lent_by_quarter(page: Opening, course: pd.DataFrame) -> Figure | None:
    """What goes both ways once loans count, at the ends of quarters.

    `course` is that of `over_time`. None where something can return without loans, and where
    nothing does with them.
    """
    if course.any_route.gt(0).any():
        return None
    lent = over_time.recent(over_time.lent_by_quarter(page.book, page.focal), _YEARS)
    if not lent.any_route.gt(0).any():
        return None
    name, last = page.book.party_name(page.focal), lent.iloc[-1]
    most = lent.loc[lent.any_route[::-1].idxmax()]
    told = "; ".join(
        f"{row.day:%Y-%m-%d}: {units.usd_bn(row.inflow)} in, {units.usd_bn(row.direct)} both ways"
        for row in lent.drop_duplicates(["inflow", "direct"]).itertuples()
    )
    now = "" if last.any_route else "; at the end nothing does"
    sums = {side: f"{side}_usd_bn" for side in ("inflow", "outflow", "direct")}
    return Figure(
        id="how-circular-quarters",
        title=f"With loans, {units.usd_bn(most.any_route)} of {units.usd_bn(most.inflow)} went "
        f"both ways in {most.day:%B %Y}{now}",
        subtitle=f"Money into {name}, paid, promised or lent, and the part of it that {name} gives "
        f"or lends the same partner, at the ends of quarters, USD billion, {page.as_known}",
        description=f"Columns by quarter. {told}.",
        draw=lambda width: quarters(lent, width),
        frame=lent.drop(columns="any_route").rename(columns=sums),
        labels={
            "day": "Day",
            "inflow_usd_bn": f"{name} gets",
            "outflow_usd_bn": f"{name} gives or lends",
            "direct_usd_bn": "Both ways",
            "share": "Share of what it gets",
        },
        rows=page.rows(page.book.within(*loops.SCOPES).legs),
        book=page.book,
        writers={"share": _percent},
        note="As known on each day, everything announced, loans and guarantees counted, as stated; "
        "what was cancelled counts no more.",
    )


def _grown(before: pd.Series[float] | None, last: pd.Series[float], peak: pd.Series[float]) -> str:
    """What could return a year ago and what can now, as a title."""
    if not last.any_route > 0:
        then = f"{units.usd_bn(peak.any_route)} of {units.usd_bn(peak.inflow)}"
        return f"Now nothing can return; in {peak.day.year} {then} could"
    now = units.usd_bn(last.any_route)
    if before is None:
        return f"{now} of {units.usd_bn(last.inflow)} can return: {last.share:.0%}"
    then = units.usd_bn(before.any_route) if before.any_route else "nothing"
    return f"A year ago {then} could return, now {now} can"


def beside_the_bills(page: Opening) -> Figure | None:
    """What can return beside what comes in and goes out, on one scale; None where nothing does."""
    name, q = page.book.party_name(page.focal), page.quantities
    comes, goes = (q[one] for one in MEASURES["announced"][:2])
    if not (comes.low and goes.low):
        return None
    sums = {
        "out": f"{name} is to pay",
        "in": "Paid or promised to it",
        "round": "Could be its own",
    }
    places = {"out": 1, "in": 0, "round": 3}
    rows = []
    for direction, title in sums.items():
        paid, signed, whole = (
            q[MEASURES[layer][places[direction]]] for layer in ("paid", "binding", "announced")
        )
        steps = (paid.low, signed.low - paid.low, whole.low - signed.low)
        beyond = max(whole.high - whole.low, 0.0) if whole.high > whole.low else 0.0
        rows.append((title, direction, whole.written, *(max(step, 0.0) for step in steps), beyond))
    names = ["name", "direction", "words", "paid", "binding", "announced", "high"]
    table = pd.DataFrame(rows, columns=names)
    told = "; ".join(f"{row.name}: {row.words}" for row in table.itertuples(index=False))
    missing = goes.low - comes.low
    return Figure(
        id="how-circular-bills",
        title=f"All that {name} is promised would leave {units.usd_bn(missing)} of its bills open"
        if missing > 0
        else f"What can return, beside what {name} gets and pays",
        subtitle=f"Three sums on one scale, USD billion, everything announced, {page.as_known}",
        description=f"Three bars from one zero. {told}.",
        draw=lambda width: one_scale(table, width, name),
        frame=table.drop(columns="direction").rename(
            columns={rung: f"{rung}_usd_bn" for rung in RUNGS}
        ),
        labels={
            "name": "Sum",
            "words": "In words",
            "paid_usd_bn": "Paid",
            "binding_usd_bn": "Signed",
            "announced_usd_bn": "Talked about",
            "high_usd_bn": "Up to the high end",
        },
        rows=list(dict.fromkeys(row for one in (comes, goes) for row in one.rows)),
        book=page.book,
        note="What is paid, signed and talked about stands at low ends. “At least”: for a part no "
        "upper end is known.",
    )


def _rows(page: Opening, legs: pd.DataFrame) -> tuple[str, ...]:
    """The rows of these payments; for the chips inside a building the building's."""
    return View.of(page.book, page.focal).rows(legs)
