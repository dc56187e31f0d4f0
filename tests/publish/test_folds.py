"""Course and code fold at the end of a page; their headings stay."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from tightrope.publish.folds import FOLDED, fold

PAGE = """
Page
====

Found
-----

Text.

Learn
-----

A goal.

Rebuild
-------

A step.
"""


def test_what_stands_under_the_headings_of_course_and_code_is_folded() -> None:
    page = publish_doctree(PAGE, settings_overrides={"doctitle_xform": False})
    fold(page)
    for title, line in FOLDED.items():
        section = next(s for s in page.findall(nodes.section) if s[0].astext() == title)
        first, *_, last = section[1:]
        assert first.astext() == f'<details class="course"><summary>{line}</summary>'
        assert last.astext() == "</details>"


EXERCISES = """
Exercises
~~~~~~~~~

What is paid?
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "What to learn here"),
        (EXERCISES, "What to learn here, and exercises"),
        (
            f"{EXERCISES}\n.. raw:: html\n\n   <p>Show the solution</p>\n",
            "What to learn here, and exercises with solutions",
        ),
    ],
)
def test_the_line_of_the_course_says_what_there_is_of_exercises(more: str, said: str) -> None:
    text = PAGE.replace("A goal.\n", f"A goal.\n{more}")
    page = publish_doctree(text, settings_overrides={"doctitle_xform": False})
    fold(page)
    section = next(s for s in page.findall(nodes.section) if s[0].astext() == "Learn")
    assert section[1].astext() == f'<details class="course"><summary>{said}</summary>'


def test_other_sections_stay_open() -> None:
    page = publish_doctree(PAGE, settings_overrides={"doctitle_xform": False})
    fold(page)
    section = next(s for s in page.findall(nodes.section) if s[0].astext() == "Found")
    assert not list(section.findall(nodes.raw))
