"""Charts with inputs: a day to move, a layer to choose, from the site's own files."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tightrope import dealbook, scenarios, units
from tightrope.chapters.runway_suppliers import Suppliers
from tightrope.measures.runway import FundingGap

from .conftest import SITE, Reader

DAYS = {
    "ladder-history": "chapters/promise-and-cash.html",
}
CHARTS = DAYS | {
    "runway-what-if": "chapters/runway.html",
    "paying-with-stock-warrant": "chapters/paying-with-stock.html",
}


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


def live(reader: Reader, address: str, chart: str) -> Locator:
    figure = reader.open(address + CHARTS[chart]).locator(f"#fig-{chart}")
    figure.locator("input[type=range]").first.focus()
    figure.locator(".figure-chart svg").first.wait_for()
    return figure


def answer(gap: FundingGap) -> str:
    """What the chart says of a gap."""
    if not gap.peak:
        return "No gap."
    return f"The gap at its peak: {units.usd_bn(gap.peak)} in {gap.peak_year}."


@pytest.mark.parametrize("chart", DAYS)
def test_a_slider_moves_the_day_by_keyboard_and_says_it(
    reader: Reader, address: str, chart: str
) -> None:
    figure = live(reader, address, chart)
    slider = figure.locator("input[type=range]")
    before = slider.get_attribute("aria-valuetext")
    slider.press("Home")
    first = slider.get_attribute("aria-valuetext")
    assert before != first == "22\N{NO-BREAK SPACE}July 2019"
    assert figure.locator(".figure-chart svg").get_by_text(str(first)).count()
    assert [url for url in reader.asked if not url.startswith((address, "data:"))] == []
    assert reader.printed == []


@pytest.mark.parametrize("chart", CHARTS)
def test_inputs_fit_a_phone(phone: Reader, server: str, chart: str) -> None:
    live(phone, server, chart)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_what_if_computes_the_gap_anew_in_the_browser(reader: Reader, address: str) -> None:
    own = scenarios.scenario(dealbook.load())
    figure = live(reader, address, "runway-what-if")
    slider = figure.locator("input[name=revenue_growth]")
    assert slider.get_attribute("aria-valuetext") == f"{100 * own.values['revenue_growth']:g}%"
    figure.locator(".figure-chart svg").get_by_text(answer(own.gap())).first.wait_for()
    said = {answer(own.gap())}
    for key in ("Home", "End"):
        slider.press(key)
        gap = own.gap(revenue_growth=float(slider.input_value()) / 100)
        figure.locator(".figure-chart svg").get_by_text(answer(gap)).first.wait_for()
        said.add(answer(gap))
    assert len(said) == 3, "each end of the slider has an answer of its own"
    assert [url for url in reader.asked if not url.startswith((address, "data:"))] == []
    assert reader.printed == []


def test_the_what_if_says_anew_who_falls_short(reader: Reader, server: str) -> None:
    tested = Suppliers.of(dealbook.load(), scenarios.scenario(dealbook.load()))
    drawing = (figure := live(reader, server, "runway-what-if")).locator(".figure-chart svg")
    slider = figure.locator("input[name=commitments_honoured]")
    found = set()
    for key in ("Home", "End"):
        slider.press(key)
        honoured = float(slider.input_value()) / 100
        for sentence in tested.sentences(commitments_honoured=honoured):
            drawing.get_by_text(sentence).first.wait_for()
            found.add(sentence)
    assert len(found) > len(tested.can_fall_short), "the slider changes what is said of one"
    assert reader.printed == []


def test_the_warrant_is_worth_nothing_in_the_browser_where_nothing_is_bought(
    reader: Reader, address: str
) -> None:
    figure = live(reader, address, "paying-with-stock-warrant")
    drawing = figure.locator(".figure-chart svg")
    at_first = str(drawing.get_by_text("Modelled value now: ").first.text_content())
    nothing = "Modelled value now: $0"
    assert at_first != nothing
    slider = figure.locator("input[name=gigawatts]")
    for key, answer in (("Home", nothing), ("End", at_first)):
        slider.press(key)
        drawing.get_by_text(answer, exact=True).first.wait_for()
    assert reader.printed == []


def test_all_four_sliders_of_the_what_if_can_be_reached_by_keyboard(
    reader: Reader, server: str
) -> None:
    figure = live(reader, server, "runway-what-if")
    figure.locator("input[type=range]").first.focus()
    names = [reader.page.evaluate("document.activeElement.name")]
    for _ in range(3):
        reader.page.keyboard.press("Tab")
        names.append(reader.page.evaluate("document.activeElement.name"))
    assert set(names) == {
        "revenue_growth",
        "margin_before_compute",
        "commitments_honoured",
        "conditional_funding_realised",
    }
