"""The page on accessibility and privacy names the tests that show what it says."""

from __future__ import annotations

import re

from tightrope import paths


def test_every_test_that_the_page_names_is_there() -> None:
    text = (paths.BOOK / "reference" / "about.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[^`]+)`", text))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (paths.ROOT / name).is_file()] == []


def test_scripts_keep_nothing_in_the_browser_but_the_mode() -> None:
    """The theme's own script keeps `theme` beside it, and a closed announcement."""
    kept = {
        key
        for script in paths.STATIC.glob("*.js")
        for key in re.findall(
            r"(?:local|session)Storage\.\w+\(\"(\w+)\"|document\.(cookie)",
            script.read_text(encoding="utf-8"),
        )
    }
    assert kept == {("mode", "")}
