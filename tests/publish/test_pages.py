"""`_toc.yml` is the list of pages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tightrope import scenarios
from tightrope.dealbook import Dealbook
from tightrope.publish import pages

OURS = pages.to_run(pages.OURS)


def test_every_page_of_the_toc_has_something_that_makes_it() -> None:
    assert {page.id for page in OURS} <= set(pages.listed(pages.OURS.toc))


def test_a_chapter_is_its_notebook_run_once() -> None:
    page = next(page for page in OURS if page.id == "chapters/core-deal")
    assert (page.template.name, page.parameters) == ("core-deal.ipynb", {})
    assert (page.slug, page.root) == ("core-deal", "../")


def test_a_partner_is_the_template_run_with_its_name() -> None:
    page = next(page for page in OURS if page.id == "partners/oracle")
    assert (page.template.name, page.parameters) == ("partner.ipynb", {"party": "oracle"})
    assert page.slug == "partners-oracle"


def test_every_party_with_two_legs_with_openai_has_a_dossier(book: Dealbook) -> None:
    own = book.legs[book.legs.payer_id.eq("openai") | book.legs.payee_id.eq("openai")]
    legs = pd.concat([own.payer_id, own.payee_id]).value_counts().drop("openai")
    dossiers = {page.parameters.get("party") for page in OURS}
    assert set(legs.index[legs >= 2]) <= dossiers


def test_every_scenario_of_the_data_has_a_page_and_no_other_has_one(book: Dealbook) -> None:
    listed = [page for page in pages.listed(pages.OURS.toc) if page.startswith("scenarios/")]
    assert listed == [f"scenarios/{one}" for one in scenarios.ids(book)]


def test_no_two_pages_share_a_slug() -> None:
    slugs = [page.slug for page in OURS]
    assert len(slugs) == len(set(slugs))


def test_every_notebook_makes_a_page() -> None:
    made = {page.template.name for page in OURS}
    assert made == {path.name for path in pages.OURS.notebooks.glob("*.ipynb")}


def test_a_page_that_nothing_makes_is_named_with_file_and_line(tmp_path: Path) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text("format: jb-book\nroot: index\nchapters:\n  - file: chapters/ghost\n")
    with pytest.raises(pages.TocError) as error:
        pages.to_run(pages.Manuscript(toc=toc))
    assert str(error.value) == (
        '_toc.yml:4: file: nothing makes the page "chapters/ghost"; '
        "add notebooks/ghost.ipynb or book/chapters/ghost.md, or take the line out"
    )
