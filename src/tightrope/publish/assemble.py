"""From executed notebooks to the source of the book and the files beside it.

Pages get their numbers, figures and folds here; the same notebooks, cleaned, become downloads.
"""

from __future__ import annotations

import copy
import csv
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

import nbformat

from tightrope import paths, units
from tightrope.charts import figure
from tightrope.charts.table import harmless
from tightrope.csvpackage import read_all
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.publish.pages import Manuscript, Page, to_run
from tightrope.publish.run import Edition

Content = dict[str, Any]
KNOWN_FROM = "known-from-"
_SHOW = {"solution": "Show the solution", "": "Show the code"}


class AssemblyError(ValueError):
    """Text, facts and figures of the pages do not match; the message has a line a fault."""


def assemble(
    manuscript: Manuscript, executed: Path, book: Dealbook, edition: Edition, out: Path
) -> None:
    """Write the book's source to `out`/source and the files beside the pages to `out`/beside.

    `executed` holds the executed notebooks. Raises `AssemblyError` where a page uses a fact that
    it does not state, states one that it does not use, or where two figures share an id.
    """
    source, beside = out / "source", out / "beside"
    for folder in (source, beside):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(manuscript.book, source)
    shutil.copy(manuscript.toc, source / "_toc.yml")
    shutil.copy(manuscript.config, source / "_config.yml")
    pages = to_run(manuscript)
    notebooks = {page: nbformat.read(executed / f"{page.id}.ipynb", as_version=4) for page in pages}
    stated = {page: _facts_of(notebook) for page, notebook in notebooks.items()}
    figures = {
        page: [f for cell in notebook.cells for f in _outputs_of(cell, figure.MIMETYPE)]
        for page, notebook in notebooks.items()
    }
    _check(notebooks, stated, figures)
    pictures = _bake([content for page in figures.values() for content in page], out / "baked")
    for page, notebook in notebooks.items():
        shown = _as_known(notebook, book)
        _write(_page(shown, page, stated[page], pictures, book, edition), source, page)
        _write(_download(shown, stated[page]), beside / "notebooks", page)
        for content in figures[page]:
            _write_figure(content, pictures[content["id"]], beside / "figures")
    _write_facts(stated, book, source, beside)
    _write_data(Path(edition.data) if edition.data else paths.DATA, beside / "data")


def _outputs_of(cell: Any, mimetype: str) -> list[Content]:
    return [
        output.data[mimetype]
        for output in cell.get("outputs", [])
        if mimetype in output.get("data", {})
    ]


def _facts_of(notebook: Any) -> dict[str, Content]:
    return {
        fact["key"]: fact for cell in notebook.cells for fact in _outputs_of(cell, facts.MIMETYPE)
    }


def _check(
    notebooks: Mapping[Page, Any],
    stated: Mapping[Page, Mapping[str, Content]],
    figures: Mapping[Page, Sequence[Content]],
) -> None:
    faults = []
    for page, notebook in notebooks.items():
        name = f"notebooks/{page.template.name} (page {page.id})"
        used = {
            key: number
            for number, cell in enumerate(notebook.cells, 1)
            if cell.cell_type == "markdown"
            for _, key in facts.MARKER.findall(cell.source)
        }
        faults += [
            f"{name}, cell {number}: [[{key}]] is used but not stated"
            for key, number in used.items()
            if key not in stated[page]
        ]
        faults += [
            f"{name}: the fact {key} is stated but not used"
            for key in stated[page]
            if key not in used
        ]
    ids = Counter(content["id"] for page in figures.values() for content in page)
    faults += [f'two figures share the id "{name}"' for name, times in ids.items() if times > 1]
    if faults:
        raise AssemblyError("\n".join(faults))


def _bake(contents: Sequence[Content], cache: Path) -> dict[str, dict[str, str]]:
    """The pictures of all figures; those drawn before from the same content are kept."""
    cache.mkdir(parents=True, exist_ok=True)

    def picture(content: Content) -> dict[str, str]:
        what = json.dumps([content[k] for k in ("title", "description", "wide", "narrow")])
        kept = cache / f"{content['id']}-{_digest(what)}.json"
        if not kept.is_file():
            for old in cache.glob(f"{content['id']}-????????????????.json"):
                old.unlink()
            kept.write_text(json.dumps(figure.bake(content)), encoding="utf-8")
        pictures: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
        return pictures

    with ThreadPoolExecutor() as pool:
        return dict(zip([c["id"] for c in contents], pool.map(picture, contents), strict=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _as_known(notebook: Any, book: Dealbook) -> Any:
    """The notebook without the cells that tell of what was not yet known (`known-from-DATE`)."""
    shown = copy.deepcopy(notebook)
    shown.cells = [cell for cell in shown.cells if _known_from(cell) <= f"{book.day:%Y-%m-%d}"]
    return shown


def _known_from(cell: Any) -> str:
    tags = cell.metadata.get("tags", [])
    return max(
        (tag.removeprefix(KNOWN_FROM) for tag in tags if tag.startswith(KNOWN_FROM)), default=""
    )


def _page(
    notebook: Any,
    page: Page,
    stated: Mapping[str, Content],
    pictures: Mapping[str, Mapping[str, str]],
    book: Dealbook,
    edition: Edition,
) -> Any:
    """The notebook as the book shows it."""
    shown = copy.deepcopy(notebook)
    cells = []
    for cell in shown.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            cell.source = facts.fill(
                cell.source,
                dict(stated),
                lambda key: f"{page.root}reference/facts.html#{page.slug}.{key}",
            )
        elif cell.cell_type == "code":
            if "parameters" in tags or "plumbing" in tags:
                continue
            cell.outputs = [
                output for raw in cell.outputs for output in _shown(raw, page, pictures)
            ]
            if not cell.outputs and not tags & {"show", "solution"}:
                continue
            kind = "solution" if "solution" in tags else ""
            fold = [] if "show" in tags else ["hide-cell" if kind else "hide-input"]
            cell.metadata = nbformat.from_dict(
                {"tags": fold, "mystnb": {"code_prompt_show": _SHOW[kind]}}
            )
        cells.append(cell)
        if len(cells) == 1:
            cells.append(_edition_line(page, book, edition))
    shown.cells = cells
    for number, cell in enumerate(shown.cells):
        cell.id = f"cell-{number}"
    return shown


def _shown(output: Any, page: Page, pictures: Mapping[str, Mapping[str, str]]) -> list[Any]:
    data = output.get("data", {})
    if facts.MIMETYPE in data:
        return []
    if figure.MIMETYPE in data:
        content = data[figure.MIMETYPE]
        html = figure.twin(content, dict(pictures[content["id"]]), page.root)
        return [nbformat.v4.new_output("display_data", {"text/html": html})]
    return [output]


def _edition_line(page: Page, book: Dealbook, edition: Edition) -> Any:
    """Below the title: what this page was run with, and its notebook to take away."""
    layer = {
        "announced": "all that was announced",
        "binding": "binding amounts",
        "paid": "paid amounts",
    }
    parts = [
        f"As known on {units.day(book.day.date())}",
        layer[edition.layer],
        *(f"{name}: {value}" for name, value in page.parameters.items()),
        f'<a href="{page.root}notebooks/{page.id}.ipynb" download>Download this page as a notebook</a>',
    ]
    return nbformat.v4.new_markdown_cell(f'<p class="edition">{" · ".join(parts)}</p>')


def _download(notebook: Any, stated: Mapping[str, Content]) -> Any:
    """The notebook to take away: numbers in its text, no outputs, none of the book's own tags."""
    clean = copy.deepcopy(notebook)
    for number, cell in enumerate(clean.cells):
        cell.metadata = nbformat.from_dict({})
        cell.id = f"cell-{number}"
        if cell.cell_type == "markdown":
            cell.source = _plain_markdown(facts.fill(cell.source, dict(stated), None))
        elif cell.cell_type == "code":
            cell.outputs = []
    return clean


def _plain_markdown(text: str) -> str:
    """MyST directives as what any notebook shows: the fence goes, the content stays."""
    text = re.sub(
        r"^:{3,}\{[a-z-]+\} *(.*)$",
        lambda m: f"**{m.group(1)}**" if m.group(1) else "",
        text,
        flags=re.M,
    )
    text = re.sub(r"^:{3,}$", "", text, flags=re.M)
    return re.sub(r"^:[a-z-]+:.*$\n?", "", text, flags=re.M).strip()


def _write(notebook: Any, folder: Path, page: Page) -> None:
    target = folder / f"{page.id}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


def _write_figure(content: Content, picture: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    identity = content["id"]
    (folder / f"{identity}.csv").write_text(content["csv"], encoding="utf-8")
    (folder / f"{identity}.svg").write_text(picture["wide"], encoding="utf-8")
    live = {key: content[key] for key in ("title", "description", "wide", "narrow")}
    # A script, not JSON: a page opened from a disk may load scripts but not fetch data.
    plain = json.dumps(live, ensure_ascii=True).replace("<", "\\u003c")
    script = f"tightropeFigure({json.dumps(identity)}, {plain});\n"
    (folder / f"{identity}.js").write_text(script, encoding="utf-8")


def _write_facts(
    stated: Mapping[Page, Mapping[str, Content]], book: Dealbook, source: Path, beside: Path
) -> None:
    """The facts page and `facts.json`: every number of the text with its rows and sources."""
    sections = []
    everything = {}
    for page, by_key in stated.items():
        if not by_key:
            continue
        rows = "".join(_fact_row(page, fact, book) for fact in by_key.values())
        sections.append(
            f"## {page.slug.replace('-', ' ').capitalize()}\n\n"
            '<div class="table-scroll" role="region" tabindex="0" '
            f'aria-label="Facts of {page.slug}"><table class="data-table facts-table">'
            f'<caption>Facts of the page <a href="../{page.id}.html">{page.slug}</a></caption>'
            '<thead><tr><th scope="col">In the text</th><th scope="col">Key</th>'
            '<th scope="col">How</th><th scope="col">Rows</th><th scope="col">Sources</th></tr>'
            f"</thead><tbody>{rows}</tbody></table></div>\n"
        )
        everything |= {f"{page.slug}.{key}": fact for key, fact in by_key.items()}
    known = units.day(book.day.date())
    text = (
        "# Every number and where it comes from\n\n"
        "Each amount in this book is computed from rows of the data and links to its line here. "
        f"A line names the rows, how they were combined, and the sources. As known on {known}.\n\n"
        '<p><a href="../facts.json" download>All facts as JSON</a></p>\n\n' + "\n".join(sections)
    )
    (source / "reference").mkdir(exist_ok=True)
    (source / "reference" / "facts.md").write_text(text, encoding="utf-8")
    beside.mkdir(exist_ok=True)
    (beside / "facts.json").write_text(
        json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _fact_row(page: Page, fact: Content, book: Dealbook) -> str:
    rows = "".join(f"<li><code>{escape(row)}</code></li>" for row in fact["rows"])
    cited = book.sources.set_index("source_id").publisher
    sources = "".join(
        f'<li><a href="sources.html#{source}">{escape(cited[source])}</a></li>'
        for source in book.sources_of(fact["rows"])
        if source in cited.index
    )
    return (
        f'<tr id="{page.slug}.{fact["key"]}"><th scope="row">{escape(fact["written"])}</th>'
        f"<td><code>{fact['key']}</code></td><td>{escape(fact['how'])}</td>"
        f"<td><ul>{rows}</ul></td><td><ul>{sources}</ul></td></tr>"
    )


def _write_data(data: Path, folder: Path) -> None:
    """The data package as readers download it, without cells that a spreadsheet would run."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(data / "datapackage.json", folder)
    for raw in read_all(data).values():
        is_text = [field["type"] == "string" for field in raw.fields]
        with (folder / raw.resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(raw.header)
            writer.writerows(
                [harmless(cell) if text else cell for cell, text in zip(row, is_text, strict=True)]
                for row in raw.rows
            )
