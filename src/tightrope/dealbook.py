"""Read the data package and give the view of it as of a date."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from tightrope import cells, paths
from tightrope.csvpackage import (
    newest_day,
    read_all,
    reading_ended,
    to_frames,
    undescribed,
    unread,
)
from tightrope.descriptor import describe, focal
from tightrope.findings import DataError as DataError
from tightrope.findings import Finding

LAYERS = ("announced", "binding", "paid")
MIDDLE = ("focal", "openai")
"""The scope of the focal party's own deals, by its name now and that of earlier packages."""
SCOPES = (*MIDDLE, "onward", "financing", "comparison", "vendor_finance_2000")
"""The parts of the web that a deal can belong to, from the middle outward."""
WEB = SCOPES[:4]
"""The web of the focal party; the other scopes are there to compare it with."""
Given = ParamSpec("Given")
Made = TypeVar("Made")
_KEPT = 4
"""How many packages `load` keeps in mind."""


@dataclass(frozen=True)
class Dealbook:
    """The deal data as known on one day.

    Each table is a frame with the columns that `datapackage.json` describes. Amounts are USD
    billion, nominal; dates are timestamps; empty amounts are NaN; empty text is "".
    """

    parties: pd.DataFrame
    deals: pd.DataFrame
    legs: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    financials: pd.DataFrame
    claims: pd.DataFrame
    scenarios: pd.DataFrame
    terms: pd.DataFrame
    watch: pd.DataFrame
    outside_checks: pd.DataFrame
    day: pd.Timestamp
    """The day whose knowledge this is."""
    read_until: pd.Timestamp
    """The day until when public text was read for these data: what is due later is not overdue."""
    all_ids: dict[str, list[str]]
    """Every id of every table, also of rows not yet known on `day`: tells late from misspelt."""
    focal: str
    """The party in the middle, by its id: whom the package is about; "" if it does not say."""

    def as_of(self, day: str | dt.date = "") -> Dealbook:
        """The book as it was known on `day` (YYYY-MM-DD); "" leaves it as it is.

        Keeps the events, figures, terms, outside checks and watched items with `known_on` up to
        that day, and the deals, legs, parties and sources that they touch; a watched item has its
        result only from the day on which that was published. Claims and scenarios have no day and
        stay. Raises ValueError for a day that is no date or lies before the first event.
        """
        if day == "":
            return self
        when = parse_day(day)
        first = self.events.known_on.min()
        if when < first:
            raise ValueError(
                f"as_of {when:%Y-%m-%d} is before the first event; "
                f"the book begins on {first:%Y-%m-%d}"
            )
        return self.once(("as_of", when), lambda: self._until(when))

    def _until(self, when: pd.Timestamp) -> Dealbook:
        watch = self.watch[self.watch.known_on <= when].copy()
        watch.loc[~(watch.result_on <= when), ["result", "result_source_id"]] = ""
        watch.loc[~(watch.result_on <= when), "result_on"] = pd.NaT
        return replace(
            self,
            financials=self.financials[self.financials.known_on <= when],
            terms=self.terms[self.terms.known_on <= when],
            watch=watch,
            outside_checks=self.outside_checks[self.outside_checks.known_on <= when],
            day=when,
            read_until=min(when, self.read_until),
        )._narrowed(self.events[self.events.known_on <= when])

    def within(self, *scopes: str) -> Dealbook:
        """The book with the deals of these scopes only; figures of parties stay.

        Raises ValueError for a scope that no deal of the data package can have.
        """
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown:
            raise ValueError(f'scope must be one of {", ".join(SCOPES)}, not "{unknown[0]}"')
        return self.once(("within", scopes), lambda: self._of_scopes(scopes))

    def _of_scopes(self, scopes: tuple[str, ...]) -> Dealbook:
        deals = self.deals.deal_id[self.deals.scope.isin(scopes)]
        legs = self.legs.leg_id[self.legs.deal_id.isin(deals)]
        return self._narrowed(self.events[self.events.leg_id.isin(legs)])

    def _narrowed(self, events: pd.DataFrame) -> Dealbook:
        """The book with these events, and only what they and the figures touch."""
        legs = self.legs[self.legs.leg_id.isin(events.leg_id)]
        # An umbrella without legs of its own is known as soon as one of its parts is.
        known = self.deals.deal_id.isin(legs.deal_id)
        umbrella = self.deals.deal_id.isin(self.deals.parent_deal_id[known])
        named = {*legs.payer_id, *legs.payee_id, *self.financials.party_id}
        terms = self.terms[self.terms.leg_id.isin(legs.leg_id)]
        others = (self.financials, self.claims, self.scenarios, self.watch, self.outside_checks)
        cited = {*self.watch.result_source_id}.union(
            *(t.source_id for t in (events, terms, *others))
        )
        return replace(
            self,
            parties=self.parties[self.parties.party_id.isin(named)],
            deals=self.deals[known | umbrella],
            legs=legs,
            events=events,
            terms=terms,
            sources=self.sources[self.sources.source_id.isin(cited)],
        )

    def party_name(self, party_id: str) -> str:
        """Name of a party as readers know it; the id itself where the party is not known yet."""
        return self._names.get(party_id, party_id)

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.parties.party_id, self.parties["name"], strict=True))

    def sources_of(self, rows: Iterable[str]) -> list[str]:
        """The sources that rows (`table/id`) rest on, in order and each once.

        A deal rests on its legs, a leg on its events, as far as they are known on the book's day;
        a party rests on nothing.
        """
        cited = (source for row in rows for source in self._sources.get(row, ()))
        return list(dict.fromkeys(cited))

    @cached_property
    def _memory(self) -> dict[Hashable, Any]:
        """What was made of this very book; see `once`."""
        return {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of this book, made when it is first asked for under this key.

        Everyone who asks is given the same object, so nobody may change it.
        """
        if key not in self._memory:
            self._memory[key] = make()
        made: Made = self._memory[key]
        return made

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        """The sources of every row by `table/id`."""
        deal_of = self.legs.set_index("leg_id").deal_id
        rests: dict[str, list[str]] = {
            f"sources/{row_id}": [row_id] for row_id in self.sources.source_id
        }
        for event_id, leg_id, source_id in zip(
            self.events.event_id, self.events.leg_id, self.events.source_id, strict=True
        ):
            for row in (f"events/{event_id}", f"legs/{leg_id}", f"deals/{deal_of[leg_id]}"):
                rests.setdefault(row, []).append(source_id)
        for table in ("financials", "claims", "scenarios", "terms", "watch", "outside_checks"):
            frame: pd.DataFrame = getattr(self, table)
            for row_id, source_id in zip(frame[KEYS[table]], frame.source_id, strict=True):
                rests[f"{table}/{row_id}"] = [source_id]
        return rests


def remembered(
    measure: Callable[Concatenate[Dealbook, Given], pd.DataFrame],
) -> Callable[Concatenate[Dealbook, Given], pd.DataFrame]:
    """A measure that reckons once for a book and the same arguments, which must be hashable.

    A book does not change, so its measures need not be taken twice. Every caller gets a frame of
    its own, to change as it likes.
    """

    def recalled(book: Dealbook, /, *args: Given.args, **kwargs: Given.kwargs) -> pd.DataFrame:
        key = (measure, args, *sorted(kwargs.items()))
        return book.once(key, lambda: measure(book, *args, **kwargs)).copy()

    return wraps(measure)(recalled)


KEYS = {
    "parties": "party_id",
    "deals": "deal_id",
    "legs": "leg_id",
    "events": "event_id",
    "sources": "source_id",
    "financials": "financial_id",
    "claims": "claim_id",
    "scenarios": "assumption_id",
    "terms": "term_id",
    "watch": "watch_id",
    "outside_checks": "check_id",
}


def parse_day(day: str | dt.date) -> pd.Timestamp:
    """A day as a timestamp; raises ValueError that says what is allowed."""
    when = cells.day(str(day))
    if pd.isna(when):
        raise ValueError(f'as_of must be a date as YYYY-MM-DD, not "{day}"')
    return when


def check_layer(layer: str) -> str:
    """`layer` itself; raises ValueError with the valid choices if it is none of them."""
    if layer not in LAYERS:
        raise ValueError(f'layer must be one of {", ".join(LAYERS)}, not "{layer}"')
    return layer


def load(folder: Path | str = "") -> Dealbook:
    """The whole data package in `folder` ("" is the project's own), as known on its newest day.

    `paths.package` says where a relative folder is looked for.

    Raises FileNotFoundError without datapackage.json, and `DataError` with file, line and column
    if that or a file that it describes cannot be read.
    `make check-data` runs the full check; loading only refuses what cannot be read.
    The same contents are read once, wherever they lie: a book does not change.
    """
    place = paths.package(folder)
    content = _content(place)
    book = _loaded.pop(content, None) or _read(place)
    if content:
        _loaded[content] = book
        for oldest in list(_loaded)[:-_KEPT]:
            del _loaded[oldest]
    return book


_loaded: dict[str, Dealbook] = {}
"""Packages that were read, by their contents, the one that was asked for last at the end."""


def _content(place: Path) -> str:
    """One word for all that reading a package reads; "" where some of it cannot be read."""
    sha = hashlib.sha256()
    try:
        # Optional columns of other packages are typed as in the project's own.
        for file in [*paths.described(place), *paths.described(paths.DATA)[:1]]:
            content = file.read_bytes()
            sha.update(f"{file.name}\0{len(content)}\0".encode() + content)
    except (OSError, ValueError):
        return ""
    return sha.hexdigest()


def _read(place: Path) -> Dealbook:
    described = describe(place)
    raw = read_all(place, described)
    if undescribed(raw):
        raise DataError(undescribed(raw))
    findings = [finding for table in raw.values() for finding in table.findings]
    frames = to_frames(raw)
    is_unread = any(unread(table, frames[name]) for name, table in raw.items())
    is_empty = not len(frames["events"])
    if findings or is_unread or is_empty:
        from tightrope.validation import check  # slow to import, and needed only here

        nothing = [Finding("events.csv", 1, "row", "there is no event")] if is_empty else []
        raise DataError([*check(place), *nothing])
    tables = {name: frames[name].reset_index(drop=True) for name in KEYS}
    # A scenario gives each parameter once, so both together name the row.
    assumptions = tables["scenarios"]
    assumptions["assumption_id"] = assumptions.scenario_id + "." + assumptions.parameter
    all_ids = {name: list(tables[name][key]) for name, key in KEYS.items()}
    day = newest_day(frames)
    ended = reading_ended(described, day)
    if isinstance(ended, Finding):
        raise DataError([ended])
    middle = focal(described) or focal(describe(paths.DATA))
    if middle not in all_ids["parties"]:
        if focal(described):
            from tightrope.validation import check  # as above

            raise DataError(check(place))
        middle = ""
    return Dealbook(**tables, day=day, read_until=ended, all_ids=all_ids, focal=middle)
