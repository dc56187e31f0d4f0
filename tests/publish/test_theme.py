"""The Sphinx extension: what pages of the theme get and do without, on a book of three pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tightrope import paths
from tightrope.environment import FRAME
from tightrope.publish import theme
from tightrope.publish.frame import Frame

from .conftest import code, markdown

EXTENSIONS = ["myst_nb", "sphinx_design", "sphinx_copybutton", "sphinx_togglebutton"]
TABS = "# Tabs\n\n::::{tab-set}\n:::{tab-item} One\nText\n:::\n::::\n"
WORKS = "Works\n=====\n\nSee [A]_ and [B]_.\n\n.. [A] One work\n\n.. [B] Another\n"
MENU = ":orphan:\n\nMenu\n====\n\n.. toctree::\n\n   deep/works\n   tabs\n   folds\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What Sphinx writes of the three pages; an edition of its own, so that it is announced."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("out")
    (source / "deep").mkdir()
    (source / "index.rst").write_text(MENU)
    (source / "deep" / "works.rst").write_text(WORKS)
    (source / "tabs.md").write_text(TABS)
    cells = [markdown("# Folds"), code("<b>", "hide-input")]
    language = {"language_info": {"name": "python", "pygments_lexer": "python"}}
    folds = nbformat.v4.new_notebook(cells=cells, metadata=language)
    nbformat.write(folds, source / "folds.ipynb")
    (source / "_static").mkdir()
    for name in (*theme.OWN, theme.MODE):
        (source / "_static" / name).write_bytes((paths.STATIC / name).read_bytes())
    settings = {
        "extensions": [*EXTENSIONS, "tightrope.publish.theme"],
        "html_theme": "sphinx_book_theme",
        "html_theme_options": {"use_download_button": False, "use_fullscreen_button": False},
        "html_static_path": ["_static"],
        "html_css_files": ["tightrope.css"],
        "html_js_files": ["tightrope.js", "listing.js", "https://cdn.example/x.js"],
        "myst_enable_extensions": ["colon_fence"],
        "nb_execution_mode": "off",
    }
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch, patch_docutils(), docutils_namespace():
        patch.setenv(FRAME, Frame("A special edition", "1 May 2026", "2 June 2026").as_line())
        app = Sphinx(source, None, out, out / ".doctrees", "html", settings, None, said)
        app.build()
    assert "WARNING" not in said.getvalue(), said.getvalue()
    yield out


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")


def scripts(site: Path, name: str) -> list[str]:
    """The names of the scripts that a page loads."""
    found = page(site, name).select("script[src]")
    return [str(one["src"]).partition("?")[0].rpartition("/")[2] for one in found]


def test_a_page_loads_one_stylesheet_of_the_theme_and_ours_after_it(site: Path) -> None:
    links = page(site, "deep/works.html").select("link[rel=stylesheet]")
    names = [str(link["href"]).partition("?")[0] for link in links]
    assert names == ["../_static/theme.css", "../_static/tightrope.css"]


def test_that_stylesheet_holds_what_theme_and_extensions_bring(site: Path) -> None:
    style = (site / "_static" / "theme.css").read_text(encoding="utf-8")
    brought = (".bd-sidebar-primary", 'html[data-theme="dark"] .highlight', ".sd-tab-set", ".cell")
    assert [one for one in brought if one not in style] == []
    assert style.index(".bd-sidebar-primary") < style.index(".sd-tab-set")


def test_no_script_of_another_host_nor_for_what_no_page_has(site: Path) -> None:
    loaded = scripts(site, "folds.html")
    assert "pydata-sphinx-theme.js" in loaded
    assert set(loaded) & {"x.js", "togglebutton.js", "bootstrap.js", "fontawesome.js"} == set()


def test_a_script_that_a_page_asks_for_itself_is_not_loaded_by_others(site: Path) -> None:
    assert "listing.js" not in scripts(site, "folds.html")


def test_no_script_stands_in_a_page_and_none_could_run_there(site: Path) -> None:
    html = page(site, "folds.html")
    assert [one for one in html.select("script") if not one.has_attr("src")] == []
    policy = html.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert policy["content"].startswith("default-src 'self'")
    assert policy.find_next("script") == html.select_one("script")


@pytest.mark.parametrize(
    ("script", "needing"),
    [("design-tabs.js", "tabs.html"), ("copybutton.js", "folds.html")],
)
def test_only_a_page_that_has_tabs_or_code_loads_their_script(
    site: Path, script: str, needing: str
) -> None:
    pages = ("tabs.html", "folds.html", "deep/works.html")
    assert [name for name in pages if script in scripts(site, name)] == [needing]


@pytest.mark.parametrize("name", ["tabs.html", "search.html"])
def test_no_page_loads_the_words_of_all_pages_before_somebody_searches(
    site: Path, name: str
) -> None:
    assert "searchindex.js" not in scripts(site, name)


def test_a_page_waits_for_no_script_but_that_of_the_mode(site: Path) -> None:
    waiting = [one["src"] for one in page(site, "folds.html").select("script:not([defer])")]
    assert [src.partition("?")[0] for src in waiting] == ["_static/mode.js"]


def test_a_page_is_light_until_its_first_script_has_asked_for_the_mode(site: Path) -> None:
    html = page(site, "tabs.html")
    assert html.html["data-theme"] == "light"
    first = html.select_one("script")
    assert first["src"].partition("?")[0] == "_static/mode.js"
    assert not {"async", "defer"} & set(first.attrs)
    assert "prefers-color-scheme: dark" in (site / "_static" / "mode.js").read_text("utf-8")
    assert first.find_previous("link", rel="stylesheet")["href"].startswith("_static/tightrope.css")


def test_the_header_says_the_day_of_the_data_and_when_the_next_are_due(site: Path) -> None:
    said = page(site, "tabs.html").select_one("header .masthead, .bd-header-article .masthead")
    assert " ".join(said.get_text().split()) == "Data to 1 May 2026 · next update: 2 June 2026"
    assert page(site, "index.html").select_one(".masthead") is None


def test_all_that_stands_in_the_menu_is_in_a_landmark(site: Path) -> None:
    menu = page(site, "tabs.html").select_one("#pst-primary-sidebar")
    assert [child["aria-label"] for child in menu.find_all(recursive=False)] == ["The book"]
    assert menu.select_one("[role=region] .search-button-field")
    assert menu.select_one("[role=region] nav a[href]")


def test_a_button_is_called_by_what_it_shows(site: Path) -> None:
    assert not page(site, "tabs.html").select_one(".search-button-field").has_attr("aria-label")
    fold = page(site, "folds.html").select_one("details.hide > summary")
    assert fold.attrs == {}
    assert fold.get_text(" ", strip=True) == "Show code cell source Hide code cell source"


def test_a_fold_keeps_the_classes_that_say_what_it_folds(site: Path) -> None:
    fold = page(site, "folds.html").select_one("details.hide")
    assert set(fold["class"]) == {"admonition", "hide", "above-input"}
    assert fold.select_one(".highlight").get_text(strip=True) == "<b>"


def test_works_are_items_of_one_list(site: Path) -> None:
    works = page(site, "deep/works.html").select("[role=list] > .citation")
    assert [work["role"] for work in works] == ["listitem", "listitem"]
    assert len(page(site, "deep/works.html").select(".citation-list")) == 1


def test_a_button_that_opens_a_sidebar_stands_once(site: Path) -> None:
    html = page(site, "deep/works.html")
    assert len(html.select(".primary-toggle")) == 1
    assert html.select_one("#pst-header").attrs == {"id": "pst-header", "hidden": ""}


def test_a_page_has_its_title_once_and_no_advertisement(site: Path) -> None:
    html = page(site, "tabs.html")
    assert [title.get_text() for title in html.select("h1")] == ["Tabs#"]
    assert "ethical" not in str(html)
    assert "data-bs-" not in str(html)


def test_an_edition_of_its_own_is_announced(site: Path) -> None:
    (said,) = page(site, "tabs.html").select(".bd-header-announcement__content")
    assert said.get_text() == "A special edition"


def test_extensions_that_no_page_uses_stay_out() -> None:
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


def test_a_run_that_failed_before_it_wrote_leaves_the_styles(tmp_path: Path) -> None:
    app = SimpleNamespace(builder=SimpleNamespace(globalcontext={}), outdir=tmp_path)
    theme._finish_static(app, None)
    assert list(tmp_path.iterdir()) == []
