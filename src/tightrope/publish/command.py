"""What `make book` and `make scenario` are asked for. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tightrope import paths
from tightrope.publish import due, standing
from tightrope.publish.edition import Edition
from tightrope.publish.kept import Kept
from tightrope.publish.pages import OURS, Manuscript, to_run


@dataclass(frozen=True)
class Command:
    """One call: the choices of the reader as they were given, and where the edition goes."""

    data: str
    as_of: str
    layer: str
    out: Path
    jobs: int
    scenario: str = ""
    rows: str = ""
    solutions: str = ""

    @property
    def has_solutions(self) -> bool:
        """Whether the exercises have their solutions."""
        return not self.solutions

    @property
    def package(self) -> Path:
        """The folder of the data package."""
        return paths.package(self.data)

    def key(self, manuscript: Manuscript = OURS) -> str:
        """One word for all that this build reads."""
        choices = (self.data, self.as_of, self.layer, self.scenario, self.solutions)
        return standing.key(choices, self.package, manuscript, self.rows)

    def nothing_to_do(self, key: str) -> str:
        """A line that says so, if the site that stands was built from this `key`; else ""."""
        if not standing.is_current(self.out, key):
            return ""
        return f"nothing to do: {self.out / 'site' / 'index.html'} is up to date"

    def may_run_pages(self, manuscript: Manuscript = OURS) -> bool:
        """Whether a page of the book may have to be run; False only where that is sure."""
        if self.data or self.scenario:
            return True
        edition = Edition("", self.as_of, self.layer, self.has_solutions)
        reached = Kept(self.out / "kept").reached
        try:
            pages = to_run(manuscript)
            if not all(due.mark_of(page, self.out / "executed").is_file() for page in pages):
                return True  # with nothing to go on from, what they depend on need not be read yet
            wanted = due.keys(pages, edition, manuscript.toc, reached=reached)
        except (OSError, ValueError):
            return True
        return not all(due.has_run(page, wanted[page], self.out / "executed") for page in pages)


def read(arguments: Sequence[str]) -> Command:
    """What the arguments ask for; raises ValueError for a value that is none.

    Whether there is such a day or layer only the data can tell.
    """
    parser = argparse.ArgumentParser(prog="make book", description="Build the book.")
    parser.add_argument("--data", default="", help="folder of another data package")
    parser.add_argument("--as-of", default="", help="day whose knowledge counts, YYYY-MM-DD")
    parser.add_argument("--layer", default="announced", help="announced, binding or paid")
    parser.add_argument("--out", type=Path, required=True, help="folder of this edition")
    parser.add_argument("--jobs", default="", help="how many notebooks run side by side")
    parser.add_argument("--scenario", default="", help="name of a scenario of your own")
    parser.add_argument("--rows", default="", help="CSV file with what that scenario changes")
    parser.add_argument("--solutions", default="", help="none: exercises without solutions")
    chosen = parser.parse_args(arguments)
    if chosen.solutions not in ("", "none"):
        raise ValueError(f'SOLUTIONS must be none, or left out, not "{chosen.solutions}"')
    jobs = whole("JOBS", chosen.jobs, 1, 1000) if chosen.jobs else 2 * (os.cpu_count() or 1)
    if chosen.scenario:
        check_name(chosen.scenario)
    return Command(**vars(chosen) | {"jobs": jobs})


def whole(name: str, text: str, least: int, most: int) -> int:
    """The whole number that `text` is; raises ValueError that names the bounds if it is none."""
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise ValueError(f'{name} must be a whole number from {least} to {most}, not "{text}"')
    return int(text)


def check_name(name: str) -> None:
    """Raise ValueError for a name that no scenario can have: it becomes the name of a page."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 100:
        raise ValueError(
            f'NAME must be a lower-case word, with hyphens where there are more, not "{name}"'
        )
