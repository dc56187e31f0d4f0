"""The inputs of a chart that a reader can move, as HTML above the drawing from the start.

The page's script starts the engine of the chart at the first touch of one, and hands on what it
then says. Words beside a slider are those of the chart's `usermeta` until the engine writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

Spec = Mapping[str, Any]


def has_controls(spec: Spec) -> bool:
    """Whether a reader can move something in a chart of this Vega-Lite specification."""
    return any("bind" in one for one in spec.get("params", ()))


def without_controls(spec: Spec) -> dict[str, Any]:
    """The specification for a page that has its own inputs: parameters without a binding."""
    kept = [
        {name: value for name, value in one.items() if name != "bind"}
        for one in spec.get("params", ())
    ]
    return {**spec, "params": kept}


def controls(spec: Spec) -> str:
    """The sliders as HTML, "" where there is none; raises KeyError for an input of another kind.

    Each is named as the parameter that it sets.
    """
    bound = [one for one in spec.get("params", ()) if "bind" in one]
    if not bound:
        return ""
    words = spec.get("usermeta", {}).get("words", {})
    made = "".join(_slider(one, escape(words.get(one["name"], ""))) for one in bound)
    return (
        f'<form class="figure-controls">{made}'
        '<button type="reset" class="figure-reset">Reset</button></form>'
    )


def _slider(one: Spec, said: str) -> str:
    bind, name = one["bind"], escape(one["name"])
    bounds = {end: bind[end] for end in ("min", "max", "step")} | {"value": one["value"]}
    numbers = " ".join(f'{attribute}="{value:g}"' for attribute, value in bounds.items())
    return (
        f'<label class="figure-slider"><span>{escape(bind["name"].strip())}</span>'
        f'<input type="range" name="{name}" {numbers} aria-valuetext="{said}" autocomplete="off">'
        f'<span class="figure-value" aria-hidden="true">{said}</span></label>'
    )
