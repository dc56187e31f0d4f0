"""A quiz in other words: all that is no word is the English question's, and a misfit is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.exercises import read, translated
from tightrope.exercises.record import Chapter, Option, Question

ENGLISH = Question(
    "toy-q1",
    "Which of [[paid_in]]?",
    (
        Option("this", "It is."),
        Option("that", "It is not.", "rungs"),
        Option("those, [[paid_in]]", "They are not.", "years"),
    ),
    "2026-02-27",
)
CHAPTERS = [Chapter("toy", (), (ENGLISH,))]
GOOD = f"""questions:
  - id: toy-q1
    of: "{translated.mark(ENGLISH)}"
    ask: Welches von [[paid_in]]?
    options:
      - {{text: dieses, why: Ja.}}
      - {{text: jenes, why: Nein.}}
      - {{text: "diese, [[paid_in]]", why: Auch nicht.}}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / read.FOLDER / "de" / "quiz.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, text: str) -> list[str]:
    """The lines that reading this text raises, without the file's name."""
    with pytest.raises(read.ExerciseError) as error:
        translated.read("de", written(folder, text), CHAPTERS)
    lines = str(error.value).splitlines()
    assert all(line.startswith("book/exercises/de/quiz.yml:") for line in lines)
    return [line.removeprefix("book/exercises/de/quiz.yml:") for line in lines]


def test_order_mistakes_and_day_are_those_of_the_english_question(tmp_path: Path) -> None:
    (one,) = translated.read("de", written(tmp_path, GOOD), CHAPTERS)
    assert (one.id, one.chapter, one.known_from) == ("toy-q1", "toy", "2026-02-27")
    german = {"": "dieses", "rungs": "jenes", "years": "diese, [[paid_in]]"}
    assert [(o.text, o.mistake) for o in one.offered] == [
        (german[o.mistake], o.mistake) for o in ENGLISH.offered
    ]


def test_a_missing_option_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("      - {text: jenes, why: Nein.}\n", "")
    assert faults(tmp_path, text) == ["2: options: 2 are there; the English question has 3"]


def test_a_surplus_option_is_refused(tmp_path: Path) -> None:
    text = f"{GOOD}      - {{text: keines, why: Nein.}}\n"
    assert faults(tmp_path, text) == ["2: options: 4 are there; the English question has 3"]


def test_a_number_that_the_english_words_do_not_have_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("Welches von [[paid_in]]?", "Welches von [[to_pay]]?")
    assert faults(tmp_path, text) == [
        "2: ask: has the numbers [[to_pay]]; the English words have [[paid_in]]"
    ]


def test_an_option_out_of_its_place_is_found_by_its_number(tmp_path: Path) -> None:
    text = GOOD.replace("dieses", '"dieses, [[paid_in]]"').replace("diese, [[paid_in]]", "diese")
    assert faults(tmp_path, text) == [
        "6: text: has the numbers [[paid_in]]; the English words have none",
        "8: text: has the numbers none; the English words have [[paid_in]]",
    ]


def test_english_words_that_have_changed_ask_to_be_read_again(tmp_path: Path) -> None:
    text = GOOD.replace(translated.mark(ENGLISH), "00000000")
    told = (
        f'the English words have changed; read these again and write "{translated.mark(ENGLISH)}"'
    )
    assert faults(tmp_path, text) == [f"2: of: {told}"]


def test_an_unknown_and_a_repeated_question_are_said_at_once(tmp_path: Path) -> None:
    again = GOOD.removeprefix("questions:\n")
    other = again.replace("toy-q1", "toy-q9")
    assert faults(tmp_path, GOOD + again + other) == [
        '9: id: "toy-q1" is there twice',
        '16: id: "toy-q9" is no question of a chapter, as at-a-glance-q1 is',
    ]


def test_an_option_without_its_why_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("{text: jenes, why: Nein.}", "{text: jenes}")
    assert faults(tmp_path, text) == ["7: why: is missing"]
