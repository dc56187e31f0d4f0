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


def state_reports(fact: Facts, book: Dealbook, events: Mapping[str, str]) -> None:
    """State what press reports named: the event of each by its key."""
    for key, event in events.items():
        how = "amount of a press report"
        fact(key, chapter.reported(book, event), "usd_bn", how, [f"events/{event}"])


def state_priced(fact: Facts, warrant: Warrant) -> None:
    """State whether the price before and after is known: what needs it is left out otherwise."""
    whose = f"{warrant.name}'s" if warrant.is_priced else "the"
    how = f"whether {whose} share price before and after the news is known"
    fact.words("priced", "yes" if warrant.is_priced else "", how, warrant.rows)


def state_headline(fact: Facts, warrant: Warrant) -> None:
    """State what the warrant pays at its last target."""
    headline = warrant.payoff(warrant.hurdle)
    how = "shares times (last price target less exercise price), as if all had vested"
    _state_known(fact, "value-hurdle", headline, how, warrant.rows)


def _state_known(
    fact: Facts, key: str, amount: float, how: str, rows: Sequence[str], unit: str = "usd_bn"
) -> None:
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
    behind = [*warrant.rows[:2], *rows[-1:]] if is_known else rows
    paid = "shares times (share price less exercise price), as if all had vested"
    _state_known(fact, "payoff-may", warrant.payoff(quote.price), paid, behind)
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


def state_dilution(
    fact: Facts, book: Dealbook, key: str, issued: str, shares: Sequence[str], outstanding: str
) -> None:
    """State what old owners give up; `issued` names the shares, the rest are ids of figures."""
    new = sum(known(book, figure) for figure in shares)
    how = f"{issued} / (shares outstanding + {issued})"
    rows = [f"financials/{figure}" for figure in (*shares, outstanding)]
    fact(key, chapter.dilution(new, known(book, outstanding)), "percent", how, rows)


def state_count(fact: Facts, book: Dealbook, ladder: pd.DataFrame, paper: str, price: str) -> None:
    """State how many shares a leg of shares is at the price of a figure."""
    worth, rows = float(ladder.announced.get(paper, math.nan)), [f"legs/{paper}"]
    count, how = worth * 1000 / known(book, price), "value of the shares / issue price"
    fact("share-count", count, "m_shares", how, [*rows, f"financials/{price}"])


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
    """State a buyer's loan and the warrant that came with it; keys begin with the seller.

    "-point" ends a sentence on shares that suppliers give, if the loan is known.
    """
    seller = loan.seller
    named = loan.named
    lent, count, vesting = f"legs/{named.loan}", f"financials/{named.count}", named.vesting
    fact.legs(f"{seller}-loan", [named.loan], "paid")
    fact.figure(f"{seller}-count", named.count)
    how = "shares that vested with the loan times the value of a share at the grant"
    _state_known(fact, f"{seller}-vested", loan.vested, how, [f"events/{vesting}"])
    how = "value of the shares that vested with the loan / loan"
    fact(f"{seller}-fee", loan.fee, "percent", how, [f"events/{vesting}", lent])
    how = "all shares of the warrant times the price of a share"
    point = f"; with {loan.name} even the loan runs from the buyer to the seller"
    is_lent = "whether the loan is known"
    fact.words(f"{seller}-point", point if loan.vested > 0 else " ", is_lent, [lent])
    for key, worth, price in (("own", loan.own, named.own), ("listed", loan.listed, named.listed)):
        fact(f"{seller}-{key}", worth, "usd_bn", how, [count, f"financials/{price}"])


def state_holder(fact: Facts, loan: BuyersLoan, exercised: str, so: str) -> None:
    """State in words whether the buyer is a shareholder of its seller by now.

    `exercised` says when it took shares, `so` begins the sentence that ends in "shareholder".
    """
    paid, most = units.usd_bn(loan.warrant.paid), units.usd_bn(loan.warrant.paid_high)
    taken = f"{exercised}, {paid} at the value of the grant and up to {most} at the price of the"
    words = (
        f"{taken} listing. {so} has become its shareholder."
        if loan.is_holder
        else f"{so} perhaps its shareholder."
    )
    how = f"paid amount of the leg: shares that {loan.buyer} has taken"
    fact.words(f"{loan.seller}-exercised", words, how, [f"legs/{loan.named.warrant}"])
