"""Rules about what is expected, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.descriptor import standard
from tightrope.findings import Finding
from tightrope.rules.frames import Frames, found, line_of

_NAMED = ("parties", "deals", "legs", "events", "sources", "financials", "claims", "terms")
"""The tables whose rows something expected can change."""


def what_is_watched_is_there(frames: Frames) -> Iterator[Finding]:
    """What is expected will move rows that exist, in days that follow each other."""
    watch = frames["watch"]
    keys = {table: standard()[table]["schema"]["primaryKey"][0] for table in _NAMED}
    known = {f"{table}/{row}" for table, key in keys.items() for row in frames[table][key]}
    for line, cell in watch.changes.items():
        for one in str(cell).split():
            if one not in known:
                yield Finding(
                    "watch.csv",
                    line_of(line),
                    "changes",
                    f'"{one}" is not there; name rows as table/id, such as legs/…',
                )
    yield from found(
        "watch.csv",
        watch[watch.expected_from > watch.expected_by],
        "expected_by",
        "{expected_by:%Y-%m-%d} is before expected_from {expected_from:%Y-%m-%d}",
    )


def a_result_is_whole(frames: Frames) -> Iterator[Finding]:
    """A result has its day and its source, and comes after it was expected."""
    watch = frames["watch"]
    has = watch.result.ne("")
    whole = watch.result_on.notna() & watch.result_source_id.ne("")
    none = watch.result_on.isna() & watch.result_source_id.eq("")
    yield from found(
        "watch.csv",
        watch[(has & ~whole) | (~has & ~none)],
        "result",
        "give result, result_on and result_source_id together, or none of them",
    )
    yield from found(
        "watch.csv",
        watch[watch.result_on < watch.known_on],
        "result_on",
        "{result_on:%Y-%m-%d} is before known_on {known_on:%Y-%m-%d}; "
        "what is known already is not expected",
    )
