"""Which measures of webs stand side by side, and how each is defined for readers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tightrope import units
from tightrope.cases import webs
from tightrope.cases.webs import Measured, Web
from tightrope.charts import theme
from tightrope.counting import Ends

_LENT = "Loans and guarantees are left out"
_OPEN = "A sum without a known upper end counts as stated, for it bounds no share"


@dataclass(frozen=True)
class Measure:
    """A measure with its words: title, definition, and the page of a case that goes into it."""

    key: str
    title: str
    means: str
    page: str
    compute: Callable[[Web], Measured]
    is_share: bool = True
    hue: str = theme.INK
    """The meaning of its colour is that of the books: round, in, or out."""

    def written(self, one: Measured) -> str:
        """A value with its range as it stands in a table, or why there is none."""
        if one.why_not:
            return f"cannot be said: {one.why_not}"
        low, stated, high = one.ends
        if not self.is_share:
            return units.number(round(stated)) if round(low) == round(high) else _index(one.ends)
        if high == 0:
            return units.NONE_KNOWN
        spread = units.share_range(low, high)
        if math.isnan(stated):
            return spread
        named = units.share_range(stated, stated)
        return named if spread == named else f"{named} ({spread})"


def _index(ends: Ends) -> str:
    low, stated, high = (f"{end:,.0f}" for end in ends)
    return f"{stated} ({low}–{high})"


MEASURES = (
    Measure(
        "circular",
        "Circular share",
        "Partner by partner the smaller of what it is to give and what it is to be paid, over all "
        f"that is to come in: paid, signed or announced. {_LENT}, and so is money that comes back "
        f"by way of a third party. {_OPEN}.",
        "chapters/how-circular",
        webs.circular,
        hue=theme.ROUND_TRIP,
    ),
    Measure(
        "circular-with-loans",
        "Circular share, loans counted",
        "The same with what either side lends or guarantees. Where a seller lends its customers "
        "the money to buy, only this one sees it.",
        "chapters/how-circular",
        webs.circular_with_loans,
        hue=theme.ROUND_TRIP,
    ),
    Measure(
        "external",
        "External share",
        "Of the money for shares of the party in the middle, the part from parties that it pays "
        f"nothing. {_OPEN}.",
        "chapters/whose-money",
        webs.external,
        hue=theme.INTO_OPENAI,
    ),
    Measure(
        "paid-out",
        "Paid, of what it signed to pay",
        "What the party in the middle is known to have paid, over what contracts oblige it to pay. "
        f"Nothing known is no proof that nothing was paid. {_LENT}.",
        "chapters/promise-and-cash",
        webs.paid_out_of_signed,
        hue=theme.OUT_OF_OPENAI,
    ),
    Measure(
        "paid-out-with-loans",
        "Paid or lent, of what it signed to pay, lend or guarantee",
        "The same with loans and guarantees: what is known to be drawn, of all that is promised.",
        "chapters/promise-and-cash",
        webs.paid_out_with_loans,
        hue=theme.OUT_OF_OPENAI,
    ),
    Measure(
        "paid-in",
        "Paid, of what is signed for it",
        "What partners are known to have paid to the party in the middle, over what contracts "
        f"oblige them to. {_LENT}.",
        "chapters/promise-and-cash",
        webs.paid_in_of_signed,
        hue=theme.INTO_OPENAI,
    ),
    Measure(
        "break-even",
        "Break-even of the partner that needs most",
        "The part of its dues that a partner must get to pay its own bills, in the first whole "
        "year in which anything falls due to one whose accounts are known. The low end counts "
        "debts and rents, least bills and most cash; the high end machines too, most bills and "
        "least cash. Above the whole, not even full payment is enough.",
        "chapters/who-breaks",
        webs.break_even,
    ),
    Measure(
        "givers",
        "Concentration of those who give",
        "The Herfindahl index: the squares of all shares in percent, added up, of what is to come "
        "in. One giver alone makes it ten thousand. Whoever stands for many in the data counts as "
        f"nobody at the low end, and as one at the high end. {_LENT}.",
        "chapters/web-of-partners",
        webs.givers,
        is_share=False,
        hue=theme.INTO_OPENAI,
    ),
    Measure(
        "suppliers",
        "Concentration of those who are paid",
        "The same index of what the party in the middle is to pay.",
        "chapters/web-of-partners",
        webs.suppliers,
        is_share=False,
        hue=theme.OUT_OF_OPENAI,
    ),
)
Row = tuple[Web, Measured]


def measured(some: Sequence[Web]) -> dict[str, list[Row]]:
    """Every measure of every web, by the key of the measure."""
    return {one.key: [(web, one.compute(web)) for web in some] for one in MEASURES}


def finding(found: dict[str, list[Row]]) -> str:
    """In which web most can go straight back with loans counted, as stated, beside all others.

    Of the webs that are not invented; a web with two days stands with the day that has more.
    """
    known = [row for row in found["circular-with-loans"] if not row[0].is_invented]
    said = sorted(
        (row for row in known if not math.isnan(row[1].ends.stated)),
        key=lambda row: -row[1].ends.stated,
    )
    first: dict[str, Row] = {}
    for row in said:
        first.setdefault(row[0].book.focal, row)
    if not first:
        return "Of no web can be said how much of its money goes round"
    (top, most), *others = first.values()
    verb = "was promised could" if top.when else "is promised can"
    lead = f"{_share(most)} of what {top.focal} {verb} go straight back, loans counted"
    lead = f"At the end of {top.book.day.year}, {lead}" if top.when else lead
    rest = units.listing(f"{_share(one)} at {web.focal}" for web, one in others)
    return f"{lead}; {rest}" if rest else lead


def paid_finding(found: dict[str, list[Row]]) -> str:
    """How little of what is signed to be paid, lent or guaranteed is known to be paid, at most."""
    known = _said(found["paid-out-with-loans"])
    if not known:
        return "Of no web is known what is paid of what is signed"
    web, most = known[0]
    return (
        f"Of what the party in the middle signed to pay, lend or guarantee, no more than "
        f"{_share(most)} is known to be paid, as stated: at {web.name}"
    )


def fewest(found: dict[str, list[Row]]) -> str:
    """Which web hangs on the fewest givers, and on whom most."""
    known = _said(found["givers"])
    if not known:
        return "Of no web is known on how many givers it hangs"
    web, most = known[0]
    return f"{web.name} hangs on the fewest givers. {most.dollars}"


def _said(rows: Sequence[Row]) -> list[Row]:
    """The webs that are not invented and have a value, the largest first."""
    known = [row for row in rows if not row[0].is_invented and row[1].ends.stated > 0]
    return sorted(known, key=lambda row: -row[1].ends.stated)


def _share(one: Measured) -> str:
    return units.share_range(one.ends.stated, one.ends.stated)


def compared(measure: Measure, rows: Sequence[Row]) -> str:
    """Which web is highest and which lowest on a measure, and of how many nothing can be said."""
    known = [(web, one) for web, one in rows if not one.why_not]
    silent = len(rows) - len(known)
    if not known:
        return "Of none of these webs can it be said."
    ranked = sorted(known, key=lambda row: _place(row[1]))
    low, high = ranked[0], ranked[-1]
    words = f"Highest at {high[0].name}, {measure.written(high[1])}"
    if _place(high[1]) > _place(low[1]):
        words += f"; lowest at {low[0].name}, {measure.written(low[1])}"
    elif len(known) > 1:
        words = f"The same in all: {measure.written(high[1])}"
    else:
        words = f"Known of {high[0].name} alone: {measure.written(high[1])}"
    return f"{words}.{f' Of {silent} of {len(rows)} webs it cannot be said.' if silent else ''}"


def _place(one: Measured) -> float:
    return one.ends.high if math.isnan(one.ends.stated) else one.ends.stated
