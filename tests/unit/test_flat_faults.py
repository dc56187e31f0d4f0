"""Whatever is wrong with a flat table is said at once, with line, column and what is allowed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tightrope import flat
from tightrope.cases.__main__ import from_table

from .flat_tables import HEADER, RENT, STAKE, faults, package, written_table


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        RENT,
        "2024-03-31,,Cloud,compute,6,binding,https://example.org/rent",
        "2024-03-31,Lab,Cloud,compute,~$10bn,binding,https://example.org/rent",
        RENT,
        "2024-03-31,Cloud,cloud,compute,6,binding,https://example.org/rent",
        "31.3.2024,Lab,Cloud,rocket,6,sort of,",
        focal="Lap",
    )
    assert [line.split(": ")[0:2] for line in said] == [
        ["flows.csv:1", "FOCAL"],
        ["flows.csv:3", "payer"],
        ["flows.csv:4", "amount_usd_bn"],
        ["flows.csv:5", "date"],
        ["flows.csv:6", "payee"],
        ["flows.csv:7", "date"],
        ["flows.csv:7", "kind"],
        ["flows.csv:7", "source"],
        ["flows.csv:7", "status"],
    ]


def test_a_focal_party_that_is_not_there_is_named_with_those_that_are_near(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, focal="Lap") == [
        'flows.csv:1: FOCAL: "Lap" neither pays nor is paid in the table; did you mean "Lab"? '
        "the parties are: Cloud, Lab"
    ]


def test_a_row_without_a_payer(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, RENT.replace("Lab", "")) == [
        "flows.csv:3: payer: must not be empty; name who pays"
    ]


def test_a_payer_that_is_also_the_payee_in_other_letters(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, RENT.replace("Cloud", "LAB")) == [
        'flows.csv:3: payee: "LAB" pays itself; payer and payee must be two parties'
    ]


def test_an_identical_row(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, STAKE, RENT) == [
        "flows.csv:4: date: the row says the same as line 2; delete one of them, or say in note or "
        "deal what sets two payments apart"
    ]


DOUBT = "in doubt, give the lowest value in low and the highest in high"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("~$10bn", f"write the number alone, such as 22.4; where it is {DOUBT}"),
        ("about 10", f"write the number alone, such as 22.4; where it is {DOUBT}"),
        (
            "8-12",
            "for a range leave the amount empty, and give its ends in low and high; write the "
            "number alone, such as 22.4",
        ),
        (
            ">10",
            "for “at least” leave the amount empty and give low; write the number alone, such as "
            f"22.4; if {DOUBT}",
        ),
        (
            "up to 10",
            "for “up to” leave the amount empty and give high; write the number alone, such as "
            f"22.4; if {DOUBT}",
        ),
        ("undisclosed", f"leave it empty where no amount is known; where it is {DOUBT}"),
        (
            "10bn",
            "write the number alone, such as 22.4, with its unit in the heading or in unit; where "
            f"it is {DOUBT}",
        ),
        (
            '"1,500"',
            f"a comma may mean thousands or a fraction: write 1500 or 1.500; if it is {DOUBT}",
        ),
    ],
)
def test_text_in_an_amount_leads_to_low_and_high(tmp_path: Path, cell: str, said: str) -> None:
    shown = cell.strip('"')
    assert faults(tmp_path, STAKE, RENT.replace(",6,", f",{cell},")) == [
        f'flows.csv:3: amount_usd_bn: "{shown}" is not a number; {said}'
    ]


def test_an_amount_below_zero_turns_payer_and_payee_round(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace(",6,", ",-6,")) == [
        'flows.csv:2: amount_usd_bn: "-6" is below 0; whoever pays is the payer, so turn payer and '
        "payee round"
    ]


def test_an_amount_of_nothing(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace(",6,", ",0,")) == [
        "flows.csv:2: amount_usd_bn: is 0; leave it empty where no amount is known"
    ]


def test_low_amount_and_high_rise(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{RENT},7,8", header=f"{HEADER},low,high") == [
        "flows.csv:2: amount_usd_bn: low, amount and high must rise"
    ]


def test_a_word_for_a_kind_has_the_allowed_ones_in_the_message(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace("compute", "comptue")) == [
        'flows.csv:2: kind: "comptue" is not allowed; did you mean "compute"? use one of: equity, '
        "shares, warrant, loan, guarantee, compute, services, chips, lease, construction, "
        "revenue_share, prepayment, none; a row that is no payment is left out with the kind none"
    ]


def test_a_word_for_a_status_has_the_allowed_ones_in_the_message(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace("binding", "sort of")) == [
        'flows.csv:2: status: "sort of" is not allowed; use one of: estimated, reported, '
        "letter_of_intent, announced, binding, paid, cancelled, replaced"
    ]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("3/4/2024", " (3 may be the day or the month)"),
        ("45382", " (as a spreadsheet counts days it is 2024-03-31)"),
        ("FY2024", " (nobody says when that fiscal year ends)"),
        ("soon", ""),
    ],
)
def test_a_date_that_may_mean_several_days(tmp_path: Path, cell: str, hint: str) -> None:
    assert faults(tmp_path, RENT.replace("2024-03-31", cell)) == [
        f'flows.csv:2: date: "{cell}" is not read as a day{hint}; give a day as 2024-03-31, a '
        "month as 2024-03, a quarter as 2024-Q1, or a year as 2024"
    ]


def test_a_day_that_no_calendar_has(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace("2024-03-31", "2024-02-30")) == [
        'flows.csv:2: date: "2024-02-30" is not in the calendar; give days, months or years'
    ]


def test_an_end_before_the_date(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{RENT},2023", header=f"{HEADER},ends_on") == [
        "flows.csv:2: ends_on: 2023-12-31 is before the date, 2024-03-31"
    ]


def test_a_row_without_a_source(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace("https://example.org/rent", "")) == [
        "flows.csv:2: source: must not be empty; every row needs an address, or words that name a "
        "document"
    ]


def test_a_missing_column_does_not_hide_the_faults_of_rows(tmp_path: Path) -> None:
    header = HEADER.replace(",source", "")
    row = "2024-03-31,,Cloud,compute,6,binding"
    first, second = faults(tmp_path, row, header=header, focal="Cloud")
    assert second == "flows.csv:2: payer: must not be empty; name who pays"
    assert first.startswith("flows.csv:1: source: column is missing; the headings are ")


def test_two_headings_for_one_column(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{RENT},Lab", header=f"{HEADER},Payer") == [
        'flows.csv:1: Payer: "payer" and "Payer" both mean payer; rename one of them'
    ]


def test_steps_and_payments_of_one_deal_that_nobody_can_tell_apart(tmp_path: Path) -> None:
    rows = [
        f"{RENT.replace('binding', status).replace(',6,', f',{amount},')},Rent"
        for status, amount in (("announced", 5), ("announced", 6), ("binding", 6))
    ]
    assert faults(tmp_path, *rows, header=f"{HEADER},deal") == [
        "flows.csv:3: deal: lines 2, 3, 4 are compute of one deal from Lab to Cloud; announced "
        "comes 2 times beside other statuses: give rows that are steps of one payment a deal of "
        "their own"
    ]


def test_what_the_check_finds_in_the_package_is_said_of_the_line_of_the_table(
    tmp_path: Path,
) -> None:
    rows = [f"{RENT.replace('binding', status)},Rent" for status in ("loi", "binding")]
    assert faults(tmp_path, *rows, header=f"{HEADER},deal") == [
        "flows.csv:3: status: a letter of intent is never binding; a binding step needs a later "
        "contract with a source of its own (in events.csv, made from this line)"
    ]


def test_only_rows_that_are_no_payment(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace("compute", "none")) == [
        "flows.csv:2: kind: no row is a payment"
    ]


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["flows.csv:1: row: there is no row below the heading"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"FLOWS must name a \.csv or \.xlsx file"):
        flat.package(tmp_path / "none.csv", "Lab", tmp_path / "case")


def test_a_file_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path) -> None:
    path = written_table(tmp_path, RENT)
    path.write_bytes(path.read_bytes() + "é".encode("latin-1"))
    with pytest.raises(ValueError, match=r"flows\.csv:3: encoding: byte 0xE9 is not UTF-8"):
        flat.package(path, "Lab", tmp_path / "case")


def test_all_lines_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    path = written_table(tmp_path, RENT, "é", RENT, "ü")
    path.write_bytes(path.read_text("utf-8").encode("latin-1"))
    with pytest.raises(
        ValueError,
        match=r"csv:3: encoding: byte 0xE9 is not UTF-8; save the file as UTF-8, which a "
        r"spreadsheet calls “CSV UTF-8”; so it is in line 5",
    ):
        flat.package(path, "Lab", tmp_path / "case")


def test_a_comma_between_semicolons_that_may_mean_thousands_is_asked_for(tmp_path: Path) -> None:
    path = written_table(tmp_path, RENT.replace(",6,", ";11X900;").replace(",", ";"))
    path.write_text(path.read_text("utf-8").replace(",", ";").replace("X", ","), "utf-8")
    with pytest.raises(ValueError, match="a comma may mean thousands or a fraction: write 11900"):
        flat.package(path, "Lab", tmp_path / "case")


def test_without_columns_of_parties_nobody_is_said_to_be_missing(tmp_path: Path) -> None:
    said = faults(tmp_path, "a,b,c", header="one,two,three")
    assert not any("FOCAL" in line for line in said)


def test_a_currency_beside_a_heading_in_dollars_is_told_how_to_stand_beside_it(
    tmp_path: Path,
) -> None:
    assert faults(tmp_path, f"{RENT},EUR", header=f"{HEADER},currency") == [
        "flows.csv:2: currency: the heading says USD and currency says EUR; keep one of them: "
        "beside a column currency name the heading amount_bn or amount_m"
    ]


def test_make_case_says_where_options_are_given(tmp_path: Path) -> None:
    table = written_table(tmp_path, RENT.replace(",6,", ",6000,"))
    with pytest.raises(ValueError, match=r"(?s)option sure.*tightrope\.flat .*flows\.csv --focal"):
        from_table(table, "Lab", tmp_path / "out")


def test_a_comma_that_is_not_quoted_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{RENT}, and more") == [
        "flows.csv:2: row: has 8 cells, and the heading in line 1 has 7; quote a cell that holds "
        "the separator"
    ]


def test_a_text_file_that_is_called_a_spreadsheet(tmp_path: Path) -> None:
    path = written_table(tmp_path, RENT, name="flows.xlsx")
    with pytest.raises(ValueError, match=r"is no spreadsheet that can be read"):
        flat.package(path, "Lab", tmp_path / "case")


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.save(tmp_path / "flows.xlsx")
    with pytest.raises(ValueError, match='there is no sheet "Deals"; the sheets are: Sheet'):
        flat.package(tmp_path / "flows.xlsx", "Lab", tmp_path / "case", flat.Options(sheet="Deals"))


def test_lines_stay_right_below_blank_rows_and_cells_of_two_lines(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        "",
        RENT.replace("Cloud", '"Cloud\nof two lines"'),
        "",
        RENT.replace("Lab", ""),
    )
    assert said == ["flows.csv:6: payer: must not be empty; name who pays"]


def test_a_right_table_is_taken(tmp_path: Path) -> None:
    assert package(tmp_path, RENT, STAKE).focal == "lab"
