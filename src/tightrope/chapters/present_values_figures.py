"""The figure and the table of what the promises are worth today."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import spending, units
from tightrope.chapters import present_values as chapter
from tightrope.chapters.present_values import Worth
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table
from tightrope.charts.worth import worth
from tightrope.exposure import Dues
from tightrope.publish.opening import Opening

_STANDS, _GIVEN = "Stood in for, if it cannot pay", "Given in shares, if it buys"
_LABELS = {
    "group": "Kind of promise",
    "name": "Counterparty",
    "nominal_usd_bn": "As written",
    "present_low_usd_bn": "Present value, low",
    "present_high_usd_bn": "Present value, high",
    "expected_low_usd_bn": "Expected of it, low",
    "expected_high_usd_bn": "Expected of it, high",
    "note": "Depends on",
}


def promises(page: Opening, found: Worth | None) -> Figure | None:
    """Every kind of promise by counterparty; None before it can be priced."""
    if found is None:
        return None
    table, focal = _table(page, found), page.book.party_name(page.focal)
    shown = table[table.shown].drop(columns="shown")
    whole = units.usd_bn(found.total("nominal"))
    present, expected = (span(found, of) for of in ("present", "expected"))
    legs = [leg for of in (found.owed, found.guaranteed, found.in_kind) for leg in _legs(of)]
    rows = {row for of in (found.owed, found.guaranteed, found.in_kind) for row in _rows(of)}
    return Figure(
        id="present-values",
        title=f"Of {whole} that {focal} still has to pay under contract, {present} is left at "
        f"today’s value, and {expected} of that can be expected",
        subtitle=f"Promises by counterparty, USD billion, {page.as_known}",
        description="For each counterparty a disc at the sum as written, a bar for its present "
        f"value, and a line for what of that can be expected. {_told(shown)}",
        draw=lambda width: worth(shown, width),
        frame=table.drop(columns=["shown", "direction"]).rename(
            columns={end: f"{end}_usd_bn" for end in chapter.ENDS}
        ),
        labels=_LABELS,
        rows=[*(f"legs/{leg}" for leg in legs), *sorted(rows)],
        book=page.book,
        note=_note(found, spending.how_undated(page.book, page.focal)),
    )


def span(found: Worth, of: str) -> str:
    """What all that is owed comes to, low to high; `of` is present or expected."""
    return units.usd_bn_range(found.total(f"{of}_low"), found.total(f"{of}_high"))


def _table(page: Opening, found: Worth) -> pd.DataFrame:
    """One row a promise, as the chart takes it; `shown` says whether it is drawn."""
    focal = page.book.party_name(page.focal)
    owed = f"Owed by {focal}"
    kinds = ((owed, "out", found.owed), (_STANDS, "borrowed", found.guaranteed))
    parts = []
    for group, direction, own in (*kinds, (_GIVEN, "in", found.in_kind)):
        notes = [chapter.condition_words(page.book, legs) for legs in own.legs]
        part = own[chapter.ENDS].assign(
            group=group,
            name=[page.names[party] for party in own.party],
            note=notes,
            direction=direction,
        )
        largest = len(chapter.largest(found)) if group == owed else len(own)
        parts.append(part.assign(shown=[place < largest for place in range(len(own))]))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _told(table: pd.DataFrame) -> str:
    return " ".join(
        f"{row.group}, {row.name}: {units.usd_bn(row.nominal)} as written, "
        f"{units.usd_bn_range(row.present_low, row.present_high)} present, "
        f"{units.usd_bn_range(row.expected_low, row.expected_high)} expected."
        for row in table.set_index("name", drop=False).itertuples(index=False)
    )


def _note(found: Worth, how_undated: str) -> str:
    low, high = found.rates.rate
    return (
        f"Discounted at {low:.1%} to {high:.1%} a year: the Treasury’s yield and a spread for the "
        f"debtor. What has no date falls due over {found.term.low:g} to {found.term.high:g} years, "
        f"{how_undated}. "
        "The chance that signed money falls due is an assumption of this book. A guarantee is an "
        f"option on a default within {found.years.low:g} to {found.years.high:g} years; a warrant "
        "is put at its model value. The kinds are not added up."
    )


def _legs(own: pd.DataFrame) -> list[str]:
    return [leg for legs in own.legs for leg in legs]


def _rows(own: pd.DataFrame) -> list[str]:
    return [row for rows in own.rows for row in rows]


def dues_table(page: Opening, dues: Sequence[Dues]) -> Table | None:
    """What partners owe beside what they are owed, each at the price of its debtor."""
    if not dues:
        return None
    first = page.book.day.year + 1
    frame = pd.DataFrame(
        {
            "name": page.names[one.party],
            "owed": units.usd_bn_range(*one.is_owed),
            "owed_present": units.usd_bn_range(*one.is_owed_present),
            "owes": units.usd_bn_range(*one.owes),
            "owes_present": units.usd_bn_range(*one.owes_present),
            "spread": f"{one.spread:.2%}",
        }
        for one in dues
    )
    focal = page.book.party_name(page.focal)
    return Table(
        frame,
        f"The next four years, from {first}, as written and at present value",
        {
            "name": "Partner",
            "owed": f"Owed by {focal}",
            "owed_present": "Its present value",
            "owes": "Owes lenders and landlords",
            "owes_present": "Its present value at the partner’s own spread",
            "spread": "That spread",
        },
    )
