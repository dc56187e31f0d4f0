"""The theme's script, so that it measures no code in a closed fold.

It looks at every block of code and every output whether it scrolls, for the keyboard to reach it,
and the browser has to lay out what no reader has opened. What is in a fold is looked at when it
opens (`tightrope.js`).
"""

from __future__ import annotations

from pathlib import Path

from sphinx.errors import ExtensionError

NAME = "scripts/pydata-sphinx-theme.js"
_ALL = "forEach(e=>{e.tabIndex=e.scrollWidth"
_IN_SIGHT = 'forEach(e=>{if(!e.closest("details:not([open])"))e.tabIndex=e.scrollWidth'


def calm(script: Path) -> None:
    """Let the theme's script at `script` leave closed folds alone.

    Raises ExtensionError if it is not the script that this was written for.
    """
    text = script.read_text(encoding="utf-8")
    if _IN_SIGHT in text:
        return
    if text.count(_ALL) != 1:
        raise ExtensionError(f"the theme has changed; {NAME} has no {_ALL} or several")
    script.write_text(text.replace(_ALL, _IN_SIGHT), encoding="utf-8")
