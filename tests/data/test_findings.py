"""Every kind of bad input is met with file, line, column, what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope import dealbook
from tightrope.validation import check, main


def change(package: Path, file: str, old: str, new: str) -> None:
    path = package / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(package: Path) -> str:
    return "\n".join(str(finding) for finding in check(package))


def test_the_toy_package_is_valid(package: Path) -> None:
    assert check(package) == []


def test_a_missing_column_is_named_with_all_that_are_allowed(package: Path) -> None:
    text = (package / "parties.csv").read_text()
    (package / "parties.csv").write_text(
        "\n".join(line.rpartition(",")[0] for line in text.splitlines()) + "\n"
    )
    assert said(package) == (
        "parties.csv:1: ticker: column is missing; the columns must be, in this order: "
        "party_id, name, kind, country, ticker"
    )


def test_an_extra_column_is_named(package: Path) -> None:
    text = (package / "parties.csv").read_text()
    (package / "parties.csv").write_text(
        "\n".join(f"{line},x" for line in text.splitlines()) + "\n"
    )
    assert "parties.csv:1: x: column is not known; the columns must be" in said(package)


def test_a_row_with_too_many_cells_is_named(package: Path) -> None:
    change(package, "parties.csv", "openai,OpenAI,lab,US,", "openai,OpenAI, Inc.,lab,US,")
    assert "parties.csv:2: row: the row must have 5 cells" in said(package)


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        pytest.param(
            "events.csv", "binding,,73,", "binding,,lots,",
            'events.csv:6: amount_usd_bn: "lots" is not a number such as 22.4', id="wrong type",
        ),
        pytest.param(
            "parties.csv", "nvidia,Nvidia", "openai,Nvidia",
            'parties.csv:4: party_id: "openai" is there already; every party_id must be unique',
            id="duplicate id",
        ),
        pytest.param(
            "legs.csv", "cloud,openai,microsoft", "cloud,openai,nobody",
            'legs.csv:3: payee_id: "nobody" is not known; add it to parties.csv or use an id from there',
            id="unknown party",
        ),
        pytest.param(
            "events.csv", "binding,,73,", "binding,,-73,",
            'events.csv:6: amount_usd_bn: "-73" is too small; must be at least 0',
            id="negative amount",
        ),
        pytest.param(
            "events.csv", "2021-03-01,2021-03-01", "2021-02-30,2021-03-01",
            'events.csv:6: happened_on: "2021-02-30" is not a date as YYYY-MM-DD',
            id="impossible date",
        ),
        pytest.param(
            "events.csv", "both,release,company,\nletter", "both,,company,\nletter",
            "events.csv:6: source_id: must not be empty; every row needs a source, an id from sources.csv",
            id="no source",
        ),
        pytest.param(
            "events.csv", "letter_of_intent", "leter_of_intent",
            'events.csv:7: status: "leter_of_intent" is not allowed; use one of: estimated, reported, '
            "letter_of_intent, announced, binding, paid, cancelled, replaced", id="unknown status",
        ),
        pytest.param(
            "events.csv", "binding,,73,", "binding,,inf,",
            'events.csv:6: amount_usd_bn: "inf" is not a number such as 22.4', id="infinite amount",
        ),
        pytest.param(
            "legs.csv", "cloud,openai,microsoft", "cloud,microsoft,microsoft",
            'legs.csv:3: payee_id: "microsoft" pays itself; payer and payee must be two parties',
            id="pays itself",
        ),
        pytest.param(
            "legs.csv", "2022-01-01,2023-12-31", "2024-01-01,2023-12-31",
            "legs.csv:3: ends_on: 2023-12-31 is before starts_on 2024-01-01", id="ends before it starts",
        ),
        pytest.param(
            "events.csv", "2021-06-30,2021-07-15", "2021-06-30,2021-05-15",
            "events.csv:5: known_on: 2021-05-15 is before happened_on 2021-06-30; "
            "nothing is known before it happens", id="known before it happened",
        ),
        pytest.param(
            "deals.csv", "2021-03-01", "2021-03-02",
            "deals.csv:3: announced_on: 2021-03-02 is after the deal's first event became known "
            "(2021-03-01); use that day or an earlier one", id="announced after its first event",
        ),
        pytest.param(
            "legs.csv", "2020-01-10,2022-12-31,once", "2020-01-10,,once",
            'legs.csv:2: ends_on: must not be empty for schedule "once"; use "undated" if no date is known',
            id="scheduled without a date",
        ),
        pytest.param(
            "events.csv", "paid,,9,", "paid,,11,",
            "events.csv:5: amount_usd_bn: 11 paid, but binding is 10; say in note why more was "
            "paid than a known contract obliges", id="paid more than binding",
        ),
        pytest.param(
            "events.csv", "paid,,9,", "paid,,3,",
            "events.csv:5: amount_usd_bn: 3 paid is less than an earlier step; paid amounts are "
            "cumulative and never fall", id="paid falls",
        ),
        pytest.param(
            "events.csv", "binding,,73,", "binding,80,73,",
            "events.csv:6: amount_usd_bn: low, amount and high must rise", id="low above amount",
        ),
        pytest.param(
            "events.csv", "2023-02-01,2023-02-01,replaced,,,", "2022-05-05,2023-02-01,binding,,100,",
            "events.csv:8: status: a letter of intent is never binding; a binding step needs a later "
            "contract with a source of its own", id="letter of intent made binding",
        ),
    ],
)  # fmt: skip
def test_bad_cells_are_met_with_a_clear_finding(
    package: Path, file: str, old: str, new: str, finding: str
) -> None:
    change(package, file, old, new)
    assert finding in said(package)


@pytest.mark.parametrize("text", ["nan", "NaN", "sNaN", "inf", "-inf", "1e400", "1_000"])
@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("events.csv", "binding,,73,", "binding,,{},", "events.csv:6: amount_usd_bn"),
        ("scenarios.csv", "growth,0.25,,", "growth,{},,", "scenarios.csv:19: value"),
        ("financials.csv", "2021,,2,,", "2021,,{},,", "financials.csv:2: value"),
    ],
    ids=["amount", "assumption", "figure"],
)
def test_what_only_a_computer_takes_for_a_number_is_refused(
    package: Path, file: str, old: str, new: str, place: str, text: str
) -> None:
    change(package, file, old, new.format(text))
    assert f'{place}: "{text}" is not a number such as 22.4' in said(package)
    with pytest.raises(dealbook.DataError, match=f'{place}: "{text}" is not a number'):
        dealbook.load(package)


def test_an_unread_number_is_found_once(package: Path) -> None:
    change(package, "events.csv", "binding,,73,", "binding,,-inf,")
    assert said(package) == 'events.csv:6: amount_usd_bn: "-inf" is not a number such as 22.4'


def test_a_leg_without_an_event_is_an_orphan(package: Path) -> None:
    change(package, "legs.csv", "letter-equity,", "letter-loan,")
    assert 'legs.csv:4: leg_id: "letter-loan" is an orphan: it has no event' in said(package)


def test_an_umbrella_and_its_part_may_not_hold_the_same_leg(package: Path) -> None:
    change(
        package,
        "deals.csv",
        "letter,A letter,2022-05-05,openai,true,,",
        "letter,A letter,2022-05-05,openai,true,stake,",
    )
    change(package, "legs.csv", "letter,nvidia,openai,equity", "letter,microsoft,openai,equity")
    assert (
        'legs.csv:2: deal_id: "stake-cash" of the umbrella "stake" repeats a leg of its part "letter"'
        in said(package)
    )


def test_a_wrong_encoding_is_named_with_its_line_and_byte(package: Path) -> None:
    text = (package / "parties.csv").read_bytes().replace(b"Nvidia", "Nvidiä".encode("latin-1"))
    (package / "parties.csv").write_bytes(text)
    assert said(package) == (
        "parties.csv:4: encoding: byte 0xE4 is not UTF-8; save the file as UTF-8"
    )


def test_crlf_and_a_byte_order_mark_are_accepted(package: Path) -> None:
    for path in package.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(package) == []
    assert len(dealbook.load(package).events) == 7


def test_an_empty_file_says_what_its_first_line_must_be(package: Path) -> None:
    (package / "deals.csv").write_text("")
    assert "deals.csv:1: header: is missing, the file is empty; the columns must be" in said(
        package
    )


def test_a_missing_file_is_named(package: Path) -> None:
    (package / "deals.csv").unlink()
    assert "deals.csv:1: file: is missing; datapackage.json names it" in said(package)


def test_an_open_quote_is_named(package: Path) -> None:
    change(package, "deals.csv", "The chipmaker", '"The chipmaker')
    assert "deals.csv:4: quoting:" in said(package)


def test_all_findings_are_printed_at_once_and_the_exit_code_is_one(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(package, "events.csv", "binding,,73,", "binding,,-73,")
    change(package, "legs.csv", "cloud,openai,microsoft", "cloud,openai,nobody")
    change(package, "parties.csv", "chipmaker", "chipmakr")
    assert main([str(package)]) == 1
    printed = capsys.readouterr().out
    for place in ("parties.csv:4: kind:", "legs.csv:3: payee_id:", "events.csv:6: amount_usd_bn:"):
        assert place in printed
    assert "3 findings" in printed


def test_a_folder_without_a_package_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "DATA must name a folder with datapackage.json" in capsys.readouterr().err


def test_loading_what_cannot_be_read_names_the_place(package: Path) -> None:
    change(package, "events.csv", "binding,,73,", "binding,,lots,")
    with pytest.raises(dealbook.DataError, match=r"events.csv:6: amount_usd_bn: \"lots\""):
        dealbook.load(package)
