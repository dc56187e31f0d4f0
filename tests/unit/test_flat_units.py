"""Units and currencies of a flat table: nothing is silently wrong by a factor of a thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope import flat

from .flat_tables import HEADER, RENT, STAKE, amounts, faults, package

SURE = "if it is right, say so with the option sure"


def headed(amount: str, *more: str) -> str:
    return ",".join([HEADER.replace("amount_usd_bn", amount), *more])


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("amount_usd_bn", "6"),
        ("amount_usd_m", "6000"),
        ("amount_usd", "6000000000"),
        ("amountUSD", "6000000000"),
        ("Amount ($bn)", "6"),
        ("value in USD million", "6000"),
        ("usd_bn", "6"),
        ("USD tn", "0.006"),
    ],
)
def test_the_heading_says_the_unit(tmp_path: Path, heading: str, cell: str) -> None:
    row = RENT.replace(",6,", f",{cell},")
    assert amounts(package(tmp_path, row, header=headed(heading))) == [6.0]


@pytest.mark.parametrize("unit", ["usd_m", "USD mn", "$ million", "usdm", "millions"])
def test_an_option_says_the_unit(tmp_path: Path, unit: str) -> None:
    row = RENT.replace(",6,", ",6000,")
    options = flat.Options(unit=unit)
    assert amounts(package(tmp_path, row, header=headed("amount"), options=options)) == [6.0]


def test_a_column_says_the_unit_of_each_row(tmp_path: Path) -> None:
    rows = [f"{RENT},usd_bn", f"{STAKE.replace(',4,', ',4000,')},USD million"]
    assert amounts(package(tmp_path, *rows, header=headed("amount", "unit"))) == [6.0, 4.0]


def test_nobody_says_the_unit_which_is_said_once_of_the_heading(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, STAKE, header=headed("amount")) == [
        "flows.csv:1: amount: nobody says in which unit the amounts are; name the heading "
        "amount_usd_bn, amount_usd_m or amount_usd, add a column unit, or give the option unit "
        "(usd, usd_m or usd_bn, or another currency such as eur_m)"
    ]


def test_a_missing_unit_does_not_hide_an_amount_in_words(tmp_path: Path) -> None:
    said = faults(tmp_path, RENT.replace(",6,", ",~6,"), header=headed("amount"))
    assert [line.split(":")[1] for line in said] == ["1", "2"]


def test_heading_and_column_say_different_units(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{RENT},usd_m", header=f"{HEADER},unit") == [
        "flows.csv:2: unit: the heading says bn and unit says m; keep one of them"
    ]


def test_heading_and_option_say_different_units(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, options=flat.Options(unit="usd_m")) == [
        "flows.csv:1: amount_usd_bn: the heading says bn and the option unit says m; keep one of "
        "them"
    ]


def test_another_currency_counts_at_the_rate_that_is_given_and_listed(tmp_path: Path) -> None:
    written = package(
        tmp_path,
        f"{RENT},EUR",
        f"{STAKE},USD",
        header=headed("amount", "currency"),
        options=flat.Options(unit="bn", rates={"EUR": 1.5}),
    )
    assert amounts(written) == [9.0, 4.0]
    assert "EUR counts at 1.5 US dollars, as given." in written.assumed


def test_a_column_gives_the_rate(tmp_path: Path) -> None:
    written = package(tmp_path, f"{RENT},1.25", header=headed("amount_eur_bn", "usd_per_unit"))
    assert amounts(written) == [7.5]


def test_a_currency_without_a_rate(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, header=headed("amount_eur_bn")) == [
        "flows.csv:1: amount_eur_bn: EUR needs a rate: US dollars for one EUR, as a column rate or "
        "the option rate EUR=…"
    ]


def test_a_rate_the_other_way_round(tmp_path: Path) -> None:
    assert faults(
        tmp_path, RENT, header=headed("amount_jpy_bn"), options=flat.Options(rates={"JPY": 150})
    ) == [
        "flows.csv:1: amount_jpy_bn: 150 is no rate of JPY: give US dollars for one JPY, as a "
        "column rate or the option rate JPY=…; it is at most 5"
    ]


def test_dollars_under_a_heading_of_billions(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace(",6,", ",6000000000,")) == [
        "flows.csv:2: amount_usd_bn: 6000000000 is 6e+09 USD billion in the unit given, and no "
        f"payment of record is over 1,000; is it in millions or in dollars?; {SURE}"
    ]


def test_millions_among_billions(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, STAKE.replace(",4,", ",1500,")) == [
        "flows.csv:3: amount_usd_bn: 1500 is 1,500 USD billion in the unit given, and no payment "
        f"of record is over 1,000; is it in millions or in dollars?; {SURE}"
    ]


def test_billions_under_a_heading_of_dollars(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT, header=headed("amount_usd")) == [
        "flows.csv:2: amount_usd: 6 is 6 dollars in the unit given, and no deal is under 10,000; "
        f"is it in millions or in billions?; {SURE}"
    ]


def test_a_table_of_millions_read_as_billions(tmp_path: Path) -> None:
    rows = [RENT.replace(",6,", f",{amount},") for amount in (150, 250, 300, 500, 900)]
    assert faults(tmp_path, *rows) == [
        "flows.csv:6: amount_usd_bn: half of the 5 amounts are over 300 USD billion, and 200 is "
        f"the most that is believed of a web; say the unit of the amounts (usd_m?); {SURE}"
    ]


def test_amounts_that_cannot_be_in_one_unit(tmp_path: Path) -> None:
    assert faults(tmp_path, RENT.replace(",6,", ",600,"), STAKE.replace(",4,", ",0.004,")) == [
        "flows.csv:2: amount_usd_bn: 600 is 600 USD billion, more than 100,000 times the 0.004 of "
        f"line 3 (0.004); are both in one unit?; {SURE}"
    ]


def test_an_amount_that_the_words_of_its_row_contradict(tmp_path: Path) -> None:
    row = f"{RENT.replace(',6,', ',500,')},worth $500 million over five years"
    assert faults(tmp_path, row, header=f"{HEADER},note") == [
        "flows.csv:2: amount_usd_bn: 500 is 500 USD billion in the unit given, and the row itself "
        f"speaks of 0.5 USD billion; {SURE}"
    ]


def test_words_that_name_a_part_of_the_amount_do_not_contradict_it(tmp_path: Path) -> None:
    row = f"{RENT.replace(',6,', ',12.2,')},one tranche for each $500m; $120bn at most"
    assert amounts(package(tmp_path, row, header=f"{HEADER},note")) == [12.2]


def test_whoever_is_sure_says_so(tmp_path: Path) -> None:
    row = RENT.replace(",6,", ",1500,")
    assert amounts(package(tmp_path, row, options=flat.Options(sure=True))) == [1500.0]


def test_a_point_may_separate_thousands_where_cells_are_separated_by_semicolons(
    tmp_path: Path,
) -> None:
    assert faults(
        tmp_path, RENT.replace(",6,", ",1.500,").replace(",", ";"), header=HEADER.replace(",", ";")
    ) == [
        'flows.csv:2: amount_usd_bn: "1.500" may be 1.5 or 1500 where cells are separated by '
        "semicolons; write 1.5 or 1500"
    ]
