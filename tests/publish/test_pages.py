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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("root: index\nchapters: [\n", "_toc.yml:3: is not YAML: "),
        ("", "_toc.yml:1: root: is missing; add root: index, the first page"),
        ("- file: index\n", "_toc.yml:1: root: is missing; add root: index, the first page"),
        ("root: index\nchapters:\n- file: 7\n", "_toc.yml:1: file: 7 is no page; write folder/"),
    ],
)
def test_a_file_that_is_no_list_of_pages_is_refused_in_one_line(
    tmp_path: Path, text: str, message: str
) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text(text)
    with pytest.raises(pages.TocError) as error:
        pages.to_run(pages.Manuscript(toc=toc))
    (line,) = str(error.value).splitlines()
    assert line.startswith(message)


def test_the_party_that_the_book_is_about_has_no_dossier(tmp_path: Path) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text("format: jb-book\nroot: index\nchapters:\n  - file: partners/openai\n")
    with pytest.raises(pages.TocError) as error:
        pages.to_run(pages.Manuscript(toc=toc))
    assert str(error.value) == (
        '_toc.yml:4: file: "partners/openai": a dossier shows a partner beside openai, '
        "which is no partner of itself; take the line out"
    )


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("chapters/scenarios", '<a href="../scenarios/my.html">A &amp; B</a>'),
        ("index", '<a href="scenarios/my.html">A &amp; B</a>'),
    ],
)
def test_a_page_that_is_there_is_linked(here: str, expected: str) -> None:
    assert pages.link_to("scenarios/my", "A & B", here, ["index", "scenarios/my"]) == expected


def test_a_page_that_is_not_there_is_named_without_a_link() -> None:
    assert pages.link_to("scenarios/my", "A & B", "chapters/scenarios", ["index"]) == "A &amp; B"
