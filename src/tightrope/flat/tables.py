"""The tables of a data package, made from the legs of a flat table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from tightrope.flat import documents, parties
from tightrope.flat.legs import Leg, Step
from tightrope.flat.parties import Parties, identified, known_as
from tightrope.flat.phrases import MEDIA, PHRASES, summary

Row = dict[str, str]


@dataclass
class Tables:
    """The rows of each table by name, the line of the flat table behind each, and assumptions."""

    rows: dict[str, list[Row]]
    lines: dict[str, list[int]]
    assumed: list[str] = field(default_factory=list)


def made(table: str, legs: Sequence[Leg], who: Parties, focal: str, middle: str) -> Tables:
    """All tables of a package about the party `focal`; `table` is the name of the flat table.

    `middle` is the scope of the deals of the focal party.
    """
    maker = _Maker(table, who, focal, middle)
    by_deal: dict[str, list[Leg]] = {}
    for place, leg in enumerate(legs):
        by_deal.setdefault(known_as(leg.row.deal) or f"\n{place}", []).append(leg)
    maker.parties(legs)
    for several in by_deal.values():
        maker.deal(several)
    return maker.made


_LONGEST = {"deals": 60, "legs": 76, "events": 96, "sources": 70}
"""Characters of an id, of which the schema allows 100: a leg begins with its deal's."""


class _Maker:
    def __init__(self, table: str, who: Parties, focal: str, middle: str) -> None:
        names = ("parties", "deals", "legs", "events", "sources")
        self.made = Tables({name: [] for name in names}, {name: [] for name in names})
        self.table, self.who, self.focal, self.middle = table, who, focal, middle
        self.taken: dict[str, set[str]] = {name: set() for name in names}
        self.names: set[str] = set()
        self.sources: dict[str, Row] = {}

    def _add(self, table: str, line: int, row: Row) -> None:
        self.made.rows[table].append(row)
        self.made.lines[table].append(line)

    def _id(self, table: str, text: str) -> str:
        found = identified(text, self.taken[table], table.rstrip("s"), _LONGEST[table])
        self.taken[table].add(found)
        return found

    def _party(self, name: str) -> str:
        return self.who.ids[known_as(name)]

    def parties(self, legs: Sequence[Leg]) -> None:
        """One row a party, in the order of the table."""
        pays: dict[str, list[str]] = {party: [] for party in self.who.names}
        paid: dict[str, list[str]] = {party: [] for party in self.who.names}
        lines: dict[str, int] = {}
        for leg in legs:
            for name, of in ((leg.row.payer, pays), (leg.row.payee, paid)):
                of[self._party(name)].append(leg.row.kind)
                lines.setdefault(self._party(name), leg.row.line)
        reasons: dict[tuple[str, str], list[str]] = {}
        for party, name in self.who.names.items():
            kind, why = parties.kind(name, pays[party], paid[party])
            self._add("parties", lines[party], {"party_id": party, "name": name, "kind": kind})
            reasons.setdefault((kind, why), []).append(f"`{party}`")
        self.made.assumed += [
            f"Of the kind {kind}, because {why}: {', '.join(several)}."
            for (kind, why), several in reasons.items()
        ]

    def deal(self, legs: Sequence[Leg]) -> None:
        """A deal with its legs, their steps and what these rest on."""
        row = legs[0].row
        name = row.deal or (
            f"{self._shown(row.payer)} to {self._shown(row.payee)}: {PHRASES[row.kind]}, "
            f"{row.day:%Y-%m}"
        )
        name = self._unused(name)
        short = f"{row.payer} {row.payee} {row.kind} {row.day:%Y-%m}"
        deal = self._id("deals", row.deal or short)
        named = {self._party(one) for leg in legs for one in (leg.row.payer, leg.row.payee)}
        summaries = dict.fromkeys(
            summary(self._shown(leg.row.payer), self._shown(leg.row.payee), leg.row.kind)
            for leg in legs
        )
        first = min(step.row.day for leg in legs for step in leg.steps)
        self._add(
            "deals",
            row.line,
            {
                "deal_id": deal,
                "name": name,
                "announced_on": f"{first:%Y-%m-%d}",
                "scope": self.middle if self.focal in named else "onward",
                "in_article": "false",
                "summary": " ".join(summaries),
            },
        )
        kinds = Counter((leg.row.payer, leg.row.kind) for leg in legs)
        for leg in legs:
            several = len({key for key in kinds if key[1] == leg.row.kind}) > 1
            payer = f" {leg.row.payer}" if several else ""
            self._leg(f"{deal}{payer} {leg.row.kind}", deal, leg)

    def _leg(self, text: str, deal: str, leg: Leg) -> None:
        row = leg.row
        leg_id = self._id("legs", text)
        ends = [step.row.ends_on for step in leg.steps if not pd.isna(step.row.ends_on)]
        last = max(ends, default=pd.NaT)
        self._add(
            "legs",
            row.line,
            {
                "leg_id": leg_id,
                "deal_id": deal,
                "payer_id": self._party(row.payer),
                "payee_id": self._party(row.payee),
                "instrument": row.kind,
                "medium": MEDIA.get(row.kind, "cash"),
                "purpose": PHRASES[row.kind],
                "starts_on": f"{row.day:%Y-%m-%d}" if ends else "",
                "ends_on": f"{last:%Y-%m-%d}" if ends else "",
                "schedule": "even" if ends else "undated",
                "condition": "A condition that the table does not name"
                if any(step.row.is_conditional for step in leg.steps)
                else "",
            },
        )
        for step in leg.steps:
            self._event(leg_id, step)

    def _event(self, leg_id: str, step: Step) -> None:
        row = step.row
        document = documents.read(row.source, (row.payer, row.payee), row.source_kind)
        source = self._source(document, row.line, f"{row.day:%Y}")
        more = f"Also cited: {', '.join(document.others)}." if document.others else ""
        said = [_sentence(row.note), more, f"From line {row.line} of {self.table}."]
        low, high, amount = step.low, step.high, step.amount
        bound = ""
        if math.isnan(high) and not math.isnan(low) and not amount > low:
            bound = "floor"
        elif math.isnan(amount) and math.isnan(low) and not math.isnan(high):
            # What is at most so much may be nothing.
            bound, low, amount = "ceiling", 0.0, high
        self._add(
            "events",
            row.line,
            {
                "event_id": self._id("events", f"{leg_id} {row.status} {row.day:%Y-%m-%d}"),
                "leg_id": leg_id,
                "happened_on": f"{row.day:%Y-%m-%d}",
                "known_on": f"{row.day:%Y-%m-%d}",
                "status": row.status,
                "amount_low_usd_bn": _number(low),
                "amount_usd_bn": _number(amount),
                "amount_high_usd_bn": _number(high),
                "stated_by": _speaker(
                    row.status, row.stated_by or documents.side(document, row.payer, row.payee)
                ),
                "source_id": source,
                "confidence": "derived" if row.status == "estimated" else "secondary",
                "note": " ".join(filter(None, said)),
                "amount_bound": bound,
            },
        )

    def _source(self, document: documents.Document, line: int, year: str) -> str:
        """The id of a document; it was published in the year of the first row that names it."""
        if known := self.sources.get(document.key):
            known["published_on"] = min(known["published_on"], year)
            return known["source_id"]
        row = {
            "source_id": self._id("sources", document.title),
            "kind": document.kind,
            "publisher": document.publisher,
            "title": document.title,
            "url": document.url,
            "published_on": year,
            "accessed_on": "",
            "read_as": "extract",
            "note": f"{document.note} Its kind: {document.why}.",
        }
        self.sources[document.key] = row
        self._add("sources", line, row)
        return row["source_id"]

    def _shown(self, name: str) -> str:
        """A party's name as the package writes it, however this row writes it."""
        return self.who.names[self._party(name)]

    def _unused(self, name: str) -> str:
        number, found = 1, name
        while known_as(found) in self.names:
            number += 1
            found = f"{name} ({number})"
        self.names.add(known_as(found))
        return found


def _speaker(status: str, given: str) -> str:
    """Who stated a step: what the table or its source shows, as far as the status allows it."""
    if status == "estimated":
        return "ours"
    if status == "reported":
        return "third_party"
    return given or "payer"


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.10g}"
