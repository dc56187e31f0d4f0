"""The explorer of the web: its loops in the words of the rings, its table and its findings."""

from __future__ import annotations

from bs4 import BeautifulSoup

from tightrope import counting
from tightrope.chapters import web_explorer as chapter
from tightrope.chapters.rings import Seen, largest
from tightrope.charts.explorer import Explorer
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .opened import opened, plain, present

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
BOTH_WAYS = {
    "stake": Leg(CLOUD, LAB, [Step("paid", 10)]),
    "compute": Leg(LAB, CLOUD, [Step("binding", 30)], "compute"),
}
AROUND = {
    "compute": Leg(LAB, CLOUD, [Step("binding", 30)], "compute"),
    "chips": Leg(CLOUD, CHIPS, [Step("announced", 20)], "chips"),
    "stake": Leg(CHIPS, LAB, [Step("paid", 5)]),
}


def explorer(book: Dealbook) -> Explorer:
    draw = present(chapter.figure(opened(book), 5)).draw
    assert isinstance(draw, Explorer)
    return draw


def test_a_loop_of_two_has_two_steps_and_both_bands(tiny: Dealbook) -> None:
    book = made(tiny, BOTH_WAYS)
    (loop,) = chapter.loops(largest(Seen(book, LAB), 5), opened(book).names)
    assert (loop.id, plain(loop.written)) == (CLOUD, "$10 bn")
    assert [list(step.bands) for step in loop.steps] == [[(LAB, CLOUD)], [(CLOUD, LAB)]]
    assert plain(loop.steps[1].bands[CLOUD, LAB]) == "$10 bn"


def test_a_loop_by_way_of_a_cloud_has_a_step_between(tiny: Dealbook) -> None:
    book = made(tiny, AROUND)
    (loop,) = chapter.loops(largest(Seen(book, LAB), 5), opened(book).names)
    assert [list(step.bands) for step in loop.steps] == [
        [(LAB, CLOUD)],
        [(CLOUD, CHIPS)],
        [(CHIPS, LAB)],
    ]
    assert plain(loop.title).startswith("$5 bn can come back: Nvidia")


def test_the_largest_loop_is_lit_and_can_be_changed(tiny: Dealbook) -> None:
    page = BeautifulSoup(explorer(made(tiny, BOTH_WAYS)).controls, "html.parser")
    loops = page.select('input[name="loop"]')
    assert [(one["value"], one.has_attr("checked")) for one in loops] == [
        (CLOUD, True),
        ("none", False),
    ]
    assert loops[0]["data-bands"] == f"{LAB} {CLOUD}|{CLOUD} {LAB}"


def test_the_slider_stops_on_days_and_ends_with_that_of_the_data(tiny: Dealbook) -> None:
    book = made(tiny, BOTH_WAYS)
    slider = BeautifulSoup(explorer(book).controls, "html.parser").select_one("[name=day]")
    assert slider is not None
    days = str(slider["data-days"]).split("|")
    assert days[-1] == f"{book.day:%Y-%m-%d}"
    assert slider["aria-valuetext"] == f"{book.day.day} {book.day:%B %Y}"
    assert slider["value"] == slider["max"] == str(len(days) - 1)


def test_below_the_picture_every_step_is_told_in_words(tiny: Dealbook) -> None:
    page = BeautifulSoup(explorer(made(tiny, AROUND)).below, "html.parser")
    steps = [plain(item.get_text()) for item in page.select("li")]
    assert len(steps) == 3
    assert "$30 bn" in steps[0]
    assert "$5 bn" in steps[2]


def test_on_a_phone_each_loop_has_a_picture_of_its_own(tiny: Dealbook) -> None:
    html = explorer(made(tiny, BOTH_WAYS)).narrow("fig-web-narrow", "A title", "")
    page = BeautifulSoup(html, "html.parser")
    assert [one["data-loop"] for one in page.select(".web-one")] == [CLOUD]
    assert page.select_one("svg[role=img] title").get_text() == "A title: Microsoft"


def test_the_whole_web_says_which_way_promises_and_cash_point(tiny: Dealbook) -> None:
    figure = present(chapter.figure(opened(tiny), 5))
    assert plain(figure.title) == (
        "The promises point outward, the cash inward: OpenAI has got $9 bn, "
        "and is known to have paid nothing"
    )
    assert "2 bands" in figure.description


def test_where_no_sum_is_known_one_way_the_web_says_so(tiny: Dealbook) -> None:
    stake = {"in": Leg(CLOUD, LAB, [Step("paid", 10)])}
    figure = present(chapter.figure(opened(made(tiny, stake)), 5))
    assert plain(figure.title) == ("OpenAI is to get $10 bn; of what it is to pay no sum is known")


def test_where_nothing_is_known_on_a_layer_there_is_no_web(tiny: Dealbook) -> None:
    said = {"out": Leg(LAB, CLOUD, [Step("announced", 10)])}
    assert chapter.figure(opened(made(tiny, said), "paid"), 5) is None


def test_the_table_names_parties_and_deals_and_claims_no_zero(tiny: Dealbook) -> None:
    table = chapter.frame(counting.spells(tiny), tiny, opened(tiny).names)
    assert set(table.payer) <= set(opened(tiny).names.values())
    assert "A cloud contract" in set(table.deal)
    figure = present(chapter.figure(opened(tiny), 5))
    assert "$0<" not in figure.content()["table"]
