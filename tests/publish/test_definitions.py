"""The definitions under the methods: every quantity once, variants folded under their headline."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tightrope.dealbook import Dealbook
from tightrope.environment import TOC
from tightrope.publish.definitions import ANCHOR, Definitions
from tightrope.quantities import DEFINITIONS, HEADLINES


@pytest.fixture
def soup(tiny: Dealbook) -> BeautifulSoup:
    return BeautifulSoup(Definitions(tiny).html, "html.parser")


def test_every_quantity_is_defined_once_under_its_own_anchor(soup: BeautifulSoup) -> None:
    ids = [str(card["id"]) for card in soup.select(".column")]
    assert sorted(ids) == sorted(f"{ANCHOR}{name}" for name in DEFINITIONS)


def test_the_eight_headlines_stand_open_and_all_else_is_folded(soup: BeautifulSoup) -> None:
    folded = {str(card["id"]) for card in soup.select("details .column")}
    opened = {f"{ANCHOR}{name}" for name in DEFINITIONS} - folded
    assert opened == {f"{ANCHOR}{name}" for name in HEADLINES}


def test_a_definition_names_the_party_and_leads_to_its_amount(soup: BeautifulSoup) -> None:
    (card,) = soup.select(f"#{ANCHOR}paid_in")
    assert "What partners are known to have paid OpenAI, since the first deal." in card.get_text()
    assert "{focal}" not in soup.get_text()
    links = [a["href"] for a in card.select("a")]
    assert "why-the-totals-differ.html#paid_in" in links
    assert f"#{ANCHOR}to_come_in" in links


def test_a_book_without_the_page_of_totals_has_no_link_to_it(
    tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text("format: jb-book\nroot: index\n")
    monkeypatch.setenv(TOC, str(toc))
    assert "why-the-totals-differ" not in Definitions(tiny).html
