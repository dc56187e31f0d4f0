"""From events to money: the status ladder of each leg, its dated payments, flows and matrices.

Amounts are USD billion, nominal. A leg climbs the ladder estimated -> reported -> letter of
intent -> announced -> binding -> paid, or is cancelled or replaced. Three layers add it up:
`announced` (all that is publicly stated and not withdrawn), `binding` (what a contract obliges)
and `paid` (what has moved); each contains the next. Legs with different instruments are never
added here without the caller asking for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from tightrope import cells
from tightrope.dealbook import LAYERS, Dealbook, check_layer, remembered

STATED = ("estimated", "reported", "letter_of_intent", "announced")
SAID = ("letter_of_intent", "announced")
"""What a party has said short of a contract."""
HEARSAY = ("estimated", "reported")
"""What no party has said."""
INTENDED = (*HEARSAY, "letter_of_intent")
"""What nobody has announced: it is drawn and counted apart from promises."""
ENDED = ("cancelled", "replaced")
_BOUNDS = ("amount_usd_bn", "amount_low_usd_bn", "amount_high_usd_bn")
_RUNG = {status: place for place, status in enumerate((*STATED, "binding", "paid", *ENDED))}
PAYMENT_COLUMNS = ["leg_id", "payer", "payee", "instrument", "amount", "year", "basis"]


@remembered
def ladder(book: Dealbook) -> pd.DataFrame:
    """Where every leg stands: one row a leg, in the order of `book.legs`.

    Columns: leg_id, deal_id, payer, payee, instrument, medium; `status`, the highest rung that
    was reached and still holds; `stated_as`, the rung of the newest statement beyond contract
    (one of `STATED`, or "" if none); and for each layer `L` the columns
    `L`, `L_low`, `L_high` in USD billion. A layer's amount is NaN if no source gives one; a low
    bound is 0 and a high bound NaN where nothing is known.

    Rules: a party's newest statement counts, and of one day the one that names a sum; an estimate
    or a press report counts only until a party names a sum or a contract has one; a
    statement without a sum gives way to a contract that has one; what was cancelled or replaced
    keeps only what was paid; each layer is at least the layer it contains.
    """
    keys = _keys(book)
    steps = _steps(book)
    rows = [_stand([step for _, step in steps[leg_id]]) for leg_id in keys.leg_id]
    # With no leg at all, columns would have no type.
    stand = pd.DataFrame(rows, columns=_STAND_COLUMNS, index=keys.index).astype(_STAND_TYPES)
    return keys.join(stand)


def deciding(book: Dealbook) -> pd.DataFrame:
    """The steps that decide the amounts of `ladder` today: columns leg_id and event_id.

    Of every leg the statement, the contract and the payment that count, as far as they name a
    sum; in the order of `book.legs`. All other steps are its history.
    """
    return counting(book, with_sum=True)


def counting(book: Dealbook, with_sum: bool = False) -> pd.DataFrame:
    """The steps that `ladder` reads today: columns leg_id and event_id.

    Of every leg the statement, the contract and the payment that count; `with_sum` leaves out
    those that name no sum. A leg that ended without a payment has none.
    """
    rows = [
        (leg_id, step.event_id)
        for leg_id, steps in _steps(book).items()
        for step in _counting([step for _, step in steps])
        if step and (_has_sum(step) or not with_sum)
    ]
    return pd.DataFrame(rows, columns=["leg_id", "event_id"])


def last_named(book: Dealbook, leg_id: str, rung: str) -> float:
    """The sum that the newest step of this rung names for a leg, in USD billion.

    It is what was said, also where it was withdrawn or overtaken since; NaN where no such step is
    known or the newest names no sum.
    """
    steps = book.events[book.events.leg_id.eq(leg_id) & book.events.status.eq(rung)]
    steps = steps.sort_values(["known_on", "happened_on"], kind="stable")
    return float(steps.amount_usd_bn.iloc[-1]) if len(steps) else math.nan


@remembered
def history(book: Dealbook) -> pd.DataFrame:
    """How every leg came to stand where it stands: one row a leg and spell.

    The columns of `ladder`, and `since` and `until`: the leg stood so from the day `since` up to,
    and not on, the day `until` (NaT in the last spell). A spell ends on the day on which news of
    the leg changes a column; news that repeat what was known make no spell. `ladder` of the book
    as of a day is the spells with `since` <= day < `until`. In the order of `book.legs`.
    """
    keys, steps = _keys(book), _steps(book)
    rows: list[tuple[object, ...]] = []
    for key in keys.itertuples(index=False):
        spells: list[tuple[pd.Timestamp, tuple[str | float, ...]]] = []
        known = steps[key.leg_id]
        for day in dict.fromkeys(day for day, _ in known):
            stand = _stand([step for when, step in known if when <= day])
            # repr, because an unknown amount (NaN) equals nothing, not even itself.
            if not spells or repr(stand) != repr(spells[-1][1]):
                spells.append((day, stand))
        ends = [since for since, _ in spells[1:]] + [pd.NaT]
        rows += [
            (*key, *stand, since, until) for (since, stand), until in zip(spells, ends, strict=True)
        ]
    table = pd.DataFrame(rows, columns=[*keys.columns, *_STAND_COLUMNS, "since", "until"])
    return table.astype(_STAND_TYPES | {"since": "datetime64[ns]", "until": "datetime64[ns]"})


def _keys(book: Dealbook) -> pd.DataFrame:
    keys = book.legs[["leg_id", "deal_id", "payer_id", "payee_id", "instrument", "medium"]]
    return keys.rename(columns={"payer_id": "payer", "payee_id": "payee"})


def _steps(book: Dealbook) -> dict[str, list[tuple[pd.Timestamp, _Step]]]:
    """The steps of each leg with the day they became public, in the order in which they count.

    Of statements of one day, one with a sum comes after those without: it says more.
    """
    events = book.events
    says_more = events.status.isin(STATED) & events[list(_BOUNDS)].notna().any(axis=1)
    steps = events.assign(
        rung=events.status.map(_RUNG),
        group=events.status.map(_RUNG).clip(lower=len(STATED) - 1),
        says_more=says_more,
    ).sort_values(["known_on", "happened_on", "group", "says_more", "rung"], kind="stable")
    by_leg: dict[str, list[tuple[pd.Timestamp, _Step]]] = {leg: [] for leg in book.legs.leg_id}
    for leg_id, event_id, day, status, bound, amount, low, high in zip(
        steps.leg_id,
        steps.event_id,
        steps.known_on,
        steps.status,
        steps.amount_bound,
        *(steps[column] for column in _BOUNDS),
        strict=True,
    ):
        if leg_id in by_leg:
            step = _Step(status, bounds(amount, low, high, bound), event_id)
            by_leg[leg_id].append((day, step))
    return by_leg


Bounds = tuple[float, float, float]
"""Amount, low and high in USD billion."""
_ENDS = ("", "_low", "_high")
_STAND_TYPES = {f"{layer}{end}": "float64" for layer in LAYERS for end in _ENDS}
_STAND_COLUMNS = ["status", "stated_as", *_STAND_TYPES]
_NOTHING: Bounds = (0.0, 0.0, 0.0)


class _Step(NamedTuple):
    status: str
    bounds: Bounds
    event_id: str


def _counting(steps: Sequence[_Step]) -> tuple[_Step | None, _Step | None, _Step | None]:
    """The steps of one leg that count: the statement, the contract and the payment, or None."""
    ends = [place for place, step in enumerate(steps) if step.status in ENDED]
    last = ends[-1] if ends else -1
    live = [step for n, step in enumerate(steps) if n > last or step.status == "paid"]
    contract = _newest(live, ("binding",))
    stated = _newest(live, STATED)
    said = _newest(live, SAID)
    # What a party has put a number on stands against later reports.
    if said and _has_sum(said):
        stated = said
    # A contract with a sum answers what the press reported, and what was announced without one.
    is_answered = stated and (stated.status in HEARSAY or not _has_sum(stated))
    if is_answered and contract and _has_sum(contract):
        stated = None
    return stated, contract, _newest(live, ("paid",))


def _stand(steps: Sequence[_Step]) -> tuple[str | float, ...]:
    """Status, stated_as and the bounds of the three layers of one leg, from its steps in order."""
    stated, contract, money = _counting(steps)
    paid = money.bounds if money else _NOTHING
    binding = _at_least(contract.bounds, paid) if contract else paid
    announced = _at_least(stated.bounds, binding) if stated else binding
    reached = [step.status for step in (stated, contract, money) if step]
    status = max(reached, key=_RUNG.__getitem__) if reached else steps[-1].status
    return status, stated.status if stated else "", *announced, *binding, *paid


def _has_sum(step: _Step) -> bool:
    """Whether a step says anything of how much it is about."""
    amount, low, high = step.bounds
    return not np.isnan(amount) or not np.isnan(high) or low > 0


def _newest(steps: Sequence[_Step], statuses: Sequence[str]) -> _Step | None:
    return next((step for step in reversed(steps) if step.status in statuses), None)


def bounds(amount: float, low: float, high: float, bound: str) -> Bounds:
    """A step's amount with its range, as the ladder reads them; `bound` as in `events.csv`.

    Without a range it is the amount, or open. A floor without a high is open above; a ceiling
    without a low may be nothing.
    """
    if np.isnan(low):
        low = 0.0 if np.isnan(amount) or bound == "ceiling" else amount
    if np.isnan(high) and bound != "floor":
        high = amount
    return amount, low, high


def _at_least(outer: Bounds, inner: Bounds) -> Bounds:
    """A layer is at least what it contains.

    Where it has no amount of its own it counts what it contains, unless its range goes further:
    then its amount stays unknown.
    """
    goes_further = not np.isnan(outer[2]) and not outer[2] <= inner[2]
    amount = outer[0] if np.isnan([outer[0], inner[0]]).any() else max(outer[0], inner[0])
    if np.isnan(amount) and not goes_further and inner[0] > 0:
        amount = inner[0]
    high = outer[2] if np.isnan(inner[2]) else float(np.maximum(outer[2], inner[2]))
    if high < inner[1]:
        # What it contains is open above and surely more than it was said to be at most.
        high = float("nan")
    return amount, max(outer[1], inner[1]), high


def flows(book: Dealbook, layer: str = "announced") -> pd.DataFrame:
    """What each leg comes to on one layer: the ladder with `amount`, `low`, `high` (USD billion).

    Legs that have nothing on the layer are left out; legs whose amount no source gives stay in,
    with NaN. Raises ValueError for an unknown layer.
    """
    check_layer(layer)
    legs = ladder(book)
    legs = legs.assign(amount=legs[layer], low=legs[f"{layer}_low"], high=legs[f"{layer}_high"])
    has_step = ~legs.status.isin(ENDED) & (
        legs.status.isin(_STATUSES_WITH[layer]) if layer != "announced" else True
    )
    return legs[has_step | (legs.amount > 0)].reset_index(drop=True)


_STATUSES_WITH = {"binding": ("binding", "paid"), "paid": ("paid",)}


def schedule(
    amount: float, start: str | pd.Timestamp, end: str | pd.Timestamp, profile: str
) -> pd.DataFrame:
    """Spread `amount` over the calendar years from `start` to `end`: columns year, amount.

    Days are Timestamps or texts, YYYY-MM-DD; one that is not known is NaT. Profile "once" puts it
    all on `end`; "even" gives every day, both ends included, the same; "undated" returns one row
    whose year is missing. The amounts add up to `amount`. Raises ValueError for a text that is no
    day, for an unknown profile, and for "even" with `start` after `end`.
    """
    start, end = cells.given_day(start, "start"), cells.given_day(end, "end")
    if profile == "undated" or (profile in {"once", "even"} and pd.isna(end)):
        return pd.DataFrame({"year": pd.array([pd.NA], dtype="Int64"), "amount": [amount]})
    if profile == "once":
        return pd.DataFrame({"year": pd.array([end.year], dtype="Int64"), "amount": [amount]})
    if profile != "even":
        raise ValueError(f'profile must be one of once, even, undated, not "{profile}"')
    if start > end:
        raise ValueError(f"start {start:%Y-%m-%d} is after end {end:%Y-%m-%d}")
    years = np.arange(start.year, end.year + 1)
    firsts = [max(start, pd.Timestamp(year, 1, 1)) for year in years]
    lasts = [min(end, pd.Timestamp(year, 12, 31)) for year in years]
    days = np.array([(last - first).days + 1 for first, last in zip(firsts, lasts, strict=True)])
    return pd.DataFrame(
        {"year": pd.array(years, dtype="Int64"), "amount": amount * days / days.sum()}
    )


@remembered
def payments(book: Dealbook, layer: str = "announced", at_least: bool = False) -> pd.DataFrame:
    """Dated payments of every leg on one layer: what was paid, then the rest as scheduled.

    Columns: leg_id, payer, payee, instrument, amount (USD billion), year (missing where no date
    is known), basis ("paid" or "scheduled"). A step of cumulative payment counts in the year it
    happened. The rest is spread from the later of the book's day and the leg's start to its end;
    a rest whose end has passed has no year. Legs without an amount are left out; with `at_least`
    they count at their low end.
    """
    check_layer(layer)
    legs = flows(book, layer).merge(
        book.legs[["leg_id", "starts_on", "ends_on", "schedule"]], on="leg_id"
    )
    steps = _paid_steps(book)
    # A frame a leg would cost ten times as much as the reckoning: one is made at the end.
    rows: list[tuple[object, ...]] = []
    for leg in legs.itertuples():
        paid, years = steps.get(leg.leg_id, (np.array([]), []))
        amount = leg.amount
        if np.isnan(amount) and at_least:
            amount = max(leg.low, paid.sum())
        if np.isnan(amount):
            continue
        start = book.day if pd.isna(leg.starts_on) else max(book.day, leg.starts_on)
        passed = not pd.isna(leg.ends_on) and leg.ends_on < start
        profile = "undated" if passed else leg.schedule
        future = schedule(amount - paid.sum(), start, leg.ends_on, profile)
        key = (leg.leg_id, leg.payer, leg.payee, leg.instrument)
        parts = (("paid", paid, years), ("scheduled", future.amount, future.year))
        rows += [
            (*key, part, year, basis)
            for basis, amounts, when in parts
            for part, year in zip(amounts, when, strict=True)
            if abs(part) > 1e-12
        ]
    table = pd.DataFrame(rows, columns=PAYMENT_COLUMNS)
    return table.astype({"year": "Int64"}) if rows else table


def _paid_steps(book: Dealbook) -> dict[str, tuple[np.ndarray, Sequence[int]]]:
    """What each step of payment of a leg added, in USD billion, and the year of the step."""
    paid = book.events[book.events.status.eq("paid") & book.events.amount_usd_bn.notna()]
    paid = paid.sort_values(["happened_on", "known_on"])
    so_far = paid.groupby("leg_id").amount_usd_bn.cummax()
    added = so_far.groupby(paid.leg_id).diff().fillna(so_far)
    years = paid.happened_on.dt.year.astype("Int64")
    # One pass: a frame a leg would cost a hundred times as much.
    found: dict[str, tuple[list[float], list[int]]] = {}
    for leg_id, amount, year in zip(paid.leg_id, added, years, strict=True):
        amounts, when = found.setdefault(str(leg_id), ([], []))
        amounts.append(float(amount))
        when.append(year)
    return {leg_id: (np.array(amounts), when) for leg_id, (amounts, when) in found.items()}
