"""The guide for instructors: plans by the minute, a project, the deal of the week.

It is one page of the instructor's pack and, as `book/reference/teaching.md`, one of the site, which
a test holds to the same plans. python -m tightrope.course.guide writes that page anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tightrope import paths, units
from tightrope.course.guide import plan
from tightrope.dealbook import Dealbook
from tightrope.templates import render

NAME, PROJECT = "key/guide.html", "sheets/project.html"
PAGE = "reference/teaching"
WHAT_IS_GRADED = (
    "Numeric answers on real data can be found on the public site, in its list of numbers and "
    "below its exercises. Do not grade them.",
    "Grade what no site holds: a worksheet with a seed of your own (`make worksheet SEED=7`), a "
    "copy of the data with errors planted by a seed (`make planted SEED=7`), and the argument: "
    "a claim that can be wrong, a row cited, a denominator, the other reading met.",
    "Of the audit lab, four errors are found by `make check-data`, which is no merit; four "
    "show only beside a source, and these count.",
    "A group’s own web is graded by three of its rows, drawn at random and read beside "
    "their sources.",
)
"""What can honestly be marked, as Markdown."""
NOT_TRIED = (
    "The plans were walked through from the pack alone: every file opened, every reading timed at "
    "200 words a minute, every lab run. That is no trial in class; no class has been taught by "
    "them yet, and minutes for talking are a guess."
)


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """The project by its path in a pack; with `key` the guide, of which students get no more."""
    del data  # the plans name no number of it
    made = {PROJECT: "project"} | ({NAME: "guide"} if key else {})
    return {path: page(book, template).encode() for path, template in made.items()}


def page(book: Dealbook, template: str) -> str:
    """The guide, or its project, as one HTML page, whose links lead to the files beside it."""
    foot = f"as known on {units.day(book.day.date())} · text and data: CC BY 4.0"
    return render(f"course/{template}.html", lang="en", foot=foot, **_told())


def of_site() -> str:
    """The same plans as the Markdown of the site's page, whose links lead to its pages."""
    return render("course/teaching.md", **_told())


def titles(toc: Path = paths.TOC) -> dict[str, str]:
    """The titles that `_toc.yml` gives, by page; a page without one has none here."""
    content = yaml.safe_load(toc.read_text(encoding="utf-8"))
    listed = [one for part in content["parts"] for one in part["chapters"]]
    return {one["file"]: one["title"] for one in listed if "title" in one}


def main() -> None:
    """Write the site's page into `book/`."""
    (paths.BOOK / f"{PAGE}.md").write_text(of_site(), encoding="utf-8")


def _told() -> dict[str, Any]:
    named = titles()
    return {
        "guide": plan.read(named),
        "titles": named,
        "graded": WHAT_IS_GRADED,
        "tried": NOT_TRIED,
    }
