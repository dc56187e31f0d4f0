"""Which pages a data package carries, and whom it is about."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import dealbook
from tightrope.cases import carries, focus
from tightrope.dealbook import Dealbook


def without(book: Dealbook, table: str) -> Dealbook:
    return replace(book, **{table: getattr(book, table).iloc[:0]})


def why_not(book: Dealbook) -> dict[str, str]:
    return {one.name: one.why_not for one in carries.of(book) if one.why_not}


def test_without_a_plan_there_is_no_runway_and_the_line_says_why(tiny: Dealbook) -> None:
    bare = without(tiny, "scenarios")
    assert {"runway", "who-breaks", "scenarios"} <= set(why_not(bare))
    assert 'not runway, who-breaks, scenarios: scenarios.csv has no scenario "as-planned"' in (
        carries.said(carries.of(bare))
    )


def test_with_a_plan_and_no_books_of_suppliers_only_who_breaks_is_missing(tiny: Dealbook) -> None:
    assert set(why_not(tiny)) == {"who-breaks", "terms", "watch"}


def test_without_a_year_of_any_payment_there_is_no_page_on_when_money_moves(
    tiny: Dealbook,
) -> None:
    is_paid = tiny.events.status.eq("paid")
    legs = tiny.legs.assign(schedule="undated", starts_on=pd.NaT, ends_on=pd.NaT)
    silent = replace(tiny, legs=legs, events=tiny.events[~is_paid])
    assert "has a year" in why_not(silent)["when-money-moves"]
    assert "when-money-moves" not in why_not(tiny)


def test_every_page_of_the_projects_own_data_is_carried(book: Dealbook) -> None:
    assert why_not(book) == {}


def test_partners_have_dossiers_by_size_up_to_a_number(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Microsoft gives 10 and gets 73; Nvidia’s letter was replaced, so nothing of it counts.
    assert carries.dossiers(tiny) == ["microsoft", "nvidia"]
    monkeypatch.setattr(carries, "MOST_DOSSIERS", 1)
    assert carries.dossiers(tiny) == ["microsoft"]


def test_the_list_of_pages_says_of_how_many_partners_it_has_the_largest(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts() -> set[str]:
        return {one.part for one in carries.of(tiny) if one.page.startswith("partners/")}

    assert parts() == {"Partners"}
    monkeypatch.setattr(carries, "MOST_DOSSIERS", 1)
    assert parts() == {"The 1 largest of 2 partners"}


@pytest.mark.parametrize("asked", ["microsoft", "Microsoft", " MICROSOFT "])
def test_the_party_in_the_middle_is_named_by_id_or_by_name(asked: str, tiny: Dealbook) -> None:
    assert focus.party(tiny, asked) == "microsoft"


def test_a_party_that_is_not_there_is_answered_with_the_nearest(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match='no party "Microsft"; did you mean Microsoft'):
        focus.party(tiny, "Microsft")


def test_a_web_of_many_pairs_is_cut_to_loops_and_the_largest() -> None:
    from tightrope.chapters.web_explorer import largest
    from tightrope.charts.web.model import Loop, Step

    rows = pd.DataFrame(
        [("a", "b", 1.0, 1.0), ("b", "c", 9.0, 9.0), ("c", "a", 2.0, None), ("d", "a", 0.5, 8.0)],
        columns=["payer", "payee", "announced_low", "announced_high"],
    )
    loop = Loop("b", "B", "1", "B", (Step("a → b", {("a", "b"): "1"}),))
    kept = largest(rows, "a", [loop], most=3)
    assert list(kept.payer) == ["a", "b", "d"]
    assert largest(rows, "a", [loop], most=4) is rows


def test_a_book_knows_the_party_that_it_is_about(tiny: Dealbook) -> None:
    assert tiny.focal == "openai"
    assert dealbook.load().focal == "openai"
