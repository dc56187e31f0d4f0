"""What the schema of a package says about its tables: Frictionless, in the words of who edits.

Cells that Frictionless would read more loosely than the book, or stop at, are found here first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from frictionless import Field, FrictionlessException, Package, Resource, Schema, system

from tightrope.csvpackage import RawTable, unread
from tightrope.descriptor import FILE as DESCRIPTOR
from tightrope.descriptor import describe, located
from tightrope.findings import Finding, quoted

_SPELLED = {
    "number": "a number such as 22.4",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
    "string": "text",
    "integer": "a whole number",
}
_LINE_END = re.compile(r"[\n\t]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Unclear = dict[tuple[int, str], str]
"""What is wrong with cells that have no meaning, by place of the row and column."""


def findings(
    raw: Mapping[str, RawTable], frames: Mapping[str, pd.DataFrame], folder: Path
) -> Iterator[Finding]:
    """What is wrong with the cells of the tables that could be read, and with the schema itself.

    `raw` are the tables of the package in `folder`, whose description could be read, and `frames`
    what `csvpackage.to_frames` makes of them.
    """
    readable = {name: table for name, table in raw.items() if table.is_readable}
    unclear = {name: _unclear(table, frames[name]) for name, table in readable.items()}
    rows = {name: _without(table, unclear[name]) for name, table in readable.items()}
    errors: dict[str, tuple[Any, ...]] = {}
    for name in readable:
        try:
            errors[name] = _errors(_to_check(name, readable, rows))
        except FrictionlessException as broken_schema:
            yield _schema_finding(broken_schema, name, folder)
            return
    for name, table in readable.items():
        for (row, column), message in unclear[name].items():
            yield Finding(table.resource["path"], table.lines[row], column, message)
        for line in table.blank[:1]:
            yield Finding(table.resource["path"], line, "row", _blank(table))
        broken = {row for row, cells in enumerate(table.rows) if len(cells) != len(table.fields)}
        for error in errors[name]:
            if error.type == "resource-error":
                yield Finding(DESCRIPTOR, 1, "resources", error.note or error.message)
                continue
            row = (getattr(error, "row_number", None) or 1) - 2
            is_length = error.type in {"extra-cell", "missing-cell"}
            # A cell that is named already, and cells that are not where they belong, say no more.
            named = any((row, column) in unclear[name] for column in _columns_of(error, table))
            if not named and (is_length or row not in broken):
                yield from _as_finding(error, table, list(readable))


def _columns_of(error: Any, table: RawTable) -> list[str]:
    """The columns that a Frictionless error is about."""
    if error.type == "primary-key":
        return list(table.resource["schema"]["primaryKey"])
    return [getattr(error, "field_name", "")]


def _schema_finding(broken: FrictionlessException, table: str, folder: Path) -> Finding:
    """A finding for a schema that Frictionless refuses, at the column that it refuses."""
    tables = describe(folder)["resources"]
    place = [one["name"] for one in tables].index(table)
    path: list[str | int] = ["resources", place, "schema"]
    for number, field in enumerate(tables[place]["schema"]["fields"]):
        try:
            Field.from_descriptor(field)
        except FrictionlessException as fault:
            broken, path = fault, [*path, "fields", number]
            break
    error = (broken.reasons or [broken.error])[0]
    return located(folder, path, error.note or error.message)


def _blank(table: RawTable) -> str:
    count = len(table.blank)
    more = f", as {count - 1} more down to line {table.blank[-1]}" if count > 1 else ""
    return f"has nothing but commas{more}; delete rows without content"


def _unclear(table: RawTable, frame: pd.DataFrame) -> Unclear:
    """The cells that have no meaning, and those with signs that are no text."""
    found: Unclear = {}
    types = {field["name"]: field["type"] for field in table.fields}
    for row, column in unread(table, frame):
        cell = table.rows[row][table.header.index(column)]
        found[row, column] = f"{quoted(cell)} is not {_SPELLED[types[column]]}"
    for place, field in enumerate(table.fields):
        if field["type"] != "string":
            continue
        name, texts = field["name"], ["".join(row[place : place + 1]) for row in table.rows]
        # Most columns are clean, and one look at all of their text is fast.
        together = "".join(texts)
        if _CONTROL.search(together):
            for row, text in enumerate(texts):
                if sign := _CONTROL.search(text):
                    code = f"U+{ord(sign[0]):04X}"
                    found[row, name] = f"{quoted(text)} holds {code}, which is no text; take it out"
        # For Python, and so for Frictionless, a pattern also ends before a last line end.
        if "pattern" in field.get("constraints", {}) and _LINE_END.search(together):
            for row, text in enumerate(texts):
                if _LINE_END.search(text):
                    message = f"{quoted(text)} holds a line end or a tab; take it out"
                    found[row, name] = message
    return found


_PROSE = {"title", "description", "do", "dont", "meanings", "optional"}
"""What a column says to people: Frictionless copies it many times over and takes nothing of it."""


def _without(table: RawTable, unclear: Unclear) -> list[list[str]]:
    """The rows, with cells that have no meaning empty: some of them stop Frictionless ("sNaN")."""
    rows = list(table.rows)
    for row, column in unclear:
        cells = list(rows[row])
        cells[table.header.index(column)] = ""
        rows[row] = cells
    return rows


class _Table(NamedTuple):
    """A table for Frictionless: its schema as JSON, so that equal tables are one to a memory."""

    name: str
    schema: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=64)
def _errors(tables: tuple[_Table, ...]) -> tuple[Any, ...]:
    """What Frictionless finds in the first of these tables; the keys in it lead to the others.

    A package that changed in one table is checked in that and in those with keys into it.
    Raises FrictionlessException for a schema that it refuses.
    """
    package = Package(resources=[_as_resource(table) for table in tables])
    with system.use_context(trusted=True):
        return tuple(package.resources[0].validate().task.errors)


def _as_resource(table: _Table) -> Resource:
    # Rows in a function are read as they are; a list would be copied many times over.
    return Resource(
        name=table.name,
        data=lambda: map(list, (table.header, *table.rows)),
        format="inline",
        schema=Schema.from_descriptor(json.loads(table.schema)),
    )


def _to_check(
    name: str, readable: Mapping[str, RawTable], rows: Mapping[str, list[list[str]]]
) -> tuple[_Table, ...]:
    """The table `name`, and for each table that its keys lead to one of the columns they lead to.

    Frictionless reads and checks a table whole for every key into it; of these it reads no more
    than it looks up. A key into a file that could not be read is left out: it would repeat that
    file's fault on every row.
    """
    schema = readable[name].resource["schema"]
    keys, wanted = [], dict[str, set[str]]()
    for key in schema.get("foreignKeys", []):
        target, columns = key["reference"]["resource"] or name, key["reference"]["fields"]
        if target in readable:
            wanted[target] = wanted.get(target, set()) | set(columns)
            looked_up = {"resource": _looked_up(target, readable), "fields": columns}
            keys.append({**key, "reference": looked_up})
    fields = [
        {part: said for part, said in field.items() if part not in _PROSE}
        for field in schema["fields"]
    ]
    whole = _Table(
        name,
        json.dumps({**schema, "fields": fields, "foreignKeys": keys}),
        tuple(readable[name].header),
        tuple(map(tuple, rows[name])),
    )
    return whole, *(_columns(readable, rows, *one) for one in wanted.items())


def _looked_up(target: str, readable: Mapping[str, RawTable]) -> str:
    """A name for the columns of `target` that keys lead to, which is the name of no table."""
    return f"keys/{list(readable).index(target)}"


def _columns(
    readable: Mapping[str, RawTable],
    rows: Mapping[str, list[list[str]]],
    target: str,
    wanted: Collection[str],
) -> _Table:
    """The columns `wanted` of the table `target`, for looking up."""
    table = readable[target]
    fields = [
        {part: said for part, said in field.items() if part not in _PROSE | {"constraints"}}
        for field in table.fields
        if field["name"] in wanted
    ]
    names = tuple(field["name"] for field in fields)
    places = [table.header.index(name) for name in names]
    cells = tuple(tuple("".join(row[at : at + 1]) for at in places) for row in rows[target])
    return _Table(_looked_up(target, readable), json.dumps({"fields": fields}), names, cells)


def _as_finding(error: Any, table: RawTable, names_of_tables: list[str]) -> Iterator[Finding]:
    """Say a Frictionless error in the words of the person who edits the file."""
    row = (getattr(error, "row_number", None) or 1) - 2
    line = table.lines[row] if 0 <= row < len(table.lines) else 1
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", "")
    field = next((f for f in table.fields if f["name"] == column), {})
    names = [f["name"] for f in table.fields]
    if error.type == "type-error":
        message = f"{quoted(cell)} is not {_SPELLED[field['type']]}"
    elif error.type == "constraint-error":
        message = _constraint_message(error.note, cell, column, field)
    elif error.type == "primary-key":
        key = table.resource["schema"]["primaryKey"]
        cells = [table.rows[row][names.index(name)] for name in key]
        if not all(cells):
            return  # an empty cell is named already: it is required
        column = key[-1]
        message = (
            f"{quoted(', '.join(cells))} is there already; every {', '.join(key)} must be unique"
        )
    elif error.type == "unique-error":
        cell = table.rows[row][names.index(column)]
        message = f"{quoted(cell)} is there already; every {column} must be unique"
    elif error.type == "foreign-key":
        column = error.field_names[0]
        target = names_of_tables[int(error.reference_name.rpartition("/")[2])]
        message = (
            f"{quoted(error.field_cells[0])} is not known; "
            f"add it to {target}.csv or use an id from there"
        )
    elif error.type in {"extra-cell", "missing-cell"}:
        column = "row"
        message = f"the row must have {len(table.fields)} cells; quote a cell that holds a comma"
    else:
        column = column or "row"
        message = error.note or error.message
    yield Finding(table.resource["path"], line, column, message)


def _constraint_message(note: str, cell: str, column: str, field: dict[str, Any]) -> str:
    limits = field["constraints"]
    late, early = ("late", "early") if field["type"] == "date" else ("large", "small")
    if note.startswith('constraint "required"'):
        hint = "; every row needs a source, an id from sources.csv" if column == "source_id" else ""
        return f"must not be empty{hint}"
    if note.startswith('constraint "enum"'):
        return f"{quoted(cell)} is not allowed; use one of: {', '.join(limits['enum'])}"
    if note.startswith('constraint "minimum"'):
        return f"{quoted(cell)} is too {early}; must be at least {limits['minimum']}"
    if note.startswith('constraint "maximum"'):
        return f"{quoted(cell)} is too {late}; must be at most {limits['maximum']}"
    if note.startswith('constraint "maxLength"'):
        return f"{quoted(cell)} is too long; must have at most {limits['maxLength']} characters"
    if note.startswith('constraint "pattern"'):
        return f"{quoted(cell)} does not fit; must match {limits['pattern']}"
    return f"{quoted(cell)}: {note}"
