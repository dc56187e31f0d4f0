"""What the case on Lucent and Winstar asks in 1998, and what later days answer."""

from __future__ import annotations

from tightrope import ledger
from tightrope.course.cases import questions
from tightrope.course.cases.questions import Question, figure_rows, has_step, nothing, stands, steps
from tightrope.dealbook import Dealbook

LINE, BOUGHT, RESCUE = "lucent-winstar-loan", "lucent-winstar-equipment", "lucent-rescue-2001-loan"
PART = 0.25
"""The part of the line that the release of 1998 lets stand out at one time."""


def drawn(book: Dealbook) -> float:
    """The most that Winstar is known to have drawn: booked, or owed when it failed; USD billion."""
    own = book.financials
    own = own[own.financial_id.str.startswith("lucent-vendor-financing-drawn-")]
    own = own[own.financial_id.str.endswith("-winstar")]
    return max([float(own.value.max()) if len(own) else 0.0, stands(book, LINE, "paid_low")])


def _drawn_rows(book: Dealbook) -> tuple[str, ...]:
    own = book.financials.financial_id
    own = own[own.str.startswith("lucent-vendor-financing-drawn-") & own.str.endswith("-winstar")]
    return tuple(f"financials/{row}" for row in own)


def _quarter(book: Dealbook) -> dict[str, float]:
    line = float(ledger.ladder(book).set_index("leg_id").announced_high[LINE])
    return {"line": line, "target": PART * line}


def _line(book: Dealbook) -> dict[str, float]:
    return {"line": _quarter(book)["line"]}


QUESTIONS = (
    Question(
        "contract",
        _line,
        lambda book, _: has_step(book, LINE, "binding"),
        lambda book: steps(book, LINE, "binding"),
    ),
    Question(
        "drawn",
        _quarter,
        lambda book, asked: drawn(book) > asked["target"],
        _drawn_rows,
    ),
    Question(
        "bought",
        nothing,
        lambda book, _: stands(book, BOUGHT, "paid_low") > 0,
        lambda book: steps(book, BOUGHT),
    ),
    Question(
        "ended",
        nothing,
        lambda book, _: has_step(book, LINE, "cancelled"),
        lambda book: steps(book, LINE, "cancelled"),
    ),
    Question(
        "rescue",
        nothing,
        lambda book, _: has_step(book, RESCUE, "binding"),
        lambda book: steps(book, RESCUE, "binding"),
    ),
    Question(
        "court",
        nothing,
        lambda book, _: questions.figure(book, "lucent", "court_award") > 0,
        lambda book: figure_rows(book, "lucent", "court_award"),
    ),
)
