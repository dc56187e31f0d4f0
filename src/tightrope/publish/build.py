"""Build the book: check the data, run the notebooks, assemble the source, make the site."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from html import escape
from pathlib import Path
from subprocess import Popen

from tightrope import dealbook, paths, scenarios, units
from tightrope.publish import (
    ahead,
    assemble,
    command,
    commit,
    lock,
    pages,
    run,
    site,
    standing,
    totals_page,
)
from tightrope.publish.files import digest, recover
from tightrope.publish.frame import Frame
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept, key_of, of_data
from tightrope.publish.package import published

CHECK = "import tightrope.validation"
"""What the check runs: this, and the modules of the project that it reaches."""


def build(
    edition: run.Edition,
    out: Path,
    jobs: int,
    manuscript: pages.Manuscript = pages.OURS,
    added: str = "",
    key: str = "",
    early: Popen[str] | None = None,
) -> None:
    """Build `edition` into `out`/site; raises with a clear message and leaves the last good site.

    `added` names the scenario that a reader added to the data of the edition; `key` stands for all
    that the build reads, and is kept beside the site. `early` is the process of
    `site.jupyter_book`, if it was started before.

    Raises FileNotFoundError, `dealbook.DataError`, ValueError (a bad day or layer),
    `imprint.SettingError`, `pages.TocError`, `run.RunError`, `making.AssemblyError` or
    `site.SiteError`.
    """
    begun = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - begun:5.1f} s  {line}", flush=True)

    recover(out / "site")
    imprint = Imprint.of(manuscript)
    data = paths.package(edition.data)
    kept = Kept(out / "kept")
    rows = rows_without_fault(data, kept)
    whole = dealbook.load(data)
    book = edition.check(whole)
    frame = Frame.around(
        book,
        edition,
        imprint,
        _announcement(edition, book, added, manuscript),
        commit.of(paths.ROOT),
    )
    edition = replace(edition, data=published(edition.data))
    report(f"data: {rows} rows, nothing wrong")
    if imprint.left_out:
        report(f"{manuscript.config.name}: {imprint.left_out}")
    for scenario in _without_page(whole, manuscript.toc):
        report(
            f'{manuscript.toc.name}: no page for the scenario "{scenario}"; '
            f"add the line - file: scenarios/{scenario}"
        )
    started = nullcontext(early) if early else site.jupyter_book(out)
    with started as waiting, ThreadPoolExecutor(1) as aside:
        # While other processes run notebooks this one has time; without any due, it is kept.
        if not early and totals_page.PAGE in pages.listed(manuscript.toc):
            aside.submit(totals_page.compute, book)
        with ahead.assembling(manuscript, edition, out) as ran:
            run.run_all(
                pages.to_run(manuscript),
                edition,
                whole,
                out / "executed",
                jobs,
                report,
                manuscript.toc,
                kept.reached,
                ran,
            )
        assemble.assemble(manuscript, book, edition, out, kept)
        report("pages: numbers, figures and downloads in place")
        standing.forget(out)
        site.build(waiting, out, frame)
    standing.keep(out, key)
    report(f"site: {out / 'site' / 'index.html'}")


def rows_without_fault(data: Path, kept: Kept) -> int:
    """The number of rows of a data package that the check finds nothing wrong with.

    What it did not find in these data it does not look for again. Raises `dealbook.DataError`.
    """
    src = paths.ROOT / "src"
    checks = digest([paths.ROOT / "requirements.lock", *kept.reached([CHECK], src)])
    try:
        key = key_of(checks, of_data(data))
    except (OSError, ValueError):
        key = ""  # what cannot be read is a finding, or raises
    if key and (found := kept.get("check", key)):
        return int(found)
    from tightrope.validation import checked  # slow to import, and needed for new data only

    findings, rows = checked(data)
    if findings:
        raise dealbook.DataError(findings)
    if key:
        kept.put("check", key, rows)
    return rows


def _without_page(book: dealbook.Dealbook, toc: Path) -> list[str]:
    """The scenarios of the data that the list of pages leaves out; their names get no links."""
    there = pages.listed(toc)
    has_any = any(page.startswith("scenarios/") for page in there)
    return [one for one in scenarios.ids(book) if has_any and f"scenarios/{one}" not in there]


def _announcement(
    edition: run.Edition, book: dealbook.Dealbook, added: str, manuscript: pages.Manuscript
) -> str:
    """What an edition that is not the book's own says above every page."""
    is_newest = edition.as_of == "" and edition.layer == "announced" and edition.solutions
    if edition.is_default or (manuscript.is_case and is_newest):
        return ""
    parts = [f"A special edition: the world as known on {units.day(book.day.date())}"]
    if edition.layer != "announced":
        parts.append(f"{edition.layer} amounts only")
    if added:
        parts.append(f"with a scenario of your own, {escape(added)}")
    elif edition.data and not manuscript.is_case:
        parts.append(f"data from {escape(paths.package(edition.data).resolve().name)}")
    if not edition.solutions:
        parts.append("without the solutions of its exercises")
    if manuscript.is_case:
        return ", ".join(parts) + "."
    return ", ".join(parts) + ". The sentences were written for the newest edition."


def main(
    arguments: list[str],
    manuscript: pages.Manuscript = pages.OURS,
    early: Popen[str] | None = None,
) -> int:
    """Build the edition that the arguments name; 0 if the site stands, 1 with the reason if not.

    `early` is as for `build`.
    """

    def work() -> None:
        asked = command.read(arguments)
        key = asked.key(manuscript)
        if said := asked.nothing_to_do(key):
            print(said)
            return
        with lock.alone(asked.out):
            data, made = asked.data, manuscript
            if asked.scenario:
                # Slow to import, and needed only here.
                from tightrope.publish import own_scenario

                own_scenario.check_is_ours(asked.package, asked.scenario, asked.rows)
                package, made = own_scenario.add(
                    asked.scenario, Path(asked.rows), asked.package, manuscript, asked.out
                )
                data = str(package)
            edition = run.Edition(data, asked.as_of, asked.layer, asked.has_solutions)
            build(edition, asked.out, asked.jobs, made, asked.scenario, key, early)

    return status_of(work)


def status_of(
    work: Callable[[], None],
    undone: str = "not built",
    own: tuple[type[Exception], ...] = (lock.BusyError, run.RunError, site.SiteError),
) -> int:
    """Do `work`: 0 if the site stands, 1 with the reason and `undone` if not, 130 interrupted.

    `own` are the errors of this work whose message says what is wrong.
    """
    said: tuple[type[Exception], ...] = (OSError, ValueError, *own)
    try:
        work()
    except KeyboardInterrupt:
        print("\ninterrupted; the last good site stays as it was", file=sys.stderr)
        return 130
    except said as error:
        print(f"{error}\n\n{undone}; the last good site stays as it was", file=sys.stderr)
        return 1
    return 0
