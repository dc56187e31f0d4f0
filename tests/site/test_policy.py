"""What the pages allow themselves: their own site's files, and no script written into a page."""

from __future__ import annotations

import re

import pytest

from .conftest import EMBEDDED, PAGES, SITE, Reader, first_page_with

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
SCRIPT = re.compile(r"<script(?![^>]* src=)|<[a-z][^>]* on[a-z]+=|javascript:", re.I)
TYPES = [
    "index.html",
    "search.html",
    "chapters/runway.html",
    "chapters/follow-one-dollar.html",
    "chapters/web-of-partners.html",
    "scenarios/as-planned.html",
    "partners/oracle.html",
    "reference/facts.html",
    "reference/deal-catalogue.html",
    "reference/methods.html",
]
FORBIDDEN = """() => new Promise(resolve => {
  document.addEventListener("securitypolicyviolation", event => resolve(event.violatedDirective))
  const script = document.createElement("script")
  script.textContent = "window.ran = true"
  document.body.append(script)
  setTimeout(() => resolve(window.ran ? "ran" : "silent"), 500)
})"""


def policy(name: str) -> dict[str, list[str]]:
    """The sources that a page allows, by directive; the policy stands before any script."""
    text = (SITE / name).read_text(encoding="utf-8")
    found = POLICY.search(text)
    assert found, f"{name} has no policy"
    assert "<script" not in text[: found.start()]
    parts = (part.split() for part in found[1].split(";"))
    return {directive: sources for directive, *sources in parts}


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


def test_every_page_allows_files_of_its_own_site_alone_and_styles_in_its_text() -> None:
    kinds = {str(policy(name)) for name in PAGES}
    assert len(kinds) == 1
    allowed = policy("index.html")
    assert allowed["default-src"] == ["'self'", "file:"]
    assert "script-src" not in allowed, "scripts come from where everything does"
    assert allowed["style-src"] == ["'self'", "file:", "'unsafe-inline'"]
    assert allowed["img-src"] == ["'self'", "file:", "data:"]


def test_a_figure_on_a_page_of_its_own_allows_no_script_at_all() -> None:
    assert {str(policy(name)["default-src"]) for name in EMBEDDED} == {str(["'none'"])}
    assert {"script-src" in policy(name) for name in EMBEDDED} == {False}


def test_no_page_has_a_script_in_its_text() -> None:
    found = {}
    for name in [*PAGES, *EMBEDDED]:
        if script := SCRIPT.search((SITE / name).read_text(encoding="utf-8")):
            found[name] = script[0]
    assert found == {}


@pytest.mark.parametrize("name", TYPES)
def test_a_page_keeps_to_its_policy_until_it_is_read_to_its_end(
    name: str, reader: Reader, address: str
) -> None:
    page = reader.open(address + name)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.keyboard.press("End")
    assert reader.printed == []


def test_a_script_that_somebody_puts_into_a_page_does_not_run(reader: Reader, address: str) -> None:
    assert reader.open(f"{address}index.html").evaluate(FORBIDDEN).startswith("script-src")


def test_theme_picture_and_search_work_under_the_policy(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with("figure.figure-twin .figure-tools"))
    page.locator(".theme-switch-button").first.click()
    assert page.locator("html").get_attribute("data-mode") != "auto"
    with page.expect_download() as saved:
        page.locator(".figure-png").first.click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    page.goto(f"{address}search.html?q=runway")
    page.locator("#search-results a").first.wait_for()
    assert reader.printed == []
