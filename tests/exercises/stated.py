"""What the chapters' answers come to on a day, as their notebooks state it, without notebooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tightrope import dealbook
from tightrope.chapters import blueprint_or_warning as blueprint
from tightrope.chapters import blueprint_or_warning_six as six
from tightrope.chapters import paying_with_stock, runway, when_money_moves, who_breaks
from tightrope.chapters import when_money_moves_advance as advances
from tightrope.chapters.answers import model, payments
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Fact, Facts
from tightrope.quantities.view import View

CLOUDS = ["nvidia-coreweave-backstop", "nvidia-lease-guarantee", "nvidia-ai-clouds-2026-compute"]
OHIO, STAKE = "ohio-campus-guarantee", "nvidia-2026-equity"
PLANS = ("openai-revenue-2026-plan-2026-q3", "openai-revenue-2026-plan-2026-q1")
QUARTERS = ("openai-revenue-2026-q1", "openai-revenue-2026-q2")
WARRANT = [
    f"amd-warrant-{term}-2025-10-05" for term in ("shares", "exercise-price", "final-hurdle")
]
ROUNDS = [f"microsoft-{r}" for r in ("2019-cash", "2019-credits", "2021-equity", "2023-equity")]


class Collected(Facts):
    """Facts by key, in place of a notebook's output."""

    def __init__(self, book: Dealbook) -> None:
        super().__init__(book)
        self.found: dict[str, Fact] = {}

    def _add(self, fact: Fact) -> None:
        self.found[fact.key] = fact


def _stock(fact: Facts, book: Dealbook) -> None:
    prices = paying_with_stock.Model((0.45, 0.55, 0.65), 0.04, "2030-10-05", 6)
    issued = ("amd", "amd-warrant", "2025-10-05")
    warrant = paying_with_stock.warrant_of(book, *issued, WARRANT, prices)
    model.paying_with_stock(fact, book, warrant, 6)


def advance_of(book: Dealbook) -> tuple[advances.Advance, float]:
    """Microsoft's advance, and the sum of its contract of October 2025."""
    view = View.of(book, book.focal)
    moves = when_money_moves.moves(view, "announced")
    advance = advances.advance(view.web, moves, "microsoft", ROUNDS, "microsoft-azure-use")
    return advance, float(moves.amount[moves.leg_id.eq(model.AZURE)].sum())


def case_of(book: Dealbook) -> who_breaks.Case:
    """What the page on who breaks clears."""
    return who_breaks.case(book, book.focal, "announced", 2031, 2028)


def _blueprint(fact: Facts, book: Dealbook) -> None:
    named = [
        ("nvidia", blueprint.STAKES, "", ["nvidia-letter-equity", STAKE]),
        ("nvidia", blueprint.RENT, "", [OHIO]),
        ("nvidia", blueprint.CLOUDS, "", CLOUDS),
    ]
    parts = blueprint.parts(book, "announced", named, {"nvidia": "nvidia-net-income-fy2027-q2"})
    profit = six.surety(book, OHIO, CLOUDS, "nvidia-net-income-fy2027-q2").income.value
    july, february = (blueprint.figure(book, plan).value for plan in PLANS)
    sums = [blueprint.figure(book, quarter).value for quarter in QUARTERS]
    planned = {"july": july, "february": february}
    model.blueprint(fact.on([f"legs/{OHIO}"]), parts, profit, planned, sums)


def _on_focal(state: Callable[[Facts, Dealbook], None]) -> Callable[[Facts, Dealbook], None]:
    return lambda fact, book: state(fact.on([f"parties/{book.focal}"]), book)


STATE: dict[str, list[Callable[[Facts, Dealbook], None]]] = {
    "at-a-glance": [payments.at_a_glance, payments.added_rungs],
    "paying-for-technology": [
        _on_focal(lambda fact, book: model.paying_for_technology_chapter(fact)),
        model.seven_deals,
    ],
    "core-deal": [payments.core_deal],
    "web-of-partners": [payments.web_of_partners_chapter],
    "paying-with-stock": [_stock],
    "promise-and-cash": [payments.promise_and_cash],
    "how-circular": [payments.how_circular],
    "whose-money": [payments.whose_money],
    "when-money-moves": [
        _on_focal(lambda fact, book: model.discounting(fact)),
        lambda fact, book: model.when_money_moves(fact, book, *advance_of(book)),
    ],
    "runway": [
        _on_focal(
            lambda fact, book: model.runway_answers(fact, book, runway.plans(book, book.focal))
        )
    ],
    "who-breaks": [lambda fact, book: model.who_breaks_answers(fact, case_of(book))],
    "blueprint-or-warning": [_blueprint],
    "scenarios": [_on_focal(model.scenario_answers)],
}
"""By chapter, what states its answers; the notebooks have the same calls."""


@cache
def book_of(day: str = "") -> Dealbook:
    """The project's own data as known on a day."""
    return dealbook.load().as_of(day)


@cache
def stated(chapter: str, day: str = "") -> dict[str, Fact]:
    """The facts of a chapter's answers by key."""
    book = book_of(day)
    collected = Collected(book)
    for state in STATE[chapter]:
        # `on` copies a Facts, and the copy shares what it has found.
        state(collected, book)
    return collected.found
