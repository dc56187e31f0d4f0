"""One partner's advance: what it put in and what went back, between what the evidence allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.chapters.when_money_moves import balances, running
from tightrope.dealbook import Dealbook

_COLUMNS = ["payer", "payee", "amount", "year"]


@dataclass(frozen=True)
class Advance:
    """What `party` put in by some rounds, and what is known to have gone back to it.

    `late` holds the payments in, dated when a balance proved them, `early` the same with each
    first balance dated when its round was announced. `years` is empty unless payments both ways
    are known. `settled` is the day of the first balance of what went back that is no accrual.
    """

    party: str
    rounds: tuple[str, ...]
    use: str
    late: pd.DataFrame
    early: pd.DataFrame
    web: Dealbook
    years: tuple[int, ...]
    settled: pd.Timestamp | None

    @property
    def rows(self) -> list[str]:
        """The rows of the rounds and of what went back."""
        return [f"legs/{leg}" for leg in (*self.rounds, self.use)]

    def back(self, end: str = "stated") -> pd.DataFrame:
        """What went back, as `balances` at that end."""
        return balances(self.web, self.use, end)

    def account(self, paid_in: pd.DataFrame, end: str = "stated") -> pd.DataFrame:
        """Payments in, `late` or `early`, with what went back: payer, payee, amount, year."""
        return pd.concat([paid_in[_COLUMNS], self.back(end)], ignore_index=True)

    def cases(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The account in three ways to date and count it, by (party, words); empty without one."""
        if not self.years:
            return {}
        return {
            (self.party, "dated when a balance proved it"): self.account(self.late),
            (self.party, "dated when it was announced"): self.account(self.early),
            (self.party, "so dated, and the least that surely went back"): self.account(
                self.early, "low"
            ),
        }

    def sums(self) -> pd.DataFrame:
        """The running sums to the end of each of `years`, USD billion, by year.

        Columns: in_low and in_high (proved late, announced early), back_low and back_high.
        """
        return pd.DataFrame(
            {
                "in_low": running(self.late, self.years),
                "in_high": running(self.early, self.years),
                "back_low": running(self.back("low"), self.years),
                "back_high": running(self.back("high"), self.years),
            },
            index=pd.Index(self.years, name="year"),
        )

    def repaid(self) -> int | None:
        """The first year by whose end at least as much had surely gone back as was put in."""
        sums = self.sums()
        return _first(sums.index[sums.in_high.gt(0) & sums.back_low.ge(sums.in_high)])

    def perhaps_repaid(self) -> int | None:
        """The first year by whose end as much may have gone back as was put in."""
        sums = self.sums()
        return _first(sums.index[sums.in_low.gt(0) & sums.back_high.ge(sums.in_low)])

    def within_years(self) -> float:
        """What went in and out within one calendar year, payments in dated late: USD billion."""
        if not self.years:
            return 0.0
        account = self.account(self.late)
        paid_in, paid_out = (
            account[account[end].eq(self.party)].groupby("year").amount.sum()
            for end in ("payer", "payee")
        )
        both = pd.concat([paid_in, paid_out], axis=1).fillna(0.0)
        return float(both.min(axis=1).sum())


def _first(years: pd.Index) -> int | None:
    return int(years[0]) if len(years) else None


def advance(
    web: Dealbook, moves: pd.DataFrame, party: str, rounds: Sequence[str], use: str
) -> Advance:
    """The `Advance` of `party`: rows of `when_money_moves.moves`, by the legs of its rounds.

    `use` is the leg by which money goes back. A first balance can have been paid as early as on
    the day of the first announcement; talks and reports do not count as one.
    """
    late = moves[moves.leg_id.isin(rounds) & moves.basis.eq("paid")]
    said = web.events[web.events.leg_id.isin(rounds) & ~web.events.status.isin(ledger.HEARSAY)]
    announced = said.groupby("leg_id").happened_on.min().dt.year
    is_first = ~late.duplicated("leg_id")
    year = late.year.where(~is_first, late.leg_id.map(announced)).astype("Int64")
    early = late.assign(year=year)
    steps = web.events[web.events.leg_id.eq(use) & web.events.status.eq("paid")]
    steps = steps.sort_values(["happened_on", "known_on"])
    proved = steps.happened_on[steps.paid_basis.ne("accrual")]
    years: range = range(0)
    if len(late) and len(steps):
        years = range(int(early.year.min()), int(steps.happened_on.dt.year.max()) + 1)
    settled = proved.iloc[0] if len(proved) else None
    return Advance(party, tuple(rounds), use, late, early, web, tuple(years), settled)


def bands(one: Advance, labels: tuple[str, str]) -> pd.DataFrame:
    """Both running sums of an advance as `charts.bands` draws them: in, then back.

    Columns: series (of `labels`), direction, year, low and high (USD billion). What went back
    starts with the last year in which it was still nothing.
    """
    sums = one.sums()
    found = []
    for label, side, name in zip(labels, ("in", "out"), ("in", "back"), strict=True):
        ends = sums[[f"{name}_low", f"{name}_high"]].to_numpy(dtype=float)
        low, high = np.minimum(*ends.T), np.maximum(*ends.T)
        table = pd.DataFrame({"series": label, "direction": side, "year": list(one.years)})
        found.append(table.assign(low=low, high=high))
    start = int(one.back().year.min()) - 1 if one.years else 0
    both = pd.concat(found)
    return both[~(both.series.eq(labels[1]) & both.year.lt(start))]
