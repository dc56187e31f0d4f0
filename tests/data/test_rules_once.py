"""A rule is asked again where a table that it reads has changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tightrope import rules
from tightrope.csvpackage import read_all, to_frames
from tightrope.findings import Finding
from tightrope.rules import RULES
from tightrope.rules.frames import Frames, Rule
from tightrope.validation import check

from ..conftest import put


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the one rule of these tests was asked: it reads the parties, and finds each of them."""
    found: list[str] = []

    def every_party_is_named(frames: Frames) -> Iterator[Finding]:
        names = list(frames["parties"].name)
        found.append(", ".join(names))
        return (Finding("parties.csv", 2, "name", name) for name in names)

    monkeypatch.setattr(rules, "RULES", [every_party_is_named])
    return found


def messages(package: Path) -> list[str]:
    return [finding.message for finding in check(package)]


def test_after_a_change_of_a_table_that_it_reads(package: Path, asked: list[str]) -> None:
    assert "Nvidia" in messages(package)
    put(package, "parties", "nvidia", name="The chipmaker")
    assert "The chipmaker" in messages(package)
    assert len(asked) == 2


def test_not_after_a_change_of_another_and_finds_the_same(package: Path, asked: list[str]) -> None:
    before = messages(package)
    put(package, "claims", "c01", why="Because the release says so.")
    assert messages(package) == before
    assert len(asked) == 1


def test_not_after_a_change_that_is_taken_back(package: Path, asked: list[str]) -> None:
    before = messages(package)
    put(package, "parties", "nvidia", name="The chipmaker")
    assert messages(package) != before
    put(package, "parties", "nvidia", name="Nvidia")
    assert messages(package) == before
    assert len(asked) == 2


class Counted(Frames):
    """Frames that can be asked for a table by its name, and for nothing else."""

    def _refused(self, *_: object) -> Iterator[str]:
        raise AssertionError("a rule takes a table as frames[name]")

    # A mapping's own methods have other signatures; here each of them only refuses.
    get = items = keys = values = __iter__ = __contains__ = _refused  # type: ignore[assignment]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_takes_tables_in_the_one_way_that_is_seen(termed: Path, rule: Rule) -> None:
    frames = to_frames(read_all(termed))
    assert list(rule(Counted(frames))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_rule_changes_a_frame_that_others_read(termed: Path, rule: Rule) -> None:
    frames = to_frames(read_all(termed))
    copies = {name: frame.copy() for name, frame in frames.items()}
    list(rule(frames))
    assert all(frame.equals(copies[name]) for name, frame in frames.items())
