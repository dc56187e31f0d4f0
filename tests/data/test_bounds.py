"""Rules about amounts: floors, ceilings, and what a paid step rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.validation import check

from ..conftest import put


def said(package: Path) -> str:
    return "\n".join(str(finding) for finding in check(package))


def amounts(package: Path, bound: str, low: str, amount: str, high: str) -> str:
    """What the check says of the cloud contract with this amount."""
    put(
        package,
        "events",
        "cloud-signed",
        amount_bound=bound,
        amount_low_usd_bn=low,
        amount_usd_bn=amount,
        amount_high_usd_bn=high,
    )
    return said(package)


@pytest.mark.parametrize(
    ("bound", "low", "amount", "high"),
    [
        ("exact", "", "73", ""),
        ("exact", "73", "73", "73"),
        ("floor", "73", "73", ""),
        ("floor", "73", "", ""),
        ("floor", "73", "73", "90"),
        ("ceiling", "0", "73", ""),
        ("ceiling", "11.2", "73", "73"),
        ("estimate", "60", "", "80"),
        ("", "60", "70", "80"),
    ],
)
def test_amounts_that_fit_their_bound(
    termed: Path, bound: str, low: str, amount: str, high: str
) -> None:
    assert amounts(termed, bound, low, amount, high) == ""


@pytest.mark.parametrize(
    ("bound", "low", "amount", "high", "finding"),
    [
        ("exact", "60", "73", "", "exact is one value"),
        ("exact", "", "73", "80", "exact is one value"),
        ("floor", "60", "73", "", "a floor needs amount_low_usd_bn or amount_usd_bn"),
        ("ceiling", "", "73", "", "a ceiling needs amount_low_usd_bn: the least that"),
        ("ceiling", "0", "73", "80", "a ceiling is the highest value"),
        ("estimate", "", "", "", "estimate needs an amount"),
        (
            "more",
            "",
            "73",
            "",
            '"more" is not allowed; use one of: exact, floor, ceiling, estimate',
        ),
    ],
)
def test_amounts_that_do_not_fit_their_bound(
    termed: Path, bound: str, low: str, amount: str, high: str, finding: str
) -> None:
    assert f"events.csv:6: amount_bound: {finding}" in amounts(termed, bound, low, amount, high)


def test_figures_have_bounds_too(termed: Path) -> None:
    put(termed, "financials", "openai-revenue-2021", value_bound="exact", value_high="3")
    assert "financials.csv:2: value_bound: exact is one value" in said(termed)


def test_a_paid_step_says_what_it_rests_on(termed: Path) -> None:
    put(termed, "events", "stake-paid-2", paid_basis="")
    assert "events.csv:5: paid_basis: must not be empty on a paid step" in said(termed)


def test_what_is_not_paid_rests_on_nothing(termed: Path) -> None:
    put(termed, "events", "cloud-signed", paid_basis="cash")
    assert "paid_basis: is for paid steps only, and the status is binding" in said(termed)


def test_a_charge_is_not_shown_to_have_been_paid(termed: Path) -> None:
    put(termed, "events", "stake-paid-2", paid_basis="accrual")
    finding = "events.csv:5: amount_low_usd_bn: of an accrual is what is shown to have been settled"
    assert finding in said(termed)
    put(termed, "events", "stake-paid-2", amount_low_usd_bn="4")
    assert said(termed) == ""
