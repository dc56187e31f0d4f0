"""What the figures of the chapter on who breaks claim, by hand on two suppliers."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_books as books
from tightrope.chapters import who_breaks_figures as draw
from tightrope.chapters import who_breaks_run_figures as draw_runs
from tightrope.chapters import who_breaks_runs as clearing
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table
from tightrope.dealbook import Dealbook
from tightrope.stress import Partners

from .books import Leg, Step, made
from .stressed import UNTESTED, WEB, case, dues, figures

NAN = math.nan
BN = "\N{NO-BREAK SPACE}bn"
BACKLOGS = [(party, "backlog", "2026-06-30", NAN, 200, NAN) for party in ("microsoft", "nvidia")]
BASE = ("openai", "revenue", "2021", NAN, 2, NAN)
"""The row that the web by hand rests on."""


@pytest.fixture
def known(tiny: Dealbook) -> Dealbook:
    return figures(tiny, BASE)


def drawn(figure: Figure | None) -> Figure:
    """The figure, once it has been drawn for a wide page and for a phone."""
    assert figure is not None
    assert {"wide", "narrow"} <= set(figure.content())
    return figure


def outcomes(web: Partners) -> clearing.Outcomes | None:
    return clearing.outcomes(web, clearing.runs(web))


def shares(tiny: Dealbook, *of: float) -> str:
    """The table of orders for shares of Microsoft, Nvidia and OpenAI's own, which is a stand-in."""
    parties = ("microsoft", "nvidia", "openai")
    rows = [
        (party, "backlog_share_openai", "2026-06-30", NAN, share, NAN)
        for party, share in zip(parties, of, strict=True)
    ]
    whole = ("openai", "backlog", "2026-06-30", NAN, 200, NAN)
    made = case(figures(tiny, *BACKLOGS, whole, *rows))
    table = draw.orders(made, books.orders(made))
    assert table is not None
    return table.html


def test_who_is_most_of_orders_is_the_title_where_a_third_has_a_part(tiny: Dealbook) -> None:
    html = shares(tiny, 90, 80, 45)
    assert (
        f"OpenAI is most of what Microsoft and Nvidia have on order, and at OpenAI perhaps $90{BN} "
        f"of $200{BN}; as known on"
    ) in html
    assert f">90%: $180{BN} of $200{BN}<" in html


@pytest.mark.parametrize("of", [(90, 80, 20), (90, 45, 45)])
def test_without_two_above_half_and_a_third_the_title_claims_nothing(
    tiny: Dealbook, of: tuple[float, float, float]
) -> None:
    assert "How much of its suppliers’ orders is OpenAI’s; as known" in shares(tiny, *of)


def test_a_share_that_its_supplier_stated_is_told_apart_from_our_reckoning(tiny: Dealbook) -> None:
    rows = [
        ("microsoft", "backlog_share_openai", day, NAN, 45, NAN)
        for day in ("2025-12-31", "2026-06-30")
    ]
    book = figures(tiny, *BACKLOGS, *rows)
    notes = []
    for natures, newest in (
        (("actual", "estimate"), "derived"),
        (("actual", "estimate"), "press"),
        (("estimate", "estimate"), "derived"),
    ):
        table = book.financials.copy()
        table.loc[2:3, "nature"] = list(natures)
        table.loc[3, "confidence"] = newest
        made = case(replace(book, financials=table))
        notes.append(draw.who_said(made))
    assert notes == [
        "Only Microsoft has stated a share, for December 2025; its newest one is our reckoning "
        "from the growth of the rest.",
        "",
        "",
    ]


def test_without_orders_nothing_is_drawn(known: Dealbook) -> None:
    assert draw.orders(case(known), books.orders(case(known)).iloc[:0]) is None


def side_by_side(tiny: Dealbook, equity: float) -> Figure:
    both = ("microsoft", "nvidia")
    rows = [
        *[(party, "debt", "2021-06-30", NAN, 50, NAN) for party in both],
        *[(party, "equity_book_value", "2021-06-30", NAN, equity, NAN) for party in both],
        ("microsoft", "receivable_from_openai", "2021-06-30", NAN, 6, NAN),
    ]
    owed = dues(*[(2027, "cloud-use", party, 73.0) for party in both])
    of = case(
        figures(
            made(tiny, {"cloud-use": Leg("openai", "microsoft", [Step("binding", 73)])}), *rows
        ),
        owed=owed,
    )
    return drawn(draw.sides(of, books.sides(of, both, []), "Net debt.", "Guarantees."))


def test_those_promised_several_times_their_equity_are_the_title(tiny: Dealbook) -> None:
    figure = side_by_side(tiny, 20)
    assert figure.title == (
        "Microsoft and Nvidia have been promised several times their equity, and owe more than it"
    )
    assert "Microsoft: promised by openai $73" in figure.description
    assert "Net debt. Debt and leases also serve other customers. Guarantees." in figure.note
    assert figure.note.endswith(
        f"OpenAI owed Microsoft $6{BN} for what was delivered besides, on "
        "30\N{NO-BREAK SPACE}June 2021."
    )


def test_without_them_the_title_says_where_promises_stand(tiny: Dealbook) -> None:
    assert side_by_side(tiny, 60).title == (
        "What OpenAI has promised is on no partner’s balance sheet; the debt is"
    )


def test_without_sums_or_loans_nothing_is_drawn(known: Dealbook) -> None:
    of = case(known, owed=dues())
    assert draw.sides(of, books.sides(of, ["nvidia"], []), "", "") is None
    assert draw.debts(of, books.borrowed(known, "announced", {})) is None


@pytest.mark.parametrize(
    ("own_debt", "title"),
    [
        (0, "The partners borrow; OpenAI had no debt in March 2026"),
        (3, "The partners have borrowed to build and to invest"),
    ],
)
def test_the_title_of_loans_says_whether_the_focal_party_has_debt(
    tiny: Dealbook, own_debt: float, title: str
) -> None:
    legs = {
        "stake-cash": Leg("nvidia", "microsoft", [Step("binding", 10), Step("paid", 4)], "loan"),
        "cloud-use": Leg("nvidia", "microsoft", [Step("announced", 3)], "loan"),
        "letter-equity": Leg("nvidia", "microsoft", [Step("binding", 2)], "loan"),
    }
    names = {"stake-cash": "One", "cloud-use": "Two", "letter-equity": "Three"}
    book = figures(made(tiny, legs), ("openai", "debt", "2026-03-31", NAN, own_debt, NAN))
    table = books.borrowed(book, "announced", names, ["letter-equity"])
    shown = draw.debts(case(book), table)
    assert shown is not None
    assert f"{title}; loans for or beside" in shown.html
    assert [f">{words}<" in shown.html for words in (f"$10{BN}", f"$4{BN}", "none known")] == (
        [True] * 3
    )
    assert shown.html.count(">not published<") == 1


def test_needs_name_who_needs_money_only_beside_two_who_do(known: Dealbook) -> None:
    of = case(known)
    figure = drawn(draw_runs.needs(of, chapter.every_break_even(WEB)))
    assert figure.title == ("How much of its dues OpenAI must pay for its partners to pay theirs")
    assert f"debts and rents: needs $2–5{BN}, 20–50%." in figure.description
    assert "Nvidia, which is due $5" in figure.description
    assert "needs nothing." in figure.description


def test_two_who_need_it_and_one_who_does_not_are_the_title(known: Dealbook) -> None:
    lanes = chapter.every_break_even(WEB)
    third = lanes[lanes.party.eq("microsoft")].assign(party="openai")
    figure = drawn(draw_runs.needs(case(known), pd.concat([lanes, third], ignore_index=True)))
    assert figure.title == (
        "Microsoft and OpenAI may need OpenAI’s money to pay their own bills; Nvidia does not"
    )


def test_without_a_tested_partner_nothing_is_drawn(known: Dealbook) -> None:
    of = case(known, UNTESTED)
    assert draw_runs.needs(of, chapter.every_break_even(UNTESTED)) is None
    assert draw_runs.first_to_fail(of, outcomes(UNTESTED)) is None
    assert draw_runs.losses(of, clearing.runs(UNTESTED)) is None
    assert draw_runs.flips(of, chapter.flips(of), ["microsoft"]) is None


def test_down_to_which_share_a_partner_holds_is_the_title(known: Dealbook) -> None:
    figure = drawn(draw_runs.first_to_fail(case(known), outcomes(WEB)))
    assert figure.title == "Microsoft falls short if paid 60%"
    assert (
        "Microsoft, machines too, OpenAI pays 20%: 2027, 2028 on every reading."
        in figure.description
    )
    assert (
        "Microsoft, machines too, OpenAI pays 60%: 2027, 2028 on the harshest reading."
        in figure.description
    )


def test_where_nobody_fails_no_box_is_filled(known: Dealbook) -> None:
    web = replace(WEB, charges=WEB.charges.assign(low=0.0, high=0.0), machines=UNTESTED.machines)
    figure = drawn(draw_runs.first_to_fail(case(known, web), outcomes(web)))
    assert figure.title == "Nobody breaks while OpenAI pays a fifth"
    assert "No box is filled." in figure.description


def test_losses_are_a_table_headed_by_what_is_lost_beyond_full_payment(known: Dealbook) -> None:
    short = replace(WEB, charges=WEB.charges.assign(high=WEB.charges.high + 5))
    table = draw_runs.losses(case(known, short), clearing.runs(short))
    assert table is not None
    # 14 behind them at three fifths, of which 6 at full payment too.
    assert (
        f"If OpenAI pays three fifths, its suppliers miss $12{BN}, and those behind them lose up to "
        f"$8{BN} more than if it paid all. Not paid in 2027 to 2028"
    ) in table.html
    assert f">$24{BN}<" in table.html


def test_where_nothing_is_passed_on_no_loss_is_claimed(known: Dealbook) -> None:
    web = replace(WEB, charges=WEB.charges.assign(low=0.0, high=0.0), machines=UNTESTED.machines)
    table = draw_runs.losses(case(known, web), clearing.runs(web))
    assert table is not None
    assert "What suppliers miss, and what they pass on." in table.html
    assert ">nothing<" in table.html


def test_changed_assumptions_are_a_table_of_the_parties_asked_for(known: Dealbook) -> None:
    of = case(known)
    table = draw_runs.flips(of, chapter.flips(of), ["microsoft", "oracle"])
    assert isinstance(table, Table)
    assert f">80% · $8{BN}<" in table.html
    assert "All of today’s cash comes again without OpenAI" in table.html
    assert "Nvidia" not in table.html
