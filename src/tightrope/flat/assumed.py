"""The list of what a flat table did not say and its package assumes, for the owner to check."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from tightrope.flat.documents import NOWHERE
from tightrope.flat.legs import Leg, Step
from tightrope.flat.tables import Row

FILE = "ASSUMED.md"


def general(rows: Mapping[str, Sequence[Row]], legs: Sequence[Leg]) -> Iterator[str]:
    """What holds for all rows of a table, with how many there are of each kind."""
    events, sources = rows["events"], rows["sources"]
    steps = [step for leg in legs for step in leg.steps]
    yield (
        "Every step happened and became known on the day of its row; that of a month, a quarter "
        "or a year is its last day."
    )
    newest = max((step.row for step in steps), key=lambda row: row.day)
    yield (
        f"The book is that of {newest.day:%Y-%m-%d}, the day of the newest row (line "
        f"{newest.line}). If that is when money is due, it belongs into ends_on, and into date "
        "the day on which the step became known."
    )
    if without := sum(
        math.isnan(s.amount) and math.isnan(s.low) and math.isnan(s.high) for s in steps
    ):
        yield f"{_rows(without)} no amount: nobody published one, and no total counts it."
    if ceilings := sum(row["amount_bound"] == "ceiling" for row in events):
        yield f"{_rows(ceilings)} only high: at most so much, and perhaps nothing."
    if floors := sum(row["amount_bound"] == "floor" for row in events):
        yield f"{_rows(floors)} only low: at least so much, open above."
    if bounded := [step.row.line for step in steps if _may_be_bound(step)]:
        yield (
            "The note says “up to” or “at least”, and the amount stands alone, in "
            f"{'line' if len(bounded) == 1 else 'lines'} {', '.join(map(str, bounded))}: it counts "
            "as it stands. If it is a ceiling it belongs into high, if a floor into low."
        )
    dated = sum(row["schedule"] == "even" for row in rows["legs"])
    yield (
        f"What is not paid yet falls evenly from the day of the row to ends_on in {dated} of "
        f"{len(rows['legs'])} payments; the others have no end, and fall in no year."
    )
    spoken = sum(step.row.stated_by == "" and step.row.status not in _KNOWN for step in steps)
    if spoken:
        yield (
            f"{_rows(spoken)} no stated_by: the side whose own address the source has is taken to "
            "have said it, and the payer where it has neither's."
        )
    yield "Shares are paid in stock, warrants as warrants, and everything else in cash."
    yield (
        "Deals of the focal party are in the middle of the web; all others are where the money "
        "goes next (scope onward)."
    )
    yield (
        "No document was opened: each was read as an extract, what the table says of it, with the "
        "confidence secondary (derived for an estimate). Raise it for those that you have read."
    )
    yield (
        "A document is of the year of the first row that names it, and was read by the day of the "
        "newest row: the table gives neither day."
    )
    if nowhere := sum(row["url"].startswith(NOWHERE) for row in sources):
        yield (
            f"{nowhere} of {len(sources)} documents have no address in the table; one under "
            f"{NOWHERE} stands in, which leads nowhere. Put the real one in its place."
        )
    yield "No figures of parties, no claims and no scenarios: those tables are empty."
    yield "The licence of the package is open: name one in datapackage.json before you pass it on."


_KNOWN = ("estimated", "reported")
_BOUND = re.compile(r"\b(up to|at most|at least|more than)\b", re.IGNORECASE)


def _may_be_bound(step: Step) -> bool:
    """Whether the words of a row call its amount, which has no ends, a ceiling or a floor."""
    is_alone = math.isnan(step.row.low) and math.isnan(step.row.high)
    return not math.isnan(step.row.amount) and is_alone and bool(_BOUND.search(step.row.note))


def _rows(count: int) -> str:
    return f"{count} row has" if count == 1 else f"{count} rows have"


def page(
    table: str,
    shown: Sequence[tuple[str, str]],
    left_out: Sequence[str],
    assumed: Sequence[str],
) -> str:
    """The whole list as Markdown: how the columns were read, what was left out, what assumed."""
    parts = [
        f"# What this package assumes\n\nIt was made from `{table}`. Go through the list; what is "
        "wrong is one cell in a CSV file here.",
        "## How the columns were read\n\n| heading | read as |\n|---|---|\n"
        + "\n".join(f"| {_cell(name)} | {column or 'not used'} |" for name, column in shown),
    ]
    if left_out:
        parts.append("## Rows left out, because they are no payment\n\n" + _list(left_out))
    parts.append("## Assumptions\n\n" + _list(assumed))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "(no name)"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
