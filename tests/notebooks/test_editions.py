"""Every page runs for other days and layers, not only as the book prints it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from tightrope import dealbook, paths
from tightrope.publish import assemble, download, named, page, pages, run
from tightrope.publish.host import Host
from tightrope.publish.imprint import Imprint
from tightrope.publish.literature import Literature

from ..conftest import in_stock_jupyter

EDITIONS = [
    run.Edition(as_of="2019-01-01"),  # before OpenAI's first deal
    *(
        pytest.param(edition, marks=pytest.mark.matrix)
        for edition in (
            run.Edition(layer="paid"),
            run.Edition(as_of="2025-10-31"),
            run.Edition(as_of="2022-12-31"),
            run.Edition(layer="binding"),
        )
    ),
]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.as_of or edition.layer)
def test_all_pages_run_and_their_facts_match(
    edition: run.Edition, book: dealbook.Dealbook, tmp_path: Path
) -> None:
    everything = pages.to_run(pages.OURS)
    out = tmp_path / "out"
    run.run_all(everything, edition, book, out / "executed", 4, print)
    assemble.assemble(pages.OURS, edition.check(book), edition, out)
    assert (out / "beside" / "facts.json").is_file()


@pytest.mark.parametrize("one", ["chapters/core-deal", "partners/oracle"])
def test_a_downloaded_notebook_runs_in_stock_jupyter(one: str, tmp_path: Path) -> None:
    built = paths.ROOT / "_build" / "book" / "site" / "notebooks" / f"{one}.ipynb"
    pictures = [
        output
        for cell in in_stock_jupyter(built, tmp_path).cells
        for output in cell.get("outputs", [])
        if "<svg" in output.get("data", {}).get("text/html", "")
    ]
    assert pictures, "figures draw themselves without the build"


def test_the_runway_of_an_earlier_day_runs_as_a_download(
    book: dealbook.Dealbook, host: Host, tmp_path: Path
) -> None:
    """Its later cells need what a cell defines that this edition does not show."""
    (runway,) = (one for one in pages.to_run(pages.OURS) if one.id == "chapters/runway")
    edition = run.Edition(as_of="2025-10-31")
    ran = run.run_page(runway, edition, book, host)
    known = edition.check(book)
    stated = named.Named(known).all_facts(ran, runway.parameters)
    hidden = len(ran.cells) - len(page.as_known(ran, stated, known).cells)
    assert hidden > 0
    taking = download.Download(Imprint.of(pages.OURS), Literature.of(pages.OURS))
    taken = tmp_path / "runway.ipynb"
    nbformat.write(taking.notebook(ran, runway, stated, known, edition), taken)
    (tmp_path / "fresh").mkdir()
    in_stock_jupyter(taken, tmp_path / "fresh")
