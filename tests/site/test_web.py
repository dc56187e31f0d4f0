"""The web in the page: loops to light, layers to count, days to go back to."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Locator

from .conftest import SITE, Reader

PAGE = "chapters/web-of-partners.html"
FIGURE = "#fig-money-web"
DAY = "input[name=day]"


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


def paths(figure: Locator) -> dict[str, list[str]]:
    """The outlines of all bands of the wide picture, by number."""
    found: dict[str, list[str]] = figure.locator(".figure-wide svg").evaluate(
        """svg => Object.fromEntries(Array.from(svg.querySelectorAll(".band"), band => [
             band.dataset.band, Array.from(band.querySelectorAll("path"), path =>
               path.getAttribute("class") + " " + path.getAttribute("d"))]))"""
    )
    return found


def lit(figure: Locator) -> set[str]:
    bands: list[str] = figure.locator(".figure-wide svg").evaluate(
        "svg => Array.from(svg.querySelectorAll('.band.is-lit'), band => band.dataset.ends)"
    )
    return set(bands)


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_without_javascript_the_largest_loop_is_lit(scriptless: Reader, server: str) -> None:
    figure = scriptless.open(server + PAGE).locator(FIGURE)
    assert figure.locator(".figure-wide .loop.is-lit").count() == 1
    assert figure.locator(".web-steps li").first.is_visible()
    assert not figure.locator(".web-controls").is_visible()


def test_another_loop_can_be_lit_by_keyboard(reader: Reader, address: str) -> None:
    figure = reader.open(address + PAGE).locator(FIGURE)
    before = lit(figure)
    first = figure.locator("input[name=loop]:checked")
    first.focus()
    first.press("ArrowRight")
    chosen = figure.locator("input[name=loop]:checked")
    assert lit(figure) == set(str(chosen.get_attribute("data-bands")).split("|")) != before
    visible = [one for one in figure.locator(".web-steps").all() if one.is_visible()]
    assert [one.get_attribute("data-loop") for one in visible] == [chosen.get_attribute("value")]
    assert reader.printed == []


def test_the_script_draws_the_last_day_as_the_package_does(reader: Reader, address: str) -> None:
    figure = reader.open(address + PAGE).locator(FIGURE)
    baked = paths(figure)
    slider = figure.locator(DAY)
    slider.press("ArrowLeft")
    figure.locator(".web-told").wait_for()
    slider.press("ArrowRight")
    figure.locator(".web-told").wait_for(state="hidden")
    drawn = paths(figure)
    assert set(drawn) == set(baked)
    for number, parts in baked.items():
        assert [part.split()[1] for part in drawn[number]] == [part.split()[1] for part in parts]
        for ours, theirs in zip(parts, drawn[number], strict=True):
            assert numbers(theirs) == pytest.approx(numbers(ours), abs=0.25)
    assert reader.printed == []


def test_who_goes_on_before_the_days_are_read_sees_what_is_set_now(
    reader: Reader, server: str
) -> None:
    figure = reader.open(server + PAGE).locator(FIGURE)
    baked = {number: len(parts) for number, parts in paths(figure).items()}
    # In one task of the browser: no file can come in between.
    figure.evaluate(
        """figure => {
             const day = figure.querySelector("input[name=day]");
             for (const step of [-1, 1]) {
               day.value = Number(day.value) + step;
               day.dispatchEvent(new Event("input", { bubbles: true }));
             }
             return window.tightropeFile(figure, figure.dataset.figure + "-states").then(() => {});
           }"""
    )
    assert {number: len(parts) for number, parts in paths(figure).items()} == baked
    assert not figure.locator(".web-told").is_visible()


def test_an_earlier_day_has_fewer_bands_and_says_what_was_known(
    reader: Reader, server: str
) -> None:
    figure = reader.open(server + PAGE).locator(FIGURE)
    slider = figure.locator(DAY)
    slider.press("Home")
    told = figure.locator(".web-told")
    told.wait_for()
    assert str(slider.get_attribute("aria-valuetext")) in str(told.text_content())
    assert 0 < sum(map(bool, paths(figure).values())) < 10


def test_only_what_is_paid_can_be_counted(reader: Reader, server: str) -> None:
    figure = reader.open(server + PAGE).locator(FIGURE)
    figure.locator("input[name=count][value=paid]").check()
    figure.locator(".web-told").wait_for()
    kinds = {part.split()[1] for parts in paths(figure).values() for part in parts}
    assert "paid" in kinds
    assert kinds <= {"paid", "high", "open"}


def test_the_address_holds_what_is_shown(reader: Reader, server: str) -> None:
    page = reader.open(server + PAGE)
    figure = page.locator(FIGURE)
    figure.locator("input[name=loop]").nth(2).check()
    figure.locator("input[name=count][value=binding]").check()
    link = str(figure.locator(".web-link").get_attribute("href"))
    shown = lit(figure)
    page.goto("about:blank")
    figure = reader.open(server + PAGE + link).locator(FIGURE)
    assert lit(figure) == shown
    assert figure.locator("input[name=count]:checked").get_attribute("value") == "binding"


def test_the_address_can_name_any_day(reader: Reader, server: str) -> None:
    figure = reader.open(server + PAGE + "#web=none,announced,2025-09-30").locator(FIGURE)
    figure.locator(".web-told").wait_for()
    slider = figure.locator(DAY)
    days = str(slider.get_attribute("data-days")).split("|")
    shown = days[int(slider.input_value())]
    assert shown == max(day for day in days if day <= "2025-09-30")
    said = str(slider.get_attribute("aria-valuetext"))
    assert said == f"{pd.Timestamp(shown).day} {pd.Timestamp(shown):%B %Y}"


def test_playing_goes_from_the_end_of_one_month_to_that_of_the_next(
    reader: Reader, server: str
) -> None:
    figure = reader.open(server + PAGE).locator(FIGURE)
    slider = figure.locator(DAY)
    days = str(slider.get_attribute("data-days")).split("|")
    figure.locator(".web-play").click()
    first = int(slider.input_value())
    following = days[first + 1][:7]
    last = max(number for number, day in enumerate(days) if day[:7] == following)
    reader.page.wait_for_function(
        "([name, last]) => Number(document.querySelector(name).value) === last",
        arg=[f"{FIGURE} {DAY}", last],
        polling=20,
    )


@pytest.mark.parametrize(("window", "wide"), [(1280, 972), (1440, 1100), (1920, 1100)])
def test_on_a_wide_page_the_web_has_more_room_than_the_text_and_covers_nothing(
    reader: Reader, server: str, window: int, wide: float
) -> None:
    reader.page.set_viewport_size({"width": window, "height": 900})
    page = reader.open(server + PAGE)
    stage = page.locator(f"{FIGURE} .figure-wide")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    assert box["width"] >= wide
    for sidebar in page.locator(".bd-sidebar-primary, .bd-sidebar-secondary").all():
        beside = sidebar.evaluate(
            "bar => { const box = (bar.firstElementChild ?? bar).getBoundingClientRect();"
            " return [box.x, box.right, box.y, box.bottom]; }"
        )
        across = box["x"] < beside[1] and beside[0] < box["x"] + box["width"]
        down = box["y"] < beside[3] and beside[2] < box["y"] + box["height"]
        assert not (across and down)
    assert page.evaluate("document.documentElement.scrollWidth") <= window


def test_the_file_of_the_days_is_small(server: str) -> None:
    (file,) = SITE.rglob("money-web-states*")
    assert file.stat().st_size <= 250_000


def test_a_band_that_is_stepped_to_says_its_sum(reader: Reader, server: str) -> None:
    figure = reader.open(server + PAGE).locator(FIGURE)
    figure.locator(".figure-wide svg").focus()
    reader.page.keyboard.press("ArrowRight")
    told = figure.locator(".web-told")
    told.wait_for()
    assert re.search(r"→ .+: .*(\$|none known|no sum published)", str(told.text_content()))


def test_on_a_phone_one_loop_is_shown_step_by_step(phone: Reader, server: str) -> None:
    figure = phone.open(server + PAGE).locator(FIGURE)
    assert [one.is_visible() for one in figure.locator(".web-one").all()].count(True) == 1
    steps = figure.locator(".web-steps:not([hidden])")
    steps.get_by_role("button", name="Next step").click()
    assert steps.locator("li[aria-current=step]").count() == 1
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
