"""Values become text in templates, none may be missing, and pages know the templates they use."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import FileSystemLoader, UndefinedError

from tightrope import templates
from tightrope.publish import imports


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = templates.ENVIRONMENT.overlay(loader=FileSystemLoader(tmp_path))
    monkeypatch.setattr(templates, "ENVIRONMENT", here)
    return tmp_path


def test_what_a_value_holds_of_html_shows_as_it_is_written(folder: Path) -> None:
    (folder / "name.html").write_text('<p title="{{ name }}">{{ name }}</p>')
    shown = "A &lt;b&gt; &amp; &#34;C&#34;"
    assert templates.render("name.html", name='A <b> & "C"') == f'<p title="{shown}">{shown}</p>'


def test_a_value_that_is_not_given_is_an_error_that_names_it(folder: Path) -> None:
    (folder / "name.html").write_text("{{ nmae }}")
    with pytest.raises(UndefinedError, match="'nmae' is undefined"):
        templates.render("name.html", name="A")


def test_a_line_that_holds_only_a_block_leaves_no_line(folder: Path) -> None:
    (folder / "list.html").write_text(
        "{% for x in xs %}\n  {% if x %}\n{{ x }}\n  {% endif %}\n{% endfor %}\n"
    )
    assert templates.render("list.html", xs=[1, 0, 2]) == "1\n2\n"


@pytest.fixture
def src(tmp_path: Path) -> Path:
    for name, text in (
        ("tightrope/__init__.py", ""),
        ("tightrope/publish/__init__.py", ""),
        ("tightrope/publish/list.py", 'render("page.html", deals=())'),
        ("tightrope/html/page.html", '{% include "row.html" %}'),
        ("tightrope/html/row.html", "<p></p>"),
        ("tightrope/html/other.html", "<p></p>"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_code_uses_the_templates_it_names_and_those_that_they_include(src: Path) -> None:
    used = imports.reached(["from tightrope.publish import list"], src)
    assert {file.name for file in used if file.suffix == ".html"} == {"page.html", "row.html"}


def test_code_that_names_no_template_uses_none(src: Path) -> None:
    used = imports.reached(["from tightrope import publish"], src)
    assert [file.name for file in used if file.suffix == ".html"] == []


def test_a_cell_with_a_magic_command_may_use_any_template(src: Path) -> None:
    used = imports.reached(["%precision 2"], src)
    assert {file.name for file in used if file.suffix == ".html"} == {
        "page.html",
        "row.html",
        "other.html",
    }
