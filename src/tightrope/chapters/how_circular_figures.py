"""The figures and tables of how circular."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope import loops, units
from tightrope.chapters import how_circular
from tightrope.chapters import how_circular_assumptions as of
from tightrope.chapters import how_circular_course as over_time
from tightrope.chapters.how_circular import MEASURES, Share
from tightrope.chapters.how_circular_cut import Unrolled, on_routes, with_rungs
from tightrope.chapters.how_circular_made_up import Measured, Web
from tightrope.charts.assumptions import assumptions
from tightrope.charts.cut import cut
from tightrope.charts.figure import Figure
from tightrope.charts.quarters import quarters
from tightrope.charts.scores import scores
from tightrope.charts.table import Table
from tightrope.charts.unrolled import unrolled
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View

_COMING = {
    "announced": "that is to come in",
    "binding": "signed to come in",
    "paid": "paid in",
}

_SURE = {"announced": ("binding", "paid"), "binding": ("binding", "paid"), "paid": ("paid",)}
"""The layers that a picture of each layer tells apart."""
_SURE_WORDS = {"binding": "Signed or paid", "paid": "Paid"}


def _yes_or_no(value: object) -> str:
    return "yes" if value else "no"


def _percent(value: object) -> str:
    share = float(str(value))
    return "–" if pd.isna(share) else f"{100 * share:.0f}%"


def made_up(page: Opening, webs: Mapping[str, Web], toys: Measured) -> Figure:
    """The made-up webs, unrolled, with what goes round and the cut."""
    told = " ".join(
        f"{label}: {_payments(toys.payments[toys.payments.web.eq(label)])}. {'. '.join(words)}."
        for label, words in toys.words.items()
    )
    stages = {label: firms for label, (_, firms) in webs.items()}
    return Figure(
        id="how-circular-toys",
        title="A loop of three is invisible between any two of its firms",
        subtitle="Three made-up webs, dollars; the Lab stands on the left, where its money leaves, "
        "and again on the right, where money comes to it",
        description=f"Bands from left to right. {told} A bar across a band marks the cut.",
        draw=lambda width: unrolled(toys.payments, stages, toys.words, width),
        frame=toys.payments,
        labels={
            "web": "Web",
            "payer": "Payer",
            "payee": "Payee",
            "amount": "Dollars",
            "low": "Goes round, least",
            "high": "Goes round, most",
            "cut": "In the cut",
        },
        rows=[],
        is_made_up=True,
        book=page.book,
        writers={"cut": _yes_or_no},
        note="Green goes round, light green may or may not, grey does not. The black bar is the "
        "cut: the cheapest set of payments to cancel so that nothing returns.",
    )


def _payments(web: pd.DataFrame) -> str:
    return ", ".join(f"{row.payer} pays {row.payee} {row.amount:.0f}" for row in web.itertuples())


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
        subtitle=f"What {name} pays leaves at the top, what it gets arrives at the foot; a band is "
        f"as wide as its dollars, {page.scope}, USD billion, {page.as_known}",
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
    return f"Cancel {number} payments, and no dollar can find its way back to {name}"


def _cut_note(name: str, has_shared_sum: bool, is_whole: bool) -> str:
    shared = (
        "A sum of the last round that one of two parties has put in is in the upper end of both. "
        if has_shared_sum
        else ""
    )
    chains = (
        "Longer chains, such as those by way of smaller clouds, carry nothing more home and are "
        "not drawn."
        if is_whole
        else "Longer chains are not drawn, though they carry more home."
    )
    return (
        "Where a party passes money on, its band turns grey; where what it gives can be money of "
        f"{name}, green. Nothing but the party links what it is paid and what it gives. "
        "Bands thinner than a pixel are drawn at one. "
        f"{shared}{chains}"
    )


def by_quarter(page: Opening, course: pd.DataFrame, aside: str = "") -> Figure | None:
    """The answer at the ends of quarters; None before the first money in.

    `aside` says in the note what counts nothing at the low ends.
    """
    if course.empty:
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
        title=f"Of {units.usd_bn(last.inflow)} {_COMING[page.layer]}, "
        f"{units.usd_bn(last.any_route)} can return by any route: {last.share:.0%}"
        if last.any_route > 0
        else "So far nothing can return",
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
        note="What was known on each day, at the low end of every range: "
        + (f"{aside}, and reports of the press no" if aside else "reports of the press count no")
        + " more than contracts. What suppliers pay for chips counts from the day on which it "
        "could be estimated.",
    )


def by_assumption(page: Opening, web: pd.DataFrame, table: pd.DataFrame) -> Figure | None:
    """What each setting of each assumption makes of the answer; None where there is none."""
    if table.empty:
        return None
    name = page.book.party_name(page.focal)
    told = "; ".join(
        f"{row.group}, {row.setting}: {units.usd_bn_range(row.low, row.high)}, middle "
        f"{units.usd_bn(row.value)}, {row.share} of what comes in"
        for row in table.itertuples()
    )
    sums = {end: f"{end}_usd_bn" for end in ("low", "value", "high")}
    return Figure(
        id="how-circular-assumptions",
        title=_swing_title(table),
        subtitle=f"What can return to {name} by any route, by assumption; {page.scope}, "
        f"USD billion, {page.as_known}",
        description=f"A bar for each assumption, a dot on it for each setting. {told}.",
        draw=lambda width: assumptions(table, width),
        frame=table.drop(columns="base").rename(columns=sums),
        labels={
            "group": "Assumption",
            "setting": "Setting",
            "low_usd_bn": "Low",
            "value_usd_bn": "Middle",
            "high_usd_bn": "High",
            "share": f"Share of what {name} gets",
        },
        rows=_rows(page, web),
        book=page.book,
        note="Bars: exact bounds, from the low end of the least setting to the high end of the "
        "most. Dots: the median of our random draws for a setting; the full dot and the dotted "
        "line are the one that all other assumptions hold to. Every setting has a line in the "
        "table, with its share: the middle nine tenths of the draws.",
    )


def _swing_title(table: pd.DataFrame) -> str:
    swing = of.swings(table)
    if not swing.max() > 0:
        return "No assumption moves the answer yet"
    most = str(swing.idxmax())
    ends = table[table.group.eq(most)].value
    return (
        f"{most.split(',')[0]} moves the answer most: from {units.usd_bn(ends.min())} to "
        f"{units.usd_bn(ends.max())}"
    )


def by_pair(
    page: Opening, scored: pd.DataFrame, pair: pd.Series[float], rows: tuple[str, ...]
) -> Figure | None:
    """Each pair's smaller side over the larger, and its Loop Score; None where there is no pair.

    `pair` is the example of the title.
    """
    if not pair.party:
        return None
    name = page.book.party_name(page.focal)
    told = "; ".join(
        f"{row.label}: {Share(row.share_low, row.share_high).written} comes back, score "
        f"{Share(row.score_low, row.score_high).written}"
        for row in scored.itertuples()
    )
    shown = scored.drop(columns="party")
    return Figure(
        id="how-circular-scores",
        title=f"A loop of {units.number(100 * pair.share_low)}% scores {100 * pair.score_low:.0f}% "
        "of a full one",
        subtitle="For each pair the smaller payment as a share of the larger, and the AI Deal "
        f"Network’s Loop Score on the same sums, {page.scope}, {page.as_known}",
        description=f"A disc and a diamond for each pair. {told}.",
        draw=lambda width: scores(shown, ("comes straight back", "Loop Score"), width),
        frame=shown,
        labels={
            "label": f"{name} and",
            "share_low": "Comes back, low",
            "share_high": "Comes back, high",
            "score_low": "Loop Score, low",
            "score_high": "Loop Score, high",
        },
        rows=rows,
        book=page.book,
        note="Loop Score by the formula of Han (2026), with the best mark for sources and "
        "different kinds of payment everywhere; their own list has other sums. Ranges where our "
        "sums are ranges.",
    )


def article_table(payments: pd.DataFrame, whole: Dealbook) -> Table:
    """The payments of `how_circular_article.payments`, with the names of a book of any day."""
    names = whole.parties.set_index("party_id")["name"]
    claims = whole.claims.set_index("claim_id").claim
    sides = {side: payments[side].map(names).fillna(payments[side]) for side in ("payer", "payee")}
    table = payments.assign(**sides, claim=payments.claim.map(claims))
    return Table(
        table.rename(columns={"amount": "amount_usd_bn"}),
        "The article's payments",
        {
            "claim": "The article says",
            "payer": "Payer",
            "payee": "Payee",
            "amount_usd_bn": "Amount",
        },
    )


def cut_table(page: Opening, deals: pd.DataFrame) -> Table | None:
    """The cut deal by deal, from `how_circular_cut.deals`; None where there is none."""
    if deals.empty:
        return None
    names = page.book.deals.set_index("deal_id")["name"]
    return Table(
        deals.assign(
            deal=deals.deal_id.map(names),
            payer=deals.payer.map(page.names),
            instrument=deals.instrument.str.replace("_", " "),
            amount=[units.usd_bn_range(*ends) for ends in zip(deals.low, deals.high, strict=True)],
        ),
        f"The cut, deal by deal: cancel these and every loop is open, {page.as_known}",
        {"deal": "Deal", "payer": "Payer", "instrument": "Form", "amount": "Amount"},
    )


def layers_table(page: Opening, table: pd.DataFrame) -> Table:
    """What can return on each layer, from `how_circular_course.by_layer`."""
    name = page.book.party_name(page.focal)
    return Table(
        table,
        f"What can return to {name}, layer by layer, {page.as_known}",
        {
            "what": "What is counted",
            "inflow": f"{name} gets",
            "outflow": f"{name} pays",
            "direct": "Straight back",
            "any_route": "By any route",
            "share_in": "Share of what it gets, in draws",
            "share_out": "Share of what it pays, in draws",
        },
    )


def rounds_table(page: Opening, edges: pd.DataFrame) -> Table | None:
    """What goes round, payment by payment: rows of `Circulation.flows`; None for none."""
    if edges.empty:
        return None
    sides = {side: edges[side].map(page.names) for side in ("payer", "payee")}
    sums = {one: f"{one}_usd_bn" for one in ("amount", "low", "high")}
    return Table(
        edges.assign(**sides).rename(columns=sums),
        f"What goes round, payment by payment, {page.scope}, every amount at the low end of its "
        f"range, {page.as_known}",
        {
            "payer": "Payer",
            "payee": "Payee",
            "amount_usd_bn": "Payment",
            "low_usd_bn": "Goes round, least",
            "high_usd_bn": "Goes round, most",
        },
    )


def _rows(page: Opening, legs: pd.DataFrame) -> tuple[str, ...]:
    """The rows of these payments; for the chips inside a building the building's."""
    return View.of(page.book, page.focal).rows(legs)
