"""One meaning for a colour and one density for a rung, whatever figure shows them."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import accounts, counting, ledger
from tightrope.charts import marks, theme
from tightrope.charts.matrix import matrix
from tightrope.charts.web import model
from tightrope.dealbook import Dealbook

from .drawings import drawn

FOCAL = "openai"


@pytest.fixture
def legs(book: Dealbook) -> pd.DataFrame:
    """Every leg of the book, of whatever scope, with the direction that it has in all figures."""
    table = ledger.ladder(book)
    ends = {"amount": table.announced, "low": table.announced_low, "high": table.announced_high}
    return table.assign(direction=accounts.directions(table, FOCAL), **ends)


def test_the_web_colours_every_leg_by_its_direction(book: Dealbook, legs: pd.DataFrame) -> None:
    bands = model.bands(model.spells(counting.spells(book), FOCAL))
    known = set(zip(legs.payer, legs.payee, legs.direction, strict=True))
    assert {(band.payer, band.payee, band.hue) for band in bands} == known
    assert len(known) > 100, "the book has bands to compare"


def test_the_matrix_colours_every_leg_by_its_direction(legs: pd.DataFrame) -> None:
    name = {FOCAL: "OpenAI"}
    table = legs[["instrument", "direction"]].assign(
        payer=legs.payer.replace(name), payee=legs.payee.replace(name), amount=1.0
    )
    bars = {
        (row["tip"].split(":")[0], mark["fill"])
        for mark, row in drawn(matrix(table, theme.NARROW), "rect")
        if "tip" in row
    }
    assert bars == {
        (f"{row.payer} → {row.payee}", marks.HUES[str(row.direction)]) for row in table.itertuples()
    }


def test_what_the_focal_party_borrows_is_in_and_what_it_lends_is_out() -> None:
    for instrument in accounts.BORROWED:
        assert accounts.direction("bank", "lab", instrument, "lab") == "in"
        assert accounts.direction("lab", "cloud", instrument, "lab") == "out"
        assert accounts.direction("bank", "cloud", instrument, "lab") == "borrowed"


def test_every_direction_has_a_hue_of_its_own_and_words_in_the_keys(legs: pd.DataFrame) -> None:
    assert set(legs.direction) == set(theme.DIRECTIONS)
    assert len({marks.HUES[direction] for direction in theme.DIRECTIONS}) == len(theme.DIRECTIONS)


def test_a_rung_is_as_dense_in_bars_as_on_the_maps() -> None:
    assert {rung: marks.opacity_of(rung) for rung in marks.RUNGS} == theme.FILLS


def test_what_is_surer_is_no_paler_and_in_lines_without_an_outline_denser() -> None:
    assert list(theme.FILLS.values()) == sorted(theme.FILLS.values(), reverse=True)
    thin = list(theme.THIN_FILLS.values())
    assert thin == sorted(set(thin), reverse=True)
    assert min(thin) > 0
