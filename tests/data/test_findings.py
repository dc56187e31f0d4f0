"""Every kind of bad input is met with file, line, column, what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope import dealbook
from tightrope.csvpackage import FIRST_DAY, LAST_DAY
from tightrope.descriptor import describe
from tightrope.validation import check, main

from ..conftest import TINY, put


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
            "events.csv", "binding,,73,", "binding,,73,70",
            "events.csv:6: amount_usd_bn: low, amount and high must rise", id="amount above high",
        ),
        pytest.param(
            "events.csv", "binding,,73,", "binding,80,,70",
            "events.csv:6: amount_usd_bn: low, amount and high must rise", id="low above high",
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
        "letter,A letter,2022-05-05,focal,true,,",
        "letter,A letter,2022-05-05,focal,true,stake,",
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


# ---- Days ----


@pytest.mark.parametrize("day", ["2019-7-2", "-2019-07-22", "2019-07-22\u00a0", "20190722"])
def test_a_day_is_written_one_way(package: Path, day: str) -> None:
    change(package, "legs.csv", "2022-01-01,2023-12-31", f"{day},2023-12-31")
    assert f'legs.csv:3: starts_on: "{day}" is not a date as YYYY-MM-DD' in said(package)
    with pytest.raises(dealbook.DataError, match="is not a date as YYYY-MM-DD"):
        dealbook.load(package)


@pytest.mark.parametrize(
    ("day", "finding"),
    [
        ("1989-12-31", '"1989-12-31" is too early; must be at least 1990-01-01'),
        ("2101-01-01", '"2101-01-01" is too late; must be at most 2100-12-31'),
    ],
)
def test_days_lie_within_stated_bounds(package: Path, day: str, finding: str) -> None:
    change(package, "legs.csv", "2022-01-01,2023-12-31", f"2022-01-01,{day}")
    assert f"legs.csv:3: ends_on: {finding}" in said(package)


def test_every_column_of_days_states_its_bounds() -> None:
    for table in describe(TINY)["resources"]:
        for field in table["schema"]["fields"]:
            if field["type"] == "date":
                limits = field["constraints"]
                assert (limits["minimum"], limits["maximum"]) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize("day", ["2025-13", "2025-13-45", "2025-02-30", "1989", "2101-01"])
def test_a_document_has_a_day_of_the_calendar(package: Path, day: str) -> None:
    put(package, "sources", "release", published_on=day)
    assert (
        f'sources.csv:2: published_on: "{day}" is not in the calendar; '
        "give a day, a month or a year from 1990 to 2100" in said(package)
    )


def test_nothing_is_read_before_it_is_published(package: Path) -> None:
    put(package, "sources", "release", accessed_on="2020-01-09")
    assert said(package) == (
        "sources.csv:2: accessed_on: 2020-01-09 is before published_on 2020-01-10; "
        "nothing is read before it is published"
    )


def test_a_document_of_a_month_may_be_read_in_it(package: Path) -> None:
    put(package, "sources", "paper", accessed_on="2023-02-01")
    assert said(package) == ""


def test_a_row_before_its_document_needs_a_reason_in_every_package(package: Path) -> None:
    put(package, "financials", "openai-revenue-2021", known_on="2022-02-01")
    assert said(package) == (
        'financials.csv:2: known_on: 2022-02-01 is before its source "paper" was published '
        "(2023-02); say in known_on_reason what proves the earlier day"
    )


@pytest.mark.parametrize(
    ("period", "finding"),
    [
        ("2025-13", '"2025-13" is not in the calendar'),
        ("2025-02-30", '"2025-02-30" is not in the calendar'),
        ("FY1875", '"FY1875" is not within the years of the data, from 1990 to 2100'),
        ("2026/2101", '"2026/2101" is not within the years of the data'),
        ("2030/2026", '"2030/2026" ends before it begins'),
        ("2026-05/2026-04", '"2026-05/2026-04" ends before it begins'),
        ("2026-Q3/2026-06", '"2026-Q3/2026-06" ends before it begins'),
        ("FY2026-03-31", '"FY2026-03-31" is a day with FY or with an end'),
        ("2026-03-31/2027", '"2026-03-31/2027" is a day with FY or with an end'),
    ],
)
def test_a_period_is_in_the_calendar(package: Path, period: str, finding: str) -> None:
    put(package, "financials", "openai-revenue-2021", period=period)
    assert f"financials.csv:2: period: {finding}" in said(package)


def test_the_period_of_an_outside_check_is_one_too(termed: Path) -> None:
    put(termed, "outside_checks", "bank-share-2023", period="2022-13")
    assert said(termed) == (
        'outside_checks.csv:2: period: "2022-13" is not in the calendar; give days, months or years'
    )
    put(termed, "outside_checks", "bank-share-2023", period="early 2022")
    assert 'outside_checks.csv:2: period: "early 2022" does not fit; must match' in said(termed)
    put(termed, "outside_checks", "bank-share-2023", period="")
    assert said(termed) == ""


@pytest.mark.parametrize(
    "period", ["FY2026", "FY1990", "2025-Q1", "2025-H2", "2026/2030-06", "2026-05/2026"]
)
def test_a_period_may_be_a_span(package: Path, period: str) -> None:
    put(package, "financials", "openai-revenue-2021", period=period)
    assert said(package) == ""


# ---- Ranges ----


@pytest.mark.parametrize(
    ("table", "row"),
    [("financials", "openai-revenue-2021"), ("outside_checks", "bank-share-2023")],
)
@pytest.mark.parametrize(
    "ends", [("3", "2", ""), ("", "2", "1"), ("3", "", "1"), ("9", "0.0035", "0.001")]
)
def test_low_value_and_high_rise(
    termed: Path, table: str, row: str, ends: tuple[str, str, str]
) -> None:
    low, value, high = ends
    put(termed, table, row, value_low=low, value=value, value_high=high)
    finding = f"{table}.csv:2: value: value_low, value and value_high must rise"
    assert said(termed) == finding


@pytest.mark.parametrize("unit", ["usd_bn", "usd_m", "share", "year"])
@pytest.mark.parametrize("column", ["stated", "found"])
@pytest.mark.parametrize("cell", ["about ten", "20-22.4", "20 to 22", "$5", "1,5"])
def test_a_claim_of_a_number_is_one(package: Path, column: str, cell: str, unit: str) -> None:
    put(package, "claims", "c01", **{"unit": unit, column: cell})
    assert said(package) == (
        f'claims.csv:2: {column}: "{cell}" is not a number, as the unit {unit} needs, nor a range '
        "with a dash such as 20–22.4; a value in words has the unit text"
    )


@pytest.mark.parametrize("cell", ["", "22.4", "20–22.4", "1.00E-05"])
def test_a_claim_of_a_number_may_be_a_range_or_open(package: Path, cell: str) -> None:
    put(package, "claims", "c01", stated=cell, found=cell)
    assert said(package) == ""


def test_a_range_of_a_claim_rises(package: Path) -> None:
    put(package, "claims", "c01", found="22.4–20")
    assert said(package) == 'claims.csv:2: found: "22.4–20" must rise from its low to its high'


def test_a_claim_in_words_is_text(package: Path) -> None:
    put(package, "claims", "c01", unit="text", stated="{about} ten", found="20-22")
    assert said(package) == ""


# ---- Names, ids, and text ----


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "line"),
    [
        ("parties", "nvidia", "name", "Microsoft", 4),
        ("deals", "letter", "name", "A stake", 4),
        ("sources", "paper", "url", "https://example.org/filing", 4),
    ],
)
def test_two_things_never_share_a_name_or_an_address(
    package: Path, table: str, row: str, column: str, cell: str, line: int
) -> None:
    put(package, table, row, **{column: cell})
    assert said(package) == (
        f'{table}.csv:{line}: {column}: "{cell}" is there already; every {column} must be unique'
    )


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "other"),
    [
        ("parties", "nvidia", "name", "microsoft ", '"Microsoft" of line 3'),
        ("deals", "letter", "name", "A  Stake", '"A stake" of line 2'),
        (
            "sources",
            "paper",
            "url",
            "http://example.org/filing/",
            '"https://example.org/filing" of line 3',
        ),
    ],
)
def test_what_only_looks_the_same_is_the_same_to_a_reader(
    package: Path, table: str, row: str, column: str, cell: str, other: str
) -> None:
    put(package, table, row, **{column: cell})
    assert said(package) == (
        f'{table}.csv:4: {column}: "{cell}" is {other} to a reader; every {column} must be unique'
    )


@pytest.mark.parametrize("end", ["\n", "\r", "\t"])
def test_an_id_is_one_line(package: Path, end: str) -> None:
    change(package, "claims.csv", "c01,", f'"c01{end}",')
    shown = r"\t" if end == "\t" else r"\n"
    assert said(package) == (
        f'claims.csv:2: claim_id: "c01{shown}" holds a line end or a tab; take it out'
    )


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x7f", "\x85"])
def test_what_is_no_text_is_named(package: Path, sign: str) -> None:
    put(package, "deals", "stake", summary=f"A{sign}stake.")
    shown = sign.encode("unicode_escape").decode()
    assert said(package) == (
        f'deals.csv:2: summary: "A{shown}stake." holds U+{ord(sign):04X}, which is no text; '
        "take it out"
    )


@pytest.mark.parametrize(
    "text", ["{Media}", "{}", "{0!r}", "%s", "[[funded]]", "two\nlines", "a\tb", "‮", "😀", "\\n"]
)
def test_any_other_text_is_text(package: Path, text: str) -> None:
    put(package, "parties", "nvidia", name=text)
    assert said(package) == ""
    assert dealbook.load(package).party_name("nvidia") == text


def test_braces_in_ids_and_names_do_not_trouble_other_findings(package: Path) -> None:
    put(package, "sources", "release", source_id="{release}")
    put(package, "parties", "nvidia", name="{0}")
    assert 'sources.csv:2: source_id: "{release}" does not fit' in said(package)


def test_an_id_has_at_most_a_hundred_characters(package: Path) -> None:
    put(package, "claims", "c01", claim_id="c" * 100)
    assert said(package) == ""
    put(package, "claims", "c" * 100, claim_id="c" * 101)
    assert said(package) == (
        f'claims.csv:2: claim_id: "{"c" * 80}…" is too long; must have at most 100 characters'
    )


def test_an_empty_id_is_one_finding(package: Path) -> None:
    put(package, "claims", "c01", claim_id="")
    assert said(package) == "claims.csv:2: claim_id: must not be empty"


def test_a_row_that_is_too_short_is_one_finding(package: Path) -> None:
    change(package, "parties.csv", "nvidia,Nvidia,chipmaker,US,NASDAQ:NVDA", "nvidia,Nvidia")
    assert said(package) == (
        "parties.csv:4: row: the row must have 5 cells; quote a cell that holds a comma"
    )


# ---- Circles of deals ----


@pytest.mark.parametrize("column", ["parent_deal_id", "serves_deal_id"])
def test_a_deal_does_not_lead_back_to_itself(package: Path, column: str) -> None:
    put(package, "deals", "stake", **{column: "stake"})
    assert said(package) == (
        f"deals.csv:2: {column}: leads back to the deal itself: stake → stake; "
        "leave one of these cells empty"
    )


def test_deals_without_legs_do_not_lead_back_either(package: Path) -> None:
    file = package / "deals.csv"
    row = "{},{},2021-03-01,focal,true,{},,Made up.\n"
    file.write_text(file.read_text() + row.format("a", "A", "b") + row.format("b", "B", "a"))
    assert said(package) == (
        "deals.csv:5: parent_deal_id: leads back to the deal itself: a → b → a; "
        "leave one of these cells empty"
    )


def test_a_deal_does_not_serve_a_part_of_itself(package: Path) -> None:
    put(package, "deals", "stake", serves_deal_id="letter")
    put(package, "deals", "cloud", parent_deal_id="stake")
    put(package, "deals", "letter", parent_deal_id="cloud")
    assert said(package) == (
        "deals.csv:2: serves_deal_id: leads back to the deal itself: "
        "stake → letter → cloud → stake; leave one of these cells empty"
    )


def test_two_circles_are_two_findings(package: Path) -> None:
    put(package, "deals", "stake", parent_deal_id="cloud")
    put(package, "deals", "cloud", parent_deal_id="stake")
    put(package, "deals", "letter", serves_deal_id="letter")
    assert [finding.line for finding in check(package)] == [2, 4]
