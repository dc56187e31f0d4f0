"""Rules about days: what happened, when it became known, and what proves that day."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from tightrope.csvpackage import Finding
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


def _published(frames: Frames, table: str) -> pd.DataFrame:
    """The rows of a table with what their source shows: `kind`, and `published_on` as text."""
    sources = frames["sources"].drop_duplicates("source_id")
    shown = sources[["source_id", "kind", "published_on"]]
    rows = frames[table].rename_axis("line").reset_index()
    rows = rows[rows.known_on.notna()].merge(shown, on="source_id").set_index("line")
    return rows.assign(day=rows.known_on.dt.strftime("%Y-%m-%d"))


def _unexplained(frames: Frames, table: str) -> pd.DataFrame:
    rows = _published(frames, table)
    return rows[rows.known_on_reason.eq("")]


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
        if in_use(frames[table], "known_on_reason"):
            rows = _unexplained(frames, table)
            # Only as much of the day as the source shows: 2026-06 is not later than 2026-06-11.
            lengths = rows.published_on.str.len()
            shown = [day[:length] for day, length in zip(rows.day, lengths, strict=True)]
            yield from found(
                f"{table}.csv",
                rows[rows.published_on > pd.Series(shown, index=rows.index, dtype="object")],
                "known_on",
                '{day} is before its source "{source_id}" was published ({published_on}); '
                "say in known_on_reason what proves the earlier day",
            )


def nothing_is_known_later_than_its_source(frames: Frames) -> Iterator[Finding]:
    """What a document says is public since that document is."""
    for table in DATED:
        if in_use(frames[table], "known_on_reason"):
            rows = _published(frames, table)
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
