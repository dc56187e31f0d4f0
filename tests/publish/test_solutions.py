"""A book without solutions: no string of one is left on the site, in a notebook or in the search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tightrope.publish import build, command
from tightrope.publish.run import Edition

from ..conftest import TINY
from .conftest import code, markdown, toy_cells, write_manuscript

EXERCISES = """exercises:
  - id: toy-which
    level: recall
    minutes: 3
    means: page
    own: false
    parts:
      - ask: Whose stake is larger?
        answer: Quetzalcoatl’s, by *just* [[answer-stake]] of [[to_come_in]].
        keys: [answer-stake]
  - id: toy-argue
    level: argue
    minutes: 9
    means: code
    parts:
      - ask: Argue about it.
        answer: A zabaglione of a claim.
        grid: {claim: a wombat, row: a numbat, denominator: a quokka, counter: a bilby}
quiz:
  - ask: Which rung is a letter?
    options:
      - {text: Intended, why: It obliges nobody.}
      - {text: Paid, why: No money has moved., mistake: letter}
      - {text: Binding, why: It is no contract., mistake: letter}
"""
SECRETS = ("Quetzalcoatl", "answer-stake", "zabaglione", "wombat", "bilby", "axolotl", "4242")
"""Words and numbers of the solutions; axolotl stands in the code of one, 4242 in its output."""
ANSWER = 'Facts(book).legs("answer-stake", ["stake-cash"], layer)'


def built(folder: Path, *, solutions: bool) -> Path:
    """The site of the toy book with exercises."""
    cells = [
        *(cell for cell in toy_cells() if "solution" not in cell.metadata.get("tags", [])),
        markdown("## Learn\n\nA goal."),
        code(ANSWER, "plumbing", "solution"),
        code("axolotl = 4241\nprint(axolotl + 1)", "solution", "solves-toy-argue"),
    ]
    written = write_manuscript(folder / "manuscript", cells)
    (written.book / "exercises").mkdir()
    (written.book / "exercises" / "toy.yml").write_text(EXERCISES, encoding="utf-8")
    edition = Edition(data=str(TINY), solutions=solutions)
    build.build(edition, folder / "out", 1, written)
    return folder / "out" / "site"


def found(site: Path) -> dict[str, list[str]]:
    """The secrets that the text files of a site hold, by file."""
    texts = {
        str(file.relative_to(site)): file.read_text(encoding="utf-8", errors="ignore")
        for file in site.rglob("*")
        if file.suffix in (".html", ".js", ".json", ".ipynb", ".csv", ".svg", ".txt")
    }
    held = {name: [word for word in SECRETS if word in text] for name, text in texts.items()}
    return {name: words for name, words in held.items() if words}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("solved"), solutions=True)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("bare"), solutions=False)


def test_the_book_has_them_folded_under_their_exercises(solved: Path) -> None:
    page = (solved / "chapters" / "toy.html").read_text(encoding="utf-8")
    assert page.count("Show the solution</p>") == 2
    assert "<p>Quetzalcoatl’s, by <em>just</em> <a " in page
    assert "Show the solution in code" in page
    assert page.index("Whose stake") < page.index("Quetzalcoatl") < page.index("Argue about it")
    assert "exercises with solutions" in page
    assert set(SECRETS) <= {word for words in found(solved).values() for word in words}


def test_the_notebook_to_take_away_has_them_last_and_no_quiz(solved: Path) -> None:
    cells = json.loads((solved / "notebooks" / "chapters" / "toy.ipynb").read_text())["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    assert text.index("Argue about it") < text.index("## Solutions") < text.index("Quetzalcoatl")
    assert "quiz-question" not in text


def test_without_solutions_none_is_anywhere(bare: Path) -> None:
    assert found(bare) == {}


def test_without_solutions_the_exercises_and_the_quiz_stay(bare: Path) -> None:
    page = (bare / "chapters" / "toy.html").read_text(encoding="utf-8")
    assert "Whose stake is larger?" in page
    assert "No money has moved." in page
    assert "What to learn here, and exercises<" in page
    assert "without the solutions of its exercises" in page


def test_a_total_that_only_a_solution_names_is_no_fact_of_a_book_without(
    solved: Path, bare: Path
) -> None:
    assert "toy.to_come_in" in json.loads((solved / "facts.json").read_text())
    assert "toy.to_come_in" not in json.loads((bare / "facts.json").read_text())


def test_only_none_leaves_solutions_out() -> None:
    assert not command.read(["--out=x", "--solutions=none"]).has_solutions
    assert command.read(["--out=x", "--solutions="]).has_solutions
    with pytest.raises(ValueError, match='SOLUTIONS must be none, or left out, not "no"'):
        command.read(["--out=x", "--solutions=no"])
