"""make release: what is checked, what is written, and that nothing is committed."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.publish import release

DAY = date(2026, 12, 1)
FILES = {
    "pyproject.toml": '[project]\nname = "toy"\nversion = "1.1.9"\n',
    "CITATION.cff": "cff-version: 1.2.0\nversion: 1.1.9\ndate-released: 2026-11-22\n",
    "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- News.\n\n## 1.1.9\n\n- Old.\n",
    "data/datapackage.json": '{\n "name": "toy",\n "version": "1.1.9",\n "resources": []\n}\n',
    "tests/fixtures/tiny/datapackage.json": '{\n "version": "1.1.9",\n "resources": []\n}\n',
    "src/tightrope/__init__.py": '__version__ = "1.1.9"\n',
    "Makefile": "lint:\n\t@true\ncheck-data:\n\t@true\n",
}


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Toy", "-c", "user.email=toy@example.org"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def commit(root: Path, changed: dict[str, str]) -> None:
    for name, text in changed.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A state")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A toy repository that is ready for the release of 1.2.0."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, FILES)
    return tmp_path


def test_version_and_day_are_written_wherever_they_stand(tree: Path) -> None:
    release.release(tree, "1.2.0", DAY)
    now = {name: (tree / name).read_text() for name in FILES}
    expected = {name: text.replace("1.1.9", "1.2.0") for name, text in FILES.items()}
    expected["CITATION.cff"] = "cff-version: 1.2.0\nversion: 1.2.0\ndate-released: 2026-12-01\n"
    expected["CHANGELOG.md"] = (
        "# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-12-01)\n\n- News.\n\n## 1.1.9\n\n- Old.\n"
    )
    assert now == expected


def test_the_commands_are_printed_and_not_called(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = git(tree, "rev-parse", "HEAD")
    assert release.main(["--version=1.2.0"], tree) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        '  git commit -am "Release 1.2.0"',
        '  git tag -a v1.2.0 -m "The Tightrope 1.2.0"',
        "  git push --follow-tags",
    ]
    assert git(tree, "rev-parse", "HEAD") == before
    assert git(tree, "tag") == ""


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("", "name the version: make release VERSION=1.2.0"),
        ("1.2", 'VERSION must be three numbers, such as 1.2.0, not "1.2"'),
        ("v1.2.0", 'VERSION must be three numbers, such as 1.2.0, not "v1.2.0"'),
        ("1.1.9", "VERSION must be newer than 1.1.9, which pyproject.toml has, not 1.1.9"),
        ("1.1.10rc1", 'VERSION must be three numbers, such as 1.2.0, not "1.1.10rc1"'),
        ("0.9.0", "VERSION must be newer than 1.1.9, which pyproject.toml has, not 0.9.0"),
    ],
)
def test_a_version_that_is_none_or_not_newer_is_refused(
    tree: Path, capsys: pytest.CaptureFixture[str], version: str, why: str
) -> None:
    assert release.main([f"--version={version}"], tree) == 1
    assert capsys.readouterr().err == f"{why}\n"


def test_versions_are_compared_as_numbers(tree: Path) -> None:
    release.release(tree, "1.1.10", DAY)
    assert 'version = "1.1.10"' in (tree / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (
            {"CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n## 1.1.9\n\n- Old.\n"},
            'CHANGELOG.md: nothing stands under "Unreleased"; say what is new',
        ),
        (
            {"CHANGELOG.md": "# Changelog\n\n## 1.1.9\n\n- Old.\n"},
            'CHANGELOG.md: there is no heading "## Unreleased"',
        ),
        (
            {"Makefile": "lint:\n\t@false\ncheck-data:\n\t@true\n"},
            "something is wrong with style, types or notebooks: make lint says what",
        ),
        (
            {"Makefile": "lint:\n\t@true\ncheck-data:\n\t@false\n"},
            "something is wrong with the data: make check-data says what",
        ),
        (
            {"CITATION.cff": "cff-version: 1.2.0\nversion: 1.1.9\n"},
            "CITATION.cff: the line for 2026-12-01 should be there once, not 0 times",
        ),
    ],
    ids=["no news", "no heading", "lint", "data", "no day"],
)
def test_a_tree_that_is_not_ready_is_refused_in_one_line_and_stays(
    tree: Path, changed: dict[str, str], why: str
) -> None:
    commit(tree, changed)
    with pytest.raises(release.RefusedError) as refused:
        release.release(tree, "1.2.0", DAY)
    assert str(refused.value) == why
    assert git(tree, "status", "--porcelain") == ""


def test_changes_that_are_not_committed_are_refused(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- More news.\n")
    (tree / "notes.txt").write_text("")
    with pytest.raises(release.RefusedError) as refused:
        release.release(tree, "1.2.0", DAY)
    assert (
        str(refused.value) == "commit or take back first what has changed: CHANGELOG.md, notes.txt"
    )


def test_another_branch_than_main_is_refused(tree: Path) -> None:
    git(tree, "switch", "-q", "-c", "idea")
    with pytest.raises(release.RefusedError, match=r"^a release is made on main; this is idea$"):
        release.release(tree, "1.2.0", DAY)


def test_a_tag_that_is_there_is_refused(tree: Path) -> None:
    git(tree, "tag", "v1.2.0")
    with pytest.raises(release.RefusedError, match=r"^there is a tag v1\.2\.0 already"):
        release.release(tree, "1.2.0", DAY)


def test_a_folder_that_is_no_repository_is_refused_in_one_line(tree: Path) -> None:
    (tree / ".git").rename(tree / "elsewhere")
    with pytest.raises(release.RefusedError, match=r"^git: fatal: not a git repository"):
        release.release(tree, "1.2.0", DAY)


def test_each_place_of_the_version_is_found_in_this_project() -> None:
    places = {name: (paths.ROOT / name).read_text() for name in release.VERSIONS}
    found = {release._put(text, name, release.VERSIONS[name], "X") for name, text in places.items()}
    assert len(found) == len(release.VERSIONS) - 1  # the toy package has the project's description
