"""Rules about what is expected, and what became of it as of a day."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tightrope import dealbook, watching
from tightrope.validation import check

from ..conftest import put


def said(package: Path) -> str:
    return "\n".join(str(finding) for finding in check(package))


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"changes": "legs/nothing"}, 'changes: "legs/nothing" is not there; name rows'),
        ({"changes": "the cloud"}, 'changes: "the cloud" does not fit; must match'),
        ({"expected_from": "2023-01-01"}, "expected_by: 2022-12-31 is before expected_from"),
        ({"result": "Signed."}, "result: give result, result_on and result_source_id together"),
        ({"result_on": "2023-01-01"}, "result: give result, result_on and result_source_id"),
        ({"source_id": "nobody"}, 'source_id: "nobody" is not known'),
        ({"result_source_id": "nobody"}, 'result_source_id: "nobody" is not known'),
    ],
)
def test_what_is_wrong_with_something_watched_is_named(
    termed: Path, cells: dict[str, str], finding: str
) -> None:
    put(termed, "watch", "signature", **cells)
    assert f"watch.csv:3: {finding}" in said(termed)


def test_what_is_known_already_is_not_expected(termed: Path) -> None:
    put(termed, "watch", "results", result_on="2021-02-01")
    assert "watch.csv:2: result_on: 2021-02-01 is before known_on 2021-03-01" in said(termed)


def states(package: Path, day: str = "", read_until: str = "2023-05-01") -> dict[str, str]:
    """What became of everything watched, by id, of a package that was read until a day."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text()) | {"read_until": read_until}
    file.write_text(json.dumps(descriptor))
    table = watching.expected(dealbook.load(package).as_of(day))
    return dict(zip(table.watch_id, table.state, strict=True))


def test_what_is_due_before_the_day_of_reading_and_not_known_is_overdue(termed: Path) -> None:
    assert states(termed) == {"signature": "overdue", "listing": "expected", "results": "known"}


def test_the_clock_plays_no_part(termed: Path) -> None:
    # All of these days are long past; what is due after the last day read is still expected.
    assert states(termed, read_until="2023-02-01")["listing"] == "expected"


def test_what_was_due_on_the_last_day_read_is_not_overdue_yet(termed: Path) -> None:
    put(termed, "watch", "signature", expected_by="2023-05-01")
    assert states(termed)["signature"] == "expected"


def test_an_earlier_edition_does_not_know_the_result(termed: Path) -> None:
    assert states(termed, "2022-01-31") == {"results": "expected"}
    assert states(termed, "2022-02-01") == {"results": "known"}


def test_an_earlier_edition_has_read_no_further_than_its_day(termed: Path) -> None:
    book = dealbook.load(termed).as_of("2022-06-01")
    assert book.read_until == pd.Timestamp(2022, 6, 1)


@pytest.mark.parametrize("day", ["soon", "2023-02-30", 2023])
def test_a_day_of_reading_that_is_no_day_is_named(termed: Path, day: object) -> None:
    file = termed / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"read_until": day}))
    finding = f'datapackage.json:1: read_until: "{day}" is not a date as YYYY-MM-DD'
    assert finding in said(termed)
    with pytest.raises(dealbook.DataError, match="read_until"):
        dealbook.load(termed)


def test_reading_ended_no_earlier_than_the_newest_row(termed: Path) -> None:
    file = termed / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"read_until": "2023-01-31"}))
    assert "read_until: 2023-01-31 is before the newest row became known (2023-02-01)" in said(
        termed
    )
