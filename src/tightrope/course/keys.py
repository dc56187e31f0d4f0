"""The keys of the labs: every answer and every typical mistake, sealed as `labs/check.py` opens it.

How a key is sealed is written once, in the file that students have.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from functools import cache
from types import ModuleType

from tightrope.course import (
    losses_answers,
    payments_answers,
    routes_answers,
    runway_answers,
)
from tightrope.course.answer import Answer
from tightrope.course.webs import LABS
from tightrope.dealbook import Dealbook

CHECK = LABS / "check.py"
NAME = "keys.json"
_OF_LABS = (
    payments_answers.rungs,
    payments_answers.as_of,
    payments_answers.round_trip,
    routes_answers.any_route,
    runway_answers.float_and_present_value,
    runway_answers.runway,
    losses_answers.break_even_and_clearing,
    routes_answers.own_web,
)


def answers(book: Dealbook) -> tuple[Answer, ...]:
    """The answers of all labs, in their order, from what the engine makes of the book."""
    return tuple(answer for of_lab in _OF_LABS for answer in of_lab(book))


def sealed(given: Iterable[Answer], salt: str) -> str:
    """The file of keys for these answers, as JSON; the same for the same answers and salt."""
    parts = {answer.part: _sealed(answer, f"{salt}/{answer.part}") for answer in given}
    return json.dumps({"salt": salt, "parts": parts}, indent=1, ensure_ascii=False) + "\n"


def _sealed(answer: Answer, salt: str) -> dict[str, object]:
    said = {_written(answer, answer.value): checker().RIGHT}
    for mistake in answer.told:
        said.setdefault(_written(answer, mistake.value), mistake.words)
    seals = {}
    for written, sentence in said.items():
        plain = sentence.encode()
        name, lock = checker().stretched(salt, written)
        if len(plain) > len(lock):
            raise ValueError(f"{answer.part}: a sentence has at most {len(lock)} bytes: {sentence}")
        seals[name] = bytes(a ^ b for a, b in zip(plain.ljust(len(lock)), lock, strict=True)).hex()
    # In the order of their names, so that the place of a sentence says nothing.
    ordered = dict(sorted(seals.items()))
    return {"grid": answer.grid, "near": answer.near, "unit": answer.unit, "seals": ordered}


def _written(answer: Answer, value: float | str) -> str:
    """A value as it is hashed: a word, or the number of steps of the grid."""
    if answer.grid is None or isinstance(value, str):
        return str(checker().text(value))
    return str(round(value / answer.grid))


@cache
def checker() -> ModuleType:
    """The students' `check.py`, which stands in no package."""
    spec = importlib.util.spec_from_file_location("labs_check", CHECK)
    assert spec and spec.loader, CHECK
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
