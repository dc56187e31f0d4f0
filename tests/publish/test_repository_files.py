"""The files that GitHub and pre-commit read: forms, workflows and hooks."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tightrope import paths

GITHUB = paths.ROOT / ".github"
FORMS = ["wrong-number.yml", "missing-deal.yml"]
WORKFLOWS = ["test.yml", "deploy.yml"]
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
"""The kinds of elements that GitHub's forms know."""


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_what_github_requires(name: str) -> None:
    form = read(GITHUB / "ISSUE_TEMPLATE" / name)
    assert form.keys() >= {"name", "description", "body"}
    asked = [one for one in form["body"] if one["type"] != "markdown"]
    assert {one["type"] for one in form["body"]} <= KINDS
    assert all(one["attributes"]["label"] for one in asked)
    assert len({one["id"] for one in asked}) == len(asked) > 0


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("wrong-number.yml", ["page", "shown", "card", "correct", "source"]),
        ("missing-deal.yml", ["date", "payer", "payee", "amount", "rung", "source"]),
    ],
)
def test_a_form_asks_for_what_a_correction_needs(name: str, ids: list[str]) -> None:
    body = read(GITHUB / "ISSUE_TEMPLATE" / name)["body"]
    assert [one["id"] for one in body if "id" in one] == ids


def test_whoever_fits_no_form_can_write_all_the_same() -> None:
    assert read(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is True


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_by_commit(name: str) -> None:
    text = (GITHUB / "workflows" / name).read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []


def test_only_the_job_that_deploys_may_publish() -> None:
    flow = read(GITHUB / "workflows" / "deploy.yml")
    rights = {name: job["permissions"] for name, job in flow["jobs"].items()}
    assert flow["permissions"] == {}
    assert rights == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_what_is_deployed_is_the_site_that_make_book_builds() -> None:
    steps = read(GITHUB / "workflows" / "deploy.yml")["jobs"]["build"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["make book"]
    assert steps[-1]["with"] == {"path": "_build/book/site"}


def test_the_tests_of_a_pull_request_are_those_of_ci() -> None:
    steps = read(GITHUB / "workflows" / "test.yml")["jobs"]["test"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]


def test_hooks_are_local_and_their_commands_exist() -> None:
    repositories = read(paths.ROOT / ".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["ruff", "ruff-format", "nbstripout", "check-data"]
    assert all(hook["language"] == "system" for hook in hooks)
    commands = [paths.ROOT / shlex.split(hook["entry"])[0] for hook in hooks]
    assert [command for command in commands if not command.is_file()] == []
