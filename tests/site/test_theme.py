"""The Sphinx extension that mends the theme, on a page and a stylesheet of a few lines."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from tightrope.publish import theme

PAGE = """<html><head><title>Page</title>
<script data-cfasync="false">mode()</script>
<link rel="stylesheet" href="{root}_static/styles/base.css?v=1" />
<link rel="stylesheet" href="{root}_static/more.css" />
<link rel="stylesheet" href="{root}_static/tightrope.css" />
<script defer src="{root}_static/scripts/fontawesome.js?v=1"></script>
<script defer src="{root}_static/scripts/bootstrap.js?v=1"></script>
<link rel="preload" as="script" href="{root}_static/scripts/bootstrap.js" />
<script src="{root}_static/scripts/pages.js"></script>
<script src="{root}searchindex.js"></script>
</head><body><header id="pst-header"><button>again</button></header>
<div id="pst-primary-sidebar"><div id="ethical-ad-placement"
></div></div>
<button class="btn search-button-field" aria-label="Search">Search it</button>
<button aria-label="Color mode" data-bs-title="Color mode" data-bs-toggle="tooltip"></button>
<div id="jb-print-docs-body"><h1>Page</h1></div><div id="searchbox"></div>
<summary aria-label="Toggle hidden content">Show</summary>
<div role="list"><div role="doc-biblioentry">A work</div></div>
<script>console.log("hello");</script><p class="used">Text</p></body></html>"""

BASE = """@charset "UTF-8";/*! licence */@import "../basic.css";
.used,.unused>a{color:red}.unused{color:blue}p:not(.unused){margin:0}
.from-script{color:green}@font-face{font-family:Icons;src:url(icons.woff2)}
@media (min-width:1px){.unused{top:0}.used{content:"}"}}@media print{.unused{top:0}}
@keyframes fa-spin{to{top:0}}@keyframes fade{to{top:1px}}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "index.html": PAGE.format(root=""),
        "deep/page.html": PAGE.format(root="../"),
        "search.html": PAGE.format(root=""),
        "_static/macros.html": "no page",
        "_static/styles/base.css": BASE,
        "_static/basic.css": "a{top:2px}",
        "_static/more.css": ".used{left:0}/*# sourceMappingURL=more.css.map */",
        "_static/tightrope.css": "",
        "_static/tightrope.js": "",
        "_static/scripts/pages.js": 'console.log("x"), add("from-script")',
        "_static/vendor/icons.woff2": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_pages_are_mended_and_load_one_stylesheet_of_the_theme(site: Path) -> None:
    theme.finish(site)
    page = (site / "deep" / "page.html").read_text(encoding="utf-8")
    assert page.count('rel="stylesheet"') == 2
    assert 'href="../_static/theme.css?v=' in page
    for gone in ("fontawesome", "bootstrap", "preload", "ethical", "console", "data-bs", "again",
                 "jb-print", "Toggle hidden", "doc-biblioentry", 'aria-label="Search"', "searchindex"):  # fmt: skip
        assert gone not in page
    assert "searchindex" in (site / "search.html").read_text(encoding="utf-8")


def test_styles_that_no_page_and_no_script_uses_are_dropped(site: Path) -> None:
    theme.finish(site)
    style = (site / "_static" / "theme.css").read_text(encoding="utf-8")
    assert style.replace("\n", "") == (
        "/*! licence */a{top:2px}.used{color:red}p:not(.unused){margin:0}"
        '.from-script{color:green}@media (min-width:1px){.used{content:"}"}}'
        "@keyframes fade{to{top:1px}}.used{left:0}"
    )


def test_files_that_no_page_loads_are_removed(site: Path) -> None:
    theme.finish(site)
    left = {str(f.relative_to(site)) for f in (site / "_static").rglob("*") if f.is_file()}
    assert left == {
        "_static/theme.css",
        "_static/tightrope.css",
        "_static/scripts/pages.js",
    }


def test_a_theme_that_has_changed_is_an_error_that_says_where(site: Path) -> None:
    for name in ("index.html", "search.html", "deep/page.html"):
        text = (site / name).read_text(encoding="utf-8")
        (site / name).write_text(text.replace("ethical-ad", "advert"), encoding="utf-8")
    with pytest.raises(ExtensionError, match="ethical-ad-placement"):
        theme.finish(site)


def test_extensions_and_scripts_that_no_page_uses_stay_out() -> None:
    def handler() -> None: ...

    thebe = SimpleNamespace(handler=SimpleNamespace(__module__="sphinx_thebe"))
    kept = SimpleNamespace(handler=handler)
    silent = SimpleNamespace(parallel_read_safe=None)
    app = SimpleNamespace(
        events=SimpleNamespace(listeners={"builder-inited": [thebe, kept]}),
        extensions={"sphinx_multitoc_numbering": silent},
    )
    theme._silence(app)
    assert app.events.listeners == {"builder-inited": [kept]}
    assert silent.parallel_read_safe
    context = {
        "script_files": ["https://cdn.example/x.js", "own.js", "togglebutton.js"],
        "css_files": ["sphinx-thebe.css", "own.css"],
    }
    theme._tidy(app, "index", "page.html", context, None)
    assert context == {"script_files": ["own.js"], "css_files": ["own.css"],
                       "default_mode": "light"}  # fmt: skip


def test_an_edition_of_its_own_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SimpleNamespace(config=SimpleNamespace(html_theme_options={}))
    monkeypatch.setenv("TIGHTROPE_ANNOUNCEMENT", "A special edition")
    theme._announce(app)
    assert app.config.html_theme_options == {"announcement": "A special edition"}
