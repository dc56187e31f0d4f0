"""The figure, the table and the facts of who bears what is missing if the money runs out."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import creditors, units
from tightrope.chapters import who_breaks_coupled as chapter
from tightrope.chapters.who_breaks import Case
from tightrope.chapters.who_breaks_coupled import (
    BEHIND,
    GUARANTORS,
    MAKERS,
    ORDERS,
    SUPPLIERS,
    Coupled,
)
from tightrope.chapters.worlds import of_100
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table
from tightrope.charts.tails import NOTHING, sum_words, tails
from tightrope.coupled import OPERATING_SHARES
from tightrope.creditors import BANKS
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST
from tightrope.publish.facts import Facts

_HUES = {
    SUPPLIERS: theme.OUT_OF_OPENAI,
    GUARANTORS: theme.BORROWED,
    MAKERS: theme.ONWARD,
    BEHIND: theme.BORROWED,
}
_TALKS = {"certain": "round certain", "half": "round at ½", "none": "no round"}
_RUNNING = ("running-low", "running", "running-high")
_KEYS = {ALIKE: "alike", CONTRACTS_FIRST: "first", BY_TERMS: "terms"}


def figure(case: Case, found: Coupled | None) -> Figure | None:
    """Who bears how much in each order of cutting; None where nobody can be tested, or loses."""
    table = chapter.borne(found) if found else None
    if found is None or table is None or table.p99.max() < NOTHING:
        return None
    notes = {
        SUPPLIERS: "what they miss and do not pass on",
        GUARANTORS: case.listing(dict.fromkeys(found.web.guarantees.guarantor)),
        MAKERS: "",
        BEHIND: "",
    }
    drawn = table.assign(case=table.order.map(ORDERS), note=table.group.map(notes))
    told = (
        f"{row.group}, {row.case}: {sum_words(row.mean)} on average, {sum_words(row.p95)} and "
        f"{sum_words(row.p99)}."
        for row in drawn.itertuples()
    )
    sums = {"mean": "mean_usd_bn", "p95": "p95_usd_bn", "p99": "p99_usd_bn"}
    years = f"{found.web.years[0]} to {found.web.years[-1]}"
    return Figure(
        id="who-breaks-borne",
        title=_title(table),
        subtitle=f"What each bears of what {case.name} does not pay by contract, {years} together, "
        f"by the order in which it cuts, USD billion, {case.as_known}",
        description="For each of those who bear losses a lane an order of cutting; the mean, and "
        f"what 95 and 99 of 100 draws stay below. {' '.join(told)}",
        draw=lambda width: tails(drawn, width, _HUES),
        frame=drawn[["group", "case", *sums]].rename(columns=sums),
        labels={
            "group": "Who bears it",
            "case": f"{case.name} cuts",
            "mean_usd_bn": "Mean",
            "p95_usd_bn": "95 of 100 draws stay below",
            "p99_usd_bn": "99 of 100 draws stay below",
        },
        rows=_rows(case, found),
        book=case.book,
        note=f"{found.runs:,} draws of our own triangles, seed {found.seed}, on the harshest "
        "reading, machines included, the round in talks being certain: frequencies of this book, "
        "no forecast. Losses are beyond those at full payment. Not drawn: compute that nobody has "
        "contracted, and power and staff that are not bought; nobody is owed either.",
    )


def _title(table: pd.DataFrame) -> str:
    worst = table[table.group.eq(MAKERS)].set_index("order").p99
    alike, first = float(worst[ALIKE]), float(worst[CONTRACTS_FIRST])
    if not first < alike - NOTHING:
        return "Who bears what is missing, by the order in which contracts are cut"
    return (
        f"If all is cut alike, makers of machines lose more than {sum_words(alike)} in 1 draw of "
        f"100; if contracts are paid first, "
        f"{'' if first < NOTHING else 'more than '}{sum_words(first)}"
    )


def short_table(case: Case, found: Coupled | None) -> Table | None:
    """How often suppliers fall short because they are paid less; None where none ever does."""
    if found is None:
        return None
    table = chapter.falling_short(found)
    if table.empty:
        return None
    shown = table.assign(
        case=[
            f"{case.book.party_name(row.party)}, {_TALKS[str(row.talks)]}"
            for row in table.itertuples()
        ],
        **{order: [of_100(share) for share in table[order]] for order in ORDERS},
    )
    return Table(
        shown,
        "Draws in which a supplier lacks more than it would if it were paid all; the chances of "
        "the round in talks are ours",
        {"case": "Supplier, round in talks", **ORDERS},
    )


def state(fact: Facts, case: Case, found: Coupled | None) -> None:
    """What the section says; `borne` is "" where nobody can be tested, and so is all else.

    borne (draws), running, running-low and running-high (shares of operating cost), edges; MAKERS
    at 99 % by order: makers-alike, makers-first, makers-terms; behind-most (the largest 99 % of
    BEHIND), guarantors-alike and guarantors-first (means); weakest, its shares short-alike,
    short-first, short-none (without the round), cost-low and cost-high; and anyway.
    """
    own = fact.on(_rows(case, found) if found else case.due_rows)
    if found is None:
        _state_nothing(own)
        return
    table = chapter.borne(found).set_index(["group", "order"])
    own.words("borne", f"{found.runs:,}", "draws of the base scenario")
    how = "of what a supplier earns here, for power and staff: our choice"
    for key, share in zip(_RUNNING, OPERATING_SHARES, strict=True):
        own.words(key, f"{share:.0%}", how)
    own.words("edges", _edges(case, found), "dues between partners, and guarantees of them")
    for order, key in _KEYS.items():
        how = f"99 of 100 draws stay below, {ORDERS[order]}; {found.how}"
        own(f"makers-{key}", float(table.p99[MAKERS, order]), "usd_bn", how)
    for order in (ALIKE, CONTRACTS_FIRST):
        how = f"mean of what guarantors pay, {ORDERS[order]}; {found.how}"
        own(f"guarantors-{_KEYS[order]}", float(table["mean"][GUARANTORS, order]), "usd_bn", how)
    how = f"the most of all orders that 99 of 100 draws stay below; {found.how}"
    own.words("behind-most", sum_words(float(table.p99[BEHIND].max())), how)
    _state_weakest(own, case, found)
    anyway = chapter.short_anyway(found)
    text = (
        f"{case.listing(anyway)} cannot pay every bill on this reading even if paid in full, and "
        "only what it lacks beyond that counts."
    )
    own.words("anyway", text if anyway else "", "suppliers with a gap of their own, strict end")


def _state_weakest(own: Facts, case: Case, found: Coupled) -> None:
    short = chapter.falling_short(found)
    party = str(short.party.iloc[0]) if len(short) else ""
    own.words("weakest", case.book.party_name(party) if party else "", "falls short most often")
    shares = {
        "short-alike": found.by(ALIKE),
        "short-first": found.by(CONTRACTS_FIRST),
        "short-none": found.by(ALIKE, "none"),
        "cost-low": found.costs[OPERATING_SHARES[0]],
        "cost-high": found.costs[OPERATING_SHARES[-1]],
    }
    for key, losses in shares.items():
        text = of_100(chapter.share_short(losses, party)) if party else ""
        own.words(key, text, f"lacks more than if it were paid all; {found.how}")


def _state_nothing(own: Facts) -> None:
    """The same facts where nobody can be tested: empty, and amounts that are not known."""
    for key in (
        *("borne", *_RUNNING, "edges", "behind-most", "weakest", "short-alike", "short-first"),
        *("short-none", "cost-low", "cost-high", "anyway"),
    ):
        own.words(key, "", "nobody can be tested")
    for key in (*(f"makers-{one}" for one in _KEYS.values()), "guarantors-alike"):
        own(key, math.nan, "usd_bn", "nobody can be tested")
    own("guarantors-first", math.nan, "usd_bn", "nobody can be tested")


def _edges(case: Case, found: Coupled) -> str:
    """What partners owe each other, who guarantees whom, and whose landlords owe lenders."""
    web, said = found.web, []
    machines = web.dues[
        web.dues["rank"].eq(creditors.OTHERS)
        & web.dues.payee.isin([*web.income])
        & ~web.dues.payee.isin(web.moved.payee)
    ]
    for table, one, many, what in (
        (web.moved, "buys", "buy", "compute of {}"),
        (machines, "owes", "owe", "{} for machines"),
    ):
        for payee, rows in table.groupby("payee"):
            buyers = rows.groupby("payer").amount.sum().sort_values(ascending=False).index
            verb = one if len(buyers) == 1 else many
            said.append(f"{case.listing(buyers)} {verb} {what.format(_name(case, payee))}")
    for guarantor, rows in web.guarantees.groupby("guarantor"):
        protected = case.listing(dict.fromkeys(rows.payee))
        said.append(f"{_name(case, guarantor)} guarantees payments to {protected}")
    lenders = [party for party, kind in web.kinds.items() if kind == BANKS]
    if lenders:
        said.append(f"Landlords owe {units.number_of(len(lenders), 'lender')} of their own")
    return "".join(f"{one}. " for one in said).strip()


def _name(case: Case, party: object) -> str:
    return case.book.party_name(str(party))


def _rows(case: Case, found: Coupled) -> list[str]:
    behind = [f"legs/{leg}" for leg in found.web.guarantees.leg_id]
    return list(dict.fromkeys([*case.every_bill_row, *behind]))
