"""The page that says why the totals differ: every quantity, its users, and the steps between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.publish import totals_page
from tightrope.publish.pages import Page
from tightrope.quantities import DEFINITIONS, HEADLINES

TOY = Page("chapters/toy", Path("toy.ipynb"))
OTHER = Page("partners/microsoft", Path("partner.ipynb"), {"party": "microsoft"})


def text_of(book: Dealbook, folder: Path, stated: dict[Page, dict[str, Any]] | None = None) -> str:
    pages = stated or {}
    titles = {TOY: "Toys & more", OTHER: "Microsoft"}
    totals_page.write(pages, titles, book, quantities.of(book), folder)
    return (folder / f"{totals_page.PAGE}.md").read_text(encoding="utf-8")


def card(text: str, name: str) -> Tag:
    found = BeautifulSoup(text, "html.parser").find(id=name)
    assert isinstance(found, Tag)
    return found


def entry(card: Tag, label: str) -> Tag:
    (found,) = [dt.parent for dt in card.find_all("dt") if dt.get_text() == label]
    assert found is not None
    return found


def test_every_quantity_has_one_place(tiny: Dealbook, tmp_path: Path) -> None:
    text = text_of(tiny, tmp_path)
    assert [name for name in DEFINITIONS if text.count(f'id="{name}"') != 1] == []


def test_the_table_on_top_leads_to_the_eight(tiny: Dealbook, tmp_path: Path) -> None:
    table = BeautifulSoup(text_of(tiny, tmp_path), "html.parser").find("table")
    assert isinstance(table, Tag)
    assert [a["href"] for a in table.find_all("a")] == [f"#{name}" for name in HEADLINES]


def test_a_quantity_says_what_is_in_it_and_its_ends(tiny: Dealbook, tmp_path: Path) -> None:
    paid_in = card(text_of(tiny, tmp_path), "paid_in")
    assert "shares that have moved to OpenAI" in entry(paid_in, "In it").get_text()
    assert "what customers pay" in entry(paid_in, "Not in it").get_text()
    assert entry(paid_in, "Amount").get_text() == "Amount$9\N{NO-BREAK SPACE}bn at all three ends"
    wholes = [a["href"] for a in entry(paid_in, "Part of").find_all("a")]
    assert wholes == ["#to_come_in_signed", "#to_come_in"]


def test_it_names_the_pages_whose_text_uses_a_quantity_whole_or_in_part(
    tiny: Dealbook, tmp_path: Path
) -> None:
    stated = {
        TOY: {"paid_in": {}, "paid_in.stated": {}, "stake": {}},
        OTHER: {"paid_in:party.low": {}},
    }
    users = entry(card(text_of(tiny, tmp_path, stated), "paid_in"), "Used on")
    assert [(a["href"], a.get_text()) for a in users.find_all("a")] == [
        ("../chapters/toy.html", "Toys & more"),
        ("../partners/microsoft.html", "Microsoft"),
    ]


def test_what_no_text_uses_names_no_page(tiny: Dealbook, tmp_path: Path) -> None:
    assert "Used on" not in card(text_of(tiny, tmp_path), "paid_out").get_text()


def test_the_way_to_the_next_total_has_its_amount_and_payments(
    tiny: Dealbook, tmp_path: Path
) -> None:
    soup = BeautifulSoup(text_of(tiny, tmp_path), "html.parser")
    (step,) = [
        found
        for found in soup.select(".column")
        if [a["href"] for a in found.select("h3 a")] == ["#to_pay_signed", "#paid_out"]
    ]
    difference = entry(step, "Difference").get_text()
    assert "stated: $73\N{NO-BREAK SPACE}bn less" in difference
    assert "A cloud contract, compute" in entry(step, "Most of it").get_text()


def test_a_difference_of_shares_is_in_points() -> None:
    assert totals_page._apart(-0.163, "share") == "16.3 points less"
    assert totals_page._apart(float("nan"), "usd_bn") == "open"
    assert totals_page._apart(1e-15, "usd_bn") == "the same"


def test_a_payment_goes_by_its_deal_and_what_the_deal_does_not_say() -> None:
    assert totals_page._leg("Broadcom chips", "chips") == "Broadcom chips"
    assert totals_page._leg("A cloud contract", "compute") == "A cloud contract, compute"


def test_a_name_cannot_bring_in_markup(tiny: Dealbook, tmp_path: Path) -> None:
    deals = tiny.deals.assign(name="<b>A</b>")
    text = text_of(replace(tiny, deals=deals), tmp_path)
    assert "<b>" not in text
    assert "&lt;b&gt;A" in text


def test_the_opening_gives_three_true_answers_and_the_terms_of_what_is_signed(
    tiny: Dealbook, tmp_path: Path
) -> None:
    opening = text_of(tiny, tmp_path).split("\n\n")[1].replace("\N{NO-BREAK SPACE}", " ")
    assert "$73 bn by contract. It is known to have paid nothing." in opening
    assert "$73 bn on terms that are not public" in opening


@pytest.mark.parametrize("day", ["2020-01-10", "2021-06-30"])
def test_where_little_is_known_the_opening_has_no_sum_of_nothing(
    tiny: Dealbook, tmp_path: Path, day: str
) -> None:
    opening = text_of(tiny.as_of(day), tmp_path).split("\n\n")[1]
    assert "none known" not in opening
