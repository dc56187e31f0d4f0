"""What the chapter blueprint or warning states, and its table of six figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import addresses, units
from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters.blueprint_or_warning import Amount, Maker, Signed, Webs, percent
from tightrope.chapters.blueprint_or_warning_six import LATE_PERCENT, Six, in_words
from tightrope.charts.table import Markup, Table
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import NO_SUM, Facts

_PAGE = "chapters/blueprint-or-warning"


def state(fact: Facts, key: str, amount: Amount, how: str) -> None:
    """State an amount in USD billion on its own rows."""
    fact(key, amount.value, "usd_bn", how, amount.rows)


def share(fact: Facts, key: str, part: Amount, whole: Amount, how: str) -> None:
    """State part ÷ whole in whole percent."""
    ratio = part / whole
    fact.words(key, percent(ratio.value), how, ratio.rows)


def times(fact: Facts, key: str, part: Amount, whole: Amount, how: str) -> None:
    """State how many times as much a part is, to one digit after the point."""
    ratio = part / whole
    words = chapter.NOT_YET if pd.isna(ratio.value) else f"{ratio.value:.1f}"
    fact.words(key, words, how, ratio.rows)


def percent_span(fact: Facts, book: Dealbook, key: str, row: str, how: str) -> None:
    """State the lowest and highest end of a figure that is in percent, in whole percent."""
    low, high = (chapter.end_of(book, row, side) / 100 for side in ("low", "high"))
    fact.words(key, percent(low, high), how, chapter.figure_rows(row))


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


def state_signed(
    fact: Facts, book: Dealbook, focal: str, signed: Signed, orders: Mapping[str, str]
) -> None:
    """State what the focal party has signed for, and what carriers once ordered.

    `orders` has the leg of each order by its key; the first is a ceiling, the others floors.
    """
    name = book.party_name(focal)
    then = chapter.leg_rows(orders.values())
    own = fact.on(chapter.leg_rows(signed.legs.leg_id) or then)
    how = f"what contracts oblige {name} to pay for compute and chips, what is paid of it included"
    stated = signed.sum.stated if len(signed.legs) else math.nan
    own("purchases-signed", stated, "usd_bn", f"{how}, as stated")
    own.span("purchases-signed-range", signed.sum.low, signed.sum.high, f"{how}, low and high end")
    ends = book.legs.set_index("leg_id")[["payer_id", "payee_id"]].map(book.party_name)
    for place, (key, leg_id) in enumerate(orders.items()):
        maker = ends.payee_id.get(leg_id, leg_id)
        how = (
            f"agreement with {maker} while it was in force, at least"
            if place
            else f"highest sum of the agreement with {maker} while it was in force, up to"
        )
        fact(key, chapter.agreed(book, leg_id), "usd_bn", how, [f"legs/{leg_id}"])


def state_compared(
    fact: Facts, book: Dealbook, maker: Maker, most_row: str, ratios: Mapping[str, Amount]
) -> None:
    """State what a maker had promised beside its revenue, and where other ratios lie beside that.

    `most_row` is the row of its highest promise; `ratios` are fractions by the key of the fact.
    """
    low, high = chapter.promised_ratio(maker)
    name = book.party_name(maker.party)
    rows = chapter.figure_rows(maker.promised, most_row, maker.revenue_row)
    fact.words(
        f"{maker.party}-ratio",
        percent(low, high),
        "promises at the end of December and of September 2000 ÷ revenue of fiscal 2000",
        rows,
    )
    for key, ratio in ratios.items():
        words = chapter.place_of(ratio.value, low, high, name)
        fact.words(key, words, "the two ratios compared", [*rows, *ratio.rows])


def state_six(fact: Facts, six: Six, surety: str) -> None:
    """State today's values of the six measures, and how many have crossed a line.

    `surety` says how what a supplier stands in for was computed.
    """
    margin, due, sales = six.margin, six.due, six.sales
    state(fact, "margin-sum", margin.left, "adjusted gross margin × revenue of the same period")
    _as_published(fact, "margin", margin.percent)
    rows = margin.percent.rows
    fact.words("margin-period", in_words(margin.period), "newest period booked", rows)
    how = "part of the backlog due within twelve months, in whole percent as published"
    fact.words(f"{due.party}-share", percent(due.percent / 100), how, due.rows)
    how = "the published whole percent, half a point less and more, × backlog"
    fact.span(f"{due.party}-soon", due.low, due.high, how, due.rows)
    _as_published(fact, f"{due.party}-backlog", due.backlog)
    own = six.round
    how = f"known to be paid in the round of {sales.year}, lowest and highest"
    fact.span("round-paid", own.low, own.high, how, own.rows, nothing=NO_SUM)
    _as_published(fact, "round", own.raised)
    state(fact, "surety", six.surety.most, surety)
    how = f"net interest ÷ revenue, {in_words(six.interest.period)}"
    share(fact, "interest-share", six.interest.paid, six.interest.sales, how)
    how = f"planned revenue of {sales.year} − what has been booked of it"
    state(fact, "to-go", sales.to_go, how)
    state(fact, "so-far", sales.so_far, f"revenue booked of {sales.year}")
    how = f"part of {sales.year} that is booked"
    fact.words("so-far-when", sales.when, how, sales.so_far.rows)
    how = "today’s values against the thresholds of the table"
    fact.words("crossed", six.crossed_words, how, six.rows)


def _as_published(fact: Facts, key: str, amount: Amount) -> None:
    """State the one figure behind an amount in its own unit."""
    (row,) = amount.rows
    fact.figure(key, row.removeprefix("financials/"))


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


def measures(*texts: str) -> list[tuple[str, str, str, str]]:
    """The words of `six_table`: blocks between empty lines, each of four parts with | between.

    Raises ValueError for a block that has other than four parts.
    """
    blocks = [" ".join(block.split()) for text in texts for block in text.split("\n\n")]
    found = []
    for block in blocks:
        what, blueprint, warning, later = (part.strip() for part in block.split("|"))
        found.append((what, blueprint, warning, later))
    return found


def six_table(six: Six, says: Sequence[tuple[str, str, str, str]], as_known: str) -> Table | None:
    """The six measures, today's value of each, both thresholds, and where the next one stands.

    `says` has the words of each measure in the order of `Six`: what it is, the threshold of the
    blueprint, that of the warning, and the next value; `{plan}` and the like are `thresholds`.
    None before all of them are known.
    """
    if not six.is_known:
        return None
    written = thresholds(six)
    rows = [
        (what, today, *(words.format(**written) for words in rest))
        for (what, *rest), today in zip(says, _today(six), strict=True)
    ]
    return Table(
        pd.DataFrame(rows, columns=["measure", "today", "blueprint", "warning", "next"]),
        f"Six figures, their thresholds, and where the next value will stand, {as_known}",
        {
            "measure": "What to watch",
            "today": "Today",
            "blueprint": "Blueprint if",
            "warning": "Warning if",
            "next": "Next value",
        },
        {"today": lambda cell: Markup(cell)},
    )


def _today(six: Six) -> list[str]:
    """Today's value of each measure as a link to the fact behind it."""
    bn, sales, margin, due = units.usd_bn, six.sales, six.margin, six.due
    called, loss = six.surety.called, six.interest.loss.value
    paid = units.usd_bn_known(math.nan, six.round.low, six.round.high)
    soon = f"about {units.usd_bn_range(due.low, due.high)} of {bn(due.backlog.value)}"
    calls = "nothing known to be called" if called == 0 else f"{bn(called)} called"
    losses = f"with a net loss of {bn(loss)}" if loss > 0 else "without a net loss"
    of_sales = f"{bn(six.interest.paid.value)} of {bn(six.interest.sales.value)}"
    words = {
        "so-far": f"{bn(sales.so_far.value)} in {sales.when}",
        "margin-sum": f"{margin.percent.value:.0f}%, {bn(margin.left.value)} "
        f"in {in_words(margin.period)}",
        f"{due.party}-soon": f"{percent(due.percent / 100)}, {soon}",
        "round-paid": f"{paid} of {bn(six.round.raised.value)}, as far as is known",
        "surety": f"up to {bn(six.surety.most.value)}, {calls}",
        "interest-share": f"{of_sales}, {percent(six.interest.share.value)}, {losses}, "
        f"in {in_words(six.interest.period)}",
    }
    return [
        f'<a class="fact" href="../{addresses.of_fact(_PAGE, key)}">{text}</a>'
        for key, text in words.items()
    ]
