"""What is told when Jupyter Book fails."""

from __future__ import annotations

from pathlib import Path

from tightrope.publish.site import what_sphinx_said

SOURCE = Path("/somewhere/source")


def test_the_line_that_follows_the_word_error_is_told_too() -> None:
    # As Sphinx prints a fault of an extension: what went wrong is on a line of its own.
    output = (
        "reading sources... done\n\nExtension error:\nits pages load scripts/fontawesome.js again\n"
    )
    told = what_sphinx_said(output, SOURCE)
    assert told == "Extension error:\nits pages load scripts/fontawesome.js again"


def test_an_extension_named_in_the_first_line_keeps_its_second() -> None:
    output = "Extension error (tightrope.publish.finish):\nHandler threw an exception\nlater"
    told = what_sphinx_said(output, SOURCE)
    assert told == "\n".join(output.splitlines()[:2])


def test_warnings_are_told_without_colours_and_with_short_names() -> None:
    output = (
        f"\x1b[91mloading\x1b[39;49;00m\n\x1b[31m{SOURCE}/intro.md:3: WARNING: no page\x1b[39m\nend"
    )
    assert what_sphinx_said(output, SOURCE) == "intro.md:3: WARNING: no page"


def test_where_no_line_names_a_fault_the_last_twenty_are_told() -> None:
    output = "\n".join(f"line {number}" for number in range(30))
    assert what_sphinx_said(output, SOURCE).splitlines() == [f"line {n}" for n in range(10, 30)]
