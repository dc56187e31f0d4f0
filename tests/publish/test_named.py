"""Quantities named in a page's text: whose they are, which end, and what a wrong name says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish.assemble import AssemblyError, assemble
from tightrope.publish.named import Marker, Named, hint, marker
from tightrope.publish.pages import Manuscript
from tightrope.publish.run import Edition

from ..conftest import TINY
from .conftest import PARAMETERS, Cells, code, markdown

DOSSIER = {"party": "microsoft"}


def fact(book: Dealbook, key: str, **parameters: object) -> dict[str, Any]:
    return Named(book).facts([key], parameters)[key]


def words(book: Dealbook, key: str, **parameters: object) -> str:
    return str(fact(book, key, **parameters)["written"]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("key", "taken_apart"),
    [
        ("paid_in", ("paid_in", "", "")),
        ("paid_in.stated", ("paid_in", "", "stated")),
        ("paid_in:sb-energy", ("paid_in", "sb-energy", "")),
        ("paid_in:party.low", ("paid_in", "party", "low")),
        ("gap.range", ("gap", "", "range")),
    ],
)
def test_a_marker_names_a_quantity_a_partner_and_an_end(
    key: str, taken_apart: tuple[str, str, str]
) -> None:
    assert marker(key) == Marker(*taken_apart)


@pytest.mark.parametrize("key", ["stake", "paid-in", "paid_in.middle", "paid_in:", "payed_in", ""])
def test_what_names_no_quantity_is_no_marker_of_one(key: str) -> None:
    assert marker(key) is None


def test_a_key_that_names_none_is_left_to_the_page(tiny: Dealbook) -> None:
    assert set(Named(tiny).facts(["stake", "paid_in"], {})) == {"paid_in"}


def test_a_quantity_is_written_as_its_range_or_as_the_end_that_is_asked_for(
    referee_book: Dealbook,
) -> None:
    # The referee: 140.92 and 171.92.
    assert words(referee_book, "paid_in") == "$141–172 bn"
    assert words(referee_book, "paid_in.low") == "$141 bn"
    assert words(referee_book, "paid_in.stated") == "$141 bn"
    assert words(referee_book, "paid_in.high") == "$172 bn"


def test_an_end_that_nothing_bounds_says_so(referee_book: Dealbook) -> None:
    assert words(referee_book, "to_pay.high") == "no upper end"
    assert fact(referee_book, "to_pay.high")["high"] is None


def test_a_partner_has_its_own_part(tiny: Dealbook) -> None:
    assert words(tiny, "to_pay:microsoft") == "$73 bn"
    assert words(tiny, "to_pay:nvidia") == "none known"
    assert "with Microsoft alone" in fact(tiny, "to_pay:microsoft")["how"]


def test_party_is_the_one_that_the_dossier_is_about(tiny: Dealbook) -> None:
    assert fact(tiny, "paid_in:party", **DOSSIER)["rows"] == ("legs/stake-cash",)
    assert words(tiny, "paid_in:party", **DOSSIER) == "$9 bn"


def test_a_fact_has_the_key_of_its_marker_its_ends_rows_and_definition(tiny: Dealbook) -> None:
    stated = fact(tiny, "paid_in.stated")
    assert stated["key"] == "paid_in.stated"
    assert (stated["low"], stated["value"], stated["high"]) == (9, 9, 9)
    assert stated["rows"] == ("legs/stake-cash",)
    assert "without loans and guarantees; what customers pay" in stated["how"]


def test_facts_come_in_the_order_of_the_text_in_every_run(tiny: Dealbook) -> None:
    # Of a dozen keys a set would have to hit one order of 479 million.
    keys = [
        f"{name}.{end}"
        for name in ("to_pay", "paid_out", "paid_in", "to_come_in")
        for end in ("stated", "high", "low")
    ]
    text = " ".join(f"[[{key}]]" for key in keys)
    notebook = nbformat.v4.new_notebook(cells=[markdown(text)])
    assert list(Named(tiny).all_facts(notebook, {})) == keys


def test_an_unknown_partner_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="must be one of parties"):
        Named(tiny).facts(["paid_in:nobody"], {})


def test_quantities_asked_for_twice_are_the_same(tiny: Dealbook) -> None:
    named = Named(tiny)
    assert named.quantities() is named.quantities()
    assert named.quantities() is not named.quantities(partner="microsoft")


@pytest.mark.parametrize("key", ["payed_in", "payed-in", "paid_im:microsoft.low"])
def test_a_name_that_comes_near_gets_a_hint(key: str) -> None:
    assert hint(key).startswith("; quantities with such a name: paid_in")


def test_a_name_that_comes_near_nothing_gets_none() -> None:
    assert hint("stake") == ""


@pytest.fixture
def shown(
    manuscript: Callable[[Cells], Manuscript], tiny: Dealbook, tmp_path: Path
) -> Callable[[str], str]:
    """The text that a page makes of this text; its notebook has no cell that states anything."""

    def build(text: str) -> str:
        of = manuscript([markdown("# Toy"), code(PARAMETERS, "parameters"), markdown(text)])
        out = tmp_path / "out"
        shutil.copytree(of.notebooks, out / "executed" / "chapters")
        assemble(of, tiny, Edition(str(TINY), "", "announced"), out)
        page = nbformat.read(out / "source" / "chapters" / "toy.ipynb", as_version=4)
        return "\n".join(cell.source for cell in page.cells).replace("\N{NO-BREAK SPACE}", " ")

    return build


def test_a_page_writes_a_marker_as_a_link_to_its_row(shown: Callable[[str], str]) -> None:
    text = shown("Paid in: [[paid_in]], by Microsoft [[=paid_in:microsoft.stated]].")
    assert '<a class="fact" href="../reference/facts/toy.html#toy.paid_in">$9 bn</a>' in text
    assert "by Microsoft $9 bn." in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[payed_in]]",
            r"\[\[payed_in\]\] is used but not stated; quantities with such a name: paid_in",
        ),
        ("[[stake]]", r"\[\[stake\]\] is used but not stated$"),
        ("[[paid_in.middle]]", r"\[\[paid_in.middle\]\] is used but not stated"),
        ("[[paid_in:nobody]]", 'party must be one of parties.csv, not "nobody"'),
        ("[[paid_in:party]]", "the page is a dossier of no party; name one"),
    ],
)
def test_a_page_with_a_wrong_marker_is_not_made(
    shown: Callable[[str], str], text: str, message: str
) -> None:
    with pytest.raises(AssemblyError, match=message):
        shown(text)
