"""The labs, run: solved to the end with the book's values, and each blank to one line."""

from __future__ import annotations

import importlib
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tightrope.course import notebooks, tables
from tightrope.course.answer import Answer
from tightrope.course.webs import LABS, WEBS
from tightrope.dealbook import Dealbook
from tightrope.publish import archive
from tightrope.quantities.view import View

from ..referee import FROZEN, REFEREE
from ..sharing import write
from .conftest import SOURCES, code

every_lab = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def recorded(source: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What a solved lab hands to `check`, by part."""
    found: dict[str, object] = {}
    recorder = ModuleType("check")
    vars(recorder)["check"] = found.__setitem__
    monkeypatch.setitem(sys.modules, "check", recorder)
    space: dict[str, object] = {}
    for text in code(notebooks.solved(source)):
        exec(text, space)
    return found


@every_lab
@pytest.mark.usefixtures("in_labs")
def test_a_solved_lab_finds_what_the_engine_finds(
    source: Path, answers: dict[str, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = recorded(source, monkeypatch)
    assert list(found) == [part for part in answers if part[0] == source.stem[1]]
    for part, value in found.items():
        answer = answers[part]
        if isinstance(answer.value, str):
            assert value == answer.value, part
        else:
            assert answer.grid is not None
            # Only 6e is drawn: its own tolerance stands for four standard errors of its draws.
            most = answer.grid * 1.5 if part == "6e" else 1e-5
            assert math.isclose(float(str(value)), answer.value, abs_tol=most), part


HEARD = {"returnable.low": REFEREE["round_trip_of_open_ends.high"].value}
"""What the referee has more at a low end: what only the press reported that Oracle buys of Nvidia,
which the book no longer counts there (`tests/unit/test_quantities.py`)."""


@pytest.mark.parametrize(
    ("lab", "rebuilt"),
    [
        ("01-rungs", {"1b": "paid_in.low", "1c": "paid_in.high"}),
        ("03-round-trip", {"3d": "round_trip.low", "3e": "round_trip.high"}),
        ("04-any-route", {"4c": "returnable.low"}),
    ],
)
def test_on_the_frozen_rows_a_lab_finds_what_a_referee_rebuilt_without_this_code(
    lab: str,
    rebuilt: dict[str, str],
    referee_book: Dealbook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = View.of(referee_book, "openai")
    made = {"flows.csv": tables.flows(view), "web.csv": tables.web(view)}
    write({f"data/{name}": content for name, content in archive.files(FROZEN).items()}, tmp_path)
    for name, table in made.items():
        table.to_csv(tmp_path / "data" / name, index=False)
    shutil.copytree(WEBS, tmp_path / "webs")
    monkeypatch.chdir(tmp_path)
    found = recorded(LABS / f"{lab}.ipynb", monkeypatch)
    for part, name in rebuilt.items():
        more = HEARD.get(name, 0.0)
        assert REFEREE[name].agrees(float(str(found[part])) + more), part


@every_lab
@pytest.mark.usefixtures("in_labs")
def test_each_blank_stops_with_one_line_and_nothing_else_breaks(source: Path) -> None:
    blank: type[Exception] = importlib.import_module("check").Blank
    solved, empty = code(notebooks.solved(source)), code(notebooks.student(source))
    space: dict[str, object] = {}
    for place, text in enumerate(solved):
        if notebooks.BEGIN in text:
            left = dict(space)
            with pytest.raises(blank):
                for later in empty[place:]:
                    exec(later, left)
        exec(text, space)


WITHOUT_THE_ENGINE = """
import json, sys
from importlib.abc import MetaPathFinder
from pathlib import Path


class Closed(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"tightrope", "scipy", "networkx", "ortools", "altair"}:
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Closed())
sys.path.insert(0, ".")
for file in sorted(Path().glob("*-solved.ipynb")):
    space = {}
    for cell in json.loads(file.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
"""


def test_the_solved_labs_of_a_pack_run_where_there_is_no_engine(unpacked: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", WITHOUT_THE_ENGINE],
        cwd=unpacked / "labs",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert [line for line in said if ": right" not in line] == []
    assert len(said) == 40


IN_STOCK_JUPYTER = """
import sys
from pathlib import Path
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

for file in sorted(Path().glob("*.ipynb")):
    notebook = nbformat.read(file, as_version=4)
    end = "whole"
    try:
        NotebookClient(notebook, kernel_name="python3").execute()
    except CellExecutionError as error:
        end = error.ename
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    lines = [line for out in outputs for line in out.get("traceback", [])]
    print(file.stem, end, len(lines))
"""


@pytest.mark.matrix
def test_the_pack_installs_and_runs_from_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = str(environment / "bin" / "python")
    wanted = ["-q", "--disable-pip-version-check", "-r", str(unpacked / "requirements.txt")]
    # No path of this project may reach the kernels.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([python, "-m", "pip", "install", *wanted], check=True, env=clean)
    done = subprocess.run(
        [python, "-c", IN_STOCK_JUPYTER],
        cwd=unpacked / "labs",
        capture_output=True,
        text=True,
        check=False,
        env=clean,
    )
    assert done.returncode == 0, done.stderr
    ended = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert ended == {
        **{source.stem: ["Blank", "1"] for source in SOURCES},
        **{f"{source.stem}-solved": ["whole", "0"] for source in SOURCES},
    }
