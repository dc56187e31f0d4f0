"""What stands around every page: the day of the data, what is due next, the edition."""

from __future__ import annotations

import pytest

from tightrope import upcoming
from tightrope.dealbook import Dealbook
from tightrope.environment import FRAME
from tightrope.publish.edition import Edition
from tightrope.publish.frame import Frame
from tightrope.publish.imprint import Imprint


def test_it_says_the_day_and_the_next_one_that_the_start_page_says(book: Dealbook) -> None:
    frame = Frame.around(book, Edition(), Imprint("B"))
    assert frame.day == "9\N{NO-BREAK SPACE}October 2026"
    assert frame.due == upcoming.next_due(book, at_most=1)[0].when
    assert frame.edition == f"as known on {frame.day}, all that was announced"


def test_where_nothing_is_expected_it_says_only_the_day(tiny: Dealbook) -> None:
    frame = Frame.around(tiny, Edition(layer="paid"), Imprint("B"))
    assert frame.day
    assert frame.due == ""
    assert frame.edition.endswith("paid amounts")


def test_another_process_gets_it_as_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = Frame("An edition\n“of” another day", site="https://example.org")
    assert "\n" not in frame.as_line()
    monkeypatch.setenv(FRAME, frame.as_line())
    assert Frame.of_this_build() == frame


def test_a_process_that_was_given_none_has_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FRAME, raising=False)
    assert Frame.of_this_build() == Frame()


def test_no_page_has_to_be_made_again_for_another_commit() -> None:
    assert Frame(day="1 May", commit="a").lasting == Frame(day="1 May", commit="b").lasting
