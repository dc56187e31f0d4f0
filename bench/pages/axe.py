"""`python -m bench.pages.axe [PAGE ...]`: what axe finds on all pages, opened up.

Every page of the built book, at a desk and on a phone of 320 pixels, with its folds, its first
number and its first live chart open: all rules of WCAG 2.2 A and AA and of best practice in
light, those of colours again in dark. It prints a Markdown table and each fault, and fails if
there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.pages import chromium
from bench.pages.server import serving
from tests.site import accessibility, opening
from tightrope import paths

SITE = paths.ROOT / "_build" / "book" / "site"
WIDTHS = (1280, 320)
_UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true })"


def pages_of(site: Path) -> list[str]:
    """All pages of the site but its figures for other sites, which are one template."""
    names = sorted(str(file.relative_to(site)) for file in site.rglob("*.html"))
    return [name for name in names if not name.startswith("figures/")]


def _themes(page: Page) -> Iterator[tuple[str, list[str]]]:
    page.evaluate(_UNFOLD)
    opening.open_all(page)
    yield "light", accessibility.faults(page)
    page.emulate_media(color_scheme="dark")
    page.locator('html[data-theme="dark"]').wait_for(state="attached")
    yield "dark", accessibility.faults_of_colours(page)


def faults(
    browser: Browser, own: str, names: Sequence[str], width: int
) -> dict[str, list[tuple[str, str]]]:
    """What axe finds at this width, by theme: the page, and the fault in words."""
    found: dict[str, list[tuple[str, str]]] = {"light": [], "dark": []}
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", color_scheme="light"
    )
    page = context.new_page()
    for name in names:
        page.emulate_media(color_scheme="light")
        page.goto(own + name)
        for theme, words in _themes(page):
            found[theme] += [(name, one) for one in words]
    context.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Look at the pages named, or at all; 1 if axe finds anything, 2 if there is no such page."""
    known = pages_of(SITE)
    names = [*arguments] or known
    if not names or not {*names} <= {*known}:
        print(f"{SITE} has no {', '.join(sorted({*names} - {*known})) or 'page'}", file=sys.stderr)
        return 2
    told: list[str] = []
    print("| window | theme | pages | faults of any impact |\n|---|---|---|---|")
    with chromium.started() as browser, serving(SITE) as own:
        for width in WIDTHS:
            for theme, found in faults(browser, own, names, width).items():
                print(f"| {width} px | {theme} | {len(names)} | {len(found)} |", flush=True)
                told += [f"{name}, {width} px, {theme}: {fault}" for name, fault in found]
    print("\n".join(["", *told]))
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
