"""A reader's own scenario: their rows beside the data, and one more page in the book."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Collection
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from tightrope import paths
from tightrope.csvpackage import Finding, RawTable, read_all, read_raw, undescribed
from tightrope.dealbook import DataError
from tightrope.descriptor import describe
from tightrope.publish.command import check_name
from tightrope.publish.files import write_whole
from tightrope.publish.pages import Manuscript, listed

_TABLE = "scenarios"
_NAME = "scenario_id"
"""The column that the reader leaves out: it is the name of the scenario in every row."""
_FOLDER = "scenarios"
"""Where `_toc.yml` has the pages of scenarios."""


def add(
    name: str, rows: Path, data: Path, manuscript: Manuscript, out: Path
) -> tuple[Path, Manuscript]:
    """The data package and the manuscript with the scenario `name` in them, written to `out`.

    `rows`, and what is raised, are those of `joined`.
    """
    pages = {
        page.rpartition("/")[2] for page in listed(manuscript.toc) if page.startswith(f"{_FOLDER}/")
    }
    pages |= {page.stem for page in (manuscript.book / _FOLDER).glob("*.md")}
    package = joined(name, rows, data, out / "data", pages)
    toc = out / "_toc.yml"
    write_whole(toc, _with_page(manuscript.toc, f"{_FOLDER}/{name}"))
    return package, replace(manuscript, toc=toc)


def check_is_ours(data: Path, name: str, rows: str) -> None:
    """Raise ValueError where the data are about another party than this book's sentences.

    A package that names no party is read as this book's.
    """
    own, middle = (describe(folder).get("focal") for folder in (paths.DATA, data))
    if middle and middle != own:
        raise ValueError(
            f"DATA: {data.name} is about another web, and the sentences of this book are not; "
            f"build its own book with the scenario in it: "
            f"make case DATA={data} NAME={name} ROWS={rows}"
        )


def joined(name: str, rows: Path, data: Path, package: Path, pages: Collection[str] = ()) -> Path:
    """The data package with the scenario `name` in it, written to the folder `package`.

    `pages` are names of scenarios that are taken already, beside those of the data. `rows` is
    a CSV file with the columns of `scenarios.csv` but `scenario_id`: what the scenario changes; the
    rest it takes over from the base. Raises ValueError for a name that is none or is taken, OSError
    if `rows` is no file, and `DataError` with file and line of `rows` for whatever is wrong there,
    or of `data` for what is wrong there already.
    """
    raw = read_all(data)
    findings = undescribed(raw) or raw[_TABLE].findings
    if findings:
        raise DataError([_in_package(one, data) for one in findings])
    resource = raw[_TABLE].resource
    given = _read(rows, resource)
    _check_is_new(name, raw[_TABLE], pages)
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    for file in paths.described(data):
        copy = package / file.relative_to(data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    target = package / resource["path"]
    place = raw[_TABLE].header.index(_NAME)
    added = StringIO(newline="")
    # A quoted cell may hold any line end; not every Python quotes a lone carriage return by itself.
    csv.writer(added, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [*row[:place], name, *row[place:]] for row in given.rows
    )
    target.write_bytes(target.read_bytes().rstrip(b"\r\n") + b"\n" + added.getvalue().encode())
    from tightrope.validation import check  # slow to import, and needed only here

    findings = check(package)
    if findings:
        written = read_raw(package, resource)
        shutil.rmtree(package)
        raise DataError([_where_written(one, rows, given, written, data) for one in findings])
    return package


def _read(rows: Path, resource: dict[str, Any]) -> RawTable:
    """The reader's rows as text; all of `scenarios.csv` but the name of the scenario."""
    schema = dict(resource["schema"])
    schema["fields"] = [one for one in schema["fields"] if one["name"] != _NAME]
    wanted = "ROWS must name a CSV file with your rows"
    if rows.is_dir():
        raise IsADirectoryError(f"{rows}: is a folder; {wanted}")
    if not rows.is_file():
        raise FileNotFoundError(f"{rows}: not found; {wanted}")
    table = read_raw(rows.parent, {**resource, "path": rows.name, "schema": schema})
    findings = [replace(one, file=str(rows)) for one in table.findings]
    width = len(schema["fields"])
    if table.is_readable and not table.rows:
        findings.append(Finding(str(rows), 1, "row", "there is no row; give what you change"))
    for line, cells in zip(table.lines, table.rows, strict=True):
        if len(cells) != width:
            message = f"the row must have {width} cells; quote a cell that holds a comma"
            findings.append(Finding(str(rows), line, "row", message))
    if findings:
        raise DataError(findings)
    return table


def _check_is_new(name: str, scenarios: RawTable, pages: Collection[str]) -> None:
    check_name(name)
    place = scenarios.header.index(_NAME)
    taken = {cell for row in scenarios.rows for cell in row[place : place + 1]} | {*pages}
    if name in taken:
        raise ValueError(f'NAME must be new, and "{name}" is taken: {", ".join(sorted(taken))}')


def _where_written(
    finding: Finding, rows: Path, given: RawTable, joined: RawTable, data: Path
) -> Finding:
    """A finding of the joined package where it was written: the reader's row, or their data."""
    if finding.file == joined.resource["path"] and finding.line in joined.lines:
        place = joined.lines.index(finding.line) - (len(joined.rows) - len(given.rows))
        if place >= 0:
            return replace(finding, file=str(rows), line=given.lines[place])
    return _in_package(finding, data)


def _in_package(finding: Finding, data: Path) -> Finding:
    """A finding with the folder of the data: the reader's file may have the name of a table."""
    return replace(finding, file=f"{data.name}/{finding.file}")


def _with_page(toc: Path, page: str) -> str:
    """The list of pages with one more after the last scenario, or at its end without one."""
    lines = toc.read_text(encoding="utf-8").splitlines()
    entries = [n for n, line in enumerate(lines) if re.match(r"\s*- file: ", line)]
    scenarios = [n for n in entries if f"- file: {_FOLDER}/" in lines[n]]
    last = (scenarios or entries)[-1]
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip())]
    lines.insert(last + 1, f"{indent}- file: {page}")
    return "\n".join(lines) + "\n"
