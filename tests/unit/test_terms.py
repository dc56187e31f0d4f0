"""The terms of legs as of a day, and the three parts of what is signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tightrope import dealbook, ledger, terms
from tightrope.dealbook import Dealbook

from ..conftest import put


def owed(book: Dealbook, leg_id: str) -> dict[str, object]:
    table = terms.of_legs(book)
    return dict(table[table.leg_id.eq(leg_id)].iloc[0])


def parts(book: Dealbook) -> dict[str, tuple[float, float, float, int]]:
    table = terms.signed(book, ledger.ladder(book)).set_index("part")
    return {
        part: (row["low"], row.amount, row.high, row.legs)
        for part, row in ((part, table.loc[part]) for part in terms.PARTS)
    }


def test_the_newest_statement_that_names_an_aspect_counts(termed: Path) -> None:
    row = owed(dealbook.load(termed), "cloud-use")
    assert (row["form"], row["condition"], row["termination"]) == (
        "contract",
        "on_delivery",
        "after a year",
    )
    assert row["term_ids"] == ("cloud-use-terms-2021", "cloud-use-terms-2023")


def test_no_edition_of_an_earlier_day_shows_later_terms(termed: Path) -> None:
    row = owed(dealbook.load(termed).as_of("2023-01-31"), "cloud-use")
    assert (row["condition"], row["termination"]) == ("undisclosed", "")


def test_silence_is_undisclosed_and_never_unconditional(tiny: Dealbook) -> None:
    assert set(terms.of_legs(tiny).condition) == {"undisclosed"}
    assert set(terms.of_legs(tiny).part) == {"terms_not_public"}


def test_a_statement_that_discloses_nothing_does_not_hide_an_earlier_one(termed: Path) -> None:
    put(termed, "terms", "cloud-use-terms-2021", condition="on_milestone")
    put(termed, "terms", "cloud-use-terms-2023", condition="undisclosed")
    assert owed(dealbook.load(termed), "cloud-use")["condition"] == "on_milestone"


def test_what_is_signed_has_three_parts(termed: Path) -> None:
    # By hand: the stake of 10 is due regardless, the cloud contract of 73 on delivery; the letter
    # obliges to nothing.
    assert parts(dealbook.load(termed)) == {
        "without_condition": (10, 10, 10, 1),
        "on_condition": (73, 73, 73, 1),
        "terms_not_public": (0, 0, 0, 0),
    }


def test_before_its_condition_was_known_a_contract_has_terms_that_are_not_public(
    termed: Path,
) -> None:
    assert parts(dealbook.load(termed).as_of("2023-01-31"))["terms_not_public"] == (73, 73, 73, 1)


def test_the_parts_are_together_what_binds(book: Dealbook) -> None:
    legs = ledger.ladder(book.within("openai"))
    table = terms.signed(book, legs)
    assert table["low"].sum() == pytest.approx(legs.binding_low.sum())
    assert table.amount.sum() == pytest.approx(legs.binding.fillna(legs.binding_low).sum())


def test_a_floor_leaves_its_part_open_above(termed: Path) -> None:
    put(termed, "events", "cloud-signed", amount_bound="floor")
    low, amount, high, _ = parts(dealbook.load(termed))["on_condition"]
    assert (low, amount) == (73, 73)
    assert np.isnan(high)


def test_a_contract_without_any_sum_is_counted_and_adds_nothing(termed: Path) -> None:
    put(termed, "events", "cloud-signed", amount_usd_bn="", amount_bound="")
    book = dealbook.load(termed)
    table = terms.signed(book, ledger.ladder(book)).set_index("part")
    assert (table.high["on_condition"], table.unknown["on_condition"]) == (0, 1)


def test_guarantees_stand_side_by_side_with_cap_formula_and_trigger(termed: Path) -> None:
    row = "letter-equity-terms-2022"
    put(termed, "terms", row, cap_usd_bn="105", formula="rent less resale", trigger="default")
    book = dealbook.load(termed)
    legs = book.legs.assign(
        instrument=["equity", "compute", "guarantee"],
    )
    table = terms.guarantees(replace(book, legs=legs))
    assert table[["payer", "payee", "cap_usd_bn", "formula", "trigger"]].values.tolist() == [
        ["nvidia", "openai", 105.0, "rent less resale", "default"]
    ]


def test_a_guarantee_without_a_published_cap_has_none(book: Dealbook) -> None:
    table = terms.guarantees(book)
    assert len(table) == book.legs.instrument.eq("guarantee").sum()
    assert table.cap_usd_bn.isna().any()
    assert pd.api.types.is_float_dtype(table.cap_usd_bn)
