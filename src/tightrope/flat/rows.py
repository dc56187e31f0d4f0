"""Read the rows of a table as payments, and find all that is wrong with them at once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from tightrope.findings import Finding, quoted
from tightrope.flat import amounts, days, plausible, words
from tightrope.flat.columns import MONEY, REQUIRED, Match
from tightrope.flat.options import Options
from tightrope.flat.parties import known_as
from tightrope.flat.table import Table
from tightrope.flat.units import Unit

_Fault = Callable[[str, str], None]
"""Says what is wrong in a column of the row at hand."""


class Payment(NamedTuple):
    """A row of the table: one step of a payment. Amounts are USD billion, NaN where none is."""

    line: int
    day: pd.Timestamp
    payer: str
    payee: str
    kind: str
    status: str
    amount: float
    low: float
    high: float
    ends_on: pd.Timestamp
    note: str
    deal: str
    source: str
    source_kind: str
    """What the table says of the kind of its source; "" if nothing."""
    stated_by: str
    is_conditional: bool


@dataclass
class Read:
    """What was read of a table, what is wrong with it, and what was assumed."""

    payments: list[Payment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Rows that are no payment, one line each."""
    assumed: list[str] = field(default_factory=list)


def read(table: Table, match: Match, options: Options) -> Read:
    """The payments of a table, in its order. Faults of one row do not hide those of another."""
    found = _Rows(table, match, options)
    for line, cells in zip(table.lines, table.rows, strict=True):
        found.add(line, {name: cells[place] for name, place in match.places.items()})
    if not options.sure:
        found.result.findings += plausible.check(table.name, found.checked)
    if found.commas:
        number = len(found.commas)
        found.result.assumed.append(
            f"A comma in an amount is read as the sign before its fraction, as in "
            f"“{found.commas[0]}” ({number} amount{'' if number == 1 else 's'})."
        )
    found.result.assumed += list(_told(found.readings))
    return found.result


def _told(readings: Counter[tuple[str, str, str]]) -> Iterator[str]:
    for (column, given, value), count in sorted(readings.items()):
        rows = f"{count} row{'' if count == 1 else 's'}"
        yield f"{column} “{given}” is read as {value} ({rows})."


_OF_UNITS = ("unit", "currency", "rate")
"""The columns that say of each row what its amounts are worth."""


class _Rows:
    def __init__(self, table: Table, match: Match, options: Options) -> None:
        self.table, self.match, self.options = table, match, options
        self.result = Read()
        self.checked: list[plausible.Checked] = []
        self.readings: Counter[tuple[str, str, str]] = Counter()
        self.commas: list[str] = []
        self._seen: dict[tuple[str, ...], int] = {}
        self._factors: dict[amounts.Said, amounts.Factor] = {}

    def add(self, line: int, row: dict[str, str]) -> None:
        """Read one row; whatever is wrong with it becomes findings."""
        findings: list[Finding] = []

        def fault(column: str, message: str) -> None:
            place = self.match.places.get(column)
            heading = column if place is None else self.table.header[place]
            findings.append(Finding(self.table.name, line, heading, message))

        cell = {name: row.get(name, "") for name in (*REQUIRED, *row)}
        has_both = bool(cell["payer"] and cell["payee"])
        kind = self._word("kind", cell["kind"], words.kind(cell["kind"], has_both), fault)
        if kind == words.NO_PAYMENT:
            names = " and ".join(filter(None, (cell["payer"], cell["payee"]))) or "nobody named"
            told = f"line {line}: {cell['kind']} of {names}"
            self.result.left_out.append(told + (f", {cell['deal']}" if cell.get("deal") else ""))
            return
        first = self._seen.setdefault(tuple(_plain(one) for one in row.values()), line)
        if first != line:
            fault(
                "date",
                f"the row says the same as line {first}; delete one of them, or say "
                "in note or deal what sets two payments apart",
            )
        for side in ("payer", "payee"):
            if not cell[side] and side in self.match.places:
                fault(
                    side, f"must not be empty; name who {'pays' if side == 'payer' else 'is paid'}"
                )
        if has_both and known_as(cell["payer"]) == known_as(cell["payee"]):
            fault(
                "payee", f"{quoted(cell['payee'])} pays itself; payer and payee must be two parties"
            )
        status = self._word("status", cell["status"], words.status(cell["status"]), fault)
        stated = words.stated_by(cell.get("stated_by", ""))
        if stated.fault:
            fault("stated_by", stated.fault)
        source_kind = words.source_kind(cell.get("source_kind", ""))
        if source_kind.fault:
            fault("source_kind", source_kind.fault)
        if not cell["source"] and "source" in self.match.places:
            fault(
                "source",
                "must not be empty; every row needs an address, or words that name a document",
            )
        day = self._day("date", cell["date"], line, fault)
        ends_on = pd.NaT
        if cell.get("ends_on"):
            ends_on = self._day("ends_on", cell["ends_on"], line, fault)
            if ends_on < day:
                fault("ends_on", f"{ends_on:%Y-%m-%d} is before the date, {day:%Y-%m-%d}")
        values = self._amounts(line, cell, fault)
        if (
            values["low"] > values["amount"]
            or values["amount"] > values["high"]
            or (values["low"] > values["high"])
        ):
            fault("amount", "low, amount and high must rise")
        self.result.findings += findings
        if self.result.findings or self.match.findings:
            return
        note = cell.get("note", "")
        if any(sign in cell["status"] for sign in ":(;"):
            note = f"{note} Status in the table: {cell['status']}.".strip()
        self.result.payments.append(
            Payment(
                line=line,
                day=day,
                payer=cell["payer"],
                payee=cell["payee"],
                kind=kind,
                status=status,
                **values,
                ends_on=ends_on,
                note=note,
                deal=cell.get("deal", ""),
                source=cell["source"],
                source_kind=source_kind.value,
                stated_by=stated.value,
                is_conditional=words.spelled(cell["status"]).startswith("conditional"),
            )
        )

    def _word(self, column: str, cell: str, reading: words.Reading, fault: _Fault) -> str:
        if reading.fault:
            if column in self.match.places:
                fault(column, reading.fault)
        elif not reading.is_own_word and reading.value != words.NO_PAYMENT:
            self.readings[column.capitalize(), cell, reading.value] += 1
        return reading.value

    def _day(self, column: str, cell: str, line: int, fault: _Fault) -> pd.Timestamp:
        if column not in self.match.places:
            return pd.NaT
        read = days.read(cell)
        if read.fault:
            fault(column, read.fault)
        elif read.period:
            self.readings[column.capitalize(), read.period, f"{read.day:%Y-%m-%d}"] += 1
        return read.day

    def _amounts(self, line: int, cell: dict[str, str], fault: _Fault) -> dict[str, float]:
        """Amount, low and high of a row in USD billion."""
        values = dict.fromkeys(MONEY, math.nan)
        for column in MONEY:
            if not cell.get(column):
                continue
            read = amounts.number(cell[column], self.table.separator)
            if read.fault:
                fault(column, read.fault)
            elif read.value == 0 and column != "low":
                fault(column, "is 0; leave it empty where no amount is known")
            if read.has_comma:
                self.commas.append(cell[column])
            factor = self._factor(column, cell)
            if factor.fault and any(cell.get(one) for one in _OF_UNITS):
                fault(factor.column if cell.get(factor.column) else column, factor.fault)
            elif factor.fault:
                # What no cell of the row says is a fault of the heading, once for all rows.
                heading = self.table.header[self.match.places[column]]
                found = Finding(self.table.name, self.table.line, heading, factor.fault)
                if found not in self.result.findings:
                    self.result.findings.append(found)
            if read.fault or factor.fault:
                continue
            values[column] = float(f"{read.value * factor.usd_bn:.12g}")
            text = " ".join(cell.get(name, "") for name in ("note", "deal", "source"))
            place = self.match.places[column]
            heading = self.table.header[place]
            self.checked.append(
                plausible.Checked(line, heading, cell[column], values[column], text)
            )
        return values

    def _factor(self, column: str, cell: dict[str, str]) -> amounts.Factor:
        said = amounts.Said(
            self.match.units.get(column, Unit()),
            cell.get("unit", ""),
            cell.get("currency", ""),
            cell.get("rate", ""),
        )
        if said not in self._factors:
            options = self.options
            made = amounts.factor(said, options.unit, options.currency, options.rates)
            self._factors[said] = made
            if not made.fault and made.unit.currency != "USD":
                self.result.assumed.append(
                    f"{made.unit.currency} counts at {made.rate:g} US dollars, as given."
                )
        return self._factors[said]


def _plain(cell: str) -> str:
    return " ".join(cell.split())
