"""What the chapter on promise and cash adds up and says: worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope import accounts, counting, dealbook, ledger, quantities, statements
from tightrope.chapters import promise_and_cash as chapter
from tightrope.chapters import promise_and_cash_facts as facts
from tightrope.chapters import promise_and_cash_figures as figures
from tightrope.dealbook import Dealbook
from tightrope.obligations import SUPPLY
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


def test_ten_deals_are_drawn_on_either_side_the_largest_by_their_known_end() -> None:
    sizes = [*range(1, 12), 20.0]
    deals = pd.DataFrame({"direction": "in", "low": sizes, "high": [*sizes[:-1], math.nan]})
    both = pd.concat([deals, deals.head(2).assign(direction="out")], ignore_index=True)
    drawn = chapter.largest(both)
    assert sorted(drawn.low[drawn.direction.eq("in")]) == [*range(3, 12), 20.0]
    assert list(drawn.low[drawn.direction.eq("out")]) == [1, 2]


def test_an_instrument_has_a_ladder_for_each_direction(web: Dealbook) -> None:
    table = chapter.by_instrument(legs_of(web), "announced", "the lab").set_index("name")
    assert list(table.index) == [
        "Equity into the lab",
        "Warrants into the lab",
        "Computing power, the lab pays",
        "Loans and bonds",
    ]
    assert table.binding["Computing power, the lab pays"] == 70.0


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


def test_the_panels_are_shares_what_the_lab_buys_and_what_others_borrow(web: Dealbook) -> None:
    spells = chapter.panels(web, LAB)
    assert dict(zip(spells.leg_id, spells.direction, strict=True)) == {
        "stake": "in",
        "cloud": "out",
        "loan": "borrowed",
    }
    assert spells["name"].iloc[0] == "Shares of OpenAI"


def test_shares_that_the_lab_buys_and_what_it_lends_are_in_no_panel(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            "bought": Leg(LAB, "nvidia", [Step("binding", 1.0)]),
            "lent": Leg(LAB, "nvidia", [Step("binding", 1.0)], "loan"),
            "sold": Leg("nvidia", LAB, [Step("binding", 1.0)], "chips"),
        },
    )
    assert chapter.panels(book, LAB).empty


def levels(*sums: tuple[str, str, float]) -> pd.DataFrame:
    rows = [(pd.Timestamp(day), name, 0.0, total, 0.0, 0.0) for day, name, total in sums]
    return pd.DataFrame(rows, columns=["day", "name", *accounts.RUNGS])


def test_all_panels_together_have_multiplied_only_above_so_many_times() -> None:
    table = levels(("2024-05-01", "a", 1.0), ("2024-05-01", "b", 1.0), ("2025-05-01", "a", 9.0))
    assert chapter.has_multiplied(table, "2025-01-01", 4)
    assert not chapter.has_multiplied(table, "2025-01-01", 4.5)


def test_what_ends_before_the_day_has_not_multiplied() -> None:
    assert not chapter.has_multiplied(levels(("2024-05-01", "a", 1.0)), "2025-01-01", 4)


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
    figure = figures.by_deal(seen(web), legs[legs.direction.isin(["in", "out"])], ", nor is this")
    assert figure is not None
    assert figure.title == "What of each deal is promise, and what is cash"
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "A stake (out) $70 bn" in told
    assert figure.note.endswith("are not in them, nor is this.")
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
        "Of $10 bn for OpenAI $6 bn is known to be paid; of $70 bn that it is to pay, $5 bn"
    ).replace(" bn", "\N{NO-BREAK SPACE}bn")


def test_the_figure_of_instruments_tells_what_of_each_is_paid(web: Dealbook) -> None:
    figure = figures.by_instrument(seen(web), legs_of(web))
    assert figure is not None
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Equity into OpenAI: $10 bn, of which $4 bn known to be paid" in told
    assert "Loans and bonds: $5 bn, of which none known to be paid" in told


def test_the_figure_of_days_tells_the_end_of_each_panel(web: Dealbook) -> None:
    figure = figures.by_day(seen(web), chapter.panels(web, LAB))
    assert figure is not None
    assert figure.title == "How promises and cash have grown"
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Shares of OpenAI: $10 bn at the end, of which $4 bn known to be paid" in told


def test_letters_for_shares_are_told_by_the_most_that_they_came_to(tiny: Dealbook) -> None:
    figure = figures.by_day(seen(tiny), chapter.panels(tiny, LAB))
    assert figure is not None
    told = figure.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Letters of intent and reports for equity reached $100 bn before" in told


def test_a_web_without_legs_has_no_figure(tiny: Dealbook) -> None:
    empty = made(tiny, {})
    page = seen(empty)
    assert figures.by_deal(page, legs_of(empty)) is None
    assert figures.by_instrument(page, legs_of(empty)) is None
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
    legs = counting.counted(book.within(*dealbook.WEB), "announced")
    for_shares = legs[legs.payee.eq(LAB) & legs.instrument.eq("equity")]
    for_compute = legs[legs.payer.eq(LAB) & legs.instrument.isin(SUPPLY)]
    named = quantities.of(book, LAB)
    assert for_shares.stated.sum() == pytest.approx(named["to_come_in_for_shares"].stated)
    assert for_compute.stated.sum() == pytest.approx(named["to_pay_for_compute"].stated)
