"""What a reader can search for: which words count, how much, and on which pages."""

from __future__ import annotations

import math

import pytest
from docutils.core import publish_doctree

from tightrope.publish import find


def test_words_lose_capitals_endings_and_grammar() -> None:
    assert find.stems("How much has OpenAI paid? Oracle’s loans, and loan") == [
        "openai",
        "paid",
        "oracl",
        "loan",
        "loan",
    ]


def test_the_parts_of_a_page_are_told_apart_and_tables_are_no_text() -> None:
    page = publish_doctree(
        """
Title
=====

.. container:: standfirst

   The lead.

First
-----

The text.

.. raw:: html

   <p class="figure-title">The finding</p>

.. table::

   ====  ====
   Cell  Cell
   ====  ====
""",
        settings_overrides={"doctitle_xform": False},
    )
    assert find.parts_of(page) == {
        "title": "Title",
        "lead": "The lead.",
        "headings": "First",
        "figures": "The finding",
        "text": "The lead. The text.",
    }


def test_without_a_standfirst_the_first_paragraph_leads() -> None:
    assert find.parts_of(publish_doctree("One.\n\nTwo."))["lead"] == "One."


class TestTheWeightOfAWord:
    def test_is_that_of_bm25_by_hand(self) -> None:
        """Two pages of one word each in their titles: idf ln(1 + 1.5 / 1.5), tf part 2.2 / 2.2."""
        weights = find.index({"a": {"title": "oracle"}, "b": {"title": "nvidia"}})
        assert weights["oracl"] == {"a": pytest.approx(find.WEIGHTS["title"] * math.log(2))}

    def test_is_larger_in_a_title_than_in_the_text(self) -> None:
        weights = find.index(
            {"a": {"title": "x", "text": "loan"}, "b": {"title": "loan", "text": "x"}, "c": {}}
        )
        assert weights["loan"]["b"] > weights["loan"]["a"]

    def test_is_larger_the_fewer_pages_have_it(self) -> None:
        pages = {str(n): {"text": "common"} for n in range(9)} | {"rare": {"text": "common loan"}}
        weights = find.index(pages)
        assert weights["loan"]["rare"] > weights["common"]["rare"]
