"""Prepare a release: check the tree, write version and day where they stand, say what is next.

python -m tightrope.publish.release --version X.Y.Z

Nothing is committed, tagged or sent: the last word is that of whoever releases.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tightrope import paths
from tightrope.publish.files import write_whole

MAIN = "main"
PROJECT, CITATION, CHANGELOG = "pyproject.toml", "CITATION.cff", "CHANGELOG.md"
VERSIONS = {
    PROJECT: r'(?m)^(version = ")[^"]*(")$',
    CITATION: r"(?m)^(version: ).*()$",
    "data/datapackage.json": r'(?m)^( "version": ")[^"]*(",)$',
    "tests/fixtures/tiny/datapackage.json": r'(?m)^( "version": ")[^"]*(",)$',
    "src/tightrope/__init__.py": r'(?m)^(__version__ = ")[^"]*(")$',
}
"""Where the version stands, with what comes before and after it on its line."""
CHECKS = {"lint": "style, types or notebooks", "check-data": "the data"}
"""The targets of make that have to pass, and what is wrong if one does not."""
_DAY = r"(?m)^(date-released: ).*()$"
_UNRELEASED = r"(?m)^## Unreleased\n+((?:(?!## ).*\n?)*)"


class RefusedError(ValueError):
    """The tree is not ready for a release; the message is one line that says why."""


def release(root: Path, version: str, day: date) -> list[str]:
    """Write `version` and `day` into the tree at `root`; the commands that are left to call.

    Raises `RefusedError` and leaves all as it was where the version is none or not newer, the tree
    has changes or is on another branch, the changelog has nothing new, or a check fails.
    """
    _check_version(root, version)
    _check_tree(root, version)
    texts = {name: _written(root, name, rule, version) for name, rule in VERSIONS.items()}
    texts[CITATION] = _put(texts[CITATION], CITATION, _DAY, day.isoformat())
    texts[CHANGELOG] = _changelog((root / CHANGELOG).read_text(encoding="utf-8"), version, day)
    for target, what in CHECKS.items():
        _check(root, target, what)
    for name, text in texts.items():
        write_whole(root / name, text)
    return [
        f'git commit -am "Release {version}"',
        f'git tag -a v{version} -m "The Tightrope {version}"',
        "git push --follow-tags",
    ]


def _check_version(root: Path, version: str) -> None:
    if not version:
        raise RefusedError("name the version: make release VERSION=1.2.0")
    if not re.fullmatch(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}", version):
        raise RefusedError(f'VERSION must be three numbers, such as 1.2.0, not "{version}"')
    text = (root / PROJECT).read_text(encoding="utf-8")
    found = re.search(r'(?m)^version = "([^"]*)"$', text)
    now = found[1] if found else "0.0.0"
    if _numbers(version) <= _numbers(now):
        raise RefusedError(f"VERSION must be newer than {now}, which {PROJECT} has, not {version}")


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _check_tree(root: Path, version: str) -> None:
    if (branch := _git(root, "branch", "--show-current")) != MAIN:
        raise RefusedError(f"a release is made on {MAIN}; this is {branch or 'no branch'}")
    if changed := _git(root, "status", "--porcelain").splitlines():
        names = ", ".join(line.split(maxsplit=1)[1] for line in changed[:3])
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise RefusedError(f"commit or take back first what has changed: {names}{more}")
    if _git(root, "tag", "--list", f"v{version}"):
        raise RefusedError(f"there is a tag v{version} already; name another version")


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise RefusedError("git is not to be found; a release needs it") from None
    except subprocess.CalledProcessError as error:
        raise RefusedError(f"git: {error.stderr.strip().splitlines()[0]}") from None
    return done.stdout.strip()


def _written(root: Path, name: str, rule: str, version: str) -> str:
    return _put((root / name).read_text(encoding="utf-8"), name, rule, version)


def _put(text: str, name: str, rule: str, value: str) -> str:
    text, times = re.subn(rule, rf"\g<1>{value}\g<2>", text)
    if times != 1:
        raise RefusedError(f"{name}: the line for {value} should be there once, not {times} times")
    return text


def _changelog(text: str, version: str, day: date) -> str:
    found = re.search(_UNRELEASED, text)
    if not found:
        raise RefusedError(f'{CHANGELOG}: there is no heading "## Unreleased"')
    if not found[1].startswith("- "):
        raise RefusedError(f'{CHANGELOG}: nothing stands under "Unreleased"; say what is new')
    heading = f"## Unreleased\n\n## {version} ({day.isoformat()})\n\n"
    return text[: found.start()] + heading + text[found.start(1) :]


def _check(root: Path, target: str, what: str) -> None:
    # What this call of make was given is not for the checks.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(["make", target], cwd=root, env=plain, capture_output=True, check=False)
    if done.returncode:
        raise RefusedError(f"something is wrong with {what}: make {target} says what")


def main(arguments: list[str], root: Path = paths.ROOT) -> int:
    """Prepare the release that the arguments name; 1 with the reason if it may not be."""
    parser = argparse.ArgumentParser(prog="make release", description="Prepare a release.")
    parser.add_argument("--version", default="", help="version to release, such as 1.2.0")
    version = parser.parse_args(arguments).version
    try:
        commands = release(root, version, datetime.now(UTC).date())
    except (OSError, RefusedError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{version} stands in {', '.join([CHANGELOG, *VERSIONS])}. Look at it (git diff), then:")
    print("\n".join(f"  {command}" for command in commands))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
