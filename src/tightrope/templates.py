"""HTML from Jinja2 templates: the files of the folder `html` beside this module."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "html"
"""Part of the package: notebooks use them too, and they go with the functions that fill them."""

ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""A value is text: what it holds of HTML shows as it is written, unless it says it is markup."""


def render(name: str, /, **values: object) -> str:
    """The template `name` of `FOLDER` with these values, as HTML.

    Raises jinja2's `UndefinedError` where the template asks for a value that is not given.
    """
    return ENVIRONMENT.get_template(name).render(values)
