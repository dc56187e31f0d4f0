"""What a page of a case says in words: whole sentences, computed, each true of any web.

A sentence that has nothing to say of its sum says so: nothing known is never written as nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tightrope import accounts, dealbook, units
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity

Sentence = tuple[str, tuple[str, ...]]
"""Words, and the rows of the data that they rest on (`table/id`)."""
_HOW = "a sentence about these rows"


def state(page: Opening, sentences: Mapping[str, Sentence]) -> None:
    """State sentences by key, each with its rows; "" is no sentence."""
    for key, (words, rows) in sentences.items():
        page.fact.words(key, words, _HOW, rows or (f"parties/{page.focal}",))


def _name(page: Opening) -> str:
    return page.book.party_name(page.focal)


def _is_some(one: Quantity) -> bool:
    """Whether any sum of it is known."""
    return any(end > 0 for end in (one.low, one.stated, one.high))


def _or(one: Quantity, nothing: str) -> str:
    return one.written if _is_some(one) else nothing


def _rows(*these: Quantity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for one in these for row in one.rows))


def going_out(page: Opening) -> Sentence:
    """What the party in the middle is to pay, and what of it is signed."""
    q, name = page.quantities, _name(page)
    owed, signed = q["to_pay"], q["to_pay_signed"]
    rows = _rows(owed, signed)
    if not _is_some(owed):
        return f"No sum is known that {name} is to pay, loans and guarantees left out.", rows
    bound = _or(signed, "none of it")
    return f"{name} is to pay {owed.written}, and has signed for {bound}.", rows


def paid_out(page: Opening) -> Sentence:
    """What it is known to have paid; that nothing is public is no proof that nothing moved."""
    paid, name = page.quantities["paid_out"], _name(page)
    if _is_some(paid):
        return f"It is known to have paid {paid.written}.", paid.rows
    said = f"No payment by {name} is known yet, which does not mean that there was none."
    return said, paid.rows


def lending(page: Opening) -> Sentence:
    """What it lends and guarantees, and what is lent to it, which no other sentence counts."""
    q, name = page.quantities, _name(page)
    given, got = q["to_pay_with_loans"], q["to_come_in_with_loans"]
    both = q["round_trip_with_loans"]
    said = []
    if given.high != q["to_pay"].high or given.stated != q["to_pay"].stated:
        said.append(f"with what it lends and guarantees, {name} is to give {given.written}")
    if got.high != q["to_come_in"].high or got.stated != q["to_come_in"].stated:
        said.append(f"with what is lent to it, it is to get {got.written}")
    if not said:
        return "", ()
    words = f"{units.listing(said)}; counted so, {_or(both, 'nothing')} goes both ways."
    return words[:1].upper() + words[1:], _rows(given, got, both)


def coming_in(page: Opening) -> Sentence:
    """What partners have paid it, or are to."""
    q, name = page.quantities, _name(page)
    named, paid = q["to_come_in"], q["paid_in"]
    rows = _rows(named, paid)
    if not _is_some(named):
        return f"No sum is known that anybody gives {name}, loans left out.", rows
    been = f"{paid.written} is known to be paid" if _is_some(paid) else "none is known to be paid"
    return f"Its partners have paid or promised it {named.written}; {been}.", rows


def circle(page: Opening) -> Sentence:
    """How much of what comes in can be its own money on its way back, by any route."""
    q, name = page.quantities, _name(page)
    named, back = q["to_come_in"], q["back_by_any_route"]
    rows = _rows(named, back)
    if not _is_some(named):
        return f"Nothing can come back to {name} as long as nobody is known to give it money.", rows
    if not _is_some(back):
        return (
            f"Nothing of what is paid or promised to {name} can be its own money: on no route does "
            "a payment of it lead back, loans and guarantees left out.",
            rows,
        )
    return (
        f"Of {named.written} that is paid or promised to {name}, {back.written} could be its own "
        "money coming back.",
        rows,
    )


def circle_by_rung(page: Opening) -> Sentence:
    """What can return by contracts alone, and by what has been paid."""
    q = page.quantities
    signed, paid = q["back_by_any_route_signed"], q["back_by_any_route_paid"]
    return (
        f"By contracts alone {_or(signed, 'nothing')} can return; of what is known to be paid so "
        f"far, {_or(paid, 'nothing')}.",
        _rows(signed, paid),
    )


def straight(page: Opening) -> Sentence:
    """What comes straight back from the same partner, beside any route."""
    q = page.quantities
    direct, back = q["round_trip"], q["back_by_any_route"]
    if not _is_some(direct):
        said = "With no partner does a known sum go both ways, so nothing comes straight back."
        return said, _rows(direct, back)
    return (
        f"Partner by partner, the smaller of what comes in and what goes out is {direct.written} "
        f"in all; by any route it is {_or(back, 'nothing')}.",
        _rows(direct, back),
    )


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
            said.append(f"of what {words} {share} is for {kind.replace('_', ' ')}")
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
        _rows(every),
    )


def conditions(page: Opening) -> Sentence:
    """How much of what is signed hangs on a condition, or on terms that are not public."""
    q = page.quantities
    signed, on, silent = (
        q[one] for one in ("to_pay_signed", "signed_on_condition", "signed_terms_not_public")
    )
    rows = _rows(signed, on, silent)
    if not _is_some(signed):
        return "Nothing is known to be signed, so nothing can be said of terms.", rows
    return (
        f"Of what is signed, {_or(on, 'nothing')} is due only on a condition, and of "
        f"{_or(silent, 'none of it')} the terms are not public.",
        rows,
    )


def borrowed(page: Opening) -> Sentence:
    """What others have borrowed for the deals."""
    owed, name = page.quantities["borrowed_for_deals"], _name(page)
    if _is_some(owed):
        return f"Others have agreed to borrow {owed.written} for deals with {name}.", owed.rows
    return (
        f"No loan is known that others took for a deal with {name}, so who lends behind its "
        "partners cannot be said.",
        owed.rows,
    )


def outsiders(page: Opening) -> Sentence:
    """How much of the money for shares comes from parties that it pays nothing."""
    q, name = page.quantities, _name(page)
    shares, outside, part = (
        q[one] for one in ("to_come_in_for_shares", "external_money", "external_share")
    )
    rows = _rows(shares, outside)
    if not _is_some(shares):
        return f"No money for shares of {name} is known, so no part of it can be external.", rows
    return (
        f"For shares of {name}, {shares.written} was paid, signed or announced; "
        f"{_or(outside, 'none')} of it comes from parties that {name} pays nothing"
        f"{f', or {part.written}' if _is_some(part) and not math.isnan(part.low) else ''}.",
        rows,
    )


def customers(page: Opening) -> Sentence:
    """That the data say nothing of what customers pay, where they do not."""
    own = page.book.financials
    known = own[own.party_id.eq(page.focal) & own.metric.eq("revenue")]
    if len(known):
        return "", ()
    return (
        f"The data have no revenue of {_name(page)}, so what its customers pay is in no share "
        "on this page.",
        (),
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
        f"others than {_name(page)}.",
        tuple(f"legs/{leg}" for leg in legs.leg_id[:50]),
    )
