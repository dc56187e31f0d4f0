"""Who stands behind the suppliers of the focal party, in which rank, and who guarantees whom.

The web of `stress.Partners` with ranks, and with what the data hold between partners: capacity that
one buys of another, machines by their maker, banks behind landlords, guarantees. USD billion.

Nothing is counted twice. What one partner pays another is a part of what the payee has from others
and was taken off the payer's cash flow already; so it is moved, not added: as long as the payer
pays in full, both end where they would without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import ledger, obligations, partners, spending, terms
from tightrope.dealbook import Dealbook
from tightrope.obligations import SUPPLY
from tightrope.stress import ENDS, Partners

OPERATING, LENDERS, LANDLORDS, OTHERS = range(4)
"""The order in which a supplier pays: power and staff, lenders, landlords, others.

Ours, and the usual one of secured finance: all lenders count as secured, whatever their paper says,
and makers of machines, partners and called guarantees share what is left.
"""
POWER = "power-and-staff"
"""Whom the operating cost of suppliers is paid to."""
SUPPLIER, BANKS, GUARANTOR = "supplier", "banks of landlords", "guarantor"
_RANK = {"lenders": LENDERS, "landlords": LANDLORDS, "makers of machines": OTHERS}
DUES = ["year", "payer", "payee", "rank", "amount"]
_SIGNED = ("binding", "paid")


@dataclass(frozen=True, eq=False)
class Web:
    """What is due among suppliers and those behind them, and what they have besides.

    `contracts`: what `focal` owes by contract: year, payee, `condition` (of `terms.of_legs`),
    amount. `dues`: DUES, all but those of `focal` and operating cost. `moved`: the dues between
    partners among them (DUES). `income` a year and `till` at the start, by party. `kinds`: each
    party's kind. `guarantees`: guarantor, debtor, payee, rank, cap and leg_id; `uncalled` are the
    guarantees that cannot be called here, since nobody in the web owes whom they protect, or no
    source says how much.
    """

    focal: str
    years: tuple[int, ...]
    tested: tuple[str, ...]
    contracts: pd.DataFrame
    dues: pd.DataFrame
    moved: pd.DataFrame
    income: Mapping[str, float]
    till: Mapping[str, float]
    kinds: Mapping[str, str]
    guarantees: pd.DataFrame
    uncalled: tuple[str, ...]


def web(
    book: Dealbook,
    own: Partners,
    reading: str,
    end: str = "strict",
    term: float = 7.0,
    connected: bool = True,
) -> Web:
    """The web of these partners by a reading, at one end of the evidence.

    Undated dues between partners fall due over `term` years as those of the focal party do
    (`spending.undated_shares`). Without `connected` there is nothing
    between partners, no bank behind a landlord and no guarantee: what `stress.run` clears, in
    ranks. Raises ValueError for an unknown reading or end.
    """
    if end not in ENDS:
        raise ValueError(f'an end is one of {", ".join(ENDS)}, not "{end}"')
    bills_end, cash_end = ENDS[end]
    charged = partners.creditors(own.bills("machines too"))
    bills = own.bills(reading)
    bills = bills.assign(rank=bills.payee.map(charged).map(_RANK), amount=bills[bills_end])
    kinds = {payee: charged[payee] for payee in bills.payee}
    if connected:
        makers = _makers(book, bills)
        bills["payee"] = makers
        kinds |= {str(maker): "makers of machines" for maker in makers[bills["rank"].eq(OTHERS)]}
    dues = bills.rename(columns={"party": "payer"})[DUES]
    kinds |= {str(party): SUPPLIER for party in [*own.dues.payee, *own.tested]}
    moved = dues.iloc[:0]
    promised = _no_guarantees()
    uncalled: tuple[str, ...] = ()
    if connected:
        banks = _banks(book, own, dues, "min" if end == "strict" else "max")
        kinds |= dict.fromkeys(banks.payee, BANKS)
        promised, uncalled = _guarantees(book, own, pd.concat([dues, banks]))
        moved = _between(book, own, sorted({*own.tested, *promised.guarantor}), term)
        dues = pd.concat([dues, banks, moved], ignore_index=True)
        kinds |= {name: kinds.get(name, GUARANTOR) for name in promised.guarantor}
    dues = dues.groupby(DUES[:4], as_index=False).amount.sum()
    of_leg = terms.of_legs(book).set_index("leg_id").condition
    contracts = own.dues.assign(condition=own.dues.leg_id.map(of_leg).fillna(terms.UNDISCLOSED))
    contracts = contracts.groupby(["year", "payee", "condition"], as_index=False).amount.sum()
    income, till = own.income[cash_end].to_dict(), own.tills.amount.to_dict()
    for name in promised.guarantor:
        if name not in income:
            flow = partners.newest_annual(book, "operating_cash_flow", [name])
            income[name] = float(flow[cash_end].sum())
            till[name] = float(partners.opening_cash(book, [name]).amount.sum())
    return Web(
        own.focal, own.years, own.tested, contracts, dues, moved, income, till, kinds,
        promised, uncalled,
    )  # fmt: skip


def _makers(book: Dealbook, bills: pd.DataFrame) -> pd.Series:
    """The payee of each bill; of machines the maker that the leg names."""
    payee = book.legs.set_index("leg_id").payee_id
    named = [
        str(payee.get(rows[0].removeprefix("legs/"), own)) if rank == OTHERS else own
        for rows, rank, own in zip(bills.rows, bills["rank"], bills.payee, strict=True)
    ]
    return pd.Series(named, index=bills.index, dtype="object")


def _banks(book: Dealbook, own: Partners, dues: pd.DataFrame, term_end: str) -> pd.DataFrame:
    """What landlords of each tested partner owe their banks: principal in equal parts, no interest.

    Loans are those of deals that serve a deal in which the partner sells to `focal` or rents a
    site, to another borrower; all that is signed counts as drawn. They are paid back over the
    shortest lease of the data (`term_end` "min") or the longest, since no source gives a term.
    """
    legs = book.legs
    deals = book.deals.set_index("deal_id")
    leases = partners.newest_stock(book, "lease_term")
    ends = leases[["value_low", "value", "value_high"]].stack().dropna()
    loans = ledger.flows(book, "announced")
    loans = loans[loans.instrument.eq("loan")]
    serves = loans.deal_id.map(deals.serves_deal_id)
    tables = [dues.iloc[:0]]
    for party in own.tested:
        sold = legs.payee_id.eq(party) & legs.payer_id.eq(own.focal) & legs.instrument.isin(SUPPLY)
        rented = legs.payer_id.eq(party) & legs.instrument.eq("lease")
        of_sites = serves.isin(legs.deal_id[sold | rented]) & loans.payee.ne(party)
        rents = dues[dues.payer.eq(party) & dues["rank"].eq(LANDLORDS)]
        sums = loans[of_sites].groupby("payer").low.sum()
        if ends.empty or sums.empty or rents.empty:
            continue
        years = float(ends.agg(term_end))
        tables += [
            pd.DataFrame(
                {
                    "year": year,
                    "payer": rents.payee.iloc[0],
                    "payee": sums.index,
                    "rank": LENDERS,
                    "amount": sums.to_numpy() / years,
                }
            )
            for year in own.years
        ]
    return pd.concat(tables, ignore_index=True)


def _between(book: Dealbook, own: Partners, known: Sequence[str], term: float) -> pd.DataFrame:
    """What partners and guarantors, whose cash is known, are still to pay each other for compute.

    As announced: half of what is known of it was never called binding. Machines are bills of
    `Partners` already.
    """
    owed = ledger.payments(book, "announced")
    chosen = owed.basis.eq("scheduled") & owed.instrument.isin(("compute", "lease"))
    chosen &= owed.payer.isin(list(known)) & owed.payee.isin(list(known))
    shares = spending.undated_shares(book, own.years, term, own.focal)
    dated = obligations.dated(owed[chosen & owed.payer.ne(owed.payee)], own.years, shares)
    return dated.assign(rank=OTHERS)[DUES]


def _no_guarantees() -> pd.DataFrame:
    return pd.DataFrame(columns=["guarantor", "debtor", "payee", "rank", "cap", "leg_id"])


def _guarantees(
    book: Dealbook, own: Partners, dues: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Signed guarantees of what is owed in the web, and the legs of those that are not of it.

    The debtor is `focal` where it owes the protected, else who else does.
    """
    rows: list[tuple[object, ...]] = []
    unused: list[str] = []
    owing = {str(payee): str(payer) for payer, payee in zip(dues.payer, dues.payee, strict=True)}
    owing |= dict.fromkeys(map(str, own.dues.payee), own.focal)
    for leg in terms.guarantees(book).itertuples():
        cap = next(
            (float(one) for one in (leg.cap_usd_bn, leg.amount, leg.high) if pd.notna(one)), 0.0
        )
        debtor = owing.get(str(leg.payee), "")
        taken = any(row[1:3] == (debtor, leg.payee) for row in rows)
        known = leg.status in _SIGNED and leg.payer not in (own.focal, debtor)
        if cap and debtor and known and not taken:
            rows.append((leg.payer, debtor, leg.payee, OTHERS, cap, leg.leg_id))
        elif leg.status in _SIGNED:
            unused.append(str(leg.leg_id))
    return pd.DataFrame(rows, columns=_no_guarantees().columns), tuple(unused)
