"""The facts of the page on floats: they state what was computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters.when_money_moves_advance import Advance
from tightrope.chapters.when_money_moves_floats import spell
from tightrope.measures import timing
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity


def state_example(fact: Facts, rate: float, back: float, stay: float) -> None:
    """The made-up account: `back` and `rate` as fractions, `stay` in years."""
    fact("toy-in", 100.0, "usd", "a made-up example")
    fact("toy-yearly", 20.0, "usd", "a made-up example")
    fact("toy-rate", 100 * rate, "percent", "discount rate of this page, an assumption")
    fact("toy-back", 100 * back, "percent", "present value of the payments back, in 2025")
    fact.words("toy-stay", spell(stay), "average time until a dollar is used up")


def state_left_out(page: Opening, flows: pd.DataFrame) -> None:
    """How what this page counts, with what it leaves out, makes up the quantities."""
    to_come_in, to_pay = page.quantities["to_come_in"], page.quantities["to_pay"]
    counted = flows.amount.fillna(flows.low)
    warrants = to_come_in.stated - counted[flows.payee.eq(page.focal)].sum()
    share = to_pay.stated - counted[flows.payer.eq(page.focal)].sum()
    holds = page.layer == "announced" and min(warrants, share) > 1e-6
    name = page.book.party_name(page.focal)
    page.fact.words(
        "all-words",
        f"With warrants of {units.usd_bn(warrants)}, the sums into {name} are all that is to come "
        f"in as stated, {to_come_in.at('stated')}. With a revenue share of {units.usd_bn(share)}, "
        f"those out of it are all that it is to pay, {to_pay.at('stated')}."
        if holds
        else "",
        "to come in and to pay as stated, less all that this page counts",
        [*to_come_in.rows, *to_pay.rows],
    )


def state_advance(fact: Facts, key: str, one: Advance, focal: str) -> None:
    """How long a dollar of an advance stayed, and what went in and out within one year."""
    for when, paid_in in (("early", one.early), ("late", one.late)):
        years = math.nan
        if one.years:
            years = timing.timed_round_trip(one.account(paid_in), focal, one.party).years
        fact.words(
            f"{key}-stay-{when}",
            "no known time" if math.isnan(years) else spell(years),
            "average time between a dollar in and the dollar out that it is matched with, "
            "first in, first out",
        )
    fact(
        f"{key}-same-late",
        one.within_years(),
        "usd_bn",
        "smaller of paid in and paid out of each year, added up; "
        "payments in dated when a balance proved them",
    )
    rounds = [f"legs/{leg}" for leg in one.rounds]
    known = "yes" if one.years else ""
    fact.words(f"{key}-known", known, "whether payments both ways are known", rounds)


def state_present(fact: Facts, key: str, shares: pd.DataFrame) -> None:
    """The least and most (percent) that comes back at present value in some cases."""
    found = shares[["low", "high"]].to_numpy(dtype=float)
    words = "an unknown part"
    if len(found):
        least, most = found.min(), found.max()
        is_one = round(least) == round(most)
        words = f"{most:.0f}%" if is_one else f"between {least:.0f}% and {most:.0f}%"
    fact.words(
        key,
        words,
        "present value of what went back, at most that of what came in, over what came in; "
        "least and most of the cases",
    )


def state_return(
    fact: Facts, through: pd.DataFrame, rows: Sequence[str], promised: Quantity, maker: str
) -> None:
    """Whether what suppliers pay `maker`, a name, makes up what it is to put in.

    `through` are rows of `when_money_moves.bought_through`, `rows` those behind them.
    """
    if through.low.sum() >= promised.stated:
        words = f"all of {maker}’s money comes back at either end of that range"
    elif through.high.sum() >= promised.stated:
        words = f"all of {maker}’s money may come back"
    else:
        words = f"a part of {maker}’s money comes back"
    how = f"estimated purchases of {maker}'s chips against what {maker} is to put in"
    fact.words("chips-verdict", words, how, [*rows, *promised.rows])
    ends = through.low.sum(), through.high.sum(skipna=False)
    how = f"estimates of what suppliers spend on {maker}'s chips, low and high ends added up"
    fact.words("chips", units.usd_bn_range(*ends) if len(through) else "an unknown sum", how, rows)
