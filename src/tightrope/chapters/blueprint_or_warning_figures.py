"""The figures of blueprint or warning: instruments, promises, and what became of one maker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import ledger, units
from tightrope.accounts import RUNGS, rungs
from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters.blueprint_or_warning import (
    CLOUDS,
    LOANS,
    RENT,
    REVERSE,
    STAKES,
    STANDS_IN,
    Webs,
)
from tightrope.charts.figure import Figure
from tightrope.charts.instruments import instruments
from tightrope.dealbook import Dealbook

THEN = "Makers around 2000"
_HUES = {LOANS: "borrowed", RENT: "borrowed", CLOUDS: "borrowed", REVERSE: "out"}
_COLUMNS = ["instrument", "web", "direction", *RUNGS, "low", "high", "words", "detail"]
_LABELS = {
    "instrument": "Instrument",
    "web": "Web",
    "paid_usd_bn": "Known to be paid",
    "binding_usd_bn": "Binding, not known to be paid",
    "announced_usd_bn": "Announced",
    "intended_usd_bn": "Intended, reported or uncertain",
    "low_usd_bn": "Total, low",
    "high_usd_bn": "Total, high",
    "detail": "Of which",
}


def now(book: Dealbook, layer: str, webs: Webs) -> pd.DataFrame:
    """What suppliers put up by instrument, as the drawing wants it, without firms."""
    ladder = ledger.ladder(book).set_index("leg_id").loc[list(webs.given)]
    names = list(webs.given.values())
    legs = ladder.assign(name=names, direction=[_HUES.get(name, "in") for name in names])
    table = rungs(legs, layer).rename(columns={"name": "instrument"})
    words = [
        units.usd_bn_range(0.0 if row.instrument in STANDS_IN else row.low, row.high)
        for row in table.itertuples()
    ]
    return table.assign(words=words)


def then(book: Dealbook, layer: str, webs: Webs) -> pd.DataFrame:
    """What the makers put up, as the drawing wants it: loans, and shares of their customers.

    What was promised and not drawn is binding; from the last to the highest promise of the year it
    is uncertain.
    """
    rows = []
    makers, is_paid = webs.makers, layer == "paid"
    if makers:
        low = webs.drawn if is_paid else sum(maker.amount for maker in makers)
        high = webs.drawn if is_paid else sum(maker.most for maker in makers)
        beside = [
            chapter.beside_revenue(book.party_name(m.party), m.amount, m.most, m.revenue)
            for m in makers
        ]
        part = f"{book.party_name(makers[0].party)}’s part; of the others no sum for that day"
        rows.append(_row(LOANS, "borrowed", (webs.drawn, low, high), part if is_paid else beside))
    ladder = ledger.ladder(book).set_index("leg_id").loc[list(webs.stakes)]
    revenues = {maker.party: maker.revenue for maker in makers}
    for leg in ladder.itertuples():
        low, high = chapter.on_layer(ladder, layer, [str(leg.Index)])
        maker = book.party_name(leg.payer)
        share = chapter.beside_revenue(maker, low, high, revenues[leg.payer])
        words = f"{share}, in {book.party_name(leg.payee)}"
        rows.append(_row(STAKES, "onward", (low, low, high), words))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _row(
    instrument: str,
    direction: str,
    ends: tuple[float, float, float],
    detail: str | list[str],
) -> dict[str, object]:
    """A row of the drawing: what was paid, then the low and the high end of the sum."""
    paid, low, high = ends
    steps = {"paid": paid, "binding": low - paid, "announced": 0.0, "intended": high - low}
    row = {"instrument": instrument, "web": THEN, "direction": direction, **steps}
    told = detail if isinstance(detail, str) else "; ".join(filter(None, detail))
    return row | {"low": low, "high": high, "words": units.usd_bn_range(low, high), "detail": told}


def _side_by_side(old: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Both webs in one table: loans first, then by what the newer web comes to at most."""
    both = pd.DataFrame([*old.to_dict("records"), *given.to_dict("records")], columns=_COLUMNS)
    ranked = given.set_index("instrument").high.sort_values(ascending=False).index
    order = [LOANS, *(name for name in ranked if name != LOANS)]
    both = both.assign(place=both.instrument.map({name: at for at, name in enumerate(order)}))
    return both.sort_values("place", kind="stable").drop(columns="place").reset_index(drop=True)


def instruments_figure(
    book: Dealbook,
    layer: str,
    focal: str,
    webs: Webs,
    details: Mapping[str, str],
    revenue_rows: Sequence[str],
    note: str,
) -> Figure | None:
    """What suppliers put up for buyers, once and now, one row an instrument.

    `details` says who is behind an instrument of the newer web; `revenue_rows` are figures by
    which it divides. None where nothing is known.
    """
    column = f"{book.party_name(focal)}’s suppliers"
    given = now(book, layer, webs)
    behind = [details.get(str(name), "") for name in given.instrument]
    given = given.assign(web=column, detail=behind)
    both = _side_by_side(then(book, layer, webs), given)
    if both.empty:
        return None
    is_surety = given.set_index("instrument").high.get(RENT, 0.0) > 0
    promised = [maker.promised for maker in webs.makers]
    revenues = [maker.revenue_row for maker in webs.makers]
    known = set(book.financials.financial_id)
    return Figure(
        id="blueprint-or-warning-instruments",
        title=f"Around 2000 the makers lent. {column} buy shares, give warrants and stand surety"
        if webs.lent == 0 and is_surety and layer != "paid"
        else f"Around 2000 the makers lent; {column} take and give shares",
        subtitle="What suppliers put up for buyers, USD billion on one scale, in brackets as a "
        f"share of the firm’s yearly revenue; {_as_known(book)}",
        description="Two columns of bars on one scale, one row for each instrument. "
        f"{_told(both, column)} The instruments differ in kind and must not be added.",
        draw=lambda width: instruments(both, width, [THEN, column]),
        frame=both.drop(columns="direction").rename(
            columns={name: f"{name}_usd_bn" for name in [*RUNGS, "low", "high"]}
        ),
        labels=_LABELS,
        rows=[
            *webs.web_rows,
            *chapter.figure_rows(*promised, *revenues),
            *chapter.figure_rows(*(row for row in revenue_rows if row in known)),
        ],
        book=book,
        note=note,
    )


def _told(both: pd.DataFrame, column: str) -> str:
    """Every instrument with its sums in both webs, in words."""
    return " ".join(
        f"{name}: "
        + "; ".join(
            f"{web} {part.set_index('web').words.get(web, units.NONE_KNOWN)}"
            for web in (THEN, column)
        )
        + "."
        for name, part in both.groupby("instrument", sort=False)
    )


def _as_known(book: Dealbook) -> str:
    return f"as known on {units.day(book.day.date())}"
