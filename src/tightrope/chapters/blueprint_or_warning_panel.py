"""The six figures to watch in one picture, and in words as the table under it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units, upcoming
from tightrope.chapters.blueprint_or_warning import percent
from tightrope.chapters.blueprint_or_warning_facts import thresholds
from tightrope.chapters.blueprint_or_warning_six import Six, in_words
from tightrope.charts.figure import Figure
from tightrope.charts.needle import LINES, Needle, Watched, needles
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening

_NEAR = 0.05
"""Of the length of a scale."""
Says = Sequence[tuple[str, str, str]]
"""For each measure what it is, the threshold of the blueprint, and that of the warning."""


def measures(*texts: str) -> list[tuple[str, str, str]]:
    """The words of `table`: blocks between empty lines, each of three parts with | between.

    Raises ValueError for a block that has other than three parts.
    """
    blocks = [" ".join(block.split()) for text in texts for block in text.split("\n\n")]
    found = []
    for block in blocks:
        what, blueprint, warning = (part.strip() for part in block.split("|"))
        found.append((what, blueprint, warning))
    return found


def table(six: Six, says: Says, later: Sequence[str]) -> pd.DataFrame:
    """The six measures, today's value of each, both thresholds, and where the next one stands.

    `{plan}` and the like in `says` are `thresholds`; `later` has the next value of each.
    """
    written = thresholds(six)
    rows = [
        (what, today, *(words.format(**written) for words in rest), after)
        for (what, *rest), today, after in zip(says, _today(six), later, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "today", "blueprint", "warning", "next"])


def _today(six: Six) -> list[str]:
    """Today's value of each measure in words."""
    bn, sales, margin, due = units.usd_bn, six.sales, six.margin, six.due
    called, loss = six.surety.called, six.interest.loss.value
    paid = units.usd_bn_known(math.nan, six.round.low, six.round.high)
    soon = f"about {units.usd_bn_range(due.low, due.high)} of {bn(due.backlog.value)}"
    calls = "nothing known to be called" if called == 0 else f"{bn(called)} called"
    losses = f"with a net loss of {bn(loss)}" if loss > 0 else "without a net loss"
    of_sales = f"{bn(six.interest.paid.value)} of {bn(six.interest.sales.value)}"
    words = {
        "so-far": f"{bn(sales.so_far.value)} in {sales.when}",
        "margin-sum": f"{margin.percent.value:.0f}%, {bn(margin.left.value)} "
        f"in {in_words(margin.period)}",
        f"{due.party}-soon": f"{percent(due.percent / 100)}, {soon}",
        "round-paid": f"{paid} of {bn(six.round.raised.value)}, as far as is known",
        "surety": f"up to {bn(six.surety.most.value)}, {calls}",
        "interest-share": f"{of_sales}, {percent(six.interest.share.value)}, {losses}, "
        f"in {in_words(six.interest.period)}",
    }
    return list(words.values())


def nearest(found: Mapping[str, Needle], says: Says) -> list[str]:
    """The names of the needles that stand close to the line of their warning, on either side."""
    return [
        what
        for (what, *_), one in zip(says, found.values(), strict=False)
        if not math.isnan(one.warning) and abs(one.place(one.value) - LINES[0]) < _NEAR
    ]


def state_nearest(fact: Facts, found: Mapping[str, Needle], says: Says) -> None:
    """State which needles stand close to the line of their warning, as a sentence."""
    names = nearest(found, says)
    words = f"Closest to a warning: {'; '.join(names)}." if names else "None is close to a warning."
    fact.words("nearest", words, "needles less than a twentieth of a scale from the warning’s line")


def panel(
    page: Opening,
    six: Six | None,
    found: Mapping[str, Needle],
    says: Says,
    watch: Mapping[str, Sequence[str]],
) -> Figure | None:
    """The needles of `start_needles` side by side; None before all are known.

    `watch` has the rows of the watch list that may bring the next value of each.
    """
    if six is None or not found:
        return None
    later, rows = [], list(six.rows)
    for name in found:
        one = upcoming.next_of(page.book, watch[name])
        later.append(one.words if one else "no fixed day")
        rows += [one.row] if one else []
    known = table(six, says, later)
    some = [
        Watched(what, one, after)
        for (what, *_), one, after in zip(says, found.values(), later, strict=True)
    ]
    return Figure(
        id="blueprint-or-warning-six",
        title="Six figures to watch, each between a warning and a blueprint",
        subtitle=f"Left the warning, right the blueprint, {page.as_known}; a hollow needle is a "
        "projection",
        description="Six scales with a needle each. "
        + " ".join(
            f"{row.measure}: {row.today}. Warning: {row.warning}. Blueprint: {row.blueprint}. "
            f"Next value: {row.next}."
            for row in known.itertuples()
        ),
        draw=lambda width: needles(some, width),
        frame=known,
        labels={
            "measure": "What to watch",
            "today": "Today",
            "blueprint": "Blueprint if",
            "warning": "Warning if",
            "next": "Next value",
        },
        rows=rows,
        book=page.book,
    )
