"""The pages on terms, on what to watch and on what others have counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import dealbook, quantities, terms, units, watching
from tightrope.charts.table import Markup
from tightrope.dealbook import Dealbook
from tightrope.publish import checks_page, terms_page, watch_page
from tightrope.publish.cards import Card, Cards
from tightrope.publish.homes import Links

from ..conftest import put

EVIL = "<script>alert(1)</script>"


def soup(html: str) -> Tag:
    return BeautifulSoup(html, "html.parser")


def words(html: str) -> str:
    return " ".join(soup(html).get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_card_shows_its_facts_and_leaves_out_those_without_a_text() -> None:
    page = soup(Cards([Card("A day", "A thing.", {"Means": "More.", "Note": ""})], "None.").html)
    assert [one.get_text() for one in page.select("h3, p, dt, dd")] == [
        "A day",
        "A thing.",
        "Means",
        "More.",
    ]


def test_without_cards_the_page_says_so() -> None:
    assert Cards([], "None.").html == "<p>None.</p>"


def test_all_but_links_is_escaped() -> None:
    card = Card(EVIL, EVIL, {EVIL: EVIL, "Said in": Markup('<a href="x">here</a>')}, EVIL)
    page = soup(Cards([card], "").html)
    assert not page.select("script")
    assert page.select('a[href="x"]')


# ---- Terms ----


def test_the_three_parts_of_what_is_signed_stand_in_a_table(termed: Path) -> None:
    q = quantities.of(dealbook.load(termed))
    rows = [
        [cell.get_text().replace("\N{NO-BREAK SPACE}", " ") for cell in row.select("th, td")]
        for row in soup(terms_page.in_parts(q).html).select("tbody tr")
    ]
    assert rows == [
        ["Without a condition", "0", "–", "–", "–", "0"],
        ["On a condition", "1", "$73 bn", "$73 bn", "$73 bn", "0"],
        ["Terms not public", "0", "–", "–", "–", "0"],
    ]


def test_the_finding_names_only_the_parts_that_there_are(termed: Path) -> None:
    q = quantities.of(dealbook.load(termed))
    said = terms_page.finding(q).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Signed: $73 bn on a condition"


def test_where_nothing_is_signed_there_is_no_finding(termed: Path) -> None:
    assert terms_page.finding(quantities.of(dealbook.load(termed), "nvidia")) == ""


def test_a_contract_shows_its_condition_its_end_and_who_says_so(termed: Path) -> None:
    page = terms_page.contracts(dealbook.load(termed), "openai").html
    assert "Microsoft, compute Signed: $73 bn" in words(page)
    assert "Condition On delivery: capacity" in words(page)
    assert "May end after a year" in words(page)
    sources = [str(a["href"]) for a in soup(page).select('a[href^="sources/"]')]
    assert sources == ["sources/company.html#release", "sources/press.html#paper"]


def test_bars_are_by_payee_and_part_the_largest_payee_first(book: Dealbook) -> None:
    sums = terms_page.by_payee(book, "openai")
    assert sums.amount.sum() == pytest.approx(quantities.of(book)["to_pay_signed"].stated)
    totals = sums.groupby("group", sort=False).amount.sum()
    assert totals.is_monotonic_decreasing
    assert set(sums.series) <= set(terms_page.PART_WORDS.values())


def test_the_note_of_what_is_signed_names_what_its_bars_add_up_to(book: Dealbook) -> None:
    q = quantities.of(book)
    figure = terms_page.by_payee_figure(book, "openai", q)
    assert figure is not None
    assert f"add up to {units.usd_bn(figure.frame.amount.sum())}:" in figure.note


def test_where_nothing_is_signed_there_is_no_figure_of_it(termed: Path) -> None:
    toy = dealbook.load(termed)
    assert terms_page.by_payee_figure(toy, "nvidia", quantities.of(toy, "nvidia")) is None


def test_every_part_has_words() -> None:
    assert set(terms_page.PART_WORDS) == set(terms.PARTS)


def test_guarantees_stand_side_by_side(book: Dealbook) -> None:
    page = soup(terms_page.guarantees(book).html)
    assert len(page.select("tbody tr")) == book.legs.instrument.eq("guarantee").sum()
    # Nvidia 8-K of 17 August 2026: at most 105 for the Ohio leases.
    assert "$105\N{NO-BREAK SPACE}bn" in page.select("tbody tr")[0].get_text()


# ---- What to watch ----


def test_items_stand_under_what_became_of_them(termed: Path) -> None:
    book = dealbook.load(termed).as_of("2023-02-01")
    said = {state: words(watch_page.items(book, state).html) for state in watching.STATES}
    assert said["known"].startswith(
        "1 January 2022 to 15 February 2022 The cloud publishes its results. "
        "Came out 1 February 2022: It published them. Printed in Its filing Means More is more."
    )
    assert said["overdue"].startswith("By 31 December 2022 The letter becomes a contract.")
    assert said["expected"].startswith("1 June 2023 to 31 January 2024 The lab lists its shares.")


def test_an_item_links_the_rows_it_would_change(termed: Path) -> None:
    page = soup(watch_page.items(dealbook.load(termed).as_of("2022-06-01"), "expected").html)
    assert page.select('a[href="deal-catalogue/openai.html#leg-letter-equity"]')


def test_what_has_no_day_says_so(termed: Path) -> None:
    put(termed, "watch", "listing", expected_from="", expected_by="")
    assert words(watch_page.items(dealbook.load(termed), "expected").html).startswith(
        "No day named The lab lists its shares."
    )


# ---- What others have counted ----


def test_a_check_shows_value_scope_and_why_it_differs(termed: Path) -> None:
    page = checks_page.figures(dealbook.load(termed), "how_circular").html
    assert words(page) == (
        "25% Share of circular deals Who A bank, 1 February 2023 Scope All firms "
        "Differs It counts deals. Read in A newspaper"
    )


def test_an_unknown_question_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="question must be one of how_circular, whose_money"):
        checks_page.figures(tiny, "how_big")


def test_every_outside_check_is_on_the_page(book: Dealbook) -> None:
    shown = [
        str(card["id"]).removeprefix("check-")
        for question in checks_page.QUESTIONS
        for card in soup(checks_page.figures(book, question).html).select(".column")
    ]
    assert sorted(shown) == sorted(book.outside_checks.check_id)


# ---- Links ----


def test_a_row_without_a_home_on_the_site_is_its_plain_id(tiny: Dealbook) -> None:
    assert Links(tiny).row("financials/openai-revenue-2021") == (
        "<code>financials/openai-revenue-2021</code>"
    )


def test_legs_go_by_the_name_of_their_deal(tiny: Dealbook) -> None:
    links = Links(tiny).rows(["legs/stake-cash", "legs/letter-equity"])
    assert soup(links).get_text(" ") == "A stake A letter"
