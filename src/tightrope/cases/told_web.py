"""What a page of a case says of the whole web: its largest sums, kinds, who has spoken of it."""

from __future__ import annotations

import math

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
