"""The glossary: each term has an example and what a German text calls it."""

from __future__ import annotations

import re

from tightrope import paths

TEXT = (paths.ROOT / "book" / "reference" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = re.split(r"\n\n(?=\S)", TEXT.partition(":::{glossary}\n")[2].partition("\n:::")[0])
GERMAN = {
    entry.partition("\n")[0]: entry.rpartition("\n")[2].strip().removeprefix("*German:* ")
    for entry in ENTRIES
}


def test_each_term_ends_with_an_example_and_its_german_term() -> None:
    ends = re.compile(r"\*Example:\*\s.*\n  \*German:\* \S[^\n.]*$", re.DOTALL)
    assert [entry.partition("\n")[0] for entry in ENTRIES if not ends.search(entry)] == []
    assert len(GERMAN) == len(ENTRIES) >= 60


def test_a_billion_is_a_milliarde_and_no_german_term_is_the_false_friend() -> None:
    assert GERMAN["billion"] == "Milliarde"
    assert [term for term, german in GERMAN.items() if "Billion" in german] == []


def test_no_german_term_stands_for_two_terms() -> None:
    assert len(set(GERMAN.values())) == len(GERMAN)
