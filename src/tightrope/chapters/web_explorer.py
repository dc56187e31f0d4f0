"""The explorer of the whole web: every payment on any day, and the loops that can be lit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import counting, dealbook, units
from tightrope.chapters import rings as chapter
from tightrope.chapters import rings_words
from tightrope.chapters.rings import Seen
from tightrope.charts.figure import Figure
from tightrope.charts.ring.model import Band, Ring
from tightrope.charts.web import model
from tightrope.charts.web.explorer import Told, explorer
from tightrope.charts.web.model import Loop, Step
from tightrope.publish.opening import Opening

_STEPS = ("out", "onward", "in")
_COLUMNS = {
    "payer": "Payer",
    "payee": "Payee",
    "instrument": "For",
    "deal": "Deal",
    "status": "Status",
    "since": "Known so from",
    "announced_low": "Low",
    "announced_high": "High",
    "binding_low": "Signed",
    "paid_low": "Paid",
    "leg_id": "",
}
"""The columns of the web's data; those with a label are in its table."""
MOST_PAIRS = 150
"""How many pairs of payer and payee the web draws: more are no picture, and take minutes."""
_ENDS = ("announced_low", "announced_high", "binding_low", "paid_low")


def figure(page: Opening, count: int, owners: Mapping[str, str] | None = None) -> Figure | None:
    """The web with the loops from which most can come back; None where nothing is known.

    `count` and `owners` are those of `rings.largest`.
    """
    book, names = page.book, page.names
    web = book.within(*dealbook.WEB)
    every = counting.spells(web)
    seen = Seen(book, page.focal, page.layer)
    found = loops(chapter.largest(seen, count, owners), names)
    rows = largest(every, page.focal, found)
    spells = model.spells(rows, page.focal)
    parts = model.parts(spells, book.day, page.layer)
    if not parts:
        return None
    lit = found or [every_payment(parts, page.focal)]
    told = Told(spells, lit, names, page.focal, page.layer, book.day)
    who = names[page.focal]
    return Figure(
        id="money-web",
        title=_title(page, found),
        subtitle=f"All payments around {who}{', one loop lit' if found else ''}; USD billion, "
        f"{page.scope}, {page.as_known}",
        description=_description(found, spells, page),
        draw=explorer(told),
        frame=frame(rows[rows.until.isna()], web, names),
        labels={column: label for column, label in _COLUMNS.items() if label},
        writers=dict.fromkeys(_ENDS, _written),
        rows=page.rows(rows),
        book=book,
        note="A band is as wide as its dollars, at least a pixel. Solid is paid, lighter is "
        "signed, outlined is talked about, hatched is up to the high end, dotted has no published "
        "sum. Stakes, purchases, loans and guarantees are not to be added. Deals of others are "
        f"left out.{_left_out(every, rows)}",
    )


def largest(
    spells: pd.DataFrame, focal: str, found: Sequence[Loop], most: int = MOST_PAIRS
) -> pd.DataFrame:
    """The rows of `counting.spells` of so many pairs: those of loops, then the largest ever.

    A pair is a payer and a payee. Of two as large, that of the party in the middle comes first.
    """
    pairs = pd.Series(list(zip(spells.payer, spells.payee, strict=True)), index=spells.index)
    if pairs.nunique() <= most:
        return spells
    lit = {pair for loop in found for step in loop.steps for pair in step.bands}
    size = spells.announced_high.fillna(spells.announced_low).fillna(0.0)
    ranked = pd.DataFrame(
        {
            "pair": pairs,
            "is_lit": pairs.isin(lit),
            "is_own": spells.payer.eq(focal) | spells.payee.eq(focal),
            "size": size,
        }
    )
    order = ranked.groupby("pair").max().sort_values(["is_lit", "size", "is_own"], ascending=False)
    return spells[pairs.isin(set(order.index[:most]))]


def _left_out(every: pd.DataFrame, drawn: pd.DataFrame) -> str:
    count, kept = (len(rows[["payer", "payee"]].drop_duplicates()) for rows in (every, drawn))
    if count == kept:
        return ""
    return f" Drawn are the {kept} largest of {count:,} pairs of payer and payee."


def loops(rings: Sequence[Ring], names: Mapping[str, str]) -> list[Loop]:
    """The rings as loops of the web; `names` are those of all parties by id.

    What the party in the middle pays is the first step, what its payees pay on the next, and what
    comes in the last.
    """
    ids = {name: party for party, name in names.items()}
    return [_loop(ring, ids) for ring in rings]


def every_payment(parts: Mapping[model.Band, model.Parts], focal: str) -> Loop:
    """All that is there as one thing to light, for a web in which nothing goes round.

    Sums stand on the bands of the party in the middle alone: others have no room for them.
    """
    sums = {
        (band.payer, band.payee): _whole(part) if focal in band[:2] else ""
        for band, part in parts.items()
    }
    words = "Each band is what one party is to pay another, or has paid."
    return Loop(model.EVERY, "every payment", "", "No loop is known", (Step(words, sums),))


def _whole(part: model.Parts) -> str:
    low = part.total - part.high
    return units.usd_bn_short(low, math.nan if part.is_open else part.total)


def _loop(ring: Ring, ids: Mapping[str, str]) -> Loop:
    sides = [[b for b in ring.bands if b.direction == direction] for direction in _STEPS]
    back = sides[-1][0]
    round_trip = ring.rows[-1]
    return Loop(
        id=ids[back.payer],
        name=ring.name,
        written=ring.centre,
        title=f"{rings_words.begun(round_trip)} can come back: {ring.name}",
        steps=tuple(_step(bands, ring, ids) for bands in sides if bands),
    )


def _step(bands: Sequence[Band], ring: Ring, ids: Mapping[str, str]) -> Step:
    row = next(row for row in ring.rows if row.direction == bands[0].direction)
    payers, payees = (
        units.listing(dict.fromkeys(getattr(band, end) for band in bands))
        for end in ("payer", "payee")
    )
    return Step(
        f"{payers} → {payees}: {row.sum}",
        {(ids[band.payer], ids[band.payee]): _sum(band) for band in bands},
    )


def _sum(band: Band) -> str:
    return units.usd_bn_short(band.low, math.nan if band.is_open else band.reach)


def frame(spells: pd.DataFrame, book: dealbook.Dealbook, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `counting.spells` for readers: parties and deals by name, words for codes."""
    deals = book.deals.set_index("deal_id")["name"]
    return spells.assign(
        payer=spells.payer.map(names),
        payee=spells.payee.map(names),
        deal=spells.deal_id.map(deals),
        instrument=spells.instrument.str.replace("_", " "),
        status=spells.status.str.replace("_", " "),
    )[list(_COLUMNS)]


def _written(value: object) -> str:
    """A sum of a table; nothing where there is none, so that no zero claims to be known."""
    return units.usd_bn(float(str(value))) if pd.notna(value) and value else ""


def _title(page: Opening, found: Sequence[Loop]) -> str:
    q, who = page.quantities, page.names[page.focal]
    to_pay, to_come_in, paid_in, paid_out = (
        q[name] for name in ("to_pay", "to_come_in", "paid_in", "paid_out")
    )
    if to_pay.stated > to_come_in.stated and paid_in.stated > paid_out.stated:
        return (
            f"The promises point outward, the cash inward: {who} has got {paid_in.at('stated')}, "
            f"and is known to have paid {paid_out.at('stated') if paid_out.stated else 'nothing'}"
        )
    if not to_pay.low and not to_pay.high > 0:
        return f"{who} is to get {to_come_in.written}; of what it is to pay no sum is known"
    if not to_come_in.low and not to_come_in.high > 0:
        return f"{who} is to pay {to_pay.written}; of what it is to get no sum is known"
    return f"{who} is to pay {to_pay.written} and to get {to_come_in.written}"


def _description(found: Sequence[Loop], spells: Sequence[model.Spell], page: Opening) -> str:
    bands = model.parts(spells, page.book.day, page.layer)
    parties = {party for band in bands for party in (band.payer, band.payee)}
    told = " ".join(
        f"Loop {number}, {loop.name}: {'; '.join(step.words for step in loop.steps)}. {loop.title}."
        for number, loop in enumerate(found, 1)
    )
    return (
        f"A map of {len(parties)} parties in six columns with {page.names[page.focal]} in the "
        f"third, and {len(bands)} bands from payer to payee, as wide as their dollars. {told} "
        f"In the page {'other loops can be lit, and ' if found else ''}a slider sets the day whose "
        "knowledge counts."
    )
