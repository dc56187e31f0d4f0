"""Accessible tables and CSV for readers."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts.table import Markup, Table, csv_text, html_table, known_usd_bn

EVIL = "<script>alert(1)</script>"
FRAME = pd.DataFrame({"party": [EVIL, "=1+1"], "amount_usd_bn": [-1.5, float("nan")]})


def test_a_table_has_a_caption_scopes_and_no_empty_header() -> None:
    html = html_table(FRAME, "Who", {"party": "Party", "amount_usd_bn": "Amount"})
    assert "<caption>Who</caption>" in html
    assert '<th scope="col">Party</th>' in html
    assert html.count('<th scope="row">') == 2
    assert "<th></th>" not in html


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name() -> None:
    html = html_table(FRAME, "Who & whom", {"party": "Party"})
    assert 'role="region" tabindex="0" aria-label="Who &amp; whom"' in html


def test_whatever_a_cell_holds_is_shown_as_text() -> None:
    html = html_table(FRAME, EVIL, {"party": EVIL})
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_only_markup_is_trusted() -> None:
    html = html_table(FRAME, "x", {"party": "P"}, {"party": lambda _: Markup("<b>ok</b>")})
    assert "<b>ok</b>" in html


def test_a_missing_amount_is_undisclosed() -> None:
    assert "undisclosed" in html_table(FRAME, "x", {"party": "P", "amount_usd_bn": "A"})


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_numbers_stay() -> None:
    assert csv_text(FRAME).splitlines() == [
        "party,amount_usd_bn",
        f"{EVIL},-1.5",
        "'=1+1,",
    ]


def test_a_number_has_the_digits_that_every_processor_agrees_on() -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in binary.
    frame = pd.DataFrame({"cash": [0.1 + 0.2, 1 / 3, -258.5]})
    assert csv_text(frame).splitlines() == ["cash", "0.3", "0.3333333333", "-258.5"]


def test_whole_numbers_stay_as_they_are() -> None:
    frame = pd.DataFrame({"year": [2026, 2030], "id": [12_345_678_901_234, 0]})
    assert csv_text(frame).splitlines() == ["year,id", "2026,12345678901234", "2030,0"]


def test_a_table_shows_itself_in_a_notebook() -> None:
    table = Table(FRAME, "Who", {"party": "Party"})
    assert table._repr_html_().startswith('<div class="table-scroll"')
    assert repr(table) == "Who: 2 rows"


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("paid_usd_bn", "none known"),
        ("in_paid_usd_bn", "none known"),
        ("paid_high_usd_bn", "none known"),
        ("binding_usd_bn", "$0"),
        ("prepaid_usd_bn", "$0"),
    ],
)
def test_a_column_of_payments_claims_no_payment_of_nothing(column: str, written: str) -> None:
    frame = pd.DataFrame({"party": ["Oracle"], column: [0.0]})
    labels = {"party": "Party", column: "Sum"}
    assert f'<td class="number">{written}</td>' in html_table(frame, "Who", labels)
    assert csv_text(frame).splitlines()[1] == "Oracle,0"


def test_an_amount_of_which_zero_is_a_silence_is_written_as_none_known() -> None:
    assert known_usd_bn(0.0) == "none known"
    assert known_usd_bn(2.5) == "$2.5\N{NO-BREAK SPACE}bn"
