"""Rules about days: what happened, when it became known, and what proves that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd

from tightrope import periods
from tightrope.csvpackage import FIRST_DAY, LAST_DAY
from tightrope.findings import Finding, quoted
from tightrope.rules.frames import Frames, found, in_use, line_of


def dates_are_in_order(frames: Frames) -> Iterator[Finding]:
    """Things happen before they are known, legs start before they end, deals come first."""
    events, legs, deals = frames["events"], frames["legs"], frames["deals"]
    for line, event in events[events.happened_on > events.known_on].iterrows():
        yield Finding(
            "events.csv",
            line_of(line),
            "known_on",
            f"{event.known_on:%Y-%m-%d} is before happened_on {event.happened_on:%Y-%m-%d}; "
            "nothing is known before it happens",
        )
    for line, leg in legs[legs.starts_on > legs.ends_on].iterrows():
        yield Finding(
            "legs.csv",
            line_of(line),
            "ends_on",
            f"{leg.ends_on:%Y-%m-%d} is before starts_on {leg.starts_on:%Y-%m-%d}",
        )
    known = events.merge(legs[["leg_id", "deal_id"]], on="leg_id").groupby("deal_id").known_on.min()
    first = known.reindex(deals.deal_id).set_axis(deals.index)
    for line, deal in deals[deals.announced_on > first].iterrows():
        yield Finding(
            "deals.csv",
            line_of(line),
            "announced_on",
            f"{deal.announced_on:%Y-%m-%d} is after the deal's first event became known "
            f"({first[line]:%Y-%m-%d}); use that day or an earlier one",
        )


DATED = ("events", "financials", "terms", "outside_checks")
"""The tables whose rows say why they became known on that day."""


def _published(frames: Frames, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table with what their source shows: `kind`, and `published_on` as text."""
    sources = frames["sources"].drop_duplicates("source_id")
    shown = sources[["source_id", "kind", "published_on"]]
    rows = rows.rename_axis("line").reset_index()
    rows = rows[rows.known_on.notna()].merge(shown, on="source_id").set_index("line")
    return rows.assign(day=rows.known_on.dt.strftime("%Y-%m-%d"))


def _is_later(published: pd.Series, days: pd.Series) -> pd.Series:
    """Whether a document came after a day, as far as it shows: 2026-06 is not after 2026-06-11."""
    later = [shown > day[: len(shown)] for shown, day in zip(published, days, strict=True)]
    return pd.Series(later, index=published.index, dtype="bool")


def _unexplained(frames: Frames, table: str) -> pd.DataFrame:
    rows = frames[table]
    return _published(frames, rows[rows.known_on_reason.eq("")])


def the_day_of_a_digest_needs_a_reason(frames: Frames) -> Iterator[Finding]:
    """A digest tells of something that was public before it."""
    for table in DATED:
        if in_use(frames[table], "known_on_reason"):
            rows = _unexplained(frames, table)
            yield from found(
                f"{table}.csv",
                rows[rows.kind.eq("secondary") & rows.published_on.eq(rows.day)],
                "known_on",
                'is the day of its own digest "{source_id}"; give the first day on which anyone '
                "published it, or say in known_on_reason what was searched",
            )


def a_day_before_the_source_needs_a_reason(frames: Frames) -> Iterator[Finding]:
    """A document of a later day proves an earlier one only with a word on how."""
    for table in DATED:
        if frames[table].empty:
            continue
        rows = _unexplained(frames, table)
        yield from found(
            f"{table}.csv",
            rows[_is_later(rows.published_on, rows.day)],
            "known_on",
            '{day} is before its source "{source_id}" was published ({published_on}); '
            "say in known_on_reason what proves the earlier day",
        )


def nothing_is_known_later_than_its_source(frames: Frames) -> Iterator[Finding]:
    """What a document says is public since that document is."""
    for table in DATED:
        if in_use(frames[table], "known_on_reason"):
            rows = _published(frames, frames[table])
            yield from found(
                f"{table}.csv",
                rows[rows.published_on.str.len().eq(10) & (rows.published_on < rows.day)],
                "known_on",
                '{day} is after its source "{source_id}" was published ({published_on}); '
                "use that day or an earlier one",
            )


def a_reason_is_the_documents_own(frames: Frames) -> Iterator[Finding]:
    """One text for rows of different documents gives the reason of none."""
    for table in DATED:
        rows = frames[table][frames[table].known_on_reason.ne("")]
        sources = rows.groupby("known_on_reason").source_id.transform("nunique")
        yield from found(
            f"{table}.csv",
            rows[sources > 1],
            "known_on_reason",
            "stands on rows of other sources too; say what proves the day of this one",
        )


_SHOWN = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_BOUNDS = f"from {FIRST_DAY[:4]} to {LAST_DAY[:4]}"


@cache
def _fault(period: str) -> str:
    """What is wrong with a period that is spelled as one; "" if nothing is."""
    try:
        periods.parse(period)
    except ValueError as error:
        return str(error)
    # By the years that it names: where a fiscal year lies is a rule of ours.
    named = re.findall("[0-9]{4}", period)
    if all(FIRST_DAY[:4] <= year <= LAST_DAY[:4] for year in named):
        return ""
    return f"{quoted(period)} is not within the years of the data, {_BOUNDS}"


def a_document_has_a_day_of_the_calendar(frames: Frames) -> Iterator[Finding]:
    """A document was published on a real day, month or year, and read no earlier."""
    sources = frames["sources"]
    fits = sources.published_on.str.fullmatch(_SHOWN).astype("bool")
    real = fits & sources.published_on.where(fits, "").map(_fault).eq("")
    yield from found(
        "sources.csv",
        sources[fits & ~real],
        "published_on",
        f'"{{published_on}}" is not in the calendar; give a day, a month or a year {_BOUNDS}',
    )
    read = sources[real & sources.accessed_on.notna()]
    read = read.assign(day=read.accessed_on.dt.strftime("%Y-%m-%d"))
    yield from found(
        "sources.csv",
        read[_is_later(read.published_on, read.day)],
        "accessed_on",
        "{day} is before published_on {published_on}; nothing is read before it is published",
    )


def a_period_is_in_the_calendar(frames: Frames) -> Iterator[Finding]:
    """A figure is of a real day, month or year, and a span ends no earlier than it begins.

    What is spelled as no period at all, the schema finds.
    """
    for table in ("financials", "outside_checks"):
        for line, period in frames[table].period.items():
            if periods.is_spelled(str(period)) and (message := _fault(str(period))):
                yield Finding(f"{table}.csv", line_of(line), "period", message)
