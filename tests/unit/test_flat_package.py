"""A flat table becomes a package that the check finds nothing wrong in, and says what it assumed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from frictionless import Package

from tightrope import dealbook, descriptor, flat, ledger
from tightrope.flat.__main__ import main
from tightrope.validation import check

from .flat_tables import HEADER, RENT, STAKE, amounts, faults, package, written_table


def test_the_package_passes_the_check_and_stock_frictionless(tmp_path: Path) -> None:
    written = package(tmp_path, RENT, STAKE)
    assert check(written.folder) == []
    assert Package(str(written.folder / "datapackage.json")).validate().valid


def test_title_and_focal_party_stand_in_the_description(tmp_path: Path) -> None:
    written = package(tmp_path, RENT, STAKE, options=flat.Options(title="Two firms"))
    described = descriptor.describe(written.folder)
    assert (described["title"], descriptor.focal(described)) == ("Two firms", "lab")
    assert written.focal == "lab"


@pytest.mark.parametrize("focal", ["Lab", "lab", "LAB", " lab "])
def test_the_focal_party_is_named_by_name_or_id(tmp_path: Path, focal: str) -> None:
    assert package(tmp_path, RENT, focal=focal).focal == "lab"


def test_payments_are_those_of_the_table(tmp_path: Path) -> None:
    book = dealbook.load(package(tmp_path, RENT, STAKE).folder)
    assert book.legs[["payer_id", "payee_id", "instrument"]].values.tolist() == [
        ["lab", "cloud", "compute"],
        ["cloud", "lab", "equity"],
    ]
    assert book.events[["status", "amount_usd_bn"]].values.tolist() == [
        ["binding", 6.0],
        ["paid", 4.0],
    ]


def test_names_of_columns_are_matched_kindly_and_the_match_is_shown(tmp_path: Path) -> None:
    written = package(
        tmp_path,
        "2024-03-31,Lab,Cloud,compute,6000,binding,https://example.org/a,x",
        header="Announcement Date,From,To,Deal type,Value (USD m),Stauts,Source URL,Colour",
    )
    assert written.columns == (
        ("Announcement Date", "date"),
        ("From", "payer"),
        ("To", "payee"),
        ("Deal type", "kind"),
        ("Value (USD m)", "amount"),
        ("Stauts", "status"),
        ("Source URL", "source"),
        ("Colour", ""),
    )
    assert amounts(written) == [6.0]
    assert "| Colour | not used |" in (written.folder / "ASSUMED.md").read_text("utf-8")


def test_a_columns_own_name_goes_before_another_name(tmp_path: Path) -> None:
    written = package(tmp_path, f"id-1,{RENT},A contract", header=f"deal_id,{HEADER},deal")
    assert dict(written.columns)["deal_id"] == ""
    assert dealbook.load(written.folder).deals.name.tolist() == ["A contract"]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024-02", "2024-02-29"),
        ("2024-Q3", "2024-09-30"),
        ("Q3 2024", "2024-09-30"),
        ("2024", "2024-12-31"),
        ("March 2024", "2024-03-31"),
        ("5 Mar 2024", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03-05 00:00:00", "2024-03-05"),
    ],
)
def test_a_period_becomes_its_last_day(tmp_path: Path, given: str, day: str) -> None:
    written = package(tmp_path, RENT.replace("2024-03-31", given))
    assert f"{dealbook.load(written.folder).events.happened_on[0]:%Y-%m-%d}" == day


def test_a_period_that_became_a_day_is_listed(tmp_path: Path) -> None:
    written = package(tmp_path, RENT.replace("2024-03-31", "2024-Q1"))
    assert "Date “2024-Q1” is read as 2024-03-31 (1 row)." in written.assumed


def test_the_day_of_the_book_is_said_with_the_row_that_makes_it(tmp_path: Path) -> None:
    written = package(tmp_path, RENT, STAKE.replace("2024-01-15", "2030"))
    assert any(
        line.startswith("The book is that of 2030-12-31, the day of the newest row (line 3).")
        for line in written.assumed
    )


def test_other_words_for_kind_and_status_are_understood_and_listed(tmp_path: Path) -> None:
    written = package(
        tmp_path, "2024-01-15,Cloud,Lab,Investment,4,Confirmed,https://example.org/stake"
    )
    book = dealbook.load(written.folder)
    assert (book.legs.instrument[0], book.events.status[0]) == ("equity", "announced")
    assert {
        "Kind “Investment” is read as equity (1 row).",
        "Status “Confirmed” is read as announced (1 row).",
    } <= set(written.assumed)


def test_the_same_pair_and_day_with_another_amount_are_two_payments(tmp_path: Path) -> None:
    assert amounts(package(tmp_path, RENT, RENT.replace(",6,", ",7,"))) == [6.0, 7.0]


def test_rows_of_one_deal_with_different_statuses_are_steps_of_one_payment(tmp_path: Path) -> None:
    written = package(
        tmp_path,
        "2024-01-31,Lab,Cloud,compute,10,announced,https://example.org/a,Rent",
        "2024-06-30,Lab,Cloud,compute,8,binding,https://example.org/b,Rent",
        "2024-12-31,Lab,Cloud,compute,2,paid,https://example.org/c,Rent",
        "2025-12-31,Lab,Cloud,compute,3,paid,https://example.org/d,Rent",
        header=f"{HEADER},deal",
    )
    assert amounts(written) == [10.0]
    assert amounts(written, "binding") == [8.0]
    # Two payments of 2 and 3 are 5 so far.
    assert amounts(written, "paid") == [5.0]


def test_rows_of_one_deal_with_the_same_status_add_up(tmp_path: Path) -> None:
    rows = [f"{RENT.replace(',6,', f',{amount},')},Rent" for amount in (1, 2)]
    written = package(tmp_path, *rows, header=f"{HEADER},deal")
    assert amounts(written) == [1.0, 2.0]
    assert (
        "“Rent”, Lab to Cloud: lines 2, 3 are payments of their own, and add up." in written.assumed
    )


def test_rows_that_may_be_one_payment_twice_are_pointed_out(tmp_path: Path) -> None:
    later = RENT.replace("binding", "paid").replace("2024-03-31", "2025-03-31")
    assert (
        "Lab to Cloud, compute: lines 2, 3 have different statuses and count as payments of their "
        "own; rows that are steps of one payment need the same deal."
    ) in package(tmp_path, RENT, later).assumed


@pytest.mark.parametrize(
    ("cells", "ends"),
    [
        ("10,8,12", (10.0, 8.0, 12.0)),
        (",8,12", (None, 8.0, 12.0)),
        (",8,", (None, 8.0, None)),
        (",,12", (12.0, 0.0, 12.0)),
        (",,", (None, 0.0, None)),
        ("10,,", (10.0, 10.0, 10.0)),
    ],
)
def test_low_and_high_are_the_ends_of_the_layer(
    tmp_path: Path, cells: str, ends: tuple[float | None, ...]
) -> None:
    header = "date,payer,payee,kind,amount_usd_bn,low,high,status,source"
    row = f"2024-03-31,Lab,Cloud,compute,{cells},binding,https://example.org/rent"
    # The unit of low and high is that of the amount, where their headings say none.
    written = package(tmp_path, row, header=header)
    found = ledger.ladder(dealbook.load(written.folder))[
        ["announced", "announced_low", "announced_high"]
    ].iloc[0]
    assert tuple(None if pd.isna(end) else float(end) for end in found) == ends


def test_ends_on_spreads_what_is_not_paid_evenly(tmp_path: Path) -> None:
    written = package(tmp_path, f"{RENT},2026", header=f"{HEADER},ends_on")
    leg = dealbook.load(written.folder).legs.iloc[0]
    assert (leg.schedule, f"{leg.ends_on:%Y-%m-%d}") == ("even", "2026-12-31")


@pytest.mark.parametrize("kind", ["none", "no payment", "Non-payment"])
def test_a_row_that_is_no_payment_is_left_out_and_listed(tmp_path: Path, kind: str) -> None:
    row = f"2024-05-01,Lab,Chips,{kind},,announced,https://example.org/mou"
    written = package(tmp_path, RENT, row)
    assert amounts(written) == [6.0]
    assert written.assumed[0] == f"Left out, no payment: line 3: {kind} of Lab and Chips."


def test_a_partnership_without_a_payer_is_no_payment_and_with_one_it_is(tmp_path: Path) -> None:
    written = package(
        tmp_path,
        RENT,
        "2024-05-01,,,Partnership,,announced,https://example.org/a",
        "2024-05-01,Lab,Chips,Partnership,2,announced,https://example.org/b",
    )
    assert dealbook.load(written.folder).legs.instrument.tolist() == ["compute", "services"]
    assert "Kind “Partnership” is read as services (1 row)." in written.assumed


def test_who_buys_stakes_is_an_investor_unless_it_sells_something(tmp_path: Path) -> None:
    stake = STAKE.replace("Cloud", "Fund")
    sold = RENT.replace("compute", "services")
    parties = dealbook.load(package(tmp_path, stake, STAKE, sold).folder).parties
    assert dict(zip(parties["name"], parties.kind, strict=True)) == {
        "Fund": "investor",
        "Lab": "customer",
        "Cloud": "customer",
    }


def test_ids_are_made_from_names_and_those_that_would_be_the_same_are_told_apart(
    tmp_path: Path,
) -> None:
    written = package(
        tmp_path,
        "2024-03-31,Lab,A & B,compute,1,binding,https://example.org/1",
        "2024-03-31,Lab,A and B,compute,1,binding,https://example.org/2",
        "2024-03-31,LAB,Électricité,compute,1,binding,https://example.org/3",
    )
    assert dealbook.load(written.folder).parties.party_id.tolist() == [
        "lab",
        "a-and-b",
        "a-and-b-2",
        "electricite",
    ]
    assert "“A and B” is the party `a-and-b-2`: another name makes the same id." in written.assumed
    assert any("“Lab”, “LAB” are one party" in line for line in written.assumed)


def test_a_source_in_words_is_a_document_without_an_address_and_says_so(tmp_path: Path) -> None:
    row = RENT.replace("https://example.org/rent", '"company filing, 10-K 2024"')
    source = dealbook.load(package(tmp_path, row).folder).sources.iloc[0]
    assert (source.kind, source.publisher, source.read_as) == (
        "filing",
        "company filing",
        "extract",
    )
    assert source.url == "https://no-address.invalid/company%20filing%2C%2010-k%202024"
    assert "The table gives no address" in source.note


def test_nothing_is_graded_better_than_a_table_that_relays_it(tmp_path: Path) -> None:
    estimate = STAKE.replace("paid", "estimated")
    events = dealbook.load(package(tmp_path, RENT, estimate).folder).events
    assert events.confidence.tolist() == ["secondary", "derived"]


def test_the_side_whose_address_a_source_has_is_the_one_that_said_it(tmp_path: Path) -> None:
    rows = [
        RENT.replace("https://example.org/rent", f"https://{host}/news")
        for host in ("blogs.cloud.com", "www.lab.org", "ft.com")
    ]
    events = dealbook.load(package(tmp_path, *rows).folder).events
    assert events.stated_by.tolist() == ["payee", "payer", "payer"]


def test_a_note_that_may_make_the_amount_a_ceiling_is_pointed_out(tmp_path: Path) -> None:
    header = f"{HEADER},note,high"
    rows = [f"{RENT},up to,", f"{STAKE},Up to so much,9", f"{STAKE},at once,"]
    assert (
        "The note says “up to” or “at least”, and the amount stands alone, in line 2: it counts as "
        "it stands. If it is a ceiling it belongs into high, if a floor into low."
    ) in package(tmp_path, *rows, header=header).assumed


def test_several_addresses_in_a_cell_are_one_source_and_a_note(tmp_path: Path) -> None:
    row = f"{RENT} | https://example.org/more"
    book = dealbook.load(package(tmp_path, row).folder)
    assert book.sources.url.tolist() == ["https://example.org/rent"]
    assert "Also cited: https://example.org/more." in book.events.note[0]


def test_a_spreadsheet_says_the_same_as_the_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(
        [dt.date(2024, 3, 31), "Lab", "Cloud", "compute", 6, "binding", "https://example.org/rent"]
    )
    book.active.append([2024, "Cloud", "Lab", "equity", 4.5, "paid", "https://example.org/stake"])
    book.save(tmp_path / "flows.xlsx")
    written = flat.package(tmp_path / "flows.xlsx", "Lab", tmp_path / "case")
    assert amounts(written) == [6.0, 4.5]
    events = dealbook.load(written.folder).events
    assert [f"{day:%Y-%m-%d}" for day in events.happened_on] == ["2024-03-31", "2024-12-31"]


def test_of_several_sheets_the_one_with_the_columns_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Read me first"])
    deals = book.create_sheet("Deals")
    for line in ("Payments of 2024", HEADER, RENT):
        deals.append(line.split(","))
    book.save(tmp_path / "flows.xlsx")
    written = flat.package(tmp_path / "flows.xlsx", "Lab", tmp_path / "case")
    assert amounts(written) == [6.0]
    assert "Of 2 sheets “Deals” was read." in written.assumed


def test_between_semicolons_a_comma_that_can_only_be_a_fraction_is_read(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    rows = [HEADER, RENT, RENT.replace(",6,", ",7,"), RENT.replace(",6,", ",8,")]
    text = "\n".join(rows).replace(",", ";")
    for plain, local in ((";6;", ";6,5;"), (";7;", ";0,016;"), (";8;", ";11,25;")):
        text = text.replace(plain, local)
    path.write_text(text, "utf-8")
    written = flat.package(path, "Lab", tmp_path / "case")
    assert amounts(written) == [6.5, 0.016, 11.25]
    assert (
        "A comma in an amount is read as the sign before its fraction, as in “6,5” (3 amounts)."
    ) in written.assumed


def test_semicolons_and_a_byte_order_mark_are_read_as_a_spreadsheet_saves_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([HEADER, RENT]).replace(",", ";"), "utf-8-sig")
    assert amounts(flat.package(path, "Lab", tmp_path / "case")) == [6.0]


def test_a_title_above_the_heading_is_passed_over(tmp_path: Path) -> None:
    written = package(tmp_path, HEADER, RENT, header="Payments of 2024")
    assert amounts(written) == [6.0]
    assert "The heading is in line 2; what stands above it is no part." in written.assumed


def test_a_package_as_it_was_written_is_replaced_and_an_edited_one_is_left_alone(
    tmp_path: Path,
) -> None:
    package(tmp_path, RENT)
    written = package(tmp_path, RENT, STAKE)
    assert amounts(written) == [6.0, 4.0]
    parties = written.folder / "parties.csv"
    edited = parties.read_text("utf-8").replace("Cloud", "The Cloud")
    parties.write_text(edited, "utf-8")
    with pytest.raises(ValueError, match="was edited since it was written; go on with it"):
        package(tmp_path, RENT)
    assert parties.read_text("utf-8") == edited


def test_a_folder_that_something_else_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(ValueError, match="is there already; name another folder"):
        package(tmp_path, RENT)


def test_a_refused_table_leaves_the_package_as_it_was(tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in package(tmp_path, RENT).folder.iterdir()}
    with pytest.raises(ValueError, match="must not be empty"):
        package(tmp_path, RENT.replace("Lab", ""))
    assert {one.name: one.read_bytes() for one in (tmp_path / "case").iterdir()} == before


def test_the_same_table_makes_the_same_package(tmp_path: Path) -> None:
    first = {one.name: one.read_bytes() for one in package(tmp_path, RENT, STAKE).folder.iterdir()}
    (tmp_path / "again").mkdir()
    again = package(tmp_path / "again", RENT, STAKE)
    assert {one.name: one.read_bytes() for one in again.folder.iterdir()} == first


def test_the_command_prints_the_match_and_what_was_assumed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = written_table(tmp_path, RENT)
    assert main([str(table), "--focal=Lab", f"--out={tmp_path / 'case'}"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("columns: date = date, payer = payer")
    assert said[-1] == f"{tmp_path / 'case'}: written, around lab; go on editing it there"


def test_the_command_prints_every_finding_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = written_table(tmp_path, RENT.replace("Lab", ""), STAKE.replace(",4,", ",~4,"))
    assert main([str(table), "--focal=Lab", f"--out={tmp_path / 'case'}"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"2 findings in {table}; nothing was written"
    )


def test_the_focal_party_of_a_description_must_be_a_party(tmp_path: Path) -> None:
    folder = package(tmp_path, RENT).folder
    path = folder / "datapackage.json"
    described = json.loads(path.read_text("utf-8")) | {"focal": "labb"}
    path.write_text(json.dumps(described, indent=1, ensure_ascii=False), "utf-8")
    assert [str(finding) for finding in check(folder)] == [
        'datapackage.json:7: focal: "labb" is not known; did you mean "lab"? use an id from '
        "parties.csv"
    ]


def test_no_figure_is_asked_for_that_is_about_the_projects_own_parties(tmp_path: Path) -> None:
    fields = descriptor.describe(package(tmp_path, RENT).folder)["resources"]
    figures = next(one for one in fields if one["name"] == "financials")["schema"]["fields"]
    metric = next(field for field in figures if field["name"] == "metric")
    assert "revenue" in metric["constraints"]["enum"]
    assert [name for name in metric["constraints"]["enum"] if "openai" in name] == []
    assert set(metric["meanings"]) <= set(metric["constraints"]["enum"])


def test_faults_says_when_a_table_is_taken(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the table was taken"):
        faults(tmp_path, RENT)
