"""Which sentences each page of a case states, for its cells tagged `case`."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from tightrope import counting, units
from tightrope.cases import told, told_web
from tightrope.cases.told import Sentence
from tightrope.chapters import how_circular_course, when_money_moves
from tightrope.chapters.who_breaks_coupled import Coupled, borne
from tightrope.charts.tails import NOTHING
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View


def _joined(page: Opening, *tellers: Callable[[Opening], Sentence]) -> Sentence:
    said = [teller(page) for teller in tellers]
    rows = tuple(dict.fromkeys(row for _, own in said for row in own))
    return " ".join(words for words, _ in said if words), rows


def first(page: Opening) -> None:
    """The first page."""
    told.state(
        page,
        {
            "lead": _joined(page, told.going_out, told.coming_in, told.lending),
            "circle-words": told.circle(page),
            "has-loops": told.has_loops(page),
            "pays": told.pays(page),
            "lends": told.lends(page),
            "heard": told_web.heard(page),
        },
    )


def at_a_glance(page: Opening) -> None:
    """The page at a glance."""
    told.state(
        page,
        {
            "lead": _joined(page, told.going_out, told.coming_in, told.circle),
            "paid-words": _joined(page, told.paid_out, told.lending),
            "conditions": told.conditions(page),
            "borrowed-words": told.borrowed(page),
        },
    )


def web(page: Opening) -> None:
    """The web of partners."""
    told.state(
        page,
        {
            "lead": told.circle(page),
            "both-ways": _joined(page, told.coming_in, told.going_out, told.paid_out, told.lending),
            "kinds": told_web.kinds(page),
            "largest": told_web.largest(page),
            "straight": told.straight(page),
            "whole-web": told_web.whole_web(page),
            "hangs-on-conditions": told.hangs_on_conditions(page),
        },
    )


def promises(page: Opening) -> None:
    """Promised, signed, paid."""
    told.state(
        page,
        {
            "lead": _joined(page, told.going_out, told.lending, told.paid_out),
            "in-words": told.coming_in(page),
            "conditions": told.conditions(page),
            "kinds": told_web.kinds(page),
        },
    )


def circular(page: Opening) -> None:
    """How circular the web is."""
    course = how_circular_course.by_quarter(page.book, page.focal, page.layer)
    told.state(
        page,
        {
            "lead": told.circle(page),
            "straight": told.straight(page),
            "passed-on": told_web.passed_on(page),
            "over-time": told_web.over_time(page, course),
            "lending": told.lending(page),
            "by-rung": told.circle_by_rung(page),
            "conditions": told.conditions(page),
        },
    )


def whose(page: Opening) -> None:
    """Whose money it is."""
    told.state(
        page,
        {
            "lead": told.outsiders(page),
            "no-customers": told.customers(page),
            "coming-in": told.coming_in(page),
            "borrowed-words": told.borrowed(page),
        },
    )


def dates(page: Opening, moves: pd.DataFrame) -> None:
    """When the money moves; `moves` are rows of `when_money_moves.moves`."""
    known = moves[moves.amount.notna()] if len(moves) else moves
    dated = known[known.year.notna()]
    sums = dated.groupby("basis").amount.sum()
    paid, due = (float(sums.get(one, 0.0)) for one in ("paid", "scheduled"))
    undated = float(known.amount[known.year.isna()].sum())
    name = page.book.party_name(page.focal)
    rows = tuple(page.rows(known))
    parts = [
        f"{units.usd_bn(paid)} has been paid in years that are known" if paid else "",
        f"{units.usd_bn(due)} has a year in which it falls due" if due else "",
        f"{units.usd_bn(undated)} has no date" if undated else "",
    ]
    lead = units.listing(one for one in parts if one)
    by_year = dated.groupby("year").amount.sum()
    drawn = when_money_moves.partners(moves, page.focal)
    has_accounts = "yes" if len(dated) and drawn else ""
    fullest = f"Most of it falls in {int(by_year.idxmax())}." if len(by_year) else ""
    undrawn = "" if len(by_year) else "No picture by year can be drawn: of no payment is it known."
    told.state(
        page,
        {
            "lead": (
                f"Of what {name} pays and is paid, {lead}."
                if lead
                else f"No payment of {name} has a known sum, so none can be laid on a year.",
                rows,
            ),
            "fullest": (fullest, rows),
            "has-accounts": (has_accounts, rows),
            "has-loops": told.comes_back(page),
            "straight": _joined(page, told.straight, told.lent_back),
            "undrawn": (undrawn, rows),
        },
    )


def breaks(page: Opening, found: Coupled | None) -> None:
    """Who bears what is missing; `found` are the draws of the chapter."""
    lost = found is not None and borne(found).p99.max() >= NOTHING
    rows = page.quantities["to_pay"].rows
    told.state(
        page,
        {
            "lost": ("yes" if lost else "", rows),
            "nothing-lost": ("yes" if found and not lost else "", rows),
        },
    )


def partner(page: Opening, party: str) -> None:
    """The dossier of a partner."""
    legs = View.of(page.book, page.focal, party).paid_by("announced")
    lent = legs[legs.instrument.isin(counting.LENT)]
    ends = counting.total(lent)
    words = units.usd_bn_range(ends.low, ends.high) if len(lent) else ""
    rows = tuple(page.rows(lent))
    told.state(
        page,
        {
            "lent-by-middle": (words, rows),
            "no-ring": told_web.no_ring(page, party),
        },
    )
