"""Follow one dollar: the steps of a ring in the order of the money, and the rows behind each.

All sums are USD billion, nominal. Everything said counts, and each step says how sure it is: so
the page is the same on every layer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
from IPython.display import HTML

from tightrope import addresses, counting, ledger, loops, terms, units
from tightrope.chapters import rings
from tightrope.chapters.rings import Seen
from tightrope.charts.certainty import WORDS
from tightrope.charts.ring.model import Band, Ring
from tightrope.charts.ring.steps import Step
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening
from tightrope.templates import render

_ORDER = ("out", "onward", "in")
_SAME = 5e-4


@dataclass(frozen=True)
class Loop:
    """A ring told step by step; `slug` names it in ids."""

    slug: str
    ring: Ring
    steps: Sequence[Step]
    seen: Seen

    @property
    def is_known_to_turn(self) -> bool:
        """Whether on each of its steps a payment is known: then a dollar may have gone round."""
        return all(any(band.parts.get("paid", 0.0) > 0 for band in one.bands) for one in self.steps)

    def bands(self, direction: str) -> list[Band]:
        """The bands of one direction."""
        return [band for band in self.ring.bands if band.direction == direction]


def seen(page: Opening) -> Seen:
    """The book of a page, with everything that is said."""
    return Seen(page.book, page.focal, "announced")


def straight(page: Opening, partner: str) -> Loop | None:
    """The loop to a partner and straight back.

    None where a step of it is not known, or has no sum at its low end.
    """
    return _loop(page, partner, rings.direct(seen(page), partner))


def by_way_of(page: Opening, middle: Sequence[str], partner: str) -> Loop | None:
    """The loop by way of others to a partner, and home; None as for `straight`."""
    return _loop(page, partner, rings.by_way_of(seen(page), middle, partner))


def owned(page: Opening, landlord: str, owner: str) -> Loop | None:
    """The loop to a firm and back from its owner; None as for `straight`."""
    return _loop(page, owner, rings.owned(seen(page), landlord, owner))


def _loop(page: Opening, slug: str, ring: Ring | None) -> Loop | None:
    if ring is None:
        return None
    steps = _steps(ring)
    is_whole = {one.direction for one in steps} >= {_ORDER[0], _ORDER[-1]}
    has_sums = all(any(band.low > 0 for band in one.bands) or one.is_owned for one in steps)
    return Loop(slug, ring, steps, seen(page)) if is_whole and has_sums else None


def _steps(ring: Ring) -> list[Step]:
    found = []
    for direction in _ORDER:
        bands = [band for band in ring.bands if band.direction == direction]
        if not bands:
            continue
        payers, payees = (
            units.listing(dict.fromkeys(getattr(band, end) for band in bands))
            for end in ("payer", "payee")
        )
        row = next(row for row in ring.rows if row.direction == direction)
        back = ring.rows[-1] if direction == _ORDER[-1] else None
        head = f"{payers} → {payees}"
        found.append(Step(head, direction, row.sum, _lines(bands), bands, back=back))
        if direction == _ORDER[0] and ring.owned:
            found.append(_over_the_wall(ring, *ring.owned))
    return found


def _lines(bands: Sequence[Band]) -> list[tuple[str, str]]:
    """How sure each band is, rung by rung; by payer where several pay."""
    several = len(bands) > 1
    return [
        (rung, f"{band.payer}: {words}" if several and rung else words)
        for band in bands
        for rung, words in band.said
    ]


def _over_the_wall(ring: Ring, landlord: int, owner: int) -> Step:
    names = (ring.walls[landlord].words, ring.walls[owner].words)
    lines = [("", f"{names[1]} owns {names[0]}; no payment between them is known")]
    return Step(" → ".join(names), "", units.NONE_KNOWN, lines, (), is_owned=True)


@dataclass(frozen=True)
class Line:
    """A payment behind a step, in words: what it is for, its sum, how sure it is, and who says so.

    `leg` and `source` are addresses from the site's root.
    """

    payment: str
    deal: str
    what: str
    sum: str
    rung: str
    since: str
    publisher: str
    leg: str
    source: str


def lines(loop: Loop, step: Step) -> list[Line]:
    """The payments behind a step, the largest first; none where no payment is known."""
    book = loop.seen.book
    found: list[Line] = []
    for band in step.bands:
        counted = _counted(loop.seen, band)
        counted = counted.sort_values("low", ascending=False, kind="stable")
        ends = zip(counted.leg, counted.instrument, counted.low, counted.high, strict=True)
        found += [_line(book, band, *row) for row in ends]
    return found


def _counted(looked: Seen, band: Band) -> pd.DataFrame:
    """The rows of `counting.counted` that a band adds up, with the ids of the legs."""
    view = looked.view()
    web = (
        view.payments(looked.layer)
        if band.direction == "onward"
        else counting.given(view.counted(looked.layer))
    )
    rows = web.assign(leg=loops.leg_ids(web))
    names = looked.name
    return rows[
        rows.leg.isin(band.legs)
        & rows.payer.map(names).eq(band.payer)
        & rows.payee.map(names).eq(band.payee)
    ]


def _line(book: Dealbook, band: Band, leg: str, instrument: str, low: float, high: float) -> Line:
    legs = book.legs.set_index("leg_id").loc[leg]
    event = deciding_step(book, leg)
    source = book.sources.set_index("source_id").loc[event.source_id]
    is_silent = low == 0 and pd.isna(high)
    return Line(
        f"{band.payer} → {band.payee}",
        str(book.deals.set_index("deal_id").loc[legs.deal_id, "name"]),
        instrument.replace("_", " "),
        WORDS["unknown"] if is_silent else units.usd_bn_range(low, high),
        rung_words(book, leg),
        units.day(event.known_on.date()),
        # What is said of the copy that was read stands at the document itself.
        re.split(r" \(|, ", str(source.publisher))[0],
        addresses.of_deals(book)[f"legs/{leg}"],
        addresses.of_sources(book)[event.source_id],
    )


def deciding_step(book: Dealbook, leg: str) -> pd.Series:
    """The newest step that decides a leg's sum; its newest step where none names one."""
    own = book.events[book.events.leg_id.eq(leg)]
    chosen = ledger.deciding(book)
    decides = own[own.event_id.isin(chosen.event_id)]
    found = decides if len(decides) else own
    return found.sort_values("known_on", kind="stable").iloc[-1]


def rung_words(book: Dealbook, leg: str) -> str:
    """How sure a leg is, in the words of the legend, or of the ladder where no party spoke."""
    stand = ledger.ladder(book).set_index("leg_id").loc[leg]
    if stand.status == "paid":
        return _of_it(stand, "paid", WORDS["paid"], "signed")
    if stand.status == "binding":
        part = terms.of_legs(book).set_index("leg_id").part[leg]
        word = WORDS["conditional" if part == "on_condition" else "binding"]
        return _of_it(stand, "binding", word, WORDS["announced"])
    return str(stand.status) if stand.status in ledger.HEARSAY else WORDS["announced"]


def _of_it(stand: pd.Series, layer: str, word: str, rest: str) -> str:
    """A word for all of a leg, or for the part that stands so high and another for the rest."""
    low, high = stand[f"{layer}_low"], stand[f"{layer}_high"]
    if low >= stand.announced_low - _SAME:
        return word
    return f"{units.usd_bn_range(low, high)} of it {word}, the rest {rest}"


def rows(loop: Loop | None, number: int) -> HTML | None:
    """The rows behind the step of this number, from 1 on, as a list; None without a loop."""
    if loop is None or number > len(loop.steps):
        return None
    step = loop.steps[number - 1]
    return HTML(render("dollar_rows.html", step=step, lines=lines(loop, step)))


def script() -> HTML:
    """What asks for the page's own script."""
    return HTML('<script src="../_static/dollar.js" defer></script>')


def finding(page: Opening, told: Sequence[Loop | None]) -> str:
    """The headline: on how many loops a dollar can come back, and on how many it is known to."""
    who = escape(page.book.party_name(page.focal), quote=False)
    known = [loop for loop in told if loop]
    if not known:
        return f"No way back to {who} is known yet"
    count = len(known)
    turned = sum(loop.is_known_to_turn for loop in known)
    if count == 1:
        known_to = "is" if turned else "is not"
        return f"The one loop followed back to {who} {known_to} known to be paid all round"
    paid = _COUNT.get(turned, str(turned)) if turned else "none"
    are = "are" if turned > 1 else "is"
    ways = _COUNT.get(count, str(count))
    return f"Of {ways} loops followed back to {who}, {paid} {are} known to be paid all round"


_COUNT = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
