"""A reader's own scenario, from their rows to the site."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import paths
from tightrope.publish import build, own_scenario, pages

from ..conftest import TINY
from .conftest import write_manuscript_with_scenarios

ROWS = "parameter,value,low,high,why,source_id\nrevenue_growth,0.9,0.5,1.2,A good year.,paper\n"


@dataclass(frozen=True)
class Built:
    """A site, and what its build said."""

    site: Path
    said: str


def built(folder: Path) -> Built:
    """The toy book with the scenario `my`, built in this folder; `growth-halves` has no page."""
    manuscript = write_manuscript_with_scenarios(folder / "manuscript")
    rows, out = folder / "my.csv", folder / "out"
    rows.write_text(ROWS)
    arguments = ["--data", str(TINY), "--out", str(out), "--jobs", "1"]
    with redirect_stdout(StringIO()) as said:
        assert build.main([*arguments, "--scenario", "my", "--rows", str(rows)], manuscript) == 0
    return Built(out / "site", said.getvalue())


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("one"))


@pytest.fixture
def site(one: Built) -> Path:
    return one.site


def element(file: Path, selector: str) -> Tag:
    """The one element of a page that the selector finds."""
    (found,) = BeautifulSoup(file.read_text(), "html.parser").select(selector)
    return found


@pytest.mark.parametrize(("scenario", "amount"), [("my", 76), ("as-planned", 60)])
def test_each_scenario_is_a_page_with_its_own_numbers(
    site: Path, scenario: str, amount: int
) -> None:
    # By hand: 40 in the first year; 0.9 more in the second, or half of it in the base.
    fact = element(site / "scenarios" / f"{scenario}.html", "a.fact")
    assert fact.get_text() == f"${amount}\N{NO-BREAK SPACE}bn"


def test_a_number_of_the_scenario_leads_to_the_facts_page_and_from_there_to_its_row(
    site: Path,
) -> None:
    page, facts = site / "scenarios" / "my.html", site / "reference/facts/all-scenarios.html"
    assert (
        element(page, "a.fact")["href"]
        == "../reference/facts/all-scenarios.html#scenarios-my.second"
    )
    led = [link["href"] for link in element(facts, "[id='scenarios-my.second']").select("a")]
    assert led == ["../../scenarios/my.html#revenue_growth", "../sources/press.html#paper"]
    assert element(page, "#revenue_growth")


def test_every_page_announces_that_a_scenario_of_the_reader_is_in_it(site: Path) -> None:
    for page in ("index.html", "chapters/toy.html", "scenarios/my.html"):
        assert "with a scenario of your own, my." in (site / page).read_text()


@pytest.mark.matrix
def test_two_builds_in_two_places_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    def bytes_of(site: Path) -> dict[str, bytes]:
        """The files; a downloaded notebook says where the data with the scenario is."""
        place = str(site.parent).encode()
        return {
            str(path.relative_to(site)): path.read_bytes().replace(place, b"OUT")
            for path in sorted(site.rglob("*"))
            if path.is_file()
        }

    assert bytes_of(built(tmp_path / "two" / "deeper").site) == bytes_of(site)


def test_a_scenario_without_a_page_is_said_with_the_line_that_makes_one(one: Built) -> None:
    line = 'no page for the scenario "growth-halves"; add the line - file: scenarios/growth-halves'
    assert line in one.said
    assert 'no page for the scenario "as-planned"' not in one.said


def examples() -> dict[str, str]:
    """Rows for a scenario that pages offer to copy: in fenced blocks that begin with the header."""
    texts = {page: page.read_text(encoding="utf-8") for page in paths.BOOK.rglob("*.md")}
    for notebook in paths.NOTEBOOKS.glob("*.ipynb"):
        cells = nbformat.read(notebook, as_version=4).cells
        texts[notebook] = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    return {
        f"{page.stem}-{n}": rows
        for page, text in sorted(texts.items())
        for n, rows in enumerate(re.findall(r"(?ms)^```text\n(parameter,value,.+?)^```", text))
        if rows.count("\n") > 1
    }


def test_the_rebuild_page_and_the_comparison_offer_rows_to_copy() -> None:
    assert {"rebuild-0", "scenarios-0"} <= set(examples())


@pytest.mark.parametrize("example", examples())
def test_rows_that_a_page_offers_pass_every_check(example: str, tmp_path: Path) -> None:
    rows = tmp_path / "my.csv"
    rows.write_text(examples()[example], encoding="utf-8")
    own_scenario.add("my", rows, paths.DATA, pages.OURS, tmp_path / "out")
