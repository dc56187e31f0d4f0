"""What axe finds wrong with a page: every rule on all of it, contrast on a sample of its texts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

# Pictures are images with a name; what lines they are made of is nothing to read. Rows of a table
# are built alike: the first dozen tell.
_VIOLATIONS = """async options => {
  const exclude = [".figure-stage svg > *", "tbody tr:nth-child(n+13)"]
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-sampled]" }] })
  const found = (await axe.run({ exclude }, options)).violations
  const places = fault => fault.nodes.map(node => node.html.slice(0, 120)).join(" | ")
  return found.map(v => `${v.impact}: ${v.id}: ${v.help}: ${places(v)}`)
}"""
# Contrast follows from styles alone, and axe takes a millisecond or two for each of thousands of
# texts: of those that have all styles in common, from the page's ground up, the first three tell.
_SAMPLE = """() => {
  const numbers = new Map()
  const looks = new Map([[null, 0]])
  const look = element => {
    if (!looks.has(element)) {
      const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } =
        getComputedStyle(element)
      const own = [look(element.parentElement), element.tagName, element.getAttribute("class"),
        element.matches(":disabled, [aria-disabled=true]"),
        color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight].join()
      if (!numbers.has(own)) numbers.set(own, numbers.size + 1)
      looks.set(element, numbers.get(own))
    }
    return looks.get(element)
  }
  const texts = new Set(document.querySelectorAll("input, select, textarea"))
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (walker.currentNode.data.trim()) texts.add(walker.currentNode.parentElement)
  }
  const taken = new Map()
  for (const element of texts) {
    delete element.dataset.sampled
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    if (element.closest(".figure-stage svg, tbody tr:nth-child(n+13)")) continue
    const times = (taken.get(look(element)) ?? 0) + 1
    taken.set(look(element), times)
    if (times <= 3) element.dataset.sampled = ""
  }
}"""
_QUICK: dict[str, object] = {"preload": False, "resultTypes": ["violations"]}
_EVERY_RULE = _QUICK | {"rules": {"target-size": {"enabled": True}}}
_COLOURS = _QUICK | {"runOnly": ["color-contrast", "link-in-text-block"]}


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _found(page: Page, options: dict[str, object]) -> list[str]:
    page.evaluate(f"{_axe()}; 0")
    page.evaluate(_SAMPLE)
    found: list[str] = page.evaluate(_VIOLATIONS, options)
    return found


def faults(page: Page) -> list[str]:
    """All faults of the page as it is shown now, of whatever impact: WCAG 2.2 and best practice."""
    return _found(page, _EVERY_RULE)


def faults_of_colours(page: Page) -> list[str]:
    """Faults of contrast alone, in the colours that the page has now."""
    return _found(page, _COLOURS)
