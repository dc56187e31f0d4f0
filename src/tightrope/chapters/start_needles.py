"""The six figures to watch as needles: today's value on a scale between its two thresholds."""

from __future__ import annotations

import math

from tightrope import units
from tightrope.chapters.blueprint_or_warning import Amount, percent
from tightrope.chapters.blueprint_or_warning_facts import thresholds
from tightrope.chapters.blueprint_or_warning_six import LATE_PERCENT, Six
from tightrope.charts.needle import Needle, needle
from tightrope.charts.thumbnail import Thumbnail

NAMES = ("revenue", "margin", "backlog", "round", "surety", "interest")
"""The measures of `Six`, in their order."""


def needles(six: Six, pace: Amount) -> dict[str, Needle]:
    """A needle for each measure, by `NAMES`; empty before all of them are known.

    Of the revenue of a year that is not over the needle is `pace`, what the year comes to if its
    last quarters grow as the newest did: a projection. Thresholds that are events have no value.
    """
    if not six.is_known or math.isnan(pace.value):
        return {}
    words, bn = thresholds(six), units.usd_bn
    sales, margin, due, own = six.sales, six.margin, six.due, six.round
    year = sales.so_far if sales.is_over else pace
    after = "" if sales.is_over else " at this pace"
    paid = units.usd_bn_known(math.nan, own.low, own.high)
    return {
        "revenue": Needle(
            f"{bn(year.value)}{after}",
            year.value,
            sales.low.value,
            sales.high.value,
            f"below {words['least']}",
            f"{words['plan']} or more",
            is_projected=not sales.is_over,
        ),
        "margin": Needle(
            percent(margin.percent.value / 100),
            margin.percent.value,
            margin.floor.value,
            margin.goal.value,
            f"below {words['floor']}",
            f"{words['goal']} or more",
        ),
        "backlog": Needle(
            percent(due.percent / 100),
            due.percent,
            LATE_PERCENT,
            100 * due.fifth,
            f"{words['late']} or less",
            f"{words['fifth']} or more",
        ),
        "round": Needle(
            paid,
            (own.low + own.high) / 2,
            math.nan,
            own.raised.value,
            "any part called off, or new shares for less",
            f"all {words['raised']}",
            own.low,
            own.high,
        ),
        "surety": Needle(
            f"at most {bn(six.surety.most.value)}",
            six.surety.most.value,
            six.surety.income.value,
            math.nan,
            f"over {words['income']}, or any payment",
            f"OpenAI’s rent in it below {words['signed']}",
        ),
        "interest": Needle(
            percent(six.interest.share.value),
            100 * six.interest.share.value,
            100 * six.interest.before.value,
            math.nan,
            f"over {words['before']}",
            "no net loss",
        ),
    }


def picture(name: str, found: dict[str, Needle], what: str) -> Thumbnail | None:
    """The needle of a measure, which readers who cannot see it get in words; None before any."""
    one = found.get(name)
    if one is None:
        return None
    kind = "projected" if one.is_projected else "reported"
    return Thumbnail(
        f"needle-{name}",
        f"{what}: {one.written}",
        f"Today {one.written}, {kind}. Warning: {one.warning_words}. "
        f"Blueprint: {one.blueprint_words}.",
        lambda width: needle(one, width),
    )
