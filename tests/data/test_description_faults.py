"""A `datapackage.json` that is itself wrong is one finding, for every command that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tightrope import dealbook
from tightrope.publish import archive, build, own_scenario, pages
from tightrope.validation import check, main

from ..conftest import TINY

FILE = "datapackage.json"
GIVEN = (TINY / FILE).read_bytes()


def said(package: Path) -> list[str]:
    return [str(finding) for finding in check(package)]


def changed(package: Path, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What the check says after a change to the description."""
    described = json.loads(GIVEN)
    change(described)
    (package / FILE).write_text(json.dumps(described, indent=1, ensure_ascii=False), "utf-8")
    return said(package)


UNREADABLE = {
    "broken": (b'{\n"a":', "datapackage.json:2: file: is not JSON: Expecting value, at character 5"),
    "empty": (b"", "datapackage.json:1: file: is not JSON: Expecting value, at character 1"),
    "a list": (b"[]", "datapackage.json:1: file: must be an object in braces"),
    "a number": (b"5", "datapackage.json:1: file: must be an object in braces"),
    "Latin-1": (
        GIVEN.replace("’".encode(), b"\xe9", 1),
        "datapackage.json:47: encoding: byte 0xE9 is not UTF-8; save the file as UTF-8",
    ),
    "UTF-16": (
        GIVEN.decode().encode("utf-16"),
        "datapackage.json:1: encoding: byte 0xFF is not UTF-8; save the file as UTF-8",
    ),
    "cut short": (
        GIVEN[:5000],
        "datapackage.json:150: file: is not JSON: Expecting ':' delimiter, at character 14",
    ),
    "deep": (
        b"[" * 100_000,
        "datapackage.json:1: file: is not JSON: too many brackets within each other",
    ),
    "a constant": (b'{"a": NaN}', "datapackage.json:1: file: is not JSON: NaN is no value of JSON"),
    "thousands of digits": (
        b'{"a": ' + b"9" * 5000 + b"}",
        "datapackage.json:1: file: is not JSON: Exceeds the limit (4300 digits) for integer string conversion",
    ),
    "half a character": (
        GIVEN.replace(b'"Parties"', b'"\\ud800"', 1),
        "datapackage.json:1: file: is not JSON: half of a surrogate pair is no character",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "finding"), UNREADABLE.values(), ids=[name.replace(" ", "-") for name in UNREADABLE]
)
def test_what_cannot_be_read_is_one_finding(package: Path, content: bytes, finding: str) -> None:
    (package / FILE).write_bytes(content)
    assert said(package) == [finding]
    with pytest.raises(dealbook.DataError) as raised:
        dealbook.load(package)
    assert str(raised.value) == finding


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_crlf_are_accepted_and_do_not_reach_readers(
    package: Path, mark: bytes
) -> None:
    (package / FILE).write_bytes(mark + GIVEN.replace(b"\n", b"\r\n"))
    assert said(package) == []
    assert len(dealbook.load(package).events) == 7
    assert archive.files(package)[FILE].startswith(b"{")


@pytest.mark.parametrize("key", ["title", "description", "version", "licenses", "resources"])
def test_what_the_book_needs_and_is_missing_is_named(package: Path, key: str) -> None:
    assert changed(package, lambda whole: whole.pop(key)) == [
        f"datapackage.json:1: {key}: is missing; take it from the project’s datapackage.json"
    ]


@pytest.mark.parametrize("key", ["name", "profile", "keywords", "contributors", "sources"])
def test_what_the_book_does_not_need_may_be_missing(package: Path, key: str) -> None:
    assert changed(package, lambda whole: whole.pop(key)) == []


@pytest.mark.parametrize("key", ["name", "path", "schema", "title", "description"])
def test_what_a_table_lacks_is_named_with_its_line(package: Path, key: str) -> None:
    assert changed(package, lambda whole: whole["resources"][1].pop(key)) == [
        f"datapackage.json:128: resources[1].{key}: is missing; "
        "take it from the project’s datapackage.json"
    ]


def first(whole: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = whole["resources"][0]["schema"]["fields"][0]
    return field


FIELD = "resources[0].schema.fields[0]"


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            lambda w: first(w).update(type="txt"),
            f'55: {FIELD}.type: "txt" is not allowed; use one of: string, number, integer, date, boolean',
        ),
        (
            lambda w: w["resources"][3]["schema"]["fields"][6].update(type="string"),
            '635: resources[3].schema.fields[6].type: must be "number" for this column',
        ),
        (
            lambda w: first(w)["constraints"].update(pattern="[a-"),
            f'62: {FIELD}.constraints.pattern: "[a-" is not a regular expression',
        ),
        (
            lambda w: first(w)["constraints"].update(colour="red"),
            f'53: {FIELD}: constraint "colour" is not supported by type "string"',
        ),
        (
            lambda w: w["resources"][1]["schema"]["fields"][2]["constraints"].update(minimum="soon"),
            '181: resources[1].schema.fields[2].constraints.minimum: "soon" is not a date as YYYY-MM-DD',
        ),
        (
            lambda w: w["resources"][3]["schema"]["fields"][5]["constraints"].update(minimum="few"),
            '630: resources[3].schema.fields[5].constraints.minimum: "few" is not a number such as 22.4',
        ),
        (
            lambda w: w["resources"][1]["schema"]["fields"][2].update(format="%d.%m.%Y"),
            '184: resources[1].schema.fields[2].format: "%d.%m.%Y" is not read; leave it out',
        ),
        (
            lambda w: w["resources"][2]["schema"]["foreignKeys"][0]["reference"].update(resource="x"),
            '500: resources[2].schema.foreignKeys[0].reference.resource: "x" is not a table of the package',
        ),
        (
            lambda w: w["resources"][2]["schema"]["foreignKeys"][0].update(fields=["x"]),
            '496: resources[2].schema.foreignKeys[0].fields: "x" is not a column of this table',
        ),
        (
            lambda w: w["resources"][2]["schema"].update(primaryKey="leg_id"),
            "488: resources[2].schema.primaryKey: must be a list in brackets",
        ),
        (
            lambda w: w["resources"][0]["schema"]["fields"].append(first(w)),
            '120: resources[0].schema.fields[5].name: "party_id" is there already; every name must be unique',
        ),
        (
            lambda w: w["resources"].append(w["resources"][0]),
            '2329: resources[11].name: "parties" is there already; every name must be unique',
        ),
        (
            lambda w: w["resources"][0]["schema"]["fields"].pop(),
            '52: resources[0].schema.fields: the column "ticker" is missing; take it from the project’s datapackage.json',
        ),
        (
            lambda w: w.update(resources={}),
            "34: resources: must be a list in brackets",
        ),
        (
            lambda w: w.update(licenses=[]),
            "8: licenses: must not be empty; take it from the project’s datapackage.json",
        ),
    ],
)  # fmt: skip
def test_a_description_without_sense_is_one_finding(
    package: Path, change: Callable[[dict[str, Any]], object], finding: str
) -> None:
    assert changed(package, change) == [f"datapackage.json:{finding}"]


@pytest.mark.parametrize(
    "path",
    ["../parties.csv", "/etc/passwd", "a/b.csv", "https://example.org/x.csv", "x.csv\n", "x\0.csv", ""],
)  # fmt: skip
def test_a_table_lies_in_the_folder_of_its_description(package: Path, path: str) -> None:
    (said,) = changed(package, lambda whole: whole["resources"][0].update(path=path))
    assert said.startswith("datapackage.json:38: resources[0].path: ")
    assert said.endswith(" does not fit; must be the name of a CSV file in this folder")


def test_the_file_of_a_table_has_its_name(package: Path) -> None:
    assert changed(package, lambda whole: whole["resources"][0].update(path="firms.csv")) == [
        'datapackage.json:38: resources[0].path: must be "parties.csv", the file of this table'
    ]


def test_the_line_is_the_first_where_json_is_written_as_no_yaml_is(package: Path) -> None:
    (package / FILE).write_text(json.dumps(json.loads(GIVEN) | {"title": ""}, indent="\t"))
    assert said(package) == [
        "datapackage.json:1: title: must not be empty; take it from the project’s datapackage.json"
    ]


FINDING = "datapackage.json:1: file: is not JSON: Expecting value, at character 6"


@pytest.fixture
def broken(package: Path) -> Path:
    (package / FILE).write_text('{"a":')
    return package


def test_check_data_prints_it_and_ends_with_one(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(broken)]) == 1
    assert capsys.readouterr().out == f"{FINDING}\n1 finding in {broken}\n"


def test_the_book_is_not_built(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--data", str(broken), "--out", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr().err
    assert printed == f"{FINDING}\n\nnot built; the last good site stays as it was\n"


def test_the_zip_is_not_written(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert archive.main(["--data", str(broken), "--out", str(tmp_path / "data.zip")]) == 1
    assert capsys.readouterr().err.startswith(f"{FINDING}\n")
    assert not (tmp_path / "data.zip").exists()


def test_a_scenario_is_not_added(broken: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("parameter,value\n")
    with pytest.raises(dealbook.DataError, match="is not JSON"):
        own_scenario.add("my", rows, broken, pages.OURS, tmp_path / "out")


def test_the_command_shows_no_traceback(broken: Path) -> None:
    command = [sys.executable, "-m", "tightrope.validation", str(broken)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
