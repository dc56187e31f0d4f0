"""The catalogue of deals as documents: complete, escaped, right without a script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import dealbook, paths
from tightrope.csvpackage import describe
from tightrope.dealbook import Dealbook
from tightrope.publish import catalogue, deal_words

EVIL = "<script>alert(1)</script>"


def listed(book: Dealbook, layer: str = "announced") -> Tag:
    """The list of deals, with its form."""
    return BeautifulSoup(catalogue.html(book, layer), "html.parser")


def pages(book: Dealbook, layer: str = "announced", dossiers: tuple[str, ...] = ()) -> str:
    parts = catalogue.pages(book, layer, [f"partners/{one}" for one in dossiers])
    return "".join(section.html for part in parts for section in part.sections)


def soup(book: Dealbook, layer: str = "announced", dossiers: tuple[str, ...] = ()) -> Tag:
    """All pages of deals with their legs and steps."""
    return BeautifulSoup(pages(book, layer, dossiers), "html.parser")


def one(page: Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())


def allowed(table: str, column: str) -> set[str]:
    resource = next(r for r in describe(paths.DATA)["resources"] if r["name"] == table)
    field = next(f for f in resource["schema"]["fields"] if f["name"] == column)
    return set(field["constraints"]["enum"])


def told_twice(book: Dealbook, **values: Any) -> Dealbook:
    """The book with two steps of the cloud contract that differ in these values."""
    is_cloud = book.events.leg_id.eq("cloud-use")
    step = book.events[is_cloud]
    twice = step.loc[step.index.repeat(2)].assign(event_id=["one", "two"], **values)
    return replace(book, events=pd.concat([book.events[~is_cloud], twice], ignore_index=True))


def test_every_value_that_the_schema_allows_has_words() -> None:
    assert set(deal_words.SCOPE_WORDS) - {"openai"} == allowed("deals", "scope")
    assert set(deal_words.STATUS_WORDS) == allowed("events", "status")
    assert {*deal_words.GRADE_WORDS, "derived"} == allowed("events", "confidence")
    assert set(deal_words.BASIS_WORDS) == allowed("events", "paid_basis")
    assert set(deal_words.CIRCLE_WORDS) == allowed("deals", "circle")
    assert set(deal_words.CONDITION_WORDS) == allowed("terms", "condition")


def test_it_shows_every_deal_leg_and_step_of_the_data_once(book: Dealbook) -> None:
    page = soup(book)
    for selector, row, ids in (
        ("details.deal", "deal", book.deals.deal_id),
        (".leg", "leg", book.legs.leg_id),
        (".steps > li", "event", book.events.event_id),
    ):
        shown = [str(tag["id"]) for tag in page.select(selector)]
        assert sorted(shown) == sorted(f"{row}-{one}" for one in ids)


def test_the_list_has_a_place_for_every_deal_leg_and_step(book: Dealbook) -> None:
    there = {str(tag["id"]) for tag in listed(book).select(".listing-list [id]")}
    assert there == {
        *(f"deal-{one}" for one in book.deals.deal_id),
        *(f"leg-{one}" for one in book.legs.leg_id),
        *(f"event-{one}" for one in book.events.event_id),
    }


def test_a_line_leads_to_its_deal_on_the_page_of_its_part_of_the_web(termed: Path) -> None:
    book = dealbook.load(termed)
    deals = book.deals.assign(scope=["openai", "onward", "vendor_finance_2000"])
    elsewhere = replace(book, deals=deals)
    links = [str(link["href"]) for link in listed(elsewhere).select(".deal-line > .deal-name a")]
    assert sorted(links) == [
        "deal-catalogue/onward.html#deal-cloud",
        "deal-catalogue/openai.html#deal-stake",
        "deal-catalogue/vendor-finance-2000.html#deal-letter",
    ]
    assert [(part.page, part.title) for part in catalogue.pages(elsewhere, "announced", [])] == [
        ("reference/deal-catalogue/openai", "OpenAI’s own deals"),
        ("reference/deal-catalogue/onward", "Where the money goes next"),
        ("reference/deal-catalogue/vendor-finance-2000", "Vendor finance around 2000"),
    ]


def test_a_line_knows_by_what_it_is_found(tiny: Dealbook) -> None:
    line = one(listed(tiny), "#deal-cloud")
    # The contract, its only step, became known on the day on which the deal was announced.
    assert (line["data-day"], line["data-days"]) == ("2021-03-01", "2021-03-01")
    assert (line["data-scope"], float(str(line["data-amount"]))) == ("focal", 73)
    leg = one(line, "#leg-cloud-use")
    assert leg["data-party"] == "openai microsoft"
    assert (leg["data-instrument"], leg["data-status"]) == ("compute", "binding")
    # From the leg's purpose, and from the name of its document.
    assert {"use", "firms"} <= set(str(line["data-words"]).split())


def test_the_newest_deal_comes_first(book: Dealbook) -> None:
    days = [str(deal["data-day"]) for deal in listed(book).select(".deal-line")]
    assert days == sorted(days, reverse=True)


def test_the_form_is_hidden_until_the_script_shows_it(tiny: Dealbook) -> None:
    form = one(listed(tiny), "form")
    assert form.has_attr("hidden")
    labels = {label["for"] for label in form.select("label")}
    assert labels == {control["id"] for control in form.select("input, select")}


def test_braces_in_any_text_are_text(tiny: Dealbook) -> None:
    name = "Disney {Media} {} {0} {name"
    told = {
        table: getattr(tiny, table).assign(**{column: name})
        for table, column in (("parties", "name"), ("deals", "name"), ("sources", "publisher"))
    }
    book = replace(tiny, **told, events=tiny.events.assign(note=name))
    assert {words(one) for one in listed(book).select("#filter-party option")} == {"Any", name}
    assert {words(one) for one in soup(book).select(".deal-name h2, .step-note")} == {name}


def test_a_leg_shows_its_rungs_and_each_step_its_source(tiny: Dealbook) -> None:
    leg = one(soup(tiny), "#leg-stake-cash")
    assert "Announced $10 bn Binding $10 bn Paid $9 bn" in words(one(leg, ".rungs"))
    assert leg.select('.steps a[href^="../../reference/sources/filing.html#"]')


def test_a_withdrawn_deal_shows_what_it_had_come_to(tiny: Dealbook) -> None:
    page = soup(tiny)
    assert "withdrawn, was $100 bn equity, replaced" in words(one(page, "#deal-letter summary"))


def test_a_sum_of_the_head_line_is_of_the_chosen_layer(tiny: Dealbook) -> None:
    head = words(one(soup(tiny, "paid"), "#deal-stake .deal-sum"))
    assert head.startswith("$9 bn equity, paid")


@pytest.mark.parametrize(
    ("stated", "grade", "says"),
    [
        (("payer", "payee"), "company", "Both sides have spoken"),
        (("payer", "payer"), "company", "Only the payer has spoken: OpenAI"),
        (("payee", "third_party"), "company", "Only the payee has spoken: Microsoft"),
        (("third_party", "third_party"), "press", "No statement by either side"),
        (("both", "both"), "derived", "No statement by either side"),
    ],
)
def test_a_leg_says_which_sides_have_spoken(
    tiny: Dealbook, stated: tuple[str, str], grade: str, says: str
) -> None:
    page = soup(told_twice(tiny, stated_by=list(stated), confidence=grade))
    assert says in words(one(page, "#leg-cloud-use .leg-heard"))


def test_two_statements_stand_beside_each_other_with_their_difference(tiny: Dealbook) -> None:
    book = told_twice(tiny, stated_by=["payer", "payee"], amount_usd_bn=[70.0, 73.0])
    said = words(one(soup(book), "#leg-cloud-use .leg-facts"))
    assert "OpenAI says $70 bn , Microsoft says $73 bn ; they differ by $3 bn" in said


def test_deals_lead_to_what_they_are_part_of_and_to_dossiers(tiny: Dealbook) -> None:
    deals = tiny.deals.copy()
    deals.loc[deals.deal_id.eq("letter"), "serves_deal_id"] = "stake"
    page = soup(replace(tiny, deals=deals), dossiers=("nvidia",))
    assert one(page, '#deal-letter .deal-relations a[href$="/openai.html#deal-stake"]')
    assert "Served by: A letter" in words(one(page, "#deal-stake .deal-relations"))
    assert one(page, '#deal-letter a[href="../../partners/nvidia.html"]')
    assert not page.select('a[href="../../partners/microsoft.html"]')


def test_a_leg_shows_its_terms_as_of_the_day(termed: Path) -> None:
    book = dealbook.load(termed)
    shown = words(one(soup(book), "#leg-cloud-use .leg-facts"))
    assert "Condition On delivery: capacity Paper Contract May be ended after a year" in shown
    earlier = words(one(soup(book.as_of("2023-01-31")), "#leg-cloud-use .leg-facts"))
    assert "Condition Not public Paper Contract" in earlier


def test_a_leg_of_a_package_without_terms_shows_its_condition(tiny: Dealbook) -> None:
    assert "Condition a definitive agreement" in words(
        one(soup(tiny), "#leg-letter-equity .leg-facts")
    )


def test_a_deal_has_its_kind_of_circle_and_can_be_filtered_by_it(termed: Path) -> None:
    book = dealbook.load(termed)
    page = listed(book)
    assert one(page, "#deal-stake")["data-circle"] == "investor_is_counterparty"
    assert "Investor is counterparty" in words(one(soup(book), "#deal-stake .deal-relations"))
    options = [str(option["value"]) for option in page.select("#filter-circle option")]
    assert options == ["", "investor_is_counterparty", "none"]


def test_a_paid_step_says_what_moved(termed: Path) -> None:
    page = soup(dealbook.load(termed))
    assert "$9 bn, in cash" in words(one(page, "#event-stake-paid-2")).replace(" ,", ",")


def test_a_step_says_why_its_day_is_the_first(termed: Path) -> None:
    page = soup(dealbook.load(termed))
    assert "Day: The paper’s own date" in words(one(page, "#event-letter-replaced"))


def test_an_estimate_is_called_ours(tiny: Dealbook) -> None:
    book = told_twice(tiny, status="estimated", stated_by="ours", confidence="derived")
    assert "Our own estimate; what it starts from is in" in words(one(soup(book), "#event-one"))


def test_a_derived_amount_links_to_the_steps_it_is_computed_from(tiny: Dealbook) -> None:
    inputs = "events/stake-paid-1 financials/openai-revenue-2021"
    book = told_twice(tiny, confidence="derived", derived_from=inputs)
    links = one(soup(book), "#event-one .step-source").select('a[href*="#event-"]')
    address = "../../reference/deal-catalogue/openai.html#event-stake-paid-1"
    assert [link["href"] for link in links] == [address]


def test_whatever_the_data_hold_is_shown_as_text(tiny: Dealbook) -> None:
    name = 'A <b> & "C"'
    book = replace(
        tiny,
        deals=tiny.deals.assign(name=name, summary=EVIL),
        legs=tiny.legs.assign(purpose=EVIL, condition=EVIL),
        events=tiny.events.assign(note=EVIL, known_on_reason=EVIL, derived_from=EVIL),
        parties=tiny.parties.assign(name=EVIL),
        sources=tiny.sources.assign(publisher=EVIL),
    )
    for text in (catalogue.html(book, "announced"), pages(book)):
        assert "<script>" not in text
        assert name in BeautifulSoup(text, "html.parser").get_text()


@pytest.mark.parametrize(
    ("low", "amount", "high", "written"),
    [
        (None, 73, None, "binding , $73 bn"),
        (0, 73, 73, "binding , up to $73 bn"),
        (60, 73, 80, "binding , $73 bn ($60–80 bn)"),
        (None, 73, 80, "binding , $73 bn ($73–80 bn)"),
        (60, 73, None, "binding , $73 bn ($60–73 bn)"),
        (60, None, 80, "binding , $60–80 bn"),
        (None, None, 80, "binding , up to $80 bn"),
        (60, None, None, "binding , at least $60 bn"),
        (None, None, None, "binding , no sum given"),
    ],
)
def test_a_step_shows_its_amount_and_the_doubt_about_it(
    tiny: Dealbook, low: float | None, amount: float | None, high: float | None, written: str
) -> None:
    values = {"amount_low_usd_bn": low, "amount_usd_bn": amount, "amount_high_usd_bn": high}
    events = tiny.events.copy()
    for column, value in values.items():
        events.loc[events.event_id.eq("cloud-signed"), column] = value
    page = soup(replace(tiny, events=events))
    assert words(one(page, "#event-cloud-signed > div")).startswith(f"{written} Said by")


@pytest.mark.parametrize(
    ("status", "amount", "says"),
    [
        ("binding", 100, "$100 bn compute, binding"),
        ("announced", 100, "$100 bn compute, binding in part"),
        ("letter_of_intent", 100, "$100 bn compute, binding in part"),
    ],
)
def test_what_binds_in_part_is_not_called_binding(
    tiny: Dealbook, status: str, amount: float, says: str
) -> None:
    later = tiny.events[tiny.events.leg_id.eq("cloud-use")].assign(
        event_id="later",
        status=status,
        amount_usd_bn=amount,
        known_on=pd.Timestamp("2021-06-01"),
    )
    page = soup(replace(tiny, events=pd.concat([tiny.events, later], ignore_index=True)))
    assert words(one(page, "#deal-cloud .deal-sum")) == says


@pytest.mark.parametrize(
    ("bound", "low", "says"),
    [("floor", 73, "binding , at least $73 bn"), ("ceiling", 0, "binding , up to $73 bn")],
)
def test_a_step_says_more_than_and_up_to(tiny: Dealbook, bound: str, low: float, says: str) -> None:
    book = told_twice(tiny, amount_bound=bound, amount_low_usd_bn=low)
    page = soup(book)
    assert words(one(page, "#event-one > div")).startswith(says)


def test_a_leg_that_is_open_above_says_at_least(tiny: Dealbook) -> None:
    book = told_twice(tiny, amount_bound="floor", amount_low_usd_bn=73.0)
    assert "Binding at least $73 bn" in words(one(soup(book), "#leg-cloud-use .rungs"))
