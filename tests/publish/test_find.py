"""What a reader can search for: what of a page is read, and what readers call it."""

from __future__ import annotations

import yaml
from docutils.core import publish_doctree

from tightrope import paths
from tightrope.publish import find


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

   <p class="figure-title">The finding</p><option value="dell">Dell</option>

term
   Its meaning.

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
        "headings": "First term",
        "figures": "The finding",
        "choices": "Dell",
        "text": "The lead. The text. Its meaning.",
    }


def test_without_a_standfirst_the_first_paragraph_leads() -> None:
    assert find.parts_of(publish_doctree("One.\n\nTwo."))["lead"] == "One."


def test_readers_have_words_for_pages_that_exist() -> None:
    asked = yaml.safe_load((paths.BOOK / find.WORDS_OF_READERS).read_text(encoding="utf-8"))
    listed = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = {page["file"] for part in listed["parts"] for page in part["chapters"]}
    assert set(asked["pages"]) <= {listed["root"]} | files
