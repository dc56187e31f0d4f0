"""How much a word counts: which words do, and where they count most."""

from __future__ import annotations

import math

import pytest

from tightrope.publish import weigh


def test_words_lose_capitals_endings_and_grammar() -> None:
    assert weigh.stems("How much has OpenAI paid? Oracle’s loans, and loan") == [
        "openai",
        "paid",
        "oracl",
        "loan",
        "loan",
    ]


def test_a_number_and_its_unit_are_two_words_and_no_contraction_leaves_a_word() -> None:
    assert weigh.stems("$300bn, 1GW: isn’t, you'll, G42") == ["300", "bn", "1", "gw", "g42"]


class TestTheWeightOfAWord:
    def test_is_that_of_bm25_by_hand(self) -> None:
        """Two pages of one word each in their titles: idf ln(1 + 1.5 / 1.5), tf part 2.2 / 2.2."""
        weights = weigh.index({"a": {"title": "oracle"}, "b": {"title": "nvidia"}})
        assert weights["oracl"] == {"a": pytest.approx(weigh.WEIGHTS["title"] * math.log(2))}

    def test_is_larger_in_a_title_than_in_the_text(self) -> None:
        weights = weigh.index(
            {"a": {"title": "x", "text": "loan"}, "b": {"title": "loan", "text": "x"}, "c": {}}
        )
        assert weights["loan"]["b"] > weights["loan"]["a"]

    def test_is_larger_the_fewer_pages_have_it(self) -> None:
        pages = {str(n): {"text": "common"} for n in range(9)} | {"rare": {"text": "common loan"}}
        weights = weigh.index(pages)
        assert weights["loan"]["rare"] > weights["common"]["rare"]

    def test_is_smaller_in_a_title_if_all_pages_have_it(self) -> None:
        pages = {str(n): {"text": "openai"} for n in range(9)}
        weights = weigh.index(pages | {"a": {"title": "openai loan", "text": "openai"}})
        assert weights["openai"]["a"] < weights["loan"]["a"]

    def test_that_readers_use_for_a_page_is_as_large_however_many_they_use(self) -> None:
        weights = weigh.index({"a": {"asked": "x"}, "b": {"asked": "loan y z"}, "c": {}})
        assert weights["x"]["a"] == weights["loan"]["b"]
