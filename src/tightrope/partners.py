"""What partners of the focal party owe in turn, and have to pay it with. USD billion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook, remembered
from tightrope.measures.timing import share_due
from tightrope.obligations import SUPPLY, supply
from tightrope.periods import Span, parse, sort_key

_CHARGED = ("debt_due", "rent_due", "interest_cost", "lease_commitments")
_LEAST_FOR_CASH = 0.5
"""A quarter's cash flow swings with prepayments and seasons: half a year at least."""
_CREDITORS = {
    "principal": "lenders",
    "interest": "lenders",
    "rent": "landlords",
    "new rent": "landlords",
    "machines": "makers of machines",
}
_PAYEES = {"lenders": "lenders", "landlords": "landlords", "makers of machines": "makers"}
_CHARGES = ["year", "party", "payee", "kind", "low", "high", "rows"]


def can_be_tested(book: Dealbook, focal: str = "", layer: str = "announced") -> list[str]:
    """Whom `focal` is to pay for compute and who can be put to the test, by name.

    That takes a known operating cash flow and known dues to lenders or landlords.
    """
    focal = focal or book.focal
    owed = sorted(set(supply(book, focal, layer).payee))
    flowing = newest_annual(book, "operating_cash_flow", owed, _LEAST_FOR_CASH).party_id
    owing = {party for metric in _CHARGED for party in _flows(book, metric, owed).party_id}
    return sorted(owing & set(flowing))


def fixed_charges(book: Dealbook, years: Sequence[int], parties: Sequence[str]) -> pd.DataFrame:
    """What these parties owe lenders and landlords in these years: USD billion, low and high.

    Columns: year, party, payee, kind, low, high, `rows` (the `financials/id` behind it, a tuple).
    Kinds, each with a payee of its own for each party ("oracle-lenders", "oracle-landlords"):

    - principal: what the maturity tables say; a sum for several years in equal parts. Rows that
      became known later replace earlier ones in the years that they cover.
    - interest: the newest year's, or part of a year made a year, in every year. Debt that is
      repaid would cost less, new debt more: both are left out.
    - rent: of running leases, by the maturity tables.
    - new rent: of leases not begun, spread over the longest `lease_term` and begun in equal parts
      over `years` (low), or over the shortest and all begun in the first (high). The terms are
      the party's own, else all that are published; without any, new rents are left out. So is
      what the table of rents contains already (`lease_commitments_tabled`).

    A fiscal year counts as the calendar year in which most of it lies (see
    `periods.Span.calendar_year`). A charge of which nothing is published is left out, not guessed.
    Empty if nothing is known.
    """
    rows: list[tuple[object, ...]] = []

    def add(party: str, kind: str, year: int, ends: tuple[float, float], behind: list[str]) -> None:
        payee = f"{party}-{_PAYEES[_CREDITORS[kind]]}"
        named = tuple(f"financials/{row}" for row in behind)
        rows.append((year, party, payee, kind, *ends, named))

    for kind, metric in (("principal", "debt_due"), ("rent", "rent_due")):
        for due in _maturities(book, metric, parties).itertuples():
            if due.year in years:
                add(due.party_id, kind, due.year, (due.low, due.high), [due.financial_id])
    for _, figure in newest_annual(book, "interest_cost", parties).iterrows():
        for year in years:
            ends = (float(figure.low), float(figure.high))
            add(figure.party_id, "interest", year, ends, [figure.financial_id])
    tabled = newest_stock(book, "lease_commitments_tabled", parties)
    terms = newest_stock(book, "lease_term")
    for party, figure in newest_stock(book, "lease_commitments", parties).iterrows():
        low, high = _ends(figure)
        behind = [figure.financial_id]
        if party in tabled.index:
            within = _ends(tabled.loc[party])
            low, high = max(0.0, low - within[1]), max(0.0, high - within[0])
            behind.append(tabled.financial_id[party])
        own = terms.loc[[party]] if party in terms.index else terms
        if own.empty or not high:
            continue
        spans = [end for _, term in own.iterrows() for end in _ends(term)]
        behind += list(own.financial_id)
        for place, year in enumerate(years, start=1):
            begun = place / len(years)
            ends = (low / max(spans) * begun, high / min(spans))
            add(str(party), "new rent", year, ends, behind)
    return pd.DataFrame(rows, columns=_CHARGES).sort_values(
        ["party", "year", "kind"], ignore_index=True
    )


def builds(
    book: Dealbook,
    years: Sequence[int],
    parties: Sequence[str],
    term: float,
    focal: str = "",
    layer: str = "announced",
) -> pd.DataFrame:
    """What these parties pay for machines because of `focal`, spread evenly over `term` years.

    The columns of `fixed_charges`, kind "machines", one row a leg and year, from the first of
    `years` on. The legs are those for chips and construction in a deal by which `focal` buys
    compute of the party, or that serves such a deal. Of construction counts only the part that is
    machines, from the lowest to the highest `equipment_share` of the data: the building is rented,
    and its rent is a fixed charge. Without such a figure all of it counts. What was paid already
    is published nowhere and not subtracted. The legs are press reports and estimates: they are on
    the announced layer only, so that the binding one has none.
    """
    focal = focal or book.focal
    legs = ledger.flows(book, layer)
    bought = book.legs[book.legs.payer_id.eq(focal) & book.legs.instrument.isin(SUPPLY)]
    contracts = set(zip(bought.deal_id, bought.payee_id, strict=True))
    serves = legs.deal_id.map(book.deals.set_index("deal_id").serves_deal_id)
    is_for_focal = pd.Series(
        [
            (deal, payer) in contracts or (served, payer) in contracts
            for deal, served, payer in zip(legs.deal_id, serves, legs.payer, strict=True)
        ],
        index=legs.index,
        dtype=bool,
    )
    chosen = legs.payer.isin(list(parties)) & legs.instrument.isin(("chips", "construction"))
    known = book.financials[book.financials.metric.eq("equipment_share")]
    part = (known.value.min() / 100, known.value.max() / 100) if len(known) else (1.0, 1.0)
    part_rows = tuple(f"financials/{row}" for row in known.financial_id)
    rows = []
    for leg in legs[chosen & is_for_focal].itertuples():
        is_site = leg.instrument == "construction"
        low, high = (leg.low * part[0], leg.high * part[1]) if is_site else (leg.low, leg.high)
        behind = (f"legs/{leg.leg_id}", *(part_rows if is_site else ()))
        payee = f"{leg.payer}-{_PAYEES['makers of machines']}"
        for year, share in zip(years, share_due(term, np.ones(len(years))), strict=True):
            if share > 0:
                rows.append((year, leg.payer, payee, "machines", low * share, high * share, behind))
    return pd.DataFrame(rows, columns=_CHARGES)


def creditors(charges: pd.DataFrame) -> dict[str, str]:
    """Each payee of `fixed_charges` and `builds`: "lenders", "landlords", "makers of machines"."""
    return {
        payee: _CREDITORS[kind] for payee, kind in zip(charges.payee, charges.kind, strict=True)
    }


def other_cash(
    book: Dealbook,
    parties: Sequence[str],
    focal: str = "",
    due: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What these parties have a year for their charges from everyone but `focal`, as a range.

    Columns: party, low, high (USD billion a year), rows. Operating cash flow of the newest year
    (or part of one, made a year, where it is newer), plus the interest of that time, which was
    paid out of it; of the newest year where that is not known. Low takes off all that the party
    can have had from `focal`: the high end of its newest revenue from it (`from_focal`), made a
    year, or else what `focal` is to pay it in a year to come (`due`, payments of that year, such as
    those of `obligations.dated`), which is more as long as dues rise. High takes off the low end of
    that revenue, and adds the first year's rent of running leases, because some of it was paid out
    of the same cash flow. Machines, dividends and taxes beyond that are not taken off, and nothing
    grows: who stops investing has this much. Never below 0. A party without an operating cash flow
    is left out.
    """
    focal = focal or book.focal
    interest = newest_annual(book, "interest_cost", parties).set_index("party_id")
    rents = _maturities(book, "rent_due", parties).sort_values("year")
    taken = newest_annual(book, from_focal(book, "revenue", focal), parties).set_index("party_id")
    rows = []
    for flow in newest_annual(book, "operating_cash_flow", parties, _LEAST_FOR_CASH).itertuples():
        party = str(flow.party_id)
        named = [f"financials/{flow.financial_id}"]
        low, high = flow.low, flow.high
        same_time = _tiles(book, "interest_cost", party, parse(str(flow.period)))
        if len(same_time):
            ends = [_ends(figure) for _, figure in same_time.iterrows()]
            low += sum(end[0] for end in ends) / flow.part
            high += sum(end[1] for end in ends) / flow.part
            named += [f"financials/{row}" for row in same_time.financial_id]
        elif party in interest.index:
            paid = interest.loc[party]
            named.append(f"financials/{paid.financial_id}")
            low, high = low + paid.low, high + paid.high
        rent = rents[rents.party_id.eq(party)]
        if len(rent):
            first = rent[rent.year.eq(rent.year.iloc[0])]
            named += [f"financials/{row}" for row in first.financial_id]
            high += first.high.sum()
        if party in taken.index:
            booked = taken.loc[party]
            named.append(f"financials/{booked.financial_id}")
            low, high = low - booked.high, high - booked.low
        elif due is not None:
            own = due[due.payee.eq(party)]
            named += [f"legs/{leg}" for leg in dict.fromkeys(own.leg_id)]
            low -= own.amount.sum()
        rows.append((party, max(low, 0.0), max(high, 0.0), tuple(named)))
    return pd.DataFrame(rows, columns=["party", "low", "high", "rows"])


def from_focal(book: Dealbook, what: str, focal: str) -> str:
    """The metric of what parties have from `focal`: `what` is "revenue" or "receivable".

    It names the party (`revenue_from_openai`), or no one where a package is about any web and
    means the party in its middle (`revenue_from_focal`).
    """
    neutral = f"{what}_from_focal"
    has_it = focal == book.focal and book.financials.metric.eq(neutral).any()
    return neutral if has_it else f"{what}_from_{focal}"


def opening_cash(book: Dealbook, parties: Sequence[str]) -> pd.DataFrame:
    """The newest cash of these parties, as far as known: party, amount, period, rows."""
    newest = newest_stock(book, "cash", parties)
    return pd.DataFrame(
        {
            "party": newest.index.to_list(),
            "amount": newest.value.fillna(newest.value_low).to_list(),
            "period": newest.period.to_list(),
            "rows": [(f"financials/{row}",) for row in newest.financial_id],
        }
    )


def newest_annual(
    book: Dealbook, metric: str, parties: Sequence[str], least: float = 0.25
) -> pd.DataFrame:
    """The newest booked figure of a flow for each party, made a year: the columns of `financials`.

    Three more: `part`, the part of a year that was booked, and `low` and `high`, the figure (or
    its range) divided by it. A period shorter than `least` years or longer than one does not
    count, nor one that ends on a day without saying how long it was. Of two that end together the
    longer counts. A fiscal year is placed as `periods.Span` says.
    """
    figures = _flows(book, metric, parties)
    months = np.array([parse(period).months for period in figures.period], dtype=float)
    figures = figures.assign(part=months / 12)
    figures = figures[figures.part.gt(0) & figures.part.between(least, 1)]
    in_time = figures.sort_values(
        "period", key=lambda texts: texts.map(sort_key).astype(object), kind="stable"
    )
    newest = in_time.drop_duplicates("party_id", keep="last").sort_values("party_id")
    ends = [_ends(figure) for _, figure in newest.iterrows()]
    return newest.assign(
        low=[low for low, _ in ends] / newest.part,
        high=[high for _, high in ends] / newest.part,
    )


def newest_stock(book: Dealbook, metric: str, parties: Sequence[str] | None = None) -> pd.DataFrame:
    """The newest figure of a stock for each party, by party: the columns of `financials`.

    It is of the last day of its period, or of the day on which it became known if that came first;
    of two of one day the one counts that became known last, and of those the one of the shorter
    period, which says the day more exactly.
    """
    figures = _flows(book, metric, parties)
    spans = [parse(period) for period in figures.period]
    ends = [min(span.end, known) for span, known in zip(spans, figures.known_on, strict=True)]
    figures = figures.assign(day=ends, months=[span.months for span in spans])
    rising = {"day": True, "known_on": True, "months": False}
    figures = figures.sort_values(list(rising), ascending=list(rising.values()), kind="stable")
    newest = figures.drop_duplicates("party_id", keep="last").drop(columns=["day", "months"])
    return newest.set_index("party_id").sort_index()


def _tiles(book: Dealbook, metric: str, party: str, whole: Span) -> pd.DataFrame:
    """The figures of a flow that make up a period without gap or overlap; empty if none do."""
    figures = _flows(book, metric, [party])
    spans = [parse(text) for text in figures.period]
    chosen: list[int] = []
    at = whole.start
    while at <= whole.end:
        fitting = [
            (span.months, place)
            for place, span in enumerate(spans)
            if span.months
            and (span.start, span.is_fiscal) == (at, whole.is_fiscal)
            and span.end <= whole.end
        ]
        if not fitting:
            return figures.iloc[:0]
        _, place = max(fitting)
        chosen.append(place)
        at = spans[place].end + pd.Timedelta(days=1)
    return figures.iloc[chosen]


def _maturities(book: Dealbook, metric: str, parties: Sequence[str]) -> pd.DataFrame:
    """What falls due by year: party_id, year, low, high, financial_id; the newest row of each year.

    A figure for several years is spread evenly over them. Of the figures that cover a year those
    count that became known last, all that became known on that day.
    """
    rows = []
    for _, figure in _flows(book, metric, parties).iterrows():
        span = parse(figure.period)
        if not span.months:
            continue
        first = span.calendar_year
        years = range(first, first + max(1, round(span.months / 12)))
        low, high = (end / len(years) for end in _ends(figure))
        rows += [
            (figure.party_id, year, low, high, figure.financial_id, figure.known_on)
            for year in years
        ]
    columns = ["party_id", "year", "low", "high", "financial_id", "known_on"]
    table = pd.DataFrame(rows, columns=columns)
    newest = table.groupby(["party_id", "year"]).known_on.transform("max")
    return table[table.known_on.eq(newest)].drop(columns="known_on").reset_index(drop=True)


def _flows(book: Dealbook, metric: str, parties: Sequence[str] | None = None) -> pd.DataFrame:
    """The figures of `_booked` of these parties, or of all."""
    figures = _booked(book, metric)
    return figures if parties is None else figures[figures.party_id.isin(list(parties))]


@remembered
def _booked(book: Dealbook, metric: str) -> pd.DataFrame:
    """Figures of a metric that are no plans, of one period the one that became known last.

    Of two that became known on one day the larger: the other is about a part of the whole.
    """
    figures = book.financials
    figures = figures[figures.metric.eq(metric) & figures.nature.ne("plan")]
    figures = figures.sort_values(["known_on", "value"], kind="stable")
    # By what they mean: one period can be spelled in several ways.
    spans = figures.assign(period=[parse(period) for period in figures.period])
    is_newest = ~spans.duplicated(["party_id", "period"], keep="last")
    return figures[is_newest].sort_index()


def _ends(figure: pd.Series) -> tuple[float, float]:
    """Low and high of a figure; where one is missing, its value or the other end."""
    low, value, high = (float(figure[name]) for name in ("value_low", "value", "value_high"))
    return _first_known(low, value, high), _first_known(high, value, low)


def _first_known(*amounts: float) -> float:
    return next((amount for amount in amounts if not np.isnan(amount)), np.nan)
