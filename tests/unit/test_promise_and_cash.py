"""What the chapter on promise and cash adds up and says: worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import accounts, counting, dealbook, ledger, quantities, statements
from tightrope.chapters import promise_and_cash as chapter
from tightrope.chapters import promise_and_cash_facts as facts
from tightrope.chapters import promise_and_cash_figures as figures
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity
from tightrope.quantities.definition import Value

from .books import Leg, Step, made

LAB = "openai"


def seen(book: Dealbook, layer: str = "announced") -> Opening:
    return Opening(book, layer, LAB, Facts(book), quantities.of(book, LAB))


def legs_of(book: Dealbook) -> pd.DataFrame:
    legs = ledger.ladder(book)
    return legs.assign(direction=accounts.directions(legs, LAB))


def paid_and_named(low: float, high: float, named: float) -> tuple[Quantity, Quantity]:
    paid, whole = (
        quantities.DEFINITIONS[name] for name in ("paid_in_for_shares", "to_come_in_for_shares")
    )
    return (
        Quantity(paid, Value(low, low, high, ("legs/stake-cash",))),
        Quantity(whole, Value(named, named, named, ("legs/stake-cash",))),
    )


@pytest.fixture
def web(tiny: Dealbook) -> Dealbook:
    """A stake of 10, paid to 4; a warrant of the same deal; a contract of 70; a loan behind it."""
    return made(
        tiny,
        {
            "stake": Leg("microsoft", LAB, [Step("binding", 10.0), Step("paid", 4.0)]),
            "warrant": Leg("microsoft", LAB, [Step("announced", 3.0)], "warrant"),
            "cloud": Leg(LAB, "microsoft", [Step("binding", 70.0)], "compute"),
            "loan": Leg("nvidia", "microsoft", [Step("binding", 5.0)], "loan"),
        },
    )


def test_a_deal_of_two_instruments_in_one_direction_has_a_row_for_each(web: Dealbook) -> None:
    legs = legs_of(web)
    own = legs[legs.direction.isin(["in", "out"])]
    deals = chapter.by_deal(own, "announced", web).set_index("name")
    assert list(deals.index) == ["A stake: equity", "A stake: warrant", "A stake"]
    assert list(deals.direction) == ["in", "in", "out"]
    assert list(deals.loc["A stake: equity", accounts.RUNGS]) == [4.0, 6.0, 0.0, 0.0]


def test_a_deal_below_the_layer_of_an_edition_has_no_row(web: Dealbook) -> None:
    deals = chapter.by_deal(legs_of(web), "paid", web)
    assert list(deals["name"]) == ["A stake: equity"]


def test_seven_deals_are_drawn_on_either_side_the_largest_by_their_known_end() -> None:
    sizes = [*range(1, 12), 20.0]
    deals = pd.DataFrame({"direction": "in", "low": sizes, "high": [*sizes[:-1], math.nan]})
    both = pd.concat([deals, deals.head(2).assign(direction="out")], ignore_index=True)
    drawn = chapter.largest(both)
    assert sorted(drawn.low[drawn.direction.eq("in")]) == [*range(6, 12), 20.0]
    assert list(drawn.low[drawn.direction.eq("out")]) == [1, 2]


@pytest.mark.parametrize(
    ("low", "high", "named", "written"),
    [
        (2.0, 5.0, 10.0, "20 to 50%"),
        (5.0, 5.0, 10.0, "50%"),
        (5.0, 12.0, 10.0, "50 to 100%"),
        (5.0, math.nan, 10.0, "50%"),
        (0.0, 0.0, 10.0, ""),
        (0.0, 5.0, 0.0, ""),
    ],
)
def test_the_part_paid_is_a_range_of_percents_and_never_more_than_all(
    low: float, high: float, named: float, written: str
) -> None:
    assert chapter.part_paid(*paid_and_named(low, high, named)) == written


def test_the_panels_are_what_comes_in_and_what_goes_out(web: Dealbook) -> None:
    spells = chapter.panels(web, LAB)
    assert set(zip(spells.leg_id, spells["name"], strict=True)) == {
        ("stake", "Into OpenAI"),
        ("warrant", "Into OpenAI"),
        ("cloud", "Out of OpenAI"),
    }


def test_what_is_lent_and_what_others_pay_is_in_no_panel(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            "lent": Leg(LAB, "nvidia", [Step("binding", 1.0)], "loan"),
            "onward": Leg("microsoft", "nvidia", [Step("binding", 1.0)], "chips"),
        },
    )
    assert chapter.panels(book, LAB).empty


def test_the_last_day_of_the_panels_is_the_total_of_the_text(book: Dealbook) -> None:
    web = book.within(*dealbook.WEB)
    last = chapter.last_by_panel(accounts.rungs_by_day(chapter.panels(web, LAB)))
    q = quantities.of(book, LAB)
    assert last.sum(axis=1).to_dict() == pytest.approx(
        {"Into OpenAI": q["to_come_in"].stated, "Out of OpenAI": q["to_pay"].stated}
    )
    assert last.paid.to_dict() == pytest.approx(
        {"Into OpenAI": q["paid_in"].stated, "Out of OpenAI": q["paid_out"].stated}
    )


def test_of_a_range_the_panels_have_the_low_end_and_of_a_report_nothing(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            "range": Leg(LAB, "nvidia", [Step("binding", low=4.0, high=9.0)], "chips"),
            "heard": Leg(LAB, "microsoft", [Step("reported", 30.0)], "compute"),
        },
    )
    last = chapter.last_by_panel(accounts.rungs_by_day(chapter.panels(book, LAB)))
    assert last.sum(axis=1).to_dict() == {"Out of OpenAI": 4.0}


def levels(*sums: tuple[str, str, float]) -> pd.DataFrame:
    rows = [(pd.Timestamp(day), name, 0.0, total, 0.0, 0.0) for day, name, total in sums]
    return pd.DataFrame(rows, columns=["day", "name", *accounts.RUNGS])


def test_most_came_within_a_year_counts_all_panels_together() -> None:
    # 2 stand in May 2024; a grows to 9 within 365 days, b stays at 1: 8 of 10 are new.
    table = levels(("2023-05-01", "a", 1.0), ("2023-05-01", "b", 1.0), ("2025-05-01", "a", 9.0))
    assert chapter.came_within_a_year(table, 0.8)
    assert not chapter.came_within_a_year(table, 0.81)


def test_what_has_gone_since_did_not_come_to_stay() -> None:
    table = levels(("2023-05-01", "a", 0.0), ("2024-05-01", "a", 9.0), ("2025-06-01", "a", 3.0))
    assert not chapter.came_within_a_year(table, 0.8)


def test_a_web_younger_than_two_years_did_not_come_within_one() -> None:
    assert not chapter.came_within_a_year(levels(("2024-05-01", "a", 1.0)), 0.8)


def test_the_last_day_of_a_panel_is_what_it_comes_to() -> None:
    table = levels(("2024-05-01", "b", 1.0), ("2024-05-01", "a", 2.0), ("2025-05-01", "b", 9.0))
    assert dict(chapter.last_by_panel(table).binding) == {"b": 9.0, "a": 2.0}


def sides(*values: tuple[float, float]) -> pd.DataFrame:
    table = pd.DataFrame(values, columns=["payer_value", "payee_value"])
    return table.assign(difference=table.payer_value - table.payee_value, spoken="both")


def test_a_panel_has_a_line_only_for_days_on_which_it_changed() -> None:
    # Shares stand at nothing, then at 5, and stay; loans are at 1 from the first day.
    levels = pd.DataFrame(
        {
            "name": ["shares", "loans"] * 3,
            "day": pd.to_datetime(["2020-01-01"] * 2 + ["2021-01-01"] * 2 + ["2022-01-01"] * 2),
            "paid": [0.0, 1.0, 5.0, 1.0, 5.0, 1.0],
            "binding": 0.0,
            "announced": 0.0,
            "intended": [0.0, 0.0, 0.0, 0.0, 0.0, 2.0],
        }
    )
    shown = chapter.changes(levels)
    assert [(row.name, row.day.year) for row in shown.itertuples(index=False)] == [
        ("loans", 2020),
        ("shares", 2021),
        ("loans", 2022),
    ]


def test_numbers_are_compared_only_where_both_sides_gave_one() -> None:
    table = sides((10.0, 10.0), (10.0, 12.0), (10.0, math.nan), (math.nan, 3.0))
    assert chapter.agreement(table) == "the numbers agree in 1 of 2 cases"
    assert list(chapter.differing(table).payee_value) == [12.0]


def test_without_two_numbers_nothing_can_be_compared() -> None:
    assert chapter.agreement(sides((10.0, math.nan))) == "nothing can be compared yet"


def test_who_has_spoken_is_counted_in_the_order_of_the_words(tiny: Dealbook) -> None:
    # Stake, cloud and letter were promised by both; that the stake is paid the payer says alone.
    spoken = chapter.numbers_of(statements.two_sided(tiny))
    assert dict(spoken) == {"both": 3, "payer": 1, "payee": 0, "third_party": 0}
    assert list(spoken.index) == list(chapter.WORDS)


def test_the_figure_of_deals_says_what_is_paid_and_leaves_out_the_loans_of_others(
    web: Dealbook,
) -> None:
    legs = legs_of(web)
    figure = figures.by_deal(seen(web), legs[legs.direction.isin(["in", "out"])], " Nor is this.")
    assert figure is not None
    assert figure.title.replace("\N{NO-BREAK SPACE}", " ") == (
        "Largest in: A stake: equity, $10 bn. Largest out: A stake, $70 bn"
    )
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "A stake (out) $70 bn" in told
    assert figure.note.endswith("the sums of the text. Nor is this.")
    assert set(figure.rows) == {"legs/stake", "legs/warrant", "legs/cloud"}


def test_the_title_names_the_sums_where_most_came_in_and_little_went_out(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            "stake": Leg("microsoft", LAB, [Step("binding", 10.0), Step("paid", 6.0)]),
            "cloud": Leg(LAB, "microsoft", [Step("binding", 70.0), Step("paid", 5.0)], "compute"),
        },
    )
    figure = figures.by_deal(seen(book), legs_of(book))
    assert figure is not None
    assert figure.title == (
        "In: $6 bn of $10 bn is known to be paid. Out: $5 bn of $70 bn"
    ).replace(" bn", "\N{NO-BREAK SPACE}bn")


def test_the_figure_of_days_tells_the_end_of_each_panel(web: Dealbook) -> None:
    figure = figures.by_day(seen(web), chapter.panels(web, LAB))
    assert figure is not None
    assert figure.title.replace("\N{NO-BREAK SPACE}", " ") == (
        "Into OpenAI: $13 bn. Out of OpenAI: $70 bn"
    )
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Into OpenAI: $13 bn at the end, of which $4 bn known to be paid" in told


def test_letters_for_shares_are_told_by_the_most_that_they_came_to(tiny: Dealbook) -> None:
    figure = figures.by_day(seen(tiny), chapter.panels(tiny, LAB))
    assert figure is not None
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Letters of intent to pay in reached $100 bn before" in told


def test_a_web_without_legs_has_no_figure(tiny: Dealbook) -> None:
    empty = made(tiny, {})
    page = seen(empty)
    assert figures.by_deal(page, legs_of(empty)) is None
    assert figures.by_day(page, chapter.panels(empty, LAB)) is None
    assert figures.two_sided(page, statements.two_sided(tiny).head(0)) is None


def test_the_figure_of_two_sides_counts_who_has_spoken(tiny: Dealbook) -> None:
    spoken = statements.two_sided(tiny)
    figure = figures.two_sided(seen(tiny), spoken)
    assert figure is not None
    assert figure.title == "3 of 4 promises and payments are confirmed by both sides"
    assert list(figure.frame.payer) == ["Microsoft", "Microsoft", "OpenAI", "Nvidia"]
    assert "Only the payer: 1; Only the payee: 0" in figure.description


def test_the_table_of_differences_names_the_deal_and_both_sums(tiny: Dealbook) -> None:
    spoken = statements.two_sided(tiny)
    first = spoken.head(1).assign(payer_value=10.0, payee_value=12.0, difference=-2.0)
    table = figures.differences(seen(tiny), first)
    assert table is not None
    assert "A stake" in table.html
    assert figures.differences(seen(tiny), first.assign(difference=0.0)) is None


def test_the_part_paid_is_stated_on_the_rows_of_both_sums(
    tiny: Dealbook, capsys: pytest.CaptureFixture[str]
) -> None:
    facts.state_part(Facts(tiny), "part", *paid_and_named(2.0, 5.0, 10.0))
    assert "20 to 50%" in capsys.readouterr().out


def test_what_is_counted_step_by_step_is_what_the_book_states(book: Dealbook) -> None:
    named = quantities.of(book, LAB)
    for layer, into, out in (
        ("announced", "to_come_in", "to_pay"),
        ("paid", "paid_in", "paid_out"),
    ):
        legs = counting.given(counting.counted(book.within(*dealbook.WEB), layer))
        assert legs[legs.payee.eq(LAB)].stated.sum() == pytest.approx(named[into].stated)
        assert legs[legs.payer.eq(LAB)].stated.sum() == pytest.approx(named[out].stated)


def test_the_headline_says_that_investors_have_paid_where_little_went_out(tiny: Dealbook) -> None:
    legs = {
        "stake": Leg("microsoft", LAB, [Step("binding", 10.0), Step("paid", 6.0)]),
        "cloud": Leg(LAB, "microsoft", [Step("binding", 70.0), Step("paid", 5.0)], "compute"),
    }
    q = quantities.of(made(tiny, legs), LAB)
    assert chapter.finding(q, "Lab") == (
        "Investors have mostly paid. Lab’s own bills mostly lie ahead."
    )
    legs["cloud"] = Leg(LAB, "microsoft", [Step("binding", 70.0)], "compute")
    q = quantities.of(made(tiny, legs), LAB)
    assert chapter.finding(q, "Lab").replace("\N{NO-BREAK SPACE}", " ") == (
        "$6 bn of $10 bn is paid in, and nothing of $70 bn is paid out, as far as is known"
    )


def test_the_headline_of_a_web_of_credit_is_what_is_lent(tiny: Dealbook) -> None:
    legs = {"line": Leg(LAB, "microsoft", [Step("binding", 8.0), Step("paid", 2.0)], "loan")}
    q = quantities.of(made(tiny, legs), LAB)
    assert chapter.finding(q, "Lab").replace("\N{NO-BREAK SPACE}", " ") == (
        "$2 bn of $8 bn to be lent or guaranteed is drawn, as far as is known"
    )


def test_the_headline_rests_on_the_rows_of_its_four_sums(
    tiny: Dealbook, capsys: pytest.CaptureFixture[str]
) -> None:
    facts.state_finding(Facts(tiny), quantities.of(tiny, LAB), "Lab")
    assert "is paid in, and nothing of" in capsys.readouterr().out


def test_where_promises_grew_and_no_payment_is_known_the_title_says_so(tiny: Dealbook) -> None:
    sums = {"old": 1.0, "cloud": 90.0}
    legs = {one: Leg(LAB, "microsoft", [Step("binding", sums[one])], "compute") for one in sums}
    book = made(tiny, legs)
    day = book.events.leg_id.map({"old": "2022-06-10", "cloud": "2025-06-10"}).astype(
        "datetime64[ns]"
    )
    book = replace(book, events=book.events.assign(happened_on=day, known_on=day))
    figure = figures.by_day(seen(book), chapter.panels(book, LAB))
    assert figure is not None
    assert figure.title == "Most of the promises came within a year; of cash nothing is known yet"
