"""The picture of the page at a glance."""

from __future__ import annotations

from tightrope import accounts, units
from tightrope.chapters import at_a_glance
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import ladder
from tightrope.publish.opening import Opening

_ENDS = (*accounts.RUNGS, "low", "high")


def ladder_figure(page: Opening) -> Figure | None:
    """What goes in and out by partner and by rung, as stacked bars; None where nothing does."""
    bars = at_a_glance.by_partner(page.book, page.focal)
    if bars.empty:
        return None
    q, who = page.quantities, page.book.party_name(page.focal)
    paid_in, paid_out, to_come_in, to_pay = (
        q[name].stated for name in ("paid_in", "paid_out", "to_come_in", "to_pay")
    )
    more_is_to_go_out = to_pay - paid_out > to_come_in - paid_in and paid_in > paid_out
    largest = "; ".join(
        f"{bar.name} ({bar.direction}) {units.usd_bn_range(bar.low, bar.high)}"
        for bar in bars.nlargest(4, "low").itertuples()
    )
    return Figure(
        id="at-a-glance-ladder",
        title="Most money known to have moved went in; most that was promised is to go out"
        if more_is_to_go_out
        else "What was promised, and what has been paid",
        subtitle=f"Into and out of {who} by partner, USD billion, {page.as_known}",
        description=f"Stacked bars, one a partner and direction. Into {who}: "
        f"{units.known_paid(paid_in)} of {units.usd_bn(to_come_in)}. Out of {who}: "
        f"{units.known_paid(paid_out)} of {units.usd_bn(to_pay)}. Where parties and contracts "
        f"name only a range, its low end counts. Largest: {largest}.",
        draw=lambda width: ladder(bars.assign(as_range=bars.low.ne(bars.high)), width),
        frame=bars.rename(columns={end: f"{end}_usd_bn" for end in _ENDS}),
        labels={
            "name": "Partner",
            "direction": "Direction",
            "paid_usd_bn": "Known to be paid",
            "binding_usd_bn": "Binding, not known to be paid",
            "announced_usd_bn": "Announced, not binding",
            "intended_usd_bn": "In a letter of intent or an estimate only",
            "low_usd_bn": "In all, low",
            "high_usd_bn": "In all, high",
        },
        rows=[*q["to_come_in"].rows, *q["to_pay"].rows],
        book=page.book,
        note=_note(page, who),
    )


def _note(page: Opening, who: str) -> str:
    q = page.quantities
    return (
        f"Into {who} is mostly equity, out of {who} are mostly purchases over many years. "
        f"Most clouds do not publish what {who} pays them. The parts of the bars are what parties "
        "and contracts name, and the low end where they name only a range: together "
        f"{units.usd_bn(q['to_come_in'].stated)} in and {units.usd_bn(q['to_pay'].stated)} out. "
        "The labels give the ranges. Hatched: a range up to its high end. "
        "Loans and guarantees are left out. What only the press reports, "
        f"{q['reported_in'].written} in and {q['reported_out'].written} out, is in the upper ends "
        "alone."
    )
