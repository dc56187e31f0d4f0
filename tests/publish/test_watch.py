"""make watch: which changes are seen, and what a build is begun for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.publish import reload, watch


class Recorded:
    """A builder that only notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fault = ""

    def build(self) -> str:
        self.asked.append("build")
        return self.fault

    def renew(self) -> None:
        self.asked.append("renew")


@pytest.fixture
def builder() -> Recorded:
    return Recorded()


@pytest.fixture
def news() -> reload.News:
    return reload.News()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A toy project, watched every hundredth of a second."""
    for name in ("src", "notebooks", "book/.hidden", "src/__pycache__"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "notebooks" / "toy.ipynb").write_text("{}")
    (tmp_path / "src" / "toy.py").write_text("")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(watch, "EVERY", 0.01)
    monkeypatch.setattr(watch, "_SETTLED", 0.01)
    return tmp_path


@pytest.fixture
def followed(
    root: Path, builder: Recorded, news: reload.News
) -> Iterator[Callable[[int], list[str]]]:
    """The work of `follow` on the toy; gives what was asked once it is this much."""
    over = threading.Event()
    places = [root / "src", root / "notebooks", root / "book"]
    thread = threading.Thread(target=watch.follow, args=(builder, news, places, over))
    thread.start()

    def asked(times: int) -> list[str]:
        last = time.monotonic() + 10
        while len(builder.asked) < times and time.monotonic() < last:
            time.sleep(0.005)
        return builder.asked

    assert asked(1) == ["build"]
    yield asked
    over.set()
    thread.join()


def test_a_saved_notebook_is_built_from_the_build_that_waits(
    root: Path, followed: Callable[[int], list[str]]
) -> None:
    (root / "notebooks" / "toy.ipynb").write_text('{"cells": []}')
    assert followed(2) == ["build", "build"]


def test_changed_code_renews_the_build_that_waits(
    root: Path, followed: Callable[[int], list[str]]
) -> None:
    (root / "src" / "toy.py").write_text("x = 1")
    assert followed(3) == ["build", "renew", "build"]


def test_what_has_failed_is_news_and_then_what_was_built(
    root: Path, builder: Recorded, news: reload.News, followed: Callable[[int], list[str]]
) -> None:
    builder.fault = "no such fact"
    (root / "notebooks" / "toy.ipynb").write_text("{  }")
    followed(2)
    while not news.state.fault:
        time.sleep(0.005)
    assert news.state == reload.State(1, "no such fact")
    builder.fault = ""
    (root / "notebooks" / "toy.ipynb").write_text("{    }")
    followed(3)
    while news.state.fault:
        time.sleep(0.005)
    assert news.state == reload.State(2, "")


def test_files_that_come_go_or_grow_are_changed_and_hidden_ones_do_not_count(root: Path) -> None:
    before = watch.dates([root])
    (root / "notebooks" / "toy.ipynb").unlink()
    (root / "book" / "new.md").write_text("# New")
    (root / "src" / "toy.py").write_text("x = 1")
    (root / "book" / ".hidden" / "draft.md").write_text("")
    (root / "src" / "__pycache__" / "toy.pyc").write_text("")
    assert watch.changed(before, watch.dates([root])) == [
        root / "book" / "new.md",
        root / "notebooks" / "toy.ipynb",
        root / "src" / "toy.py",
    ]


def test_all_that_an_author_edits_is_watched(tmp_path: Path) -> None:
    places = watch.watched(tmp_path)
    for name in ("notebooks", "book", "src", "_toc.yml", "_config.yml"):
        assert paths.ROOT / name in places
    assert tmp_path in places


def waiting(then: str) -> list[str]:
    """The command of a process that waits for a line as a build does."""
    return [sys.executable, "-c", f"import sys\nif sys.stdin.readline(): {then}"]


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("pass", ""),
        ("print('a hint', file=sys.stderr)", ""),
        ("sys.exit('no such fact')", "no such fact"),
        ("import os; os.kill(os.getpid(), 9)", "the build was killed"),
    ],
    ids=["well", "with a hint", "with a fault", "killed"],
)
def test_what_a_build_says_is_a_fault_only_if_it_fails(then: str, said: str) -> None:
    builder = watch.Builder(waiting(then))
    try:
        assert [builder.build(), builder.build()] == [said, said]
    finally:
        builder.end()


def test_a_build_that_waits_ends_with_whoever_it_waits_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tightrope.publish.ready", f"--out={tmp_path}"]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_nothing_begins_at_a_port_that_is_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tightrope.publish.watch", "--port=http", f"--out={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == 'PORT must be a whole number from 1 to 65535, not "http"\n'
