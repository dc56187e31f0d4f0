"""A file of exercises: what is wrong with one is said with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.exercises import read

GOOD = """exercises:
  - id: first
    level: recall
    minutes: 3
    means: page
    parts:
      - ask: What is paid?
        answer: So much, [[paid_in]].
        keys: [paid_in]
  - id: second
    level: argue
    minutes: 10
    means: page
    parts:
      - ask: Argue.
        grid: {claim: a, row: b, denominator: c, counter: d}
quiz:
  - ask: Which?
    options:
      - {text: this, why: It is.}
      - {text: that, why: It is not., mistake: rungs}
      - {text: those, why: They are not., mistake: years}
"""


def faults(folder: Path, text: str) -> list[str]:
    """The lines that reading this text raises."""
    file = folder / "toy.yml"
    file.write_text(text)
    with pytest.raises(read.ExerciseError) as error:
        read.read(file)
    return str(error.value).splitlines()


def test_a_good_file_becomes_records(tmp_path: Path) -> None:
    (tmp_path / "toy.yml").write_text(GOOD)
    chapter = read.read(tmp_path / "toy.yml")
    first, second = chapter.exercises
    assert (chapter.name, first.keys, first.own) == ("toy", ("paid_in",), True)
    assert second.is_marked_by_grid
    assert chapter.quiz[0].options[1].mistake == "rungs"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "        answer: So much, [[paid_in]].\n        keys: [paid_in]\n",
            "",
            "answer: is missing",
        ),
        ("level: recall", "level: hard", '"hard" is none of recall, compute, argue, extend'),
        ("level: recall", "level: extend", "argue comes after extend; put it first"),
        ("minutes: 3", "minutes: long", '"long" is no whole number from 1 to 60'),
        (
            "means: page\n    parts:\n      - ask: A",
            "means: head\n    parts:\n      - ask: A",
            '"head"',
        ),
        ("keys: [paid_in]", "keys: [paid_out]", '"paid_out" is not in the answer'),
        ("id: second", "id: first", '"first" is there twice'),
        ("counter: d", "other: d", "counter: is missing"),
        (", why: It is not.,", ", why: '',", "why: is missing"),
        (", mistake: rungs", "", "2 have no mistake; exactly one is right"),
        ("mistake: years", "mistake: haste", '"haste" is none of rungs'),
        ("    minutes: 3\n", "    minutes: 3\n    known_from: soon\n", '"soon" is no day'),
        ("    minutes: 3\n", "    minutes: 3\n    hint: no\n", "hint: is not known; allowed are"),
    ],
)
def test_a_fault_is_said_with_its_line_and_what_is_allowed(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in GOOD
    found = faults(tmp_path, GOOD.replace(before, after, 1))
    assert any(said in line for line in found), found
    assert all(line.startswith("book/exercises/toy.yml:") for line in found)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("minutes: 3", "minutes: 0").replace("mistake: years", "mistake: haste")
    assert len(faults(tmp_path, wrong)) == 2


def test_a_file_that_is_no_yaml_says_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, "exercises: [\n")[0].startswith("toy.yml:2: is not YAML")
