"""`check` says what went wrong, and never what is right."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest

from tightrope.course import keys
from tightrope.course.answer import Answer, Mistake, amount, exactly, word

SUM = amount("2a", 93.82, "invented", (66.3, "You took one way only."), (93.9, "Too near."))
COUNT = exactly("2b", 7, "invented", (8, "One too many."))
NAME = word("2c", "letter_of_intent", "invented", ("announced", "Nobody announced it."))
check = keys.checker()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "keys.json"
    file.write_text(keys.sealed([SUM, COUNT, NAME], "salt"), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("part", "value"),
    [("2a", 93.82), ("2a", 93.74), ("2a", 93.9), ("2b", 7), ("2c", " Letter_of_intent")],
)
def test_what_is_right_or_rounded_otherwise_is_right(
    sealed: Path, part: str, value: object
) -> None:
    assert check.verdict(part, value, sealed)[0]


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("2a", 66.31, "You took one way only."),
        ("2a", -93.82, "The sign is turned round: what is asked for is the other way."),
        ("2a", 9382, "Right but for the unit: give a fraction, not per cent."),
        ("2a", 93820, "Right but for the unit: the data are in USD billion, this is in million."),
        ("2a", 94.1, "not yet, and none of the mistakes that are often made here."),
        (
            "2a",
            float("nan"),
            "this is no finite number: is an empty cell among what you added up?",
        ),
        ("2a", [93.82], "one number is asked for (USD billion), not list."),
        ("2b", 8, "One too many."),
        ("2b", 6, "not yet, and none of the mistakes that are often made here."),
        ("2c", "announced", "Nobody announced it."),
        ("2c", "paid", "not yet: another name."),
    ],
)
def test_what_is_wrong_is_explained_where_the_mistake_is_known(
    sealed: Path, part: str, value: object, said: str
) -> None:
    assert check.verdict(part, value, sealed) == (False, said)


def test_a_blank_stops_with_one_line_in_place_of_a_traceback(sealed: Path) -> None:
    with pytest.raises(check.Blank) as stopped:
        check.verdict("2a", ..., sealed)
    assert stopped.value._render_traceback_() == [
        "2a: here is the first blank. Fill it in and run this cell again."
    ]


def test_an_unknown_part_is_named_with_those_that_there_are(sealed: Path) -> None:
    with pytest.raises(KeyError, match='no part "9z"; there are: 2a, 2b, 2c'):
        check.verdict("9z", 1, sealed)


def test_the_keys_show_neither_answers_nor_sentences(sealed: Path) -> None:
    text = sealed.read_text(encoding="utf-8")
    for secret in ("93.8", "letter", "announced", "one way", "One too many", "="):
        assert secret not in text


def test_all_sentences_look_alike_the_one_for_the_answer_too(sealed: Path) -> None:
    parts = json.loads(sealed.read_text(encoding="utf-8"))["parts"]
    lengths = {len(seal) for part in parts.values() for seal in part["seals"].values()}
    assert lengths == {2 * check.LONGEST}


def test_the_same_answers_give_the_same_keys(sealed: Path) -> None:
    assert keys.sealed([SUM, COUNT, NAME], "salt") == sealed.read_text(encoding="utf-8")


def test_a_mistake_that_could_pass_for_the_answer_is_left_out() -> None:
    assert SUM.told == (Mistake(66.3, "You took one way only."),)


def test_a_sentence_that_is_too_long_is_refused() -> None:
    long = Answer("2a", 1.0, "", "", (Mistake(9.0, "x" * 241),), 0.1)
    with pytest.raises(ValueError, match="2a: a sentence has at most 240 bytes"):
        keys.sealed([long], "salt")


def test_it_is_one_short_file_of_the_standard_library() -> None:
    text = keys.CHECK.read_text(encoding="utf-8")
    names = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        str(node.module).partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
    }
    assert names - sys.stdlib_module_names == set()
    assert len(text.splitlines()) <= 100
