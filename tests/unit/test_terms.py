"""The terms of legs as of a day, and the three parts of what is signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tightrope import dealbook, quantities, terms
from tightrope.dealbook import Dealbook

from ..conftest import put


def owed(book: Dealbook, leg_id: str) -> dict[str, object]:
    table = terms.of_legs(book)
    return dict(table[table.leg_id.eq(leg_id)].iloc[0])


def parts(book: Dealbook, focal: str = "openai") -> dict[str, tuple[float, float, float]]:
    q = quantities.of(book, focal)
    signed = {part: q[f"signed_{part}"] for part in terms.PARTS}
    return {part: (one.low, one.stated, one.high) for part, one in signed.items()}


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
    # By hand: OpenAI owes the cloud contract of 73 on delivery, Microsoft the stake of 10 whatever
    # happens; the letter obliges to nothing.
    book = dealbook.load(termed)
    nothing = (0, 0, 0)
    assert parts(book) == {
        "without_condition": nothing,
        "on_condition": (73, 73, 73),
        "terms_not_public": nothing,
    }
    assert parts(book, "microsoft")["without_condition"] == (10, 10, 10)


def test_before_its_condition_was_known_a_contract_has_terms_that_are_not_public(
    termed: Path,
) -> None:
    assert parts(dealbook.load(termed).as_of("2023-01-31"))["terms_not_public"] == (73, 73, 73)


def test_the_parts_are_together_what_is_signed(book: Dealbook) -> None:
    q = quantities.of(book)
    for end in ("low", "stated"):
        sums = [getattr(q[f"signed_{part}"], end) for part in terms.PARTS]
        assert sum(sums) == pytest.approx(getattr(q["to_pay_signed"], end))


def test_a_floor_leaves_its_part_open_above(termed: Path) -> None:
    put(termed, "events", "cloud-signed", amount_bound="floor")
    low, stated, high = parts(dealbook.load(termed))["on_condition"]
    assert (low, stated) == (73, 73)
    assert np.isnan(high)


def test_a_contract_without_any_sum_is_named_and_adds_nothing(termed: Path) -> None:
    put(termed, "events", "cloud-signed", amount_usd_bn="", amount_bound="")
    value = quantities.of(dealbook.load(termed))["signed_on_condition"].value
    assert (value.stated, value.unknown) == (0, ("cloud-use",))


def test_a_loan_is_signed_and_is_no_part_of_what_is_to_be_paid(termed: Path) -> None:
    put(termed, "legs", "cloud-use", instrument="loan")
    assert parts(dealbook.load(termed))["on_condition"] == (0, 0, 0)


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
