"""Build the book: check the data, run the notebooks, assemble the source, make the site."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import escape
from pathlib import Path

from tightrope import dealbook, paths, units
from tightrope.csvpackage import read_all
from tightrope.publish import assemble, own_scenario, pages, run, site
from tightrope.publish.package import published
from tightrope.validation import check


def build(
    edition: run.Edition,
    out: Path,
    jobs: int,
    manuscript: pages.Manuscript = pages.OURS,
    added: str = "",
) -> None:
    """Build `edition` into `out`/site; raises with a clear message and leaves the last good site.

    `added` names the scenario that a reader added to the data of the edition.

    Raises FileNotFoundError, `dealbook.DataError`, ValueError (a bad day or layer),
    `pages.TocError`, `run.RunError`, `assemble.AssemblyError` or `site.SiteError`.
    """
    begun = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - begun:5.1f} s  {line}", flush=True)

    site.recover(out / "site")
    data = paths.package(edition.data)
    findings = check(data)
    if findings:
        raise dealbook.DataError(findings)
    whole = dealbook.load(data)
    book = edition.check(whole)
    announcement = _announcement(edition, book, added)
    edition = replace(edition, data=published(edition.data))
    report(f"data: {sum(len(t.rows) for t in read_all(data).values())} rows, nothing wrong")
    with ThreadPoolExecutor(1) as aside:
        # It mostly waits for its engine, so it costs nothing beside the notebooks.
        vega = aside.submit(site.vega_bundle, out / "baked")
        run.run_all(pages.to_run(manuscript), edition, whole, out / "executed", jobs, report)
    assemble.assemble(manuscript, out / "executed", book, edition, out)
    report("pages: numbers, figures and downloads in place")
    site.build(out / "source", out / "beside", out / "site", vega.result(), announcement)
    report(f"site: {out / 'site' / 'index.html'}")


def _announcement(edition: run.Edition, book: dealbook.Dealbook, added: str) -> str:
    """What an edition that is not the book's own says above every page."""
    if edition.is_default:
        return ""
    parts = [f"A special edition: the world as known on {units.day(book.day.date())}"]
    if edition.layer != "announced":
        parts.append(f"{edition.layer} amounts only")
    if added:
        parts.append(f"with a scenario of your own, {escape(added)}")
    elif edition.data:
        parts.append(f"data from {escape(paths.package(edition.data).resolve().name)}")
    return ", ".join(parts) + ". The sentences were written for the newest edition."


def main(arguments: list[str], manuscript: pages.Manuscript = pages.OURS) -> int:
    """Build the edition that the arguments name; 0 if the site stands, 1 with the reason if not."""
    parser = argparse.ArgumentParser(prog="make book", description="Build the book.")
    parser.add_argument("--data", default="", help="folder of another data package")
    parser.add_argument("--as-of", default="", help="day whose knowledge counts, YYYY-MM-DD")
    parser.add_argument("--layer", default="announced", help=", ".join(dealbook.LAYERS))
    parser.add_argument("--out", type=Path, required=True, help="folder of this edition")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1))
    parser.add_argument("--scenario", default="", help="name of a scenario of your own")
    parser.add_argument("--rows", default="", help="CSV file with what that scenario changes")
    chosen = parser.parse_args(arguments)
    data = chosen.data
    try:
        if chosen.scenario:
            source = Path(data) if data else paths.DATA
            package, manuscript = own_scenario.add(
                chosen.scenario, Path(chosen.rows), source, manuscript, chosen.out
            )
            data = str(package)
        edition = run.Edition(data, chosen.as_of, chosen.layer)
        build(edition, chosen.out, chosen.jobs, manuscript, chosen.scenario)
    except KeyboardInterrupt:
        print("\ninterrupted; the last good site stays as it was", file=sys.stderr)
        return 130
    except (OSError, ValueError, run.RunError, site.SiteError) as error:
        print(f"{error}\n\nnot built; the last good site stays as it was", file=sys.stderr)
        return 1
    return 0
