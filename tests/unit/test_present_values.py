"""The page on present values: what is drawn, said and left out."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import exposure
from tightrope.chapters import paying_with_stock as stock
from tightrope.chapters import present_values as chapter
from tightrope.chapters import present_values_facts as stating
from tightrope.chapters import present_values_figures as figures
from tightrope.charts import theme
from tightrope.charts.marks import Drawing
from tightrope.charts.phone import TALLEST
from tightrope.charts.worth import worth
from tightrope.measures.uncertainty import PRIORS
from tightrope.publish.facts import NOT_YET, Fact
from tightrope.publish.opening import Opening, opening

from .drawings import boxes, check

NEWS = "2025-10-05"
TERMS = [f"amd-warrant-{term}-{NEWS}" for term in ("shares", "exercise-price", "final-hurdle")]


@pytest.fixture(scope="module")
def page() -> Opening:
    return opening(as_of="2026-10-09")


@pytest.fixture(scope="module")
def warrant(page: Opening) -> stock.Warrant:
    model = stock.Model((0.45, 0.55, 0.65), 0.04, "2030-10-05", 6)
    return stock.warrant_of(page.book, "amd", "amd-warrant", NEWS, TERMS, model)


@pytest.fixture(scope="module")
def found(page: Opening, warrant: stock.Warrant) -> chapter.Worth:
    in_kind = chapter.warrant(warrant, warrant.payoff(warrant.hurdle), 1, NEWS)
    worth_ = chapter.worth(page, (5.0, 20.0), in_kind)
    assert worth_ is not None
    return worth_


def test_undated_money_is_spread_over_the_range_of_the_base_scenario(page: Opening) -> None:
    assert chapter.term(page.book) == (5.0, 10.0)


def test_a_warrant_is_the_model_value_and_weighed_gigawatt_by_gigawatt(
    warrant: stock.Warrant,
) -> None:
    one = chapter.warrant(warrant, 96.0, 1, NEWS).iloc[0]
    latest = warrant.latest(NEWS)
    low, high = warrant.span(latest)
    assert (one.present_low, one.present_high) == pytest.approx((low, high))
    assert high < one.nominal
    # Another road: all six at the chance of what is announced, and the first one's difference.
    tables = [warrant.value(latest, volatility).value / 1e9 for volatility in (0.45, 0.55, 0.65)]
    least, most = min(tables, key=sum), max(tables, key=sum)
    (sure, surest), (rest, rest_most) = PRIORS["conditional"], PRIORS["announced"]
    assert one.expected_low == pytest.approx(rest * least.sum() + (sure - rest) * least[0])
    more = (surest - rest_most) * most[0]
    assert one.expected_high == pytest.approx(rest_most * most.sum() + more)


def test_a_warrant_without_a_price_is_left_out(page: Opening, warrant: stock.Warrant) -> None:
    bare = stock.no_warrant(page.book, "amd", warrant.model)
    assert chapter.warrant(bare, 96.0, 1, NEWS).empty
    assert chapter.warrant(warrant, float("nan"), 1, NEWS).empty


def test_nothing_is_worth_anything_before_the_market_is_known() -> None:
    early = opening(as_of="2026-08-01")
    assert chapter.worth(early, (5.0, 20.0), chapter.nothing()) is None
    assert figures.promises(early, None) is None
    assert chapter.both_sides(early, None, ["oracle"]) == []
    assert figures.dues_table(early, []) is None


def test_the_title_says_all_three_readings(page: Opening, found: chapter.Worth) -> None:
    figure = figures.promises(page, found)
    assert figure is not None
    assert figure.title.startswith("Of $1,209\N{NO-BREAK SPACE}bn that OpenAI still has to pay")
    assert figures.span(found, "present") in figure.title
    assert figures.span(found, "expected") in figure.title
    assert "Nvidia: $105\N{NO-BREAK SPACE}bn as written" in figure.description


def test_the_table_has_what_the_picture_leaves_out(page: Opening, found: chapter.Worth) -> None:
    figure = figures.promises(page, found)
    assert figure is not None
    owed = figure.frame[figure.frame.group.eq("Owed by OpenAI")]
    assert len(owed) == len(found.owed) > len(chapter.largest(found)) == 6
    assert "Broadcom" not in figure.description
    assert set(figure.frame.name) >= {"Broadcom", "Nvidia", "AMD"}


def test_what_money_depends_on_is_said_in_a_word_or_two(page: Opening) -> None:
    said = [
        chapter.condition_words(page.book, legs)
        for legs in (
            ["oracle-compute"],
            ["aws-2025-compute"],
            ["oracle-compute", "aws-2025-compute"],
        )
    ]
    assert said == ["on a condition", "terms not public", "on different terms"]


def test_facts_say_so_where_promises_cannot_be_priced(
    page: Opening, found: chapter.Worth, shown_by_key: dict[str, Fact]
) -> None:
    stating.state_market(page.fact.on(["parties/openai"]), None)
    assert shown_by_key["market"].written == ""
    assert shown_by_key["unpriced"].written == "yes"
    assert shown_by_key["rate"].written == NOT_YET
    stating.state_dues(page.fact.on(["parties/openai"]), [], ["oracle"])
    assert shown_by_key["oracle-owes"].written == NOT_YET
    stating.state_market(page.fact.on(["parties/openai"]), found)
    assert shown_by_key["market"].written == "yes"
    stating.state_owed(page.fact, found, {"builder": "oracle"})
    assert shown_by_key["builder"].written == "$300\N{NO-BREAK SPACE}bn"
    assert "builder-expected" not in shown_by_key
    stating.state_guaranteed(page.fact, found, {"surety": "nvidia"})
    assert shown_by_key["recovery"].written == "40%"
    assert shown_by_key["surety-expected"].high == pytest.approx(
        found.guaranteed.expected_high.iloc[0]
    )


def test_both_sides_of_a_supplier_stand_in_one_row(page: Opening, found: chapter.Worth) -> None:
    dues = chapter.both_sides(page, found, ["oracle", "amazon"])
    assert [one.party for one in dues] == ["oracle"]
    table = figures.dues_table(page, dues)
    assert table is not None
    assert "2.03%" in table.html


PROMISES = pd.DataFrame(
    {
        "group": ["Owed", "Owed", "Given"],
        "name": ["Cloud", "Maker", "Chips"],
        "note": "on a condition",
        "direction": ["out", "out", "in"],
        "nominal": [100.0, 20.0, 50.0],
        "present_low": [60.0, 14.0, 30.0],
        "present_high": [80.0, 16.0, 30.01],
        "expected_low": [30.0, 7.0, 3.0],
        "expected_high": [72.0, 14.0, 15.0],
    }
)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_promise_says_its_three_sums_on_any_width(width: int) -> None:
    drawing = worth(PROMISES, width)
    said = " ".join(text for text, *_ in boxes(drawing))
    check(drawing)
    assert drawing.width == width
    for words in (
        "$100\N{NO-BREAK SPACE}bn",
        "$60–80\N{NO-BREAK SPACE}bn",
        "$30–72\N{NO-BREAK SPACE}bn",
    ):
        assert words in said


def test_all_promises_fit_a_phone(page: Opening, found: chapter.Worth) -> None:
    figure = figures.promises(page, found)
    assert figure is not None
    assert callable(figure.draw)
    drawing = figure.draw(theme.NARROW)
    assert isinstance(drawing, Drawing)
    assert drawing.height <= TALLEST


def test_the_columns_of_a_promise_are_those_of_exposure() -> None:
    assert list(chapter.nothing().columns) == exposure.COLUMNS
