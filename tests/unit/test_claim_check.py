"""The article, claim by claim: counted, measured and listed, by hand on a few claims."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import claim_check as chapter
from tightrope.chapters import claim_check_facts as state
from tightrope.chapters import claim_check_figures as draw
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.publish.facts import Facts
from tightrope.quantities import of

BN = "\N{NO-BREAK SPACE}bn"
CLAIMS = [
    # claim_id, section, stated, unit, verdict, found, leg_id
    ("c01", "opening", "10", "usd_bn", "confirmed", "10", "stake-cash"),
    ("c02", "opening", "100", "usd_bn", "wrong", "80", "letter-equity"),
    ("c03", "opening", "20–22", "usd_bn", "imprecise", "20", ""),
    ("c10", "stock", "2019", "year", "outdated", "2020", ""),
    ("c11", "stock", "500", "usd_m", "wrong", "400", ""),
    ("c12", "stock", "", "share", "wrong", "10–12.5", ""),
]


@pytest.fixture
def book(tiny: Dealbook) -> Dealbook:
    columns = ["claim_id", "section", "stated", "unit", "verdict", "found", "leg_id"]
    table = pd.DataFrame(CLAIMS, columns=columns).assign(
        claim="Cash & shares.", why="So it <is>.", source_id="release", words_de=""
    )
    return replace(tiny, claims=table, all_ids={**tiny.all_ids, "claims": list(table.claim_id)})


def test_a_claim_is_called_by_its_number() -> None:
    assert [chapter.number(claim) for claim in ("c07", "c10", "c00")] == ["7", "10", "0"]


def test_every_verdict_has_its_claims_in_the_order_of_the_article(book: Dealbook) -> None:
    assert chapter.by_verdict(book.claims) == {
        "confirmed": ["c01"],
        "imprecise": ["c03"],
        "outdated": ["c10"],
        "wrong": ["c02", "c11", "c12"],
        "unverifiable": [],
    }


def test_every_section_has_its_verdicts_and_those_without_claims_have_none(book: Dealbook) -> None:
    table = chapter.by_section(book.claims)
    assert list(table.index) == list(chapter.SECTIONS.values())
    assert table.loc["Opening", ["confirmed", "wrong", "claims"]].to_list() == [1, 1, 3]
    assert table.claims["CoreWeave"] == 0


def test_a_share_of_verdicts_is_of_the_sections_own_claims(book: Dealbook) -> None:
    table = chapter.by_section(book.claims)
    assert chapter.share_of(table, "wrong").to_dict() == pytest.approx(
        {"Opening": 1 / 3, "The stock solution": 2 / 3}
    )
    assert chapter.share_of(table, "unverifiable").to_dict() == {
        "Opening": 0,
        "The stock solution": 0,
    }


def test_only_single_sums_can_miss_and_they_miss_by_what_was_found(book: Dealbook) -> None:
    table = chapter.sums_missed(book.claims).set_index("claim_id")
    assert table.miss.to_dict() == pytest.approx({"c01": 0, "c02": 0.25, "c11": 0.25})
    assert table.loc["c11", ["stated", "found"]].to_list() == [500, 400]


@pytest.mark.parametrize(
    ("stated", "found", "unit", "text"),
    [
        ("100", "80", "usd_bn", f"$100{BN} → $80{BN}"),
        ("10", "10", "usd_bn", f"$10{BN}"),
        ("500", "2000", "usd_m", f"$500\N{NO-BREAK SPACE}m → $2{BN}"),
        ("20–22", "20", "usd_bn", f"$20–22{BN} → $20{BN}"),
        ("", "10–12.5", "share", "10%–12.5%"),
        ("2019", "2020", "year", "2019 → 2020"),
        ("some", "", "usd_bn", "some → –"),
    ],
)
def test_what_is_stated_and_found_is_written_in_its_unit(
    stated: str, found: str, unit: str, text: str
) -> None:
    assert chapter.stated_and_found(stated, found, unit) == text


def test_the_list_has_a_table_a_section_and_links_what_decides_a_claim(book: Dealbook) -> None:
    first = chapter.tables(book, book)[0].html
    assert len(chapter.tables(book, book)) == len(chapter.SECTIONS)
    assert '<span id="c01">1</span>' in first
    assert "✓ confirmed" in first
    assert "Cash &amp; shares." in first
    assert (
        'So it &lt;is&gt;. <a href="../reference/sources/company.html#release">The two firms</a>'
        in first
    )
    assert '<a href="../reference/deal-catalogue/openai.html#leg-stake-cash">A stake</a>' in first
    assert "c10" not in first


def test_a_deal_that_the_edition_does_not_know_is_named_and_leads_nowhere(book: Dealbook) -> None:
    html = chapter.tables(book, book.as_of("2021-12-31"))[0].html
    assert "· A letter" in html
    assert "#leg-letter-equity" not in html


def test_verdicts_are_counted_and_those_without_a_claim_are_none(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    state.state_verdicts(Facts(book), book.claims)
    assert {fact.key: fact.written for fact in shown} == {
        "imprecise": "1",
        "outdated": "1",
        "unverifiable": "0",
    }
    assert [fact.rows for fact in shown] == [("claims/c03",), ("claims/c10",), ("claims/c01",)]


@pytest.mark.parametrize(
    ("claim", "column", "unit", "written", "value"),
    [
        ("c02", "found", "usd_bn", f"$80{BN}", 80.0),
        ("c03", "stated", "usd_bn", f"$20–22{BN}", None),
        ("c10", "stated", "year", "2019", "2019"),
        ("c12", "stated", "share", "", ""),
    ],
)
def test_a_cell_is_a_number_a_range_or_its_text(
    book: Dealbook,
    shown: list[facts.Fact],
    claim: str,
    column: str,
    unit: str,
    written: str,
    value: float | str | None,
) -> None:
    state.state_cell(Facts(book), book, "key", claim, column, unit)
    assert (shown[0].written, shown[0].value) == (written, value)
    assert shown[0].rows == (f"claims/{claim}",)
    assert shown[0].how == f"column {column} of the claim"


def test_the_squares_count_the_claims_as_the_quantities_do(book: Dealbook) -> None:
    figure = draw.squares(book)
    assert figure.title == "3 of 6 claims are wrong, 1 imprecise; 1 hold as they stand"
    assert "Wrong: 2, 11, 12." in figure.description
    assert "Unverifiable: none." in figure.description
    assert {"wide", "narrow"} <= set(figure.content())
    counted = of(book)
    assert [counted[name].stated for name in ("claims", "claims_wrong", "claims_confirmed")] == [
        6,
        3,
        1,
    ]


def test_the_deciding_words_in_german_are_marked_as_a_german_quotation(book: Dealbook) -> None:
    quoted = ["bis zu <10> Milliarden", *[""] * (len(CLAIMS) - 1)]
    own = replace(book, claims=book.claims.assign(words_de=quoted))
    html = chapter.tables(own, own)[0].html
    assert 'Cash &amp; shares. <q lang="de">bis zu &lt;10&gt; Milliarden</q>' in html
    assert html.count("<q ") == 1
