"""The notebook with the measures in five lines: the README's own lines, and what they print."""

from __future__ import annotations

import re

import nbformat
import pytest

from tightrope.paths import ROOT

from .conftest import CASES


def test_the_notebook_has_the_five_lines_of_the_readme_and_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    notebook = nbformat.read(CASES / "five-lines.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert cells[0] == re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[0].rstrip("\n")
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "five-lines.ipynb", "exec"), names)
    # By hand: 9 of 12; with the loan of 15 and the rumour of 5, 70 of 120 and 25 of 45.
    first, second, *said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert first == "0.75 0.0"
    assert [float(one) for one in second.split()] == pytest.approx([70 / 120, 25 / 45])
    assert said == [
        "what is to come in: $40–45 bn",
        "the round trip: $20 bn",
        "the external share: 50%",
    ]
