"""Circularity, measured every way: random draws of a web, and webs with one thing changed.

A web is a frame of `how_circular.web`. All sums are USD billion, nominal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import counting, dealbook, loops, terms
from tightrope.chapters.how_circular import named, web
from tightrope.dealbook import Dealbook
from tightrope.measures import routes, uncertainty

Amounts = npt.NDArray[np.float64]
"""One row a run, one column a payment."""

NINE_IN_TEN = (0.05, 0.95)


def scaled(web: pd.DataFrame, chosen: pd.Series[bool], factor: float) -> pd.DataFrame:
    """The web with each of the `chosen` payments worth this part of its amount."""
    ends = [*counting.ENDS, "mode"]
    return web.assign(**{end: web[end].mask(chosen, web[end] * factor) for end in ends})


def closed(web: pd.DataFrame) -> pd.DataFrame:
    """The web with an upper end for every payment: where none is known, what is stated of it."""
    return web.assign(high=web.high.fillna(web[["low", "stated"]].max(axis=1)))


def with_payment(web: pd.DataFrame, payer: str, payee: str, amount: float) -> pd.DataFrame:
    """The web with one payment more, of exactly this amount; the draws of all others stay."""
    more = {
        "leg_id": f"{payer}-{payee}",
        # A deal of its own would give every later deal another quantile.
        "deal_id": web.deal_id.iloc[0],
        "payer": payer,
        "payee": payee,
        "part_of": "",
        "is_report": False,
        **dict.fromkeys((*counting.ENDS, "mode"), amount),
    }
    return pd.concat([web, pd.DataFrame([more])], ignore_index=True)


def planned_revenue(book: Dealbook, focal: str, last_year: int) -> float:
    """What `focal` plans to earn from the book's year to `last_year`, USD billion in all.

    The newest plan for each year; years between two plans on a straight line. NaN where fewer
    than two years are known.
    """
    plans = book.financials[
        book.financials.party_id.eq(focal)
        & book.financials.metric.eq("revenue")
        & book.financials.nature.eq("plan")
        & book.financials.period.str.fullmatch(r"\d{4}")
    ].sort_values("known_on", kind="stable")
    plan = plans.assign(year=plans.period.astype(int)).groupby("year").value.last()
    plan = plan[plan.index >= book.day.year]
    years = list(range(book.day.year, last_year + 1))
    return float(np.interp(years, plan.index, plan.to_numpy()).sum()) if len(plan) > 1 else np.nan


def drawn(book: Dealbook, web: pd.DataFrame, runs: int, seed: int) -> Amounts:
    """Amounts of a web's payments in random runs, in the order of its rows.

    Each is drawn within its range by `uncertainty.sample`, all payments of a deal together: a
    triangle with its peak at `mode`, or all sums alike where there is none. A payment without an
    upper end is drawn no higher than what is stated, and a shared sum once: what a part takes of
    it, the whole does not have. The same deal stands at the same quantile in every web of one book
    and seed, so that two webs can be compared run by run.
    """
    low, mode, high = _range(closed(web))
    ranges = pd.DataFrame(
        {
            "leg_id": web.leg_id,
            "deal_id": web.deal_id,
            "paid": mode,
            "paid_low": low,
            "paid_high": high,
        }
    )
    # With every deal in it, each table of the book is drawn alike.
    deals = book.deals[["deal_id"]].assign(leg_id="", paid=0.0, paid_low=0.0, paid_high=0.0)
    together = pd.concat([ranges, deals], ignore_index=True)
    amounts = uncertainty.sample(together, runs, seed, "paid")[:, : len(web)]
    return _shared(web, amounts, high)


def fated(
    book: Dealbook, focal: str, layer: str, runs: int, seed: int
) -> tuple[pd.DataFrame, Amounts]:
    """A web and its amounts in runs in which payments may also fail, by `uncertainty.PRIORS`.

    What is paid is certain; what binds is surer where its terms say that it is due without a
    condition; what is only announced, and every estimate of chips, is least sure. The payments of
    one deal live or die together.
    """
    table = web(book, focal, layer)
    of_leg = terms.of_legs(book).set_index("leg_id").part
    due = table.leg_id.map(of_leg).eq("without_condition")
    ranges = table[["leg_id", "deal_id"]].assign(conditional=~due)
    estimated = table.leg_id.ne(loops.leg_ids(table))
    for level in dealbook.LAYERS[dealbook.LAYERS.index(layer) :]:
        level_web = table
        if level != layer:
            surer = counting.counted(book.within(*loops.SCOPES), level)
            ids = surer.set_index("leg_id")
            ends = ids[[*counting.ENDS]].reindex(table.leg_id).reset_index(drop=True)
            is_there = table.leg_id.isin(ids.index) & ~estimated
            level_web = table.assign(**{end: ends[end].where(is_there, 0.0) for end in ends})
            level_web = level_web.assign(mode=named(book, level_web, level))
        # An inner layer without an upper end is bounded by the layer around it.
        low, mode, high = _range(closed(level_web) if level == layer else level_web)
        ranges = ranges.assign(**{f"{level}_low": low, level: mode, f"{level}_high": high})
    amounts = uncertainty.sample(ranges, runs, seed, layer)
    return table, _shared(table, amounts, ranges[f"{layer}_high"])


def _range(web: pd.DataFrame) -> tuple[pd.Series[float], pd.Series[float], pd.Series[float]]:
    """Low, mode and high to draw from; what is left of a site is least where its chips are most."""
    low, high = np.fmin(web.low, web.high), web.high.mask(web.low.gt(web.high), web.low)
    return low, web["mode"].where(web["mode"].ge(low) & ~web["mode"].gt(high)), high


def _shared(web: pd.DataFrame, amounts: Amounts, high: pd.Series[float]) -> Amounts:
    """What each part takes of the sum that contains it, as drawn; the whole keeps the rest."""
    places = {leg: place for place, leg in enumerate(web.leg_id)}
    rest = amounts.copy()
    for leg, whole in zip(web.leg_id, web.part_of, strict=True):
        if whole not in places:
            continue
        part, most = places[leg], float(high.iloc[places[leg]])
        taken = rest[:, places[whole]] * (amounts[:, part] / most if most else 0.0)
        rest[:, part] = taken
        rest[:, places[whole]] -= taken
    return rest


def measured(web: pd.DataFrame, amounts: Amounts, focal: str) -> pd.DataFrame:
    """`READINGS` of `focal` in every run of `amounts`, USD billion: one row a run.

    All runs are solved at once, as one web in which they share no party but `focal`: the cheapest
    cut through it falls apart into the cheapest cut through each run.
    """
    inward, outward = web.payee.eq(focal).to_numpy(), web.payer.eq(focal).to_numpy()
    into = pd.DataFrame(amounts[:, inward].T).groupby(web.payer[inward].to_numpy()).sum()
    out = pd.DataFrame(amounts[:, outward].T).groupby(web.payee[outward].to_numpy()).sum()
    both = into.index.intersection(out.index)
    table = pd.DataFrame(
        {
            "inflow": into.sum(),
            "outflow": out.sum(),
            "direct": np.minimum(into.loc[both], out.loc[both]).sum(),
        },
        index=range(len(amounts)),
    ).fillna(0.0)
    return table.assign(any_route=_any_route(web, amounts, focal))


def _any_route(web: pd.DataFrame, amounts: Amounts, focal: str) -> Amounts:
    between = loops.ways(web, focal)
    used = (web.payer.isin(between) & web.payee.isin(between)).to_numpy()
    runs = len(amounts)
    if not used.any():
        return np.zeros(runs)
    codes, parties = pd.factorize(np.concatenate([web.payer[used], web.payee[used]]))
    run = np.repeat(np.arange(runs), used.sum())
    here = np.flatnonzero(parties == focal)[0]
    payer, payee = (
        np.where(np.tile(side, runs) == here, -1, run * len(parties) + np.tile(side, runs))
        for side in np.split(codes, 2)
    )
    payments = pd.DataFrame({"payer": payer, "payee": payee, "amount": amounts[:, used].ravel()})
    payments = payments[payments.amount.gt(0)]
    if not (payments.payer.eq(-1).any() and payments.payee.eq(-1).any()):
        return np.zeros(runs)
    cut = routes.returnable(payments, -1).cut
    of_run = cut[["payer", "payee"]].max(axis=1) // len(parties)
    returned: Amounts = np.bincount(of_run, cut.amount, minlength=runs).astype(np.float64)
    return returned


def in_runs(book: Dealbook, web: pd.DataFrame, focal: str, runs: int, seed: int) -> pd.DataFrame:
    """`measured` of a web in the runs of `drawn`."""
    return measured(web, drawn(book, web, runs, seed), focal)


@dataclass(frozen=True)
class Share:
    """The middle nine tenths of a share in the draws, as fractions; NaN where its whole is none."""

    low: float
    high: float

    @property
    def written(self) -> str:
        """The range in words, in whole percent: "8–16%"."""
        if np.isnan(self.low):
            return "no known part"
        low, high = round(100 * self.low), round(100 * self.high)
        return f"{high}%" if low == high else f"{low}–{high}%"


def share(runs: pd.DataFrame, part: str, whole: str) -> Share:
    """The middle nine tenths of one of `READINGS` over another, run by run."""
    ratio = (runs[part] / runs[whole].where(runs[whole].gt(0))).dropna()
    if ratio.empty:
        return Share(np.nan, np.nan)
    return Share(*(float(end) for end in ratio.quantile(list(NINE_IN_TEN))))


@dataclass(frozen=True)
class Answer:
    """What can return by any route, USD billion: exact at its ends, and the middle of the draws."""

    low: float
    middle: float
    high: float
    """NaN where nothing bounds it."""
    share: Share
    """Of what comes in, in the draws."""


def answer(book: Dealbook, web: pd.DataFrame, focal: str, runs: int, seed: int) -> Answer:
    """What can return to `focal` by any route in one web."""
    if web.empty:
        return Answer(0.0, 0.0, 0.0, Share(np.nan, np.nan))
    low, _, high = loops.returnable(web, focal)
    found = in_runs(book, web, focal, runs, seed)
    return Answer(low, float(found.any_route.median()), high, share(found, "any_route", "inflow"))
