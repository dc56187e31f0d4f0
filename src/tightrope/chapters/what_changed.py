"""What became of the web between two days: counts, the largest moves, and every leg that moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import accounts, cells, changes, dealbook, ledger, units
from tightrope.charts.counts import counts
from tightrope.charts.figure import Figure
from tightrope.charts.shift import shift
from tightrope.charts.table import Table
from tightrope.dealbook import Dealbook

WORDS = {
    "new": "New",
    "grown": "Grown",
    "shrunk": "Shrunk",
    "paid": "Paid, wholly or further",
    "replaced": "Replaced",
    "cancelled": "Cancelled",
    "restated": "Another rung or range",
    "unchanged": "Unchanged",
}
"""What can have become of a leg, as readers read it, in the order of the page."""
_DRAWN = 14


def day_before(book: Dealbook, day: str) -> pd.Timestamp:
    """The earlier day of the comparison: `day`, or the book's own where that is earlier."""
    return min(dealbook.parse_day(day), book.day)


def moves(book: Dealbook, start: pd.Timestamp) -> pd.DataFrame:
    """`changes.between` of the web's legs from `start` to the book's day, with `deal`, its name."""
    table = changes.between(book, f"{start:%Y-%m-%d}", f"{book.day:%Y-%m-%d}")
    deals = book.deals[["deal_id", "name", "scope"]].rename(columns={"name": "deal"})
    table = table.merge(deals, on="deal_id")
    return table[table.scope.isin(dealbook.WEB)].reset_index(drop=True)


def number_by_change(moved: pd.DataFrame) -> pd.Series[int]:
    """How many legs of `moves` became what, in the order of `WORDS`."""
    return moved.change.value_counts().reindex(list(WORDS), fill_value=0)


def largest(moved: pd.DataFrame, layer: str, focal: str, book: Dealbook) -> pd.DataFrame:
    """The legs of `moves` whose sum on a layer moved most, by kind of change: USD billion.

    The columns of `moves` with `before`, `after`, `by` (how far), `direction` and `label`. Legs
    without an amount on one of the days are left out.
    """
    table = moved.rename(columns={f"{layer}_before": "before", f"{layer}_after": "after"})
    table = table.assign(by=(table.after - table.before).abs())
    table = table[table.by.gt(0)].nlargest(_DRAWN, "by")
    several = moved.groupby("deal_id").leg_id.count()
    labels = [
        leg.deal
        if several[leg.deal_id] == 1
        else f"{leg.deal}: {leg.instrument.replace('_', ' ')}, "
        f"{book.party_name(leg.payer)} to {book.party_name(leg.payee)}"
        for leg in table.itertuples()
    ]
    table = table.assign(direction=accounts.directions(table, focal), label=labels)
    return _by_change(table, "by")


def _by_change(table: pd.DataFrame, then_by: str = "") -> pd.DataFrame:
    place = table.change.map({word: place for place, word in enumerate(WORDS)})
    size = -table[then_by] if then_by else 0
    order = table.assign(_place=place, _size=size)
    return order.sort_values(["_place", "_size"], kind="stable").drop(columns=["_place", "_size"])


def counts_figure(moved: pd.DataFrame, start: pd.Timestamp, book: Dealbook, focal: str) -> Figure:
    """How many legs of `moves` are new, grown, shrunk, paid, ended or unchanged."""
    number = number_by_change(moved)
    shown = pd.DataFrame({"label": list(WORDS.values()), "count": list(number)})
    return Figure(
        id="what-changed-counts",
        title=f"{number['new']} of {len(moved)} legs are new; "
        f"{number['unchanged']} stand as they stood",
        subtitle=f"Legs of the web by what became of them {between(start, book)}, number",
        description="Bars. " + "; ".join(f"{WORDS[word]}: {n}" for word, n in number.items()) + ".",
        draw=lambda width: counts(shown, width, "legs"),
        frame=shown.rename(columns={"label": "change", "count": "legs"}),
        labels={"change": "What became of it", "legs": "Legs"},
        rows=rows(moved, focal),
        book=book,
        note="The comparison deals of other laboratories and of the year 2000 are not counted.",
    )


def moves_figure(
    moved: pd.DataFrame, layer: str, start: pd.Timestamp, book: Dealbook, focal: str
) -> Figure | None:
    """The sums that moved most between the two days, as arrows; None where none moved."""
    table = largest(moved, layer, focal, book)
    if table.empty:
        return None
    top = table.nlargest(1, "by").iloc[0]
    ends = [units.usd_bn(top[end]) if top[end] else "nothing" for end in ("before", "after")]
    told = (
        f"{leg.label}: {units.usd_bn(leg.before)} to {units.usd_bn(leg.after)}, {leg.change}"
        for leg in table.itertuples()
    )
    shown = table.rename(columns={"before": "before_usd_bn", "after": "after_usd_bn"})
    return Figure(
        id="what-changed-most",
        title=f"The largest move: {top.deal}, from {ends[0]} to {ends[1]}",
        subtitle=f"{layer.capitalize()} sums that moved most {between(start, book)}, USD billion",
        description=f"Arrows from the sum on the first day to that on the second. "
        f"{'; '.join(told)}.",
        draw=lambda width: shift(table, width),
        frame=shown[["label", "change", "instrument", "before_usd_bn", "after_usd_bn", "leg_id"]],
        labels={
            "label": "Deal",
            "change": "Change",
            "instrument": "For",
            "before_usd_bn": "Before",
            "after_usd_bn": "After",
        },
        rows=rows(table, focal),
        book=book,
        note="Sums are as stated. Legs without an amount on one of the days cannot be drawn; they "
        "are in the list.",
    )


def stories_table(
    stories: Sequence[tuple[str, str, Sequence[str]]], start: pd.Timestamp, book: Dealbook
) -> Table:
    """Deals as a claim states them, as known on the first day and as known on the second.

    `stories` are a label, a claim_id ("" for none) and legs.
    """
    views = {"then": book.as_of(f"{start:%Y-%m-%d}"), "now": book}
    table = pd.DataFrame(
        [
            {"deal": label, "stated": claimed(book, claim)}
            | {key: known(view, legs) for key, view in views.items()}
            for label, claim, legs in stories
        ]
    )
    days = {key: f"Known on {units.day(view.day.date())}" for key, view in views.items()}
    return Table(
        table,
        "The article’s deals as stated there, as known that day and as known on the later day",
        {"deal": "Deal", "stated": "The article states", **days},
    )


def claimed(book: Dealbook, claim_id: str) -> str:
    """The sum that a claim states, in words; "no sum" where there is no such claim or sum."""
    claims = book.claims.set_index("claim_id")
    if claim_id not in claims.index:
        return "no sum"
    text, unit = claims.loc[claim_id, ["stated", "unit"]]
    low, high = cells.usd_bn_of(text, unit)
    return str(text) or "no sum" if pd.isna(low) else units.usd_bn_range(low, high)


def known(view: Dealbook, legs: Sequence[str]) -> str:
    """Announced, binding and paid of some legs together as a view of the book knows them."""
    stand = ledger.ladder(view).set_index("leg_id")
    there = stand.loc[[leg for leg in legs if leg in stand.index]]
    if there.empty:
        return "not known"
    words = []
    for layer in dealbook.LAYERS:
        amount, low, high = accounts.total(there, layer)
        nothing = units.NONE_KNOWN if layer == "paid" else "none"
        sum_ = nothing if high == 0 else units.usd_bn_and_range(amount, low, high)
        words.append(f"{layer} {sum_}")
    letters = there.stated_as.eq("letter_of_intent")
    return ", ".join(words) + (" (letter of intent)" if letters.any() else "")


def legs_table(moved: pd.DataFrame, start: pd.Timestamp, book: Dealbook) -> Table:
    """Every leg of `moves` that is new, moved or ended, by kind of change."""
    listed = _by_change(moved[moved.change.ne("unchanged")])
    legs = listed.to_dict("records")
    sums = {layer: [_before_after(leg, layer) for leg in legs] for layer in dealbook.LAYERS}
    return Table(
        listed.assign(
            payer=listed.payer.map(book.party_name),
            payee=listed.payee.map(book.party_name),
            instrument=listed.instrument.str.replace("_", " "),
            rung=[_rungs(leg) for leg in legs],
            **sums,
        ),
        f"Every leg that moved {between(start, book)}, USD billion, as stated",
        {
            "deal": "Deal",
            "change": "Change",
            "payer": "Payer",
            "payee": "Payee",
            "instrument": "For",
            "rung": "Rung",
            "announced": "Announced",
            "binding": "Binding",
            "paid": "Known to be paid",
        },
    )


def _before_after(leg: Mapping[str, float], layer: str) -> str:
    """A layer before and after, once if it is the same."""
    texts = []
    for when in ("before", "after"):
        amount, low, high = (leg[f"{layer}{end}_{when}"] for end in ("", "_low", "_high"))
        is_none = amount == 0 and high == 0
        texts.append("–" if is_none else units.usd_bn_with_range(amount, low, high))
    return " → ".join(dict.fromkeys(texts))


def _rungs(leg: Mapping[str, str]) -> str:
    """The rung before and after, once if it is the same."""
    before, after = (leg[f"status_{when}"].replace("_", " ") for when in ("before", "after"))
    return " → ".join(dict.fromkeys([before or "not known", after]))


def between(start: pd.Timestamp, book: Dealbook) -> str:
    """The two days in words: "between 31 October 2025 and 9 October 2026"."""
    return f"between {units.day(start.date())} and {units.day(book.day.date())}"


def rows(legs: pd.DataFrame, focal: str) -> list[str]:
    """The rows behind these legs; the party itself where there is none."""
    return [f"legs/{leg}" for leg in legs.leg_id] or [f"parties/{focal}"]
