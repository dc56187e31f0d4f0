"""The data dictionary: every table and column as `datapackage.json` describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tightrope.csvpackage import RawTable, describe, read_all
from tightrope.publish.archive import NAME
from tightrope.templates import render

PAGE = "reference/data-dictionary"
_TYPES = {
    "string": "text",
    "number": "number",
    "date": "date, YYYY-MM-DD",
    "boolean": "true or false",
}


def write(data: Path, source: Path) -> None:
    """Write `reference/data-dictionary.md` into the book's `source` from the package in `data`."""
    tables = read_all(data).values()
    text = render(
        f"{PAGE}.md",
        package=describe(data),
        rows=sum(len(table.rows) for table in tables),
        archive=NAME,
        tables=[_table(table) for table in tables],
    )
    (source / PAGE).parent.mkdir(exist_ok=True)
    (source / f"{PAGE}.md").write_text(text, encoding="utf-8")


def _table(table: RawTable) -> dict[str, Any]:
    """A table as the page shows it."""
    schema = table.resource["schema"]
    keys = _foreign_keys(schema)
    primary = schema.get("primaryKey", [])
    row = _telling(table)
    columns = [
        _column(field, field["name"] in primary)
        | {"refers_to": keys.get(field["name"]), "example": _example(table, place, row)}
        for place, field in enumerate(table.fields)
    ]
    told = {"optional": False, "inclusion": []} | dict(table.resource)
    return told | {"rows": f"{len(table.rows):,}", "columns": columns}


def _column(field: Mapping[str, Any], is_key: bool) -> dict[str, Any]:
    """A column as the page shows it; its type and constraints are in words."""
    constraints = field.get("constraints", {})
    given = {"do": "", "dont": "", "meanings": {}} | dict(field)
    return given | {
        "rules": _rules(field, is_key),
        "pattern": constraints.get("pattern", ""),
        "one_of": constraints.get("enum", []),
    }


def _rules(field: Mapping[str, Any], is_key: bool) -> list[str]:
    rules = field.get("constraints", {})
    parts = [_TYPES.get(field["type"], field["type"])]
    parts[0] += ", USD billion" if field["name"].endswith("_usd_bn") else ""
    parts += ["required" if rules.get("required") else "may be empty"]
    parts += ["the column may be left out"] if field.get("optional") else []
    parts += ["unique"] if is_key or rules.get("unique") else []
    parts += [f"at least {rules['minimum']}"] if "minimum" in rules else []
    parts += [f"at most {rules['maximum']}"] if "maximum" in rules else []
    parts += ["a web address"] if field.get("format") == "uri" else []
    return parts


def _foreign_keys(schema: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What columns refer to, by their names; a table "" is their own."""
    links = {}
    for key in schema.get("foreignKeys", []):
        there, column = key["reference"]["resource"], key["reference"]["fields"][0]
        own = schema.get("primaryKey", [""])[0]
        links[key["fields"][0]] = {"table": there, "column": column if there else own}
    return links


def _telling(table: RawTable) -> Sequence[str]:
    """The row with the fewest empty cells: its cells make good examples together."""
    return max(table.rows, key=lambda row: sum(cell != "" for cell in row), default=[])


def _example(table: RawTable, place: int, row: Sequence[str]) -> str:
    """The cell of the telling row; where it is empty, the first that is not."""
    if place < len(row) and row[place]:
        return row[place]
    return next((cells[place] for cells in table.rows if cells[place]), "")
