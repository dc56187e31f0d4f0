"""Who fails first, in words: the headline of the chapter on who breaks, its lead and its order."""

from __future__ import annotations

import pandas as pd

from tightrope.chapters.who_breaks import FULL, LEAN, Case
from tightrope.chapters.who_breaks_runs import Outcomes, lean_failures
from tightrope.publish.facts import Facts

ONLY = "on the harshest reading"
"""At the strict end: the highest bills, and the least cash from others."""
_CLEARING = "clearing year by year at both ends of the evidence"


def finding(case: Case, found: Outcomes | None) -> str:
    """What the chapter leads with: who breaks first, and whether at one end of the evidence only.

    Where the one that needs the largest share is overtaken by another, no order is claimed.
    """
    if found is None:
        return "Which partner breaks first if only a part is paid"
    if not found.broken:
        return f"No partner breaks, even if {case.name} pays only a fifth"
    end = f", and only {ONLY}" if found.only_strict else ""
    if found.overtaken:
        return f"{case.listing(found.broken)} can break{end}"
    first, *others = (case.book.party_name(party) for party in found.broken)
    return f"{first} breaks first" + (f", {others[0]} next" if others else "") + end


def failing(case: Case, found: Outcomes, ratio: float) -> str:
    """Who cannot pay all its bills at the strict end if this share is paid, and since when.

    One that fails as early if it is paid in full does not fail for want of that share: it says so.
    """
    failed = found.failed(FULL)
    firsts, anyway = (
        failed[failed.pay_ratio.eq(share)].groupby("party").year.min() for share in (ratio, 1.0)
    )
    ways = {True: " even if paid in full", False: ""}
    named = [
        (case.book.party_name(party), f"{year}{ways[anyway.get(party) == year]}")
        for party in found.broken
        if (year := firsts.get(party)) is not None
    ]
    if not named:
        return "every partner that can be tested pays all its bills"
    (first, since), *others = named
    return f"{first} cannot pay all its bills from {since}" + "".join(
        f", and {name} from {year}" for name, year in others
    )


def state(fact: Facts, case: Case, found: Outcomes | None, ratio: float) -> None:
    """finding, and failing (at `ratio`), mild-end and full-payment; "" where nobody is tested."""
    on = fact.on(case.every_bill_row)
    on.words("finding", finding(case, found), _CLEARING)
    said = dict.fromkeys(("failing", "mild-end", "full-payment"), "")
    if found is not None:
        said["failing"] = failing(case, found, ratio)
        said["mild-end"] = _mild_end(case, found)
        said["full-payment"] = _lean(case, found)
    for key, sentence in said.items():
        on.words(key, sentence, _CLEARING)


def _mild_end(case: Case, found: Outcomes) -> str:
    mild = found.boxes[found.boxes.state.eq("both")]
    if mild.empty:
        return "On the mildest reading nobody fails at all, even at a fifth."
    names = case.listing(dict.fromkeys(mild.party))
    return f"On the mildest reading {names} fails too, from {mild.pay_ratio.max():.0%} down."


def _lean(case: Case, found: Outcomes) -> str:
    parties = lean_failures(found)
    if not parties:
        return "If only debts and rents count, nobody fails."
    failed = found.failed(LEAN)
    end = f" {ONLY}" if not failed.state.eq("both").any() else ""
    if len(parties) > 1:
        return f"If only debts and rents count, {case.listing(parties)} fail{end}."
    most = failed.pay_ratio.max()
    when = f"from {most:.0%} down" if most < 1 else f"even when {case.name} pays everything"
    return f"If only debts and rents count, {case.listing(parties)} alone fails{end}, {when}."


def title(case: Case, found: Outcomes) -> str:
    """Down to which share of what it is owed each of the first two holds, as a figure's title."""
    if not found.broken:
        return f"Nobody breaks while {case.name} pays a fifth"
    first, *others = (
        (case.book.party_name(party), _at(found.failed(FULL), party)) for party in found.broken[:2]
    )
    said = f"{first[0]} falls short {first[1]}"
    said += "".join(f", {name} {when}" for name, when in others)
    return f"{said}, {ONLY}" if found.only_strict else said


def _at(failed: pd.DataFrame, party: str) -> str:
    most = float(failed.pay_ratio[failed.party.eq(party)].max())
    return "even if paid in full" if most >= 1 else f"if paid {most:.0%}"
