"""Write a flat table as a data package: whole, checked, and never over what its owner edited."""

from __future__ import annotations

import copy
import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tightrope import paths, validation
from tightrope.csvpackage import read_all, to_frames
from tightrope.descriptor import FILE, describe
from tightrope.findings import DataError, Finding
from tightrope.flat import columns, legs, parties, rows, tables
from tightrope.flat.assumed import FILE as ASSUMED
from tightrope.flat.assumed import general, page
from tightrope.flat.options import Options, Written
from tightrope.flat.table import read
from tightrope.publish.files import digest, recover, swap

AS_WRITTEN = ".as-written"
"""Holds one word for the files of a package as they were written: who edits them changes it."""
NO_LICENCE = "notspecified"
_NO_LICENCE = {
    "name": NO_LICENCE,
    "path": ASSUMED,
    "title": "To be chosen by the owner of the table",
}

_NONE = Options()


def package(table: Path, focal: str, out: Path, options: Options = _NONE) -> Written:
    """Write the flat table in the file `table` as a data package in the folder `out`.

    `focal` is the name or the id of the party that the case is about. The package has all tables
    of the schema, those that a flat table says nothing of without rows, and `ASSUMED.md`. Nothing
    is written unless everything is right; a package in `out` that is as it was written is
    replaced, and one that was edited since is left alone.

    Raises FileNotFoundError for a table that is not there, and `DataError` with everything that is
    wrong, by file, line and column.
    """
    given = read(table, options.sheet)
    match = columns.match(given.name, given.line, given.header)
    found = rows.read(given, match, options)
    findings = [*match.findings, *found.findings]
    heading = next((name for name, column in match.shown if column == "deal"), "deal")
    whole, doubtful, joined = legs.of(given.name, heading, found.payments)
    findings += doubtful
    who = parties.found(name for row in found.payments for name in (row.payer, row.payee))
    if not found.payments and not findings:
        findings.append(Finding(given.name, given.lines[0], "kind", "no row is a payment"))
    everyone = _everyone(given, match) if findings else who
    about, fault = parties.focal(focal, everyone)
    # Where no column of parties was found, nobody can say who is not there.
    if fault and (everyone.names or not findings):
        findings.append(Finding(given.name, 1, "FOCAL", fault))
    if edited := _edited(out):
        findings.append(edited)
    if findings:
        raise DataError(sorted(set(findings), key=lambda one: (one.line, one.column)))
    described = _described(given.name, options, who.names[about], about)
    middle = _enum(described, "deals", "scope")[0]
    made = tables.made(given.name, whole, who, about, middle)
    newest = max(row.day for row in found.payments)
    for source in made.rows["sources"]:
        source["accessed_on"] = f"{newest:%Y-%m-%d}"
    described["read_until"] = f"{newest:%Y-%m-%d}"
    told = (
        *given.assumed,
        *found.assumed,
        *who.assumed,
        *parties.alike(who),
        *joined,
        *made.assumed,
        *general(made.rows, whole),
    )
    text = page(given.name, match.shown, found.left_out, told)
    _write(out, described, made, text, given.name)
    left_out = tuple(f"Left out, no payment: {one}." for one in found.left_out)
    return Written(out, about, match.shown, (*left_out, *told))


def _everyone(given: Any, match: columns.Match) -> parties.Parties:
    """The parties of all rows, also of those that are wrong: the focal one may be in such a row."""
    places = [match.places[side] for side in ("payer", "payee") if side in match.places]
    return parties.found(row[place] for row in given.rows for place in places if row[place])


def _described(table: str, options: Options, name: str, focal: str) -> dict[str, Any]:
    """The project's description with the title and the focal party of the case.

    Optional tables are left out, and so is what a column allows of the project's own parties
    alone, such as their revenue from one of them.
    """
    own = copy.deepcopy(describe(paths.DATA))
    resources = [resource for resource in own["resources"] if not resource.get("optional")]
    strangers = {*_own_parties()} - {focal}
    for field in (one for resource in resources for one in resource["schema"]["fields"]):
        allowed = field.get("constraints", {}).get("enum", [])
        kept = [value for value in allowed if not strangers & set(value.split("_"))]
        # A scope is the project's own word: the first stands for the focal party of any web.
        if allowed and field["name"] != "scope":
            field["constraints"]["enum"] = kept
        if "meanings" in field:
            field["meanings"] = {
                value: said for value, said in field["meanings"].items() if value in kept
            }
    return {
        "profile": "data-package",
        "name": f"case-{focal}",
        "title": options.title or f"Who pays whom around {name}",
        "description": f"Payments around {name}, made from the table {table}. Money is USD "
        "billion, nominal.",
        "version": own["version"],
        "focal": focal,
        "licenses": [_NO_LICENCE],
        "resources": resources,
    }


def _own_parties() -> list[str]:
    """The ids of the parties of the project's own package."""
    return list(to_frames(read_all(paths.DATA))["parties"].party_id)


def _enum(described: dict[str, Any], table: str, column: str) -> list[str]:
    resource = next(one for one in described["resources"] if one["name"] == table)
    field = next(one for one in resource["schema"]["fields"] if one["name"] == column)
    return list(field["constraints"]["enum"])


def _write(
    out: Path, described: dict[str, Any], made: tables.Tables, text: str, table: str
) -> None:
    """Put the package in place once the check finds nothing in it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".package-") as beside:
        # The digest knows a file by the name of its folder, which stays the same.
        folder = Path(beside) / out.name
        folder.mkdir()
        for resource in described["resources"]:
            name = resource["name"]
            _write_table(folder / resource["path"], resource, made.rows.get(name, []))
        lines = json.dumps(described, ensure_ascii=False, indent=1)
        (folder / FILE).write_text(f"{lines}\n", "utf-8")
        (folder / ASSUMED).write_text(text, "utf-8")
        if found := validation.check(folder):
            raise DataError([_at_home(one, made, table) for one in found])
        (folder / AS_WRITTEN).write_text(_digest(folder), "utf-8")
        if out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        swap(folder, out)


def _write_table(path: Path, resource: dict[str, Any], given: Sequence[tables.Row]) -> None:
    """A table with all columns of its schema, the optional ones too: other readers expect them."""
    fields = [field["name"] for field in resource["schema"]["fields"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(given)


def _at_home(finding: Finding, made: tables.Tables, table: str) -> Finding:
    """A finding about the package at the line of the flat table that its row comes from."""
    lines = made.lines.get(finding.file.removesuffix(".csv"), [])
    place = finding.line - 2
    if not 0 <= place < len(lines):
        return finding
    message = f"{finding.message} (in {finding.file}, made from this line)"
    return Finding(table, lines[place], finding.column, message)


def _digest(folder: Path) -> str:
    return digest(
        file for file in sorted(folder.iterdir()) if file.is_file() and file.name != AS_WRITTEN
    )


def _edited(out: Path) -> Finding | None:
    """A finding where `out` holds what this did not write, or what was edited since."""
    recover(out)
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return None
    if out.is_dir() and (out / AS_WRITTEN).is_file():
        if (out / AS_WRITTEN).read_text("utf-8") == _digest(out):
            return None
        message = "was edited since it was written; go on with it, or name another folder"
    else:
        message = "is there already; name another folder, or take it away"
    return Finding(str(out), 1, "out", message)
