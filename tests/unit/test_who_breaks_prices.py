"""A fall in price: its picture, its words, its table, worked by hand."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from tightrope import repricing
from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_prices as prices
from tightrope.chapters.who_breaks import Case
from tightrope.chapters.who_breaks_prices import Prices
from tightrope.charts import theme
from tightrope.charts.falls import fall_words, falls
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Fact, Facts
from tightrope.repricing import Books, Leverage, Stake

from .drawings import boxes, check

WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
LANES = pd.DataFrame(
    {
        "limit": ["Limit of 25%", "Limit of 25%", "Limit of 35%"],
        "base": "of its holdings",
        "assumption": ["Lab alone falls", "All else falls as far", "Lab alone falls"],
        "low": [90.0, 20.0, math.inf],
        "high": [math.inf, 60.0, math.inf],
    }
)
OWNERS = {"softbank": ("", "softbank-stake-value-2026-06-30"), "nvidia": ("", "")}
ROWS = ("financials/softbank-stake-value-2026-06-30",)
OWN = Leverage("softbank", Books(10, 100, 30), Books(15, 75, 35), (25.0, 40.0), ROWS)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (36.0, 82.0, "at 36–82%"),
        (40.0, 40.0, "at 40%"),
        (90.4, math.inf, "at 90%, or never"),
        (math.inf, math.inf, "never"),
    ],
)
def test_a_fall_reads_as_its_ends_allow(low: float, high: float, words: str) -> None:
    assert fall_words(low, high) == words


@WIDTHS
def test_lanes_are_as_wide_as_asked_and_say_when(width: int) -> None:
    chart = falls(LANES, width, "if it is worth so much less:")
    check(chart)
    assert chart.to_dict()["width"] == width
    said = [text for text, *_ in boxes(chart)]
    assert [text for text in said if text in {"at 90%, or never", "at 20–60%", "never"}] == [
        "at 90%, or never", "at 20–60%", "never",
    ]  # fmt: skip
    assert all(left >= 0 and right <= width + 1 for _, left, right, _ in boxes(chart))


def test_keys_name_only_what_occurs() -> None:
    never = falls(LANES.iloc[[2]], theme.WIDE, "less:")
    assert "above" not in json.dumps(never.to_dict())
    always = json.dumps(falls(LANES.iloc[[1]].assign(high=20.0), theme.WIDE, "less:").to_dict())
    assert "above the limit" in always
    assert "on the harshest reading" not in always


@pytest.fixture
def case(book: Dealbook) -> Case:
    return chapter.case(book, "openai", "announced", 2030, 2028)


def found(own: Leverage | None = OWN) -> Prices:
    held = [Stake("softbank", 60, 100, 120, 400, "2026-06-30", ROWS)]
    losses = pd.DataFrame(
        [("softbank", fall, 100 * fall, 120 * fall, 25 * fall, 30 * fall) for fall in prices.FALLS],
        columns=["party", "fall", "low", "high", "low_share", "high_share"],
    )
    table = repricing.crossings(own) if own else pd.DataFrame(columns=["limit", "drag", "low"])
    return Prices(held, losses, own, table)


def test_losses_at_half_the_value_are_stated_and_so_is_each_limit(
    case: Case, shown_by_key: dict[str, Fact]
) -> None:
    prices.state_losses(Facts(case.book), case, found(), ["softbank", "nvidia"])
    prices.state_limits(Facts(case.book), case, found())
    said = {
        key: fact.written.replace("\N{NO-BREAK SPACE}", " ") for key, fact in shown_by_key.items()
    }
    # Strict: 75 − 15 / 0.25 = 15 of 35, or of 35 + 20; mild: 60 of 30, or of 30 + 35.
    assert said["softbank-half"] == "$50–60 bn"
    assert said["softbank-half-share"] == "13–15%"
    assert (said["limit"], said["ceiling"]) == ("25%", "40%")
    assert said["limit-alone"] == "at 43%, or never"
    assert said["limit-half"] == "at 27–92%"
    assert said["ceiling-alone"] == "never"
    assert said["nvidia-half-share"] == ""
    assert said["what-binds"] == ""


def test_what_binds_is_said_where_a_fall_alone_would_have_to_be_large(
    case: Case, shown_by_key: dict[str, Fact]
) -> None:
    rich = Leverage("softbank", Books(10, 100, 30), Books(10, 100, 30), (25.0,), ROWS)
    prices.state_limits(Facts(case.book), case, found(rich))
    assert shown_by_key["what-binds"].written.startswith("So it is not the price of OpenAI alone")
    assert shown_by_key["ceiling"].written == ""


def test_without_known_debt_nothing_is_drawn_and_no_limit_named(
    case: Case, shown_by_key: dict[str, Fact]
) -> None:
    prices.state_limits(Facts(case.book), case, found(None))
    assert shown_by_key["limit"].written == ""
    assert prices.figure(case, found(None)) is None


@pytest.mark.parametrize(
    ("strict", "title"),
    [
        (
            Books(15, 75, 35),
            "OpenAI alone has to fall by 43% or more to take SoftBank to its limit of 25%; with all "
            "else falling half as far, it gets there at 27–92%",
        ),
        (
            Books(10, 100, 30),
            "A fall of OpenAI alone is not enough to take SoftBank to its limit of 25%",
        ),
    ],
)
def test_the_title_says_whether_a_fall_alone_is_enough(
    case: Case, strict: Books, title: str
) -> None:
    own = Leverage("softbank", Books(10, 100, 30), strict, (25.0,), ROWS)
    figure = prices.figure(case, found(own))
    assert figure is not None
    assert figure.title == title
    assert "Limit of 25%, All else falls as far: " in figure.description


def test_the_table_has_dollars_and_part_of_equity(case: Case) -> None:
    html = prices.table(case, found()).html.replace("\N{NO-BREAK SPACE}", " ")
    assert "$400 bn, 30 June 2026" in html
    assert "<td>$50–60 bn (13–15%)</td>" in html
    assert html.count("<td>") == 1 + len(prices.FALLS)


def test_the_books_own_prices_rest_on_rows_of_the_data(case: Case) -> None:
    made = prices.prices(case, OWNERS, "softbank")
    tables = (row.split("/") for row in made.rows)
    assert [row for table, row in tables if row not in case.book.all_ids[table]] == []
    assert {one.party for one in made.held} == set(OWNERS)
