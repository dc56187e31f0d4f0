"""What a reader does with the list of deals: filter, sort, follow, read without a script."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

import pytest
from bs4 import Tag
from playwright.sync_api import Page

from .conftest import PAGES, SITE, Reader, soup

NAME = "reference/deal-catalogue.html"
SHOWN = ".deal-line:not([hidden])"
DEALS = soup(NAME).select(".deal-line") if (SITE / NAME).is_file() else []


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return (server if request.param == "from a server" else f"{SITE.as_uri()}/") + NAME


def shown(page: Page) -> list[str]:
    return page.locator(SHOWN).evaluate_all("deals => deals.map(deal => deal.id)")


def with_leg(**wanted: str) -> list[str]:
    """The deals that have a leg with these attributes; `party` may pay or be paid."""
    return [
        str(deal["id"])
        for deal in DEALS
        if any(
            all(value in str(leg[f"data-{key}"]).split() for key, value in wanted.items())
            for leg in deal.select("[data-party]")
        )
    ]


def link(line: Tag) -> str:
    found = line.select_one("a")
    assert found is not None
    return str(found["href"])


def test_without_javascript_every_deal_is_listed_and_leads_to_its_steps(
    scriptless: Reader, server: str
) -> None:
    page = scriptless.open(server + NAME)
    assert page.locator(".deal-line:visible").count() == len(DEALS)
    assert not page.locator(".listing-filter").is_visible()
    page.locator(".deal-line a").first.click()
    deal = page.locator(".deal:target")
    deal.locator("summary").click()
    assert deal.locator(".steps").first.is_visible()


def test_filters_count_live_and_stand_in_the_address(reader: Reader, address: str) -> None:
    page = reader.open(address)
    count = page.get_by_role("status")
    assert count.inner_text() == f"{len(DEALS)} of {len(DEALS)} deals"
    page.get_by_label("Payer or payee").select_option("nvidia")
    page.get_by_label("Instrument").select_option("chips")
    expected = with_leg(party="nvidia", instrument="chips")
    assert shown(page) == expected
    assert count.inner_text() == f"{len(expected)} of {len(DEALS)} deals"
    assert page.url.endswith("#party=nvidia&instrument=chips")
    page.get_by_role("button", name="Show all deals").click()
    assert len(shown(page)) == len(DEALS)
    assert "#" not in page.url
    assert reader.printed == []


def test_an_address_with_a_filter_shows_the_filtered_list(reader: Reader, address: str) -> None:
    page = reader.open(f"{address}#{urlencode({'status': 'binding', 'scope': 'focal'})}")
    scoped = {str(deal["id"]) for deal in DEALS if deal["data-scope"] == "focal"}
    assert shown(page) == [deal for deal in with_leg(status="binding") if deal in scoped]
    assert page.get_by_label("Where a leg stands").input_value() == "binding"


def test_a_filter_that_the_data_do_not_know_shows_everything(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}{NAME}#party=nobody&sort=sideways")
    assert len(shown(page)) == len(DEALS)
    assert page.get_by_label("Order").input_value() == "newest"


def test_dates_keep_the_deals_of_which_something_became_known_then(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("A step known from").fill("2025-09-01")
    page.get_by_label("A step known until").fill("2025-09-30")
    assert shown(page) == [
        str(deal["id"])
        for deal in DEALS
        if any("2025-09-01" <= day <= "2025-09-30" for day in str(deal["data-days"]).split())
    ]


def test_the_search_takes_all_words_and_no_notice_of_capitals(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    name = DEALS[0].select_one("a")
    assert name is not None
    page.get_by_label("Search the text").fill(name.get_text().upper())
    assert str(DEALS[0]["id"]) in shown(page)
    page.get_by_label("Search the text").fill("no deal says zzyzx")
    assert shown(page) == []
    assert page.get_by_role("status").inner_text().startswith("No deal matches.")


def test_the_search_finds_what_only_the_page_of_the_deal_says(reader: Reader, server: str) -> None:
    deal, note = next(
        (deal, note)
        for deal in DEALS
        for note in soup(urljoin(NAME, link(deal)).partition("#")[0]).select(
            f"[id='{deal['id']}'] .step-note"
        )
        if len(note.get_text().split()) > 5
    )
    page = reader.open(server + NAME)
    page.get_by_label("Search the text").fill(" ".join(note.get_text().split()[1:5]))
    assert str(deal["id"]) in shown(page)
    assert len(shown(page)) < len(DEALS)


@pytest.mark.parametrize(
    ("order", "key", "falls"),
    [("largest", "amount", True), ("oldest", "day", False), ("newest", "day", True)],
)
def test_the_list_can_be_put_in_order(
    order: str, key: str, falls: bool, reader: Reader, server: str
) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("Order").select_option(order)
    values = page.locator(SHOWN).evaluate_all(f"deals => deals.map(deal => deal.dataset.{key})")
    sortable = [float(v) for v in values] if key == "amount" else values
    assert sortable == sorted(sortable, reverse=falls)


@pytest.mark.parametrize("part", [".deal", ".leg", ".steps > li"])
def test_a_linked_deal_leg_or_step_opens_itself_below_the_header(
    part: str, reader: Reader, address: str
) -> None:
    there = link(DEALS[-1]).partition("#")[0]
    target = soup(urljoin(NAME, there)).select(part)[-1]["id"]
    page = reader.open(f"{address}#{target}")
    page.locator(f"[id='{target}']").wait_for(state="visible")
    assert page.url == f"{urljoin(address, there)}#{target}"
    assert page.locator(".deal[open]").count() == 1
    box = page.locator(f"[id='{target}']").bounding_box()
    header = page.locator(".bd-header-article").bounding_box()
    assert box is not None and header is not None
    assert header["y"] + header["height"] <= box["y"] < 900


def test_a_link_from_a_filtered_list_to_a_deal_that_it_hides_leads_there(
    reader: Reader, server: str
) -> None:
    page = reader.open(f"{server}{NAME}#q=zzyzx")
    assert shown(page) == []
    page.evaluate(f"location.hash = '{DEALS[0]['id']}'")
    page.locator(f".deal[open][id='{DEALS[0]['id']}']").wait_for()


def test_going_back_from_a_deal_brings_the_filtered_list(reader: Reader, address: str) -> None:
    page = reader.open(f"{address}#party=amd")
    page.locator(f"{SHOWN} a").first.click()
    page.locator(".deal[open]").wait_for()
    page.go_back()
    page.locator(SHOWN).first.wait_for()
    assert shown(page) == with_leg(party="amd")


def test_a_filter_is_set_and_a_deal_opened_by_keyboard_alone(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("Search the text").focus()
    page.keyboard.type("nvidia")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.deal-line') !== null"):
            break
    page.keyboard.press("Enter")
    page.locator(".deal[open]").wait_for()


def test_printed_it_has_its_lines_and_a_page_of_deals_what_was_opened(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + NAME)
    page.emulate_media(media="print")
    assert page.locator(".deal-line:visible").count() == len(DEALS)
    assert not page.locator(".listing-filter").is_visible()
    page = reader.open(f"{server}{NAME}#{DEALS[1]['id']}")
    page.locator(".deal[open]").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".deal > summary:visible").count() == page.locator(".deal").count()
    assert page.locator(".deal-body:visible").count() == 1


@pytest.mark.parametrize(
    ("script", "loading"),
    [
        ("listing.js", {NAME, "reference/sources.html"}),
        (
            "moved.js",
            {NAME, "reference/sources.html", "reference/facts.html", "reference/methods.html"},
        ),
    ],
)
def test_only_the_pages_that_need_a_script_load_it(script: str, loading: set[str]) -> None:
    found = {name for name in PAGES if script in (SITE / name).read_text(encoding="utf-8")}
    assert found == loading


def test_among_the_numbers_every_known_leg_and_deal_leads_to_where_it_is_shown() -> None:
    known = {
        *(f"legs/{str(leg['id']).removeprefix('leg-')}" for leg in soup(NAME).select("i[id]")),
        *(f"deals/{str(deal['id']).removeprefix('deal-')}" for deal in DEALS),
    }
    for name in PAGES:
        if name.startswith("reference/facts/"):
            rows = soup(name).select(".fact-behind code")
            unlinked = {row.get_text() for row in rows if row.find_parent("a") is None}
            assert unlinked & known == set()
