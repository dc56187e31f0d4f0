"""Who fails first, in words, by hand on two suppliers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import who_breaks_failing as failing
from tightrope.chapters import who_breaks_runs as clearing
from tightrope.chapters.who_breaks import FULL
from tightrope.chapters.who_breaks_runs import Outcomes
from tightrope.dealbook import Dealbook
from tightrope.stress import Partners

from .stated import stated
from .stressed import OVERTAKEN, UNTESTED, WEB, case, charges

pytestmark = pytest.mark.thorough

NOTHING_OWED = replace(
    WEB, charges=WEB.charges.assign(low=0.0, high=0.0), machines=UNTESTED.machines
)


def found_of(web: Partners = WEB) -> Outcomes:
    found = clearing.outcomes(web, clearing.runs(web))
    assert found is not None
    return found


def said(
    monkeypatch: pytest.MonkeyPatch, book: Dealbook, web: Partners, found: Outcomes | None
) -> dict[str, str]:
    facts = stated(monkeypatch, book, lambda fact: failing.state(fact, case(book, web), found, 0.6))
    return {key: one.written for key, one in facts.items()}


def test_one_partner_that_fails_is_named_with_its_year(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    assert said(monkeypatch, tiny, WEB, found_of()) == {
        "finding": "Microsoft breaks first",
        "failing": "Microsoft cannot pay all its bills from 2027",
        "mild-end": "On the mildest reading Microsoft fails too, from 20% down.",
        "full-payment": "If only debts and rents count, Microsoft alone fails on the harshest "
        "reading, from 40% down.",
    }


def test_one_that_fails_as_early_if_paid_in_full_does_not_seem_to_fail_for_the_share(
    tiny: Dealbook,
) -> None:
    found = found_of()
    boxes = pd.concat([found.boxes, found.failed(FULL).assign(pay_ratio=1.0)])
    assert failing.failing(case(tiny, WEB), replace(found, boxes=boxes), 0.6) == (
        "Microsoft cannot pay all its bills from 2027 even if paid in full"
    )


def test_where_one_overtakes_another_no_order_is_claimed(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    words = said(monkeypatch, tiny, OVERTAKEN, found_of(OVERTAKEN))
    assert words["finding"] == "Microsoft and Nvidia can break, and only on the harshest reading"
    assert words["failing"] == "Microsoft cannot pay all its bills from 2028"
    assert words["mild-end"] == "On the mildest reading nobody fails at all, even at a fifth."
    assert words["full-payment"] == (
        "If only debts and rents count, Microsoft and Nvidia fail on the harshest reading."
    )


def test_two_that_break_stand_in_their_order(tiny: Dealbook) -> None:
    found = replace(found_of(OVERTAKEN), earliest={0.8: (2027, ("microsoft",))})
    of = case(tiny, OVERTAKEN)
    assert failing.finding(of, found) == (
        "Microsoft breaks first, Nvidia next, and only on the harshest reading"
    )
    assert failing.title(of, found) == (
        "Microsoft falls short if paid 80%, Nvidia if paid 20%, on the harshest reading"
    )
    assert failing.failing(of, found, 0.2) == (
        "Microsoft cannot pay all its bills from 2028, and Nvidia from 2027"
    )


def test_a_partner_may_fail_even_if_all_is_paid(tiny: Dealbook) -> None:
    web = replace(WEB, machines=WEB.machines.assign(high=20.0))
    assert failing.title(case(tiny, web), found_of(web)) == (
        "Microsoft falls short even if paid in full"
    )


def test_debts_and_rents_alone_may_be_too_much_even_if_all_is_paid(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    owed: pd.DataFrame = charges((2027, "microsoft", "microsoft-lenders", "rent", 0.0, 20.0))
    web = replace(WEB, charges=owed)
    assert said(monkeypatch, tiny, web, found_of(web))["full-payment"] == (
        "If only debts and rents count, Microsoft alone fails on the harshest reading, even when "
        "OpenAI pays everything."
    )


def test_where_nobody_fails_it_says_so(monkeypatch: pytest.MonkeyPatch, tiny: Dealbook) -> None:
    found = found_of(NOTHING_OWED)
    assert said(monkeypatch, tiny, NOTHING_OWED, found) == {
        "finding": "No partner breaks, even if OpenAI pays only a fifth",
        "failing": "every partner that can be tested pays all its bills",
        "mild-end": "On the mildest reading nobody fails at all, even at a fifth.",
        "full-payment": "If only debts and rents count, nobody fails.",
    }
    assert failing.title(case(tiny, NOTHING_OWED), found) == (
        "Nobody breaks while OpenAI pays a fifth"
    )


def test_where_nobody_is_tested_only_the_question_is_left(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    words = said(monkeypatch, tiny, UNTESTED, None)
    assert words.pop("finding") == "Which partner breaks first if only a part is paid"
    assert set(words.values()) == {""}
