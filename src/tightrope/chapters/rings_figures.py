"""The pictures with rings: the loops from which most can come back, and the ring of one partner."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import ledger, loops, units
from tightrope.chapters import rings as chapter
from tightrope.chapters import rings_words
from tightrope.chapters.partner import Dossier
from tightrope.chapters.rings import Seen
from tightrope.charts.certainty import WORDS
from tightrope.charts.figure import Figure
from tightrope.charts.ring import large, strip
from tightrope.charts.ring.model import Ring
from tightrope.charts.table import Writer, known_usd_bn
from tightrope.publish.opening import Opening
from tightrope.quantities.rungs import NAMES

LABELS = {
    "ring": "Ring",
    "payer": "Payer",
    "payee": "Payee",
    "low_usd_bn": "Low",
    "high_usd_bn": "High",
    **{f"{name}_usd_bn": WORDS[name].capitalize() for name in NAMES},
}
_READ = (
    "Clockwise from the top: what {focal} pays is on the right, what it is paid on the left. Green "
    "can come back: the smaller side, never added. "
)
_SURE = "From the inside out, how sure it is; hatched, up to the high end. "
_OWN = "Estimates of what suppliers pay on for chips are drawn as talked about. "
_LENT = "Loans and guarantees are left out."


def largest(page: Opening, count: int, owners: Mapping[str, str] | None = None) -> Figure | None:
    """The rings of so many partners from which most can come back; None where nothing can.

    `owners` has the partner that owns a firm by that firm: the two are one ring.
    """
    seen = Seen(page.book, page.focal, page.layer)
    rings = chapter.largest(seen, count, owners)
    if not rings:
        return None
    who = seen.name(page.focal)
    pair = next((ring.name for ring in rings if ring.owned), "")
    return Figure(
        id="rings",
        title=_finding(rings, who),
        subtitle=f"What {who} pays and is paid, one scale for all, {page.scope}, {page.as_known}",
        description=f"{units.number_of(len(rings), 'ring')}. "
        + " ".join(f"{ring.name}. {ring.spoken}" for ring in rings),
        draw=lambda width: strip.rings(rings, width),
        frame=frame(rings),
        labels=LABELS,
        rows=chapter.rows_behind(rings),
        book=page.book,
        writers=writers(),
        note=_READ.format(focal=who)
        + _SURE
        + (_OWN if loops.has_estimated_chips(page.book, page.focal) else "")
        + (f"{pair} count as one firm here. " if pair else "")
        + _LENT,
    )


def _finding(rings: Sequence[Ring], who: str) -> str:
    first = rings[0]
    row = first.rows[-1]
    if len(rings) == 1:
        return f"One loop can carry money back to {who}: {first.name}, {row.sum}"
    loops = _COUNT.get(len(rings), str(len(rings)))
    if first.low > 0:
        as_one = ", taken as one firm" if first.owned else ""
        return (
            f"{loops} loops can carry money back to {who}, the widest {row.sum}: "
            f"{first.name}{as_one}"
        )
    return f"{loops} loops can carry money back to {who}, none of them surely"


_COUNT = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


def of_partner(told: Dossier) -> Figure | None:
    """The ring of a dossier's partner; None where it and the party in the middle owe nothing."""
    seen = Seen(told.book, told.page.focal, told.page.layer)
    ring = chapter.ring(seen, told.party) if told.is_known else None
    if ring is None or not ring.bands:
        return None
    who = told.focal_name
    has_own = len(ring.walls) > 2 and loops.has_estimated_chips(told.book, told.page.focal)
    return Figure(
        id=f"{told.party}-ring",
        title=_of_partner(ring, told),
        subtitle=f"What {who} pays and is paid, {told.page.scope}, USD billion, "
        f"{told.page.as_known}",
        description=ring.spoken,
        draw=lambda width: large.ring(ring, width),
        frame=frame([ring]),
        labels={name: label for name, label in LABELS.items() if name != "ring"},
        rows=chapter.rows_behind([ring]),
        book=told.book,
        writers=writers(),
        note=_READ.format(focal=who) + _SURE + (_OWN if has_own else "") + _LENT,
    )


def _of_partner(ring: Ring, told: Dossier) -> str:
    name, who = told.name, told.focal_name
    back = ring.rows[-1]
    if not ring.comes_back:
        sides = {band.direction for band in ring.bands}
        if sides == {"in"}:
            left = ", loans left out" if len(told.lent) else ""
            return f"Money goes from {name} to {who}; none is known to go straight back{left}"
        if _is_letter(told):
            return (
                f"Only a letter of intent has money go from {who} to {name}; no way back is known"
            )
        return f"Money is to go from {who} to {name}; no way back is known"
    how = ring.name.removeprefix(name).removeprefix(", ")
    aside = f" {how}" if how else ""
    return f"{rings_words.begun(back)} can come back to {who} from {name}{aside}"


def _is_letter(told: Dossier) -> bool:
    """Whether letters of intent are all that still stands of what the partner is to be paid."""
    legs = told.direct[told.direct.payer.eq(told.page.focal)]
    standing = legs[~legs.status.isin(ledger.ENDED)]
    return len(standing) > 0 and bool(standing.status.eq("letter_of_intent").all())


def frame(rings: Sequence[Ring]) -> pd.DataFrame:
    """The bands as a table: ring, payer, payee, low and high and the low end by rung, in USD bn.

    `high_usd_bn` is NaN where no source sets an upper end.
    """
    rows = [
        {
            "ring": ring.name,
            "payer": band.payer,
            "payee": band.payee,
            "low_usd_bn": band.low,
            "high_usd_bn": math.nan if band.is_open else band.size,
            **{f"{name}_usd_bn": band.parts.get(name, 0.0) for name in NAMES},
        }
        for ring in rings
        for band in ring.bands
    ]
    return pd.DataFrame(rows, columns=list(LABELS))


def writers() -> dict[str, Writer]:
    """How the columns of `frame` are written: what is not known is no zero."""
    names = (name for name in LABELS if name.endswith("usd_bn"))
    sums: dict[str, Writer] = dict.fromkeys(names, known_usd_bn)
    return sums | {"high_usd_bn": _high}


def _high(cell: object) -> str:
    value = float(str(cell))
    return "no upper end" if math.isnan(value) else units.usd_bn_known(value)
