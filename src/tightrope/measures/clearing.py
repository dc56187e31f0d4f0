"""Who breaks: what parties can pay each other when one of them pays only a part.

Amounts are USD billion. `obligations` are payments that fall due together, in one year say:
columns payer, payee, amount. Backlog is not due and not an asset: clear only what a year obliges.
`cash` is what each party has for paying them, from anywhere outside this web; `outside_debt`
what it owes to creditors outside it. All creditors of a party rank equally (pari passu): each gets
the same share of its claim. `at_most` caps parties that pay only a share of what they owe, even
if they could pay more, and keep the rest. Sums and shares by party are mappings or series: a
dictionary, or a column of a frame that has the parties as its index. All that clear raise
ValueError for obligations that `payments.Web.of` refuses, for a debtor without cash, for sums or
shares that cannot be any, and for a series that has a party twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import spsolve

from tightrope.measures.amounts import ByParty, SharesByYear, by_name, check, listed
from tightrope.measures.payments import Web

OUTSIDE = "(outside creditors)"
"""Stands in `losses` for those to whom `outside_debt` is owed: lenders, mostly."""
_TOLERANCE = 1e-9
"""A party that lacks no more than this share of what it owes is not in default: it is rounding."""
_STANDING = ["party", "owed", "paid", "shortfall", "in_default", "first_round", "passed_on"]
Sums = npt.NDArray[np.float64]


def clear(
    obligations: pd.DataFrame,
    cash: ByParty,
    outside_debt: ByParty | None = None,
    at_most: ByParty | None = None,
) -> pd.DataFrame:
    """What every party owes and pays once all have paid what they can.

    Columns: party, `owed` and `paid` (outside debt is in both), `shortfall` and `in_default`; in
    the order of the names. Each party pays the smaller of what it owes and what it has: its cash
    and what others pay it. Of all payments that satisfy this, the greatest (Eisenberg & Noe 2001,
    doi:10.1287/mnsc.47.2.236.9835): a ring of equal debts clears without any cash, on paper.
    """
    web = _Dues.of(obligations, cash, outside_debt, at_most)
    return _frame(web, web.greatest())


def losses(
    obligations: pd.DataFrame,
    cash: ByParty,
    outside_debt: ByParty | None = None,
    at_most: ByParty | None = None,
) -> pd.DataFrame:
    """What every party is not paid: at once, and because others in turn were not paid.

    Columns: party, `first_round`, `passed_on`; largest loss first. `first_round` is lost to
    parties that cannot (or, capped, do not) pay even if all others pay them in full; `passed_on`
    is what clearing takes beyond that. The row OUTSIDE has what is lost to lenders and other
    creditors outside the web. Both columns together add up to all shortfalls.
    """
    web = _Dues.of(obligations, cash, outside_debt, at_most)
    return _losses(web, web.greatest())


def stress(
    obligations: pd.DataFrame,
    cash: ByParty,
    focal: str,
    ratios: Sequence[float] = (1.0, 0.8, 0.6, 0.4, 0.2),
    outside_debt: ByParty | None = None,
) -> pd.DataFrame:
    """What follows for each party if `focal` pays these shares of all that it owes.

    The columns of `clear` and of `losses`, one row a share (`pay_ratio`) and party, OUTSIDE
    included. `focal` has whatever cash that takes: the question is what its share does to others,
    not where it comes from. Raises ValueError if `focal` owes nothing, for an unknown party too.
    """
    has = {**by_name(cash, "cash"), focal: math.nan}
    web = _Dues.of(obligations, has, outside_debt, None, unbounded=focal)
    if focal not in web.parties or not web.owed[web.parties.get_loc(focal)] > 0:
        debtors = web.parties[web.owed > 0]
        raise ValueError(f'"{focal}" owes nothing; those who do are: {listed(list(debtors))}')
    tables = []
    for ratio in ratios:
        capped = web.capped({focal: ratio})
        tables.append(_standing(capped, capped.greatest()).assign(pay_ratio=ratio))
    return pd.concat(tables, ignore_index=True)[["pay_ratio", *_STANDING]]


def clear_by_year(
    obligations: pd.DataFrame,
    income: ByParty,
    opening_cash: ByParty,
    focal: str,
    pay_ratio: float | SharesByYear,
    outside_debt: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What every party owes, pays and loses year by year if `focal` pays a share of its dues.

    `obligations`: year, payer, payee, amount; `outside_debt`: year, party, amount owed to
    creditors outside the web. `income`: what a party has a year from outside the web, the same
    every year; `opening_cash`: what it has at the start of the first year. What is left at the end
    of a year is carried to the next, and no year from the first with dues to the last is left
    out. `pay_ratio`: the share that `focal` pays, one for all years or one for each (a mapping or
    a series by year); it has whatever cash that takes. **A debt that is not paid in a year is lost,
    not carried on**: there are no arrears, and who is in default goes on with what it has.

    Columns: year, then those of `stress`, one row a year and party, OUTSIDE included. The rounds
    are those of one year: what was lost in earlier years is missing from the cash, so that it
    shows as a first-round loss of the year in which it is missed. Raises ValueError as `stress`
    does, and for a year that is missing, no whole number or without a share.
    """
    columns = ["year", "party", "amount"]
    debts = pd.DataFrame(columns=columns) if outside_debt is None else outside_debt
    _check_debts(debts)
    dues_in, debts_in = _by_year(obligations), _by_year(debts)
    known = sorted({*dues_in, *debts_in})
    years = list(range(known[0], known[-1] + 1)) if known else []
    if isinstance(pay_ratio, Mapping | pd.Series):
        shares = by_name(pay_ratio, "pay_ratio")
    else:
        shares = dict.fromkeys(years, pay_ratio)
    unshared = [str(year) for year in years if year not in shares]
    if unshared:
        raise ValueError(f'what "{focal}" pays of its dues is missing for: {listed(unshared)}')
    owing = obligations[obligations.payer.ne(obligations.payee) & obligations.amount.gt(0)]
    if not owing.payer.eq(focal).any():
        debtors = sorted(set(owing.payer))
        raise ValueError(f'"{focal}" owes nothing; those who do are: {listed(debtors)}')
    yearly, opening = by_name(income, "income"), by_name(opening_cash, "opening cash")
    given = {**yearly, **opening}
    without = sorted({*owing.payer, *debts.party[debts.amount.gt(0)]} - {*given, focal})
    if without:
        raise ValueError(f"cash is missing for parties that owe something: {listed(without)}")
    for name, sums in (("income", yearly), ("opening cash", opening)):
        others = {party: value for party, value in sums.items() if party != focal}
        check(others, f"{name} must be a finite number of at least 0 (USD bn)")
    # Whoever appears in one year is a party of all, so that years can be laid side by side.
    parties = {*given, *obligations.payer, *obligations.payee, *debts.party} - {focal}
    cash = {party: opening.get(party, 0.0) for party in parties}
    tables = []
    for year in years:
        debt = debts_in[year].groupby("party").amount.sum() if year in debts_in else {}
        has = {party: value + yearly.get(party, 0.0) for party, value in cash.items()}
        web = _Dues.of(
            dues_in.get(year, obligations.iloc[:0]),
            {**has, focal: math.nan},
            {str(party): float(amount) for party, amount in debt.items()},
            {focal: shares[year]},
            unbounded=focal,
        )
        paid = web.greatest()
        left = dict(zip(web.parties, np.maximum(web.means(paid) - paid, 0.0), strict=True))
        cash = {party: float(left[party]) for party in parties}
        tables.append(_standing(web, paid).assign(year=year))
    return pd.concat(tables, ignore_index=True)[["year", *_STANDING]]


def break_even_pay_ratio(due_from_focal: float, own_obligations: float, other_cash: float) -> float:
    """The smallest share of its dues that the focal party must pay for a partner to pay its own.

    max(0, (own obligations - other cash) / due from focal): 0 if the partner needs nothing from
    it, above 1 if even full payment is not enough, infinite if nothing is due. It is the first
    round of clearing in one division; other debtors of the partner are taken to pay, as far as
    `other_cash` counts them. Raises ValueError for amounts that are negative or not finite.
    """
    amounts = {
        "due_from_focal": due_from_focal,
        "own_obligations": own_obligations,
        "other_cash": other_cash,
    }
    wrong = {name: value for name, value in amounts.items() if not 0 <= value < math.inf}
    if wrong:
        said = ", ".join(f"{name} is {value:g}" for name, value in wrong.items())
        raise ValueError(f"an amount must be a finite number of at least 0 (USD bn): {said}")
    needed = max(0.0, own_obligations - other_cash)
    if not needed:
        return 0.0
    return needed / due_from_focal if due_from_focal else math.inf


def herfindahl(shares: Sequence[float] | pd.Series) -> float:
    """The Herfindahl-Hirschman index: the squares of shares in percent, added up; 10 000 at most.

    Shares that add up to less than 100 leave a rest of unknown owners, which counts as nothing:
    then the index is a lower bound. Raises ValueError for shares that are missing, negative or
    add up to more than 100, and for fractions (0.3 for 30).
    """
    series = pd.Series(shares, dtype="float64")
    percent = series.to_numpy()
    wrong = ~(np.isfinite(percent) & (percent >= 0))
    if wrong.any():
        rows = (f"{name} has {share:g}" for name, share in series[wrong].items())
        raise ValueError(f"a share must be a finite number of at least 0: {listed(list(rows))}")
    total = percent.sum()
    if total > 100 * (1 + _TOLERANCE):
        raise ValueError(f"shares add up to {total:g} percent, more than 100")
    if 0 < total <= 1 + _TOLERANCE:
        raise ValueError(f"shares are in percent, but add up to {total:g}: write 30, not 0.3")
    return float((percent**2).sum())


@dataclass(frozen=True, eq=False)
class _Dues:
    """Obligations as arrays over `parties`; `claims[i, j]` is the share of i's payment that j gets.

    `most` is what a party pays at most: what it owes, or less if it is capped. `has` is its cash;
    infinite for a party that pays its `most` whatever it has.
    """

    parties: pd.Index
    claims: Any
    owed: Sums
    outside: Sums
    most: Sums
    has: Sums

    @classmethod
    def of(
        cls,
        obligations: pd.DataFrame,
        cash: ByParty,
        outside_debt: ByParty | None,
        at_most: ByParty | None,
        unbounded: str | None = None,
    ) -> _Dues:
        web = Web.of(obligations).without_self_payments()
        debt = {} if outside_debt is None else by_name(outside_debt, "outside debt")
        has, caps = by_name(cash, "cash"), {} if at_most is None else by_name(at_most, "at_most")
        known = {party: value for party, value in has.items() if party != unbounded}
        check(known, "cash must be a finite number of at least 0 (USD bn)")
        check(debt, "outside debt must be a finite number of at least 0 (USD bn)")
        parties = pd.Index(sorted({*web.parties, *has, *debt}), dtype="str")
        if OUTSIDE in parties:
            raise ValueError(f'no party can be named "{OUTSIDE}"')
        size = len(parties)
        place = parties.get_indexer(web.parties)
        amounts = web.thousands / 1e6
        due = sparse.csr_array((amounts, (place[web.payer], place[web.payee])), (size, size))
        outside = np.array([debt.get(party, 0.0) for party in parties], dtype=np.float64)
        owed = np.asarray(due.sum(axis=1)).ravel() + outside
        without = [party for party in parties[owed > 0] if party not in has]
        if without:
            raise ValueError(f"cash is missing for parties that owe something: {listed(without)}")
        share = np.divide(1.0, owed, out=np.zeros(size), where=owed > 0)
        means = np.array(
            [math.inf if party == unbounded else has.get(party, 0.0) for party in parties],
            dtype=np.float64,
        )
        claims = sparse.diags_array(share) @ due
        return cls(parties, claims, owed, outside, owed, means).capped(caps)

    def capped(self, at_most: Mapping[str, float]) -> _Dues:
        """The same dues, of which these parties pay at most these shares."""
        unknown = [party for party in at_most if party not in self.parties]
        if unknown:
            known = listed(list(self.parties))
            raise ValueError(f'"{unknown[0]}" is in no obligation; the parties are: {known}')
        check(dict(at_most), "a share that is paid must be between 0 and 1", most=1.0)
        cap = np.array([at_most.get(party, 1.0) for party in self.parties], dtype=np.float64)
        return _Dues(self.parties, self.claims, self.owed, self.outside, self.owed * cap, self.has)

    def means(self, paid: Sums) -> Sums:
        """Cash and what is paid in, if the parties pay this."""
        return self.has + self.claims.T @ paid

    def greatest(self) -> Sums:
        """The greatest clearing payments, by fictitious defaults: at most one round a party.

        Start with everyone paying all; whoever then lacks money pays all it has, which is a linear
        system among those in default; repeat until nobody new lacks money.
        """
        paid = self.most.copy()
        broken = np.zeros(len(self.parties), dtype=bool)
        while True:
            lacking = self.means(paid) < self.most - _TOLERANCE * np.maximum(self.most, 1e-6)
            if not (lacking & ~broken).any():
                return paid
            broken |= lacking
            inside = self.claims[broken][:, broken].T
            given = (self.has + self.claims[~broken].T @ paid[~broken])[broken]
            system = sparse.csc_array(sparse.eye_array(int(broken.sum())) - inside)
            paid[broken] = np.clip(spsolve(system, given), 0.0, self.most[broken])


def _frame(web: _Dues, paid: Sums) -> pd.DataFrame:
    shortfall = web.owed - paid
    in_default = shortfall > _TOLERANCE * np.maximum(web.owed, 1e-6)
    shortfall = np.where(in_default, shortfall, 0.0)
    return pd.DataFrame(
        {
            "party": web.parties,
            "owed": web.owed,
            "paid": web.owed - shortfall,
            "shortfall": shortfall,
            "in_default": in_default,
        }
    )


def _standing(web: _Dues, paid: Sums) -> pd.DataFrame:
    """The columns of `clear` and of `losses` side by side; OUTSIDE owes and pays nothing."""
    # A merge of two frames would cost more than the clearing itself.
    own = _frame(web, paid)
    first, passed = _lost(web, paid)
    names = [*web.parties, OUTSIDE]
    order = sorted(range(len(names)), key=names.__getitem__)
    sums = {name: np.append(own[name], math.nan) for name in ("owed", "paid", "shortfall")}
    rest = {
        "in_default": np.append(own.in_default, False),
        "first_round": first,
        "passed_on": passed,
    }
    columns = {name: column[order] for name, column in (sums | rest).items()}
    return pd.DataFrame({"party": [names[place] for place in order]} | columns)


def _losses(web: _Dues, paid: Sums) -> pd.DataFrame:
    first, passed = _lost(web, paid)
    names = [*web.parties, OUTSIDE]
    table = pd.DataFrame({"party": names, "first_round": first, "passed_on": passed})
    order = (table.first_round + table.passed_on).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _lost(web: _Dues, paid: Sums) -> tuple[Sums, Sums]:
    """What each party is not paid, and last those outside: in the first round, and passed on."""
    alone = np.minimum(web.most, web.means(web.owed))
    first, all_rounds = web.owed - alone, web.owed - np.minimum(paid, alone)
    to_outside = np.divide(web.outside, web.owed, out=np.zeros_like(paid), where=web.owed > 0)

    def lost(shortfall: Sums) -> Sums:
        return np.append(web.claims.T @ shortfall, to_outside @ shortfall)

    return lost(first), lost(all_rounds - first)


def _by_year(table: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """The rows of each year; refuses a year that is none."""
    year = pd.to_numeric(table.year, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(year) & (year == np.floor(year)))
    if wrong.any():
        rows = [f"row {row} has {value}" for row, value in table.year[wrong].items()]
        raise ValueError(f"a year must be a whole number: {listed(rows)}")
    return {int(str(one)): rows for one, rows in table.groupby(year.astype(np.int64))}


def _check_debts(debts: pd.DataFrame) -> None:
    rows = zip(debts.index, debts.party, debts.amount, strict=True)
    named = {f"row {row} ({party})": float(amount) for row, party, amount in rows}
    check(named, "outside debt must be a finite number of at least 0 (USD bn)")
