"""The quizzes of the pack: pages that open from a disk, and QTI that learning platforms read."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from tightrope import paths
from tightrope.course import quizzes
from tightrope.dealbook import Dealbook

from .conftest import Files

ITEM = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
MANIFEST = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


@pytest.fixture(scope="module")
def qti(given: Files) -> dict[str, ElementTree.Element]:
    """The files of the QTI package, parsed."""
    with zipfile.ZipFile(io.BytesIO(given[quizzes.QTI])) as held:
        return {name: ElementTree.fromstring(held.read(name)) for name in held.namelist()}


def items(qti: dict[str, ElementTree.Element]) -> list[ElementTree.Element]:
    return [root for name, root in qti.items() if name.startswith("items/")]


def test_the_manifest_lists_every_file_and_nothing_else(
    qti: dict[str, ElementTree.Element],
) -> None:
    listed = [file.get("href") for file in qti["imsmanifest.xml"].iter(f"{MANIFEST}file")]
    assert sorted(map(str, listed)) == sorted(qti.keys() - {"imsmanifest.xml"})


def test_the_test_has_a_section_a_chapter_with_five_items_each(
    qti: dict[str, ElementTree.Element],
) -> None:
    sections = list(qti["test.xml"].iter(f"{ITEM}assessmentSection"))
    assert len(sections) == len(quizzes.chapters()) == 13
    for section in sections:
        refs = [ref.get("href") for ref in section.iter(f"{ITEM}assessmentItemRef")]
        assert len(refs) == 5
        assert set(refs) <= qti.keys()


def test_each_item_has_one_right_choice_and_a_word_for_each(
    qti: dict[str, ElementTree.Element],
) -> None:
    for root in items(qti):
        choices = [one.get("identifier") for one in root.iter(f"{ITEM}simpleChoice")]
        right = [one.text for one in root.iter(f"{ITEM}value") if one.text != "0"]
        told = {
            one.get("identifier"): "".join(one.itertext()).strip()
            for one in root.iter(f"{ITEM}modalFeedback")
        }
        assert len(right) == 1
        assert right[0] in choices
        assert list(told) == choices
        assert all(told.values())


def test_the_right_choice_of_a_sum_is_what_the_book_states(
    qti: dict[str, ElementTree.Element], book: Dealbook
) -> None:
    root = qti["items/at-a-glance-q1.xml"]
    right = next(one.text for one in root.iter(f"{ITEM}value") if one.text != "0")
    choices = {one.get("identifier"): one.text for one in root.iter(f"{ITEM}simpleChoice")}
    assert choices[right] == quizzes.filled("[[paid_in]]", "at-a-glance", book)


def test_no_marker_is_left_anywhere(given: Files) -> None:
    for name, content in given.items():
        if name.startswith("quizzes/") and not name.endswith(".zip"):
            assert "[[" not in content.decode(), name


def test_each_page_loads_what_lies_beside_it_and_no_more(given: Files) -> None:
    pages = {
        name: text.decode()
        for name, text in given.items()
        if name.startswith("quizzes/") and name.endswith(".html") and "/de/" not in name
    }
    assert len(pages) == 13
    for text in pages.values():
        assert text.count("quiz.js") == text.count("quiz.css") == 1
        assert "http" not in text
    assert {"quizzes/quiz.js", "quizzes/quiz.css"} <= given.keys()


def test_a_day_on_which_a_question_is_not_known_leaves_it_out(book: Dealbook) -> None:
    early = book.as_of("2025-10-31")
    held = quizzes.files(early, paths.DATA, key=False)
    assert "31\N{NO-BREAK SPACE}October 2025" in held["quizzes/at-a-glance.html"].decode()


def test_the_instructor_has_levels_minutes_and_grids_and_the_student_has_not(
    given: Files, book: Dealbook
) -> None:
    held = quizzes.files(book, paths.DATA, key=True)
    assert quizzes.PLAN not in given
    plan, grids = (held[name].decode("utf-8-sig") for name in (quizzes.PLAN, quizzes.GRIDS))
    exercises = [one for chapter in quizzes.chapters() for one in chapter.exercises]
    rows = list(csv.DictReader(io.StringIO(plan)))
    assert [row["exercise"] for row in rows] == [one.id for one in exercises for _ in one.parts]
    assert "[[" not in plan
    assert "By the first, never within the plan; by the second, in July 2028" in plan
    assert grids.count("\n") >= 1 + 4 * 13
