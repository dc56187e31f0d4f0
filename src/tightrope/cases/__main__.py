"""`python -m tightrope.cases`: build a book about any web, from a data package or a table.

python -m tightrope.cases --data DIR [--focal PARTY] --out DIR
python -m tightrope.cases --flows TABLE --focal PARTY --out DIR
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tightrope import dealbook, flat, paths
from tightrope.cases import carries, focus, manuscript
from tightrope.descriptor import describe
from tightrope.findings import DataError
from tightrope.publish import build, lock, own_scenario, standing
from tightrope.publish.command import whole
from tightrope.publish.edition import Edition
from tightrope.publish.kept import Kept
from tightrope.publish.kernels import use_warm_kernels
from tightrope.publish.package import published

_OPTIONS = (
    "options are given where the table becomes a package, before the book is built from it:\n"
    "python -m tightrope.flat {table} --focal=PARTY --out=FOLDER --unit=usd_m --rate=EUR=1.08 "
    "--sure\nmake case DATA=FOLDER"
)


def make(
    data: str,
    focal: str,
    edition: Edition,
    out: Path,
    jobs: int,
    scenario: str = "",
    rows: str = "",
) -> None:
    """Build the case of the package `data` around `focal` into `out`/site, unless it stands.

    "" is the party that the package names. `edition` has the day and the layer; `scenario` is a
    name for the assumptions of the reader's file `rows`. Raises as `build.build`,
    `focus.seen_from` and `own_scenario.joined` do, and ValueError where there is no plan to change.
    """
    with lock.alone(out):
        asked = paths.package(data)
        build.rows_without_fault(asked, Kept(out / "kept"))
        package = focus.seen_from(asked, focal, out / "data")
        if scenario:
            package = with_scenario(package, scenario, Path(rows), out / "scenario")
        book = edition.check(dealbook.load(package))
        pages = carries.of(book)
        written = manuscript.write(book, describe(package), pages, out / "manuscript")
        chosen = Edition(str(package), edition.as_of, edition.layer)
        key = standing.key((str(package), edition.as_of, edition.layer), package, written)
        if standing.is_current(out, key):
            print(f"nothing to do: {out / 'site' / 'index.html'} is up to date")
            return
        print(carries.said(pages), flush=True)
        # The server of kernels reads the book while this process goes on.
        use_warm_kernels(published(str(package)), edition.as_of)
        build.build(chosen, out, jobs, written, scenario, key=key)


def with_scenario(package: Path, name: str, rows: Path, out: Path) -> Path:
    """A copy of the package in `out` with the reader's scenario; raises as `make` does."""
    if why := carries.no_plan(dealbook.load(package)):
        raise ValueError(f"NAME: there is nothing that a scenario could change: {why}")
    return own_scenario.joined(name, rows, package, out)


def from_table(table: Path, focal: str, out: Path) -> str:
    """The data package that a table of payments becomes, in `out`/package; prints how it was read.

    Raises ValueError without a party in the middle, and as `flat.package` does.
    """
    if not focal:
        raise ValueError("FOCAL: name the party in the middle of the table, by name or id")
    try:
        written = flat.package(table, focal, out / "package")
    except DataError as error:
        if not any("the option" in finding.message for finding in error.findings):
            raise
        raise ValueError(f"{error}\n\n{_OPTIONS.format(table=table)}") from None
    for given, read_as in written.columns:
        print(f"{table.name}: {given}: {f'read as {read_as}' if read_as else 'not used'}")
    print(f"{written.folder}: {len(written.assumed)} assumptions, listed in ASSUMED.md", flush=True)
    return str(written.folder)


def main(arguments: list[str]) -> int:
    """Build what the arguments ask for; 0 if the site stands, 1 with the reason if not."""
    parser = argparse.ArgumentParser(prog="make case", description="Build a book about any web.")
    parser.add_argument("--data", default="", help="folder of the data package")
    parser.add_argument("--flows", default="", help="a table of payments, .csv or .xlsx")
    parser.add_argument("--focal", default="", help="the party in the middle, by id or name")
    parser.add_argument("--as-of", default="", help="day whose knowledge counts, YYYY-MM-DD")
    parser.add_argument("--layer", default="announced", help="announced, binding or paid")
    parser.add_argument("--out", type=Path, required=True, help="folder of this case")
    parser.add_argument("--jobs", default="", help="how many notebooks run side by side")
    parser.add_argument("--scenario", default="", help="name of a scenario of your own")
    parser.add_argument("--rows", default="", help="CSV file with what that scenario changes")
    chosen = parser.parse_args(arguments)

    def work() -> None:
        jobs = whole("JOBS", chosen.jobs, 1, 1000) if chosen.jobs else 2 * (os.cpu_count() or 1)
        edition = Edition("", chosen.as_of, chosen.layer)
        data, focal = chosen.data, chosen.focal
        if chosen.flows:
            data, focal = from_table(Path(chosen.flows), focal, chosen.out), ""
        if bool(chosen.scenario) != bool(chosen.rows):
            raise ValueError(
                "a scenario needs its name and the file with its rows: NAME= and ROWS="
            )
        make(data, focal, edition, chosen.out, jobs, chosen.scenario, chosen.rows)

    return build.status_of(work)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
