"""The facts of paying with stock: terms, values of a warrant, rebates, and a buyer's loan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import paying_with_stock as chapter
from tightrope.chapters.blueprint_or_warning import known
from tightrope.chapters.paying_with_stock import Quote, Warrant
from tightrope.chapters.paying_with_stock_loan import BuyersLoan
from tightrope.dealbook import Dealbook
from tightrope.measures import equity
from tightrope.publish.facts import NOT_YET, Facts


def state_priced(fact: Facts, warrant: Warrant) -> None:
    """State whether the price before and after is known: what needs it is left out otherwise."""
    whose = f"{warrant.name}'s" if warrant.is_priced else "the"
    how = f"whether {whose} share price before and after the news is known"
    fact.words("priced", "yes" if warrant.is_priced else "", how, warrant.rows)


def state_finding(fact: Facts, warrant: Warrant, buyer: str) -> None:
    """State what the page leads with; `buyer` is a name."""
    how = "what a warrant is worth in a model on its first day, and at its last price target"
    fact.words("finding", finding(warrant, buyer), how, [*warrant.rows, *warrant.price_rows])


def finding(warrant: Warrant, buyer: str) -> str:
    """The headline: whether a warrant is worth less than it pays in the best case."""
    if warrant.span()[1] < warrant.payoff(warrant.hurdle):
        return f"{warrant.name} gave {buyer} a lottery ticket, not money"
    return "What suppliers give in shares, and what it is worth"


def state_headline(fact: Facts, warrant: Warrant) -> None:
    """State what the warrant pays at its last target."""
    headline = warrant.payoff(warrant.hurdle)
    how = "shares times (last price target less exercise price), as if all had vested"
    state_known(fact, "value-hurdle", headline, how, warrant.rows)


def state_known(
    fact: Facts, key: str, amount: float, how: str, rows: Sequence[str], unit: str = "usd_bn"
) -> None:
    """State an amount, or that it is not yet public."""
    if pd.isna(amount):
        fact.words(key, NOT_YET, how, rows)
    else:
        fact(key, amount, unit, how, rows)


def state_value(
    fact: Facts,
    warrant: Warrant,
    key: str,
    variant: str = "",
    quote: Quote | None = None,
    taken: int | None = None,
    targets: Sequence[float] = (),
) -> None:
    """State a value in the model as its range over the volatilities, as `Warrant.span` takes it.

    `variant` says in what it differs from the value on the first day.
    """
    how = f"{variant}; {_how(warrant)}" if variant else _how(warrant)
    low, high = warrant.span(quote, taken, targets)
    if pd.isna(high):
        fact.words(key, NOT_YET, how, warrant.price_rows)
    else:
        fact.span(key, low, high, how, warrant.price_rows)


def _how(warrant: Warrant) -> str:
    low, _, high = warrant.model.volatilities
    return (
        f"closed form at volatilities of {low:.0%} to {high:.0%}, rate {warrant.model.rate:.0%}, "
        "targets in even steps, all other conditions met"
    )


def state_later(fact: Facts, warrant: Warrant, quote: Quote) -> None:
    """State the warrant at a later quote; "value-may" is empty where there is none."""
    rows, how = warrant.price_rows, _how(warrant)
    low, high = warrant.span(quote)
    is_known = pd.notna(quote.price)
    fact.words("value-may", units.usd_bn_range(low, high) if is_known else "", how, rows)
    times = f"{quote.price / warrant.first.price:.1f} times" if is_known else NOT_YET
    fact.words("may-times", times, "one closing price over the other", rows)
    state_value(fact, warrant, "value-may-first", quote=quote, taken=1)


def state_rise(
    fact: Facts, book: Dealbook, warrant: Warrant, outstanding: str, counted: str
) -> None:
    """State what the news did to the share price, to the warrant and to old owners.

    `outstanding` is the figure of the shares that old owners held, `counted` when that was.
    """
    for key, quotes in (("price-before", warrant.before), ("price-after", warrant.since)):
        if warrant.is_priced:
            fact.figure(key, str(quotes.financial_id.iloc[0]))
        else:
            fact.words(key, NOT_YET, "closing price", warrant.rows)
    rows = warrant.price_rows
    old = Quote(warrant.old_price, warrant.first.day)
    state_value(fact, warrant, "value-before", quote=old)
    part = part_in_words(chapter.made_by_news(warrant.span(old), warrant.span()))
    how = "1 less value at the price before / value at the price after, middles of both ranges"
    fact.words("jump-share", part, how, rows)
    rise = warrant.first.price - warrant.old_price
    how = (
        f"shares outstanding (counted in {counted}) times the rise of the share price on the day "
        "of the news"
    )
    behind = [*rows[:2], f"financials/{outstanding}"]
    fact("old-gain", known(book, outstanding) * rise / 1000, "usd_bn", how, behind)


def part_in_words(part: float) -> str:
    """A part (a fraction) as a sentence begins with it; "A part" where it is small or unknown."""
    if not part > 0.1:
        return "A part"
    words = {0.225: "About a fifth", 0.29: "About a quarter", 0.4: "About a third"}
    return next((word for limit, word in words.items() if part < limit), "Much")


def state_rebates(
    fact: Facts, ladder: pd.DataFrame, paper: str, orders: Mapping[str, Sequence[str]]
) -> None:
    """State what a leg of shares is in percent of the legs of some orders, by their key."""
    worth = float(ladder.announced.get(paper, math.nan))
    for key, legs in orders.items():
        bought = float(ladder.announced.reindex(list(legs)).sum(min_count=1))
        part = 100 * equity.effective_rebate(worth, bought) if bought > 0 else math.nan
        how = "value of the shares at issue / upper limit of the orders"
        fact(key, part, "percent", how, [f"legs/{leg}" for leg in (paper, *legs)])


def state_signed(fact: Facts, ladder: pd.DataFrame, key: str, leg: str) -> None:
    """State what is binding of a leg as a range; `ladder` as `Opening.ladder`."""
    low, high = (float(ladder[f"binding_{end}"].get(leg, math.nan)) for end in ("low", "high"))
    fact.span(key, low, high, "binding amount of the leg, low and high end", [f"legs/{leg}"])


def state_loan(fact: Facts, loan: BuyersLoan) -> None:
    """State a buyer's loan and the warrant that came with it; keys begin with the seller."""
    seller, named = loan.seller, loan.named
    fact.legs(f"{seller}-loan", [named.loan], "paid")
    fact.figure(f"{seller}-count", named.count)
    how = "shares that vested with the loan times the value of a share at the grant"
    state_known(fact, f"{seller}-vested", loan.vested, how, [f"events/{named.vesting}"])
