"""The words of a page for another web: its own party, no link into nothing, no firm of this book."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tightrope import dealbook, paths
from tightrope.cases import manuscript, words

PAGES = {"index", "chapters/here", "reference/deal-catalogue"}


def test_the_party_in_the_middle_takes_the_place_of_this_books_own() -> None:
    assert (
        words.about("What OpenAI’s suppliers pay OpenAI.", "Ash") == "What Ash’s suppliers pay Ash."
    )


def test_a_name_with_a_quote_stays_within_the_texts_of_code() -> None:
    source = words.code_about("a = 'OpenAI'\nb = \"OpenAI\"", 'The "O\'Neil" lab')
    found: dict[str, str] = {}
    exec(source, found)  # the code that the case would run
    assert found["a"] == found["b"] == 'The "O\'Neil" lab'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It asks [who](gone.ipynb) pays.", "It asks who pays."),
        ("Small. [Losses](gone.ipynb) has [[sum]] of it. Large.", "Small.  Large."),
        ("*Ten minutes. It helps to have read [this](gone.ipynb).*", "*Ten minutes.*"),
        ("See [every deal](../reference/deal-catalogue.ipynb#x).",) * 2,
        ("See [a site](https://example.org/a.html), [here](#part).",) * 2,
    ],
)
def test_of_a_link_to_a_page_that_is_not_there_the_words_stay(text: str, kept: str) -> None:
    assert words.linked(text, "chapters/here", PAGES) == kept


def test_the_glossary_of_a_case_names_no_firm_of_this_book() -> None:
    text = (paths.BOOK / "reference" / "glossary.md").read_text(encoding="utf-8")
    plain = words.glossary(text, manuscript.firms())
    assert plain.rstrip().endswith(":::")
    assert "\nwarrant\n" in plain
    assert "Example" not in plain
    own = dealbook.load()
    named = [one for one in own.parties["name"] if one != "OpenAI" and f" {one}" in plain]
    assert named == []


def test_a_case_keeps_the_words_of_readers_for_the_pages_that_it_has(tmp_path: Path) -> None:
    folder = tmp_path / "manuscript"
    manuscript.write(dealbook.load(), {"title": "A web", "licenses": []}, [], folder)
    readers = yaml.safe_load((folder / "book" / "search.yml").read_text(encoding="utf-8"))
    assert set(readers["pages"]) == {"index"}
    assert readers["alike"]
