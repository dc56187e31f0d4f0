"""The pictures of the page at a glance: two bars on one scale, and a small one for each step."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import readings, units
from tightrope.chapters.at_a_glance import Finding
from tightrope.charts import theme
from tightrope.charts.cash_path import cash_path
from tightrope.charts.certainty import WORDS
from tightrope.charts.figure import Figure
from tightrope.charts.marks import Fill
from tightrope.charts.small_bars import Bar, Part, small_bars
from tightrope.charts.table import Table
from tightrope.charts.thumbnail import Thumbnail
from tightrope.charts.turn.model import short
from tightrope.charts.two_bars import Segment, Stack, two_bars
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantities
from tightrope.readings import Readings

WIDE = 940
"""Pixels: the page has no column beside its text."""
IN, OUT, BACK = theme.INTO_OPENAI, theme.OUT_OF_OPENAI, theme.ROUND_TRIP
GROUPS = {
    "paid": "Paid",
    "conditional": "Signed, on a condition",
    "binding": "Signed",
    "announced": "Talked about",
    "high": "High ends",
}
"""What stands over the segments of a bar, by rung, in their order."""
_NAMED = 12.0
"""USD billion from which a partner has a segment of its own."""
_AT_MOST = 3
"""How many partners a segment names that holds several."""
TOTALS = (
    ("paid_in", "Into {focal}, paid"),
    ("to_come_in_signed", "Into {focal}, paid or signed"),
    ("to_come_in", "Into {focal}, talked about as well"),
    ("paid_out", "Out of {focal}, paid"),
    ("signed_on_condition", "Out of {focal}, signed on a condition"),
    ("signed_terms_not_public", "Out of {focal}, signed on terms not public"),
    ("to_pay", "Out of {focal}, talked about as well"),
    ("round_trip", "What comes straight back"),
    ("back_by_any_route", "What can come back by any route"),
)
"""The totals of the short table, by quantity; {focal} is the party in the middle."""


def bars_figure(page: Opening, pieces: pd.DataFrame, finding: Finding) -> Figure | None:
    """What comes in and what is to go out, and what can come back alone; None without any."""
    if pieces.empty:
        return None
    name, q, back = page.book.party_name(page.focal), page.quantities, finding.back
    stacks = [
        Stack("In", f"into {name}", _inward(pieces)),
        Stack("Out", f"out of {name}", _outward(pieces)),
    ]
    circle = Stack(
        f"The circle: {back.written}",
        f"what could be {name}’s own money coming back, by any route, at the same scale",
        _alone(back.stated, back.high),
    )
    sums = pieces.groupby(["direction", "rung"]).amount.sum()
    told = "; ".join(
        f"{direction}, {GROUPS[rung].lower()}: {units.usd_bn(float(sums[direction, rung]))}"
        for direction in ("in", "out")
        for rung in GROUPS
        if (direction, rung) in sums.index
    )
    return Figure(
        id="at-a-glance-bars",
        title=f"What goes into {name} and what is to go out",
        subtitle=f"USD billion, one scale, {page.as_known}. Green could be {name}’s own money "
        "coming back",
        description=f"Two bars on one scale. {told}. Of what comes in {back.written} could be "
        f"{name}’s own money coming back.",
        draw=lambda width: two_bars(
            stacks, circle, ["in", "out", "round"], list(dict.fromkeys(pieces.rung)), width
        ),
        frame=pieces.drop(columns="comes_back").rename(columns={"amount": "amount_usd_bn"}),
        labels={
            "direction": "Direction",
            "name": "Partner",
            "rung": "Status",
            "amount_usd_bn": "Amount",
        },
        rows=[*q["to_come_in"].rows, *q["to_pay"].rows],
        book=page.book,
        note="Sums as parties and contracts name them, low ends where they name only a range; "
        "hatched up to the high end. A contract without any known end is drawn as far as it is "
        "known. Loans, guarantees and what only the press reports are left out.",
        writers={"rung": lambda rung: WORDS[str(rung)]},
        wide=WIDE,
    )


def _inward(pieces: pd.DataFrame) -> list[Segment]:
    """What comes in, by rung; of each rung first what has no way back."""
    own = pieces[pieces.direction.eq("in")]
    found = []
    for rung, group in GROUPS.items():
        for is_back in (False, True):
            sums = _sums(own[own.rung.eq(rung) & own.comes_back.eq(is_back)])
            if len(sums):
                fill, most = Fill(BACK if is_back else IN, rung), len(sums)
                most = _AT_MOST if most > _AT_MOST + 1 else most
                words, brief = _names(sums, most), _names(sums, 1)
                found.append(Segment(words, float(sums.sum()), fill, group, brief))
    return found


def _names(sums: pd.Series[float], most: int) -> str:
    """The first `most` partners with their sums, and what the others come to."""
    parts = [*sums[:most].items()]
    parts += [("others", float(sums[most:].sum()))] if len(sums) > most else []
    return ", ".join(f"{name}\N{NO-BREAK SPACE}{short(float(amount))}" for name, amount in parts)


def _outward(pieces: pd.DataFrame) -> list[Segment]:
    """What goes out, by rung: a segment for each large partner, and one for the others."""
    own = pieces[pieces.direction.eq("out")]
    found = []
    for rung, group in (GROUPS | {"binding": "Signed, terms not public"}).items():
        sums, fill = _sums(own[own.rung.eq(rung)]), Fill(OUT, rung)
        large = sums[sums.ge(_NAMED)] if rung != "high" else sums[:0]
        found += [
            Segment(f"{name}\N{NO-BREAK SPACE}{short(amount)}", float(amount), fill, group)
            for name, amount in large.items()
        ]
        rest = float(sums.sum() - large.sum())
        if rest > 0:
            words = f"others\N{NO-BREAK SPACE}{short(rest)}" if rest >= 1 and len(large) else ""
            found.append(Segment(words, rest, fill, group))
    return found


def _sums(own: pd.DataFrame) -> pd.Series[float]:
    """The sum of each partner, the largest first."""
    return own.groupby("name").amount.sum().sort_values(ascending=False, kind="stable")


def _alone(stated: float, high: float) -> list[Segment]:
    found = [Segment("", stated, Fill(BACK), "")]
    if high > stated:
        found.append(Segment("", high - stated, Fill(BACK, "high"), ""))
    return found if stated or high else []


def totals_table(page: Opening) -> Table:
    """The totals that sound alike, with what each counts and leaves out."""
    focal = page.book.party_name(page.focal)
    rows = [
        (words.replace("{focal}", focal), page.quantities[name].written, one.counts, one.leaves_out)
        for name, words in TOTALS
        for one in [page.quantities[name].definition]
    ]
    return Table(
        pd.DataFrame(rows, columns=["total", "sum", "counts", "without"]),
        f"Totals that sound alike, {page.as_known}",
        {"total": "Total", "sum": "Sum", "counts": "It counts", "without": "It leaves out"},
    )


def signed(q: Quantities) -> Thumbnail | None:
    """What is signed on a condition, beside what is signed on terms that are not public.

    None where no sum is known, as in the pictures of the other steps.
    """
    bars = [
        Bar(q[name].written, words, [Part(q[name].low, Fill(OUT, rung))])
        for name, words, rung in (
            ("signed_on_condition", "on a condition", "conditional"),
            ("signed_terms_not_public", "terms not public", "binding"),
        )
    ]
    return _bars("signed", "What is signed, by its terms", bars) if _is_some(bars) else None


def paid(q: Quantities) -> Thumbnail | None:
    """What has been paid in beside what has been paid out."""
    bars = [
        Bar(q[name].at("stated"), words, [Part(q[name].stated, Fill(hue))])
        for name, words, hue in (("paid_out", "out", OUT), ("paid_in", "in", IN))
    ]
    return _bars("paid", "What is known to be paid", bars) if _is_some(bars) else None


def loop(of_partner: Quantities, name: str) -> Thumbnail:
    """What a partner put in beside what it is to be paid, the part that can go round in green."""
    came, goes = of_partner["paid_in"].stated, of_partner["to_pay"].stated
    round_ = min(came, goes)
    bars = [
        Bar(units.usd_bn_known(came), f"put in by {name}", [Part(came, Fill(IN))]),
        Bar(
            units.usd_bn_known(goes),
            f"to be paid to {name}",
            [Part(round_, Fill(BACK, "binding")), Part(goes - round_, Fill(OUT, "binding"))],
        ),
    ]
    return _bars("loop", f"{name}: what goes in and what comes back", bars)


def outside(q: Quantities, names: str, amount: float) -> Thumbnail:
    """Who paid in: some partners by name, other outsiders, and firms that are paid in turn."""
    all_paid, suppliers = q["paid_in"].stated, q["paid_in_by_suppliers"].stated
    rest = max(all_paid - suppliers - amount, 0.0)
    bars = [
        Bar(units.usd_bn_known(amount), names, [Part(amount, Fill(IN))]),
        Bar(units.usd_bn_known(rest), "other outsiders", [Part(rest, Fill(IN))]),
        Bar(units.usd_bn_known(suppliers), "firms paid in turn", [Part(suppliers, Fill(BACK))]),
    ]
    return _bars("outside", "Who paid in", bars)


def borrowed(q: Quantities) -> Thumbnail | None:
    """What partners have arranged to borrow for the deals, and what of it is drawn."""
    bars = [
        Bar(q[name].written, words, [Part(q[name].low, Fill(theme.BORROWED, rung))])
        for name, words, rung in (
            ("borrowed_for_deals", "arranged", "binding"),
            ("borrowed_for_deals_drawn", "known to be drawn", "paid"),
        )
    ]
    return _bars("borrowed", "What partners borrow for the deals", bars) if _is_some(bars) else None


def _is_some(bars: Sequence[Bar]) -> bool:
    return any(part.amount > 0 for bar in bars for part in bar.parts)


def _bars(id_: str, title: str, bars: Sequence[Bar]) -> Thumbnail:
    told = "; ".join(f"{bar.words}: {bar.written}" for bar in bars)
    return Thumbnail(
        f"glance-{id_}", title, f"Bars on one scale. {told}.", lambda w: small_bars(bars, w)
    )


def cash(read: Readings) -> Thumbnail:
    """Cash at the end of each year of the plan by each of its readings, and the months it ends."""
    path, *others = (one.gap.path[["year", "cash"]] for one in read.by_shape())
    told = "; ".join(f"{row.year}: {units.usd_bn(row.cash)}" for row in path.itertuples())
    ends = readings.when_cash_ends(read)
    months = dict.fromkeys(one for one in (read.earliest, read.latest) if one is not None)
    # A month stays on one line.
    short_months = " to ".join(f"{one:%b\N{NO-BREAK SPACE}%Y}" for one in months)
    gaps = read.low.gap.peak, read.high.gap.peak
    missing = units.usd_bn_range(*gaps) if gaps[1] > 0 else ""
    return Thumbnail(
        "glance-cash",
        f"Cash ends {ends}",
        f"A line over the years, cash at the end of each, and thin lines for other readings of "
        f"the plan. {told}.",
        lambda width: cash_path(path, width, short_months, others, missing),
    )
