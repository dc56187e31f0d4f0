"""A Sphinx extension: what the theme needs to be private and accessible.

It drops the scripts that the theme would load from other hosts, and announces an edition that is
not the book's own.
"""

from __future__ import annotations

import os
from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("html-page-context", _tidy, priority=900)
    app.connect("builder-inited", _announce)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _announce(app: Sphinx) -> None:
    text = os.environ.get("TIGHTROPE_ANNOUNCEMENT", "")
    if text:
        app.config.html_theme_options["announcement"] = text


def _tidy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    context["script_files"] = [
        script for script in context["script_files"] if not _is_unwanted(str(script))
    ]


def _is_unwanted(script: str) -> bool:
    return any(name in script for name in ("thebe", "mathjax", "://"))
