"""The templates that take the place of the theme's, and whether they still fit it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, TemplateNotFound
from jinja2.nodes import Block, Const, Extends
from sphinx.errors import ExtensionError

from tightrope import templates

FOLDER = templates.FOLDER / "theme"
FOLDERS = (FOLDER, FOLDER / "components")
"""Where Sphinx looks before it looks into the theme, which names components without a folder."""


def check(loaders: Sequence[BaseLoader]) -> None:
    """Whether the theme still has what the templates of `FOLDER` replace.

    `loaders` are Sphinx's, ours first. Raises ExtensionError that names what the theme has no more:
    what stands in its place would show nowhere, and nobody would see that.
    """
    theirs = Environment(
        loader=ChoiceLoader(loaders[len(FOLDERS) :]), extensions=["jinja2.ext.i18n"]
    )
    missing = [what for file in sorted(FOLDER.rglob("*.html")) for what in _missing(file, theirs)]
    if missing:
        raise ExtensionError(f"the theme has changed; it has no {', no '.join(missing)}")


def _missing(file: Path, theirs: Environment) -> Iterator[str]:
    name = file.relative_to(FOLDER).as_posix().removeprefix("components/")
    try:
        blocks = set(_blocks(name, theirs))
    except TemplateNotFound as error:
        yield f"template {error.name}, which html/theme/{file.relative_to(FOLDER)} replaces"
        return
    ours = theirs.parse(file.read_text(encoding="utf-8"))
    for block in ours.find_all(Block):
        if block.name not in blocks:
            yield f'block "{block.name}", which html/theme/{file.relative_to(FOLDER)} replaces'


def _blocks(name: str, theirs: Environment) -> Iterator[str]:
    """The blocks of a template, and of those that it extends."""
    assert theirs.loader is not None
    tree = theirs.parse(theirs.loader.get_source(theirs, name)[0])
    yield from (block.name for block in tree.find_all(Block))
    for parent in tree.find_all(Extends):
        if isinstance(parent.template, Const):
            yield from _blocks(parent.template.value, theirs)
