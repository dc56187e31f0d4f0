"""The facts of circularity, measured every way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from tightrope.chapters import circularity as chapter
from tightrope.chapters import circularity_assumptions as assumptions
from tightrope.chapters.circularity import Answer
from tightrope.chapters.circularity_article import AtItsWord
from tightrope.chapters.circularity_chance import RUNS, BesideChance, published, verdict
from tightrope.chapters.circularity_made_up import Measured
from tightrope.chapters.how_circular import MEASURES
from tightrope.dealbook import Dealbook
from tightrope.loops import Circle
from tightrope.measures import uncertainty
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities


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


def state_chance(fact: Facts, low: BesideChance | None, high: BesideChance | None) -> None:
    """State a web's low and high end, and random webs beside it; nothing without both sides."""
    how = f"{RUNS} webs, each firm paying and paid what it is, its partners drawn at random"
    known = [end for end in (low, high) if end is not None]
    fact.words("by-chance", verdict([end.more for end in known]) if known else "", how)
    for key, end in (("low", low), ("high", high)):
        middle = (end.low, end.high) if end else (np.nan, np.nan)
        fact.span(f"by-chance-{key}", *middle, f"{how}; returnable, {key} ends, middle nine tenths")
        here = f"returnable by any route, {key} ends; a sum without an upper end as stated"
        fact(f"by-chance-here-{key}", end.here if end else np.nan, "usd_bn", here)
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
    for key, name in zip(("small-in", "small-out"), MEASURES[layer], strict=False):
        one = of_pair[name]
        how = f"{one.definition.title}, this pair"
        fact.span(key, one.low, one.high, how, one.rows)


def state_reach(fact: Facts, severed: pd.DataFrame, name: str) -> None:
    """State whether a cut is needed on the layer of this edition."""
    how = f"whether anything can return to {name} by any route on the layer of this edition"
    fact.words("cut-here", "yes" if len(severed) else "", how)


def state_excess(fact: Facts, circle: Circle) -> None:
    """State what netting among all parties would remove of everything announced, at the low end."""
    how = "gross less half the sum of all net positions, every sum at its low end"
    fact("excess-low", circle.excess.low * circle.gross.low, "usd_bn", how)


def state_circle(fact: Facts, q: Quantities) -> None:
    """State whether anything announced can return."""
    there = q["back_by_any_route"].high != 0 and q["to_pay"].stated > 0
    how = "whether anything of a known sum that is announced can return by any route"
    fact.words("circle", "yes" if there else "", how)
