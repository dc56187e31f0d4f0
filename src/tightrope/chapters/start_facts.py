"""The facts of the start page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units, upcoming
from tightrope.chapters.blueprint_or_warning import Amount
from tightrope.chapters.blueprint_or_warning_six import Six, in_words
from tightrope.chapters.start import Turn
from tightrope.chapters.start_answers import failing_words
from tightrope.chapters.who_breaks import Case
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import YearShare
from tightrope.charts.needle import Needle
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import NO_SUM, NOT_YET, Facts
from tightrope.publish.opening import Opening
from tightrope.upcoming import Expected


def state_finding(page: Opening, payments: pd.DataFrame, found: Turn) -> None:
    """State what the page leads with; `payments` are rows of `start.dated`."""
    how = "payments by year, known and due: what most of them show, or else what is to be paid"
    words = found.words if found.is_found else promised(page) or found.words
    page.fact.on(page.rows(payments)).words("finding", words, how)


def promised(page: Opening) -> str:
    """What the party in the middle is to pay, or else to lend, and has paid; "" for none known."""
    q, name = page.quantities, page.book.party_name(page.focal)
    for to_pay, paid, does, done in (
        (q["to_pay"], q["paid_out"], "is to pay", "paid"),
        (q["to_pay_with_loans"], q["paid_out_with_loans"], "is to lend or guarantee", "lent"),
    ):
        if to_pay.stated > 0 or to_pay.high > 0:
            known = "none of it" if paid.high == 0 else paid.written
            return f"{name} {does} {to_pay.written}; {known} is known to be {done}"
    return ""


def state_turn(page: Opening, payments: pd.DataFrame, found: Turn) -> None:
    """State the sums behind the finding, and what has no date."""
    fact = page.fact.on(page.rows(payments))
    for key, years, amount in (
        ("came", found.came, found.came_sum),
        ("bills", found.due, found.due_sum),
    ):
        how = "years with a fifth of all that came in" if key == "came" else "the heavy years"
        fact.words(f"{key}-years", _years(years), how)
        how = "paid in these years" if key == "came" else "due in these years"
        fact(f"{key}-sum", amount, "usd_bn", how, nothing=NO_SUM)
    fact("later-sum", found.later_sum, "usd_bn", "due after these years", nothing="nothing")
    undated = payments[payments.year.isna()]
    for side in ("in", "out"):
        own = undated[undated.side.eq(side)]
        how = "payments of known amount, no year"
        rows = page.rows(own)
        fact(f"no-date-{side}", float(own.amount.sum()), "usd_bn", how, rows, nothing="nothing")


def _years(years: range) -> str:
    if not years:
        return "no year yet"
    joined = " and " if len(years) == 2 else " to "
    return joined.join(map(str, dict.fromkeys((years[0], years[-1]))))


def state_silence(page: Opening, payments: pd.DataFrame) -> None:
    """State in a sentence that no payment to come has a date; "" where one has."""
    how = "payments into the party in the middle that have a date to come"
    page.fact.on(page.rows(payments)).words("silence", silence(page, payments), how)


def silence(page: Opening, payments: pd.DataFrame) -> str:
    """The sentence of `state_silence`."""
    inward = payments[payments.side.eq("in") & payments.year.notna()]
    if inward.empty or inward.rung.ne("paid").any():
        return ""
    year = max(int(inward.year.max()), page.book.day.year)
    return f"No payment into {page.book.party_name(page.focal)} after {year} has a date."


def state_next_due(fact: Facts, book: Dealbook, due: Sequence[Expected]) -> None:
    """State what is expected next, up to two results with their days."""
    words = "; ".join(one.words for one in due) or "nothing with a day"
    rows = [one.row for one in due] or [f"parties/{book.parties.party_id.iloc[0]}"]
    fact.words("day", units.day(book.day.date()), "the newest event in the data", rows)
    how = "rows of the watch list whose days are set and not past, the first ones"
    fact.words("next-due", words, how, rows)


def state_next(fact: Facts, book: Dealbook, named: Mapping[str, Sequence[str]]) -> None:
    """State for each key where its next value is expected, and when: rows of the watch list."""
    for key, watch_ids in named.items():
        one = upcoming.next_of(book, watch_ids)
        how = "the first of these rows of the watch list that is still expected"
        rows = [one.row] if one else [f"watch/{watch_id}" for watch_id in watch_ids]
        fact.words(f"next-{key}", one.words if one else "no fixed day", how, rows)


def state_outsiders(fact: Facts, shares: Mapping[str, YearShare], years: Sequence[str]) -> None:
    """State what part of a year's money customers and outside investors paid."""
    how = (
        "paid by customers and by parties that the focal party does not buy from, over all that "
        "was paid; payments without a year in either year"
    )
    for year in years:
        one = shares.get(year)
        words = percent_range(one.least, one.most) if one else NOT_YET
        fact.words(f"outsiders-{year}", words, how)


def state_failing(fact: Facts, case: Case, table: pd.DataFrame) -> None:
    """State who cannot pay all its bills, and since when, at both ends of the evidence.

    `table` is `start_answers.failing`.
    """
    how = "the web cleared with that share paid every year, machines counted"
    for key, end in (("failing", "strict"), ("failing-mild", "mild")):
        fact.words(key, failing_words(case, table, end), f"{how}, at the {end} end")


def state_needles(fact: Facts, six: Six, pace: Amount, found: Mapping[str, Needle]) -> None:
    """State today's value of each of the six measures, and what stands beside it.

    `found` are the needles of `start_needles`; before all are known the values read as not yet
    public.
    """
    rows: dict[str, Sequence[str]] = {
        "revenue": (*pace.rows, *six.sales.low.rows, *six.sales.high.rows),
        "margin": six.margin.percent.rows,
        "backlog": six.due.rows,
        "round": six.round.rows,
        "surety": six.surety.most.rows,
        "interest": six.interest.share.rows,
    }
    for name, behind in rows.items():
        written = found[name].written if name in found else NOT_YET
        fact.words(f"today-{name}", written, _HOW[name], behind)
    six_words: dict[str, tuple[str, Sequence[str]]] = {
        "crossed": (six.crossed_words, six.rows),
        "so-far-when": (six.sales.when, six.sales.so_far.rows),
        "margin-period": (in_words(six.margin.period), six.margin.percent.rows),
        "interest-period": (in_words(six.interest.period), six.interest.share.rows),
        "surety-called": (_called(six), six.surety.most.rows),
    }
    for key, (words, behind) in six_words.items():
        fact.words(key, words, "as the six measures say", behind)
    for key, amount in (
        ("so-far", six.sales.so_far),
        ("backlog-whole", six.due.backlog),
        ("round-whole", six.round.raised),
    ):
        fact.state(key, amount.value, "usd_bn", amount.rows, "as booked or published")


def _called(six: Six) -> str:
    called = six.surety.called
    return f"{units.usd_bn(called)} of it was called." if called else "No call on it is known."


_HOW = {
    "revenue": "first half + two more quarters, each growing as the second did",
    "margin": "adjusted gross margin of the newest period",
    "backlog": "part of the backlog due within twelve months, in whole percent as published",
    "round": "known to be paid in the round, lowest and highest",
    "surety": "maximum of the guarantees together",
    "interest": "net interest ÷ revenue of the newest period",
}
