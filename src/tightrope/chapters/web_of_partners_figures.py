"""The pictures of the web of partners: both maps, the matrix, both sides and the timeline."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope import ledger, units
from tightrope.chapters import web_of_partners as chapter
from tightrope.charts import rings
from tightrope.charts.figure import Figure
from tightrope.charts.matrix import matrix
from tightrope.charts.money_map import money_map
from tightrope.charts.timeline import timeline
from tightrope.charts.two_sided import LABELS, amounts, two_sided
from tightrope.publish.opening import Opening

_MAP_COLUMNS = {
    "payer": "Payer",
    "payee": "Payee",
    "instrument": "For",
    "medium": "",
    "status": "Status",
    "amount_usd_bn": "Amount",
    "low_usd_bn": "Low",
    "high_usd_bn": "High",
    "paid_usd_bn": "Known to be paid",
    "leg_id": "",
}
"""The columns of the map's data; those with a label are in its table."""
_WEB_COLUMNS = {
    "payer": "Payer",
    "payee": "Payee",
    "instrument": "For",
    "deal": "Deal",
    "scope": "Part of the web",
    "status": "Status",
    "since": "Known so from",
    "until": "Until",
    "announced_usd_bn": "Announced",
    "binding_usd_bn": "Binding",
    "paid_usd_bn": "Paid",
    "leg_id": "",
}


def map_figure(page: Opening, legs: pd.DataFrame) -> Figure | None:
    """The map of `article_web`: who pays whom, as ribbons; None where nobody does."""
    if legs.empty:
        return None
    q, who = page.quantities, page.book.party_name(page.focal)
    names = page.names
    widest = "; ".join(
        f"{names[leg.payer]} to {names[leg.payee]}, {leg.instrument.replace('_', ' ')}, "
        f"{units.usd_bn(leg.amount)}"
        for leg in legs.sort_values("amount", ascending=False).head(6).itertuples()
    )
    ends = {end: f"{end}_usd_bn" for end in ("amount", "low", "high", "paid")}
    return Figure(
        id="money-map",
        title=f"{who} promises to pay far more than it is to be given"
        if q["to_pay"].stated > 2 * q["to_come_in"].stated
        else f"Who pays whom for {who}'s compute",
        subtitle=f"Payments and promises between {who}, the article's partners and who lends to "
        f"them, {page.scope}, USD billion, {page.as_known}",
        description=f"A map of {len({*legs.payer, *legs.payee})} parties with {who} in the "
        f"middle. The widest ribbons are: {widest}.",
        draw=lambda width: money_map(legs, names, page.focal, width),
        frame=_named(legs, page).rename(columns=ends)[list(_MAP_COLUMNS)],
        labels={column: label for column, label in _MAP_COLUMNS.items() if label},
        rows=page.rows(legs),
        book=page.book,
        note="Where no source gives an amount, the ribbon shows the top of the range, dashed. "
        "Equity, purchases, loans and building cost are different things: read the widths, do not "
        "add them. The sums on the cards are of the article’s partners alone, with loans and "
        "press reports in them.",
    )


def _named(legs: pd.DataFrame, page: Opening) -> pd.DataFrame:
    """The legs with their parties by name, and words in place of codes."""
    return legs.assign(
        payer=legs.payer.map(page.names),
        payee=legs.payee.map(page.names),
        instrument=legs.instrument.str.replace("_", " "),
        status=legs.status.str.replace("_", " "),
    )


def matrix_figure(page: Opening, legs: pd.DataFrame) -> Figure | None:
    """The same web as a matrix of payers and payees; None where nobody pays."""
    if legs.empty:
        return None
    who = page.book.party_name(page.focal)
    pairs = ledger.pairs(legs)
    named = pairs.assign(
        payer=pairs.payer.map(page.names),
        payee=pairs.payee.map(page.names),
        instrument=pairs.instrument.str.replace("_", " "),
    )
    shown = named[["payer", "payee", "amount"]]
    links = pairs[["payer", "payee"]].drop_duplicates()
    at_focal = int((links.payer.eq(page.focal) | links.payee.eq(page.focal)).sum())
    return Figure(
        id="flow-matrix",
        title=f"{at_focal} of {len(links)} links start or end at {who}"
        if at_focal >= len(links) / 2
        else f"Only {at_focal} of {len(links)} links start or end at {who}: its partners pay one "
        "another",
        subtitle=f"Who pays (rows) whom (columns), {page.scope}, USD billion, {page.as_known}",
        description=f"A matrix of {shown.payer.nunique()} payers and {shown.payee.nunique()} "
        f"payees with {len(links)} filled cells. {who} pays "
        f"{links.payee[links.payer.eq(page.focal)].nunique()} parties. The largest cell is "
        f"{shown.payer.iloc[0]} to {shown.payee.iloc[0]}, {units.usd_bn(shown.amount.max())}.",
        draw=lambda width: matrix(shown, width),
        frame=named.rename(columns={end: f"{end}_usd_bn" for end in ("amount", "low", "high")}),
        labels={
            "payer": "Payer",
            "payee": "Payee",
            "instrument": "For",
            "amount_usd_bn": "Known amount",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
            "unknown": "Legs without an amount",
        },
        rows=page.rows(legs),
        book=page.book,
    )


def two_sided_figure(page: Opening) -> Figure | None:
    """In from each partner and out to it, and what turns back; None where nothing moves."""
    legs = chapter.with_focal(page.book, page.layer, page.focal)
    if legs.empty:
        return None
    sides = chapter.both_sides(page.book, page.layer, page.focal)
    sides = sides.assign(party=sides.party.map(page.names), as_range=True)
    told = "; ".join(
        f"{side.party}: in {_known(side, 'in')}, out {_known(side, 'out')}"
        for side in sides.itertuples()
    )
    return Figure(
        id="web-two-sided",
        title=f"At the low end of every range {int(sides.round_low.gt(0).sum())} of {len(sides)} "
        "partners have a round trip",
        subtitle=f"In from each partner and out to it, {page.scope}, USD billion, {page.as_known}",
        description=f"Two-sided bars by partner. {told}.",
        draw=lambda width: two_sided(sides, width),
        frame=amounts(sides),
        labels={"party": "Partner", **LABELS},
        rows=page.rows(legs),
        book=page.book,
        note="Hatched: a range that begins at nothing, drawn to its high end. The labels give the "
        "ranges. Talked about are announcements, letters of intent and reports. "
        "Loans and guarantees are left out; what only the press reports is in the upper ends "
        "alone.",
    )


def _known(side: Any, which: str) -> str:
    """One side of a partner in words; an amount only where its range is one."""
    amount, low, high = (
        getattr(side, name) for name in (f"paid_{which}", f"{which}_low", f"{which}_high")
    )
    return units.usd_bn_known(amount if low == high else math.nan, low, high)


def timeline_figure(page: Opening, steps: pd.DataFrame) -> Figure | None:
    """The steps of the article's deals by the day they became public; None where there is none."""
    if steps.empty:
        return None
    most = chapter.busiest(steps)
    by_year = steps.known_on.dt.year.value_counts().sort_index()
    shown = steps.assign(status=steps.status.str.replace("_", " "))
    columns = ["known_on", "deal", "status", "label", "event_id"]
    return Figure(
        id="web-timeline",
        title=f"Most of it came in one year: {most.steps} of {len(steps)} steps in {most.year}",
        subtitle=f"The article's deals, each step on the day it became public, {page.as_known}",
        description=f"A timeline with one lane for each of {steps.deal.nunique()} deals and "
        f"{len(steps)} steps from {steps.known_on.min():%Y} to {steps.known_on.max():%Y}. "
        f"Steps by year: {', '.join(f'{year}: {count}' for year, count in by_year.items())}.",
        draw=lambda width: timeline(steps, width),
        frame=shown[columns].sort_values("known_on", ignore_index=True),
        labels={
            "known_on": "Public on",
            "deal": "Deal",
            "status": "Status",
            "label": "Amount",
            "event_id": "Event",
        },
        rows=[f"events/{step}" for step in steps.event_id],
        book=page.book,
    )


def web_figure(page: Opening) -> Figure | None:
    """The whole web in two rings, on any day; None where nothing is known on the layer."""
    book, names, layer = page.book, page.names, page.layer
    spells = chapter.spells(book)
    now = rings.totals(spells, names, book.day, layer)
    if not now.ribbons:
        return None
    ends = {step: f"{step}_usd_bn" for step in ("announced", "binding", "paid")}
    return Figure(
        id="money-web",
        title=_web_title(page),
        subtitle="All payments of the web and who stands behind them, "
        f"{page.scope}, known amounts in USD billion, {page.as_known}",
        description=_web_description(now, book.party_name(page.focal)),
        draw=lambda width: rings.web(spells, names, page.focal, book.day, layer, width),
        frame=_named(spells, page).rename(columns=ends)[list(_WEB_COLUMNS)],
        labels={column: label for column, label in _WEB_COLUMNS.items() if label},
        rows=page.rows(spells),
        book=book,
        note="A ribbon is as wide as its dollars; what would be thinner than a pixel is drawn at "
        "one. Inside it the binding part is darker and the paid part solid; dashed is a letter of "
        "intent, a press report, an estimate or an amount that nobody published (“?”). Everybody "
        "keeps one place on all days, so there are gaps where a deal has ended. Stakes, purchases "
        "and loans are different things: read the widths, do not add them. Deals of other "
        "laboratories are left out.",
    )


def _web_title(page: Opening) -> str:
    q, who = page.quantities, page.book.party_name(page.focal)
    to_pay, to_come_in, paid_in, paid_out = (
        q[name] for name in ("to_pay", "to_come_in", "paid_in", "paid_out")
    )
    if to_pay.stated > to_come_in.stated and paid_in.stated > paid_out.stated:
        return (
            f"The promises point outward, the cash inward: {who} has got {paid_in.at('stated')}, "
            f"and is known to have paid {paid_out.at('stated') if paid_out.stated else 'nothing'}"
        )
    return f"{who} is to pay {to_pay.written} and to get {to_come_in.written}"


def _web_description(now: rings.Totals, who: str) -> str:
    widest = "; ".join(
        f"{payer} to {payee}, {kind}, {units.usd_bn(amount)}"
        for payer, payee, kind, amount in now.largest
    )
    return (
        f"A map of {now.parties} parties in two rings around {who}, with {now.ribbons} ribbons "
        "from payer to payee. The inner ring are the parties that pay it or are paid by it, the "
        f"outer ring their suppliers and lenders. The widest ribbons are: {widest}. Ribbons "
        f"without a published amount: {now.without_amount}. In the live chart a slider sets the "
        "day whose knowledge counts, and other inputs choose the layer, the kind of payment, the "
        "part of the web, and a party to highlight."
    )
