"""The facts that how circular states: what was computed, under the keys of its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from tightrope import units
from tightrope.chapters import how_circular as chapter
from tightrope.chapters import how_circular_assumptions as assumptions
from tightrope.chapters.how_circular import Answer
from tightrope.chapters.how_circular_article import AtItsWord
from tightrope.chapters.how_circular_chance import RUNS, BesideChance, published, verdict
from tightrope.chapters.how_circular_made_up import Measured
from tightrope.dealbook import Dealbook
from tightrope.measures import uncertainty
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities, Quantity


def state_made_up(fact: Facts, toys: Measured, web: str, payee: str) -> None:
    """State the ends of what one firm of a made-up web is paid, and the largest payment there."""
    payments = toys.payments[toys.payments.web.eq(web)]
    branch = payments[payments.payee.eq(payee)].iloc[0]
    example, how = "a made-up example:", "of that payment in any largest circulation"
    fact("branch-low", float(branch.low), "usd", f"{example} least {how}")
    fact("branch-high", float(branch.high), "usd", f"{example} most {how}")
    how = f"{example} sum of the payment that the cut goes through"
    fact("toy-whole", float(payments.amount.max()), "usd", how)


def state_article(fact: Facts, claims: Iterable[str], said: AtItsWord, focal: str) -> None:
    """State what the payments of these claims come to at their word; `focal` without a claim."""
    fact = fact.on([f"claims/{claim}" for claim in claims if claim] or [f"parties/{focal}"])
    fact("article-in", said.paid_in, "usd_bn", "payments to OpenAI in the article")
    fact("article-out", said.paid_out, "usd_bn", "payments by OpenAI in the article")
    back = f"${said.round_trip:.2f}\N{NO-BREAK SPACE}bn"
    fact.words("article-back", back, "sum over partners of the smaller side")
    for key, whole, side in (("in", said.paid_in, "to"), ("out", said.paid_out, "by")):
        part = 100 * said.round_trip / whole if whole else np.nan
        how = f"bilateral round trip over payments {side} OpenAI"
        fact(f"article-{key}-share", part, "percent", how)
    fact("article-index", 100 * said.index, "percent", "maximum circulation over gross")


def state_readings(
    fact: Facts, readings: Mapping[str, str], found: Sequence[Answer], day: str
) -> None:
    """State what can return by any route on each reading of a deal, as known on a day.

    `readings` are their words by key, in the order of `found`, which is empty before that day.
    """
    for place, (key, words) in enumerate(readings.items()):
        how = f"returnable by any route on {day}, announced amounts; {words}"
        one = found[place] if found else None
        fact.span(key, *((one.low, one.high) if one else (np.nan, np.nan)), how)
        share = one.share.written if one else "unknown"
        how = f"{how}; share of what came in, middle nine tenths of our draws"
        fact.words(f"{key}-share", share, how)


def difference(straight: Quantity, by_route: Quantity, others: str, name: str) -> str:
    """Why what can return by any route is more than what comes straight back: sentences.

    `others` are who gives more than it is paid, `name` the party in the middle.
    """
    told = (
        "The low ends are exact; a payment without any published sum leaves an upper end open."
        if np.isnan([straight.high, by_route.high]).any()
        else "Both ranges are exact at their ends, because a wider pipe never carries less."
    )
    if by_route.low - straight.low > 1e-9:
        told += (
            " At the low ends the difference is money that leaves for other firms and returns "
            f"from {others}."
        )
        if by_route.high - straight.high < 1e-9:
            told += (
                f" At the high ends there is none, because {name} would buy enough from {others} "
                "itself."
            )
    return told


def state_return(fact: Facts, q: Quantities, others: str, name: str) -> None:
    """State whether anything announced can return, and why more by any route than straight."""
    by_route = q["back_by_any_route"]
    on = fact.on(by_route.rows)
    on.words(
        "difference",
        difference(q["round_trip"], by_route, others, name),
        "returnable by any route less straight back, announced, at the low and the high ends",
    )
    on.words(
        "circle",
        "yes" if by_route.high != 0 and q["to_pay"].stated > 0 else "",
        f"whether anything of a known sum that is announced can return to {name} by any route",
    )


def state_cut(
    fact: Facts, severed: pd.DataFrame, givers: list[str], widest: str, book: Dealbook, focal: str
) -> None:
    """State by whom the payments of the cut are, on which side it runs, and whom it passes."""
    name = book.party_name(focal)
    fact.words(
        "cut-names",
        units.listing(givers) or "nobody",
        "payers of the payments in the cheapest cut, every range at its high end",
    )
    fact.words(
        "cut-here",
        "yes" if len(severed) else "",
        f"whether anything can return to {name} by any route on the layer of this edition",
    )
    fact.words(
        "narrow-side",
        "The cut runs on the right, because that side is the narrow one: what can return is "
        "limited by what is given, not by what is paid. Nobody need count chips to know the "
        "ceiling of the answer."
        if len(severed) and severed.payee.eq(focal).all()
        else f"Where the cut runs on the left, what {name} pays a firm is less than what the firm "
        "gives.",
        f"whether all payments of the cut are payments to {name}",
    )
    how = f"who is paid most by {name} of those who give it nothing and pay others who do"
    fact.words("widest", book.party_name(widest) if widest else "", how)


def state_signed(fact: Facts, to_pay_signed: Quantity, name: str) -> None:
    """State whether a contract obliges the party in the middle to pay anything."""
    text = "" if to_pay_signed.high == 0 else "yes"
    how = f"whether a contract obliges {name} to pay anything"
    fact.words("anything-signed", text, how, to_pay_signed.rows)


def state_paid_share(fact: Facts, layers: pd.DataFrame, back_paid: Quantity, runs: int) -> None:
    """State what of the money paid in can return, from the last row of `by_layer`."""
    how = (
        "returnable by any route over what came in, paid amounts, middle nine tenths of "
        f"{runs} draws"
    )
    fact.words("paid-share", str(layers.share_in.iloc[-1]), how, back_paid.rows)


def state_peak(fact: Facts, peak: pd.Series[float], layer: str, since: str) -> None:
    """State the quarter of the largest share, and whether it was on the day `since` or later."""
    day = pd.Timestamp(peak.day)
    fact.words(
        "grown",
        "yes" if layer == "announced" and day >= pd.Timestamp(since) else "",
        "whether the share was highest after Amazon’s and Nvidia’s stakes, announced layer",
    )
    fact(
        "peak-share",
        float(100 * peak.share),
        "percent",
        "largest share of any quarter: returnable by any route over what comes in, low ends",
    )
    how = "returnable by any route in that quarter, low ends"
    fact("peak-back", float(peak.any_route), "usd_bn", how)
    how = "day of the largest share, among the ends of quarters"
    fact.words("peak-day", units.day(day.date()), how)


def state_loose(fact: Facts, edges: pd.DataFrame) -> None:
    """State of how many payments on loops the part that goes round has a range."""
    loose = edges[edges.high.sub(edges.low).gt(1e-9)]
    fact.words(
        "loose",
        f"{len(loose)} of {len(edges)} payments" if len(edges) else "no payment",
        "payments on loops whose part in the largest circulation has a range, low ends",
    )


def state_middles(fact: Facts, answers: pd.DataFrame, asked: Mapping[str, tuple[str, str]]) -> None:
    """State the middle of the draws of settings: by key, a group and how its setting begins."""
    for key, (group, setting) in asked.items():
        how = f"median of the draws; {group}: {setting}"
        middle = assumptions.found(answers, group, setting).value
        fact(f"{key}-middle", float(middle), "usd_bn", how)


def state_middle_share(
    fact: Facts, key: str, answers: pd.DataFrame, group: str, setting: str
) -> None:
    """State the share of what comes in that can return in one setting of an assumption."""
    share = str(assumptions.found(answers, group, setting).share)
    how = f"median of the draws; {group}: {setting}; over what comes in, middle nine tenths"
    fact.words(f"{key}-share", share, how)


def state_choices(fact: Facts, answers: pd.DataFrame, asked: set[str]) -> None:
    """State whether all of these assumptions have something to change."""
    text = "yes" if asked <= set(answers.group) else ""
    fact.words("all-choices", text, "whether all assumptions have something to change")


def state_warrant(fact: Facts, value: float) -> None:
    """State the modelled value of a warrant at its grant."""
    how = (
        "six equal tranches at evenly spaced price targets, value at first touch; "
        "see Paying with stock"
    )
    fact("warrant-model", value, "usd_bn", how)


def state_base(fact: Facts, row: pd.Series[float]) -> None:
    """State the answer with every assumption at the setting that the others hold to."""
    how = "median of the draws, all assumptions at the setting that the others hold to"
    fact("base-middle", float(row.value), "usd_bn", how)
    how = "the same over what comes in, middle nine tenths of the draws"
    fact.words("base-share", str(row.share), how)


def state_draws(fact: Facts, key: str, runs: pd.DataFrame, what: str) -> None:
    """State what can return by any route in the draws: their middle, their range, the share."""
    low, middle, high = uncertainty.quantiles(runs.any_route)
    drawn = f"{len(runs)} draws, {what}"
    how = f"median of {drawn}; returnable by any route"
    fact(f"{key}-middle", float(middle), "usd_bn", how)
    fact.span(f"{key}-range", low, high, f"middle nine tenths of {drawn}")
    how = f"over what comes in, middle nine tenths of {drawn}"
    fact.words(f"{key}-share", chapter.share(runs, "any_route", "inflow").written, how)


def state_beyond(fact: Facts, q: Quantities, name: str) -> None:
    """State how far what comes in falls short of what is to be paid, at the low ends."""
    comes, goes, back = (q[one] for one in ("to_come_in", "to_pay", "back_by_any_route"))
    fact.words(
        "beyond-funding",
        "yes" if goes.low > comes.low and back.high != 0 else "",
        f"whether {name} is to pay more than it gets, announced, low ends",
    )
    how = f"what {name} is to pay less what it gets, announced, every range at its low end"
    fact("beyond", goes.low - comes.low, "usd_bn", how)
    part = 100 * comes.low / goes.low if goes.low else np.nan
    how = f"what {name} gets over what it is to pay, announced, low ends"
    fact("whole-circle", part, "percent", how)
    part = 100 * back.low / comes.low if comes.low else np.nan
    how = f"returnable by any route over what {name} gets, announced, low ends"
    fact("low-share", part, "percent", how, back.rows)


def state_share(
    fact: Facts, key: str, back: Quantity, runs: pd.DataFrame, side: str, what: str
) -> None:
    """State what can return over one side, run by run; `what` names the side."""
    fact.words(
        key,
        chapter.share(runs, "any_route", side).written,
        f"returnable by any route over what {what}, announced, middle nine tenths of "
        f"{len(runs)} draws",
        back.rows,
    )


def state_chance(fact: Facts, low: BesideChance | None, high: BesideChance | None) -> None:
    """State a web's low and high end beside random webs; nothing for a web without both sides."""
    how = f"{RUNS} webs, each firm paying and paid what it is, its partners drawn at random"
    known = [end for end in (low, high) if end is not None]
    fact.words("by-chance", verdict([end.more for end in known]) if known else "", how)
    for key, end in (("low", low), ("high", high)):
        middle = (end.low, end.high) if end else (np.nan, np.nan)
        fact.span(f"by-chance-{key}", *middle, f"{how}; returnable, {key} ends, middle nine tenths")
        more = f"{100 * end.more:.0f} of 100" if end else ""
        fact.words(f"by-chance-more-{key}", more, f"{how}; in which more can return, {key} ends")


def state_published(fact: Facts, book: Dealbook, counts: Mapping[str, tuple[str, str]]) -> None:
    """State what others have counted: by key, the unit and the row of `outside_checks`."""
    for key, (unit, check_id) in counts.items():
        value = published(book, check_id)
        if np.isnan(value):
            fact.words(key, "", "a count by others, not yet published on this day")
        else:
            rows = [f"outside_checks/{check_id}"]
            fact(key, value, unit, "as published; see the row for its scope", rows)


def state_pair(fact: Facts, pair: pd.Series[float], floor: float, why: str) -> None:
    """State the pair that serves as example, its share and its score; "" as name for none."""
    is_pair = bool(pair.party)
    how = f"the pair that serves as example: {why}"
    fact.words("small-name", str(pair.label) if is_pair else "", how)
    share = 100 * float(pair.share_low)
    fact("small-share", share, "percent", "smaller payment over larger")
    how = "Loop Score of different kinds and best sources, over that of a full loop"
    fact("small-score", 100 * float(pair.score_low), "percent", how)
    how = "Loop Score with nothing in return, different kinds and best sources"
    fact("score-floor", 100 * floor, "percent", how)


def state_sides(fact: Facts, of_pair: Quantities, layer: str) -> None:
    """State what one partner gives and gets on a layer."""
    for key, name in zip(("small-in", "small-out"), chapter.MEASURES[layer], strict=False):
        one = of_pair[name]
        how = f"{one.definition.title}, this pair"
        fact.span(key, one.low, one.high, how, one.rows)
