"""The data dictionary: every table and column as `datapackage.json` describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tightrope.csvpackage import RawTable, describe, read_all
from tightrope.publish.archive import NAME

PAGE = "reference/data-dictionary"
_TYPES = {
    "string": "text",
    "number": "number",
    "date": "date, YYYY-MM-DD",
    "boolean": "true or false",
}


def write(data: Path, source: Path) -> None:
    """Write `reference/data-dictionary.md` into the book's `source` from the package in `data`."""
    package = describe(data)
    tables = read_all(data)
    rows = sum(len(table.rows) for table in tables.values())
    licence = " and ".join(
        f"[{escape(one.get('title', one['name']))}]({one['path']})" for one in package["licenses"]
    )
    files = " · ".join(
        f'<a href="../data/{name}" download>{name}</a>'
        for name in (*(table.resource["path"] for table in tables.values()), "datapackage.json")
    )
    text = (
        "# Data dictionary\n\n"
        f"<p>{escape(package['description'])}</p>\n\n"
        f"The data are {len(tables)} tables with {rows:,} rows, version {package['version']}, "
        f"under {licence}. This page is made from `datapackage.json`, the one description of them "
        "(Frictionless Table Schema): what it says here is what the check enforces.\n\n"
        f'<p><a href="../data/{NAME}" download><strong>All of it as one zip</strong></a>, '
        f"or file by file: {files}</p>\n\n"
        "Each column has its type, what is allowed, an example, and what to do and not to do when "
        "a row is entered or used. Empty means: not known. Money is in billions of US dollars, "
        "nominal, in every column whose name ends in `_usd_bn`.\n\n"
        f"{_overview(tables)}\n\n" + "\n".join(_table(table) for table in tables.values())
    )
    (source / PAGE).parent.mkdir(exist_ok=True)
    (source / f"{PAGE}.md").write_text(text, encoding="utf-8")


def _overview(tables: Mapping[str, RawTable]) -> str:
    body = "".join(
        f'<tr><th scope="row"><a href="#{name}.csv"><code>{name}.csv</code></a></th>'
        f"<td>{escape(table.resource['description'])}</td>"
        f'<td class="number">{len(table.rows):,}</td></tr>'
        for name, table in tables.items()
    )
    return (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="The tables">'
        '<table class="data-table"><caption>The tables</caption><thead><tr>'
        '<th scope="col">Table</th><th scope="col">A row</th>'
        '<th scope="col" class="number">Rows</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _table(table: RawTable) -> str:
    resource = table.resource
    name, keys = resource["name"], _foreign_keys(resource["schema"])
    row = _telling(table)
    left_out = " The file may be left out." if resource.get("optional") else ""
    inclusion = "".join(f"<li>{_split(rule)}</li>" for rule in resource.get("inclusion", []))
    fields = "".join(
        _field(name, field, keys.get(field["name"], ""), _example(table, place, row), resource)
        for place, field in enumerate(table.fields)
    )
    path = escape(resource["path"])
    return (
        f"## {resource['title']}\n\n"
        f'<p id="{name}.csv">{escape(resource["description"])} '
        f"The table has {len(table.rows):,} rows: "
        f'<a href="../data/{path}" download>{path}</a>.{left_out}</p>\n'
        f'<ul class="inclusion">{inclusion}</ul>\n'
        f'<div class="dictionary">{fields}</div>\n'
    )


def _field(table: str, field: Mapping[str, Any], refers: str, example: str, resource: Any) -> str:
    name = field["name"]
    entries = {
        "Allowed": _allowed(field, name in resource["schema"].get("primaryKey", [])),
        "Means": _meanings(field),
        "Refers to": refers,
        "Example": f"<code>{escape(example)}</code>" if example else "",
        "Do": escape(field.get("do", "")),
        "Don’t": escape(field.get("dont", "")),
    }
    listed = "".join(
        f"<div><dt>{what}</dt><dd>{text}</dd></div>" for what, text in entries.items() if text
    )
    return (
        f'<div class="column" id="{table}.{name}"><h3><code>{name}</code> '
        f"<span>{escape(field['title'])}</span></h3>"
        f"<p>{escape(field['description'])}</p><dl>{listed}</dl></div>"
    )


def _meanings(field: Mapping[str, Any]) -> str:
    """What single values mean, where their name does not say it."""
    return "<br>".join(
        f"<code>{escape(value)}</code>: {escape(meaning)}"
        for value, meaning in field.get("meanings", {}).items()
    )


def _allowed(field: Mapping[str, Any], is_key: bool) -> str:
    """Type and constraints in words."""
    rules = field.get("constraints", {})
    parts = [_TYPES.get(field["type"], field["type"])]
    parts[0] += ", USD billion" if field["name"].endswith("_usd_bn") else ""
    parts += ["required" if rules.get("required") else "may be empty"]
    parts += ["the column may be left out"] if field.get("optional") else []
    parts += ["unique"] if is_key or rules.get("unique") else []
    parts += [f"at least {rules['minimum']}"] if "minimum" in rules else []
    parts += [f"at most {rules['maximum']}"] if "maximum" in rules else []
    parts += ["a web address"] if field.get("format") == "uri" else []
    if "pattern" in rules:
        parts.append(f"pattern <code>{escape(rules['pattern'])}</code>")
    text = "; ".join(parts)
    if "enum" in rules:
        values = ", ".join(f"<code>{escape(value)}</code>" for value in rules["enum"])
        text += f"; one of {values}"
    return text


def _foreign_keys(schema: Mapping[str, Any]) -> dict[str, str]:
    links = {}
    for key in schema.get("foreignKeys", []):
        there, column = key["reference"]["resource"], key["reference"]["fields"][0]
        own = schema.get("primaryKey", [""])[0]
        anchor = f"{there}.{column}" if there else ""
        words = f"<code>{there}.{column}</code>" if there else f"<code>{own}</code> of this table"
        links[key["fields"][0]] = f'<a href="#{anchor}">{words}</a>' if anchor else words
    return links


def _telling(table: RawTable) -> Sequence[str]:
    """The row with the fewest empty cells: its cells make good examples together."""
    return max(table.rows, key=lambda row: sum(cell != "" for cell in row), default=[])


def _example(table: RawTable, place: int, row: Sequence[str]) -> str:
    """The cell of the telling row; where it is empty, the first that is not."""
    if place < len(row) and row[place]:
        return row[place]
    return next((cells[place] for cells in table.rows if cells[place]), "")


def _split(rule: str) -> str:
    """ "In: …" and "Out: …" with their first word set off."""
    head, colon, rest = rule.partition(": ")
    return f"<strong>{escape(head)}</strong>: {escape(rest)}" if colon else escape(rule)
