"""A chapter can be finished: what it asks of its reader stays within limits."""

from __future__ import annotations

import pytest

from . import reading

CHAPTERS = [name for name in reading.to_read() if name.startswith("chapters/")]
MOST_WORDS, MOST_FIGURES, MOST_LINKED, LONGEST, MOST_SUMS, MEAN_SUMS = 1500, 5, 40, 35, 2, 1.3
WHOLE_BOOK = 25_000
STORY = "chapters/follow-one-dollar.html"
"""A scroll story: its figures are the steps of one picture."""


@pytest.mark.parametrize("name", CHAPTERS)
class TestAChapter:
    def test_has_at_most_fifteen_hundred_words(self, name: str) -> None:
        assert reading.of(name).words <= MOST_WORDS

    def test_has_at_most_five_figures(self, name: str) -> None:
        assert name == STORY or reading.of(name).figures <= MOST_FIGURES

    def test_links_at_most_forty_numbers(self, name: str) -> None:
        assert reading.of(name).links <= MOST_LINKED


@pytest.mark.parametrize("name", reading.to_read())
class TestAPage:
    def test_has_no_sentence_of_more_than_thirty_five_words(self, name: str) -> None:
        assert [one for one in reading.of(name).sentences if len(one.split()) > LONGEST] == []

    def test_has_no_sentence_of_more_than_two_sums(self, name: str) -> None:
        found = [one for one in reading.of(name).sentences if len(reading.SUM.findall(one)) > 2]
        assert found == []

    def test_has_on_average_little_more_than_one_sum_in_a_sentence_with_one(
        self, name: str
    ) -> None:
        assert reading.of(name).mean_sums <= MEAN_SUMS


def test_the_book_without_its_reference_has_at_most_twenty_five_thousand_words() -> None:
    assert sum(reading.of(name).words for name in reading.to_read()) <= WHOLE_BOOK


def test_a_range_is_one_sum_and_two_amounts_are_two() -> None:
    one, two = "It gave $96–211 bn.", "It gave $96.4 bn and got −$2 m back."
    assert [len(reading.SUM.findall(text)) for text in (one, two)] == [1, 2]
