"""What the chapter blueprint or warning states, and its table of six figures."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import units
from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters.blueprint_or_warning import Amount, Signed, Webs, percent
from tightrope.chapters.blueprint_or_warning_six import LATE_PERCENT, NUMBERS, Six
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts


def state(fact: Facts, key: str, amount: Amount, how: str) -> None:
    """State an amount in USD billion on its own rows."""
    fact(key, amount.value, "usd_bn", how, amount.rows)


def share(fact: Facts, key: str, part: Amount, whole: Amount, how: str) -> None:
    """State part ÷ whole in whole percent."""
    ratio = part / whole
    fact.words(key, percent(ratio.value), how, ratio.rows)


def state_unless_known(fact: Facts, key: str, words: str, amount: Amount, how: str) -> None:
    """State words where an amount is not known yet, and nothing where it is."""
    fact.words(key, words if pd.isna(amount.value) else "", how, amount.rows)


def state_lending(fact: Facts, book: Dealbook, focal: str, webs: Webs) -> None:
    """State whether suppliers have agreed to lend the focal party money."""
    name = book.party_name(focal)
    words = (
        f"no supplier is known to have lent {name} money under a contract"
        if webs.lent == 0
        else f"suppliers have agreed to lend {name} {units.usd_bn(webs.lent)}"
    )
    fact.words("who-lends", words, f"binding loans of suppliers to {name}", webs.lending_rows)


def state_finding(fact: Facts, six: Six | None) -> None:
    """State what the page leads with."""
    how = "today’s values of the six measures against both thresholds of each"
    own = fact.on(six.rows) if six else fact
    own.words("finding", finding(six), how)


def finding(six: Six | None) -> str:
    """The headline: which side of their lines the six measures stand on."""
    if six is None or not six.is_known:
        return "Blueprint or warning? Six figures will tell"
    on, off = six.crossed
    if not on and not off:
        return "Blueprint or warning: no figure has crossed a line yet"
    words = NUMBERS[on].capitalize() if on else "None"
    return f"{words} of six figures point to blueprint, {NUMBERS[off]} to warning"


def state_purchases(fact: Facts, focal: str, signed: Signed) -> None:
    """State what the focal party, a name, has signed for; by the rows of `fact` before it has."""
    how = f"what contracts oblige {focal} to pay for compute and chips, what is paid of it included"
    own = fact.on(chapter.leg_rows(signed.legs.leg_id)) if len(signed.legs) else fact
    stated = signed.sum.stated if len(signed.legs) else math.nan
    own("purchases-signed", stated, "usd_bn", f"{how}, as stated")


def state_six(fact: Facts, six: Six) -> None:
    """State how many of the six measures have crossed a line, and what is booked of the year."""
    sales = six.sales
    how = f"planned revenue of {sales.year} − what has been booked of it"
    state(fact, "to-go", sales.to_go, how)
    state(fact, "so-far", sales.so_far, f"revenue booked of {sales.year}")
    how = f"part of {sales.year} that is booked"
    fact.words("so-far-when", sales.when, how, sales.so_far.rows)
    how = "today’s values against the thresholds of the figure’s table"
    fact.words("crossed", six.crossed_words, how, six.rows)


def thresholds(six: Six) -> dict[str, str]:
    """The thresholds as the table writes them, by name."""
    return {
        "plan": units.usd_bn(six.sales.high.value),
        "least": units.usd_bn(six.sales.low.value),
        "goal": f"{six.margin.goal.value:.0f}%",
        "floor": f"{six.margin.floor.value:.0f}%",
        "fifth": percent(six.due.fifth),
        "years": f"{six.due.years:.0f}",
        "late": f"{LATE_PERCENT}%",
        "raised": units.usd_bn(six.round.raised.value),
        "price": units.usd_bn(six.round.price.value),
        "signed": units.usd_bn(six.surety.signed.value),
        "income": units.usd_bn(six.surety.income.value),
        "before": percent(six.interest.before.value),
    }
