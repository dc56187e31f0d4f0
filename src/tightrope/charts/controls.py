"""The inputs of a chart that a reader can move, as HTML above the drawing from the start.

The page's script starts the engine of the chart at the first touch of one, and hands on what it
then says. Words beside a slider are those of the chart's `usermeta` until the engine writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """The inputs as HTML, "" where there is none; raises KeyError for a kind that it cannot make.

    Each is named as the parameter that it sets.
    """
    bound = [one for one in spec.get("params", ()) if "bind" in one]
    if not bound:
        return ""
    words = spec.get("usermeta", {}).get("words", {})
    made = "".join(_KINDS[one["bind"]["input"]](one, words.get(one["name"], "")) for one in bound)
    return (
        f'<form class="figure-controls">{made}'
        '<button type="reset" class="figure-reset">Reset</button></form>'
    )


def _slider(one: Spec, words: str) -> str:
    bind, name = one["bind"], escape(one["name"])
    numbers = " ".join(
        f'{attribute}="{value:g}"'
        for attribute, value in (
            ("min", bind["min"]),
            ("max", bind["max"]),
            ("step", bind["step"]),
            ("value", one["value"]),
        )
    )
    said = escape(words)
    return (
        f'<label class="figure-slider"><span>{_label(bind)}</span>'
        f'<input type="range" name="{name}" {numbers} aria-valuetext="{said}" autocomplete="off">'
        f'<span class="figure-value" aria-hidden="true">{said}</span></label>'
    )


def _radios(one: Spec, _: str) -> str:
    name = escape(one["name"])
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{escape(str(option))}"'
        f"{' checked' if option == one['value'] else ''}>{escape(label)}</label>"
        for option, label in _choices(one["bind"])
    )
    return f"<fieldset><legend>{_label(one['bind'])}</legend>{choices}</fieldset>"


def _select(one: Spec, _: str) -> str:
    options = "".join(
        f'<option value="{escape(str(option))}"'
        f"{' selected' if option == one['value'] else ''}>{escape(label)}</option>"
        for option, label in _choices(one["bind"])
    )
    name = escape(one["name"])
    return f'<label>{_label(one["bind"])} <select name="{name}">{options}</select></label>'


def _choices(bind: Spec) -> Iterable[tuple[object, str]]:
    options: Sequence[object] = bind["options"]
    return zip(options, bind.get("labels") or [str(one) for one in options], strict=True)


def _label(bind: Spec) -> str:
    return escape(str(bind["name"]).strip())


_KINDS = {"range": _slider, "radio": _radios, "select": _select}
