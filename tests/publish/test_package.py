"""How a published notebook names its data package, and that it is found there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tightrope import dealbook, paths
from tightrope.publish import package as packages

from ..conftest import TINY


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with the toy package inside, and one beside it."""
    root = tmp_path / "somewhere" / "repository"
    for folder in (root / "mine", root.parent / "beside"):
        shutil.copytree(TINY, folder)
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setattr(paths, "PACKAGES", root / "_build" / "packages")
    monkeypatch.chdir(root)
    return root


def test_the_projects_own_data_need_no_name() -> None:
    assert packages.published("") == ""
    assert paths.package("") == paths.DATA


@pytest.mark.parametrize("given", ["mine", "mine/", "./mine", "../repository/mine"])
def test_a_package_in_the_repository_is_named_from_its_root(repository: Path, given: str) -> None:
    assert packages.published(given) == "mine"
    assert packages.published(str(repository / given)) == "mine"


def test_a_link_in_the_repository_is_named_as_it_is_there(repository: Path) -> None:
    (repository / "link").symlink_to(repository.parent / "beside")
    assert packages.published("link") == "link"


def test_a_package_beside_the_repository_keeps_the_relative_name_it_was_given(
    repository: Path,
) -> None:
    assert packages.published("../beside/") == "../beside"
    assert not paths.PACKAGES.exists()


def test_a_package_named_by_a_place_of_the_machine_is_kept_under_its_content(
    repository: Path,
) -> None:
    elsewhere = repository.parent / "beside"
    name = packages.published(str(elsewhere))
    assert name.startswith("_build/packages/beside-")
    assert len(dealbook.load(repository / name).deals) == len(dealbook.load(TINY).deals)
    again = shutil.copytree(elsewhere, repository.parent / "another" / "beside")
    assert packages.published(str(again)) == name
    (again / "parties.csv").write_text((again / "parties.csv").read_text().replace("a", "e"))
    assert packages.published(str(again)) != name
    assert len(list(paths.PACKAGES.iterdir())) == 2


def test_a_relative_name_counts_from_the_repository_wherever_the_notebook_lies(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "../beside"):
        assert paths.package(name) == repository / name
        assert not dealbook.load(name).deals.empty


def test_a_package_beside_the_notebook_comes_before_one_of_the_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TINY, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert paths.package("mine").samefile(tmp_path / "mine")


def test_a_package_that_is_nowhere_is_refused_by_the_name_it_was_given(repository: Path) -> None:
    with pytest.raises(FileNotFoundError, match=f"^nowhere{os.sep}datapackage.json: not found"):
        dealbook.load("nowhere")
