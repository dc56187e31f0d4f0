"""Templates of ours take the place of the theme's: where the theme has none, that is an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader
from sphinx.errors import ExtensionError

from tightrope import templates
from tightrope.publish import overrides, site
from tightrope.publish.frame import Frame

Check = Callable[[], None]
PARENT = "{% block css %}{% endblock %}{% block extra %}{% trans %}x{% endtrans %}{% endblock %}"


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check the templates of a folder `ours` against those of a folder `theirs`."""
    files = {
        "ours/layout.html": '{% extends "!layout.html" %}{% block css %}{% endblock %}',
        "ours/components/button.html": "<button></button>",
        "ours/sections/menu.html": "<p></p>",
        "theirs/layout.html": '{% extends "base/layout.html" %}{% block mine %}{% endblock %}',
        "theirs/base/layout.html": PARENT,
        "theirs/button.html": "<button></button>",
        "theirs/sections/menu.html": "<p></p>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(overrides, "FOLDER", tmp_path / "ours")
    ours = [FileSystemLoader(tmp_path / "ours")] * len(overrides.FOLDERS)
    return lambda: overrides.check([*ours, FileSystemLoader(tmp_path / "theirs")])


def test_templates_and_blocks_that_the_theme_has_are_fine(check: Check) -> None:
    check()


def test_a_block_that_has_gone_is_named(check: Check, tmp_path: Path) -> None:
    (tmp_path / "theirs" / "base" / "layout.html").write_text(PARENT.replace(" css ", " head "))
    expected = 'the theme has changed; it has no block "css", which html/theme/layout.html replaces'
    with pytest.raises(ExtensionError, match=f"^{expected}$"):
        check()


@pytest.mark.parametrize(
    ("gone", "place"),
    [("button.html", "components/button.html"), ("sections/menu.html", "sections/menu.html")],
)
def test_a_template_that_has_gone_is_named(
    check: Check, tmp_path: Path, gone: str, place: str
) -> None:
    (tmp_path / "theirs" / gone).unlink()
    with pytest.raises(ExtensionError, match=f"no template {gone}, which html/theme/{place} "):
        check()


def test_all_that_has_gone_is_named_at_once(check: Check, tmp_path: Path) -> None:
    (tmp_path / "theirs" / "button.html").unlink()
    (tmp_path / "theirs" / "sections" / "menu.html").unlink()
    with pytest.raises(ExtensionError, match=r"no template button.html.*, no template sections"):
        check()


def test_where_one_of_our_templates_changes_sphinx_starts_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = tmp_path / "theme" / "layout.html"
    layout.parent.mkdir()
    layout.write_text("one")
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    before = site._lasting(tmp_path / "source", Frame())
    layout.write_text("two")
    assert site._lasting(tmp_path / "source", Frame()) != before
