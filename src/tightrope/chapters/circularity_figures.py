"""The figures and tables of circularity, measured every way."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope import units
from tightrope.chapters import circularity_assumptions as of
from tightrope.chapters.circularity import Share
from tightrope.chapters.circularity_made_up import Measured, Web
from tightrope.charts.assumptions import assumptions
from tightrope.charts.figure import Figure
from tightrope.charts.scores import scores
from tightrope.charts.table import Table
from tightrope.charts.unrolled import unrolled
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View


def _yes_or_no(value: object) -> str:
    return "yes" if value else "no"


def made_up(page: Opening, webs: Mapping[str, Web], toys: Measured) -> Figure:
    """The made-up webs, unrolled, with what goes round and the cut."""
    told = " ".join(
        f"{label}: {_payments(toys.payments[toys.payments.web.eq(label)])}. {'. '.join(words)}."
        for label, words in toys.words.items()
    )
    stages = {label: firms for label, (_, firms) in webs.items()}
    return Figure(
        id="circularity-toys",
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
        id="circularity-assumptions",
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
        id="circularity-scores",
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
    """The payments of `circularity_article.payments`, with the names of a book of any day."""
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
