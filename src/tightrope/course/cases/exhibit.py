"""What an exhibit of a handout is: a table and a picture, and the rows of the data behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from tightrope.dealbook import KEYS, Dealbook


@dataclass(frozen=True)
class Line:
    """A line of an exhibit's table: its cells as they are written, and the rows that it cites."""

    cells: tuple[str, ...]
    rows: tuple[str, ...] = ()
    """Rows of the data (`table/id`) whose documents stand beside the line."""
    is_sum: bool = False


@dataclass(frozen=True)
class Exhibit:
    """A table, with or without a picture (SVG) above it.

    `rows` are those behind the picture and the sums, beyond what the lines cite.
    """

    id: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    rows: tuple[str, ...] = ()
    picture: str = ""

    @property
    def all_rows(self) -> tuple[str, ...]:
        """Every row of the data that the exhibit shows or rests on, each once."""
        cited = (row for line in self.lines for row in line.rows)
        return tuple(dict.fromkeys([*cited, *self.rows]))


def late(book: Dealbook, rows: Iterable[str], day: str) -> list[str]:
    """Those of these rows that nobody knew on `day`, by the columns `known_on` of all of `book`.

    A leg is known from its first step, a deal from the first of its legs, a party from the first
    leg or figure that names it. A row that the book does not have is known on no day.
    """
    known = _first_known(book)
    when = pd.Timestamp(day)
    return [row for row in rows if not (row in known and known[row] <= when)]


def _first_known(book: Dealbook) -> Mapping[str, pd.Timestamp]:
    known: dict[str, pd.Timestamp] = {}

    def seen(row: str, day: pd.Timestamp) -> None:
        known[row] = min(day, known.get(row, day))

    for table in ("events", "financials", "terms", "watch", "outside_checks"):
        frame: pd.DataFrame = getattr(book, table)
        for key, day in zip(frame[KEYS[table]], frame.known_on, strict=True):
            seen(f"{table}/{key}", day)
    for party, day in zip(book.financials.party_id, book.financials.known_on, strict=True):
        seen(f"parties/{party}", day)
    legs = book.legs.set_index("leg_id")
    for leg, day in zip(book.events.leg_id, book.events.known_on, strict=True):
        seen(f"legs/{leg}", day)
        seen(f"deals/{legs.deal_id[leg]}", day)
        for side in (legs.payer_id, legs.payee_id):
            seen(f"parties/{side[leg]}", day)
    return known
