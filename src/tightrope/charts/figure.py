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
from markupsafe import Markup

from tightrope import addresses
from tightrope.charts import controls, middle, theme
from tightrope.charts.bake import svg
from tightrope.charts.credit import credit
from tightrope.charts.explorer import Explorer
from tightrope.charts.marks import Drawing
from tightrope.charts.pixels import is_made_here
from tightrope.charts.table import Writer, csv_text, html_table
from tightrope.dealbook import Dealbook
from tightrope.environment import BUILDING
from tightrope.templates import render
from tightrope.units import day

_MANY_SOURCES = 24
_BESIDE = 160
"""Pixels that title, note and source of a figure take beside its picture."""
MIMETYPE = "application/vnd.tightrope.figure"
"""JSON as text: what passes through the notebook's own JSON is slow to write, object by object."""
Draw = Callable[[int], Drawing | alt.TopLevelMixin]
"""What draws for a width in pixels."""


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
    draw: Draw | Explorer
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
        if self.is_made_up and len(self.rows):
            raise ValueError(f"figure {self.id} is made up and rests on no rows")
        if not (self.is_made_up or len(self.rows)):
            raise ValueError(f"figure {self.id} needs rows")
        if not (self.is_made_up or self.book.sources_of(self.rows)):
            raise ValueError(f"figure {self.id} rests on no source: {', '.join(self.rows)}")

    def content(self) -> dict[str, Any]:
        """Everything that a page needs, as plain data."""
        known = self.book.sources_of(self.rows)
        documents = self.book.sources.set_index("source_id").loc[known]
        places = addresses.of_sources(self.book)
        with middle.named(self.book.party_name(self.book.focal)):
            drawn = self._drawn()
        return {
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "description": self.description,
            "note": self.note,
            "is_wide": self.wide > theme.WIDE,
            "table": html_table(self.frame, self.title, self.labels, self.writers),
            "csv": csv_text(self.frame),
            "credit": credit(documents),
            "sources": [[places[one], documents.publisher[one]] for one in known],
            "day": day(self.book.day.date()),
            **drawn,
        }

    def _drawn(self) -> dict[str, Any]:
        if isinstance(self.draw, Explorer):
            return self.draw.content(f"fig-{self.id}", self.title, self.description)
        return {
            "wide": specification(self.draw, self.wide),
            "narrow": specification(self.draw, theme.NARROW),
            "explorer": None,
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        content, building = self.content(), bool(os.environ.get(BUILDING))
        if not building or all(map(is_made_here, (content["wide"], content["narrow"]))):
            content["pictures"] = bake(content)  # else the build's own engine draws them
        bundle: dict[str, Any] = {"text/plain": f"Figure {self.id}: {self.title}"}
        if building:
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


def twin(
    content: Mapping[str, Any], pictures: Mapping[str, str], root: str | None, citation: str = ""
) -> str:
    """The figure as HTML: title, inputs if it has any, picture, sources, downloads and table.

    `root` is the way from the page to the site's root ("../", ""), or None where there is no
    site around the figure (a notebook by itself): then it has no links, no inputs, and nothing to
    take away. `citation` is how to cite it.
    """
    own = content["explorer"] or {
        "script": "",
        "controls": controls.controls(content["wide"]),
        "below": "",
    }
    embed = (
        f'<iframe src="{root}figures/{content["id"]}.html" title="{escape(content["title"])}" '
        f'width="760" height="{size_of(pictures["wide"])[1] + _BESIDE}"></iframe>'
    )
    shown = {
        "root": root,
        "controls": Markup("" if root is None else own["controls"]),
        "script": own["script"],
        "below": Markup(own["below"]),
        "wide": Markup(pictures["wide"]),
        "narrow": Markup(pictures["narrow"]),
        "table": Markup(content["table"]),
        # In print all sources stand below a figure, unless they would fill the page.
        "is_long": len(content["sources"]) > _MANY_SOURCES,
        "citation": citation,
        "embed": embed,
    }
    return render("figure.html", **{**content, **shown})


def size_of(picture: str) -> tuple[int, int]:
    """Width and height of an SVG in whole pixels; raises ValueError where it does not say."""
    found = re.search(r'<svg[^>]*? width="(\d+)[^>]*? height="(\d+)', picture)
    if not found:
        raise ValueError("the picture does not say how large it is")
    return int(found[1]), int(found[2])


def embedded(content: Mapping[str, Any], picture: str, page: str) -> str:
    """The figure as a page of its own for other people's sites: its picture, and where it is from.

    `page` is the address of its page from the site's root.
    """
    return render("embed.html", **{**content, "picture": Markup(picture), "page": page})
