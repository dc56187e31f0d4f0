"""One executed notebook as a notebook to take away, to run the page and to change it.

It says what it needs, shows what the page shows and folds the rest, and keeps solutions for last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tightrope import units
from tightrope.dealbook import Dealbook
from tightrope.publish import exercised, facts, page
from tightrope.publish.edition import Edition
from tightrope.publish.imprint import Imprint
from tightrope.publish.literature import Literature
from tightrope.publish.page import Content
from tightrope.publish.pages import Page
from tightrope.publish.plain import Place, cited, headings, plain

_OPEN = {"parameters", "show"}
"""Tags of code that a reader is to see: what can be changed, and what can be learnt."""
_LINKS = " Its links lead to pages of the site, and work from its place in the site's folder."
_EXERCISE = re.compile(r"^\*\*(\d+)\.\*\*", re.M)


@dataclass(frozen=True)
class Download:
    """Makes the notebooks to take away of one book."""

    imprint: Imprint
    literature: Literature

    def notebook(
        self,
        ran: Any,
        one: Page,
        stated: Mapping[str, Content],
        book: Dealbook,
        edition: Edition,
    ) -> Any:
        """The notebook of a page: numbers in its text, no outputs, its tags, its code folded.

        Text that this edition does not show is not there either. Code stays, as the whole
        notebook was run: a later cell may need what it defines.
        """
        texts = {
            number: facts.fill(cell.source, dict(stated), None)
            for number, cell in enumerate(ran.cells)
            if cell.cell_type == "markdown"
            and page.is_shown(cell, stated, book)
            and not exercised.is_quiz(cell)
        }
        place = Place(one.id, self._root(one), headings(texts.values()))
        works = cited(texts.values())
        title = page.title_of(ran, stated)
        cells = [page.cell_of("markdown", self._opening(title, one, place, book, edition))]
        for number, cell in enumerate(ran.cells):
            if number in texts:
                text = texts[number].removeprefix(f"# {title}")
                shown = plain(text, place, self.literature, works)
                cells += [_text(shown, cell)] if shown else []
            elif cell.cell_type == "code":
                cells.append(_code(cell))
        return page.notebook_of(_solutions_last(cells), ran.metadata)

    def _root(self, one: Page) -> str:
        """The way to the site's root; without an address, from the notebook's folder in it."""
        return f"{self.imprint.site}/" if self.imprint.site else f"../{one.root}"

    def _opening(
        self, title: str, one: Page, place: Place, book: Dealbook, edition: Edition
    ) -> str:
        day = units.day(book.day.date())
        where = f" from {self.imprint.repository}" if self.imprint.repository else ""
        links = "" if self.imprint.site else _LINKS
        data = " Its data are those that the parameter `data` names." if edition.data else ""
        paragraphs = (
            f"# {title}",
            f"*The sums in the sentences are those of {day} and do not change when you change a "
            "parameter; run all cells and compare the figures and tables.*",
            "**What this notebook needs.** Jupyter alone cannot run it: it needs the project's "
            f"Python package, `tightrope`, and its data. Get a copy of the project{where}. In its "
            "folder, `make book` sets up its environment `.venv`; then "
            "`.venv/bin/pip install jupyterlab` and `.venv/bin/jupyter lab` open this notebook.",
            f"**Where it comes from.** The page [{one.id}](#) of "
            f"*{self.imprint.book}*. {page.ran_with(one, book, edition)}.{data}{links}",
            "**How to read it.** Code that the page does not show is folded; a click on "
            "its three dots opens it. The first code cell holds the parameters.",
        )
        return plain("\n\n".join(paragraphs), place, self.literature)


def _text(source: str, cell: Any) -> Any:
    return page.cell_of("markdown", source, metadata=_tags(cell))


def _code(cell: Any) -> Any:
    tags = set(cell.metadata.get("tags", []))
    folded = "solution" in tags or not tags & _OPEN
    metadata = _tags(cell) | ({"jupyter": {"source_hidden": True}} if folded else {})
    return page.cell_of("code", cell.source, metadata=metadata, execution_count=None, outputs=[])


def _tags(cell: Any) -> dict[str, Any]:
    tags = list(cell.metadata.get("tags", []))
    return {"tags": tags} if tags else {}


def _solutions_last(cells: list[Any]) -> list[Any]:
    """The cells with those tagged `solution` at the end, each under the number of its exercise."""
    rest, solutions, exercise, named = [], [], "", ""
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if "solution" not in tags or "plumbing" in tags:
            rest.append(cell)
            exercise = next(reversed(_EXERCISE.findall(cell.source)), exercise)
            continue
        if exercise != named:
            solutions.append(page.cell_of("markdown", f"### Solution {exercise}"))
            named = exercise
        solutions.append(cell)
    if solutions:
        solutions.insert(0, page.cell_of("markdown", "## Solutions"))
    return rest + solutions
