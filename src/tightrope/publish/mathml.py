"""A Sphinx extension: formulas as MathML, which browsers draw themselves.

No script, no font and no other host is needed: formulas show from a disk and in print, take the
text's colour, and screen readers read them. Only the role and the directive `math` write them.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

NAME = "mathml"
_logger = logging.getLogger(__name__)
# What the converter leaves incomplete without a word; MathML says how many parts each must have.
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2}


class FormulaError(ValueError):
    """LaTeX that cannot be written as MathML; the message says why."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer with Sphinx; `html_math_renderer: mathml` chooses it."""
    app.add_html_math_renderer(NAME, (_visit_inline, None), (_visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def mathml(latex: str, display: str = "inline") -> str:
    """A formula as a `<math>` element; `display` is "inline" or "block".

    Raises FormulaError for LaTeX that is unfinished, unbalanced, or uses a command that the
    converter does not know: it would show the command's name or drop a part, without an error.
    """
    bare = re.sub(r"\\[{}\\]", "", latex)
    if bare.count("{") != bare.count("}"):
        raise FormulaError("braces do not match")
    try:
        written = convert(latex, display=display)
    except Exception as error:  # the converter's own errors share no class
        raise FormulaError(type(error).__name__) from error
    for element in ElementTree.fromstring(written).iter():
        name = element.tag.rpartition("}")[2]
        if name in _PARTS and len(element) != _PARTS[name]:
            raise FormulaError(f"a part is missing: {name} has {len(element)} of {_PARTS[name]}")
        if "\\" in (element.text or ""):
            raise FormulaError(f"{element.text} is not known")
    return written


def _visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(f'<span class="formula-inline">{_of(node, "inline")}</span>')
    raise nodes.SkipNode


def _visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    # A long formula scrolls within itself, and what scrolls must be reachable by keyboard.
    start = translator.starttag(
        node, "div", "", CLASS="formula", role="group", tabindex="0", **{"aria-label": "Formula"}
    )
    translator.body.append(f"{start}{_of(node, 'block')}</div>\n")
    raise nodes.SkipNode


def _of(node: nodes.Element, display: str) -> str:
    """The node's MathML; what is wrong with it is a warning, and so stops the build."""
    try:
        return mathml(node.astext(), display)
    except FormulaError as error:
        _logger.warning("formula %s: %s", node.astext(), error, location=node)
        return ""
