"""A Sphinx extension: what the theme needs to be private, light and accessible.

The pages' HTML comes from the theme's templates; those of `html/theme` take the place of some.
This keeps out extensions and scripts that a page does not use, and gives the templates what stands
around every page. What only the whole site can say is left to `finish`.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from tightrope.publish import commit, overrides, stylesheet, theme_script
from tightrope.publish.frame import Frame

OWN = ("tightrope.css", "tightrope.js")
SHEETS = {
    "index": "front.css",
    "chapters/at-a-glance": "front.css",
    "chapters/follow-one-dollar": "dollar.css",
}
"""The sheet of a page that has one beside the book's: those that a reader opens first share it."""
FOR_ONE_PAGE = ("dollar.js", "listing.js", "quiz.js", "web.js")
"""Scripts that a page asks for itself; Jupyter Book would load them on all."""
MODE = "mode.js"
"""The only script that a page waits for before it is drawn: the template of all asks for it."""
STYLES = "theme.css"
"""The theme's stylesheets as one, in the folder of static files."""
_FIRST_STYLES = ("styles/theme.css", "styles/pydata-sphinx-theme.css")
"""Those that the theme writes into its pages without telling Sphinx."""
_UNUSED_EXTENSIONS = ("sphinx_thebe", "sphinx_comments", "sphinx_togglebutton")
# They number chapters and write LaTeX, which this book has not; that they do not say whether
# they are safe for it would stop parallel reading.
_SILENT_ON_PARALLEL = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
_UNUSED_FILES = (
    "thebe",
    "mathjax",
    "togglebutton",
    "toggleHint",
    "toggleOpen",
    "://",
    "doctools",
    "sphinx_highlight",
)
_INLINE = ("DOCUMENTATION_OPTIONS.",)
"""Settings of the theme's version switch and of its own search, written into every page as a
script. This book has neither, and its pages allow no such script."""
_USED_WITH = {
    "design-tabs.js": "sd-tab-set",
    "clipboard.min.js": 'class="highlight"',
    "copybutton.js": 'class="highlight"',
    "inplace.js": 'class="fact"',
    "moved.js": "data-moved",
}
"""Scripts that only a page with this in its text needs."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.setup_extension("tightrope.publish.contents")
    app.connect("config-inited", _settle)
    app.connect("builder-inited", _open_templates)
    app.connect("doctree-read", _unmark_outputs)
    app.connect("html-page-context", _tidy, priority=900)
    # Only then has the theme put the colours of code for light and dark in place.
    app.connect("build-finished", _finish_static, priority=900)
    # Where the theme's own template has it, at the end of the page, it would be deferred as well.
    app.add_js_file(theme_script.NAME, loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _open_templates(app: Sphinx) -> None:
    """Before the first template is read."""
    # A build that goes on from another has the same theme, and compiles its templates no more.
    if not app.env.all_docs:
        overrides.check(app.builder.templates.loaders)
    compiled = Path(app.doctreedir, "templates")
    compiled.mkdir(parents=True, exist_ok=True)
    app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))


def _settle(app: Sphinx, config: Config) -> None:
    """Once all extensions and settings are there."""
    _silence(app)
    config.templates_path = [*map(str, overrides.FOLDERS), *config.templates_path]
    frame = Frame.of_this_build()
    if frame.announcement:
        config.html_theme_options["announcement"] = frame.announcement
    if frame.site:
        # Sphinx makes the canonical address of each page from it.
        config.html_baseurl = f"{frame.site}/"
    config.html_context |= {"frame": frame.lasting, "commit_mark": commit.MARK}
    app.add_node(HideCodeCellNode, override=True, html=(_visit_fold, _depart_fold))
    app.add_node(nodes.citation, override=True, html=(_visit_work, HTML5Translator.depart_citation))


def _silence(app: Sphinx) -> None:
    """Jupyter Book loads its extensions whether a book uses them or not."""
    for event, listeners in app.events.listeners.items():
        app.events.listeners[event] = [
            listener
            for listener in listeners
            if not listener.handler.__module__.startswith(_UNUSED_EXTENSIONS)
        ]
    for name in _SILENT_ON_PARALLEL:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def _unmark_outputs(app: Sphinx, doctree: nodes.document) -> None:
    """Take from figures and tables the class by which the theme's script finds what may scroll.

    It measures each, and the browser lays out the whole page for every one of them; ours scroll
    within themselves.
    """
    for node in doctree.findall(nodes.Element):
        classes = node.get("classes", [])
        if "text_html" in classes and "output" in classes:
            classes.remove("output")


def _tidy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    # Without JavaScript the page is light; with it, the layout asks the reader's system.
    context["default_mode"] = "light"
    text = context.get("body", "")
    scripts = [
        file for file in context["script_files"] if not _is_unwanted(file) and _is_used(file, text)
    ]
    # A policy in the page keeps Chromium from looking ahead: scripts that hold the page up would
    # come one after the other, each for the time that the server is away.
    for script in scripts:
        script.attributes["defer"] = "defer"
    context["script_files"] = scripts
    own = (*OWN, SHEETS[pagename]) if pagename in SHEETS else OWN
    context["css_files"] = [file for file in context["css_files"] if _name(file) in own]


def _is_unwanted(file: object) -> bool:
    code = getattr(file, "attributes", {}).get("body") or ""
    return any(name in f"{file} {code}" for name in (*_UNUSED_FILES, *_INLINE, *FOR_ONE_PAGE, MODE))


def _is_used(file: object, text: str) -> bool:
    return _USED_WITH.get(_name(file), "") in text


def _name(file: object) -> str:
    return Path(str(getattr(file, "filename", None) or "")).name


def _finish_static(app: Sphinx, exception: Exception | None) -> None:
    """Write all of the theme's styles as the one file that the pages load; calm its script."""
    context: Mapping[str, Any] = getattr(app.builder, "globalcontext", {})
    if exception or "css_files" not in context:
        return
    static = Path(app.outdir, "_static")
    told = sorted(context["css_files"], key=lambda file: file.priority)
    files = [static / name for name in _FIRST_STYLES]
    files += [
        Path(app.outdir, file.filename)
        for file in told
        if not _is_unwanted(file) and _name(file) not in (*OWN, *SHEETS.values())
    ]
    (static / STYLES).write_text(stylesheet.joined(files), encoding="utf-8")
    theme_script.calm(static / theme_script.NAME)


def _visit_fold(translator: HTML5Translator, node: nodes.Element) -> None:
    # The theme's name for it would say less than the visible text: WCAG 2.5.3.
    translator.body.append(
        translator.starttag(node, "details", CLASS="admonition hide")
        + "<summary>\n"
        + f'<p class="collapsed admonition-title">{escape(node["prompt_show"])}</p>\n'
        + f'<p class="expanded admonition-title">{escape(node["prompt_hide"])}</p>\n'
        + "</summary>\n"
    )


def _depart_fold(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append("</details>\n")


def _visit_work(translator: HTML5Translator, node: nodes.citation) -> None:
    # In a list, entries are list items; the role that docutils gives them is deprecated.
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append('<div role="list" class="citation-list">\n')
    translator.body.append(translator.starttag(node, "div", CLASS="citation", role="listitem"))
