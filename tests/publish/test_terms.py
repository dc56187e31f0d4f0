"""The first use of a term leads to its meaning; other words stay as they are."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from tightrope.publish.terms import lead, meanings

TERMS = {"backlog": "g#backlog", "letter of intent": "g#letter", "float": "g#float"}


def linked(text: str) -> list[tuple[str, str]]:
    page = publish_doctree(text, settings_overrides={"doctitle_xform": False})
    lead(page, TERMS)
    return [
        (one.astext(), one["refuri"])
        for one in page.findall(nodes.reference)
        if "term" in one["classes"]
    ]


def test_only_the_first_use_of_a_term_has_a_link() -> None:
    assert linked("The backlog grew. A backlog is no cash.") == [("backlog", "g#backlog")]


def test_the_plural_and_a_capital_are_the_term_as_well() -> None:
    assert linked("Floats and Backlogs.") == [("Floats", "g#float"), ("Backlogs", "g#backlog")]


def test_a_part_of_another_word_is_no_term() -> None:
    assert linked("Floating rates and a backlog-like list.") == []


def test_headings_links_and_code_stay_as_they_are() -> None:
    text = "Backlog\n=======\n\n`a float <https://example.org>`_ and ``letter of intent``."
    assert linked(text) == []


def test_the_sentence_reads_as_before() -> None:
    page = publish_doctree("A letter of intent, no more.")
    lead(page, TERMS)
    assert page.astext() == "A letter of intent, no more."


def test_a_meaning_comes_without_its_example() -> None:
    term = nodes.term("", "backlog", ids=["term-backlog"])
    meaning = nodes.definition("", nodes.paragraph("", "Sold, not delivered. Example: a cloud."))
    glossary = publish_doctree("")
    glossary += nodes.definition_list("", nodes.definition_list_item("", term, meaning))
    assert meanings(glossary) == {"term-backlog": "Sold, not delivered."}
