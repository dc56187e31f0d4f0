"""Every deal with its legs and steps as the catalogue shows them: texts and addresses, no HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from tightrope import addresses, ledger, terms, units
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.publish import deal_words as words
from tightrope.statements import SIDES, sides_heard, two_sided

_FIXED = "\N{NO-BREAK SPACE}"


class Link(NamedTuple):
    """Words that lead to an address, which counts from the site's root."""

    words: str
    address: str


class Statements(NamedTuple):
    """What both sides said of one thing: the side's name, its words, and how far they differ."""

    what: str
    said: list[tuple[str, Link]]
    apart: str


class Step(NamedTuple):
    """A step: its day, how far the leg had come, and who says so."""

    id: str
    known_on: pd.Timestamp
    known: str
    status: str
    amount: str
    basis: str
    happened: str
    origin: str
    source: Link
    grade: str
    inputs: list[Link]
    notes: list[str]


class Leg(NamedTuple):
    """A leg: who pays whom, where it stands, its terms and its steps, the oldest first."""

    id: str
    payer_id: str
    payee_id: str
    payer: str
    payee: str
    instrument: str
    medium: str
    status: str
    heard: str
    heard_words: str
    rungs: list[tuple[str, str]]
    purpose: str
    when: str
    both: list[Statements]
    terms: dict[str, str]
    steps: list[Step]


class Deal(NamedTuple):
    """A deal: its head line, where it belongs, and its legs."""

    id: str
    name: str
    summary: str
    scope: str
    circle: str
    announced_on: pd.Timestamp
    amount: float
    """The largest leg on the layer, in USD billion, at its low end where it is a range."""
    ways: list[tuple[str, str]]
    more: int
    sum: str
    what: str
    belongs: list[str]
    related: dict[str, list[Link]]
    address: str
    legs: list[Leg]


def of(book: Dealbook, layer: str, dossiers: Iterable[str] = ()) -> list[Deal]:
    """All deals known on the book's day, the newest first.

    `layer` decides what counts as a leg's amount in a deal's head line; `dossiers` are the parties
    that have a page of their own.
    """
    return list(_Deals(book, layer, frozenset(dossiers)).all())


class _Known(NamedTuple):
    """One leg with all that is known of it."""

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


class _Deals:
    def __init__(self, book: Dealbook, layer: str, dossiers: frozenset[str]) -> None:
        self._book = book
        self._layer = layer
        self._dossiers = dossiers
        self._scopes = words.scope_words(book)
        self._names = dict(zip(book.deals.deal_id, book.deals["name"], strict=True))
        self._parties = {party: book.party_name(party) for party in book.parties.party_id}
        self._publishers = dict(zip(book.sources.source_id, book.sources.publisher, strict=True))
        self._sources = addresses.of_sources(book)
        self._places = addresses.of_deals(book)
        self._heard = sides_heard(book)
        steps = book.events.sort_values(["known_on", "happened_on"], kind="stable")
        by_leg = _grouped(steps, "leg_id")
        said = _grouped(two_sided(book), "leg_id")
        stands = {row.leg_id: row for row in ledger.ladder(book).itertuples()}
        owed = {row.leg_id: row for row in terms.of_legs(book).itertuples()}
        self._legs: dict[str, list[_Known]] = {}
        for row in book.legs.itertuples():
            leg = str(row.leg_id)
            one = _Known(row, stands[leg], by_leg[leg], said.get(leg, []), owed[leg])
            self._legs.setdefault(str(row.deal_id), []).append(one)

    def all(self) -> Iterator[Deal]:
        deals = self._book.deals.sort_values("announced_on", ascending=False, kind="stable")
        return map(self._deal, deals.itertuples())

    # ---- A deal ----

    def _deal(self, deal: Any) -> Deal:
        legs = self._legs.get(deal.deal_id, [])
        largest = max(legs, key=lambda leg: self._rank([leg]), default=None)
        ways = list(dict.fromkeys(self._way(leg.row) for leg in legs))
        return Deal(
            id=deal.deal_id,
            name=deal.name,
            summary=deal.summary,
            scope=deal.scope,
            circle=deal.circle,
            announced_on=deal.announced_on,
            amount=self._rank(legs)[0],
            ways=ways[:2],
            more=len(ways[2:]),
            sum=self._standing(largest) if largest else "",
            what=self._what(largest, len(legs)) if largest else "umbrella",
            belongs=_belongs(deal, self._scopes),
            related=self._related(deal),
            address=self._places[f"deals/{deal.deal_id}"],
            legs=[self._leg(leg) for leg in legs],
        )

    def _rank(self, legs: list[_Known]) -> tuple[float, float]:
        """The largest leg on the layer: its amount, or the low and high end of its range."""
        amounts = [(0.0, 0.0)]
        for leg in legs:
            value, low, high = words.bounds(leg.stand, self._layer)
            amounts.append((low if pd.isna(value) else value, 0.0 if pd.isna(high) else high))
        return max(amounts)

    def _standing(self, leg: _Known) -> str:
        if self._layer == "announced" and _is_withdrawn(leg):
            return _was(leg)
        return words.on(leg.stand, self._layer)

    def _what(self, largest: _Known, legs: int) -> str:
        """What the sum of the head line is: one leg's, never a total over instruments."""
        status = words.STATUS_WORDS[largest.stand.status]
        if self._layer != "announced":
            status = self._layer
        elif largest.stand.status in ("binding", "paid"):
            status = words.how_far(largest.stand)
        more = f"; {words.counted(legs - 1, 'more leg').replace(' ', _FIXED)}" if legs > 1 else ""
        return f"{words.spaced(largest.row.instrument)}, {status}{more}"

    def _way(self, leg: Any) -> tuple[str, str]:
        return self._parties[leg.payer_id], self._parties[leg.payee_id]

    def _related(self, deal: Any) -> dict[str, list[Link]]:
        """What the deal is part of, what is part of it, and whose dossiers tell of it."""
        every = self._book.deals
        parties = dict.fromkeys(
            party
            for leg in self._legs.get(deal.deal_id, [])
            for party in (leg.row.payer_id, leg.row.payee_id)
            if party in self._dossiers
        )
        related = {
            "Part of": self._links([deal.parent_deal_id]),
            "Its parts": self._links(every.deal_id[every.parent_deal_id.eq(deal.deal_id)]),
            "Serves": self._links([deal.serves_deal_id]),
            "Served by": self._links(every.deal_id[every.serves_deal_id.eq(deal.deal_id)]),
            "Dossier": [Link(self._parties[party], f"partners/{party}.html") for party in parties],
        }
        return {what: links for what, links in related.items() if links}

    def _links(self, deals: Iterable[str]) -> list[Link]:
        return [
            Link(self._names[one], self._places[f"deals/{one}"])
            for one in deals
            if one in self._names
        ]

    # ---- A leg ----

    def _leg(self, leg: _Known) -> Leg:
        row = leg.row
        payer, payee = self._way(row)
        return Leg(
            id=row.leg_id,
            payer_id=row.payer_id,
            payee_id=row.payee_id,
            payer=payer,
            payee=payee,
            instrument=row.instrument,
            medium=row.medium,
            status=leg.stand.status,
            heard=self._heard[row.leg_id],
            heard_words=self._heard_words(row),
            rungs=[(rung, _rung(leg, rung)) for rung in LAYERS],
            purpose=row.purpose,
            when=words.when(row),
            both=list(self._both(leg)),
            terms={what: text for what, text in _terms(leg).items() if text},
            steps=[self._step(step, row) for step in leg.steps],
        )

    def _heard_words(self, leg: Any) -> str:
        heard = self._heard[leg.leg_id]
        if heard == "both":
            return "Both sides have spoken"
        if heard == "third_party":
            return "No statement by either side: third parties or our arithmetic only"
        name = self._parties[getattr(leg, f"{heard}_id")]
        return f"Only the {heard} has spoken: {name}"

    def _both(self, leg: _Known) -> Iterator[Statements]:
        """What payer and payee said, beside each other, where both spoke of the same thing."""
        for said in leg.said:
            if said.spoken != "both" or said.payer_event == said.payee_event:
                continue
            sides = [
                (
                    self._parties[getattr(said, side)],
                    Link(
                        words.said(said, side),
                        self._places[f"events/{getattr(said, f'{side}_event')}"],
                    ),
                )
                for side in SIDES
            ]
            apart = "" if pd.isna(said.difference) else words.apart(said.difference)
            yield Statements(said.kind.capitalize(), sides, apart)

    # ---- A step ----

    def _step(self, step: Any, leg: Any) -> Step:
        amount = words.stated(step)
        if amount == units.UNKNOWN:
            amount = "" if step.status in ledger.ENDED else "no sum given"
        happened = step.happened_on if step.happened_on != step.known_on else None
        who = {"both": "both sides", "third_party": "others", "ours": "nobody"}.get(step.stated_by)
        who = who or self._parties[getattr(leg, f"{step.stated_by}_id")]
        origin, grade = f"Said by {who} in", words.GRADE_WORDS.get(step.confidence, "")
        if step.stated_by == "ours":
            origin, grade = "Our own estimate; what it starts from is in", ""
        elif step.confidence == "derived":
            origin, grade = f"Our arithmetic from what {who} said in", ""
        return Step(
            id=step.event_id,
            known_on=step.known_on,
            known=units.day(step.known_on.date()),
            status=words.spaced(step.status),
            amount=amount,
            basis=words.BASIS_WORDS[step.paid_basis] if step.paid_basis else "",
            happened=units.day(happened.date()) if happened is not None else "",
            origin=origin,
            source=Link(self._publishers[step.source_id], self._sources[step.source_id]),
            grade=grade,
            inputs=self._inputs(step),
            notes=[
                text
                for text in (step.note, f"Day: {step.known_on_reason}" * bool(step.known_on_reason))
                if text
            ],
        )

    def _inputs(self, step: Any) -> list[Link]:
        """The steps that a derived amount is computed from."""
        return [
            Link(one.removeprefix("events/"), self._places[one])
            for one in step.derived_from.split()
            if one.startswith("events/") and one in self._places
        ]


def _belongs(deal: Any, scopes: Mapping[str, str]) -> list[str]:
    """Which part of the web a deal is in, what kind of circle it is, and who names it."""
    circle = words.CIRCLE_WORDS.get(deal.circle, "")
    return [
        scopes.get(deal.scope, deal.scope),
        *([circle[:1].upper() + circle[1:]] if circle else []),
        *(["Named in the article"] if deal.in_article else []),
    ]


def _rung(leg: _Known, rung: str) -> str:
    stand = leg.stand
    if rung == "announced" and _is_withdrawn(leg):
        return _was(leg)
    written = words.on(stand, rung)
    if rung == "announced" and stand.stated_as in ledger.INTENDED:
        return f"{written}, {words.STATUS_WORDS[stand.stated_as]}"
    return written


def _terms(leg: _Known) -> dict[str, str]:
    """The terms of a leg in words, as far as they are public; of older data, its condition."""
    owed = leg.terms
    if not owed.term_ids:
        return {"Condition": leg.row.condition}
    condition = words.CONDITION_WORDS[owed.condition]
    return {
        "Condition": f"{condition}: {owed.conditioned_on}" if owed.conditioned_on else condition,
        "Paper": words.spaced(owed.form).capitalize(),
        "Cap": "" if pd.isna(owed.cap_usd_bn) else units.usd_bn(owed.cap_usd_bn),
        "Formula": owed.formula,
        "Trigger": owed.trigger,
        "Recourse": owed.recourse,
        "May be ended": owed.termination,
    }


def _is_withdrawn(leg: _Known) -> bool:
    """Whether a leg has ended, and nothing of it was paid."""
    value, _, high = words.bounds(leg.stand, "paid")
    return leg.stand.status in ledger.ENDED and value == 0 and high == 0


def _was(leg: _Known) -> str:
    """What a withdrawn leg had come to: the newest amount that was stated of it."""
    for step in reversed(leg.steps):
        amount = words.stated(step)
        if step.status not in ledger.ENDED and amount != units.UNKNOWN:
            return f"withdrawn, was {amount}"
    return "withdrawn"


def _grouped(frame: pd.DataFrame, key: str) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for row in frame.itertuples():
        rows.setdefault(getattr(row, key), []).append(row)
    return rows
