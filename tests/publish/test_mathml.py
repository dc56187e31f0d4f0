"""Formulas as MathML: what is drawn, and that nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest

from tightrope import paths
from tightrope.publish import build, site
from tightrope.publish.mathml import FormulaError, mathml
from tightrope.publish.run import Edition

from ..conftest import TINY
from .conftest import Cells, markdown, toy_cells

FRACTION = r"r = \frac{\sum\limits_{i \neq j} \min(w_{ij}, w_{ji})}{X}"


def names(written: str) -> list[str]:
    return [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(written).iter()]


def test_a_formula_is_mathml_of_its_parts() -> None:
    written = mathml(FRACTION, "block")
    assert 'display="block"' in written
    assert {"math", "mfrac", "munder", "msub"} <= set(names(written))


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\nonsense{x}", r"\\nonsense is not known"),
        (r"\frac{1}", "a part is missing: mfrac has 1 of 2"),
        ("{x", "braces do not match"),
        ("x}", "braces do not match"),
        (r"\left( x", "ExtraLeftOrMissingRightError"),
        ("x^", "MissingSuperScriptOrSubscriptError"),
        ("", "NoAvailableTokensError"),
    ],
)
def test_what_cannot_be_written_is_an_error(latex: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        mathml(latex)


def test_braces_that_are_shown_need_no_partner() -> None:
    shown = ElementTree.fromstring(mathml(r"\{ x")).itertext()
    assert "".join(shown) == "{x"


def formulas_of(notebook: Path) -> list[str]:
    """What the roles and directives `math` of a notebook hold."""
    text = "\n\n".join(
        cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "markdown"
    )
    blocks = re.findall(r"^:::\{math\}\n(.*?)^:::", text, flags=re.DOTALL | re.MULTILINE)
    return blocks + re.findall(r"\{math\}`([^`]+)`", text)


@pytest.mark.parametrize("name", ["methods", "methods-runway", "methods-losses"])
def test_every_formula_of_the_methods_can_be_written(name: str) -> None:
    formulas = formulas_of(paths.NOTEBOOKS / f"{name}.ipynb")
    assert len(formulas) > 10
    for latex in formulas:
        mathml(latex, "block")


class TestOnAPage:
    @pytest.fixture
    def toy(self, manuscript: Callable[[Cells], Any], tmp_path: Path) -> Callable[[str], str]:
        def page(text: str) -> str:
            cells = [*toy_cells(), markdown(text)]
            build.build(Edition(data=str(TINY)), tmp_path / "out", 1, manuscript(cells))
            return (tmp_path / "out" / "site" / "chapters" / "toy.html").read_text()

        return page

    def test_role_and_directive_are_drawn_and_dollars_stay_dollars(
        self, toy: Callable[[str], str]
    ) -> None:
        html = toy(f"Between $1 and $2 lies {{math}}`x_1`.\n\n:::{{math}}\n{FRACTION}\n:::")
        assert "Between $1 and $2 lies" in html
        assert html.count("<math ") == 2
        assert '<div aria-label="Formula" class="formula" role="group" tabindex="0">' in html
        assert "mathjax" not in html.lower()

    def test_a_formula_that_cannot_be_written_stops_the_build(
        self, toy: Callable[[str], str]
    ) -> None:
        with pytest.raises(site.SiteError, match=r"formula \\nonsense: \\nonsense is not known"):
            toy(r"{math}`\nonsense`")
