"""Who pays whom: groups, order, sums and fills of a list of links."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope.charts import marks, theme
from tightrope.charts.who_pays import largest, who_pays

from .drawings import boxes, check, drawn

NAN = math.nan
WIDTHS = [theme.WIDE, theme.NARROW]
COLUMNS = ["name", "direction", "paid", "binding", "announced", "intended", "low", "high"]
LINKS = pd.DataFrame(
    [
        ("Bank → Lab", "in", 5.0, 0.0, 0.0, 0.0, 5.0, 5.0),
        ("Fund → Lab", "in", 10.0, 20.0, 0.0, 0.0, 30.0, 30.0),
        ("Lab → Cloud", "out", 0.0, 60.0, 0.0, 0.0, 60.0, 60.0),
        ("Lab → Chips", "out", 0.0, NAN, 0.0, 0.0, 0.0, NAN),
        ("Cloud → Chips", "onward", 0.0, 0.0, 0.0, NAN, 20.0, 30.0),
        ("Chips → Cloud", "onward", 2.0, 0.0, 0.0, 0.0, 2.0, 2.0),
        ("Chips → Cloud", "borrowed", 0.0, 6.0, 0.0, 0.0, 6.0, 6.0),
    ],
    columns=COLUMNS,
)


def words(width: int) -> list[str]:
    """What the list says, from top to bottom and from left to right."""
    found = sorted(boxes(who_pays(LINKS, width, "Lab")), key=lambda box: (box[3], box[1]))
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text, *_ in found]


def bars(name: str, width: int = theme.WIDE) -> list[tuple[str, float]]:
    """The hue and the length in pixels of each part of a bar, from left to right."""
    found = [
        (row["x"], mark["fill"], row["x2"] - row["x"] + 1)
        for mark, row in drawn(who_pays(LINKS, width, "Lab"), "rect")
        if row.get("tip", "").startswith(f"{name}:")
    ]
    return [(hue, long) for _, hue, long in sorted(found)]


@pytest.mark.parametrize("width", WIDTHS)
def test_links_stand_in_three_groups_the_largest_first_and_each_with_its_sum(width: int) -> None:
    key = words(width).index("into Lab")
    assert words(width)[key:] == [
        *("into Lab", "2 links"),
        *("Fund → Lab", "$30 bn"),
        *("Bank → Lab", "$5 bn"),
        *("out of Lab", "2 links"),
        *("Lab → Cloud", "$60 bn"),
        *("Lab → Chips", "undisclosed"),
        *("between others", "2 links"),
        *("Cloud → Chips", "$20–30 bn"),
        *("Chips → Cloud", "$8 bn"),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_all_bars_share_one_scale(width: int) -> None:
    (_, whole), *_ = bars("Lab → Cloud", width)
    assert sum(long for _, long in bars("Fund → Lab", width)) == pytest.approx(whole / 2, abs=0.1)
    assert bars("Bank → Lab", width)[0][1] == pytest.approx(whole / 12, abs=0.1)


def test_what_others_pay_and_lend_one_another_is_one_bar_of_two_hues() -> None:
    (paid, short), (lent, long) = bars("Chips → Cloud")
    assert (paid, lent) == (marks.HUES["onward"], marks.HUES["borrowed"])
    assert long == pytest.approx(3 * short, abs=0.1)


def test_bars_are_filled_by_how_sure_the_money_is() -> None:
    fills = {
        row["tip"].split(":")[0]: (mark["fillOpacity"], mark.get("style"))
        for mark, row in drawn(who_pays(LINKS, theme.WIDE), "rect")
        if "tip" in row
    }
    assert fills["Bank → Lab"] == (theme.PAID_OPACITY, None)
    assert fills["Lab → Cloud"] == (theme.BINDING_OPACITY, None)
    assert fills["Cloud → Chips"][1] == ["hatch"]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_has_no_published_sum_is_dotted_and_said_in_one_word(width: int) -> None:
    chart = who_pays(LINKS, width)
    (dotted,) = [row for mark, row in drawn(chart, "rect") if mark.get("style") == ["dots"]]
    assert dotted["tip"] == "Lab → Chips: undisclosed"
    assert "?" not in words(width)
    assert "no sum published" not in words(width)


@pytest.mark.parametrize("width", WIDTHS)
def test_links_that_are_all_without_a_sum_are_short_dotted_bars(width: int) -> None:
    chart = who_pays(LINKS[LINKS.name.eq("Lab → Chips")], width)
    check(chart)
    assert not [text for text, *_ in boxes(chart) if text == "?"]


def test_the_key_explains_the_two_hues_between_others_alone() -> None:
    assert set(words(theme.WIDE)) & set(theme.DIRECTIONS.values()) == {
        theme.DIRECTIONS["onward"],
        theme.DIRECTIONS["borrowed"],
    }


def test_the_largest_link_is_named_with_its_sum() -> None:
    assert largest(LINKS) == "Lab → Cloud, $60\N{NO-BREAK SPACE}bn"


def test_without_a_link_none_is_the_largest() -> None:
    with pytest.raises(ValueError, match="no link"):
        largest(LINKS[:0])
