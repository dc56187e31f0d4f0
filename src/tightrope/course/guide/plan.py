"""The plans for a class as records, read from `plans.yml`, with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from tightrope.findings import DataError, Finding

SOURCE = Path(__file__).parent / "plans.yml"
_LINE = "line of the mapping"


@dataclass(frozen=True)
class Row:
    """A step of a class: what happens, on which pages of the site, with which files of the pack."""

    minutes: int
    activity: str
    pages: list[str]
    files: list[str]
    late: str
    """What to skip when the class is late."""


@dataclass(frozen=True)
class Session:
    """A class without a pause in its plan; its rows take `minutes` together."""

    title: str
    minutes: int
    rows: list[Row]
    homework: list[Row]


@dataclass(frozen=True)
class Plan:
    """A course of one or more classes, for whom it is and what to print before."""

    title: str
    audience: str
    to_print: str
    sessions: list[Session]


@dataclass(frozen=True)
class Criterion:
    """A line of the rubric: what earns no mark, one and two."""

    criterion: str
    none: str
    some: str
    full: str


@dataclass(frozen=True)
class Guide:
    """All that an instructor plans with: the plans, the project, the deal of the week."""

    german: str
    """Where the German files of the pack are used, in each plan."""
    plans: list[Plan]
    brief: list[str]
    rubric: list[Criterion]
    deal: list[Row]

    def rows(self) -> Iterator[Row]:
        """Every row of every plan, homework and the deal of the week too."""
        for plan in self.plans:
            for session in plan.sessions:
                yield from (*session.rows, *session.homework)
        yield from self.deal


def read(pages: Container[str], file: Path = SOURCE) -> Guide:
    """The guide in `file`. Raises `DataError` with every row that is wrong, and its line.

    `pages` are those that the site has. Wrong are a missing or unknown key, minutes that are not
    positive, a session whose rows do not take its minutes, and a page that the site has not.
    """
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Lines)
    found = list(_faults(content, pages))
    if found:
        raise DataError(sorted(Finding(file.name, *fault) for fault in found))
    return Guide(
        content["german"],
        [
            Plan(
                one["title"],
                one["for"],
                one["print"],
                [
                    Session(
                        each["title"],
                        each["minutes"],
                        _rows(each["rows"]),
                        _rows(each.get("homework", [])),
                    )
                    for each in one["sessions"]
                ],
            )
            for one in content["plans"]
        ],
        content["brief"],
        [Criterion(**_plain(one)) for one in content["rubric"]],
        _rows(content["deal"]),
    )


class _Lines(yaml.SafeLoader):
    """Notes of each mapping the line where it begins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found = super().construct_mapping(node, deep)
        return {_LINE: node.start_mark.line + 1, **found}


def _plain(mapping: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != _LINE}


def _rows(rows: list[dict[str, Any]]) -> list[Row]:
    return [Row(**_plain(row)) for row in rows]


_KEYS = {
    Row: {one.name for one in fields(Row)},
    Plan: {"title", "for", "print", "sessions"},
    Session: {"title", "minutes", "rows"},
    Criterion: {one.name for one in fields(Criterion)},
    Guide: {one.name for one in fields(Guide)},
}
_Fault = tuple[int, str, str]


def _faults(content: dict[str, Any], pages: Container[str]) -> Iterator[_Fault]:
    """Line, key and message of each fault; below a mapping with wrong keys nothing is looked at."""
    yield from (found := list(_keys(content, Guide)))
    if found:
        return
    for one in content["rubric"]:
        yield from _keys(one, Criterion)
    yield from _in_rows(content["deal"], pages)
    for plan in content["plans"]:
        yield from (found := list(_keys(plan, Plan)))
        for session in [] if found else plan["sessions"]:
            yield from _in_session(session, pages)


def _in_session(session: dict[str, Any], pages: Container[str]) -> Iterator[_Fault]:
    yield from (found := list(_keys(session, Session, {"homework"})))
    if found:
        return
    found = list(_in_rows(session["rows"], pages))
    yield from (*found, *_in_rows(session.get("homework", []), pages))
    together = 0 if found else sum(row["minutes"] for row in session["rows"])
    if not found and together != session["minutes"]:
        yield (
            session[_LINE],
            "minutes",
            f"the rows take {together}; make them {session['minutes']}, or change the session's",
        )


def _in_rows(rows: list[dict[str, Any]], pages: Container[str]) -> Iterator[_Fault]:
    for row in rows:
        yield from (found := list(_keys(row, Row)))
        if found:
            continue
        if not isinstance(row["minutes"], int) or row["minutes"] < 1:
            yield row[_LINE], "minutes", f"{row['minutes']!r} is no whole number from 1 up"
        for key in ("activity", "late"):
            if not isinstance(row[key], str) or not row[key].strip():
                yield row[_LINE], key, "is empty; write a sentence"
        for page in row["pages"]:
            if page not in pages:
                yield row[_LINE], "pages", f'the site has no page "{page}"; take one of _toc.yml'


def _keys(mapping: dict[str, Any], kind: type, may: Container[str] = ()) -> Iterator[_Fault]:
    allowed = _KEYS[kind]
    for key in sorted(allowed - mapping.keys()):
        yield mapping[_LINE], key, "is missing; add it"
    for key in mapping:
        if key != _LINE and key not in allowed and key not in may:
            told = ", ".join(sorted(allowed))
            yield mapping[_LINE], str(key), f"is no key here; allowed are {told}"
