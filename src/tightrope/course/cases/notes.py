"""The teaching notes: expected and mistaken answers, computed like the handouts, and what came."""

from __future__ import annotations

from collections.abc import Mapping

from tightrope import ledger, obligations, quantities, units
from tightrope.course.cases import (
    figures,
    handouts,
    lucent,
    lucent_facts,
    lucent_questions,
    questions,
)
from tightrope.course.cases.handouts import Case
from tightrope.course.cases.lucent_questions import LINE
from tightrope.course.cases.openai import FOCAL
from tightrope.course.cases.openai_questions import LETTER
from tightrope.course.cases.tongue import ENGLISH
from tightrope.dealbook import Dealbook
from tightrope.templates import render

NAMES = {"openai": "Case", "lucent": "Twin case"}
_END = ("paid_in", "paid_out", "to_pay", "round_trip", "round_trip_paid")
Outcomes = Mapping[str, Mapping[str, bool]]


def note(case: Case, book: Dealbook, stage: str) -> str:
    """The teaching note of a stage, as HTML; `book` is that of the newest day.

    It says how the case ended, so it is for whoever teaches. Raises KeyError for another stage.
    """
    books = case.days.books(book)
    came = {
        later: {one.id: one.outcome(books["A"], books[later]) for one in case.questions}
        for later in ("B", "C")
    }
    own = {handouts.OPENAI.name: _openai, handouts.LUCENT.name: _lucent}[case.name]
    told = own(books[stage], books["C"]) | _guesses(came)
    return render(
        f"course/cases/note-{case.name}.html",
        **case.values(book, stage, ENGLISH),
        name=NAMES[case.name],
        came=came,
        n=told,
    )


def _guesses(came: Outcomes) -> dict[str, object]:
    """What those score who write 0 or 1 everywhere."""
    return {
        word: {
            stage: units.number(questions.brier([guess] * len(own), list(own.values())))
            for stage, own in came.items()
        }
        for word, guess in (("never", 0.0), ("always", 1.0))
    }


def _openai(book: Dealbook, end: Dealbook) -> dict[str, object]:
    known, last = quantities.of(book, FOCAL), quantities.of(end, FOCAL)
    ins = [known[name] for name in ("to_come_in", "to_come_in_signed", "paid_in")]
    letter = ledger.last_named(book, LETTER, "letter_of_intent")
    signed = obligations.supply(book, FOCAL, "announced", at_least=True)
    year = book.day.year + 1
    dated, undated = obligations.by_year(signed, [year])
    share = figures.newest(book, "oracle", "backlog_share_openai", ["estimate"])
    return {
        "to_pay": known["to_pay"].written,
        "to_come_in": known["to_come_in"].written,
        "rungs_added": units.usd_bn(sum(one.low for one in ins)),
        "stated": known["paid_in"].at("stated"),
        "without_condition": known["signed_without_condition"].written,
        "not_public": known["signed_terms_not_public"].written,
        "next_year": str(year),
        "next": units.usd_bn(float(dated[year])),
        "undated": units.usd_bn(undated),
        "round_trip": known["round_trip"].written,
        "all_sides": units.usd_bn(min(known["to_come_in"].low, known["to_pay"].low)),
        "letter_status": _status(book, LETTER),
        "with_letter": units.usd_bn(letter + known["paid_in"].low),
        "oracle_share": "" if share is None else figures.amount(share, ENGLISH),
        "end": {name: last[name].written for name in _END},
    }


def _lucent(book: Dealbook, end: Dealbook) -> dict[str, object]:
    trips = dict(zip(("without", "with_credit"), lucent.loop(book, ENGLISH).lines, strict=True))
    pair = lucent.counted_between(book)
    drawn = lucent_questions.drawn(book)
    last = lucent_facts.of("C", {"A": book, "B": end, "C": end}, ENGLISH)
    sold = figures.history(end, lucent.SELLER, "revenue")
    return {
        **{word: line.cells[1].replace("–", "nothing") for word, line in trips.items()},
        "both": units.usd_bn(float(pair.high.sum())),
        "line_status": _status(book, LINE).capitalize(),
        "drawn": units.usd_bn(drawn) if drawn else "no document says how much",
        "end": {name: last[name] for name in ("revenue", "commitments", "drawn", "award")}
        | {"revenue_before": units.usd_bn(float(sold.iloc[-3]))},
    }


def _status(book: Dealbook, leg: str) -> str:
    status = str(ledger.ladder(book).set_index("leg_id").status[leg])
    return {"binding": "signed"}.get(status, status.replace("_", " "))
