"""The page that compares webs side by side: finding, pictures, and a table for each measure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from tightrope import counting, templates, units
from tightrope.cases import webs_measures
from tightrope.cases.webs import Measured, Web
from tightrope.cases.webs_measures import MEASURES, Measure, Row
from tightrope.charts import bake, figure, table, theme, webs
from tightrope.charts.lanes import PERCENT

_COLUMNS = {
    "web": "Web",
    "words": "As stated, and range",
    "dollars": "Dollars behind it",
    "page": "Where it comes from",
}


def html(some: Sequence[Web]) -> str:
    """The page about these webs as HTML; it needs no script, and the stylesheets of the site."""
    found = webs_measures.measured(some)
    return templates.render(
        "cases/webs.html",
        finding=webs_measures.finding(found),
        webs=[_about(web) for web in some],
        pictures=[_picture(found, is_share) for is_share in (True, False)],
        measures=[_section(measure, found[measure.key]) for measure in MEASURES],
    )


def first_picture(some: Sequence[Web]) -> dict[str, object]:
    """The one picture of the index: how much can go straight back, loans counted."""
    measure = next(one for one in MEASURES if one.key == "circular-with-loans")
    rows = {measure.key: [(web, measure.compute(web)) for web in some]}
    subtitle = "Percent of all that is to come in, as stated and over the range of the evidence"
    finding = webs_measures.finding(rows)
    return _drawn(rows, [measure], "circular", finding) | {"subtitle": subtitle}


def _about(web: Web) -> dict[str, str]:
    documents = units.number_of(len(web.book.sources), "document")
    return {
        "name": web.name,
        "title": web.title,
        "day": units.day(web.book.day.date()),
        "why": web.when,
        "documents": documents,
        "address": f"{web.address}/index.html" if web.address else "",
        "sources": f"{web.address}/reference/sources.html" if web.address else "",
    }


def _section(measure: Measure, rows: Sequence[Row]) -> dict[str, object]:
    listed = [
        {
            "web": web.name,
            "words": measure.written(one),
            "dollars": one.dollars or "–",
            "page": _leads(web, measure, one),
        }
        for web, one in rows
    ]
    return {
        "key": measure.key,
        "title": measure.title,
        "sentence": webs_measures.compared(measure, rows),
        "means": measure.means,
        "table": Markup(table.linked(listed, measure.title, _COLUMNS).html),
    }


def _leads(web: Web, measure: Measure, one: Measured) -> str:
    """A link to the page of the case that goes into the measure, if it has one."""
    if not web.address:
        return "the book itself"
    page = "index" if one.why_not else measure.page
    words = templates.ENVIRONMENT.from_string('<a href="{{ address }}">{{ words }}</a>')
    return table.Markup(
        words.render(address=f"{web.address}/{page}.html", words=f"the pages about {web.name}")
    )


def _placed(one: Measured, times: int) -> dict[str, float]:
    """Where a value stands; nothing known stands nowhere, for it is not nothing."""
    if one.ends.high == 0:
        return dict.fromkeys(counting.ENDS, math.nan)
    return {end: times * value for end, value in one.ends._asdict().items()}


def _picture(found: dict[str, list[Row]], is_share: bool) -> dict[str, object]:
    """All measures in one unit as a picture for a wide page and for a phone."""
    chosen = [measure for measure in MEASURES if measure.is_share == is_share]
    if is_share:
        return _drawn(found, chosen, "shares", webs_measures.paid_finding(found))
    return _drawn(found, chosen, "concentration", webs_measures.fewest(found))


def _drawn(
    found: dict[str, list[Row]], chosen: Sequence[Measure], key: str, title: str
) -> dict[str, object]:
    is_share = chosen[0].is_share
    times = 1 if not is_share else 100
    frame = pd.DataFrame(
        [
            {
                "measure": measure.title,
                "hue": measure.hue,
                "web": web.name,
                **_placed(one, times),
                "words": "cannot be said" if one.why_not else measure.written(one),
            }
            for measure in chosen
            for web, one in found[measure.key]
        ]
    )
    ticks = PERCENT if is_share else webs.INDEX
    said = "; ".join(
        f"{row['measure']}, {row['web']}: {row['words']}" for row in frame.to_dict("records")
    )

    def drawn(size: str, width: int) -> Markup:
        spec = figure.specification(lambda pixels: webs.webs(frame, pixels, ticks), width)
        return Markup(bake.svg(spec, f"fig-{key}-{size}", title, said))

    return {
        "key": key,
        "title": title,
        "subtitle": "Shares in percent, as stated and over the range of the evidence. Green goes "
        "round, blue comes in, orange goes out"
        if is_share
        else "Herfindahl index, ten thousand at most, as stated and over its range. Blue comes in, "
        "orange goes out",
        "wide": drawn("wide", theme.WIDE),
        "narrow": drawn("narrow", theme.NARROW),
    }
