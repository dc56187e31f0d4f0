"""Rules about evidence: the rung fits who spoke, the day is the first, and nothing is hindsight."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.validation import check

from ..conftest import put


def said(package: Path) -> str:
    return "\n".join(str(finding) for finding in check(package))


def test_the_toy_package_with_all_optional_columns_and_tables_is_valid(termed: Path) -> None:
    assert said(termed) == ""


# ---- The rung fits who spoke ----


@pytest.mark.parametrize("status", ["announced", "letter_of_intent"])
def test_what_a_third_party_says_is_not_announced(package: Path, status: str) -> None:
    put(package, "events", "stake-announced", status=status, stated_by="third_party")
    assert (
        f"events.csv:2: status: {status} needs a party's own word (stated_by payer, payee or "
        "both); what others say is reported" in said(package)
    )


@pytest.mark.parametrize("who", ["payer", "payee", "both"])
def test_what_a_party_says_is_more_than_reported(package: Path, who: str) -> None:
    put(package, "events", "stake-announced", status="reported", stated_by=who)
    assert f"what {who} says is announced" in said(package)


def test_an_estimate_is_ours_and_derived(package: Path) -> None:
    put(package, "events", "stake-announced", status="estimated", stated_by="third_party")
    assert "stated_by must be ours, and confidence derived" in said(package)
    put(package, "events", "stake-announced", stated_by="ours", confidence="derived")
    assert said(package) == ""


def test_nothing_but_an_estimate_is_ours(package: Path) -> None:
    put(package, "events", "stake-paid-1", stated_by="ours")
    assert "events.csv:4: stated_by: ours is for a step of status estimated" in said(package)


def test_a_newspaper_alone_makes_no_contract(package: Path) -> None:
    put(package, "events", "cloud-signed", stated_by="third_party", source_id="paper")
    put(package, "events", "cloud-signed", confidence="press")
    assert "binding by a third_party needs a source of kind filing or company" in said(package)


def test_somebody_elses_filing_can_show_a_contract(package: Path) -> None:
    put(package, "events", "cloud-signed", stated_by="third_party", source_id="filing-2020")
    assert said(package) == ""


@pytest.mark.parametrize(
    "form", ["commitment_letter", "term_sheet", "memorandum", "letter_of_intent", "plan"]
)
def test_a_paper_with_conditions_is_not_binding(termed: Path, form: str) -> None:
    put(termed, "terms", "cloud-use-terms-2021", form=form)
    assert (
        f"events.csv:6: status: terms.csv calls the paper of that day a {form} under the "
        "condition undisclosed" in said(termed)
    )


def test_a_commitment_letter_without_conditions_can_bind(termed: Path) -> None:
    put(termed, "terms", "cloud-use-terms-2021", form="commitment_letter", condition="none")
    assert said(termed) == ""


def test_a_later_paper_does_not_undo_an_earlier_contract(termed: Path) -> None:
    put(termed, "terms", "cloud-use-terms-2023", form="term_sheet")
    assert said(termed) == ""


# ---- The first day ----


def test_the_day_of_a_digest_needs_a_reason(termed: Path) -> None:
    put(termed, "sources", "paper", kind="secondary", published_on="2023-02-01")
    put(termed, "events", "letter-replaced", confidence="secondary", known_on_reason="")
    put(termed, "events", "stake-announced", known_on_reason="Printed on that day.")
    put(termed, "terms", "cloud-use-terms-2023", confidence="secondary")
    put(termed, "outside_checks", "bank-share-2023", confidence="secondary")
    put(termed, "financials", "openai-revenue-2021", confidence="secondary")
    put(termed, "financials", "openai-revenue-2021", known_on="2023-02-01")
    assert (
        'events.csv:8: known_on: is the day of its own digest "paper"; give the first day on which '
        "anyone published it, or say in known_on_reason what was searched" in said(termed)
    )
    put(
        termed, "events", "letter-replaced", known_on_reason="No earlier print: searched the paper."
    )
    assert said(termed) == ""


def test_a_day_before_its_source_needs_a_reason(termed: Path) -> None:
    put(termed, "sources", "release", published_on="2021-03-02")
    assert (
        'events.csv:6: known_on: 2021-03-01 is before its source "release" was published '
        "(2021-03-02); say in known_on_reason what proves the earlier day" in said(termed)
    )


def test_a_source_that_shows_a_month_is_not_later_than_a_day_in_it(termed: Path) -> None:
    put(termed, "events", "letter-replaced", known_on_reason="")
    assert said(termed) == ""


def test_nothing_is_known_later_than_its_source(termed: Path) -> None:
    put(termed, "sources", "paper", published_on="2023-01-31")
    assert (
        'events.csv:8: known_on: 2023-02-01 is after its source "paper" was published '
        "(2023-01-31); use that day or an earlier one" in said(termed)
    )


def test_one_reason_for_rows_of_two_documents_is_the_reason_of_none(termed: Path) -> None:
    for row in ("letter-replaced", "stake-announced"):
        put(termed, "events", row, known_on_reason="Searched.")
    assert "events.csv:2: known_on_reason: stands on rows of other sources too" in said(termed)


def test_a_package_that_gives_no_reasons_is_not_asked_for_them(package: Path) -> None:
    put(package, "sources", "paper", kind="secondary", published_on="2023-02-01")
    put(package, "events", "letter-replaced", confidence="secondary")
    put(package, "financials", "openai-revenue-2021", confidence="secondary")
    assert said(package) == ""


# ---- Grades and inputs ----


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("events", "letter-replaced"),
        ("financials", "openai-revenue-2021"),
        ("terms", "cloud-use-terms-2023"),
        ("outside_checks", "bank-share-2023"),
    ],
)
def test_no_grade_is_better_than_the_source(termed: Path, table: str, row: str) -> None:
    put(termed, table, row, confidence="filing")
    assert 'confidence: filing is better than its source "paper", which is press' in said(termed)


def derive(package: Path, inputs: str) -> str:
    """What the check says of the second payment, derived from these inputs."""
    put(package, "events", "stake-paid-2", confidence="derived", derived_from=inputs)
    put(package, "events", "stake-announced", derived_from="sources/release")
    return said(package)


def test_a_derived_amount_cites_its_inputs(termed: Path) -> None:
    assert "events.csv:5: derived_from: a derived value must cite the rows" in derive(termed, "")


def test_inputs_that_were_known_by_then_are_accepted(termed: Path) -> None:
    assert derive(termed, "events/stake-paid-1 events/stake-binding") == ""


def test_an_input_that_became_known_later_is_hindsight(termed: Path) -> None:
    assert (
        'events.csv:5: derived_from: "events/letter-signed" became known on 2022-05-05, after this '
        "row (2021-07-15); a row rests only on what was public on its day"
        in derive(termed, "events/letter-signed")
    )


def test_a_document_of_a_later_day_is_no_input(termed: Path) -> None:
    assert '"sources/paper" became known on 2023-02, after this row' in derive(
        termed, "sources/paper"
    )


def test_the_rows_own_document_is_judged_by_the_rows_own_reason(termed: Path) -> None:
    put(termed, "sources", "filing-2020", published_on="2021-08-01")
    for row in ("stake-binding", "stake-paid-1", "stake-paid-2"):
        put(termed, "events", row, known_on_reason="The press had it on that day.")
    put(termed, "terms", "stake-cash-terms-2020", known_on_reason="The press had it on that day.")
    assert derive(termed, "sources/filing-2020") == ""


@pytest.mark.parametrize(
    ("inputs", "finding"),
    [
        ("events/stake-paid-2", '"events/stake-paid-2" is the row itself'),
        ("events/stake-paid-9", '"events/stake-paid-9" is not there; cite a row of events'),
        ("parties/openai", '"parties/openai" is not there; cite a row of events'),
        ("stake-paid-1", '"stake-paid-1" does not fit; must match'),
    ],
)
def test_an_input_is_a_row_that_is_there(termed: Path, inputs: str, finding: str) -> None:
    assert finding in derive(termed, inputs)
