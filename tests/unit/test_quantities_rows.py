"""Every quantity leads to rows that the book has."""

from __future__ import annotations

import pytest

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.quantities import DEFINITIONS, Quantities


@pytest.fixture(scope="module")
def asked(book: Dealbook) -> Quantities:
    return quantities.of(book)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_quantity_rests_on_rows_of_the_book(book: Dealbook, asked: Quantities, name: str) -> None:
    for row in asked[name].rows:
        table, _, row_id = row.partition("/")
        assert row_id in book.all_ids[table]
