"""Inputs of the live map with rings, and the questions that its rows are filtered by.

The inputs are the browser's own. Without a script nothing is there to press, and the picture
shows the values at the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts.rings.edges import ALL, KINDS
from tightrope.charts.rings.rows import RANKS
from tightrope.charts.vega import money_short
from tightrope.dealbook import LAYERS, WEB
from tightrope.units import day as written_day

_SCOPES = {"openai": "OpenAI’s own", "onward": "onward", "financing": "financing"}

STANDS = "datum.f <= stop && stop < datum.u"
CHOSEN = "(kind == 'all' || datum.k == kind) && indexof(datum.s, scope) >= 0"
"""Whether a row is of the chosen kind and scope."""
HAS = "(datum.v[rank] > 0 || datum.n[rank] > 0)"
"""Whether an edge has anything on the chosen layer."""
EDGES = f"{STANDS} && {CHOSEN} && {HAS}"
BANDS = f"{STANDS} && {CHOSEN} && datum.l <= rank && rank <= datum.m"
TOUCHES = f"(party == '{ALL}' || datum.a == party || datum.b == party)"
"""Whether an edge is the highlighted party's."""


def make_params(
    days: Sequence[pd.Timestamp],
    news: Sequence[str],
    start: int,
    layer: str,
    parties: Mapping[str, str],
) -> list[Any]:
    """The inputs, set to the stop `start`, to `layer` and to everything else shown.

    `news` says for each stop what changed; `parties` are names by id. The parameter
    `stop_words` puts the value of the slider `stop` into words, for the page to show and to say.
    """
    ordered = sorted(parties, key=lambda party: parties[party].lower())
    dates = [written_day(day.date()) for day in days]
    last = max(len(days) - 1, 1)
    slider = alt.binding_range(min=0, max=last, step=1, name="As known on ")
    layers = alt.binding_radio(options=list(LAYERS), name="Layer ")
    kinds = alt.binding_select(options=[ALL, *KINDS], name="Kind ")
    scopes = alt.binding_select(
        options=[ALL, *WEB], labels=[ALL, *(_SCOPES[scope] for scope in WEB)], name="Deals "
    )
    people = alt.binding_select(
        options=[ALL, *ordered],
        labels=["nobody", *(parties[p] for p in ordered)],
        name="Highlight ",
    )
    made = [
        alt.param(name="stop", value=start, bind=slider),
        alt.param(name="layer", value=layer, bind=layers),
        alt.param(name="kind", value=ALL, bind=kinds),
        alt.param(name="scope", value=ALL, bind=scopes),
        alt.param(name="party", value=ALL, bind=people),
        alt.param(name="dates", value=dates),
        alt.param(name="news", value=list(news)),
        alt.param(name="stop_words", expr="dates[stop]"),
        alt.param(name="rank", expr=f"indexof({list(RANKS)}, layer)"),
    ]
    return [parameter.param for parameter in made]


def words() -> str:
    """A Vega expression that writes the sums v, lo, hi and e of a row as `edges.Sum.short`."""
    return money_short("(datum.v + datum.lo)", "(datum.v + datum.hi)", "datum.e > 0")
