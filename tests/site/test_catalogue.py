"""What a reader does with the catalogue of deals: filter, sort, link, read without a script."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from .conftest import SITE, Reader, soup

NAME = "reference/deal-catalogue.html"
SHOWN = ".deal:not([hidden])"
DEALS = soup(NAME).select(".deal") if (SITE / NAME).is_file() else []


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return (server if request.param == "from a server" else f"{SITE.as_uri()}/") + NAME


def shown(page: Page) -> list[str]:
    return page.locator(SHOWN).evaluate_all("deals => deals.map(deal => deal.id)")


def with_leg(**wanted: str) -> list[str]:
    """The deals that have a leg with these attributes; `party` may pay or be paid."""
    party = wanted.pop("party", "")
    return [
        str(deal["id"])
        for deal in DEALS
        if any(
            (not party or party in (leg["data-payer"], leg["data-payee"]))
            and all(leg[f"data-{key}"] == value for key, value in wanted.items())
            for leg in deal.select(".leg")
        )
    ]


def test_without_javascript_every_deal_is_listed_and_opens(scriptless: Reader, server: str) -> None:
    page = scriptless.open(server + NAME)
    assert page.locator(".deal:visible").count() == len(DEALS)
    assert not page.locator(".catalogue-filter").is_visible()
    page.locator(".deal > summary").first.click()
    assert page.locator(".deal .steps").first.is_visible()


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
    page = reader.open(f"{address}#{urlencode({'status': 'binding', 'scope': 'openai'})}")
    scoped = {str(deal["id"]) for deal in DEALS if deal["data-scope"] == "openai"}
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
        if any(
            "2025-09-01" <= day <= "2025-09-30"
            for day in (str(deal["data-announced"]), *str(deal["data-known"]).split())
        )
    ]


def test_the_search_takes_all_words_and_no_notice_of_capitals(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    name = DEALS[0].select_one("h3")
    assert name is not None
    page.get_by_label("Search the text").fill(name.get_text().upper())
    assert str(DEALS[0]["id"]) in shown(page)
    page.get_by_label("Search the text").fill("no deal says zzyzx")
    assert shown(page) == []
    assert page.get_by_role("status").inner_text().startswith("No deal matches.")


@pytest.mark.parametrize(
    ("order", "key", "falls"),
    [("largest", "amount", True), ("oldest", "announced", False), ("newest", "announced", True)],
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
    target = soup(NAME).select(part)[-1]["id"]
    page = reader.open(f"{address}#{target}")
    page.locator(f"[id='{target}']").wait_for(state="visible")
    assert page.locator(".deal[open]").count() == 1
    box = page.locator(f"[id='{target}']").bounding_box()
    header = page.locator(".bd-header-article").bounding_box()
    assert box is not None and header is not None
    assert header["y"] + header["height"] <= box["y"] < 900


def test_a_link_to_a_deal_that_is_filtered_out_shows_all_again(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}{NAME}#q=zzyzx")
    assert shown(page) == []
    page.evaluate(f"location.hash = '{DEALS[0]['id']}'")
    page.locator(".deal[open]").wait_for()
    assert len(shown(page)) == len(DEALS)


def test_a_filter_is_set_and_a_deal_opened_by_keyboard_alone(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("Search the text").focus()
    page.keyboard.type("nvidia")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    page.locator(f"{SHOWN}[open]").wait_for()


def test_open_all_opens_what_is_shown_and_closes_it_again(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}{NAME}#party=amd")
    page.get_by_role("button", name="Open all shown").click()
    assert page.locator(".deal[open]").count() == len(with_leg(party="amd"))
    page.get_by_role("button", name="Close all").click()
    assert page.locator(".deal[open]").count() == 0


def test_printed_it_has_the_head_lines_and_what_was_opened(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}{NAME}#{DEALS[1]['id']}")
    page.emulate_media(media="print")
    assert page.locator(".deal > summary:visible").count() == len(DEALS)
    assert page.locator(".deal-body:visible").count() == 1
    assert not page.locator(".catalogue-filter").is_visible()


def test_only_this_page_loads_its_script() -> None:
    loading = [
        path.relative_to(SITE).as_posix()
        for path in SITE.rglob("*.html")
        if "catalogue.js" in path.read_text(encoding="utf-8")
    ]
    assert loading == [NAME]


def test_on_the_facts_page_every_known_leg_and_deal_leads_to_where_it_is_shown() -> None:
    known = {
        *(f"legs/{str(leg['id']).removeprefix('leg-')}" for leg in soup(NAME).select(".leg")),
        *(f"deals/{str(deal['id']).removeprefix('deal-')}" for deal in DEALS),
    }
    rows = soup("reference/facts.html").select("td code")
    unlinked = {row.get_text() for row in rows if row.find_parent("a") is None}
    assert unlinked & known == set()
