"""The commit at the foot of the pages: only where the files are those of the commit."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tightrope.publish import commit

OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": "a@b.c"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env=os.environ | OWN,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "page").write_text("text")
    git(tmp_path, "add", "page")
    git(tmp_path, "commit", "-qm", "A page")
    return tmp_path


def test_a_clean_checkout_has_ten_digits_of_its_commit(checkout: Path) -> None:
    assert commit.of(checkout) == git(checkout, "rev-parse", "HEAD")[:10]


@pytest.mark.parametrize("name", ["page", "another"])
def test_where_a_file_differs_from_the_commit_none_is_named(checkout: Path, name: str) -> None:
    (checkout / name).write_text("changed")
    assert commit.of(checkout) == ""


def test_a_folder_inside_of_a_checkout_is_none(checkout: Path) -> None:
    (checkout / "inside").mkdir()
    assert commit.of(checkout / "inside") == ""


def test_before_the_first_commit_there_is_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert commit.of(tmp_path) == ""


def test_without_git_there_is_none(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout))
    assert commit.of(checkout) == ""


def test_it_is_a_link_where_the_repository_has_an_address() -> None:
    assert commit.words("", "https://example.org/code") == ""
    assert commit.words("0123456789", "") == " · commit <code>0123456789</code>"
    linked = commit.words("0123456789", "https://example.org/code")
    assert 'href="https://example.org/code/commit/0123456789"' in linked
