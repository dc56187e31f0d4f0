"""All shipped cases as one site, with an index and a page that compares their webs.

python -m tightrope.cases.joined --out FOLDER [--jobs N]
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tightrope import dealbook, paths, templates, units
from tightrope.cases import told, webs_page
from tightrope.cases.webs import Web
from tightrope.chapters import start_facts
from tightrope.copies import contents
from tightrope.descriptor import describe
from tightrope.findings import DataError
from tightrope.publish import standing
from tightrope.publish.build import status_of
from tightrope.publish.files import digest, recover, swap, write_whole
from tightrope.publish.opening import opening

CASES = paths.ROOT / "cases"
_SHARED = ("theme.css", "tightrope.css", "favicon.svg", "mode.js")
"""What the two pages beside the cases load; each case has its own."""
_FOOT = "\n</p>\n          </footer>"
_INVENTED = "invented"
"""The keyword of a package of which nothing is true."""


@dataclass(frozen=True)
class Seen:
    """A case as of a day, "" for the newest; `why` says why that day is worth a look."""

    data: str
    described: dict[str, Any]
    as_of: str = ""
    why: str = ""

    @property
    def folder(self) -> str:
        """Its folder in the joined site."""
        return f"{Path(self.data).name}{f'-as-of-{self.as_of}' if self.as_of else ''}"

    @property
    def built(self) -> str:
        """The folder in which `make case` builds it."""
        day = f"-as-of-{self.as_of}" if self.as_of else ""
        return f"case-{self.data.replace('..', 'up').replace('/', '_')}{day}"

    @property
    def web(self) -> Web:
        """Its web; raises as reading its data does."""
        book = dealbook.load(self.data).as_of(self.as_of)
        invented = _INVENTED in self.described.get("keywords", [])
        return Web(book, self.described["title"], self.folder, invented, self.why)


class CaseError(RuntimeError):
    """Cases could not be built; each has said why."""


def shipped(folder: Path = CASES) -> list[Seen]:
    """Every case in `folder`, as its newest and on the days that it names; invented ones last.

    Raises `DataError` where a description is wrong.
    """
    found = []
    for package in sorted(one for one in folder.iterdir() if (one / "datapackage.json").is_file()):
        described = describe(package)
        inside = package.is_relative_to(paths.ROOT)
        data = str(package.relative_to(paths.ROOT) if inside else package)
        found.append(Seen(data, described))
        found += [
            Seen(data, described, one["day"], one["why"]) for one in described.get("days", [])
        ]
    return sorted(found, key=lambda one: _INVENTED in one.described.get("keywords", []))


def build(seen: Sequence[Seen], folder: Path, jobs: str = "") -> list[Path]:
    """The sites of all cases, each built in `folder` as `make case` does.

    All are tried before `CaseError` names those that failed.
    """
    failed = []
    for one in seen:
        print(f"-- {one.folder}", flush=True)
        command = [sys.executable, "-m", "tightrope.cases", f"--data={one.data}"]
        command += [f"--as-of={one.as_of}", f"--jobs={jobs}", f"--out={folder / one.built}"]
        if subprocess.run(command, check=False).returncode:
            failed.append(one.folder)
    if failed:
        raise CaseError(f"not built: {', '.join(failed)}")
    return [folder / one.built / "site" for one in seen]


def assemble(seen: Sequence[Seen], sites: Sequence[Path], out: Path) -> None:
    """Copy the sites to `out` as one, with the two pages beside them; all or nothing.

    Raises ValueError where a case has no site, and as reading their data does.
    """
    read = [contents.read(site) for site in sites]
    recover(out)
    unfinished = out.with_name(f"{out.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for one, site in zip(seen, sites, strict=True):
        target = unfinished / one.folder
        shutil.copytree(site, target)
        for page in target.rglob("*.html"):
            up = "../" * len(page.relative_to(unfinished).parent.parts)
            text = page.read_text(encoding="utf-8")
            link = f' · <a href="{up}index.html">All cases</a>'
            if _FOOT in text:
                write_whole(page, text.replace(_FOOT, f"{link}{_FOOT}"))
    static = unfinished / "_static"
    static.mkdir()
    for name in _SHARED:
        shutil.copy(sites[0] / "_static" / name, static)
    compared = side_by_side(seen)
    write_whole(unfinished / "webs.html", webs_page.html(compared))
    listed = [_entry(one, site) for one, site in zip(seen, read, strict=True)]
    picture = webs_page.first_picture(compared)
    index = templates.render("cases/index.html", cases=listed, picture=picture)
    write_whole(unfinished / "index.html", index)
    swap(unfinished, out)


def side_by_side(seen: Sequence[Seen]) -> list[Web]:
    """The webs to compare: this book's own, and each case on the days that it names or its newest.

    A case names a day where its newest tells less, because what failed since counts no more.
    """
    own = Web(dealbook.load().as_of(""), describe(paths.DATA)["title"])
    dated = {one.data for one in seen if one.as_of}
    return [own, *(one.web for one in seen if one.as_of or one.data not in dated)]


def _entry(one: Seen, site: contents.Site) -> dict[str, str]:
    page = opening(one.data, one.as_of)
    when = units.day(page.book.day.date())
    return {
        "folder": one.folder,
        "lead": start_facts.promised(page),
        "title": f"{one.described['title']}{f', as of {when}' if one.as_of else ''}",
        "finding": told.circle(page)[0],
        "focal": page.book.party_name(page.focal),
        "day": when,
        "why": one.why,
        "pages": units.number_of(len(site.leaves), "page"),
    }


def _key(seen: Sequence[Seen], sites: Sequence[Path]) -> str:
    """One word for all that the joined site is made of; "" where a case does not say it."""
    records = [site.with_name(standing.RECORD) for site in sites]
    if not all(record.is_file() for record in records):
        return ""
    files = digest([*records, *paths.described(paths.DATA)])
    return hashlib.sha256(f"{files} {[one.folder for one in seen]}".encode()).hexdigest()


def main(arguments: list[str], folder: Path = CASES) -> int:
    """Build the cases and join them; 1 with the reason if one fails, and the last site stays."""
    parser = argparse.ArgumentParser(prog="make cases", description="Build all cases.")
    parser.add_argument("--jobs", default="", help="how many notebooks run side by side")
    parser.add_argument("--out", type=Path, required=True, help="folder of the joined site")
    chosen = parser.parse_args(arguments)
    out = chosen.out
    record = out.with_name(f"{out.name}.key")

    def work() -> None:
        seen = shipped(folder)
        sites = build(seen, out.parent, chosen.jobs)
        key = _key(seen, sites)
        is_there = (out / "index.html").is_file() and record.is_file()
        if key and is_there and record.read_text(encoding="utf-8") == key:
            print(f"nothing to do: {out / 'index.html'} is up to date")
            return
        record.unlink(missing_ok=True)
        assemble(seen, sites, out)
        write_whole(record, key)
        print(f"{out / 'index.html'}: {units.number_of(len(seen), 'book')} in one site")

    return status_of(work, "not joined", (DataError, CaseError))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
