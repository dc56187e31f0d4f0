"""The facts of the chapter on who breaks, as its sentences have them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import stress, units
from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_books as books
from tightrope.chapters.who_breaks import FULL, LEAN, Case
from tightrope.chapters.who_breaks_runs import BEHIND, SUPPLIER, is_nothing, loss_of
from tightrope.charts.break_even import percent
from tightrope.measures import clearing
from tightrope.partners import from_focal, newest_annual, newest_stock
from tightrope.publish.facts import Facts


def _first(amounts: pd.Series) -> float:
    return float(amounts.iloc[0]) if len(amounts) else math.nan


def _figures(table: pd.DataFrame) -> list[str]:
    return [f"financials/{row}" for row in table.financial_id]


def _undated(case: Case) -> str:
    return f"contracts without dates over {case.term:g} years, {case.how_undated}"


def state_newest(fact: Facts, case: Case, keys: Mapping[str, tuple[str, str]]) -> None:
    """The newest figure of a stock for each key, whichever row that is: keys of metric, party."""
    for key, (metric, party) in keys.items():
        row = newest_stock(case.book, metric, [party])
        if len(row):
            fact.figure(key, str(row.financial_id.iloc[0]))
        else:
            how = f"no {metric} of {party} is known"
            fact(key, math.nan, "usd_bn", how, [f"parties/{case.focal}"])


def state_day(fact: Facts, case: Case, key: str, metric: str, party: str, how: str) -> None:
    """The day of the newest figure of a stock; "" where none is known."""
    row = newest_stock(case.book, metric, [party])
    text = units.day(row.period.iloc[0]) if len(row) else ""
    fact.words(key, text, how, _figures(row) or [f"parties/{case.focal}"])


def state_month(fact: Facts, case: Case, key: str, metric: str, party: str, how: str) -> None:
    """The month of the newest figure of a stock; "" where none is known."""
    row = newest_stock(case.book, metric, [party])
    text = f"{pd.Timestamp(row.period.iloc[0]):%B %Y}" if len(row) else ""
    fact.words(key, text, how, _figures(row) or [f"parties/{case.focal}"])


def state_own_debt(fact: Facts, case: Case, financial_id: str) -> None:
    """PARTY-debt of the focal party in words: "no debt", "debt of $3 bn"."""
    value = case.book.financials.set_index("financial_id").value.get(financial_id, math.nan)
    text = "no debt" if value == 0 else f"debt of {units.usd_bn(float(value))}"
    how = "debt on the balance sheet, lease liabilities not counted"
    fact.words(f"{case.focal}-debt", text, how, [f"financials/{financial_id}"])


def state_share_of_orders(fact: Facts, case: Case, party: str, how: str) -> None:
    """PARTY-share: the newest share of its orders that is the focal party's, in percent."""
    row = newest_stock(case.book, f"backlog_share_{case.focal}", [party])
    text = percent(*books.share_ends(row.iloc[0])) if len(row) else ""
    fact.words(f"{party}-share", text, how, _figures(row) or [f"parties/{case.focal}"])


def state_dues_and_revenue(fact: Facts, case: Case, parties: Sequence[str]) -> None:
    """PARTY-due in the year in focus, and PARTY-revenue of a year, for each of some suppliers."""
    revenue = newest_annual(case.book, "revenue", parties).set_index("party_id")
    for party in parties:
        rows = case.rows_to(party)
        how = f"due in {case.year}; {_undated(case)}"
        fact(f"{party}-due", case.due_to(party) or math.nan, "usd_bn", how, rows)
        own = revenue[revenue.index == party]
        how = "newest booked revenue, a part of a year made a year"
        fact(f"{party}-revenue", _first(own.low), "usd_bn", how, _figures(own) or rows)


def state_due_of_revenue(fact: Facts, case: Case, party: str) -> None:
    """PARTY-of-revenue: what falls due in the year in focus in percent of a year's revenue."""
    revenue = newest_annual(case.book, "revenue", [party])
    share = 100 * case.due_to(party) / _first(revenue.low) if case.due_to(party) else math.nan
    rows = [*case.rows_to(party), *_figures(revenue)]
    fact(f"{party}-of-revenue", share, "percent", "due in the year over revenue of a year", rows)


def state_concentration(fact: Facts, case: Case, due: pd.Series) -> None:
    """total-due, hhi, largest-two and largest-two-share of `who_breaks_books.due_by_party`."""
    dues = fact.on(case.due_rows)
    shares = 100 * due / due.sum()
    has_several = len(shares) > 1
    dues("total-due", float(due.sum()) or math.nan, "usd_bn", f"all that is due in {case.year}")
    hhi = clearing.herfindahl(shares) if has_several else math.nan
    how = "sum of the squared shares, in percent, of what is due in the year"
    dues("hhi", hhi, "count", how)
    names = case.listing(due.index[:2]) or "none"
    dues.words("largest-two", names, "the two with the largest dues")
    share = float(shares.head(2).sum()) if has_several else math.nan
    dues("largest-two-share", share, "percent", "their share of what is due in the year")


def state_cash_flow(fact: Facts, case: Case, party: str) -> None:
    """PARTY-cash-flow of a year, and PARTY-prepaid: what customers prepaid of it."""
    flow = newest_annual(case.book, "operating_cash_flow", [party], 0.5)
    how = "newest operating cash flow of half a year at least, made a year; high end less low end"
    prepaid = (flow.high - flow.low)[flow.high.gt(flow.low)]
    own = fact.on(_figures(flow) or case.rows_to(party))
    own(f"{party}-cash-flow", _first(flow.high), "usd_bn", how)
    own(f"{party}-prepaid", _first(prepaid), "usd_bn", how)


def state_most_from_focal(fact: Facts, case: Case, party: str, how: str) -> None:
    """PARTY-from-FOCAL: the most of a party's revenue of a year that the focal party brought."""
    taken = newest_annual(case.book, from_focal(case.book, "revenue", case.focal), [party])
    rows = _figures(taken) or case.rows_to(party)
    fact(f"{party}-from-{case.focal}", _first(taken.high), "usd_bn", how, rows)


def state_needs(fact: Facts, case: Case, focus: pd.DataFrame, parties: Sequence[str]) -> None:
    """PARTY-lean and PARTY-full, what a partner needs in percent; and the same -usd."""
    for party in parties:
        tested = party in case.web.tested
        own = fact.on(case.bill_rows(party) if tested else case.rows_to(party))
        for key, reading in (("lean", LEAN), ("full", FULL)):
            row = focus[focus.party.eq(party) & focus.reading.eq(reading)]
            text = percent(_first(row.low), _first(row.high)) if len(row) else ""
            of = f"{case.year}, {reading}"
            how = f"(own bills − cash from others) / due from {case.name}, {of}"
            own.words(f"{party}-{key}", text, how)
            ends = _first(row.needs_low), _first(row.needs_high)
            own.span(f"{party}-{key}-usd", *ends, f"own bills less cash from others, {of}")


def state_too_early(fact: Facts, case: Case, focus: pd.DataFrame) -> None:
    """too-early: that nobody can be put to the test in the year in focus; "" if somebody can."""
    text = (
        "On this page’s day, and of what it counts, no partner’s dues and cash are both known. "
        "The test can only be described."
    )
    how = "whether dues and cash of a partner are known"
    fact.words("too-early", "" if len(focus) else text, how, case.due_rows)


def state_safe(fact: Facts, case: Case, focus: pd.DataFrame) -> None:
    """need-nothing: whose bills others pay in the year in focus; "" for nobody."""
    safe = chapter.safe(focus)
    verb = "needs" if len(safe) == 1 else "need"
    text = f"{case.listing(safe)} {verb} nothing: what others pay covers every bill counted here."
    how = f"partners whose cash from others covers their bills of {case.year} at both ends"
    rows = sorted({row for party in safe for row in case.bill_rows(party)})
    fact.words("need-nothing", text if safe else "", how, rows or case.due_rows)


def state_end_of_span(fact: Facts, case: Case, party: str) -> None:
    """last-year, and what a partner repays (PARTY-repays) and is due (PARTY-due-last) in it."""
    last, charges, rows = case.span[-1], case.web.charges, case.rows_to(party)
    fact("last-year", str(last), "year", "last year that is cleared", rows)
    chosen = charges.party.eq(party) & charges.kind.eq("principal") & charges.year.eq(last)
    repaid = charges[chosen]
    amount = float(repaid.high.sum()) if len(repaid) else math.nan
    behind = [row for named in repaid.rows for row in named]
    fact(f"{party}-repays", amount, "usd_bn", f"principal due in {last}", behind or rows)
    due = case.web.due_to(party, last) or math.nan
    how = f"due in {last}; {_undated(case)}"
    fact(f"{party}-due-last", due, "usd_bn", how, rows)


def state_losses(
    fact: Facts, case: Case, full: pd.DataFrame, lean: pd.DataFrame, fifth: pd.DataFrame
) -> None:
    """lost-… of `who_breaks_runs.lost_beyond`: at three fifths, without machines, at one fifth."""
    of_kinds = {
        "lost-lenders": (full, BEHIND[:1], 0.6, FULL),
        "lost-landlords": (full, BEHIND[1:2], 0.6, FULL),
        "lost-makers": (full, BEHIND[2:], 0.6, FULL),
        "lost-lean": (lean, BEHIND[:2], 0.6, LEAN),
        "lost-fifth": (fifth, BEHIND, 0.2, FULL),
    }
    own = fact.on(case.every_bill_row)
    for key, (table, kinds, ratio, reading) in of_kinds.items():
        ends = loss_of(table, kinds)
        text = "nothing" if is_nothing(ends[1]) else units.usd_bn_range(*ends)
        unpaid = f"not paid in {case.cleared} if {case.name} pays {ratio:.0%}"
        how = f"less what is not paid if it pays all; {reading}, mild to strict end"
        own.words(key, text, f"{unpaid}, {how}")
    mildest = loss_of(full, BEHIND)[0]
    text = units.usd_bn(mildest) if mildest > 0 and not is_nothing(mildest) else "nothing"
    own.words("lost-mild", text, f"the same at the mild end, {case.cleared}")
    how = f"what {case.name} does not pay in {case.cleared} if it pays 60%"
    own("lost-suppliers", loss_of(full, [SUPPLIER])[0], "usd_bn", how)


def state_missed_by_safe(fact: Facts, case: Case, safe: Sequence[str]) -> None:
    """stays and safe-names: what partners that need nothing miss if three fifths are paid."""
    own = fact.on(case.every_bill_row)
    dues = case.web.dues
    missed = float(0.4 * dues.amount[dues.payee.isin(list(safe))].sum()) if safe else math.nan
    part = f"two fifths of what {case.name} is due to pay in {case.cleared}"
    how = f"{part} to partners that need nothing from it"
    own("stays", missed, "usd_bn", how)
    own.words(
        "safe-names", case.listing(safe) or "nobody", f"partners that need nothing from {case.name}"
    )


def state_flips(fact: Facts, case: Case, flips: pd.DataFrame, parties: Sequence[str]) -> None:
    """flip-PARTY: the change of `who_breaks.flips` that lowers its share most, mid-sentence."""
    for party in parties:
        step = chapter.largest_step(flips, party).format(focal=case.name)
        # In the middle of a sentence a name or number may start it; our labels start with a word.
        text = step[:1].lower() + step[1:]
        how = "the change that lowers the share most"
        fact.words(f"flip-{party}", text, how, case.every_bill_row)


def state_within_three_years(fact: Facts, case: Case, flips: pd.DataFrame, party: str) -> None:
    """flip-three-years: what a party needs if machines are paid sooner; "" if it is not tested."""
    own = flips[flips.party.eq(party) & flips.change.eq(chapter.WITHIN_THREE_YEARS)]
    text = "".join(chapter.needed(row.share, row.needs) for row in own.itertuples())
    how = f"machines over three years instead of {stress.MACHINES_TERM:g}, strict end"
    fact.words("flip-three-years", text, how, case.every_bill_row)


def state_machine_years(fact: Facts, case: Case) -> None:
    """machine-years: over how many years machines are paid for."""
    behind = {row for rows in case.web.machines.rows for row in rows}
    rows = sorted(behind) or case.due_rows
    fact("machine-years", stress.MACHINES_TERM, "years", "our choice", rows)


def state_first_year(fact: Facts, case: Case) -> None:
    """first-year: the first year that is cleared."""
    rows = [row for named in case.web.tills.rows for row in named] or case.due_rows
    how = "first year that begins after the newest cash of the partners"
    fact("first-year", str(case.web.years[0]), "year", how, rows)
