"""What the book rests on: rows counted by grade and document, by hand on the toy book."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tightrope.chapters import sources as chapter
from tightrope.chapters import sources_facts as state
from tightrope.chapters import sources_figures as draw
from tightrope.dealbook import Dealbook
from tightrope.publish import documents, facts
from tightrope.publish.facts import Facts


def words(shown: list[facts.Fact]) -> dict[str, str]:
    return {fact.key: fact.written for fact in shown}


def with_sources(book: Dealbook, **columns: list[str]) -> Dealbook:
    return replace(book, sources=book.sources.assign(**columns))


def test_every_row_of_every_table_rests_on_its_document(tiny: Dealbook) -> None:
    table = documents.uses(tiny)
    # Seven steps, a figure, a claim and eighteen assumptions.
    assert table.table.value_counts().to_dict() == {
        "scenarios": 18,
        "events": 7,
        "financials": 1,
        "claims": 1,
    }
    [paid] = table[table.row.eq("stake-paid-1")].to_dict("records")
    assert (paid["source_id"], paid["confidence"]) == ("filing-2020", "filing")
    assert set(table.confidence[table.table.eq("scenarios")]) == {""}


def test_only_steps_and_figures_have_a_grade(tiny: Dealbook) -> None:
    table = chapter.by_grade(chapter.graded(documents.uses(tiny))).set_index("confidence")
    assert list(table.index) == list(chapter.GRADES)
    assert table.events.to_list() == [3, 3, 1, 0, 0]
    assert table.financials.to_list() == [0, 0, 1, 0, 0]
    assert table.rows.to_list() == [3, 3, 2, 0, 0]


def test_deciding_steps_are_those_of_the_focal_partys_deals(tiny: Dealbook) -> None:
    # A letter that was replaced decides no amount.
    assert chapter.deciding_steps(tiny, "nvidia").empty
    only_cloud = replace(tiny, legs=tiny.legs[tiny.legs.leg_id.eq("cloud-use")])
    assert chapter.deciding_steps(only_cloud, "microsoft").to_dict("records") == [
        {"event_id": "cloud-signed", "kind": "company"}
    ]


def test_rows_by_grade_and_the_weak_share_are_stated(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    graded = tiny.events.confidence.mask(tiny.events.event_id.eq("stake-announced"), "derived")
    state.state_grades(Facts(tiny), replace(tiny, events=tiny.events.assign(confidence=graded)))
    assert words(shown) == {
        "all": "3",
        "rows": "8",
        "filing": "3",
        "company": "2",
        "press": "2",
        "secondary": "0",
        "derived": "1",
        # One of eight, rounded.
        "weak-share": "12%",
    }
    assert shown[0].rows == ("sources/release", "sources/filing-2020", "sources/paper")


def test_originals_are_filings_and_releases_and_some_were_read_in_passages(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    read = ["text", "extract", "extract"]
    state.state_documents(Facts(tiny), with_sources(tiny, read_as=read))
    assert words(shown) == {"extracts": "1", "originals": "2"}
    assert shown[0].rows == ("sources/filing-2020",)
    assert shown[1].rows == ("sources/release", "sources/filing-2020")


def test_where_all_were_read_in_full_the_count_is_none(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    state.state_documents(Facts(tiny), tiny)
    assert (shown[0].written, shown[0].rows) == ("0", ("sources/release",))


def test_own_deals_count_the_steps_that_go_back_to_a_first_source(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    # A release decides what was announced of the stake and what the cloud comes to; a filing what
    # of the stake binds, and what is paid.
    told = with_sources(tiny, kind=["press", "filing", "press"])
    state.state_own_deals(Facts(tiny), told, "openai")
    assert shown[0].value == 50
    assert set(shown[0].rows) == {
        "events/stake-announced",
        "events/stake-binding",
        "events/stake-paid-2",
        "events/cloud-signed",
    }


def test_a_party_without_deals_has_no_share(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    state.state_own_deals(Facts(tiny), tiny, "nobody")
    assert (shown[0].value, shown[0].rows) == (0, ("sources/release",))


def test_days_that_had_to_be_argued_are_counted_in_both_tables(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    reasons = ["", "", "", "", "", "Its own date.", "The paper’s."]
    argued = replace(
        tiny,
        events=tiny.events.assign(known_on_reason=reasons),
        financials=tiny.financials.assign(known_on_reason="The paper’s."),
    )
    state.state_reasons(Facts(tiny), argued)
    assert words(shown) == {"reasons": "3"}


def test_the_day_until_which_text_was_read_is_a_date(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    until = replace(tiny, read_until=pd.Timestamp("2023-02-01"))
    state.state_read_until(Facts(tiny), until)
    assert shown[0].written == "1\N{NO-BREAK SPACE}February 2023"


def test_the_figure_counts_the_strong_of_all_graded_rows(tiny: Dealbook) -> None:
    figure = draw.grades(tiny)
    assert figure.title == "6 of 8 rows rest on a filing or on a company’s own words"
    assert "Filing: 3; Company’s own words: 3; Newsroom: 2;" in figure.description
    assert {"wide", "narrow"} <= set(figure.content())
