"""The records of a chapter from its YAML file, with all that is wrong with them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tightrope.exercises.record import (
    GRID,
    LEVELS,
    MEANS,
    MISTAKES,
    Chapter,
    Exercise,
    Option,
    Part,
    Question,
)
from tightrope.findings import Finding

FOLDER = "exercises"
"""In the book's folder: one file a chapter, by the chapter's name."""
MARKER = re.compile(r"\[\[=?([a-z0-9:_.-]+)\]\]")
LONGEST, FEWEST_OPTIONS = 60, 3
"""Minutes that an exercise may take, and options that a question offers at least."""
LINE = "__line__"
"""Under this key a mapping has the line where it begins."""
_EXERCISE = ({"id", "level", "minutes", "means", "parts"}, {"own", "known_from", "row"})
_PART = ({"ask"}, {"answer", "keys", "grid"})
_QUESTION = ({"ask", "options"}, {"known_from"})
_OPTION = ({"text", "why"}, {"mistake"})
Fault = tuple[int, str, str]
"""Line, field and what is wrong."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ExerciseError(ValueError):
    """A file of exercises cannot be used; the message has a line a fault."""


def chapter_of(page: str, book: Path) -> Path | None:
    """The file with the exercises of a page, if the book's folder has one."""
    folder, _, name = page.rpartition("/")
    file = book / FOLDER / f"{name}.yml"
    return file if folder == "chapters" and file.is_file() else None


def read(file: Path) -> Chapter:
    """The chapter's exercises and quiz. Raises `ExerciseError` that names every fault."""
    content = loaded(file)
    refuse(f"{FOLDER}/{file.name}", _faults(content))
    return Chapter(
        file.stem,
        tuple(_exercise(one) for one in content["exercises"]),
        tuple(_question(file.stem, n, one) for n, one in enumerate(content["quiz"], 1)),
    )


def loaded(file: Path) -> Any:
    """What a YAML file holds, each mapping with its line. Raises `ExerciseError` for other text."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExerciseError(f"{file.name}:{line}: is not YAML: {error.problem}") from None


def refuse(name: str, faults: Iterable[Fault]) -> None:
    """Raises `ExerciseError` with a line for each fault; `name` is a path in the book's folder."""
    told = [str(Finding(f"book/{name}", *fault)) for fault in sorted(faults)]
    if told:
        raise ExerciseError("\n".join(told))


class _Lines(yaml.SafeLoader):
    """Notes of each mapping the line where it begins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found = super().construct_mapping(node, deep)
        return {LINE: node.start_mark.line + 1, **found}


def _faults(content: Any) -> Iterator[Fault]:
    yield from fields(content, ({"exercises", "quiz"}, set()))
    if not isinstance(content, dict):
        return
    ids: set[str] = set()
    highest = 0
    for one in dicts(content.get("exercises"), 1):
        if isinstance(one, tuple):
            yield one
            continue
        yield from _faults_of_exercise(one)
        if one.get("id") in ids:
            yield one[LINE], "id", f'"{one["id"]}" is there twice'
        ids.add(str(one.get("id")))
        place = LEVELS.index(one["level"]) if one.get("level") in LEVELS else highest
        if place < highest:
            yield one[LINE], "level", f"{one['level']} comes after {LEVELS[highest]}; put it first"
        highest = max(place, highest)
    for one in dicts(content.get("quiz"), 1):
        yield from [one] if isinstance(one, tuple) else _faults_of_question(one)


def _faults_of_exercise(one: dict[str, Any]) -> Iterator[Fault]:
    line = one[LINE]
    yield from fields(one, _EXERCISE)
    if not _SLUG.fullmatch(str(one.get("id", "a"))):
        yield line, "id", f'"{one["id"]}" is no lower-case slug'
    for field, allowed in (("level", LEVELS), ("means", tuple(MEANS))):
        if field in one and one[field] not in allowed:
            yield line, field, f'"{one[field]}" is none of {", ".join(allowed)}'
    minutes = one.get("minutes", 1)
    if type(minutes) is not int or not 1 <= minutes <= LONGEST:
        yield line, "minutes", f'"{minutes}" is no whole number from 1 to {LONGEST}'
    if type(one.get("own", True)) is not bool:
        yield line, "own", f'"{one["own"]}" is neither true nor false'
    yield from _faults_of_day(one)
    for part in dicts(one.get("parts"), line):
        yield from [part] if isinstance(part, tuple) else _faults_of_part(part)


def _faults_of_part(part: dict[str, Any]) -> Iterator[Fault]:
    line = part[LINE]
    yield from fields(part, _PART)
    if not part.get("answer") and not part.get("grid"):
        yield line, "answer", "is missing; write one, or the grid by which the part is marked"
    told = set(MARKER.findall(str(part.get("answer", ""))))
    keys = part.get("keys", [])
    if not isinstance(keys, list):
        yield line, "keys", "is no list of keys"
        return
    for key in keys:
        if key not in told:
            yield line, "keys", f'"{key}" is not in the answer; write it there as [[{key}]]'
    if "grid" in part:
        yield from fields(part["grid"], (set(GRID), set()), line)


def _faults_of_question(one: dict[str, Any]) -> Iterator[Fault]:
    line = one[LINE]
    yield from fields(one, _QUESTION)
    yield from _faults_of_day(one)
    options = list(dicts(one.get("options"), line))
    yield from (option for option in options if isinstance(option, tuple))
    given = [option for option in options if isinstance(option, dict)]
    for option in given:
        yield from fields(option, _OPTION)
        if option.get("mistake", "rungs") not in MISTAKES:
            named = ", ".join(MISTAKES)
            yield option[LINE], "mistake", f'"{option["mistake"]}" is none of {named}'
    right = sum("mistake" not in option for option in given)
    if right != 1:
        yield line, "options", f"{right} have no mistake; exactly one is right"
    if len(given) < FEWEST_OPTIONS:
        yield line, "options", f"{len(given)} are there; {FEWEST_OPTIONS} are the fewest"


def _faults_of_day(one: dict[str, Any]) -> Iterator[Fault]:
    if "known_from" in one and not isinstance(one["known_from"], date):
        yield one[LINE], "known_from", f'"{one["known_from"]}" is no day, as 2026-02-27 is'


def fields(content: Any, allowed: tuple[set[str], set[str]], line: int = 1) -> Iterator[Fault]:
    """What is wrong with the fields of a mapping; `allowed` are those needed, and those besides."""
    needed, more = allowed
    if not isinstance(content, dict):
        yield line, "", f"has no fields; these are needed: {', '.join(sorted(needed))}"
        return
    line = content.get(LINE, line)
    for field in sorted(needed):
        if content.get(field) in (None, "", []):
            yield line, field, "is missing"
    for field in content.keys() - needed - more - {LINE}:
        yield line, str(field), f"is not known; allowed are {', '.join(sorted(needed | more))}"


def dicts(content: Any, line: int) -> Iterator[dict[str, Any] | Fault]:
    """The mappings of a list; a fault in the place of what is none."""
    for one in content if isinstance(content, list) else []:
        yield one if isinstance(one, dict) else (line, "", f"{one!r} has no fields")


def _exercise(one: dict[str, Any]) -> Exercise:
    return Exercise(
        one["id"],
        one["level"],
        one["minutes"],
        one["means"],
        tuple(_part(part) for part in one["parts"]),
        one.get("own", True),
        str(one.get("known_from", "")),
        one.get("row", ""),
    )


def _part(part: dict[str, Any]) -> Part:
    grid = part.get("grid", {})
    rows = tuple((row, str(grid[row]).strip()) for row in GRID if row in grid)
    answer = str(part.get("answer", "")).strip()
    return Part(str(part["ask"]).strip(), answer, tuple(part.get("keys", [])), rows)


def _question(chapter: str, number: int, one: dict[str, Any]) -> Question:
    options = tuple(
        Option(str(each["text"]).strip(), str(each["why"]).strip(), each.get("mistake", ""))
        for each in one["options"]
    )
    day = str(one.get("known_from", ""))
    return Question(f"{chapter}-q{number}", str(one["ask"]).strip(), options, day)
