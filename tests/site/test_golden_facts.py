"""The numbers in the sentences are those that were last accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..golden import facts
from .conftest import SITE, soup


def test_no_number_in_a_sentence_has_moved_without_being_accepted() -> None:
    if soup("index.html").select_one(".bd-header-announcement"):
        pytest.skip("the accepted numbers are those of the default edition")
    moved = facts.changes(facts.accepted(), facts.built(SITE / "facts.json"))
    if moved:
        many = "1 fact is" if len(moved) == 1 else f"{len(moved)} facts are"
        head = f"{many} not as in tests/golden/facts.csv; if that is meant, accept: make golden"
        pytest.fail("\n".join([head, *moved]), pytrace=False)


def test_the_accepted_facts_are_in_order_so_that_a_diff_reads() -> None:
    keys = list(facts.accepted())
    assert keys == sorted(keys)


def test_a_change_is_told_with_the_value_before_and_after() -> None:
    before = {"page.gone": "$1 bn", "page.kept": "$2 bn", "page.moved": "$3 bn"}
    after = {"page.kept": "$2 bn", "page.moved": "$4 bn", "page.new": "5%"}
    assert facts.changes(before, after) == [
        "page.gone: $1 bn → (none)",
        "page.moved: $3 bn → $4 bn",
        "page.new: (none) → 5%",
    ]


def test_what_is_accepted_is_read_back_as_it_was(tmp_path: Path) -> None:
    written = {"a.comma": "“so”, it says", "a.empty": "", "a.quote": 'a "b"', "a.unit": "$1\xa0bn"}
    facts.accept(written, tmp_path / "facts.csv")
    assert facts.accepted(tmp_path / "facts.csv") == written
