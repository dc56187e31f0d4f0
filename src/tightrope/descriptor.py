"""Read the description of a data package, `datapackage.json`, and say what is wrong with it.

Whatever the rest of the code takes from a description is there once it was read here. What only
Frictionless knows about schemas, `tightrope.validation` asks it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from tightrope import cells, paths
from tightrope.findings import DataError, Finding, not_utf8, quoted

FILE = "datapackage.json"
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_COLUMNS = {"type": "array", "items": _TEXT, "minItems": 1}
_REFERENCE = {
    "type": "object",
    "required": ["resource", "fields"],
    "properties": {"resource": {"type": "string"}, "fields": _COLUMNS},
}
_FIELD = {
    "type": "object",
    "required": ["name", "type", "title", "description"],
    "properties": {
        "name": _TEXT,
        "type": {"enum": ["string", "number", "integer", "date", "boolean"]},
        "title": _TEXT,
        "description": _TEXT,
        "do": {"type": "string"},
        "dont": {"type": "string"},
        "format": {"type": "string"},
        "optional": {"type": "boolean"},
        "meanings": {"type": "object", "additionalProperties": {"type": "string"}},
        "trueValues": _TEXTS,
        "falseValues": _TEXTS,
        "constraints": {
            "type": "object",
            "properties": {
                "pattern": {"type": "string", "format": "regex"},
                "enum": {**_TEXTS, "minItems": 1},
                "required": {"type": "boolean"},
                "unique": {"type": "boolean"},
                "minLength": {"type": "integer"},
                "maxLength": {"type": "integer"},
            },
        },
    },
}
_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {"type": "array", "items": _FIELD, "minItems": 1},
        "missingValues": {"const": [""]},
        "primaryKey": _COLUMNS,
        "foreignKeys": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {"fields": _COLUMNS, "reference": _REFERENCE},
            },
        },
    },
}
_RESOURCE = {
    "type": "object",
    "required": ["name", "path", "title", "description", "schema"],
    "properties": {
        "name": _TEXT,
        "path": {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*\.csv$(?!\n)"},
        "title": _TEXT,
        "description": _TEXT,
        "optional": {"type": "boolean"},
        "inclusion": _TEXTS,
        "schema": _SCHEMA,
    },
}
_TITLED = {"type": "object", "required": ["title"], "properties": {"title": _TEXT}}
_DAYS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["day", "why"],
        "properties": {"day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}, "why": _TEXT},
    },
}
_LICENCE = {
    "type": "object",
    "required": ["name", "path"],
    "properties": {"name": _TEXT, "path": _TEXT, "title": _TEXT},
}
_PACKAGE = {
    "type": "object",
    "required": ["title", "description", "version", "licenses", "resources"],
    "properties": {
        "title": _TEXT,
        "description": _TEXT,
        "version": _TEXT,
        "focal": _TEXT,
        "days": _DAYS,
        "licenses": {"type": "array", "items": _LICENCE, "minItems": 1},
        "contributors": {"type": "array", "items": _TITLED},
        "resources": {"type": "array", "items": _RESOURCE, "minItems": 1},
    },
}
"""What the book uses of a description, as a JSON Schema."""

_KINDS = {
    "object": "an object in braces",
    "array": "a list in brackets",
    "string": "a text in quotes",
    "boolean": "true or false",
    "integer": "a whole number",
}
_OURS = "take it from the project’s datapackage.json"

Place = Sequence[str | int]


def text_of(folder: Path) -> str:
    """The text of `datapackage.json`, without a byte-order mark.

    Raises FileNotFoundError with a hint, or `DataError` if it is not UTF-8.
    """
    path = folder / FILE
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: not found; DATA must name a folder with datapackage.json and its CSV files"
        )
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError([not_utf8(FILE, content, error)]) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise DataError([Finding(FILE, 1, "file", message)]) from None


def describe(folder: Path) -> dict[str, Any]:
    """The data package's description (`datapackage.json`). A byte-order mark is accepted.

    Raises FileNotFoundError with a hint, or `DataError` with line and place for what is wrong.
    """
    text = text_of(folder)
    _check(text)
    return dict(_parsed(text))


@cache
def _check(text: str) -> None:
    described = _parsed(text)
    faults = list(_shape_faults(described)) or list(_meaning_faults(described))
    if faults:
        lines = _Lines(text)
        raise DataError(
            [Finding(FILE, lines.of(path), _spelled(path), said) for path, said in faults]
        )


def focal(described: Mapping[str, Any]) -> str:
    """The id of the party that a described package is about, its `focal`; "" if it names none.

    Whether `parties.csv` has it, the check says.
    """
    return str(described.get("focal", ""))


@cache
def standard() -> dict[str, dict[str, Any]]:
    """The tables of the project's own package by name, as its description has them.

    What another package leaves out, an optional table or column, is empty and typed as here.
    """
    own = _parsed(text_of(paths.DATA))
    faults = list(_shape_faults(own))
    if faults:
        raise DataError([Finding(FILE, 1, _spelled(path), said) for path, said in faults])
    return {resource["name"]: resource for resource in own["resources"]}


def located(folder: Path, path: Place, message: str) -> Finding:
    """A finding about the description in `folder`: of the value that the steps of `path` lead to.

    Raises as `text_of` does.
    """
    return Finding(FILE, _Lines(text_of(folder)).of(path), _spelled(path), message)


def _parsed(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no value of JSON")

    try:
        described = json.loads(text, parse_constant=refuse)
        json.dumps(described, ensure_ascii=False).encode()
        return described
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg}, at character {error.colno}"
        line = error.lineno
    except UnicodeEncodeError:
        message, line = "is not JSON: half of a surrogate pair is no character", 1
    except RecursionError:
        message, line = "is not JSON: too many brackets within each other", 1
    except ValueError as error:  # NaN, or a number with thousands of digits
        message, line = f"is not JSON: {str(error).partition(':')[0]}", 1
    raise DataError([Finding(FILE, line, "file", message)])


def _shape_faults(described: Any) -> Iterator[tuple[Place, str]]:
    """What is missing, or of another kind than the book takes: the path to it, and a message."""
    checker = Draft202012Validator(_PACKAGE, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for error in checker.iter_errors(described):
        path, value = list(error.absolute_path), error.instance
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in value]
            # Each missing name is an error of its own; the message quotes it.
            name = next(name for name in missing if repr(name) in error.message)
            yield [*path, name], f"is missing; {_OURS}"
        elif error.validator == "type":
            yield path, f"must be {_KINDS[error.validator_value]}"
        elif error.validator in {"minItems", "minLength"}:
            yield path, f"must not be empty; {_OURS}"
        elif error.validator == "enum":
            allowed = ", ".join(error.validator_value)
            yield path, f"{quoted(value)} is not allowed; use one of: {allowed}"
        elif error.validator == "pattern":
            yield (
                path,
                f"{quoted(value)} does not fit; must be the name of a CSV file in this folder",
            )
        elif error.validator == "format":
            yield path, f"{quoted(value)} is not a regular expression"
        else:
            yield path, f"{quoted(value)} is not allowed; {_OURS}"


def _meaning_faults(described: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """What has the right shape and no sense: doubled names, keys into nothing, other columns."""
    tables = described["resources"]
    names = [table["name"] for table in tables]
    for place, table in enumerate(tables):
        path: list[str | int] = ["resources", place]
        name, columns = table["name"], _columns(table)
        if name in names[:place]:
            yield [*path, "name"], f"{quoted(name)} is there already; every name must be unique"
        elif table["path"] in [one["path"] for one in tables[:place]]:
            yield [*path, "path"], f"{quoted(table['path'])} is another table already"
        elif name in standard() and table["path"] != standard()[name]["path"]:
            yield [*path, "path"], f'must be "{standard()[name]["path"]}", the file of this table'
        for number, column in enumerate(columns):
            if column in columns[:number]:
                at = [*path, "schema", "fields", number, "name"]
                yield at, f"{quoted(column)} is there already; every name must be unique"
        for number, field in enumerate(table["schema"]["fields"]):
            yield from _field_faults(field, [*path, "schema", "fields", number])
        yield from _other_columns(table, [*path, "schema", "fields"])
        yield from _key_faults(table, tables, [*path, "schema"])


def _columns(table: dict[str, Any]) -> list[str]:
    return [field["name"] for field in table["schema"]["fields"]]


def _field_faults(field: dict[str, Any], path: Place) -> Iterator[tuple[Place, str]]:
    """A format that the book does not read, or a bound that is no value of the column."""
    kind = field["type"]
    if kind != "string" and field.get("format", "default") != "default":
        yield [*path, "format"], f"{quoted(field['format'])} is not read; leave it out"
    for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        limit = field.get("constraints", {}).get(bound)
        at = [*path, "constraints", bound]
        if limit is None:
            continue
        if kind == "date" and pd.isna(cells.day(limit)):
            yield at, f"{quoted(limit)} is not a date as YYYY-MM-DD"
        elif kind in {"number", "integer"} and (
            isinstance(limit, bool) or not isinstance(limit, (int, float)) or math.isinf(limit)
        ):
            yield at, f"{quoted(limit)} is not a number such as 22.4"


def _other_columns(table: dict[str, Any], path: Place) -> Iterator[tuple[Place, str]]:
    """Columns of the project's own table that this one lacks, or has with another type."""
    given = {field["name"]: (place, field) for place, field in enumerate(table["schema"]["fields"])}
    for field in standard().get(table["name"], {"schema": {"fields": []}})["schema"]["fields"]:
        name = field["name"]
        if name not in given:
            if not field.get("optional"):
                yield path, f"the column {quoted(name)} is missing; {_OURS}"
        elif given[name][1]["type"] != field["type"]:
            yield [*path, given[name][0], "type"], f'must be "{field["type"]}" for this column'


def _key_faults(
    table: dict[str, Any], tables: list[dict[str, Any]], path: Place
) -> Iterator[tuple[Place, str]]:
    """Keys of columns or tables that are not there."""
    columns = {one["name"]: _columns(one) for one in tables}
    own, schema = _columns(table), table["schema"]
    for name in schema.get("primaryKey", []):
        if name not in own:
            yield [*path, "primaryKey"], f"{quoted(name)} is not a column of this table"
    for place, key in enumerate(schema.get("foreignKeys", [])):
        at = [*path, "foreignKeys", place]
        target = key["reference"]["resource"] or table["name"]
        there = key["reference"]["fields"]
        unknown = [name for name in key["fields"] if name not in own]
        if unknown:
            yield [*at, "fields"], f"{quoted(unknown[0])} is not a column of this table"
        elif target not in columns:
            if target not in standard():  # whoever reads the tables names those of ours
                message = f"{quoted(target)} is not a table of the package"
                yield [*at, "reference", "resource"], message
        elif len(there) != len(key["fields"]) or not set(there) <= set(columns[target]):
            yield [*at, "reference", "fields"], f"must be as many columns of {target}"


def _spelled(path: Place) -> str:
    """A path as `resources[0].schema`; "file" for the whole."""
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
    return re.sub(r"^\.", "", text) or "file"


# Ten times as fast, but not part of every PyYAML; it also takes tabs, which is not YAML.
_IN_C = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Lines:
    """On which line each value of a JSON text stands: JSON is YAML, whose reader keeps count."""

    def __init__(self, text: str) -> None:
        try:
            loader = yaml.SafeLoader if "\t" in text else _IN_C
            self._root = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:  # tabs, which only JSON allows
            self._root = None

    def of(self, path: Place) -> int:
        """The line of the value at `path`, or of the last one on the way there; 1 if unknown."""
        node, line = self._root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = {key.value: (key, value) for key, value in node.value}.get(str(step))
                if found is None:
                    break
                line, node = found[0].start_mark.line + 1, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line
