"""How circular is it: which assumption moves the answer, each changed alone.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tightrope import dealbook, loops, units
from tightrope.chapters import circularity as draws
from tightrope.chapters import how_circular as chapter
from tightrope.chapters.circularity import Answer
from tightrope.dealbook import Dealbook
from tightrope.measures import equity

COLUMNS = ["group", "setting", "base", "low", "value", "high", "share"]
CHIPS = "What suppliers pay for chips"
PROMISES = "What counts as a promise"
LOANS = "Loans"
PROMISED = {
    "announced": "all that was announced",
    "binding": "only what binds",
    "paid": "only payments that are known",
}
_TRANCHES = 6
"""Parts of a warrant, at evenly spaced price targets."""


@dataclass(frozen=True)
class Setting:
    """One assumption as it may be made, and the web that follows from it."""

    group: str
    words: str
    web: pd.DataFrame
    is_base: bool = False
    """Whether all other assumptions hold to it."""


def of_any_web(
    book: Dealbook, web: pd.DataFrame, focal: str, layer: str, credit_content: float
) -> list[Setting]:
    """The settings that need no word on a single firm; none where nothing comes in.

    `credit_content` is what a dollar of credits is worth where they are marked down, a fraction.
    """
    if not _comes_in(web, focal):
        return []
    return [
        *of_chips(book, web, focal, layer),
        *of_promises(book, focal, layer),
        *of_credits(book, web, credit_content),
        *of_loans(book, web, focal, layer),
    ]


def _comes_in(web: pd.DataFrame, focal: str) -> bool:
    return bool((web.payee.eq(focal) & web.high.ne(0)).any())


def of_chips(book: Dealbook, web: pd.DataFrame, focal: str, layer: str) -> list[Setting]:
    """What others than `focal` pay for chips: counted, left out, or bought by `focal` itself.

    The last where a maker of such chips gives to `focal`, which may buy from it and need not.
    """
    supplied = web[web.instrument.eq("chips") & web.payer.ne(focal)]
    if supplied.empty:
        return []
    bare = chapter.web(book, focal, layer, others_chips=False)
    found = [
        Setting(CHIPS, "counted, as estimated", web, True),
        Setting(CHIPS, "left out", bare),
    ]
    makers = set(supplied.payee) & set(web.payer[web.payee.eq(focal)])
    optional = bare.payer.eq(focal) & bare.instrument.eq("chips") & bare.low.eq(0)
    optional &= bare.payee.isin(makers) & bare.high.gt(0)
    if optional.any():
        sellers = units.listing(map(book.party_name, bare.payee[optional].unique()))
        words = f"left out, but {book.party_name(focal)} buys {sellers}’s systems itself"
        found.append(Setting(CHIPS, words, chapter.held(bare, optional, bare.high)))
    return found


def of_promises(book: Dealbook, focal: str, layer: str) -> list[Setting]:
    """What counts: everything on a layer, and on those within it."""
    inner = dealbook.LAYERS[dealbook.LAYERS.index(layer) :]
    return [
        Setting(PROMISES, PROMISED[level], chapter.web(book, focal, level), level == layer)
        for level in inner
    ]


def of_warrant(
    web: pd.DataFrame, chosen: pd.Series[bool], group: str, worth: Mapping[str, float]
) -> list[Setting]:
    """What the `chosen` payments in kind are worth: anything up to the ceiling, or just so much.

    `worth` are sums by words; a sum of NaN is not known and left out. No setting for no payment.
    """
    if not chosen.any():
        return []
    known = {words: amount for words, amount in worth.items() if not np.isnan(amount)}
    ceiling = chapter.held(web, chosen, web.high)
    return [
        Setting(group, "anything up to its ceiling", web, True),
        *(Setting(group, words, chapter.held(web, chosen, sum_)) for words, sum_ in known.items()),
        Setting(group, "at its ceiling: all targets met", ceiling),
    ]


@dataclass(frozen=True)
class Warrant:
    """A right to shares in even tranches, one at each of evenly spaced price targets."""

    granted_at: float
    """Price of a share when it was granted, dollars."""
    hurdle: float
    """The last target, dollars."""
    shares: float
    years: float
    """How long the targets can be reached."""
    rate: float
    """Interest a year, a fraction."""
    volatility: float
    """A year, a fraction."""

    def value(self, spot: float) -> float:
        """Its modelled value at a price of a share: USD billion.

        NaN where a price or the number of shares is not known.
        """
        if np.isnan([spot, self.granted_at, self.hurdle, self.shares]).any():
            return float("nan")
        targets = equity.even_hurdles(self.granted_at, self.hurdle, _TRANCHES)
        tranches = equity.warrant_value(
            spot, targets, self.shares, self.years, self.rate, self.volatility
        )
        return float(tranches.value.sum()) / 1e9


def of_credits(book: Dealbook, web: pd.DataFrame, content: float) -> list[Setting]:
    """What a dollar of credits is worth: a dollar, `content` of it (a fraction), or nothing."""
    credit = web.medium.eq("credits")
    givers = units.listing(map(book.party_name, web.payer[credit].unique()))
    values = {
        "as good as cash": 1.0,
        f"{content:.0%} of their face value": content,
        "not money at all": 0.0,
    }
    return [
        Setting(credits_group(givers), words, draws.scaled(web, credit, worth), worth == 1.0)
        for words, worth in values.items()
        if credit.any()
    ]


def credits_group(givers: str) -> str:
    """The name of the assumption on the credits of these firms."""
    return f"{givers}’s cloud credits"


def of_loans(book: Dealbook, web: pd.DataFrame, focal: str, layer: str) -> list[Setting]:
    """Loans left out, or counted; nothing where there is none on the layer."""
    lent = chapter.web(book, focal, layer, loans=True)
    if len(lent) == len(web):
        return []
    return [
        Setting(LOANS, "left out", web, True),
        Setting(LOANS, "counted, vendor finance included", lent),
    ]


def of_one_firm(web: pd.DataFrame, party: str, other: str, group: str) -> list[Setting]:
    """Two parties as two firms, or as one; nothing where one of them is not in the web."""
    if not {party, other} <= {*web.payer, *web.payee}:
        return []
    return [
        Setting(group, "two firms", web, True),
        Setting(group, "one firm", loops.joined(web, party, other)),
    ]


def of_customers(
    book: Dealbook, web: pd.DataFrame, focal: str, layer: str, last_year: int
) -> list[Setting]:
    """Customers outside the web, or what `focal` plans to earn from them as money in.

    Only where everything announced counts, something comes in, and such a plan is known.
    """
    planned = draws.planned_revenue(book, focal, last_year)
    if layer != "announced" or np.isnan(planned) or not _comes_in(web, focal):
        return []
    words = f"planned revenue to {last_year} counts as money in ({units.usd_bn(planned)})"
    more = draws.with_payment(web, "customers", focal, planned)
    group = customers_group(book.party_name(focal))
    return [
        Setting(group, "outside the web of deals", web, True),
        Setting(group, words, more),
    ]


def customers_group(name: str) -> str:
    """The name of the assumption on the customers of this firm."""
    return f"{name}’s customers"


def row(group: str, setting: str, found: Answer, is_base: bool = False) -> tuple[object, ...]:
    """A row of `answers`."""
    ends = (found.low, found.middle, found.high)
    return (group, setting, is_base, *ends, found.share.written)


def answers(
    book: Dealbook, web: pd.DataFrame, settings: Iterable[Setting], focal: str, runs: int, seed: int
) -> list[tuple[object, ...]]:
    """The answer for each setting, as rows of `COLUMNS`; that of `web` where others hold to it."""
    base = draws.answer(book, web, focal, runs, seed)
    rows = []
    for one in settings:
        found = base if one.is_base else draws.answer(book, one.web, focal, runs, seed)
        rows.append(row(one.group, one.words, found, one.is_base))
    return rows


def sorted_by_swing(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Rows of `COLUMNS`, the assumption that moves the middle of the draws most first."""
    table = pd.DataFrame(list(rows), columns=COLUMNS)
    swing = swings(table)
    return table.sort_values(
        "group", key=lambda group: -group.map(swing), kind="stable", ignore_index=True
    )


def swings(table: pd.DataFrame) -> pd.Series[float]:
    """How far each assumption moves the middle of the draws, USD billion, by group."""
    middle = table.groupby("group").value
    return middle.max() - middle.min()


def found(table: pd.DataFrame, group: str, setting: str) -> pd.Series[float]:
    """The first row of a group whose setting begins so; without sums where there is none."""
    chosen = table[table.group.eq(group) & table.setting.str.startswith(setting)]
    return chosen.iloc[0] if len(chosen) else _none()


def base(table: pd.DataFrame) -> pd.Series[float]:
    """A row of the setting that all assumptions hold to; without sums where there is none."""
    chosen = table[table.base.eq(True)]
    return chosen.iloc[0] if len(chosen) else _none()


def _none() -> pd.Series[float]:
    return pd.Series({**dict.fromkeys(("low", "value", "high"), np.nan), "share": "no part"})
