"""The data as one zip."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from tightrope import paths, validation
from tightrope.dealbook import KEYS
from tightrope.publish import archive

from ..conftest import TINY


def names(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_it_holds_every_table_its_description_the_licence_and_a_readme_in_one_folder() -> None:
    assert names(archive.zipped(paths.DATA)) == sorted(
        f"tightrope-data/{name}"
        for name in (
            "LICENSE-DATA",
            "README.md",
            "datapackage.json",
            *(f"{table}.csv" for table in KEYS),
        )
    )


def test_the_same_data_give_the_same_bytes_wherever_and_whenever(package: Path) -> None:
    for file in package.iterdir():
        file.touch()
    assert archive.zipped(package) == archive.zipped(TINY)


@pytest.mark.parametrize("data", [paths.DATA, TINY], ids=["all tables", "without optional ones"])
def test_the_unzipped_folder_is_valid_for_the_stock_frictionless_command(
    tmp_path: Path, data: Path
) -> None:
    zipfile.ZipFile(io.BytesIO(archive.zipped(data))).extractall(tmp_path)
    done = subprocess.run(
        [Path(sys.executable).with_name("frictionless"), "validate", "datapackage.json"],
        cwd=tmp_path / archive.FOLDER,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


def test_every_table_begins_with_the_mark_that_spreadsheets_need() -> None:
    tables = dict(archive.files(paths.DATA))
    assert tables.pop("datapackage.json").startswith(b"{")
    assert [name for name, content in tables.items() if content[:3] != BOM_UTF8] == []


def test_what_is_unzipped_is_a_package_that_the_check_finds_nothing_wrong_with(
    tmp_path: Path,
) -> None:
    zipfile.ZipFile(io.BytesIO(archive.zipped(paths.DATA))).extractall(tmp_path)
    assert validation.check(tmp_path / archive.FOLDER) == []


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(package: Path) -> None:
    path = package / "deals.csv"
    path.write_text(path.read_text().replace("The chipmaker", "=1+1 The chipmaker"))
    assert b",'=1+1 The chipmaker" in archive.files(package)["deals.csv"]


def test_the_readme_says_how_to_cite_and_how_to_validate() -> None:
    readme = zipfile.ZipFile(io.BytesIO(archive.zipped(TINY))).read("tightrope-data/README.md")
    assert b"## Cite\n\nThe Tightrope contributors: The Tightrope" in readme
    version = json.loads((TINY / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert f"version {version}".encode() in readme
    assert b"frictionless validate datapackage.json" in readme


def test_the_command_writes_the_zip(tmp_path: Path) -> None:
    target = tmp_path / "new" / "data.zip"
    assert archive.main(["--data", str(TINY), "--out", str(target)]) == 0
    assert target.read_bytes() == archive.zipped(TINY)


def test_wrong_data_are_refused_and_the_last_zip_stays(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "data.zip"
    target.write_bytes(b"the last one")
    path = package / "events.csv"
    path.write_text(path.read_text().replace("letter_of_intent", "leter_of_intent", 1))
    assert archive.main(["--data", str(package), "--out", str(target)]) == 1
    assert "events.csv:7: status:" in capsys.readouterr().err
    assert target.read_bytes() == b"the last one"


def test_a_folder_without_a_package_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert archive.main(["--data", str(tmp_path), "--out", str(tmp_path / "x.zip")]) == 2
    assert "DATA must name a folder with datapackage.json" in capsys.readouterr().err
