"""Several editions of the book as one site, with a switch that keeps the reader's page.

python -m tightrope.copies.editions --out FOLDER [--jobs N]
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tightrope import templates
from tightrope.copies import contents
from tightrope.publish import build
from tightrope.publish.files import swap, write_whole

_HERE = Path(__file__).parent
_SCRIPT, _STYLE = Path("_static/tightrope.js"), Path("_static/tightrope.css")
"""What every page loads: the switch is added to these."""
_FOOT = "\n</p>\n          </footer>"
"""The end of the foot, where a reader without JavaScript finds the other editions."""
_GIVEN = "var GIVEN = null;"


@dataclass(frozen=True)
class Named:
    """An edition with its name for readers; the one whose `folder` is "" lies at the root."""

    folder: str
    name: str
    short: str
    as_of: str = ""
    layer: str = "announced"

    @property
    def built(self) -> str:
        """The folder in which `make book` builds this edition."""
        day = f"-as-of-{self.as_of}" if self.as_of else ""
        return f"book{day}{'' if self.layer == 'announced' else f'-{self.layer}'}"


EDITIONS = (
    Named("", "Newest: all that is known", "newest"),
    Named("2025-10-31", "The article’s day: 31 October 2025", "31 Oct 2025", as_of="2025-10-31"),
    Named(
        "2025-10-07",
        "As Bloomberg’s graphic of 7 October 2025 saw it",
        "7 Oct 2025",
        as_of="2025-10-07",
    ),
    Named("binding", "Newest, binding amounts only", "binding only", layer="binding"),
)


class EditionError(RuntimeError):
    """An edition could not be built; it has said why."""


def built(edition: Named, folder: Path, jobs: str = "") -> Path:
    """The site of an edition, built in `folder` as `make book` does; raises `EditionError`."""
    out = folder / edition.built
    print(f"-- {edition.name}", flush=True)
    command = [sys.executable, "-m", "tightrope.publish", f"--as-of={edition.as_of}"]
    command += [f"--layer={edition.layer}", f"--jobs={jobs}", f"--out={out}"]
    if subprocess.run(command, check=False).returncode:
        raise EditionError(f"the edition “{edition.name}” was not built")
    return out / "site"


def assemble(sites: Sequence[tuple[Named, Path]], out: Path) -> None:
    """Copy the sites to `out` as one, the first at its root; all or nothing.

    Raises ValueError where an edition has no site or its folder is one of the site at the root.
    """
    read = {edition: contents.read(site) for edition, site in sites}
    pages = {edition: _pages(site) for edition, site in sites}
    taken = {one.name for one in sites[0][1].iterdir()}
    if clash := [edition.folder for edition, _ in sites if edition.folder in taken]:
        raise ValueError(f"the site has a folder {clash[0]} already; no edition can have that name")
    unfinished = out.with_name(f"{out.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for edition, site in sites:
        target = unfinished / edition.folder
        shutil.copytree(site, target, dirs_exist_ok=True)
        up = "../" if edition.folder else ""
        _add(target / _SCRIPT, _loader(edition.folder, up))
        _add(target / _STYLE, (_HERE / "editions.css").read_text(encoding="utf-8"))
        for page in pages[edition]:
            _lead(target / page, target, f"{'../' * page.count('/')}{up}editions.html")
    titles = {f"{leaf.id}.html": leaf.title for site in read.values() for leaf in site.leaves}
    given = {
        "editions": [
            {
                "folder": edition.folder,
                "name": edition.name,
                "short": edition.short,
                "without": sorted(set().union(*pages.values()) - pages[edition]),
            }
            for edition in read
        ],
        # A page without a line in the contents is there as well, under its address.
        "titles": {page: titles.get(page, "") for page in sorted(set().union(*pages.values()))},
    }
    script = (_HERE / "editions.js").read_text(encoding="utf-8")
    listed = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    write_whole(unfinished / "editions.js", script.replace(_GIVEN, f"var GIVEN = {listed};"))
    write_whole(unfinished / "editions.html", _listing(read))
    swap(unfinished, out)


def _pages(site: Path) -> set[str]:
    found = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return {page for page in found if not page.startswith("figures/")}


def _loader(folder: str, up: str) -> str:
    """What the script of every page does more: say the edition, and load the switch."""
    return f"""
window.tightropeEdition = {json.dumps(folder)};
window.tightropeLoad(
  (document.documentElement.dataset.content_root || "./") + {json.dumps(f"{up}editions.js")}
).catch(function () {{}}); // without it there is no switch, and the page is as it was
"""


def _add(file: Path, text: str) -> None:
    write_whole(file, f"{file.read_text(encoding='utf-8')}\n{text}")


def _lead(page: Path, site: Path, address: str) -> None:
    """Let a page load the files as they are now, whatever a browser has kept, and link `address`.

    Sphinx marks a file's address with its content (`tightrope.js?v=34ba8818`).
    """
    text = page.read_text(encoding="utf-8")
    for file in (_SCRIPT, _STYLE):
        text = re.sub(rf"({re.escape(file.name)}\?v=)\w+", rf"\g<1>{_mark(site / file)}", text)
    link = f' · <a href="{address}">Other editions</a>'
    write_whole(page, text.replace(_FOOT, f"{link}{_FOOT}"))


def _mark(file: Path) -> str:
    return f"{zlib.crc32(file.read_bytes()):08x}"


def _listing(read: dict[Named, contents.Site]) -> str:
    return templates.render(
        "copies/editions.html",
        book=next(iter(read.values())).title,
        editions=[
            {
                "address": f"{edition.folder}/index.html" if edition.folder else "index.html",
                "name": edition.name,
                "edition": site.edition,
            }
            for edition, site in read.items()
        ],
    )


def main(arguments: list[str], editions: Sequence[Named] = EDITIONS) -> int:
    """Build the editions and join them; 1 with the reason if one fails, and the last site stays."""
    parser = argparse.ArgumentParser(prog="make editions", description="Build all editions.")
    parser.add_argument("--jobs", default="", help="how many notebooks run side by side")
    parser.add_argument("--out", type=Path, required=True, help="folder of the joined site")
    chosen = parser.parse_args(arguments)

    def work() -> None:
        sites = [(one, built(one, chosen.out.parent, chosen.jobs)) for one in editions]
        assemble(sites, chosen.out)
        print(f"{chosen.out / 'index.html'}: {len(sites)} editions")

    return build.status_of(work, "not joined", (EditionError,))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
