"""Pages that the build adds below another: their files, and their lines in the list of pages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tightrope.publish import parts
from tightrope.publish.pages import listed
from tightrope.publish.parts import Part, Section

TOC = """format: jb-book
root: index
parts:
  - caption: One
    chapters:
      - file: chapters/a
        sections:
          - file: reference/long
      - file: chapters/b
"""
PARTS = [
    Part("reference/long/x", "X", [Section("<p>1</p>\n\n<p>2</p>")]),
    Part("reference/long/y", "Y", [Section("<p>3</p>", "Three", "three")]),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "_toc.yml").write_text(TOC)
    return tmp_path


def test_the_pages_follow_their_own_in_the_list(source: Path) -> None:
    parts.write(PARTS, "reference/long", source)
    assert listed(source / "_toc.yml") == [
        "index",
        "chapters/a",
        "reference/long",
        "reference/long/x",
        "reference/long/y",
        "chapters/b",
    ]


def test_what_stood_below_the_page_already_stays(source: Path) -> None:
    parts.write(PARTS[:1], "chapters/a", source)
    content = yaml.safe_load((source / "_toc.yml").read_text())
    below = content["parts"][0]["chapters"][0]["sections"]
    assert [one["file"] for one in below] == ["reference/long", "reference/long/x"]


def test_where_the_list_has_no_such_page_nothing_is_written(source: Path) -> None:
    parts.write(PARTS, "reference/other", source)
    assert (source / "_toc.yml").read_text() == TOC
    assert not (source / "reference").exists()


def test_without_parts_the_list_stays(source: Path) -> None:
    parts.write([], "reference/long", source)
    assert listed(source / "_toc.yml") == ["index", "chapters/a", "reference/long", "chapters/b"]


def test_html_stands_in_a_fence_as_it_is(source: Path) -> None:
    parts.write(PARTS, "reference/long", source)
    assert (source / "reference" / "long" / "x.md").read_text() == (
        "# X\n\n~~~~~~~~~~~~{raw} html\n<p>1</p>\n\n<p>2</p>\n~~~~~~~~~~~~\n"
    )


def test_a_section_has_its_heading_and_anchor(
    source: Path,
) -> None:
    parts.write(PARTS, "reference/long", source)
    text = (source / "reference" / "long" / "y.md").read_text()
    assert text.startswith("# Y\n\n(three)=\n## Three\n\n~~~")
