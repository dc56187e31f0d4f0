"""Whose books hold what: shares of orders, kinds of sums, and loans, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope import ledger
from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_books as books
from tightrope.dealbook import Dealbook
from tightrope.quantities import of

from .books import Leg, Step, made
from .stressed import case, dues, figures

NAN = math.nan


def test_a_share_of_orders_stands_beside_what_is_due_of_a_years_revenue(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06-30", 30, 40, 50),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
        ("microsoft", "revenue", "2026-Q2", NAN, 20, NAN),
    )
    table = books.orders(case(book)).set_index("reading")
    share = table.loc["backlog"]
    assert (share.low, share.mid, share.high) == (30, 40, 50)
    assert share.note == "$60–100\N{NO-BREAK SPACE}bn of $200\N{NO-BREAK SPACE}bn"
    # 10 due in 2027, of 4 × 20.
    assert table.high["revenue"] == pytest.approx(12.5)
    assert table.note["revenue"] == "$10\N{NO-BREAK SPACE}bn of $80\N{NO-BREAK SPACE}bn"
    assert table.rows["revenue"] == ("financials/microsoft-revenue-2026-q2",)


def test_a_share_is_of_the_newest_backlog_of_its_own_day_or_before(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06", NAN, 40, NAN),
        ("microsoft", "backlog", "2026-03-31", NAN, 100, NAN),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
        ("microsoft", "backlog", "2026-09-30", NAN, 300, NAN),
    )
    [row] = books.orders(case(book)).to_dict("records")
    assert row["note"] == "$80\N{NO-BREAK SPACE}bn of $200\N{NO-BREAK SPACE}bn"
    assert row["rows"][1] == "financials/microsoft-backlog-2026-06-30"


def test_a_share_without_a_backlog_of_its_day_has_no_lane(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06-30", NAN, 40, NAN),
        ("microsoft", "backlog", "2026-09-30", NAN, 300, NAN),
    )
    assert books.orders(case(book)).empty


@pytest.mark.parametrize(
    ("low", "value", "high", "ends", "mid", "said"),
    [
        # A floor, a share that may be nothing, and one that is only a range.
        (80, 80, NAN, (80, 80), 80, "at least $160"),
        (0, 22, 22, (0, 22), NAN, "up to $44"),
        (81, NAN, 100, (81, 100), NAN, "$162–200"),
    ],
)
def test_a_share_with_an_open_end_says_so(
    tiny: Dealbook,
    low: float,
    value: float,
    high: float,
    ends: tuple[float, float],
    mid: float,
    said: str,
) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06-30", low, value, high),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
    )
    [row] = books.orders(case(book)).to_dict("records")
    assert (row["low"], row["high"]) == ends
    assert row["mid"] == pytest.approx(mid, nan_ok=True)
    assert row["note"].startswith(said)


def test_the_largest_share_stands_first_and_more_than_all_revenue_is_said(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06-30", NAN, 40, NAN),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
        ("nvidia", "revenue", "2025", NAN, 4, NAN),
    )
    owed = pd.concat([case(tiny).owed, dues((2027, "letter-equity", "nvidia", 5.0))])
    table = books.orders(case(book, owed=owed))
    assert table.party.to_list() == ["nvidia", "microsoft"]
    assert table.note[0].endswith("(125%)")


def test_a_maker_of_chips_without_a_share_of_orders_is_no_supplier_here(tiny: Dealbook) -> None:
    book = figures(tiny, ("nvidia", "revenue", "2025", NAN, 4, NAN))
    owed = dues((2027, "letter-equity", "nvidia", 5.0)).assign(instrument="chips")
    assert books.orders(case(book, owed=owed)).empty


def test_dues_by_party_are_those_of_the_year_in_focus(tiny: Dealbook) -> None:
    due = books.due_by_party(case(tiny))
    assert list(due.items()) == [("microsoft", 10), ("nvidia", 5)]


def test_dollars_are_the_share_times_the_whole(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "backlog_share_openai", "2026-06-30", 0, 20, 25),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
    )
    share, whole = book.financials.financial_id
    assert books.in_dollars(book, share, whole) == 40
    # A quarter at most is OpenAI's.
    assert books.from_others(book, share, whole) == 150
    assert math.isnan(books.in_dollars(book, share, "microsoft-backlog-2019"))
    assert math.isnan(books.from_others(book, "microsoft-share-2019", whole))


def sums(table: pd.DataFrame, party: str) -> dict[str, float]:
    own = table[table.party.eq(party)]
    return dict(zip(own.kind, own.amount, strict=True))


def test_kinds_of_sums_stand_side_by_side_and_none_is_added(tiny: Dealbook) -> None:
    legs = {
        "stake-cash": Leg("microsoft", "openai", [Step("paid", 9)]),
        "cloud-use": Leg("openai", "microsoft", [Step("binding", 73)], "compute"),
        "letter-equity": Leg("microsoft", "nvidia", [Step("binding", 5, 4, 6)], "guarantee"),
    }
    book = figures(
        made(tiny, legs),
        ("microsoft", "debt", "2021-06-30", NAN, 50, NAN),
        ("microsoft", "net_debt", "2021-06-30", NAN, 30, NAN),
        ("microsoft", "lease_commitments", "2021-06-30", 7, NAN, 8),
        ("microsoft", "equity_book_value", "2021-06-30", NAN, 100, NAN),
        ("nvidia", "net_debt", "2021-06-30", NAN, 3, NAN),
    )
    owed = dues((2027, "cloud-use", "microsoft", 73.0))
    table = books.sides(case(book, owed=owed), ["microsoft", "nvidia"], ["letter-equity"])
    assert sums(table, "microsoft") == {
        books.PROMISED: 73,
        books.SHARES: 9,
        books.DEBT: 50,
        books.LEASES: 7,
        books.EQUITY: 100,
        books.GUARANTEE: 6,
    }
    # Net of cash where only that is known; who is guaranteed guarantees nothing.
    assert sums(table, "nvidia") == {books.DEBT: 3}
    rows = table.set_index(["party", "kind"]).rows
    assert rows["microsoft", books.PROMISED] == ("legs/cloud-use",)
    assert rows["microsoft", books.SHARES] == ("legs/stake-cash",)
    assert rows["microsoft", books.GUARANTEE] == ("legs/letter-equity",)


def test_equity_counts_the_shares_sold_since_its_day(tiny: Dealbook) -> None:
    legs = {
        "stake-cash": Leg("nvidia", "microsoft", [Step("paid", 9)]),
        "letter-equity": Leg("microsoft", "nvidia", [Step("paid", 2)]),
    }
    # The step is of 1 January 2022.
    for day, amount in (("2021-12-31", 109), ("2022-01-01", 100)):
        book = figures(made(tiny, legs), ("microsoft", "equity_book_value", day, NAN, 100, NAN))
        table = books.sides(case(book, owed=dues()), ["microsoft"], [])
        assert sums(table, "microsoft")[books.EQUITY] == amount


def test_shares_paid_for_are_the_quantity(book: Dealbook) -> None:
    known = book.as_of("2026-10-01")
    real = chapter.case(known, "openai", "announced", 2031, 2028)
    table = books.sides(real, ["amazon", "softbank"], [])
    for party in ("amazon", "softbank"):
        paid = of(known, "openai", party)["paid_in_for_shares"].stated
        assert sums(table, party)[books.SHARES] == paid


def test_only_who_is_promised_three_times_its_equity_and_owes_more_than_it_is_beyond_it() -> None:
    rows = [
        (party, kind, amount)
        for party, amounts in {
            "b": (31, 11, 10),
            "a": (31, 11, 10),
            "promised-less": (30, 11, 10),
            "owes-less": (31, 10, 10),
        }.items()
        for kind, amount in zip((books.PROMISED, books.DEBT, books.EQUITY), amounts, strict=True)
    ]
    table = pd.DataFrame(
        [*rows, ("no-equity", books.PROMISED, 9)], columns=["party", "kind", "amount"]
    )
    assert books.beyond_equity(table) == ["b", "a"]


def test_a_loan_climbs_the_rungs_unless_nobody_says_what_is_drawn(tiny: Dealbook) -> None:
    legs = {
        "stake-cash": Leg("nvidia", "microsoft", [Step("binding", 10), Step("paid", 4)], "loan"),
        "cloud-use": Leg("nvidia", "microsoft", [Step("announced", 3)], "loan"),
    }
    names = {"stake-cash": "One", "cloud-use": "Two", "letter-equity": "Not known"}
    table = books.borrowed(made(tiny, legs), "announced", names).set_index("name")
    assert list(table.index) == ["One", "Two"]
    assert table.loc["One", ["paid", "binding", "high"]].to_list() == [4, 6, 10]
    assert table.rows["Two"] == ("legs/cloud-use",)
    hidden = books.borrowed(made(tiny, legs), "announced", names, ["stake-cash"])
    assert np.isnan(hidden.set_index("name").paid["One"])
    assert hidden.set_index("name").paid["Two"] == 0


def test_all_debt_of_a_party_is_one_line_more(tiny: Dealbook) -> None:
    book = figures(tiny, ("microsoft", "debt", "2026-06-30", NAN, 50, NAN))
    none = books.borrowed(book, "announced", {"letter-compute": "None"})
    assert none.empty
    [line] = books.with_all_debt(book, none, "microsoft").to_dict("records")
    assert line["name"] == "Microsoft, all debt, 30\N{NO-BREAK SPACE}June 2026"
    assert (line["paid"], line["low"], line["high"]) == (50, 50, 50)
    assert line["rows"] == ("financials/microsoft-debt-2026-06-30",)
    assert books.with_all_debt(book, none, "nvidia").empty


def test_loans_of_the_data_are_those_of_the_ladder(book: Dealbook) -> None:
    table = books.borrowed(book, "announced", {"oracle-bond-2025": "Bonds"})
    leg = ledger.ladder(book).set_index("leg_id").loc["oracle-bond-2025"]
    assert table.high.to_list() == [leg.announced_high]


def test_of_two_figures_of_one_day_the_larger_is_the_whole(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "lease_commitments", "2026-06-30", NAN, 8, NAN),
        ("microsoft", "lease_commitments", "2026-06-30", NAN, 3, NAN),
    )
    ids = ["whole", "part"]
    frame = book.financials.assign(financial_id=ids)
    book = replace(book, financials=frame, all_ids={**book.all_ids, "financials": ids})
    table = books.sides(case(book, owed=dues()), ["microsoft"], [])
    assert sums(table, "microsoft")[books.LEASES] == 8
