"""Rules about evidence: how good it is, and what a derived amount rests on."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from tightrope.findings import Finding
from tightrope.rules.frames import Frames, found, in_use, line_of

GRADES = {"filing": 0, "company": 1, "press": 2, "secondary": 3, "derived": 4}
GRADED = ("events", "financials", "terms", "outside_checks")


def no_grade_is_better_than_the_source(frames: Frames) -> Iterator[Finding]:
    """A digest of a filing is a digest."""
    kinds = frames["sources"].drop_duplicates("source_id").set_index("source_id").kind
    for table in GRADED:
        rows = frames[table].assign(kind=frames[table].source_id.map(kinds).fillna(""))
        yield from found(
            f"{table}.csv",
            rows[rows.confidence.map(GRADES) < rows.kind.map(GRADES)],
            "confidence",
            '{confidence} is better than its source "{source_id}", which is {kind}; '
            "grade what was read",
        )


_CITED = {
    "events": ("event_id", "known_on"),
    "financials": ("financial_id", "known_on"),
    "terms": ("term_id", "known_on"),
    "sources": ("source_id", "published_on"),
}
"""Tables whose rows an amount can be derived from: their key, and the day they became public."""


def what_is_derived_cites_what_was_known(frames: Frames) -> Iterator[Finding]:
    """A derived amount names its inputs, and none of them became known after it."""
    public: dict[str, str] = {}
    for name, (key, day) in _CITED.items():
        days = frames[name][day]
        if name != "sources":
            days = days.dt.strftime("%Y-%m-%d")
        ids = f"{name}/" + frames[name][key].astype("str")
        public |= dict(zip(ids, days.fillna(""), strict=True))
    for table in ("events", "financials"):
        frame = frames[table]
        if not in_use(frame, "derived_from"):
            continue
        yield from found(
            f"{table}.csv",
            frame[frame.confidence.eq("derived") & frame.derived_from.eq("")],
            "derived_from",
            "a derived value must cite the rows it is computed from, as table/id",
        )
        yield from _citations(table, frame[frame.derived_from.ne("")], public)


def _citations(table: str, rows: pd.DataFrame, public: dict[str, str]) -> Iterator[Finding]:
    days = rows.known_on.dt.strftime("%Y-%m-%d").fillna("9999-12-31")
    for line, own, source, cited, day in zip(
        rows.index,
        f"{table}/" + rows[_CITED[table][0]],
        "sources/" + rows.source_id,
        rows.derived_from.str.split(),
        days,
        strict=True,
    ):
        for one in cited:
            if one == own:
                message = f'"{one}" is the row itself; cite what it is computed from'
            elif one not in public:
                message = f'"{one}" is not there; cite a row of {", ".join(_CITED)} as table/id'
            elif one != source and public[one] > day:
                message = (
                    f'"{one}" became known on {public[one]}, after this row ({day}); '
                    "a row rests only on what was public on its day"
                )
            else:
                continue
            yield Finding(f"{table}.csv", line_of(line), "derived_from", message)
