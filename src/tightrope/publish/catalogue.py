"""The catalogue of deals: every deal with its legs and steps, and the form that filters them.

The list is complete without a script: each deal is a fold that the browser itself opens. The form
is hidden until `catalogue.js` shows it; the script reads all it filters by from the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from tightrope import ledger, terms, units
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.statements import SIDES, sides_heard, two_sided

SCOPE_WORDS = {
    "openai": "OpenAI’s own deals",
    "onward": "Where the money goes next",
    "financing": "Borrowing and equity behind it",
    "comparison": "Other laboratories and Meta",
    "vendor_finance_2000": "Vendor finance around 2000",
}
CIRCLE_WORDS = {
    "investor_is_counterparty": "investor is counterparty",
    "supplier_finances_customer": "supplier finances customer",
    "customer_finances_supplier": "customer finances supplier",
    "none": "no circle",
}
"""The kinds of circle of BIS Bulletin 137."""
STATUS_WORDS = {
    "estimated": "our estimate only",
    "reported": "reported only",
    "letter_of_intent": "letter of intent",
    "announced": "announced",
    "binding": "binding",
    "paid": "paid, at least in part",
    "cancelled": "cancelled",
    "replaced": "replaced",
}
GRADE_WORDS = {
    "filing": "a filing",
    "company": "a company’s own words",
    "press": "a newsroom",
    "secondary": "a digest or copy",
}
BASIS_WORDS = {
    "cash": "in cash",
    "credits": "in credits",
    "shares": "in shares",
    "mixed": "part cash, part in kind",
    "accrual": "as accrued, not shown to have been paid",
    "undisclosed": "in what is not said",
}
CONDITION_WORDS = {
    "none": "None: due regardless",
    "on_delivery": "On delivery",
    "on_milestone": "On a milestone",
    "on_third_party": "On what others do",
    "option": "At the payer’s choice",
    "undisclosed": "Not public",
}
SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "largest": "Largest leg first",
    "name": "By name",
}
_FIXED = "\N{NO-BREAK SPACE}"
_NOTHING = {"announced": "withdrawn", "binding": "not binding", "paid": units.NONE_KNOWN}


class _Leg(NamedTuple):
    """One leg with all that its part of the page shows."""

    row: Any
    """Its row of `legs.csv`."""
    stand: Any
    """Where it stands on the ladder."""
    steps: list[Any]
    """Its events, oldest first."""
    said: list[Any]
    """What the sides said of it: rows of `two_sided`."""
    terms: Any
    """Its terms: its row of `terms.of_legs`."""


def html(book: Dealbook, layer: str, dossiers: Iterable[str] = ()) -> str:
    """The form and the list of all deals known on the book's day, newest first.

    `layer` decides what counts as a leg's amount in a deal's head line and in the order by
    amount; `dossiers` are the parties that have a page of their own.
    """
    return _Catalogue(book, layer, frozenset(dossiers)).html()


class _Catalogue:
    def __init__(self, book: Dealbook, layer: str, dossiers: frozenset[str]) -> None:
        self._book = book
        self._layer = layer
        self._dossiers = dossiers
        self._deals = book.deals.sort_values("announced_on", ascending=False, kind="stable")
        self._names = dict(zip(book.deals.deal_id, book.deals["name"], strict=True))
        self._parties = {party: book.party_name(party) for party in book.parties.party_id}
        self._publishers = book.sources.set_index("source_id").publisher
        self._heard = sides_heard(book)
        steps = book.events.sort_values(["known_on", "happened_on"], kind="stable")
        by_leg = _grouped(steps, "leg_id")
        said = _grouped(two_sided(book), "leg_id")
        stands = {row.leg_id: row for row in ledger.ladder(book).itertuples()}
        owed = {row.leg_id: row for row in terms.of_legs(book).itertuples()}
        self._known_steps = frozenset(book.events.event_id)
        self._legs: dict[str, list[_Leg]] = {}
        for row in book.legs.itertuples():
            leg = str(row.leg_id)
            one = _Leg(row, stands[leg], by_leg[leg], said.get(leg, []), owed[leg])
            self._legs.setdefault(str(row.deal_id), []).append(one)

    def html(self) -> str:
        deals = "".join(self._deal(deal) for deal in self._deals.itertuples())
        total = _counted(len(self._deals), "deal")
        return (
            f'<div class="catalogue">{self._form()}'
            f'<p class="catalogue-count" role="status">{total}, newest first</p>'
            f'<div class="catalogue-list">{deals}</div></div>'
            '<script src="../_static/catalogue.js" defer></script>'
        )

    # ---- The form ----

    def _form(self) -> str:
        legs = [leg for group in self._legs.values() for leg in group]
        days = [*self._book.events.known_on, *self._deals.announced_on]
        parties = sorted(self._parties.items(), key=lambda item: item[1].casefold())
        paying = {leg.row.payer_id for leg in legs} | {leg.row.payee_id for leg in legs}
        span = f'min="{min(days):%Y-%m-%d}" max="{max(days):%Y-%m-%d}"' if days else ""
        instruments = sorted({leg.row.instrument for leg in legs})
        standing = {leg.stand.status for leg in legs}
        scopes, circles = set(self._deals.scope), set(self._deals.circle)
        fields = [
            _field("q", "Search the text", "input", 'type="search" autocomplete="off"'),
            _select("party", "Payer or payee", {p: n for p, n in parties if p in paying}),
            _select("instrument", "Instrument", {i: _spaced(i) for i in instruments}),
            _select("status", "Where a leg stands", _only(STATUS_WORDS, standing)),
            _select("scope", "Part of the web", _only(SCOPE_WORDS, scopes)),
            _select("circle", "Kind of circle", _only(CIRCLE_WORDS, circles)),
            _select("sort", "Order", SORTS, everything=""),
            _field("from", "A step known from", "input", f'type="date" {span}'),
            _field("to", "A step known until", "input", f'type="date" {span}'),
        ]
        return (
            '<form class="catalogue-filter" id="catalogue-filter" role="search" '
            'aria-label="Filter the deals" autocomplete="off" hidden>'
            f"{''.join(fields)}"
            '<p class="catalogue-buttons"><button type="reset">Show all deals</button> '
            '<button type="button" data-open="Open all shown" data-close="Close all">'
            "Open all shown</button></p></form>"
        )

    # ---- A deal ----

    def _deal(self, deal: Any) -> str:
        legs = self._legs.get(deal.deal_id, [])
        known = sorted({f"{step.known_on:%Y-%m-%d}" for leg in legs for step in leg.steps})
        body = "".join(self._leg(leg) for leg in legs)
        return (
            f'<details class="deal" id="deal-{escape(deal.deal_id)}" '
            f'data-scope="{escape(deal.scope)}" data-circle="{escape(deal.circle)}" '
            f'data-announced="{deal.announced_on:%Y-%m-%d}" '
            f'data-known="{" ".join(known)}" data-amount="{self._rank(legs)[0]:.4f}">'
            f"<summary>{self._head(deal, legs)}</summary>"
            f'<div class="deal-body"><p>{escape(deal.summary)}</p>{self._relations(deal)}'
            f"{body or '<p>It has no leg of its own; its parts have.</p>'}</div></details>"
        )

    def _head(self, deal: Any, legs: list[_Leg]) -> str:
        largest = max(legs, key=lambda leg: self._rank([leg]), default=None)
        if largest is None:
            sum_, what = "", "umbrella"
        else:
            sum_, what = self._standing(largest), self._what(largest, len(legs))
        ways = list(dict.fromkeys(self._way(leg.row) for leg in legs))
        more = f" and {len(ways) - 2} more" if len(ways) > 2 else ""
        return (
            f'<time datetime="{deal.announced_on:%Y-%m-%d}">{deal.announced_on.day} '
            f'{deal.announced_on:%b %Y}</time><span class="deal-name"><h3>{escape(deal.name)}</h3>'
            f'<span class="deal-ways">{"; ".join(ways[:2])}{more}</span></span>'
            f'<span class="deal-sum"><strong>{escape(sum_)}</strong> '
            f"<span>{escape(what)}</span></span>"
        )

    def _rank(self, legs: list[_Leg]) -> tuple[float, float]:
        """The largest leg on the layer: its amount, or the low and high end of its range."""
        amounts = [(0.0, 0.0)]
        for leg in legs:
            value, low, high = _bounds(leg.stand, self._layer)
            amounts.append((low if pd.isna(value) else value, 0.0 if pd.isna(high) else high))
        return max(amounts)

    def _standing(self, leg: _Leg) -> str:
        if self._layer == "announced" and leg.stand.status in ledger.ENDED and not _paid(leg):
            return _was(leg)
        return _on(leg.stand, self._layer)

    def _what(self, largest: _Leg, legs: int) -> str:
        """What the sum of the head line is: one leg's, never a total over instruments."""
        status = STATUS_WORDS[largest.stand.status]
        if self._layer != "announced":
            status = self._layer
        elif largest.stand.status in ("binding", "paid"):
            status = _how_far(largest.stand)
        more = f"; {_counted(legs - 1, 'more leg').replace(' ', _FIXED)}" if legs > 1 else ""
        return f"{_spaced(largest.row.instrument)}, {status}{more}"

    def _way(self, leg: Any) -> str:
        payer, payee = (escape(self._book.party_name(one)) for one in (leg.payer_id, leg.payee_id))
        return (
            f'{payer} <span aria-hidden="true">→</span>'
            f'<span class="visually-hidden">pays</span> {payee}'
        )

    def _relations(self, deal: Any) -> str:
        """Where the deal belongs, and what belongs to it."""
        every = self._book.deals
        parties = dict.fromkeys(
            party
            for leg in self._legs.get(deal.deal_id, [])
            for party in (leg.row.payer_id, leg.row.payee_id)
            if party in self._dossiers
        )
        dossiers = [
            f'<a href="../partners/{escape(party)}.html">{escape(self._book.party_name(party))}</a>'
            for party in parties
        ]
        related = {
            "Part of": self._links([deal.parent_deal_id]),
            "Its parts": self._links(every.deal_id[every.parent_deal_id.eq(deal.deal_id)]),
            "Serves": self._links([deal.serves_deal_id]),
            "Served by": self._links(every.deal_id[every.serves_deal_id.eq(deal.deal_id)]),
            "Dossier": ", ".join(dossiers),
        }
        items = [f"{escape(SCOPE_WORDS.get(deal.scope, deal.scope))}"]
        circle = CIRCLE_WORDS.get(deal.circle, "")
        items += [circle[:1].upper() + circle[1:]] if circle else []
        items += ["Named in the article"] if deal.in_article else []
        items += [f"{what}: {links}" for what, links in related.items() if links]
        items.append(f'<a href="#deal-{escape(deal.deal_id)}">Link to this deal</a>')
        return f'<p class="deal-relations">{" · ".join(items)}</p>'

    def _links(self, deals: Iterable[str]) -> str:
        return ", ".join(
            f'<a href="#deal-{escape(one)}">{escape(self._names[one])}</a>'
            for one in deals
            if one in self._names
        )

    # ---- A leg ----

    def _leg(self, leg: _Leg) -> str:
        row, stand = leg.row, leg.stand
        facts = {
            "For": escape(row.purpose),
            "When": escape(_when(row)),
            "Both sides": self._both(leg),
        } | {what: escape(text) for what, text in _terms(leg).items()}
        listed = "".join(
            f"<div><dt>{what}</dt><dd>{text}</dd></div>" for what, text in facts.items() if text
        )
        rungs = "".join(
            f'<div class="rung-{rung}"><dt>{rung.capitalize()}</dt>'
            f"<dd>{escape(self._rung(leg, rung))}</dd></div>"
            for rung in LAYERS
        )
        steps = "".join(self._step(step, row) for step in leg.steps)
        return (
            f'<section class="leg" id="leg-{escape(row.leg_id)}" '
            f'data-payer="{escape(row.payer_id)}" data-payee="{escape(row.payee_id)}" '
            f'data-instrument="{escape(row.instrument)}" '
            f'data-status="{escape(stand.status)}"><h4>{self._way(row)}: '
            f"{escape(_spaced(row.instrument))} in {escape(row.medium)}</h4>"
            f'<p class="leg-heard is-{self._heard[row.leg_id]}">{self._heard_words(row)}</p>'
            f'<dl class="rungs">{rungs}</dl><dl class="leg-facts">{listed}</dl>'
            f'<ol class="steps">{steps}</ol></section>'
        )

    def _rung(self, leg: _Leg, rung: str) -> str:
        stand = leg.stand
        if rung == "announced" and stand.status in ledger.ENDED and not _paid(leg):
            return _was(leg)
        written = _on(stand, rung)
        if rung == "announced" and stand.stated_as in ledger.INTENDED:
            return f"{written}, {STATUS_WORDS[stand.stated_as]}"
        return written

    def _heard_words(self, leg: Any) -> str:
        heard = self._heard[leg.leg_id]
        if heard == "both":
            return "Both sides have spoken"
        if heard == "third_party":
            return "No statement by either side: third parties or our arithmetic only"
        name = escape(self._book.party_name(getattr(leg, f"{heard}_id")))
        return f"Only the {heard} has spoken: {name}"

    def _both(self, leg: _Leg) -> str:
        """What payer and payee said, beside each other, where both spoke of the same thing."""
        lines = []
        for said in leg.said:
            if said.spoken != "both" or said.payer_event == said.payee_event:
                continue
            sides = ", ".join(
                f"{escape(self._book.party_name(getattr(said, side)))} "
                f'<a href="#event-{escape(getattr(said, f"{side}_event"))}">'
                f"{escape(_said(said, side))}</a>"
                for side in SIDES
            )
            apart = "" if pd.isna(said.difference) else f"; {_apart(said.difference)}"
            lines.append(f"{said.kind.capitalize()}: {sides}{apart}")
        return "<br>".join(lines)

    def _step(self, step: Any, leg: Any) -> str:
        amount = _stated(step)
        written = f", {escape(amount)}"
        if amount == units.UNKNOWN:
            written = "" if step.status in ledger.ENDED else ", no sum given"
        if step.paid_basis:
            written += f", {escape(BASIS_WORDS[step.paid_basis])}"
        if step.happened_on != step.known_on:
            written += f'; <span class="step-day">of {units.day(step.happened_on.date())}</span>'
        who = {"both": "both sides", "third_party": "others", "ours": "nobody"}.get(step.stated_by)
        who = who or self._book.party_name(getattr(leg, f"{step.stated_by}_id"))
        publisher = escape(self._publishers.get(step.source_id, step.source_id))
        link = f'<a href="sources.html#{escape(step.source_id)}">{publisher}</a>'
        origin = f"Said by {escape(who)} in {link}; {escape(GRADE_WORDS.get(step.confidence, ''))}"
        if step.stated_by == "ours":
            origin = f"Our own estimate; what it starts from is in {link}"
        elif step.confidence == "derived":
            origin = f"Our arithmetic from what {escape(who)} said in {link}"
        origin += self._inputs(step)
        notes = (step.note, f"Day: {step.known_on_reason}" if step.known_on_reason else "")
        note = "".join(f'<span class="step-note">{escape(text)}</span>' for text in notes if text)
        return (
            f'<li id="event-{escape(step.event_id)}"><time datetime="{step.known_on:%Y-%m-%d}">'
            f"{units.day(step.known_on.date())}</time><div><strong>{_spaced(step.status)}</strong>"
            f'{written}<span class="step-source">{origin}</span>{note}</div></li>'
        )

    def _inputs(self, step: Any) -> str:
        """Links to the steps that a derived amount is computed from."""
        steps = [one.removeprefix("events/") for one in step.derived_from.split()]
        links = [
            f'<a href="#event-{escape(one)}">{escape(one)}</a>'
            for one in steps
            if one in self._known_steps
        ]
        return f"; from {', '.join(links)}" if links else ""


def _terms(leg: _Leg) -> dict[str, str]:
    """The terms of a leg in words, as far as they are public; of older data, its condition."""
    owed = leg.terms
    if not owed.term_ids:
        return {"Condition": leg.row.condition}
    condition = CONDITION_WORDS[owed.condition]
    return {
        "Condition": f"{condition}: {owed.conditioned_on}" if owed.conditioned_on else condition,
        "Paper": _spaced(owed.form).capitalize(),
        "Cap": "" if pd.isna(owed.cap_usd_bn) else units.usd_bn(owed.cap_usd_bn),
        "Formula": owed.formula,
        "Trigger": owed.trigger,
        "Recourse": owed.recourse,
        "May be ended": owed.termination,
    }


def _stated(step: Any) -> str:
    """The amount of a step and the doubt about it."""
    value, low, high = step.amount_usd_bn, step.amount_low_usd_bn, step.amount_high_usd_bn
    if step.amount_bound in ("floor", "ceiling"):
        value, low, high = ledger.bounds(value, low, high, step.amount_bound)
        return units.usd_bn_and_range(value, low, high)
    return units.usd_bn_and_range(value, low, value if pd.isna(high) else high)


def _grouped(frame: pd.DataFrame, key: str) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for row in frame.itertuples():
        rows.setdefault(getattr(row, key), []).append(row)
    return rows


def _field(name: str, label: str, element: str, attributes: str = "", content: str = "") -> str:
    """A labelled control of the form; `attributes` and `content` are HTML that is put in as is."""
    control = f'<{element} id="filter-{name}" name="{name}" {attributes}'.rstrip() + f">{content}"
    return (
        f'<p class="filter-{name}"><label for="filter-{name}">{escape(label)}</label>{control}</p>'
    )


def _select(name: str, label: str, options: Mapping[str, str], everything: str = "Any") -> str:
    first = f'<option value="">{everything}</option>' if everything else ""
    listed = "".join(
        f'<option value="{escape(value)}">{escape(words[:1].upper() + words[1:])}</option>'
        for value, words in options.items()
    )
    return _field(name, label, "select", content=f"{first}{listed}</select>")


def _only(words: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    """The words for the values that occur, in their own order."""
    occurring = set(used)
    return {value: text for value, text in words.items() if value in occurring}


def _spaced(value: str) -> str:
    return value.replace("_", " ")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _bounds(stand: Any, rung: str) -> tuple[float, float, float]:
    return (
        getattr(stand, rung),
        getattr(stand, f"{rung}_low"),
        getattr(stand, f"{rung}_high"),
    )


def _paid(leg: _Leg) -> bool:
    value, _, high = _bounds(leg.stand, "paid")
    return not (value == 0 and high == 0)


def _how_far(stand: Any) -> str:
    """Whether all that was announced is binding or paid: a part must not pass for the whole."""
    rung = stand.status
    value, low, high = _bounds(stand, rung)
    whole, whole_low, whole_high = _bounds(stand, "announced")
    # As text, because two missing bounds are the same here.
    same_range = f"{low}, {high}" == f"{whole_low}, {whole_high}"
    if value >= whole or (pd.isna(whole) and same_range):
        return str(rung)
    if high < (whole_low if pd.isna(whole) else whole) or rung == "binding":
        return f"{rung} in part"
    return f"{rung}, at least in part"


def _on(stand: Any, rung: str) -> str:
    """What a leg comes to on a rung, with its range where the amount is in doubt."""
    value, low, high = _bounds(stand, rung)
    if value == 0 and high == 0:
        return _NOTHING[rung]
    return units.usd_bn_and_range(value, low, high)


def _was(leg: _Leg) -> str:
    """What a withdrawn leg had come to: the newest amount that was stated of it."""
    for step in reversed(leg.steps):
        amount = _stated(step)
        if step.status not in ledger.ENDED and amount != units.UNKNOWN:
            return f"withdrawn, was {amount}"
    return "withdrawn"


def _when(leg: Any) -> str:
    starts, ends = (f"{d:%B %Y}" if pd.notna(d) else "" for d in (leg.starts_on, leg.ends_on))
    if leg.schedule == "even":
        return f"Spread evenly from {starts} to {ends}"
    if leg.schedule == "once":
        return f"All at once, on {units.day(leg.ends_on.date())}"
    if starts or ends:
        span = " ".join(
            part for part in (f"from {starts}" * bool(starts), f"to {ends}" * bool(ends)) if part
        )
        return f"No schedule known; {span}"
    return "No date known"


def _said(said: Any, side: str) -> str:
    value, low, high = (getattr(said, f"{side}_{end}") for end in ("value", "low", "high"))
    written = units.usd_bn_and_range(value, low, value if pd.isna(high) else high)
    return "names no sum" if written == units.UNKNOWN else f"says {written}"


def _apart(difference: float) -> str:
    if not difference:
        return "the same sum"
    return f"they differ by {units.usd_bn(abs(difference))}"
