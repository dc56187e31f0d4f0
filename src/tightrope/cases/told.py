"""What a page of a case says in words: whole sentences, computed, each true of any web.

A sentence that has nothing to say of its sum says so: nothing known is never written as nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from tightrope import units
from tightrope.chapters import start_answers
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


def _or(one: Quantity, nothing: str) -> str:
    """A sum as stated with its range: "$371 bn (at least $275 bn)"; `nothing` without any."""
    if not one.is_some:
        return nothing
    if one.low == 0 and math.isnan(one.high):
        return f"{units.usd_bn(one.stated)} as stated" if one.stated > 0 else "an unknown sum"
    # What nobody states stands at its low end.
    stated = one.stated if one.stated > one.low else math.nan
    return units.usd_bn_and_range(stated, one.low, one.high)


def _differ(one: Quantity, other: Quantity) -> bool:
    """Whether two sums have another end; two that are open above are alike there."""
    return bool(one.stated != other.stated or not np.array_equal(one.high, other.high, True))


def _rows(*these: Quantity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for one in these for row in one.rows))


def _all(*rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for some in rows for row in some))


def going_out(page: Opening) -> Sentence:
    """What the party in the middle is to pay, and what of it is signed."""
    q, name = page.quantities, _name(page)
    owed, signed = q["to_pay"], q["to_pay_signed"]
    rows = _rows(owed, signed)
    if not owed.is_some:
        return f"{_no_sum_out(owed, name)}, loans and guarantees left out.", rows
    if _or(signed, "") == _or(owed, ""):
        return f"{name} is to pay {_or(owed, '')}, all of it signed.", rows
    bound = _or(signed, "none of it")
    return f"{name} is to pay {_or(owed, '')}, and has signed for {bound}.", rows


def _no_sum_out(owed: Quantity, name: str) -> str:
    """That no sum is known of what it pays, and whether it is known to pay at all."""
    if math.isnan(owed.high):
        return f"{name} is known to pay a sum that nobody has published"
    return f"No sum is known that {name} is to pay"


def paid_out(page: Opening) -> Sentence:
    """What it is known to have paid; that nothing is public is no proof that nothing moved."""
    paid, name = page.quantities["paid_out"], _name(page)
    if paid.is_some:
        return f"It is known to have paid {_or(paid, '')}.", paid.rows
    lent = page.quantities["paid_out_with_loans"]
    if lent.is_some:
        silent = "no sum of its other payments" if math.isnan(paid.high) else "no other payment"
        drawn = _or(lent, "")
        said = f"Of what {name} lends, {drawn} is known to be drawn; {silent} is known."
        return said, _rows(paid, lent)
    said = f"No payment by {name} is known yet, which does not mean that there was none."
    return said, paid.rows


def lending(page: Opening) -> Sentence:
    """What it lends and guarantees, and what is lent to it, which no other sentence counts."""
    q, name = page.quantities, _name(page)
    given, got = q["to_pay_with_loans"], q["to_come_in_with_loans"]
    said = []
    if _differ(given, q["to_pay"]):
        said.append(f"With what it lends and guarantees, {name} is to give {_or(given, '')}.")
    if _differ(got, q["to_come_in"]):
        said.append(f"With what is lent to it, {name} is to get {_or(got, '')}.")
    return " ".join(said), (_rows(given, got) if said else ())


def lent_back(page: Opening) -> Sentence:
    """What goes both ways only if loans and guarantees count; "" where they change nothing."""
    q, name = page.quantities, _name(page)
    both, without = q["round_trip_with_loans"], q["round_trip"]
    if not _differ(both, without):
        return "", ()
    return (
        f"With loans and guarantees counted, {_or(both, 'nothing')} goes both ways between {name} "
        "and the same partners.",
        _rows(both),
    )


def coming_in(page: Opening) -> Sentence:
    """What partners have paid it, or are to."""
    q, name = page.quantities, _name(page)
    named, paid = q["to_come_in"], q["paid_in"]
    rows = _rows(named, paid)
    if not named.is_some:
        return f"No sum is known that anybody gives {name}, loans left out.", rows
    been = f"{_or(paid, '')} of it is paid" if paid.is_some else "none of it is paid"
    return (
        f"Partners of {name} have paid or promised it {_or(named, '')}; {been}, as far as is "
        "known.",
        rows,
    )


def circle(page: Opening) -> Sentence:
    """How much of what comes in can be its own money on its way back, by any route."""
    q, name = page.quantities, _name(page)
    named, back = q["to_come_in"], q["back_by_any_route"]
    rows = _rows(named, back)
    if not named.is_some:
        return f"Nothing can come back to {name} as long as nobody is known to give it money.", rows
    if not back.is_some:
        lent, behind = lent_back(page)
        return (
            f"With loans and guarantees left out, nothing of what is paid or promised to {name} "
            f"can be its own money: no known payment of it leads back. {lent}".rstrip(),
            _all(rows, behind),
        )
    return (
        f"Of {_or(named, '')} that is paid or promised to {name}, {_or(back, '')} could be its own "
        "money coming back.",
        rows,
    )


def pays(page: Opening) -> Sentence:
    """ "yes" where it is to pay a known sum, or lends nothing: what is signed and paid leads."""
    return ("" if lends(page)[0] else "yes"), page.quantities["to_pay"].rows


def lends(page: Opening) -> Sentence:
    """ "yes" where it lends or guarantees, and is to pay no known sum: loans are the story."""
    rows = _rows(*(page.quantities[one] for one in ("to_pay", "to_pay_with_loans")))
    return ("yes" if start_answers.lends(page.quantities) else ""), rows


def has_loops(page: Opening) -> Sentence:
    """ "yes" where money can come back by some route: what is said of loops hangs on it."""
    back = page.quantities["back_by_any_route"]
    return ("yes" if back.is_some else ""), back.rows


def hangs_on_conditions(page: Opening) -> Sentence:
    """ "yes" where money can come back and something signed is due only on a condition."""
    signed = page.quantities["signed_on_condition"]
    looped, rows = has_loops(page)
    return (looped if signed.is_some else ""), _all(rows, signed.rows)


def comes_back(page: Opening) -> Sentence:
    """ "yes" where some of what is stated can come back, and not only at a high end."""
    back = page.quantities["back_by_any_route"]
    return ("yes" if back.stated > 0 else ""), back.rows


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
    if not direct.is_some:
        return (
            "With no partner does a known sum go both ways, loans and guarantees left out, so "
            "nothing comes straight back.",
            _rows(direct, back),
        )
    more = "no more" if _or(back, "") == _or(direct, "") else _or(back, "nothing")
    return (
        f"Partner by partner, the smaller of what comes in and what goes out is {_or(direct, '')} "
        f"in all; by any route it is {more}.",
        _rows(direct, back),
    )


def conditions(page: Opening) -> Sentence:
    """How much of what is signed hangs on a condition, or on terms that are not public."""
    q = page.quantities
    signed, on, silent = (
        q[one] for one in ("to_pay_signed", "signed_on_condition", "signed_terms_not_public")
    )
    rows = _rows(signed, on, silent)
    if not signed.is_some:
        return (
            f"Loans and guarantees apart, no sum that {_name(page)} is to pay is known to be "
            "signed, so nothing can be said of terms.",
            rows,
        )
    return (
        f"Of what is signed, {_or(on, 'none')} is known to be due only on a condition, and of "
        f"{_or(silent, 'none of it')} the terms are not public.",
        rows,
    )


def borrowed(page: Opening) -> Sentence:
    """What others have borrowed for the deals."""
    owed, name = page.quantities["borrowed_for_deals"], _name(page)
    if owed.is_some:
        return f"Others have agreed to borrow {_or(owed, '')} for deals with {name}.", owed.rows
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
    if not shares.is_some:
        return f"No money for shares of {name} is known, so no part of it can be external.", rows
    return (
        f"For shares of {name}, {_or(shares, '')} was paid, signed or announced; "
        f"{_or(outside, 'none')} of it comes from parties that {name} pays nothing"
        f"{f', or {part.written}' if part.is_some and not math.isnan(part.low) else ''}.",
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
