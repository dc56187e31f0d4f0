"""Answers of the exercises on what may happen: cash, gaps, dues, warrants, dates, growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from tightrope import ledger, scenarios, stress, units
from tightrope.chapters import blueprint_or_warning_six as six_figures
from tightrope.chapters import paying_for_technology, who_breaks
from tightrope.chapters import runway as runway_chapter
from tightrope.chapters.blueprint_or_warning import Part
from tightrope.chapters.paying_with_stock import Warrant
from tightrope.chapters.when_money_moves_advance import Advance
from tightrope.dealbook import Dealbook
from tightrope.measures import equity, runway, timing
from tightrope.publish.facts import Facts

CASH, BURN = "openai-cash-2026-03-31", "openai-cash-burn-2026-q1"
PLANS = 3
"""How many of OpenAI's plans have free cash flow by year."""
FASTER = 1.25
"""How much faster revenue grows in the exercise on the peak: its gap ends far below its peak."""
SHARES, ORDER = "coreweave-2025-03-shares", "coreweave-2025-03-compute"
AZURE = "microsoft-azure-2025-purchase"
LAB, CHIPS, RECOVERED = 100.0, 60.0, 40.0
"""Dollars that the chipmaker pays, that its chips cost, and that a failed laboratory still owns."""
LONGER = 10
"""Years of contracts without dates, in the exercise on who needs a larger share."""


def paying_for_technology_chapter(fact: Facts) -> None:
    """State the chance at which a lender and a shareholder break even, the lender paid first."""
    fails = pd.Series([RECOVERED - CHIPS, -CHIPS], index=["lender", "shareholder"])
    thrives = pd.Series([LAB - CHIPS, 2 * LAB - CHIPS], index=fails.index)
    chances = paying_for_technology.break_even(fails, thrives)
    for who in fails.index:
        how = "chance of success at which gain and loss are even on average, in the made-up case"
        fact(f"answer-{who}", 100 * float(chances[who]), "percent", how)


def seven_deals(fact: Facts, book: Dealbook) -> None:
    """State how many legs the deals of the article have, and of how many money has moved."""
    deals = book.deals.deal_id[book.deals.in_article]
    ladder = ledger.ladder(book)
    legs = ladder[ladder.deal_id.isin(deals)]
    fact = fact.on(f"legs/{leg}" for leg in legs.leg_id)
    statuses, paid = legs.status, legs.status.str.contains("paid")
    how = "legs of the seven deals of the article"
    fact("answer-legs", float(len(statuses)), "count", how)
    fact("answer-legs-paid", float(paid.sum()), "count", f"{how} of which money has moved")


def paying_with_stock(fact: Facts, book: Dealbook, warrant: Warrant, tranches: int) -> None:
    """State the rebate if the shares have doubled, and the warrant at far and near targets."""
    gift, order = _stated(book, SHARES), _stated(book, ORDER)
    how = "twice the shares' value at the grant, of the contract's upper limit"
    doubled = 200 * equity.effective_rebate(gift, order) if order > 0 else float("nan")
    rows = [f"legs/{SHARES}", f"legs/{ORDER}"]
    fact("answer-doubled", doubled, "percent", how, rows)
    on = fact.on(warrant.rows)
    for key, target, words in (
        ("answer-far", warrant.hurdle, "all price targets as high as the last"),
        ("answer-near", warrant.first.price, "all price targets met at once"),
    ):
        low, high = warrant.span(targets=[target] * tranches)
        on.span(key, low, high, f"value on the day of the news, {words}")


def half_back(wait: int) -> float:
    """The discount rate, in percent, at which five payments of 20 are worth half of 100 given.

    They begin one year after the hundred, or `wait` years later still.
    """
    bills = [("customer", "supplier", 20.0, 2026 + wait + year) for year in range(5)]
    rows = [("supplier", "customer", 100.0, 2025), *bills]
    toy = pd.DataFrame(rows, columns=["payer", "payee", "amount", "year"])

    def left(rate: float) -> float:
        return timing.present_value_round_trip(toy, "customer", "supplier", rate) - 0.5

    return 100 * _where(left, 0.0, 1.0)


def discounting(fact: Facts) -> None:
    """State the two rates of `half_back`."""
    how = "rate at which what comes back is worth half, by halving the interval"
    for key, wait in (("answer-half", 0), ("answer-half-later", 2)):
        fact(key, half_back(wait), "percent", how)


def when_money_moves(fact: Facts, book: Dealbook, advance: Advance, amount: float) -> None:
    """State how deep the partner's account is in 2030 if its contract takes 5 or 15 years."""
    on = fact.on([f"legs/{AZURE}", *advance.rows])
    for years in (5, 15):
        account = spread(book, advance, amount, years)
        held = timing.float_by_year(account, book.focal, advance.party).set_index("year")["float"]
        deep = -float(held.get(2030, float("nan")))
        how = f"paid beyond the advance by the end of 2030, the contract even over {years} years"
        on(f"answer-deep-{years}", deep, "usd_bn", how)


def spread(book: Dealbook, advance: Advance, amount: float, years: int) -> pd.DataFrame:
    """The partner's account with its contract spread evenly over some years from the book's day."""
    end = book.day + pd.DateOffset(years=years)
    due = timing.schedule(amount, book.day, end, "even")
    due = due.assign(payer=book.focal, payee=advance.party)
    return pd.concat([advance.account(advance.late), due])


def cash_alone(book: Dealbook, plans: pd.DataFrame) -> dict[str, str]:
    """By plan, when the cash of March 2026 ends without new money, in words; empty if unknown."""
    cash, burned = runway_chapter.known(book, CASH, BURN)
    found = {}
    for vintage, flow in runway_chapter.flows(plans).items() if pd.notna(cash + burned) else []:
        rest = flow.loc[2026:].dropna()
        rest.loc[2026] += burned  # what the first quarter cost is not in the till any more
        alone = runway.cash_flow_gap(rest, cash, 0 * rest, 0.0)
        when = runway.month_cash_ends(alone, pd.Timestamp(2026, 4, 1))
        found[str(vintage)] = f"in {when:%B %Y}" if when else "never within the plan"
    return found


def runway_answers(fact: Facts, book: Dealbook, plans: pd.DataFrame) -> None:
    """State when the cash ends by each plan, and the gap at its peak and at its end."""
    rows = [f"financials/{CASH}", f"financials/{BURN}"]
    how = "cash of March 2026 less the plan's outflow, without new money"
    ends = [*cash_alone(book, plans).values(), *PLANS * [""]]
    for number, when in enumerate(ends[:PLANS], 1):
        fact.words(f"answer-plan-{number}", when, how, rows)
    own = scenarios.scenario(book)
    fast = own.gap(revenue_growth=FASTER * own.values["revenue_growth"], conditional_funding=0.0)
    how = "revenue grows a quarter faster in its first year, the round in talks never comes"
    fact("answer-peak", fast.peak, "usd_bn", f"gap in the worst year: {how}")
    fact("answer-end", fast.end, "usd_bn", f"gap at the end of the path: {how}")


def who_breaks_answers(fact: Facts, case: who_breaks.Case) -> None:
    """State the dues that a share of needs gives away, and the shares over a longer term."""
    slower = who_breaks.with_term(case, LONGER)
    before, later = (
        who_breaks.break_even(one, who_breaks.FULL, case.year) for one in (case.web, slower)
    )
    on = fact.on(case.every_bill_row)
    rising = [one for one in case.web.tested if later.high[one] > before.high[one] + 0.5]
    names = units.listing([case.book.party_name(one) for one in rising])
    on.words("answer-larger-share", names, "partners that need a larger share over ten years")
    for party in ("oracle", "coreweave"):
        how = "falls due to it in the year of the sentences, all but what has no sum"
        on(f"answer-due-{party}", float(before.due.get(party, float("nan"))), "usd_bn", how)
    halved = {each: 1.0 if each < case.web.years[0] + 2 else 0.5 for each in case.web.years}
    after = stress.run(case.web, halved, who_breaks.FULL, "strict")
    beaten = after[after.party.isin(case.web.tested) & after.in_default]
    later_on = beaten[beaten.year.ge(case.web.years[0] + 2)]
    year = str(int(later_on.year.min())) if len(later_on) else "no year"
    on.words("answer-halved", year, "first year in which half is too little for a partner")


def blueprint(
    fact: Facts,
    parts: Sequence[Part],
    profit: float,
    plans: Mapping[str, float],
    sums: Sequence[float],
) -> None:
    """State Nvidia's promises over a year's profit, and the growth that each plan still needs.

    `parts` are its shares, guarantee and standing in; `profit` is a year's, in USD billion; `plans`
    the year's revenue by plan, `sums` that of its first two quarters.
    """
    for key, part in zip(("shares", "guarantee", "clouds"), parts, strict=True):
        how = "its highest sum over four times the newest quarterly profit"
        fact(f"answer-{key}-of-profit", 100 * part.high / profit, "percent", how)
    for key, plan in plans.items():
        more = plan - sum(sums)
        growth = 100 * six_figures.even_growth(sums[-1], more)
        how = "even growth a quarter that makes the last two quarters reach the plan"
        fact(f"answer-growth-{key}", growth, "percent", how)


def scenario_answers(fact: Facts, book: Dealbook) -> None:
    """State what closes the base's gap: contracts left unpaid, or faster growth."""
    own = scenarios.scenario(book)

    def short(changed: Callable[[float], dict[str, float]]) -> Callable[[float], float]:
        return lambda x: own.peak({**own.values, **changed(x)}) - 1e-6

    unpaid = _where(short(lambda x: {"commitments_honoured": 1 - x}), 0.0, 1.0)
    how = "least share of contracts left unpaid at which nothing is missing, by halving"
    fact("answer-unpaid", 100 * unpaid, "percent", how)
    growth = own.values["revenue_growth"]
    times = _where(short(lambda x: {"revenue_growth": x * growth}), 1.0, 4.0)
    how = "growth of the first year at which nothing is missing, by halving"
    fact("answer-growth", 100 * times * growth, "percent", how)


def _where(left: Callable[[float], float], low: float, high: float) -> float:
    """Where something that falls reaches nothing, between two values, to a millionth."""
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if left(middle) > 0 else (low, middle)
    return high


def _stated(book: Dealbook, leg: str) -> float:
    return float(ledger.ladder(book).set_index("leg_id").announced.get(leg, float("nan")))
