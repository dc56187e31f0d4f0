"""The tables of a dossier: its legs, its claims, its gaps, its figures and every step."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd

from tightrope import addresses, dealbook, units
from tightrope.chapters import partner as chapter
from tightrope.chapters import partner_words as words
from tightrope.chapters.partner import Dossier
from tightrope.charts.table import Markup, Table
from tightrope.dealbook import Dealbook

_NOTHING = {"paid": "none known", "binding": "not binding", "announced": "withdrawn"}
_METRICS = {
    "cost_per_gw": "Content of a gigawatt",
    "stake": "Stake in the deal",
}
_WITHOUT_UNIT = "sums without a unit are USD billion"


def direct_table(told: Dossier) -> Table | None:
    """The legs between the two; None where there is none."""
    caption = f"Legs between {told.name} and {told.focal_name}, {told.page.as_known}"
    return _legs_table(told, told.direct, caption) if len(told.direct) else None


def onward_table(told: Dossier) -> Table | None:
    """The other legs of its deals; None where there is none."""
    caption = f"Other legs of {told.name} and of its deals, {told.page.as_known}"
    return _legs_table(told, told.onward, caption) if len(told.onward) else None


def _legs_table(told: Dossier, legs: pd.DataFrame, caption: str) -> Table:
    every = list(legs.itertuples())
    shown = pd.DataFrame(
        {
            "payment": [
                Markup(f'<span id="{escape(leg.leg_id)}">{_payment(told.book, leg)}</span>')
                for leg in every
            ],
            "purpose": [
                f"{leg.purpose} ({leg.instrument.replace('_', ' ')} in {leg.medium})"
                for leg in every
            ],
            **_by_layer(legs),
            "terms": [". ".join(filter(None, [_span(leg), leg.condition])) for leg in every],
        }
    )
    labels = {
        "payment": "Payer → payee",
        "purpose": "What for (instrument in medium)",
        **_layer_labels(told),
        "terms": "When, on which condition",
    }
    return Table(shown, caption, labels, {"payment": _as_it_is})


def _payment(book: Dealbook, leg: Any) -> str:
    """Payer and payee as HTML."""
    return f"{escape(book.party_name(leg.payer))} → {escape(book.party_name(leg.payee))}"


def _as_it_is(cell: object) -> Markup:
    return Markup(cell)


def _by_layer(legs: pd.DataFrame) -> dict[str, list[str]]:
    every = list(legs.itertuples())
    return {layer: [on_layer(leg, layer) for leg in every] for layer in dealbook.LAYERS}


def _layer_labels(told: Dossier) -> dict[str, str]:
    return {layer: units.LAYER_WORDS[layer] for layer in reversed(told.layers)}


def on_layer(leg: Any, layer: str) -> str:
    """What a leg of `ledger.ladder` comes to on a layer, in words, with its range if in doubt."""
    value, low, high = (getattr(leg, f"{layer}{end}") for end in ("", "_low", "_high"))
    if value == 0 and high == 0:
        return _NOTHING[layer]
    if math.isnan(value):
        return units.usd_bn_range(low, high)
    if math.isnan(high) or low == high:
        return units.usd_bn(value)
    return f"{units.usd_bn(value)} ({units.usd_bn_range(low, high)})"


def _span(leg: Any) -> str:
    ends = [f"{when:%Y-%m}" if pd.notna(when) else "?" for when in (leg.starts_on, leg.ends_on)]
    return "No dates known" if ends == ["?", "?"] else " to ".join(ends)


def elsewhere_table(told: Dossier) -> Table | None:
    """What else the partner pays and is paid; None where there is nothing."""
    legs = told.elsewhere
    if legs.empty:
        return None
    deals = addresses.of_deals(told.book)
    links = [
        Markup(f'<a href="../{escape(deals[f"legs/{leg.leg_id}"])}">{_payment(told.book, leg)}</a>')
        for leg in legs.itertuples()
    ]
    return Table(
        legs.assign(
            payment=links, instrument=legs.instrument.str.replace("_", " "), **_by_layer(legs)
        ),
        f"What else {told.name} pays and is paid, {told.page.as_known}",
        {"payment": "Payer → payee", "deal": "Deal", "instrument": "For", **_layer_labels(told)},
        {"payment": _as_it_is},
    )


def naming_table(told: Dossier) -> Table | None:
    """The deals of others that name the partner; None where none does."""
    legs = chapter.naming(told)
    if legs.empty:
        return None
    name = told.book.party_name
    return Table(
        legs.assign(
            payment=[f"{name(leg.payer)} → {name(leg.payee)}" for leg in legs.itertuples()],
            amount=[on_layer(leg, "announced") for leg in legs.itertuples()],
        ),
        f"Deals of others that name {told.name}, {told.page.as_known}",
        {
            "deal": "Deal",
            "summary": "Who promised whom what",
            "payment": "Payer → payee",
            "amount": "Announced",
        },
    )


def claims_table(told: Dossier) -> Table | None:
    """The claims about the partner with their verdicts; None where there is none."""
    claims = chapter.claims(told)
    if claims.empty:
        return None
    return Table(
        claims,
        f"Claims of the article about {told.name}; {_WITHOUT_UNIT}",
        {
            "claim_id": "No.",
            "claim": "The article says",
            "verdict": "Verdict",
            "why": "Why",
            "source_id": "Source",
        },
        {"claim_id": _claim, "source_id": lambda one: _source(told.book, str(one))},
    )


def _claim(claim_id: object) -> Markup:
    one = str(claim_id)
    number = escape(one.lstrip("c").lstrip("0"))
    return Markup(f'<a href="../reference/claim-check.html#{escape(one)}">{number}</a>')


def _source(book: Dealbook, source_id: str) -> Markup:
    """The publisher of a document as a link to its place among the sources."""
    publisher = _publishers(book).get(source_id, source_id)
    link = f"../{escape(addresses.of_sources(book)[source_id])}"
    return Markup(f'<a href="{link}">{escape(publisher)}</a>')


def _publishers(book: Dealbook) -> dict[str, str]:
    known = book.sources
    return book.once("publishers", lambda: dict(zip(known.source_id, known.publisher, strict=True)))


def gaps_table(told: Dossier) -> Table | None:
    """What is missing in the data of the partner, and on which legs; None where nothing is."""
    missing = words.missing(told)
    if not missing:
        return None
    return Table(
        pd.DataFrame({"what": list(missing), "which": list(missing.values())}),
        f"What is missing in the data of {told.name}, {told.page.as_known}",
        {"what": "What is missing", "which": "Of which leg"},
    )


def figures_table(told: Dossier) -> Table | None:
    """The partner's own figures with value, day and source; None where the data hold none."""
    figures = chapter.figures(told)
    if figures.empty:
        return None
    rows = list(figures.itertuples())
    return Table(
        figures.assign(
            metric=[f"{_metric(row.metric, told)}, {_period(row.period)}" for row in rows],
            written=[figure_value(row) for row in rows],
            since=[f"{row.nature}, {units.day(row.known_on.date())}" for row in rows],
            source=[
                Markup(f"{_source(told.book, row.source_id)} ({escape(row.confidence)})")
                for row in rows
            ],
        ),
        f"Figures of {told.name}, {told.page.as_known}; {_WITHOUT_UNIT}",
        {
            "metric": "Figure, period or day",
            "written": "Value",
            "since": "Nature, public since",
            "source": "Source (grade)",
            "note": "Note",
        },
        {"source": _as_it_is},
    )


def _metric(metric: str, told: Dossier) -> str:
    if metric == f"backlog_share_{told.page.focal}":
        return f"{told.focal_name}’s share of the backlog"
    return _METRICS.get(metric, metric.replace("_", " ").capitalize())


def _period(text: str) -> str:
    return units.day(text) if len(text) == 10 and text[:4].isdigit() else text


def figure_value(row: Any) -> str:
    """A row of financials in words: its value, with its range where that is in doubt."""
    low, value, high = (
        "" if pd.isna(end) else units.written(float(end), row.unit)
        for end in (row.value_low, row.value, row.value_high)
    )
    if value:
        is_exact = not low or not high or row.value_low == row.value_high
        return value if is_exact else f"{value} ({low} to {high})"
    return f"{low} to {high}" if high else f"at least {low}"


def steps_table(told: Dossier) -> Table | None:
    """Every step of the related legs, the newest first; None where none is known."""
    if not told.is_known:
        return None
    newest_first = told.events.sort_values(
        ["known_on", "happened_on"], ascending=False, kind="stable"
    )
    steps = list(newest_first.itertuples())
    return Table(
        newest_first.assign(
            day=[
                Markup(f'<span id="{escape(one.event_id)}">{units.day(one.known_on.date())}</span>')
                for one in steps
            ],
            step=[f"{told.titles[one.leg_id]}: {one.status.replace('_', ' ')}" for one in steps],
            amount=[
                units.usd_bn_with_range(
                    one.amount_usd_bn, one.amount_low_usd_bn, one.amount_high_usd_bn
                )
                for one in steps
            ],
            said=[_said(told.book, one) for one in steps],
        ),
        f"Steps of the deals of {told.name}, {told.page.as_known}; {_WITHOUT_UNIT}",
        {
            "day": "Public since",
            "step": "Leg: step",
            "amount": "Amount of the leg",
            "said": "Said by, source (grade)",
            "note": "Note",
        },
        {"day": _as_it_is, "said": _as_it_is},
    )


def _said(book: Dealbook, step: Any) -> Markup:
    """Who said it, and where."""
    speakers = {
        "payer": book.party_name(step.payer),
        "payee": book.party_name(step.payee),
        "both": "both sides",
        "ours": "our estimate",
    }
    speaker = escape(speakers.get(step.stated_by, "others"))
    return Markup(f"{speaker}, in {_source(book, step.source_id)} ({escape(step.confidence)})")
