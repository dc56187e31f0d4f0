"""Check a data package: Frictionless for the schema, a few rules for what it cannot say.

`python -m tightrope.validation FOLDER` prints every finding as
`file:line: column: what is wrong and what is allowed` and exits 1 if there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import Package, Resource, Schema, system

from tightrope import rules
from tightrope.csvpackage import (
    Finding,
    RawTable,
    describe,
    newest_day,
    read_all,
    reading_ended,
    to_frame,
    to_frames,
    undescribed,
    unread,
)

_SPELLED = {
    "number": "a number such as 22.4",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
    "string": "text",
    "integer": "a whole number",
}


def check(folder: Path | str) -> list[Finding]:
    """Everything that is wrong with the data package in `folder`, in order of file and line.

    Returns an empty list for a valid package; raises FileNotFoundError without datapackage.json.
    """
    raw = read_all(Path(folder))
    findings = [finding for table in raw.values() for finding in table.findings]
    findings += _schema_findings(describe(Path(folder)), raw)
    missing = undescribed(raw)
    findings += missing
    if not missing and all(table.is_readable for table in raw.values()):
        frames = to_frames(raw)
        findings += rules.check(frames)
        ended = reading_ended(describe(Path(folder)), newest_day(frames))
        findings += [ended] if isinstance(ended, Finding) else []
    order = {table.resource["path"]: place for place, table in enumerate(raw.values())}
    return sorted(
        set(findings),
        key=lambda f: (order.get(f.file, -1), f.line, f.column, f.message),
    )


def _schema_findings(descriptor: dict[str, Any], raw: dict[str, RawTable]) -> Iterator[Finding]:
    """Findings of Frictionless, run on the text of the files that could be read."""
    readable = {name: table for name, table in raw.items() if table.is_readable}
    package = Package(resources=[_as_resource(table, readable) for table in readable.values()])
    with system.use_context(trusted=True):
        report = package.validate()
    for task, table in zip(report.tasks, readable.values(), strict=True):
        cells = unread(table, to_frame(table))
        for row, column in cells:
            yield _unread_finding(table, row, column)
        named = {(row + 2, column) for row, column in cells}
        for error in task.errors:
            if (getattr(error, "row_number", 0), getattr(error, "field_name", "")) not in named:
                yield _as_finding(error, table)
    if report.errors:
        raise ValueError(f"datapackage.json: {report.errors[0].message}")


def _as_resource(table: RawTable, readable: dict[str, RawTable]) -> Resource:
    schema = dict(table.resource["schema"])
    # A key into a file that could not be read would repeat that file's fault on every row.
    schema["foreignKeys"] = [
        key
        for key in schema.get("foreignKeys", [])
        if not key["reference"]["resource"] or key["reference"]["resource"] in readable
    ]
    # What cannot be read is named apart from this; some of it stops Frictionless ("sNaN").
    rows = [list(row) for row in table.rows]
    for row, column in unread(table, to_frame(table)):
        rows[row][table.header.index(column)] = ""
    return Resource(
        name=table.resource["name"],
        data=[table.header, *rows],
        schema=Schema.from_descriptor(schema),
    )


def _unread_finding(table: RawTable, row: int, column: str) -> Finding:
    """A finding for a text that is no number or no date, or a number that is not finite."""
    place = table.header.index(column)
    return Finding(
        table.resource["path"],
        table.lines[row],
        column,
        f'"{table.rows[row][place]}" is not {_SPELLED[table.fields[place]["type"]]}',
    )


def _as_finding(error: Any, table: RawTable) -> Finding:
    """Say a Frictionless error in the words of the person who edits the file."""
    row = getattr(error, "row_number", None)
    line = table.lines[row - 2] if row and 2 <= row < len(table.lines) + 2 else 1
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", "")
    field = next((f for f in table.fields if f["name"] == column), {})
    constraints = field.get("constraints", {})
    if error.type == "type-error":
        message = f'"{cell}" is not {_SPELLED.get(field["type"], field["type"])}'
    elif error.type == "constraint-error":
        message = _constraint_message(error.note, cell, column, constraints)
    elif error.type == "primary-key":
        key = table.resource["schema"]["primaryKey"]
        names = [f["name"] for f in table.fields]
        cells = [table.rows[row - 2][names.index(name)] for name in key] if row else []
        column = key[-1]
        message = f'"{", ".join(cells)}" is there already; every {", ".join(key)} must be unique'
    elif error.type == "foreign-key":
        column = error.field_names[0]
        value = error.field_cells[0]
        target = error.reference_name or table.resource["name"]
        message = f'"{value}" is not known; add it to {target}.csv or use an id from there'
    elif error.type in {"extra-cell", "missing-cell"}:
        column = column or "row"
        message = f"the row must have {len(table.fields)} cells; quote a cell that holds a comma"
    else:
        column = column or "row"
        message = error.note or error.message
    return Finding(table.resource["path"], line, column, message)


def _constraint_message(note: str, cell: str, column: str, constraints: dict[str, Any]) -> str:
    if '"required"' in note:
        hint = "; every row needs a source, an id from sources.csv" if column == "source_id" else ""
        return f"must not be empty{hint}"
    if '"enum"' in note:
        return f'"{cell}" is not allowed; use one of: {", ".join(constraints["enum"])}'
    if '"minimum"' in note:
        return f'"{cell}" is too small; must be at least {constraints["minimum"]}'
    if '"pattern"' in note:
        return f'"{cell}" does not fit; must match {constraints["pattern"]}'
    return f'"{cell}": {note}'


def main(arguments: list[str]) -> int:
    """Print what `check` finds in the folder named first; 0 nothing, 1 something, 2 no data."""
    folder = Path(arguments[0])
    try:
        findings = check(folder)
        rows = sum(len(table.rows) for table in read_all(folder).values())
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} finding{'s' if len(findings) > 1 else ''} in {folder}")
        return 1
    print(f"{folder}: {rows} rows checked, nothing wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
