"""Who bears what is missing if the money runs out: what the section says, by hand."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from tightrope.chapters import who_breaks_coupled as chapter
from tightrope.chapters import who_breaks_coupled_figures as bearers
from tightrope.chapters.who_breaks import Case
from tightrope.chapters.who_breaks_coupled import BEHIND, GUARANTORS, MAKERS, SUPPLIERS, Coupled
from tightrope.charts import theme
from tightrope.charts.tails import sum_words, tails
from tightrope.coupled import OPERATING_SHARES, ROUND, losses
from tightrope.creditors import Web
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST, ORDERS
from tightrope.dealbook import Dealbook

from .drawings import boxes, check
from .stated import stated
from .stressed import case, figures
from .test_coupled import GUARDED, WEB, drawn

pytestmark = pytest.mark.thorough

NAN = float("nan")
BN = "\N{NO-BREAK SPACE}bn"
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
RENAMED = {"o": "openai", "c": "microsoft", "g": "nvidia", "d": "someone", "cloud": "microsoft"}


@pytest.fixture
def known(tiny: Dealbook) -> Dealbook:
    return figures(tiny, ("openai", "revenue", "2021", NAN, 2, NAN))


def named(web: Web) -> Web:
    """The web by hand with parties of the toy book: `c` is Microsoft, `g` Nvidia."""

    def of(sums: Mapping[str, Any]) -> dict[str, Any]:
        return {RENAMED.get(party, party): own for party, own in sums.items()}

    return dataclasses.replace(
        web,
        focal="openai",
        tested=("microsoft",),
        contracts=web.contracts.replace(RENAMED),
        dues=web.dues.replace(RENAMED),
        moved=web.moved.replace(RENAMED),
        guarantees=web.guarantees.replace(RENAMED).assign(leg_id="cloud-use"),
        income=of(web.income),
        till=of(web.till),
        kinds=of(web.kinds),
    )


def coupled(web: Web, *paid: tuple[float, float]) -> Coupled:
    """The runs of `test_coupled`, the same whatever becomes of the round in talks."""
    own = named(web)
    found = {
        (talks, order): losses(own, drawn(*paid), order) for talks in ROUND for order in ORDERS
    }
    costs = {share: losses(own, drawn(*paid), ALIKE, share) for share in OPERATING_SHARES}
    return Coupled(own, found, costs, len(paid), 1)


# Two draws: one in which 15 of 30 is paid in the first year, and one in which all is paid.
HALF = ((15.0, 30.0), (30.0, 30.0))


def test_what_each_bears_is_summed_by_who_it_is() -> None:
    # By hand, of test_coupled: in one draw of two the cloud bears 2, the other 5, the maker 3.
    table = chapter.borne(coupled(WEB, *HALF)).set_index(["group", "order"])["mean"]
    assert table[SUPPLIERS, ALIKE] == pytest.approx((2 + 5) / 2)
    assert table[MAKERS, ALIKE] == pytest.approx(3 / 2)
    assert table[MAKERS, CONTRACTS_FIRST] == pytest.approx(0.5 / 2)
    assert table[MAKERS, BY_TERMS] == 0
    assert (table[BEHIND] == 0).all()
    guarded = chapter.borne(coupled(GUARDED, *HALF)).set_index(["group", "order"])["mean"]
    assert guarded[GUARANTORS, ALIKE] == pytest.approx(3 / 2)


def test_how_often_a_supplier_falls_short_is_counted_by_order_and_round() -> None:
    table = chapter.falling_short(coupled(WEB, *HALF))
    assert table.party.to_list() == ["microsoft"] * 3
    assert table.talks.to_list() == ["certain", "half", "none"]
    assert table[[ALIKE, CONTRACTS_FIRST, BY_TERMS]].iloc[0].to_list() == [0.5, 0.5, 0]


def test_who_never_falls_short_has_no_row(known: Dealbook) -> None:
    paid = coupled(WEB, (30, 30))
    assert chapter.falling_short(paid).empty
    assert bearers.short_table(case(known), paid) is None


def test_a_gap_of_its_own_is_told_apart() -> None:
    # By hand: 11 of bills and 10 of income, if all is paid.
    poor = dataclasses.replace(
        WEB, income={"c": 0.0}, dues=WEB.dues.replace({"amount": {3.0: 5.0}})
    )
    assert chapter.short_anyway(coupled(poor, *HALF)) == ["microsoft"]
    assert chapter.short_anyway(coupled(WEB, *HALF)) == []
    assert chapter.falling_short(coupled(poor, (30, 30))).empty


def test_the_figure_says_what_makers_lose_in_two_orders(known: Dealbook) -> None:
    figure = bearers.figure(case(known), coupled(WEB, (15, 30)))
    assert figure is not None
    assert {"wide", "narrow"} <= set(figure.content())
    assert figure.title == (
        f"If all is cut alike, makers of machines lose more than $3{BN} in 1 draw of 100; if "
        "contracts are paid first, more than $500\N{NO-BREAK SPACE}m"
    )
    assert "Makers of machines, by the contracts’ own terms: nothing on average" in (
        figure.description
    )
    assert figure.frame.columns.to_list() == [
        "group",
        "case",
        "mean_usd_bn",
        "p95_usd_bn",
        "p99_usd_bn",
    ]


def test_where_order_changes_nothing_the_title_claims_nothing(known: Dealbook) -> None:
    figure = bearers.figure(case(known), coupled(WEB, (0, 30)))
    assert figure is not None
    assert figure.title == "Who bears what is missing, by the order in which contracts are cut"


def test_where_nobody_loses_nothing_is_drawn(known: Dealbook) -> None:
    assert bearers.figure(case(known), coupled(WEB, (30, 30))) is None


def test_the_table_counts_draws_of_a_hundred(known: Dealbook) -> None:
    table = bearers.short_table(case(known), coupled(WEB, *HALF))
    assert table is not None
    assert ">Microsoft, round at ½<" in table.html
    assert table.html.count(">50 of 100<") == 6
    assert table.html.count(">none of 100<") == 3


def test_what_the_section_states_is_what_was_drawn(
    monkeypatch: pytest.MonkeyPatch, known: Dealbook
) -> None:
    promised = GUARDED.guarantees.assign(cap=1.0)
    found = coupled(dataclasses.replace(GUARDED, guarantees=promised), *HALF)
    shown = stated(monkeypatch, known, lambda fact: bearers.state(fact, case(known), found))
    # By hand: with 1 of the 5 guaranteed the maker gets 1 of 3. 99 % of two draws is 0.99 of it.
    assert shown["makers-alike"].value == pytest.approx(0.99 * 2)
    assert shown["makers-terms"].value == 0
    assert shown["guarantors-alike"].value == pytest.approx(0.5)
    assert shown["behind-most"].written == "nothing"
    assert shown["weakest"].written == "Microsoft"
    assert shown["short-alike"].written == "50 of 100"
    assert shown["running"].written == "20%"
    assert shown["anyway"].written == ""
    assert shown["edges"].written == (
        "Nvidia guarantees payments to Microsoft. Landlords owe 1 lender of their own."
    )
    assert "legs/cloud-use" in shown["borne"].rows


def test_where_nobody_can_be_tested_the_section_is_empty(
    monkeypatch: pytest.MonkeyPatch, known: Dealbook, tiny: Dealbook
) -> None:
    of: Case = case(known)
    assert bearers.figure(of, None) is None
    assert bearers.short_table(of, None) is None
    nothing = stated(monkeypatch, known, lambda fact: bearers.state(fact, of, None))
    assert nothing["borne"].written == ""
    found = coupled(WEB, (15, 30))
    some = stated(monkeypatch, known, lambda fact: bearers.state(fact, of, found))
    assert set(nothing) == set(some)
    assert chapter.run(dataclasses.replace(of, book=tiny), 10, 1) is None


def test_the_base_scenario_is_drawn_once_for_all_orders(book: Dealbook) -> None:
    from tightrope.chapters import who_breaks

    found = chapter.run(who_breaks.case(book, "openai", "announced", 2031, 2028), 40, 1)
    assert found is not None
    assert set(found.found) == {(talks, order) for talks in ROUND for order in ORDERS}
    assert set(found.costs) == set(OPERATING_SHARES)
    unpaid = [found.by(order).borne.sum(axis=2) for order in ORDERS]
    for other in unpaid[1:]:
        assert other.sum() == pytest.approx(unpaid[0].sum(), rel=1e-6)
    words = bearers._edges(who_breaks.case(book, "openai", "announced", 2031, 2028), found)
    assert "owe Nvidia for machines" in words
    assert "Nvidia guarantees payments to SB Energy and CoreWeave" in words


TABLE = pd.DataFrame(
    [("Lenders", "first", "", 1.0, 10.0, 20.0), ("Lenders", "last", "", 0.0, 0.0, 0.0)],
    columns=["group", "case", "note", "mean", "p95", "p99"],
)


@WIDTHS
def test_tails_are_as_wide_as_asked_and_say_three_sums(width: int) -> None:
    chart = tails(TABLE, width, {"Lenders": theme.BORROWED})
    check(chart)
    assert chart.to_dict()["width"] == width
    said = {text for text, *_ in boxes(chart)}
    assert f"$1{BN} · $10{BN} · $20{BN}" in said
    assert "nothing · nothing · nothing" in said


def test_marks_stand_where_the_scale_has_them() -> None:
    spec = tails(TABLE, theme.WIDE, {"Lenders": theme.BORROWED}).to_dict()
    marks = [
        (row["x"], layer["mark"].get("shape"))
        for layer in spec["layer"]
        for row in layer.get("data", {}).get("values", [])
        if "tip" in row and "Lenders, first" in json.dumps(row, ensure_ascii=False)
    ]
    places = sorted(x for x, shape in marks if shape)
    # Of 1, 10 and 20 on one scale: the second step is ten ninths of the first.
    assert (places[2] - places[1]) / (places[1] - places[0]) == pytest.approx(10 / 9, abs=0.01)


def test_less_than_five_million_dollars_is_nothing() -> None:
    assert sum_words(0.004) == "nothing"
    assert sum_words(0.005) == "$5\N{NO-BREAK SPACE}m"
