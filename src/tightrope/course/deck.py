"""The deck to project: the book's own figures, one a slide, in one file that asks no other host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tightrope import accounts, dealbook, ledger, quantities, statements, units
from tightrope.chapters import (
    at_a_glance,
    at_a_glance_figures,
    claim_check_figures,
    how_circular_course,
    how_circular_figures,
    promise_and_cash,
    promise_and_cash_figures,
    runway_readings,
    start_figures,
    who_breaks_run_figures,
    who_breaks_runs,
)
from tightrope.chapters.whose_money import figures as money_figures
from tightrope.chapters.whose_money import years
from tightrope.chapters.worlds import World
from tightrope.charts.figure import Figure, bake
from tightrope.course.tables import bills_case
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View
from tightrope.templates import render

FOCAL, LAYER = "openai", "announced"
NAME = "key/deck.html"
SINCE = 2024
"""The first year that the sources of money are drawn for on its own, as in the chapter."""
RUNS, SEED = 2000, 7


@dataclass(frozen=True)
class Slide:
    """A figure of the book, and what whoever speaks asks the class before it says the title."""

    figure: Callable[[Opening], Figure | None]
    ask: str
    claim: Callable[[Opening], str] | None = None
    """The finding, for a figure whose own title only says what it shows."""
    under: str = ""
    """What stands under the title, for a figure whose own line speaks of its page."""


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """The deck by its path in the instructor's pack: its figures show what the labs ask for."""
    return {NAME: page(book).encode()} if key else {}


def page(book: Dealbook) -> str:
    """The deck as one HTML page: each slide has a figure's title, picture and notes."""
    opening = Opening(book, LAYER, FOCAL, Facts(book), quantities.of(book, FOCAL))
    return render("course/deck.html", slides=slides(opening), day=units.day(book.day.date()))


def slides(opening: Opening) -> list[dict[str, object]]:
    """What the template shows of each slide; a figure that the book has not is left out."""
    found = []
    for slide in SLIDES:
        figure = slide.figure(opening)
        if figure is None:
            continue
        content = figure.content()
        found.append(
            {
                "title": slide.claim(opening) if slide.claim else figure.title,
                "picture": Markup(bake(content)["wide"]),
                "subtitle": slide.under or figure.subtitle,
                "ask": slide.ask,
                "notes": [figure.description, figure.note],
                "credit": content["credit"],
            }
        )
    return found


def _bars(opening: Opening) -> Figure | None:
    pieces = at_a_glance.pieces(View.of(opening.book, FOCAL))
    return at_a_glance_figures.bars_figure(opening, pieces, at_a_glance.finding(opening.quantities))


def _two_sided(opening: Opening) -> Figure | None:
    web = opening.book.within(*dealbook.WEB)
    return promise_and_cash_figures.two_sided(opening, statements.two_sided(web))


def _conclusion(opening: Opening) -> str:
    return at_a_glance.finding(opening.quantities).words


def _deals(opening: Opening) -> Figure | None:
    web = opening.book.within(*dealbook.WEB)
    legs = ledger.ladder(web)
    legs["direction"] = accounts.directions(legs, FOCAL)
    own = legs[legs.direction.isin(["in", "out"])]
    return promise_and_cash_figures.by_deal(opening, own, "")


def _days(opening: Opening) -> Figure | None:
    web = opening.book.within(*dealbook.WEB)
    return promise_and_cash_figures.by_day(opening, promise_and_cash.panels(web, FOCAL))


def _loops(opening: Opening) -> Figure | None:
    return start_figures.loops(opening, 3, {"sb-energy": "softbank"})


def _quarters(opening: Opening) -> Figure | None:
    course = how_circular_course.by_quarter(opening.book, FOCAL, LAYER)
    return how_circular_figures.by_quarter(opening, how_circular_course.recent(course, 3), "")


def _claims(opening: Opening) -> Figure | None:
    return claim_check_figures.squares(opening.book)


def _sources(opening: Opening) -> Figure | None:
    view = View.of(opening.book, FOCAL)
    mirror, shares = years.sources_and_uses(view, SINCE), years.year_shares(view, SINCE)
    return money_figures.sources(opening, mirror, shares)


def _readings(opening: Opening) -> Figure | None:
    world = World.of(opening.book, "as-planned", FOCAL, RUNS, SEED)
    return runway_readings.readings_figure(world, opening.book)


def _failing(opening: Opening) -> Figure | None:
    case = bills_case(opening.book)
    outcomes = who_breaks_runs.outcomes(case.web, who_breaks_runs.runs(case.web))
    return who_breaks_run_figures.first_to_fail(case, outcomes)


SLIDES = (
    Slide(_deals, "Which bar is money that has moved, and which is a word? Guess both sums first."),
    Slide(_days, "When did the promises come, and when the cash?"),
    Slide(_two_sided, "Who has said so: the payer, the payee, both, or neither?"),
    Slide(_loops, "Follow one loop with a finger. Where could it be cut?"),
    Slide(_quarters, "What has to be true for money to come back? What does this not show?"),
    Slide(_sources, "Whose money is it, if a supplier pays it in?"),
    Slide(how_circular_figures.beside_the_bills, "Who pays the rest?"),
    Slide(_readings, "In which year is the most money missing, and what does that hang on?"),
    Slide(_failing, "OpenAI pays a part of its bills. Who cannot pay its own?"),
    Slide(
        _claims,
        "Which claim of the article would you check first, and in which row?",
        under="One square a claim, in the order of the article",
    ),
    Slide(_bars, "Blueprint or warning? Say what would change your mind.", _conclusion),
)
