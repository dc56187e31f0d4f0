"""The guide for instructors: minutes add up, and what it sends anybody to is there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tightrope import paths
from tightrope.course import deck, guide, labs
from tightrope.course.guide import plan
from tightrope.exercises import read
from tightrope.findings import DataError

from .conftest import SOURCES, Files

TITLES = guide.titles()
GUIDE = plan.read(TITLES)
SHORT, LONG, WEEKS = GUIDE.plans
WRITTEN = (paths.BOOK / f"{guide.PAGE}.md").read_text(encoding="utf-8")
STATED = re.compile(r"· (\d+) minutes")
"""How long a sheet says that it takes, beside its title."""


def lab_rows(name: str) -> Iterator[plan.Row]:
    """The rows in which a lab is worked on, in class or at home; not those that talk about it."""
    for session in WEEKS.sessions:
        for row in (*session.rows, *session.homework):
            if f"labs/{name}.ipynb" in row.files:
                yield row


def broken(tmp_path: Path, old: str, new: str) -> str:
    """What is said of the plans with one thing replaced."""
    text = plan.SOURCE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "plans.yml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        plan.read(TITLES, file)
    return str(caught.value)


def test_the_two_short_plans_take_ninety_minutes_and_three_hours() -> None:
    assert [sum(row.minutes for row in one.sessions[0].rows) for one in (SHORT, LONG)] == [90, 180]
    assert (len(SHORT.sessions), len(LONG.sessions)) == (1, 1)


def test_each_of_four_weeks_has_two_classes_of_ninety_minutes() -> None:
    weeks = [session.title.partition(",")[0] for session in WEEKS.sessions]
    assert weeks == [f"Week {week}" for week in (1, 2, 3, 4) for _ in range(2)]
    assert {sum(row.minutes for row in session.rows) for session in WEEKS.sessions} == {90}


def test_every_page_that_a_row_names_is_in_the_list_of_pages() -> None:
    assert {page for row in GUIDE.rows() for page in row.pages} <= set(TITLES)
    assert guide.PAGE in TITLES


def test_every_file_that_a_row_names_is_in_the_instructors_pack(unpacked: Path) -> None:
    named = {file for row in GUIDE.rows() for file in row.files}
    assert len(named) > 30
    assert [file for file in sorted(named) if not (unpacked / file).is_file()] == []


@pytest.mark.parametrize(("name", "least"), [(guide.NAME, 30), (guide.PROJECT, 3)])
def test_every_link_leads_to_a_file_beside_it(unpacked: Path, name: str, least: int) -> None:
    page = unpacked / name
    links = set(re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")))
    assert len(links) > least
    assert [link for link in sorted(links) if not (page.parent / link).is_file()] == []


def test_students_have_the_project_its_rubric_and_the_deal_of_the_week(given: Files) -> None:
    page = BeautifulSoup(given[guide.PROJECT].decode(), "html.parser")
    assert [one.text for one in page.select("h2")] == [
        "Project brief",
        "Rubric",
        "This week’s deal",
    ]
    links = {one["href"].removeprefix("../") for one in page.select("a")}
    assert links <= set(given)
    assert all(one.criterion in page.text for one in GUIDE.rubric)


def test_the_guide_says_where_each_german_file_is_used(unpacked: Path) -> None:
    german = [one for one in unpacked.rglob("*.html") if "de" in re.split(r"[-./]", str(one)[1:])]
    paths_of = [one.relative_to(unpacked) for one in german]
    assert len(paths_of) > 5
    told = [one for one in paths_of if {f"{one}", f"{one.parent}"} & set(named(GUIDE.german))]
    assert sorted(told) == sorted(paths_of)
    assert [one for one in named(GUIDE.german) if not (unpacked / one).exists()] == []


def named(text: str) -> list[str]:
    """What a sentence of the guide names between backticks."""
    return re.findall(r"`([^`]+)`", text)


SLIDE = re.compile(r"[Ss]lides? ([\d, and]+)")


def test_a_slide_that_a_row_names_is_one_of_the_deck() -> None:
    told = [row for row in GUIDE.rows() if SLIDE.search(row.activity)]
    numbers = {
        int(n) for row in told for n in re.findall(r"\d+", " ".join(SLIDE.findall(row.activity)))
    }
    assert numbers and max(numbers) <= len(deck.SLIDES)
    assert [row.activity for row in told if deck.NAME not in row.files] == []


def test_students_have_no_guide(given: Files) -> None:
    assert guide.NAME not in given


def test_what_students_hold_in_a_row_is_in_their_pack_or_is_to_be_printed(given: Files) -> None:
    homework = [row for one in WEEKS.sessions for row in one.homework]
    needed = {file for row in homework for file in row.files if not file.startswith("key/")}
    assert {file for file in needed if not file.endswith("-solved.ipynb")} <= set(given)


@pytest.mark.parametrize("name", [source.stem for source in SOURCES])
def test_four_weeks_have_the_minutes_that_each_lab_asks_for(unpacked: Path, name: str) -> None:
    table = (unpacked / labs.PLAN).read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["lab"] == name]
    # The last part is an argument, which some plans give a row of its own to.
    asked = sum(int(row["minutes"]) for row in rows[:-1])
    assert sum(row.minutes for row in lab_rows(name)) >= asked


def test_a_sheet_has_the_minutes_that_it_states(unpacked: Path) -> None:
    for row in GUIDE.rows():
        for file in row.files:
            if "sheets/" in file and (told := STATED.search((unpacked / file).read_text("utf-8"))):
                assert row.minutes >= int(told[1]), (row.activity, file)


@pytest.mark.parametrize("stage", ["a", "b", "c"])
def test_four_weeks_give_a_case_the_minutes_of_its_note(unpacked: Path, stage: str) -> None:
    note = (unpacked / f"key/cases/case-{stage}-note.html").read_text(encoding="utf-8")
    planned = re.search(r"(\d+)</t[dh]>\s*<t[dh][^>]*>together", note)
    assert planned
    held = [
        row.minutes
        for session in WEEKS.sessions
        for row in session.rows
        if f"key/cases/case-{stage}.html" in row.files
    ]
    assert held == [int(planned[1])]


def test_an_exercise_that_a_row_names_is_in_the_book() -> None:
    files = sorted((paths.BOOK / read.FOLDER).glob("*.yml"))
    known = {one.id for file in files for one in read.read(file).exercises}
    told = " ".join(row.activity for row in GUIDE.rows())
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", told)) - {"break-even"}
    assert len(named) >= 5
    assert named <= known


def test_the_page_of_the_site_says_what_the_plans_say() -> None:
    assert guide.of_site() == WRITTEN, "run python -m tightrope.course.guide"


def test_the_page_of_the_site_and_the_guide_say_what_cannot_be_graded(unpacked: Path) -> None:
    page = (unpacked / guide.NAME).read_text(encoding="utf-8")
    for text in (WRITTEN, page):
        assert "Numeric answers on real data can be found on the public site" in text
        assert "That is no trial in class" in text


def test_a_row_of_another_length_is_found_with_the_line_of_its_session(tmp_path: Path) -> None:
    told = broken(tmp_path, "- minutes: 8\n", "- minutes: 9\n")
    line = _line('      - title: ""')
    expected = "minutes: the rows take 91; make them 90, or change the session's"
    assert told == f"plans.yml:{line}: {expected}"


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    row = (
        "deal:\n  - {minutes: 0, activity: a, pages: [chapters/none], files: [], late: ' '}\n"
        "  - {minutes: 5, activity: a, pages: [], fils: [], late: b}\n"
    )
    assert broken(tmp_path, "deal:\n", row).splitlines() == [
        f"plans.yml:{_line('deal:') + 1}: late: is empty; write a sentence",
        f"plans.yml:{_line('deal:') + 1}: minutes: 0 is no whole number from 1 up",
        f'plans.yml:{_line("deal:") + 1}: pages: the site has no page "chapters/none"; '
        "take one of _toc.yml",
        f"plans.yml:{_line('deal:') + 2}: files: is missing; add it",
        f"plans.yml:{_line('deal:') + 2}: fils: is no key here; allowed are activity, files, "
        "late, minutes, pages",
    ]


def _line(text: str) -> int:
    return plan.SOURCE.read_text(encoding="utf-8").splitlines().index(text) + 1
