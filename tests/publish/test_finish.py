"""The site as readers get it: only files that pages load, named so that browsers renew them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from tightrope.publish.finish import finish

PAGE = """<html><head><link rel="icon" href="{root}_static/favicon.svg"/>
<link rel="stylesheet" href="{root}_static/theme.css" />
<link rel="stylesheet" href="{root}_static/tightrope.css?v=1" />
<script src="{root}_static/scripts/pages.js?v=1"></script></head>
<body><p class="used more" id="place">Text</p>{more}</body></html>"""
STYLE = """.used{color:red}.more{color:red}.unused{top:0}.Text{top:0}
.from-script{color:green}#place{top:1px}.used{background:url(file.png)}"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    catalogue = '<script src="../_static/listing.js" defer></script>'
    files = {
        "index.html": PAGE.format(root="", more=""),
        "deep/page.html": PAGE.format(root="../", more=catalogue),
        "searchindex.js": "words",
        ".buildinfo": "hash",
        "_static/theme.css": STYLE,
        "_static/tightrope.css": "p{background:url(data:image/png)}",
        "_static/listing.js": "list()",
        "_static/favicon.svg": "<svg/>",
        "_static/file.png": "a picture",
        "_static/scripts/pages.js": 'console.log("x"), add("from-script")',
        "_static/scripts/unused.js": "",
        "_static/vendor/icons.woff2": "",
    }
    for name, text in files.items():
        (tmp_path / "html" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "html" / name).write_text(text, encoding="utf-8")
    return tmp_path / "html"


@pytest.fixture
def finished(written: Path, tmp_path: Path) -> Path:
    finish(written, tmp_path / "finished")
    return tmp_path / "finished"


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_only_what_pages_and_styles_load_goes_along(finished: Path) -> None:
    static = {"theme.css", "tightrope.css", "listing.js", "favicon.svg", "file.png"}
    static |= {"scripts/pages.js"}
    pages = {"index.html", "deep/page.html", "searchindex.js"}
    assert files(finished) == pages | {f"_static/{name}" for name in static}


def test_styles_that_no_page_and_no_script_names_are_dropped(finished: Path) -> None:
    style = (finished / "_static" / "theme.css").read_text()
    assert style.replace("\n", "") == (
        ".used{color:red}.more{color:red}.from-script{color:green}#place{top:1px}"
        ".used{background:url(file.png)}"
    )


def test_a_word_of_the_text_is_no_class(finished: Path) -> None:
    assert ".Text" not in (finished / "_static" / "theme.css").read_text()


def test_scripts_of_the_theme_say_nothing_to_the_console(finished: Path) -> None:
    code = (finished / "_static" / "scripts" / "pages.js").read_text()
    assert code == 'void("x"), add("from-script")'


def test_the_address_of_the_styles_changes_with_what_the_pages_use(
    finished: Path, written: Path
) -> None:
    before = (finished / "index.html").read_text()
    assert '"_static/theme.css?v=' in before
    assert '"../_static/theme.css?v=' in (finished / "deep" / "page.html").read_text()
    page = written / "deep" / "page.html"
    page.write_text(page.read_text().replace("used more", "unused"))
    finish(written, finished)
    after = (finished / "index.html").read_text()
    assert '"_static/theme.css?v=' in after
    assert after != before


def test_a_script_for_one_page_is_named_with_a_mark(finished: Path) -> None:
    assert "_static/listing.js?v=" in (finished / "deep" / "page.html").read_text()


def test_what_sphinx_wrote_stays_for_its_next_run(written: Path, tmp_path: Path) -> None:
    before = {name: (written / name).read_bytes() for name in files(written)}
    finish(written, tmp_path / "finished")
    assert {name: (written / name).read_bytes() for name in files(written)} == before


def test_a_site_that_is_finished_again_is_the_same_bytes(finished: Path, written: Path) -> None:
    before = {name: (finished / name).read_bytes() for name in files(finished)}
    (finished / "left-over.html").write_text("of an earlier run")
    finish(written, finished)
    assert {name: (finished / name).read_bytes() for name in files(finished)} == before


@pytest.mark.parametrize("script", ["bootstrap.js", "fontawesome.js"])
def test_a_theme_that_loads_its_heavy_scripts_again_is_an_error(
    written: Path, tmp_path: Path, script: str
) -> None:
    (written / "_static" / "scripts" / script).write_text("")
    page = written / "index.html"
    page.write_text(page.read_text().replace("scripts/pages.js", f"scripts/{script}"))
    with pytest.raises(ExtensionError, match=f"its pages load scripts/{script} again"):
        finish(written, tmp_path / "finished")
