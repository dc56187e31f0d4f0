"""The figure twin: one object that a page shows as picture, table, downloads and live chart."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from tightrope.charts import theme
from tightrope.charts.bake import svg
from tightrope.charts.marks import Drawing
from tightrope.charts.table import Writer, csv_text, html_table
from tightrope.dealbook import Dealbook
from tightrope.environment import BUILDING
from tightrope.units import day

_MANY_SOURCES = 24
MIMETYPE = "application/vnd.tightrope.figure"
"""JSON as text: what passes through the notebook's own JSON is slow to write, object by object."""
Draw = Callable[[int], Drawing | alt.TopLevelMixin]
"""What draws for a width in pixels; Altair only where a reader can move something."""


@dataclass(frozen=True)
class Figure:
    """A chart with all that a reader needs beside it.

    `title` states the finding, `subtitle` unit, scope and date, `description` what a reader who
    cannot see the picture should know. `draw` makes the chart for a width in pixels and is called
    for a wide page and for a phone. `frame` holds the numbers behind it; `labels` names its
    columns in the table, in order. `rows` are the data rows (`table/id`) that it shows; an example
    with made-up numbers has none, and says so in place of its sources. Raises ValueError where
    one of them is empty, no source is known for the rows, or a made-up example names rows.
    """

    id: str
    title: str
    subtitle: str
    description: str
    draw: Draw
    frame: pd.DataFrame
    labels: Mapping[str, str]
    rows: Sequence[str]
    book: Dealbook = field(repr=False)
    note: str = ""
    writers: Mapping[str, Writer] | None = field(default=None, repr=False)
    is_made_up: bool = False
    wide: int = theme.WIDE
    """Pixels of the wide drawing; a page has to have the room for one that is wider."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f'figure id must be a lower-case slug, not "{self.id}"')
        for name in ("title", "subtitle", "description"):
            if not getattr(self, name):
                raise ValueError(f"figure {self.id} needs {name}")
        if self.is_made_up:
            if len(self.rows):
                raise ValueError(f"figure {self.id} is made up and rests on no rows")
            return
        if not len(self.rows):
            raise ValueError(f"figure {self.id} needs rows")
        if not self.book.sources_of(self.rows):
            raise ValueError(f"figure {self.id} rests on no source: {', '.join(self.rows)}")

    def content(self) -> dict[str, Any]:
        """Everything that a page needs, as plain data."""
        publishers = self.book.sources.set_index("source_id").publisher
        return {
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "description": self.description,
            "note": self.note,
            "is_wide": self.wide > theme.WIDE,
            "wide": specification(self.draw, self.wide),
            "narrow": specification(self.draw, theme.NARROW),
            "table": html_table(self.frame, self.title, self.labels, self.writers),
            "csv": csv_text(self.frame),
            "sources": [[s, publishers[s]] for s in self.book.sources_of(self.rows)],
            "day": day(self.book.day.date()),
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        content = self.content()
        content["pictures"] = bake(content)
        bundle: dict[str, Any] = {"text/plain": f"Figure {self.id}: {self.title}"}
        if os.environ.get(BUILDING):
            return bundle | {MIMETYPE: json.dumps(content)}
        return bundle | {"text/html": twin(content, content["pictures"], root=None)}


def specification(draw: Draw, width: int) -> dict[str, Any]:
    """The chart drawn for `width` as Vega-Lite with our configuration."""
    # Checking every mark against the schema takes seconds a figure; the tests of the charts do it.
    with schemapi.debug_mode(False):
        drawing = draw(width)
        spec = (
            drawing.to_dict() if isinstance(drawing, Drawing) else drawing.to_dict(validate=False)
        )
    own = {key: value for key, value in spec.get("config", {}).items() if key != "view"}
    spec["config"] = theme.config() | own
    # Readers' fonts may be wider than the ones the picture was measured with.
    spec.setdefault("padding", 6)
    return spec


def bake(content: dict[str, Any]) -> dict[str, str]:
    """The SVG of the wide and of the narrow drawing."""
    return {
        size: svg(
            content[size], f"fig-{content['id']}-{size}", content["title"], content["description"]
        )
        for size in ("wide", "narrow")
    }


def twin(content: dict[str, Any], pictures: dict[str, str], root: str | None) -> str:
    """The figure as HTML: title, picture, sources, downloads and table.

    `root` is the way from the page to the site's root ("../", ""), or None where there is no
    site around the figure (a notebook by itself): then it has no links.
    """
    identity = content["id"]
    sources = "; ".join(
        escape(publisher)
        if root is None
        else f'<a href="{root}reference/sources.html#{source}">{escape(publisher)}</a>'
        for source, publisher in content["sources"]
    )
    # In print all sources stand below a figure, unless they would fill the page.
    many = " is-long" if len(content["sources"]) > _MANY_SOURCES else ""
    rests_on = (
        f'<details class="figure-source{many}"><summary>Sources ({len(content["sources"])}) · '
        f"as known on {escape(content['day'])}</summary><p>{sources}</p></details>"
        if content["sources"]
        else '<p class="figure-note">Made-up numbers, to explain the idea.</p>'
    )
    note = f'<p class="figure-note">{escape(content["note"])}</p>' if content["note"] else ""
    room = " is-wide" if content["is_wide"] else ""
    tools = "" if root is None else _tools(identity, content["title"], root)
    return (
        f'<figure class="figure-twin{room}" id="fig-{identity}" data-figure="{identity}">'
        f'<figcaption><p class="figure-title">{escape(content["title"])}</p>'
        f'<p class="figure-subtitle">{escape(content["subtitle"])}</p></figcaption>'
        f'<div class="figure-stage"><div class="figure-wide">{pictures["wide"]}</div>'
        f'<div class="figure-narrow">{pictures["narrow"]}</div></div>'
        f"{note}"
        f"{rests_on}"
        f"{tools}"
        f'<details class="figure-table"><summary>The same numbers as a table</summary>'
        f"{content['table']}</details></figure>"
    )


def _tools(identity: str, title: str, root: str) -> str:
    about = escape(title, quote=True)
    links = "".join(
        f'<a href="{root}figures/{identity}.{ending}" download>{label}'
        f'<span class="visually-hidden"> of: {about}</span></a>'
        for ending, label in (("csv", "Data (CSV)"), ("svg", "Picture (SVG)"))
    )
    return (
        f'<div class="figure-tools"><button type="button" class="figure-live" hidden '
        f'data-root="{root}">Explore the chart</button>{links}</div>'
    )
