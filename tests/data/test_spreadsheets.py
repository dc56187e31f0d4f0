"""A spreadsheet is a normal editor: what it writes differently means the same."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest

from tightrope import dealbook, paths
from tightrope.validation import check

from .test_findings import change, said


def rewritten(package: Path, edit: Callable[[str], str], quoting: int = csv.QUOTE_MINIMAL) -> None:
    """Write every CSV file of a package again, with each cell edited."""
    for file in package.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = [[edit(cell) for cell in row] for row in csv.reader(stream)]
        text = io.StringIO(newline="")
        csv.writer(text, quoting=quoting, lineterminator="\n").writerows(rows)
        file.write_text(text.getvalue(), encoding="utf-8", newline="")


def assert_same(package: Path, original: Path) -> None:
    """The package is valid, and every table of it is what the original has."""
    assert check(package) == []
    ours, theirs = dealbook.load(package), dealbook.load(original)
    for table in dealbook.KEYS:
        pd.testing.assert_frame_equal(getattr(ours, table), getattr(theirs, table))


# ---- The real program ----

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc (soffice) is not installed")
@pytest.mark.parametrize("quoted", ["false", "true"], ids=["as needed", "every text quoted"])
@pytest.mark.thorough
def test_the_projects_data_opened_in_calc_and_saved_again_mean_the_same(
    tmp_path: Path, quoted: str
) -> None:
    saved = tmp_path / "saved"
    # Comma, quote, UTF-8 (76), from line 1; then: quote every text, detect special numbers, save
    # what is shown.
    tokens = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,{quoted},true,false"
    done = subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--infilter=CSV:44,34,76",
            "--convert-to",
            tokens,
            "--outdir",
            str(saved),
            *map(str, sorted(paths.DATA.glob("*.csv"))),
        ],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shutil.copy(paths.DATA / "datapackage.json", saved)
    assert "TRUE" in (saved / "deals.csv").read_text(encoding="utf-8"), "Calc wrote nothing its way"
    assert_same(saved, paths.DATA)


# ---- Habits of Excel ----


def capitals(cell: str) -> str:
    return cell.upper() if cell in {"true", "false"} else cell


def test_booleans_in_capitals_mean_the_same(termed: Path, tmp_path: Path) -> None:
    original = shutil.copytree(termed, tmp_path / "original")
    rewritten(termed, capitals)
    assert ",TRUE," in (termed / "deals.csv").read_text()
    assert_same(termed, original)


@pytest.mark.parametrize("word", ["True", "TRUE", "true"])
@pytest.mark.parametrize("other", ["False", "FALSE", "false"])
def test_booleans_are_read_in_any_of_three_ways(package: Path, word: str, other: str) -> None:
    change(package, "deals.csv", "2020-01-10,focal,true", f"2020-01-10,focal,{word}")
    change(package, "deals.csv", "2021-03-01,focal,true", f"2021-03-01,focal,{other}")
    assert said(package) == ""
    assert list(dealbook.load(package).deals.in_article) == [True, False, True]


@pytest.mark.parametrize("word", ["WAHR", "VRAI", "yes", "1", "T", "tRUE"])
def test_a_word_for_true_in_another_language_is_refused(package: Path, word: str) -> None:
    change(package, "deals.csv", "2020-01-10,focal,true", f"2020-01-10,focal,{word}")
    assert said(package) == f'deals.csv:2: in_article: "{word}" is not true or false'
    with pytest.raises(dealbook.DataError, match="is not true or false"):
        dealbook.load(package)


def test_a_small_number_in_scientific_notation_means_the_same(package: Path) -> None:
    change(package, "financials.csv", "2021,,2,,", "2021,,1.00E-05,,")
    assert said(package) == ""
    assert list(dealbook.load(package).financials.value) == [0.00001]


def test_every_cell_quoted_means_the_same(termed: Path, tmp_path: Path) -> None:
    original = shutil.copytree(termed, tmp_path / "original")
    rewritten(termed, str, csv.QUOTE_ALL)
    assert_same(termed, original)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_a_byte_order_mark_and_other_line_ends_mean_the_same_also_within_a_cell(
    package: Path, tmp_path: Path, end: bytes
) -> None:
    change(package, "claims.csv", "The release says so.", '"The release\nsays so."')
    original = shutil.copytree(package, tmp_path / "original")
    for file in package.glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", end))
    assert_same(package, original)
    assert dealbook.load(package).claims.why[0] == "The release\nsays so."


def with_separator(package: Path, files: Iterable[Path], separator: str, quoting: int) -> None:
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=separator, quoting=quoting).writerows(rows)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["plain", "quoted"])
@pytest.mark.parametrize(("separator", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_one_finding_a_file(
    package: Path, separator: str, word: str, quoting: int
) -> None:
    with_separator(package, [package / "parties.csv"], separator, quoting)
    assert said(package) == (
        f"parties.csv:1: header: cells are separated by {word}; save them with commas"
    )


def test_a_semicolon_in_a_cell_is_a_semicolon(package: Path) -> None:
    change(package, "deals.csv", "The cloud buys a stake.", "The cloud; a stake.")
    assert said(package) == ""


def test_rows_of_commas_at_the_end_are_one_finding(package: Path) -> None:
    file = package / "parties.csv"
    file.write_text(file.read_text() + ",,,,\n" * 3)
    assert said(package) == (
        "parties.csv:5: row: has nothing but commas, as 2 more down to line 7; "
        "delete rows without content"
    )
    assert len(dealbook.load(package).parties) == 3


def test_one_row_of_commas_is_one_finding(package: Path) -> None:
    change(package, "parties.csv", "nvidia,", ",,,,\nnvidia,")
    assert said(package) == (
        "parties.csv:4: row: has nothing but commas; delete rows without content"
    )


def test_a_cell_that_is_too_long_is_called_so(package: Path) -> None:
    change(package, "deals.csv", "The lab rents the cloud.", "x" * 140_000)
    assert said(package) == (
        "deals.csv:3: row: a cell holds more than 131,072 characters; "
        "shorten it, or close its quote"
    )


@pytest.mark.parametrize("day", ["22.07.2019", "7/22/2019", "43668", "2019-7-2", "-2019-07-22"])
def test_a_day_that_was_reformatted_is_one_finding(package: Path, day: str) -> None:
    change(package, "legs.csv", "2022-01-01,2023-12-31,even", f"{day},2023-12-31,even")
    assert f'legs.csv:3: starts_on: "{day}" is not a date as YYYY-MM-DD' in said(package)
    with pytest.raises(dealbook.DataError, match="is not a date as YYYY-MM-DD"):
        dealbook.load(package)


@pytest.mark.thorough
def test_the_stock_frictionless_command_accepts_what_a_spreadsheet_writes(tmp_path: Path) -> None:
    package = shutil.copytree(paths.DATA, tmp_path / "package")
    rewritten(package, capitals, csv.QUOTE_ALL)
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=package, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
