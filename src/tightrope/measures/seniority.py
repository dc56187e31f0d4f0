"""Who is paid first: clearing where creditors rank, guarantees are called, and shares are held.

Amounts are USD billion. `dues` are payments that fall due together: columns payer, payee, amount
and `rank`, a whole number; 0 is paid first (what a firm must spend to go on), then 1, and so on.
Each party pays its ranks in order out of its cash and what it receives, and within a rank everyone
gets the same share. Of all payments that satisfy this the greatest are computed: Eisenberg & Noe
2001 (doi:10.1287/mnsc.47.2.236.9835) with the seniority of debt and the cross-holdings of Elsinger
2009 (Oesterreichische Nationalbank, working paper 156) and Fischer 2014
(doi:10.1111/j.1467-9965.2012.00526.x), at maturity and without his prices before it. With one
rank, no guarantee and no holding it is `clearing.clear`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from tightrope.measures.amounts import ByParty, by_name, check, listed
from tightrope.measures.payments import PER_BN, Web
from tightrope.measures.ranked import Ranked
from tightrope.measures.waterfall import Places, Sums

DUES = ["payer", "payee", "rank", "amount"]
GUARANTEES = ["guarantor", "debtor", "payee", "rank", "cap"]
HOLDINGS = ["holder", "party", "share"]
_DEFAULT = 1e-9
"""A party that lacks no more than this share of what it owes is not in default: it is rounding."""


@dataclass(frozen=True, eq=False)
class Cleared:
    """What everyone pays and is paid.

    `parties`: party, `cash`, `received` (dues, guarantees and the worth of holdings), `owed`
    (called guarantees included), `paid`, `shortfall`, `in_default` and `left`, what remains when
    all dues are paid: its equity. `dues`: payer, payee, rank, amount, paid; dues of one pair and
    rank are one row. `calls`: the rows of `guarantees` with `called`, what the debtor does not pay
    up to the cap, and `paid`, what of it the guarantor has.
    """

    parties: pd.DataFrame
    dues: pd.DataFrame
    calls: pd.DataFrame


def clear(
    dues: pd.DataFrame,
    cash: ByParty,
    guarantees: pd.DataFrame | None = None,
    holdings: pd.DataFrame | None = None,
) -> Cleared:
    """The greatest clearing of dues in ranks.

    `cash` is what each party has from anywhere outside the web. `guarantees` (guarantor, debtor,
    payee, rank, cap): the guarantor owes the payee, in this rank of its own, what the debtor does
    not pay it, up to the cap; it is called in the same clearing, and what the guarantor might get
    back from the debtor later is left out. `holdings` (holder, party, share): the holder has this
    share of what is left of a party when all its dues are paid. Sums are rounded to a thousand
    dollars, as every measure does. Raises ValueError for dues that `payments.Web.of` refuses, a
    rank that is no whole number of at least 0, a debtor or guarantor without cash, sums that cannot
    be any, a debt that is guaranteed twice and a party that is owned by more than one whole.
    """
    promised = _rows(guarantees, GUARANTEES, "guarantees")
    web = _Named.of(dues, by_name(cash, "cash"), promised)
    owners = web.owners(_rows(holdings, HOLDINGS, "holdings"))
    flow = web.ranked.waterfall(web.cash, web.amount, _caps(promised), owners)
    has = flow.greatest()
    own = flow.state(has)
    part = own.part
    owed = np.bincount(flow.payer, own.owed, len(has))
    paid = np.minimum(np.bincount(flow.payer, own.paid, len(has)), owed)
    in_default = owed - paid > _DEFAULT * np.maximum(owed, 1e-6)
    shortfall = np.where(in_default, owed - paid, 0.0)
    parties = pd.DataFrame(
        {
            "party": web.parties,
            "cash": flow.cash,
            "received": has - flow.cash,
            "owed": owed,
            "paid": owed - shortfall,
            "shortfall": shortfall,
            "in_default": in_default,
            "left": np.maximum(has - owed, 0.0),
        }
    )
    calls = promised.assign(called=0.0, paid=0.0)
    if flow.promises is not None:
        calls["called"] = own.called
        calls["paid"] = own.called * part[flow.promises.klass]
    return Cleared(parties, web.frame(part), calls)


@dataclass(frozen=True, eq=False)
class _Named:
    """Dues and guarantees as places of `parties`, the cash of each and the amount of each due."""

    parties: pd.Index
    cash: Sums
    ranked: Ranked
    amount: Sums

    @classmethod
    def of(cls, dues: pd.DataFrame, cash: dict[Any, float], promised: pd.DataFrame) -> _Named:
        ranks, levels = _ranks(dues, "dues"), _ranks(promised, "guarantees")
        check(cash, "cash must be a finite number of at least 0 (USD bn)")
        webs = [
            (rank, Web.of(dues[ranks == rank]).without_self_payments())
            for rank in np.unique(ranks).tolist()
        ]
        named = [promised[name] for name in ("guarantor", "debtor", "payee")]
        parties = pd.Index(_in_order([*(web.parties for _, web in webs), cash, *named]))
        places = [parties.get_indexer(web.parties) for _, web in webs]
        pairs = list(zip(places, (web for _, web in webs), strict=True))
        guarantor, debtor, protected = (_whole([parties.get_indexer(own)]) for own in named)
        ranked = Ranked(
            len(parties),
            payer=_whole([place[web.payer] for place, web in pairs]),
            payee=_whole([place[web.payee] for place, web in pairs]),
            rank=_whole([np.full(len(web.payer), rank) for rank, web in webs]),
            guarantor=guarantor,
            debtor=debtor,
            protected=protected,
            level=levels,
        )
        amount = np.concatenate([np.zeros(0), *(web.thousands / PER_BN for _, web in webs)])
        owing = parties[np.unique(ranked.class_payer)]
        without = [str(party) for party in owing if party not in cash]
        if without:
            raise ValueError(f"cash is missing for parties that owe something: {listed(without)}")
        has = np.array([cash.get(party, 0.0) for party in parties], dtype=np.float64)
        return cls(parties, has, ranked, amount)

    def owners(self, holdings: pd.DataFrame) -> Any:
        """Holders × parties: the share of each party's equity; None without holdings."""
        if holdings.empty:
            return None
        shares = {f"row {row}": float(share) for row, share in holdings.share.items()}
        check(shares, "a share that is held must be between 0 and 1", most=1.0)
        places = [self.parties.get_indexer(holdings[name]) for name in HOLDINGS[:2]]
        for name, place in zip(HOLDINGS[:2], places, strict=True):
            unknown = sorted({str(one) for one in holdings[name][place < 0]})
            if unknown:
                raise ValueError(f"a {name} that neither pays nor has cash: {listed(unknown)}")
        size = len(self.parties)
        share = holdings.share.to_numpy(np.float64)
        owners = sparse.csr_array((share, (places[0], places[1])), (size, size))
        whole = np.asarray(owners.sum(axis=0)).ravel()
        over = np.flatnonzero(whole > 1 + _DEFAULT)
        if len(over):
            named = [f"{self.parties[place]} has {whole[place]:g}" for place in over]
            raise ValueError(f"no party is owned by more than one whole: {listed(named)}")
        return owners

    def frame(self, part: Sums) -> pd.DataFrame:
        """Each due and what is paid of it, if this part of each class is paid."""
        return pd.DataFrame(
            {
                "payer": self.parties.take(self.ranked.payer),
                "payee": self.parties.take(self.ranked.payee),
                "rank": self.ranked.rank,
                "amount": self.amount,
                "paid": self.amount * part[self.ranked.klass],
            }
        )


def _whole(parts: Iterable[npt.ArrayLike]) -> Places:
    """Places of several groups, one after the other; of no group too."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)


def _caps(promised: pd.DataFrame) -> Sums:
    """The caps of guarantees, if nothing is wrong with them."""
    named = {f"row {row}": float(cap) for row, cap in promised.cap.items()}
    check(named, "the cap of a guarantee must be a finite number of at least 0 (USD bn)")
    pairs = promised[["debtor", "payee"]]
    twice = [f"{one} → {other}" for one, other in pairs[pairs.duplicated()].to_numpy()]
    if twice:
        raise ValueError(f"a debt must be guaranteed once, not twice: {listed(twice)}")
    return promised.cap.to_numpy(np.float64)


def _in_order(groups: Iterable[Iterable[Any]]) -> list[Any]:
    """All names once, sorted."""
    return sorted({one for group in groups for one in group})


def _rows(table: pd.DataFrame | None, columns: list[str], what: str) -> pd.DataFrame:
    if table is None:
        return pd.DataFrame(columns=columns)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"{what} lack the column {', '.join(missing)}")
    return table[columns].reset_index(drop=True)


def _ranks(table: pd.DataFrame, what: str) -> Places:
    if "rank" not in table.columns:
        raise ValueError(f"{what} lack the column rank")
    ranks = pd.to_numeric(table["rank"], errors="coerce").to_numpy(np.float64, na_value=math.nan)
    wrong = ~(np.isfinite(ranks) & (ranks >= 0) & (ranks == np.floor(ranks)))
    if wrong.any():
        rows = [f"row {row} has {has}" for row, has in table["rank"][wrong].items()]
        raise ValueError(f"a rank must be a whole number of at least 0: {listed(rows)}")
    return ranks.astype(np.int64)
