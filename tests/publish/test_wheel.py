"""What `make wheel` packs is all that the package needs, and the README shows code that runs."""

from __future__ import annotations

import re
import tomllib

import pytest

from tightrope.paths import ROOT

SRC = ROOT / "src" / "tightrope"


def test_every_file_that_is_no_module_is_packed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["tightrope"]
    packed = {path for pattern in patterns for path in SRC.glob(pattern)}
    assert [
        str(path.relative_to(SRC))
        for path in sorted(SRC.rglob("*"))
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path not in packed
    ] == []


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in SRC.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_the_five_lines_of_the_readme_print_what_they_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]
    assert len([line for line in code.splitlines() if line]) == 5
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out == "0.75 0.0\n"


def test_measures_need_nothing_of_the_repository() -> None:
    """A module of measures that read a file would not run from the wheel."""
    for path in sorted(SRC.glob("measures/*.py")):
        assert "import paths" not in path.read_text("utf-8"), path.name
