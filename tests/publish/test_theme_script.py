"""The theme's script leaves closed folds alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from tightrope.publish import theme_script


def test_it_measures_what_is_outside_closed_folds_alone_and_twice_is_once(tmp_path: Path) -> None:
    script = tmp_path / "theme.js"
    script.write_text("all.forEach(e=>{e.tabIndex=e.scrollWidth})")
    theme_script.calm(script)
    theme_script.calm(script)
    assert (
        script.read_text()
        == 'all.forEach(e=>{if(!e.closest("details:not([open])"))e.tabIndex=e.scrollWidth})'
    )


@pytest.mark.parametrize(
    "text", ["", "forEach(e=>{e.tabIndex=e.scrollWidth});forEach(e=>{e.tabIndex=e.scrollWidth})"]
)
def test_another_script_than_the_one_it_knows_is_refused(tmp_path: Path, text: str) -> None:
    script = tmp_path / "theme.js"
    script.write_text(text)
    with pytest.raises(ExtensionError, match="the theme has changed"):
        theme_script.calm(script)
