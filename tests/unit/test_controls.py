"""The inputs of a live chart as HTML."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from tightrope.charts.controls import controls, has_controls, without_controls


def spec(**bind: Any) -> dict[str, Any]:
    """A specification with one bound parameter and one that is computed."""
    made = {"name": "share", "value": bind.pop("value"), "bind": {"name": "A share ", **bind}}
    return {"params": [made, {"name": "share_words", "expr": "share + '%'"}]}


SLIDER = spec(value=5, input="range", min=0, max=10.5, step=0.5)


def found(html: str, what: str) -> Tag:
    tag = BeautifulSoup(html, "html.parser").select_one(what)
    assert tag is not None
    return tag


def test_a_slider_has_its_bounds_its_value_and_its_words() -> None:
    html = controls(SLIDER | {"usermeta": {"words": {"share": "5% of all"}}})
    slider = found(html, "input[type=range]")
    bounds = {name: slider[name] for name in ("name", "min", "max", "step", "value")}
    assert bounds == {"name": "share", "min": "0", "max": "10.5", "step": "0.5", "value": "5"}
    assert slider["aria-valuetext"] == "5% of all"
    assert found(html, ".figure-value").text == "5% of all"
    assert found(html, "label span").text == "A share"


def test_an_input_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        controls(spec(value="paid", input="radio", options=["signed", "paid"]))


def test_all_can_be_set_back() -> None:
    assert found(controls(SLIDER), "button")["type"] == "reset"


def test_a_chart_without_inputs_has_no_controls() -> None:
    assert controls({"params": [{"name": "x", "expr": "1"}]}) == ""
    assert controls({}) == ""
    assert not has_controls({})
    assert has_controls(SLIDER)


def test_on_a_page_with_inputs_the_chart_keeps_its_parameters_and_makes_none() -> None:
    kept = without_controls(SLIDER)
    assert kept["params"] == [
        {"name": "share", "value": 5},
        {"name": "share_words", "expr": "share + '%'"},
    ]
