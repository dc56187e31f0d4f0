"""What a page of a case says of the whole web: its largest sums, kinds, who has spoken of it."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import accounts, dealbook, units
from tightrope.cases.told import Sentence
from tightrope.publish.opening import Opening


def largest(page: Opening) -> Sentence:
    """With whom the largest sums stand, out and in."""
    legs = accounts.climbed(page.book.within(*dealbook.WEB))
    said, rows = [], []
    for own, other, words in (("payer", "payee", "goes to"), ("payee", "payer", "comes from")):
        side = legs[legs[own].eq(page.focal)]
        sums = side.groupby(other).stated.sum()
        if sums.max() > 0:
            party = str(sums.idxmax())
            alone = math.isclose(sums.max(), sums.sum())
            part = f"{'all' if alone else units.usd_bn(sums.max())} of {units.usd_bn(sums.sum())}"
            said.append(f"{part} {words} {page.names.get(party, party)}")
            rows += [f"legs/{leg}" for leg in side.leg_id[side[other].eq(party)]]
    if not said:
        return "No sum of any payment of the web is known.", ()
    return f"As stated, {units.listing(said)}.", tuple(rows)


def kinds(page: Opening) -> Sentence:
    """For what most of the money is paid, out and in."""
    legs = accounts.climbed(page.book.within(*dealbook.WEB))
    said, rows = [], []
    for own, words in (("payee", "comes in"), ("payer", "goes out")):
        side = legs[legs[own].eq(page.focal)]
        sums = side.groupby("instrument").stated.sum()
        if sums.max() > 0:
            kind = str(sums.idxmax())
            part = sums.max() / sums.sum()
            share = "all" if math.isclose(part, 1) else units.share_range(part, part)
            share = "almost all" if share == "100%" else share
            said.append(f"{share} of what {words} is for {kind.replace('_', ' ')}")
            rows += [f"legs/{leg}" for leg in side.leg_id[side.instrument.eq(kind)]]
    return (f"As stated, {units.listing(said)}." if said else ""), tuple(rows)


def over_time(page: Opening, course: pd.DataFrame) -> Sentence:
    """When something could first return, and when most; `course` is that of the chapter."""
    rows = page.quantities["back_by_any_route"].rows
    if course.empty:
        return "No sum that comes in is surely known on any day, so nothing could return.", rows
    able = course[course.any_route.gt(0)]
    first, last = course.day.iloc[0], course.day.iloc[-1]
    if able.empty:
        return (
            f"At no end of a quarter from {first:%B %Y} to {last:%B %Y} could anything surely "
            "return, loans and guarantees left out.",
            rows,
        )
    most = course.loc[course.any_route.idxmax()]
    return (
        f"By what each day knew, something could surely return from {able.day.iloc[0]:%B %Y} on, "
        f"and most in {most.day:%B %Y}: {units.usd_bn(most.any_route)} of "
        f"{units.usd_bn(most.inflow)}.",
        rows,
    )


def passed_on(page: Opening) -> Sentence:
    """That the way by third parties adds nothing, where it adds nothing."""
    direct, back = page.quantities["round_trip"], page.quantities["back_by_any_route"]
    if back.low > direct.low:
        return "", ()
    return (
        "At the low ends that brings no more here: no known sum is passed on to a firm that gives.",
        back.rows,
    )


def no_ring(page: Opening, party: str) -> Sentence:
    """Why a dossier has no picture; "" where a payment between the two counts."""
    legs = accounts.climbed(page.book.within(*dealbook.WEB), page.layer)
    if accounts.are_between(legs, page.focal, party).any():
        return "", ()
    between = page.book.legs[
        accounts.are_between(
            page.book.legs.rename(columns={"payer_id": "payer", "payee_id": "payee"}),
            page.focal,
            party,
        )
    ]
    name, other = page.book.party_name(page.focal), page.book.party_name(party)
    return (
        f"There is nothing to draw: loans, guarantees and what was withdrawn left out, no payment "
        f"between {other} and {name} counts.",
        tuple(page.rows(between)),
    )


def heard(page: Opening) -> Sentence:
    """Who has spoken of the promises and payments of the web."""
    q = page.quantities
    both, one, neither = (q[f"spoken_by_{who}"] for who in ("both", "one", "neither"))
    every = q["promises_and_payments"]
    return (
        f"Of {every.written} promises and payments, payer and payee have both spoken of "
        f"{both.written}, one of them of {one.written}, and neither of {neither.written}.",
        every.rows,
    )


def whole_web(page: Opening) -> Sentence:
    """How many parties and payments the web has, and how many run past its middle."""
    web = page.book.within(*dealbook.WEB)
    legs = web.legs
    others = legs[legs.payer_id.ne(page.focal) & legs.payee_id.ne(page.focal)]
    parties = {*legs.payer_id, *legs.payee_id}
    return (
        f"{units.number_of(len(parties), 'party').replace('partys', 'parties')} and "
        f"{units.number_of(len(legs), 'payment')} make up the web; "
        f"{len(others) or 'none'} of the payments {'runs' if len(others) == 1 else 'run'} between "
        f"others than {page.book.party_name(page.focal)}.",
        tuple(f"legs/{leg}" for leg in legs.leg_id[:50]),
    )
