"""A quantity has one value in the whole book, wherever a sentence names it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tightrope.publish.named import marker
from tightrope.quantities import HEADLINES

from .conftest import PAGES, soup


@pytest.fixture(scope="module")
def written() -> dict[str, set[str]]:
    """What the pages' sentences say of each quantity, by the key that names it."""
    found = defaultdict(set)
    for name in PAGES:
        for link in soup(name).select("a.fact[href]"):
            page, _, key = str(link["href"]).partition("#")[2].partition(".")
            if marker(key):
                key = key.replace(":party", f":{page.removeprefix('partners-')}")
                found[key].add(link.get_text())
    return found


def test_a_quantity_reads_the_same_on_every_page(written: dict[str, set[str]]) -> None:
    assert {key: texts for key, texts in written.items() if len(texts) > 1} == {}


def test_pages_name_every_headline(written: dict[str, set[str]]) -> None:
    named = {asked.name for key in written if (asked := marker(key))}
    assert set(HEADLINES) <= named
