"""What is still to be paid for compute, year by year: contracts, not hopes. USD billion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook
from tightrope.measures.timing import share_due

SUPPLY = ("compute", "chips", "lease")
"""The instruments by which a party buys compute."""
LEASE_TERMS = (15.0, 19.0)
"""Years that a data centre is rented for, as Oracle's filings say; for all who publish no term."""
_CHARGED = ("debt_due", "rent_due", "interest_cost", "lease_commitments")
_RENT_HOLDS_NEW = ("microsoft",)
"""Firms whose table of rents holds the leases not begun: by its size, no filing says so."""
_LEAST_FOR_CASH = 0.5
"""A quarter's cash flow swings with prepayments and seasons: half a year at least."""
_NAMED_AFTER_START = ("softbank",)
"""Firms that name a fiscal year after the calendar year in which it begins."""
_PART = {"": 1.0, "H1": 0.5, "H2": 0.5, "Q1": 0.25, "Q2": 0.25, "Q3": 0.25, "Q4": 0.25}
_PART_ENDS = {"": 1.0, "H1": 0.5, "H2": 1.0, "Q1": 0.25, "Q2": 0.5, "Q3": 0.75, "Q4": 1.0}
_CREDITORS = {
    "principal": "Lenders",
    "interest": "Lenders",
    "rent": "Landlords",
    "new rent": "Landlords",
    "machines": "Makers of machines",
}
_CHARGES = ["year", "party", "payee", "kind", "low", "high", "rows"]


def supply(book: Dealbook, focal: str = "openai", layer: str = "binding") -> pd.DataFrame:
    """What `focal` is still to pay for compute on a layer: the unpaid rest of each leg.

    The columns of `ledger.payments`; `year` is missing where no date is published. Legs without an
    amount are left out. Raises ValueError for an unknown layer.
    """
    payments = ledger.payments(book, layer)
    chosen = payments.payer.eq(focal) & payments.basis.eq("scheduled")
    return payments[chosen & payments.instrument.isin(SUPPLY)].reset_index(drop=True)


def by_year(payments: pd.DataFrame, years: Sequence[int]) -> tuple[pd.Series, float]:
    """What falls due in each of these years, and the sum of what has no date: USD billion.

    `payments` have year (missing where no date is known) and amount, such as those of
    `obligations.supply`; what falls due in other years is left out.
    """
    dated = payments[payments.year.notna()]
    sums = dated.groupby(dated.year.astype("int64")).amount.sum()
    series = sums.reindex(list(years), fill_value=0.0).astype("float64")
    return series, float(payments.amount[payments.year.isna()].sum())


def dated(payments: pd.DataFrame, years: Sequence[int], term: float) -> pd.DataFrame:
    """Payments of these years, those without a date spread evenly over `term` years.

    The first of `years` is the first in which an undated payment can fall due. Same columns; a
    payment that falls due in no year of `years` is left out.
    """
    undated = payments[payments.year.isna()]
    parts = [payments[payments.year.isin(list(years))]]
    for year, share in zip(years, share_due(term, len(years)), strict=True):
        if share > 0:
            parts.append(undated.assign(year=year, amount=undated.amount * share))
    return pd.concat(parts, ignore_index=True).astype({"year": "int64"})


def calendar_year(period: str, party: str) -> int:
    """The calendar year in which most of a period lies; of a span of years, of its first.

    A fiscal year, written FY2027, ends between January and June for every firm in this book, so
    that most of it lies in the year before the one it is named after: Oracle's fiscal 2027 counts
    as 2026. SoftBank names its fiscal year after the year in which it begins. A part of a fiscal
    year counts as the whole.
    """
    year = int(period.removeprefix("FY")[:4])
    return year - (period.startswith("FY") and party not in _NAMED_AFTER_START)


def partners(book: Dealbook, focal: str = "openai", layer: str = "announced") -> list[str]:
    """Whom `focal` is to pay for compute and who can be put to the test, by name.

    That takes a known operating cash flow and known dues to lenders or landlords.
    """
    owed = sorted(set(supply(book, focal, layer).payee))
    flowing = newest_annual(book, "operating_cash_flow", owed, _LEAST_FOR_CASH).party_id
    owing = {party for metric in _CHARGED for party in _flows(book, metric, owed).party_id}
    return sorted(owing & set(flowing))


def fixed_charges(
    book: Dealbook,
    years: Sequence[int],
    parties: Sequence[str],
    lease_terms: tuple[float, float] = LEASE_TERMS,
) -> pd.DataFrame:
    """What these parties owe lenders and landlords in these years: USD billion, low and high.

    Columns: year, party, payee, kind, low, high, `rows` (the `financials/id` behind it, a tuple).
    Kinds, each with a payee of its own for each party ("oracle-lenders", "oracle-landlords"):

    - principal: what the maturity tables say; a sum for several years in equal parts.
    - interest: the newest year's, or part of a year made a year, in every year. Debt that is
      repaid would cost less, new debt more: both are left out.
    - rent: of running leases, by the maturity tables.
    - new rent: of leases not begun, spread over the longer of `lease_terms` years and begun in
      equal parts over `years` (low), or over the shorter and all begun in the first (high).
      Microsoft's are in its table of rents and not counted again.

    A fiscal year counts as the calendar year in which most of it lies (see `calendar_year`). A
    charge of which nothing is published is left out, not guessed. Empty if nothing is known.
    Raises ValueError for a lease term of less than a year or a longer term before a shorter one.
    """
    shortest, longest = lease_terms
    if not 1 <= shortest <= longest:
        raise ValueError(f"lease terms must be two spans of at least 1 year, not {lease_terms}")
    rows: list[tuple[object, ...]] = []

    def add(figure: pd.Series, kind: str, year: int, low: float, high: float) -> None:
        payee = f"{figure.party_id}-{'landlords' if 'rent' in kind else 'lenders'}"
        row = (f"financials/{figure.financial_id}",)
        rows.append((year, figure.party_id, payee, kind, low, high, row))

    for kind, metric in (("principal", "debt_due"), ("rent", "rent_due")):
        for _, figure in _flows(book, metric, parties).iterrows():
            first = calendar_year(figure.period, figure.party_id)
            last = figure.period.partition("/")[2]
            span = range(first, first + 1 + (int(last) - int(figure.period[-9:-5]) if last else 0))
            low, high = _ends(figure)
            for year in sorted(set(span) & set(years)):
                add(figure, kind, year, low / len(span), high / len(span))
    for _, figure in newest_annual(book, "interest_cost", parties).iterrows():
        for year in years:
            add(figure, "interest", year, figure.low, figure.high)
    leases = book.financials.query("metric == 'lease_commitments' and nature == 'actual'")
    tabled = set(_flows(book, "rent_due", parties).party_id) & set(_RENT_HOLDS_NEW)
    leases = leases[leases.party_id.isin(set(parties) - tabled)]
    leases = leases.sort_values(["period", "known_on"])
    for _, figure in leases.drop_duplicates("party_id", keep="last").iterrows():
        low, high = _ends(figure)
        for place, year in enumerate(years, start=1):
            begun = place / len(years)
            add(figure, "new rent", year, low / longest * begun, high / shortest)
    return pd.DataFrame(rows, columns=_CHARGES).sort_values(
        ["party", "year", "kind"], ignore_index=True
    )


def builds(
    book: Dealbook,
    years: Sequence[int],
    parties: Sequence[str],
    term: float,
    layer: str = "announced",
    focal: str = "openai",
) -> pd.DataFrame:
    """What these parties pay for machines because of `focal`, spread evenly over `term` years.

    The columns of `fixed_charges`, kind "machines", one row a leg and year, from the first of
    `years` on. The legs are those for chips and construction whose deal is about capacity for
    `focal` (their id says so). Of construction counts only the part that is machines, from the
    lowest to the highest `equipment_share` of the data: the building is rented, and its rent is a
    fixed charge. Without such a figure all of it counts. What was paid already is published nowhere
    and not subtracted. The legs are press reports and estimates: they are on the announced layer
    only, so that the binding one has none.
    """
    legs = ledger.flows(book, layer)
    chosen = legs.payer.isin(list(parties)) & (
        legs.leg_id.str.endswith(f"-chips-for-{focal}") | legs.leg_id.eq("oracle-build")
    )
    known = book.financials[book.financials.metric.eq("equipment_share")]
    part = (known.value.min() / 100, known.value.max() / 100) if len(known) else (1.0, 1.0)
    part_rows = tuple(f"financials/{row}" for row in known.financial_id)
    rows = []
    for leg in legs[chosen].itertuples():
        is_site = leg.instrument == "construction"
        low, high = (leg.low * part[0], leg.high * part[1]) if is_site else (leg.low, leg.high)
        behind = (f"legs/{leg.leg_id}", *(part_rows if is_site else ()))
        for year, share in zip(years, share_due(term, len(years)), strict=True):
            if share > 0:
                rows.append(
                    (year, leg.payer, leg.payee, "machines", low * share, high * share, behind)
                )
    return pd.DataFrame(rows, columns=_CHARGES)


def creditors(charges: pd.DataFrame) -> dict[str, str]:
    """What kind of creditor each payee of `fixed_charges` and `builds` is, in words for readers."""
    return {
        payee: _CREDITORS[kind] for payee, kind in zip(charges.payee, charges.kind, strict=True)
    }


def dues(supplied: pd.DataFrame, charges: pd.DataFrame, end: str) -> pd.DataFrame:
    """All that falls due, as clearing takes it: columns year, payer, payee, amount.

    `supplied` is what the focal party owes (`dated`), `charges` what its partners owe in turn
    (`fixed_charges`, `builds`), of which `end`, "low" or "high", is taken. Raises ValueError for
    another end.
    """
    if end not in ("low", "high"):
        raise ValueError(f'end must be low or high, not "{end}"')
    onward = charges.rename(columns={"party": "payer", end: "amount"})
    columns = ["year", "payer", "payee", "amount"]
    return pd.concat([supplied[columns], onward[columns]], ignore_index=True).astype(
        {"year": "int64", "amount": "float64"}
    )


def other_cash(book: Dealbook, parties: Sequence[str], focal: str = "openai") -> pd.DataFrame:
    """What these parties have a year for their charges from everyone but `focal`, as a range.

    Columns: party, low, high (USD billion a year), rows. Operating cash flow of the newest year
    (a half year doubled where it is newer), plus the interest, which was paid out of it. Low
    takes off all that the party can have booked from `focal` in that period
    (`revenue_from_openai`, its high end), high the low end; high also adds the first year's rent
    of running leases, because some of it was paid out of the same cash flow. Machines, dividends
    and taxes beyond that are not taken off, and nothing grows: who stops investing has this much.
    Never below 0. A party without an operating cash flow is left out.
    """
    interest = newest_annual(book, "interest_cost", parties).set_index("party_id")
    rents = _flows(book, "rent_due", parties)
    rents = rents.sort_values("period").drop_duplicates("party_id").set_index("party_id")
    taken = _flows(book, f"revenue_from_{focal}", parties).set_index(["party_id", "period"])
    rows = []
    for flow in newest_annual(book, "operating_cash_flow", parties, _LEAST_FOR_CASH).itertuples():
        named = [f"financials/{flow.financial_id}"]
        low, high = flow.low, flow.high
        if flow.party_id in interest.index:
            paid = interest.loc[flow.party_id]
            named.append(f"financials/{paid.financial_id}")
            low, high = low + paid.low, high + paid.high
        if flow.party_id in rents.index:
            rent = rents.loc[flow.party_id]
            named.append(f"financials/{rent.financial_id}")
            high += _ends(rent)[1]
        if (flow.party_id, flow.period) in taken.index:
            booked = taken.loc[(flow.party_id, flow.period)]
            named.append(f"financials/{booked.financial_id}")
            least, most = _ends(booked)
            low, high = low - most / flow.part, high - least / flow.part
        rows.append((flow.party_id, max(low, 0.0), max(high, 0.0), tuple(named)))
    return pd.DataFrame(rows, columns=["party", "low", "high", "rows"])


def opening_cash(book: Dealbook, parties: Sequence[str]) -> pd.DataFrame:
    """The newest cash of these parties: party, amount (USD billion), rows. Known ones only."""
    chosen = book.financials.query("metric == 'cash' and nature == 'actual'")
    chosen = chosen[chosen.party_id.isin(list(parties))].sort_values(["period", "known_on"])
    newest = chosen.drop_duplicates("party_id", keep="last").sort_values("party_id")
    return pd.DataFrame(
        {
            "party": newest.party_id.to_list(),
            "amount": newest.value.fillna(newest.value_low).to_list(),
            "rows": [(f"financials/{row}",) for row in newest.financial_id],
        }
    )


def newest_annual(
    book: Dealbook, metric: str, parties: Sequence[str], least: float = 0.25
) -> pd.DataFrame:
    """The newest booked figure of a flow for each party, made a year: the columns of `financials`.

    Three more: `part`, the part of a year that was booked, and `low` and `high`, the figure (or
    its range) divided by it. A period shorter than `least` years does not count, nor one that
    ends on a day without saying how long it was. Of two that end together the longer counts.
    """
    figures = _flows(book, metric, parties)
    figures = figures[~figures.period.str.contains("/")]
    kind = figures.period.str.removeprefix("FY").str[5:]
    figures = figures.assign(part=kind.map(_PART), end=kind.map(_PART_ENDS))
    figures = figures[figures.part >= least]
    figures["end"] += [
        calendar_year(period, party)
        for period, party in zip(figures.period, figures.party_id, strict=True)
    ]
    newest = figures.sort_values(["party_id", "end", "part"]).drop_duplicates(
        "party_id", keep="last"
    )
    ends = [_ends(figure) for _, figure in newest.iterrows()]
    return newest.assign(
        low=[low for low, _ in ends] / newest.part,
        high=[high for _, high in ends] / newest.part,
    ).drop(columns="end")


def _flows(book: Dealbook, metric: str, parties: Sequence[str] | None = None) -> pd.DataFrame:
    """Booked figures of a metric, of one period the one that became known last."""
    figures = book.financials
    chosen = figures.metric.eq(metric) & figures.nature.ne("plan")
    if parties is not None:
        chosen &= figures.party_id.isin(list(parties))
    figures = figures[chosen].sort_values("known_on", kind="stable")
    return figures.drop_duplicates(["party_id", "period"], keep="last").sort_index()


def _ends(figure: pd.Series) -> tuple[float, float]:
    """Low and high of a figure; where one is missing, its value or the other end."""
    low, value, high = (float(figure[name]) for name in ("value_low", "value", "value_high"))
    known = [end for end in (low, value, high) if not np.isnan(end)]
    return min(known), max(known)
