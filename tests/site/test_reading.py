"""What a reader does with the site: explore, search, follow a number, switch, print."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import PAGES, SITE, Reader, first_page_with, soup

CONTROLS = ".figure-controls"
TOLD = "[data-tip]"
CHART = ".figure-chart svg"


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


def test_charts_are_visible_without_javascript(scriptless: Reader, server: str) -> None:
    page = scriptless.open(server + first_page_with(CONTROLS))
    for figure in page.locator(".figure-twin").all():
        assert figure.locator(".figure-wide > svg").is_visible()
    assert not any(one.is_visible() for one in page.locator(CONTROLS).all())


def test_folds_open_without_javascript(scriptless: Reader, server: str) -> None:
    page = scriptless.open(server + first_page_with(".figure-table"))
    page.locator(".figure-table > summary").first.click()
    assert page.locator(".figure-table table").first.is_visible()


def test_a_phone_gets_the_narrow_drawing(phone: Reader, server: str) -> None:
    page = phone.open(server + first_page_with(".figure-twin"))
    assert page.locator(".figure-narrow > svg").first.is_visible()
    assert not page.locator(".figure-wide > svg").first.is_visible()


def test_a_mark_that_is_pointed_at_says_its_numbers_below(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with(TOLD))
    figure = page.locator(f".figure-twin:has({TOLD})").first
    figure.locator(f".figure-wide {TOLD}").first.hover(force=True)
    line = figure.locator(".figure-line")
    page.wait_for_function("line => /[0-9]/.test(line.textContent)", arg=line.element_handle())
    assert reader.printed == []
    assert [url for url in reader.asked if not url.startswith((address, "data:"))] == []


def test_the_arrow_keys_step_from_mark_to_mark(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(TOLD))
    figure = page.locator(f".figure-twin:has({TOLD})").first
    figure.locator(".figure-stage").focus()
    line, said = figure.locator(".figure-line"), []
    for key in ("ArrowRight", "ArrowRight", "Home"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        said.append(line.text_content())
    assert said[0] == said[2] != said[1]
    page.keyboard.press("Escape")
    assert figure.locator(".is-told").count() == 0


def test_a_tap_beside_a_thin_mark_means_it(phone: Reader, server: str) -> None:
    page = phone.open(server + first_page_with(TOLD))
    figure = page.locator(f".figure-twin:has({TOLD})").first
    mark = figure.locator(f".figure-narrow {TOLD}").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + 4)
    figure.locator(".figure-narrow .is-told").first.wait_for(state="attached")


def test_the_first_touch_of_a_live_chart_is_not_lost(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with(CONTROLS))
    figure = page.locator(f".figure-twin:has({CONTROLS})").first
    assert [url for url in reader.asked if url.endswith("vega.js")] == []
    slider = figure.locator("input[type=range]").first
    slider.press("Home")
    figure.locator(f".figure-wide.is-live {CHART}").wait_for()
    assert slider.input_value() == slider.get_attribute("min")
    assert not figure.locator(".figure-wide > svg").is_visible()
    assert reader.printed == []
    assert [url for url in reader.asked if not url.startswith((address, "data:"))] == []


def test_all_inputs_can_be_set_back(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(CONTROLS))
    figure = page.locator(f".figure-twin:has({CONTROLS})").first
    slider = figure.locator("input[type=range]").first
    first = slider.get_attribute("aria-valuetext")
    slider.press("Home")
    figure.locator(f".figure-wide.is-live {CHART}").wait_for()
    figure.get_by_role("button", name="Reset").click()
    page.wait_for_function(
        "([slider, first]) => slider.getAttribute('aria-valuetext') === first",
        arg=[slider.element_handle(), first],
    )


def test_a_live_chart_is_redrawn_when_the_window_becomes_narrow(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + first_page_with(CONTROLS))
    figure = page.locator(f".figure-twin:has({CONTROLS})").first
    figure.locator("input[type=range]").first.press("Home")
    figure.locator(f".figure-wide {CHART}").wait_for()
    page.set_viewport_size({"width": 320, "height": 640})
    figure.locator(f".figure-narrow {CHART}").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_picture_stays_when_the_live_chart_cannot_be_loaded(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + first_page_with(CONTROLS))
    page.route("**/vega.js", lambda route: route.abort())
    try:
        figure = page.locator(f".figure-twin:has({CONTROLS})").first
        figure.locator("input[type=range]").first.press("Home")
        figure.get_by_role("status").filter(has_text="could not be loaded").wait_for()
        assert figure.locator(".figure-wide > svg").is_visible()
    finally:
        page.unroute("**/vega.js")


def test_a_figure_can_be_taken_away_as_a_picture_in_pixels(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with(".figure-twin"))
    figure = page.locator(".figure-twin").first
    with page.expect_download() as taken:
        figure.get_by_role("button", name="Picture (PNG)").click()
    assert taken.value.suggested_filename == f"{figure.get_attribute('data-figure')}.png"
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_code_to_embed_names_the_whole_address(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with(".figure-twin"))
    figure = page.locator(".figure-twin").first
    code = figure.locator(".figure-share code").last.text_content()
    assert f'src="{address}figures/{figure.get_attribute("data-figure")}.html"' in str(code)


def test_search_finds_a_word(reader: Reader, address: str) -> None:
    name = first_page_with(".figure-twin")
    heading = soup(name).select_one("article h1")
    assert heading is not None
    word = max(heading.get_text().rstrip("#").split(), key=len)
    page = reader.open(f"{address}search.html?q={quote(word)}")
    page.locator(f"#search-results a[href$='{name}']").first.wait_for()
    assert reader.printed == []


def test_the_menu_opens_on_a_phone(phone: Reader, server: str) -> None:
    page = phone.open(server + "index.html")
    page.locator(".primary-toggle").click()
    page.locator("dialog[open] nav a").first.wait_for()


def test_the_card_of_a_number_stands_below_the_header(reader: Reader, server: str) -> None:
    name = first_page_with("a.fact")
    card = soup(name).select("a.fact")[-1]["href"]
    page = reader.open(f"{server}{name.rpartition('/')[0]}/{card}")
    row = page.locator(".fact-card:target")
    row.wait_for()
    box, header = row.bounding_box(), page.locator(".bd-header-article").bounding_box()
    assert box is not None and header is not None
    assert header["y"] + header["height"] <= box["y"] < 900
    assert row.evaluate("card => getComputedStyle(card).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize(
    "place",
    [
        "reference/methods-losses.html#break-even-pay-ratio-and-concentration",
        "partners/microsoft.html#every-step-newest-first",
        "reference/data-dictionary.html#financials.derived_from",
        "reference/data-dictionary.html#what-to-watch",
    ],
)
def test_a_link_into_a_page_arrives_though_what_lies_above_is_not_laid_out_yet(
    place: str, reader: Reader, phone: Reader, server: str
) -> None:
    for device in (reader, phone):
        page = device.open(server + place)
        page.wait_for_function(
            "() => { const { top } = document.querySelector(':target').getBoundingClientRect();"
            " return top >= 0 && top < 200 }"
        )


def test_the_theme_switch_changes_page_and_figures(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(".figure-twin"))
    colours = """() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector(".figure-wide text")).fill,
      getComputedStyle(document.querySelector(".figure-twin").parentElement).backgroundColor,
    ]"""
    ground, ink, card = page.evaluate(colours)
    page.locator(".theme-switch-button").click()
    dark_ground, dark_ink, dark_card = page.evaluate(colours)
    assert ground != dark_ground
    assert ink != dark_ink
    assert card == dark_card == "rgba(0, 0, 0, 0)"


def test_print_is_text_and_figures_only(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(".figure-twin"))
    page.emulate_media(media="print")
    for away in (
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".bd-header-article",
        ".prev-next-footer",
        ".figure-tools",
        ".figure-table",
        ".bd-footer-content",
    ):
        assert not any(one.is_visible() for one in page.locator(away).all()), away
    assert page.locator("article h1").is_visible()
    assert page.locator(".figure-wide > svg").first.is_visible()
    assert not page.locator(".figure-narrow").first.is_visible()


@pytest.mark.parametrize("name", sorted(PAGES, key=lambda name: -(SITE / name).stat().st_size)[:3])
def test_reading_a_whole_page_loads_at_most_250_kilobytes_as_servers_send_them(
    reader: Reader, server: str, name: str
) -> None:
    page = reader.open(server + name)
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    files = {SITE / address.removeprefix(server).partition("?")[0] for address in reader.asked}
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 250_000
