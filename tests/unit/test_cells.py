"""What the text of a cell means, and what means nothing."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope import cells
from tightrope.findings import Finding, quoted


@pytest.mark.parametrize(
    ("text", "number"),
    [("22.4", 22.4), ("-3", -3), (" 5 ", 5), ("+.5", 0.5), ("5.", 5), ("1.00E-05", 1e-5)],
)
def test_a_number_may_be_written_as_spreadsheets_write_it(text: str, number: float) -> None:
    assert cells.numbers(pd.Series([text], dtype="object"))[0] == number


@pytest.mark.parametrize(
    "text",
    ["", "1,5", "1_0", "1 5", "0x10", "inf", "NaN", "1e400", "٣", "5\n", "5\0", "−5", "5%", "True"],
)
def test_any_other_text_is_no_number(text: str) -> None:
    assert math.isnan(cells.numbers(pd.Series([text], dtype="object"))[0])


def test_no_text_at_all_is_a_column_of_numbers_and_of_days() -> None:
    nothing = pd.Series([], dtype="object")
    assert cells.numbers(nothing).dtype == "float64"
    assert cells.days(nothing).dtype == "datetime64[us]"


DAYS = ["2019-07-22", "2024-02-29", "0001-01-01", "9999-12-31"]
NO_DAYS = ["2019-7-2", "-2019-07-22", "2025-02-30", "2023-02-29", "10000-01-01", "0000-01-01",
           "2019-07-22 ", "2019-07-22\n", "20190722", "2019-W30-1", "٢٠١٩-٠٧-٢٢", "43668", ""]  # fmt: skip


def test_a_day_is_year_month_and_day_with_hyphens() -> None:
    read = cells.days(pd.Series(DAYS, dtype="object"))
    assert [f"{day:%Y-%m-%d}".zfill(10) for day in read] == DAYS
    assert list(read) == [cells.day(text) for text in DAYS]


@pytest.mark.parametrize("text", NO_DAYS)
def test_any_other_text_is_no_day(text: str) -> None:
    assert pd.isna(cells.days(pd.Series([text], dtype="object"))[0])
    assert pd.isna(cells.day(text))


@pytest.mark.parametrize("given", [None, 2019, ["2019-07-22"]])
def test_what_is_no_text_is_no_day(given: object) -> None:
    assert pd.isna(cells.day(given))


@pytest.mark.parametrize(
    ("text", "ends"),
    [("22.4", (22.4, 22.4)), ("20–22.4", (20, 22.4)), ("-3–1E1", (-3, 10)), (" 5 ", (5, 5))],
)
def test_a_range_is_two_numbers_with_a_dash(text: str, ends: tuple[float, float]) -> None:
    assert cells.range_of(text) == ends


@pytest.mark.parametrize("text", ["", "20-22.4", "20 – 22", "–5", "5–", "1–2–3", "five", "1e400"])
def test_any_other_text_is_no_range(text: str) -> None:
    assert all(map(math.isnan, cells.range_of(text)))


def test_millions_are_billions_in_the_end_and_a_year_is_no_money() -> None:
    assert cells.usd_bn_of("350–400", "usd_m") == (0.35, 0.4)
    assert cells.usd_bn_of("22.4", "usd_bn") == (22.4, 22.4)
    assert all(map(math.isnan, cells.usd_bn_of("2025", "year")))


def test_a_finding_is_one_line_whatever_the_cell_holds() -> None:
    finding = Finding("a.csv", 2, "id", quoted("x\ny\0\x1b[31m"))
    assert str(finding) == r'a.csv:2: id: "x\ny\x00\x1b[31m"'


def test_a_long_cell_is_shown_by_its_beginning() -> None:
    assert quoted("x" * 5000) == f'"{"x" * 80}…"'
