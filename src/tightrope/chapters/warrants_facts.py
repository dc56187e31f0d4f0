"""The facts of the page on warrants and rebates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import paying_with_stock as stock
from tightrope.chapters import warrants
from tightrope.chapters.blueprint_or_warning import known
from tightrope.chapters.paying_with_stock import Quote, Warrant
from tightrope.chapters.paying_with_stock_facts import state_known
from tightrope.chapters.paying_with_stock_loan import BuyersLoan
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts


def state_reports(fact: Facts, book: Dealbook, events: Mapping[str, str]) -> None:
    """State what press reports named: the event of each by its key."""
    for key, event in events.items():
        how = "amount of a press report"
        fact(key, stock.reported(book, event), "usd_bn", how, [f"events/{event}"])


def state_dilution(
    fact: Facts, book: Dealbook, key: str, issued: str, shares: Sequence[str], outstanding: str
) -> None:
    """State what old owners give up; `issued` names the shares, the rest are ids of figures."""
    new = sum(known(book, figure) for figure in shares)
    how = f"{issued} / (shares outstanding + {issued})"
    rows = [f"financials/{figure}" for figure in (*shares, outstanding)]
    fact(key, warrants.dilution(new, known(book, outstanding)), "percent", how, rows)


def state_count(fact: Facts, book: Dealbook, ladder: pd.DataFrame, paper: str, price: str) -> None:
    """State how many shares a leg of shares is at the price of a figure."""
    worth, rows = float(ladder.announced.get(paper, math.nan)), [f"legs/{paper}"]
    count, how = worth * 1000 / known(book, price), "value of the shares / issue price"
    fact("share-count", count, "m_shares", how, [*rows, f"financials/{price}"])


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


def state_payoff(fact: Facts, warrant: Warrant, key: str, quote: Quote) -> None:
    """State what a warrant would pay at a quote if all had vested."""
    is_known = pd.notna(quote.price)
    rows = [*warrant.rows[:2], *warrant.price_rows[-1:]] if is_known else warrant.price_rows
    how = "shares times (share price less exercise price), as if all had vested"
    state_known(fact, key, warrant.payoff(quote.price), how, rows)


def state_worth(fact: Facts, loan: BuyersLoan) -> None:
    """State what of a warrant came with a loan, and what all of it is at two prices of a share."""
    seller, named = loan.seller, loan.named
    count, vesting = f"financials/{named.count}", f"events/{named.vesting}"
    how = "shares that vested with the loan times the value of a share at the grant"
    state_known(fact, f"{seller}-vested", loan.vested, how, [vesting])
    how = "value of the shares that vested with the loan / loan"
    fact(f"{seller}-fee", loan.fee, "percent", how, [vesting, f"legs/{named.loan}"])
    how = "all shares of the warrant times the price of a share"
    for key, worth, price in (("own", loan.own, named.own), ("listed", loan.listed, named.listed)):
        fact(f"{seller}-{key}", worth, "usd_bn", how, [count, f"financials/{price}"])
