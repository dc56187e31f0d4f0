"""The spells of each leg: how it stood from when to when."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import ledger
from tightrope.dealbook import Dealbook


def spells(book: Dealbook, leg_id: str) -> list[tuple[object, ...]]:
    table = ledger.history(book)
    chosen = table[table.leg_id.eq(leg_id)]
    return [
        (str(row.status), row.binding, row.paid, f"{row.since:%Y-%m-%d}")
        for row in chosen.itertuples()
    ]


def test_a_spell_begins_on_the_day_on_which_news_change_how_a_leg_stands(tiny: Dealbook) -> None:
    # By hand from the events of the toy web: announced, signed, 4 paid, 9 paid.
    assert spells(tiny, "stake-cash") == [
        ("announced", 0.0, 0.0, "2020-01-10"),
        ("binding", 10.0, 0.0, "2020-06-30"),
        ("paid", 10.0, 4.0, "2020-07-15"),
        ("paid", 10.0, 9.0, "2021-07-15"),
    ]


def test_a_spell_ends_where_the_next_begins_and_the_last_is_open(tiny: Dealbook) -> None:
    letter = ledger.history(tiny).query("leg_id == 'letter-equity'")
    assert list(letter.status) == ["letter_of_intent", "replaced"]
    assert letter.until.iloc[0] == letter.since.iloc[1] == pd.Timestamp(2023, 2, 1)
    assert letter.until.isna().iloc[1]


def test_news_that_repeat_what_is_known_make_no_spell(book: Dealbook) -> None:
    # Nvidia restated its letter of intent of September 2025 three times before it was replaced.
    letter = ledger.history(book).query("leg_id == 'nvidia-letter-equity'")
    assert list(letter.status) == ["letter_of_intent", "replaced"]


@pytest.mark.parametrize(
    "day", ["2019-07-22", "2022-12-31", "2025-10-30", "2025-10-31", "2026-04-01"]
)
def test_the_spells_of_a_day_are_the_ladder_of_that_day(book: Dealbook, day: str) -> None:
    table, when = ledger.history(book), pd.Timestamp(day)
    of_day = table[(table.since <= when) & (table.until.isna() | (when < table.until))]
    pd.testing.assert_frame_equal(
        of_day.drop(columns=["since", "until"]).reset_index(drop=True),
        ledger.ladder(book.as_of(day)).reset_index(drop=True),
    )
