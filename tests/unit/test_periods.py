"""What a period means, worked by hand, and what is no period."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope import periods
from tightrope.descriptor import standard


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [
        ("2026", "2026-01-01", "2026-12-31", 12),
        ("2026-Q1", "2026-01-01", "2026-03-31", 3),
        ("2026-Q4", "2026-10-01", "2026-12-31", 3),
        ("2026-H2", "2026-07-01", "2026-12-31", 6),
        ("2024-02", "2024-02-01", "2024-02-29", 1),
        ("2026-03-31", "2026-03-31", "2026-03-31", 0),
        ("2026/2030", "2026-01-01", "2030-12-31", 60),
        ("2025-09/2026-08", "2025-09-01", "2026-08-31", 12),
        ("2019/2025-03", "2019-01-01", "2025-03-31", 75),
        ("2026-05/2026", "2026-05-01", "2026-12-31", 8),
        ("9999-12", "9999-12-01", "9999-12-31", 1),
    ],
)
def test_a_period_has_a_first_and_a_last_day_and_a_length(
    text: str, start: str, end: str, months: int
) -> None:
    span = periods.parse(text)
    assert (span.start, span.end) == (pd.Timestamp(start), pd.Timestamp(end))
    assert span.months == months
    assert not span.is_fiscal


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [
        ("FY2026", "2025-04-01", "2026-03-31", 12),
        ("FY2026-Q1", "2025-04-01", "2025-06-30", 3),
        ("FY2026-Q4", "2026-01-01", "2026-03-31", 3),
        ("FY2028/2053", "2027-04-01", "2053-03-31", 312),
    ],
)
def test_a_fiscal_year_is_taken_to_end_in_march(
    text: str, start: str, end: str, months: int
) -> None:
    span = periods.parse(text)
    assert (span.start, span.end) == (pd.Timestamp(start), pd.Timestamp(end))
    assert span.months == months
    assert span.is_fiscal


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2027", 2027),
        ("2026-H2", 2026),
        ("2026-12-31", 2026),
        ("2026/2030", 2026),
        ("FY2027", 2026),
        ("FY2027-Q4", 2026),
        ("FY2032/2066", 2031),
    ],
)
def test_a_fiscal_year_counts_as_the_calendar_year_in_which_most_of_it_lies(
    text: str, year: int
) -> None:
    assert periods.parse(text).calendar_year == year


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", '"" is not a period; write one as 2025, 2025-Q1'),
        ("mid-2026", '"mid-2026" is not a period; write one as'),
        ("2026-Q5", '"2026-Q5" is not a period'),
        ("2026 ", '"2026 " is not a period'),
        ("2026\n", "is not a period"),
        ("٢٠٢٦", "is not a period"),
        ("2025-13", '"2025-13" is not in the calendar; give days, months or years'),
        ("2025-00", '"2025-00" is not in the calendar'),
        ("2025-02-30", '"2025-02-30" is not in the calendar'),
        ("2025/2026-13", '"2025/2026-13" is not in the calendar'),
        ("0000", '"0000" is not in the calendar'),
        ("FY0001", '"FY0001" is not in the calendar'),
        ("2030/2026", '"2030/2026" ends before it begins'),
        ("2026-Q3/2026-06", '"2026-Q3/2026-06" ends before it begins'),
        ("FY2026-03-31", '"FY2026-03-31" is a day with FY or with an end; write a day alone'),
        ("2026-03-31/2027", '"2026-03-31/2027" is a day with FY or with an end'),
    ],
)
def test_any_other_text_is_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message if message.startswith('"') else message):
        periods.parse(text)


def test_periods_are_in_the_order_of_their_last_days_and_then_of_their_length() -> None:
    # By hand: March 2025, then December 2025 (a day, a month, a year), March 2026, September 2026.
    texts = ["2026-09-30", "FY2025", "2025", "2026-Q1", "2025-12-31", "2025-12"]
    assert sorted(texts, key=periods.sort_key) == [
        "FY2025", "2025-12-31", "2025-12", "2025", "2026-Q1", "2026-09-30",
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["financials", "outside_checks"])
def test_the_schema_takes_the_same_spelling(table: str) -> None:
    fields: list[dict[str, Any]] = standard()[table]["schema"]["fields"]
    column = next(field for field in fields if field["name"] == "period")
    assert column["constraints"]["pattern"] == periods.SPELLING


@given(st.from_regex(periods.SPELLING, fullmatch=True))
def test_what_is_spelled_as_a_period_is_one_or_is_refused_by_name(text: str) -> None:
    try:
        span = periods.parse(text)
    except ValueError as error:
        assert str(error).startswith(f'"{text}" ')
    else:
        assert span.start <= span.end
        assert span.months >= 0
