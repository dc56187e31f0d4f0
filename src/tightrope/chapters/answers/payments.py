"""Answers of the exercises on who pays whom: sums of payments, shares of them, and names."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import counting, ledger, loops, quantities, units
from tightrope.chapters import web_of_partners
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.measures import routes
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities
from tightrope.quantities.external import money
from tightrope.quantities.view import View

CREDITS = ("microsoft-2019-credits", "microsoft-2023-equity")
"""What Microsoft gave in credits, and the tranche of which nobody knows how much was credit."""
SOFTBANK = ("softbank", "sb-energy")
BEFORE = "2026-01-31"
"""The day before Nvidia's letter was dropped, from which an exercise looks forward."""


def part_of(part: Ends, whole: Ends) -> tuple[float, float]:
    """The least and the most that a part can be of a whole, in percent, with the rest beside it.

    The rest is least when the part is largest: the ends of both are never divided crosswise.
    """
    rest_low, rest_high = whole.low - part.low, whole.high - part.high
    return _percent(part.low, part.low + rest_high), _percent(part.high, part.high + rest_low)


def at_a_glance(fact: Facts, book: Dealbook) -> None:
    """State which parts of the money paid in came from whom."""
    q, focal = quantities.of(book), book.focal
    whole = _ends(q, "paid_in")
    view = View.of(book, focal)
    paid_in = counting.given(view.paid_to("paid"))
    paid_out = counting.given(view.paid_by("paid"))
    was_paid = set(paid_out.payee[paid_out.high.gt(0)])
    known = counting.total(paid_in[paid_in.payer.isin(was_paid)])
    suppliers = _ends(q, "paid_in_by_suppliers")
    softbank = counting.total(paid_in[paid_in.payer.eq(SOFTBANK[0])])
    joined = Ends(*(a + b for a, b in zip(suppliers, softbank, strict=True)))
    on = fact.on(q["paid_in"].rows)
    how = "part of the money paid in, least and most, with the rest at its other end"
    for key, part in (
        ("answer-from-paid", known),
        ("answer-from-suppliers", suppliers),
        ("answer-with-softbank", joined),
    ):
        on.span(key, *part_of(part, whole), how=how, unit="percent")


def added_rungs(fact: Facts, book: Dealbook) -> None:
    """State what comes out if the rungs of what comes in are added: a mistake, for the quiz."""
    q = quantities.of(book)
    rungs = ("to_come_in", "to_come_in_signed", "paid_in")
    how = "announced, signed and paid added up at their low ends, which counts dollars thrice"
    on = fact.on(q["to_come_in"].rows)
    on("added-rungs", sum(q[one].low for one in rungs), "usd_bn", how)


def core_deal(fact: Facts, book: Dealbook) -> None:
    """State the most that was credit at Microsoft's own shop."""
    ladder = ledger.ladder(book).set_index("leg_id").reindex(CREDITS)
    how = "the credits of 2019 and the whole tranche of 2023, as paid"
    rows = [f"legs/{leg}" for leg in CREDITS]
    fact("answer-credits-most", ladder.paid.sum(), "usd_bn", how, rows)


def web_of_partners_chapter(fact: Facts, book: Dealbook) -> None:
    """State the largest partner's part of all bills, and the round trip with two firms as one."""
    focal, q = book.focal, quantities.of(book)
    partners = web_of_partners.to_pay_by_partner(book, focal).index[:1]
    least = sum(quantities.of(book, focal, one)["to_pay"].low for one in partners)
    on = fact.on(q["to_pay"].rows)
    how = "partner with the largest sum to be paid, as stated"
    on.words("answer-largest-name", units.listing(map(book.party_name, partners)), how)
    how = "what it is to be paid at least, of all that is to be paid at least"
    on("answer-largest-part", _percent(least, q["to_pay"].low), "percent", how)
    legs = View.of(book, focal).counted("announced")
    both = counting.by_partner(loops.joined(legs, *SOFTBANK), focal)
    how = "smaller of in and out by partner, SoftBank and SB Energy as one, lowest ends"
    on("answer-softbank-one", float(both.round_low.sum()), "usd_bn", how)


def promise_and_cash(fact: Facts, book: Dealbook) -> None:
    """State the largest contract without a known payment, and what left the ladder."""
    legs = counting.given(View.of(book, book.focal).counted("binding"))
    ladder = ledger.ladder(book).set_index("leg_id")
    waiting = legs[legs.leg_id.map(ladder.paid_high).eq(0) & legs.payer.eq(book.focal)]
    first = waiting.nlargest(1, "stated")
    on = fact.on([f"legs/{leg}" for leg in first.leg_id] or [f"parties/{book.focal}"])
    how = "payee of the largest binding leg of which nothing is known to be paid"
    on.words("answer-waiting", units.listing(map(book.party_name, first.payee)), how)
    then = book.as_of(min(BEFORE, f"{book.day:%Y-%m-%d}"))
    before = quantities.of(then)["to_come_in_for_shares"]
    how = f"what was to come in for shares, as known on {units.day(then.day.date())}"
    fact.span("answer-shares-then", before.low, before.high, how, before.rows)
    gone = taken_off(then, book)
    names = units.listing([book.party_name(leg) for leg in sorted(set(gone.payer))])
    rows = [f"legs/{leg}" for leg in gone.leg_id] or before.rows
    fact.words("answer-taken-off", names, "payers of shares that left the ladder since", rows)


def taken_off(then: Dealbook, now: Dealbook) -> pd.DataFrame:
    """The legs for shares of the focal party that counted on one day and do not on a later one."""
    before = ledger.ladder(then).set_index("leg_id").announced
    after = ledger.ladder(now).set_index("leg_id").announced
    shares = money(View.of(then, then.focal), "announced")
    left = shares.leg_id.map(before).gt(0) & shares.leg_id.map(after).fillna(0).eq(0)
    return shares[left]


def how_circular(fact: Facts, book: Dealbook) -> None:
    """State what has turned of what is signed, what is left without Amazon, and Nvidia's share."""
    focal, q = book.focal, quantities.of(book)
    paid, signed = q["back_by_any_route_paid"], q["back_by_any_route_signed"]
    on = fact.on(signed.rows)
    how = "what can have come back of what is paid, over what can by contracts: least, most"
    ends = (_percent(paid.low, signed.high), _percent(paid.high, signed.low))
    on.span("answer-turned", *ends, how=how, unit="percent")
    web = View.of(book, focal).payments("announced")
    left = loops.returnable(web[~web.payer.eq("amazon") & ~web.payee.eq("amazon")], focal)
    how = "what can return by any route if Amazon is left out of the web"
    on.span("answer-without-amazon", left.low, left.high, how)
    surely = web.assign(amount=web.low).query("amount > 0")
    back = routes.value_returnable(surely, "nvidia")
    on("answer-nvidia-back", back, "usd_bn", "what can return to Nvidia at the low ends")
    gives = float(surely.amount[surely.payer.eq("nvidia")].sum())
    how = "what can return to Nvidia, of what it pays in this web, at the low ends"
    on("answer-nvidia-part", _percent(back, gives), "percent", how)


def whose_money(fact: Facts, book: Dealbook) -> None:
    """State whose money changes sides between two readings."""
    view = View.of(book, book.focal)
    moved = changed_sides(view)
    q = quantities.of(book)
    on = fact.on(q["external_money_net"].rows)
    names = units.listing([book.party_name(one) for one in moved.index])
    on.words("answer-sides", names, "payers inside by the strict reading, outside by the net one")


def changed_sides(view: View) -> pd.Series[float]:
    """What each payer for shares is external with on the net reading and not on the strict one.

    As stated, by party, without those that bring nothing more.
    """
    given = money(view, "announced").groupby("payer").stated.sum()
    owed = counting.given(view.paid_by("announced")).groupby("payee").stated.sum()
    net = (given - owed.reindex(given.index, fill_value=0.0)).clip(lower=0.0)
    more = net[net.index.isin(view.suppliers())]
    return more[more > 0].sort_values(ascending=False)


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole > 0 else math.nan


def _ends(q: Quantities, name: str) -> Ends:
    one = q[name]
    return Ends(one.low, one.stated, one.high)
