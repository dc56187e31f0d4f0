"""`python -m bench.pages.browsers [KIND ...]`: the pages in Firefox and WebKitGTK.

Every kind of page, from a server and from a disk: layout, formulas, search, the panel of a number,
a live chart, and that nothing is said to the console. It prints a Markdown table, and fails if a
check does or if there is no browser to look with.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from selenium.common import WebDriverException

from bench.pages.engines import ENGINES, FRAME, Missing, Tab
from bench.pages.server import serving
from tests.site import opening
from tests.site.kinds import KINDS
from tightrope import paths

SITE = paths.ROOT / "_build" / "book" / "site"
COPY = paths.ROOT / "_build" / "bench-pages" / "browsers"
WIDTHS = (320, 1280)
QUESTION = "when does the cash run out"
ANSWER = "chapters/runway.html"
CHECKS = {
    "layout": "no sideways scrolling at 320 and 1280 pixels",
    "formulas": "each takes up room",
    "search": f"“{QUESTION}” finds {ANSWER}",
    "panel": "a number opens",
    "chart": "a live chart is drawn",
    "console": "no error, no warning",
}
_HOOK = "hook.js"
# First of the page's scripts: what goes wrong, in whatever way a page can say so.
_HOOK_SCRIPT = """window.faults = []
addEventListener("error", event => {
  faults.push(event.message || `not loaded: ${event.target.src || event.target.href}`)
}, true)
addEventListener("unhandledrejection", event => { faults.push(String(event.reason)) })
addEventListener("securitypolicyviolation", event => {
  faults.push(`against the policy: ${event.violatedDirective} ${event.blockedURI}`)
})
for (const kind of ["error", "warn"]) {
  const said = console[kind]
  console[kind] = (...words) => { faults.push(words.join(" ")); said.apply(console, words) }
}
"""
_FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Each answer is true, or what is wrong; null where the page has no such thing.
_LOOKING = """async (PANEL, NUMBER, INPUTS, LIVE, ANSWER) => {
  const until = async what => {
    for (let i = 0; i < 100; i++) {
      if (what()) return true
      await new Promise(done => setTimeout(done, 50))
    }
    return "nothing after 5 s"
  }
  const one = what => document.querySelector(what)
  const said = { formulas: null, search: null, panel: null, chart: null }
  const formulas = [...document.querySelectorAll("math")].filter(math => math.checkVisibility())
  if (formulas.length) {
    const flat = formulas.filter(math => {
      const { width, height } = math.getBoundingClientRect()
      return width < 4 || height < 4
    })
    said.formulas = !flat.length || `${flat.length} of ${formulas.length} have no size`
  }
  if (one("#search-results")) {
    said.search = await until(() => one(`#search-results a[href$="${ANSWER}"]`))
  }
  if (one(INPUTS)) {
    one(INPUTS).focus()
    one(INPUTS).dispatchEvent(new Event("input", { bubbles: true }))
    said.chart = await until(() => one(LIVE) && one(LIVE).getBoundingClientRect().height > 50)
  }
  const number = [...document.querySelectorAll(NUMBER)].find(link => link.checkVisibility())
  if (number) {
    number.click()
    said.panel = await until(() => one(PANEL + " .number-all")?.getClientRects().length)
  }
  said.console = !window.faults.length || window.faults.join("; ")
  return said
}"""
_NAMES = (opening.PANEL, opening.NUMBER, opening.INPUTS, opening.LIVE, ANSWER)
_LOOK = f"({_LOOKING})(...{json.dumps(_NAMES)})"


def copied(site: Path, folder: Path, kinds: Sequence[str]) -> Path:
    """The site once more in `folder`, with the hook in the pages to look at and a page FRAME."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder, copy_function=os.link)
    (folder / _HOOK).write_text(_HOOK_SCRIPT, encoding="utf-8")
    (folder / FRAME).write_text(
        '<!doctype html><title>Frame</title><iframe height="800"></iframe>', encoding="utf-8"
    )
    for kind in kinds:
        page = folder / f"{KINDS[kind]}.html"
        text = page.read_text(encoding="utf-8")
        hook = f'<script src="{"../" * KINDS[kind].count("/")}{_HOOK}"></script>'
        page.unlink()  # the link, not the site's page
        page.write_text(text.replace("<head>", f"<head>{hook}", 1), encoding="utf-8")
    return folder


def looked(tab: Tab, roots: dict[str, str], kind: str) -> dict[str, Any]:
    """What each of `CHECKS` says of a page: True, a fault in words, or None without such a thing.

    `roots` are the addresses of the site by name; the narrow window is looked at on the first.
    """
    found: dict[str, Any] = dict.fromkeys(CHECKS)
    query = f"?q={QUESTION.replace(' ', '+')}" if kind == "search" else ""
    page = f"{KINDS[kind]}.html{query}"
    for place, root in roots.items():
        tab.open(root + page, WIDTHS[1])
        said = tab.answer(_LOOK) | {"layout": tab.answer(_FITS) or f"at {WIDTHS[1]} px"}
        for what, how in said.items():
            if found[what] in (None, True):
                found[what] = f"{place}: {how}" if isinstance(how, str) else how
    tab.open(next(iter(roots.values())) + page, WIDTHS[0])
    if not tab.answer(_FITS):
        found["layout"] = f"at {WIDTHS[0]} px"
    return found


def rows(tab: Tab, roots: dict[str, str], kinds: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """A row of the table for each kind of page, and whether all is well with it."""
    for kind in kinds:
        try:
            found = looked(tab, roots, kind)
        except WebDriverException as error:
            found = dict.fromkeys(CHECKS) | {"layout": f"no answer: {error.msg}"}
        cells = ["yes" if said is True else said or "–" for said in found.values()]
        yield f"| {tab.name} | {kind} | {' | '.join(cells)} |", not {*cells} - {"–", "yes"}


def main(arguments: Sequence[str]) -> int:
    """Look at the kinds named, or at all; 1 if a check fails or no browser is here."""
    kinds = [*arguments] or [*KINDS]
    if not {*kinds} <= {*KINDS} or not (SITE / "index.html").is_file():
        print(f"needs {SITE}, and kinds among: {', '.join(KINDS)}", file=sys.stderr)
        return 2
    missing, well = [], True
    with serving(copied(SITE, COPY, kinds)) as own:
        roots = {"from a server": own, "from a disk": f"{COPY.as_uri()}/"}
        print("\n".join(f"{what}: {how}" for what, how in CHECKS.items()))
        print(f"\n| browser | page | {' | '.join(CHECKS)} |\n|---|---{'|---' * len(CHECKS)}|")
        for start in ENGINES:
            try:
                with start(own) as tab:
                    for row, is_well in rows(tab, roots, kinds):
                        print(row, flush=True)
                        well = well and is_well
            except Missing as error:
                missing.append(str(error))
    print("\n".join(["", *(f"LEFT OUT: {reason}" for reason in missing)]))
    return int(not well or len(missing) == len(ENGINES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
