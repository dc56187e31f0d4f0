"""How the web looks: the styles that its picture carries, for light and dark pages."""

from __future__ import annotations

from tightrope.charts import marks, theme

_HUES = {hue: marks.HUES[hue] for hue in theme.DIRECTIONS}
_TEXT = {hue: theme.TEXT[mark] for hue, mark in _HUES.items()}
_TEXT_DARK = {"in": "#8FC1EE", "out": "#F0A868", "onward": "#BDBAB2", "borrowed": "#C9A8E6"}
"""Words in a hue: darker than its marks on a light page, lighter on a dark one."""
_CONTEXT = ("#E6E3DC", "#D3CEC3")
_CON_TEXT_DARK = ("#33322E", "#4A4842")
"""Fill and hatch of what is not lit: decoration, for every link is in the table."""
_HALO = "var(--pst-color-background, #fff)"


def css(identity: str) -> str:
    """The styles of the picture with this id; they touch nothing else on a page."""
    rules = [
        _still(*_CONTEXT),
        " .part { fill: var(--still); stroke: none }",
        f' .high {{ fill: url("#{identity}-still") }}',
        " .talked { fill: var(--still); fill-opacity: .45 }",
        " .open { fill: none; stroke: var(--still-line); stroke-dasharray: 1.5 3 }",
        " .bar { fill: #9a958a }",
        " text { fill: currentColor; font-size: 12px }",
        f" .halo {{ paint-order: stroke; stroke: {_HALO}; stroke-width: 4px }}",
        " .halo, .back, .under { stroke-linejoin: round }",
        " .name { fill-opacity: .75 }",
        " .loop { display: none }",
        " .loop.is-lit { display: inline }",
        " .name.is-lit { fill-opacity: 1; font-size: 14px; font-weight: bold }",
        " .bar.is-lit { fill: currentColor }",
        f" .back {{ fill: none; stroke: {theme.ROUND_TRIP}; stroke-width: 3.5 }}",
        f" .under {{ fill: none; stroke: {_HALO}; stroke-width: 6.5 }}",
        " .disc { fill: #15171a; stroke: #fff; stroke-width: 1.2 }",
        " .number { fill: #fff; font-weight: bold; text-anchor: middle }",
        " .sum { font-weight: bold; font-size: 13px }",
        " .band { cursor: default; outline: none }",
        " .is-aside { opacity: .35 }",
        " .band:focus-visible .part, .band:hover .part { stroke: currentColor; stroke-width: 1.5 }",
    ]
    for hue, colour in _HUES.items():
        lit = f".{hue}.is-lit"
        rules += [
            f" {lit} .part {{ fill: {colour}; stroke: {colour}; stroke-width: 1.2 }}",
            f" {lit} .signed {{ fill-opacity: {theme.BINDING_OPACITY} }}",
            f" {lit} .talked {{ fill-opacity: 0; stroke-dasharray: 4 3 }}",
            f' {lit} .high {{ fill: url("#{identity}-{hue}"); stroke-dasharray: 4 3 }}',
            f" {lit} .open {{ fill: none; stroke-dasharray: 1.5 3 }}",
        ]
    rules += [f" .{hue}-words {{ fill: {colour} }}" for hue, colour in _TEXT.items()]
    light = "".join(_scoped(rule, f"#{identity}") for rule in rules)
    dark = _still(*_CON_TEXT_DARK)
    at_night = f'html[data-theme="dark"] #{identity}'
    words = [f" .{hue}-words {{ fill: {colour} }}" for hue, colour in _TEXT_DARK.items()]
    return light + "".join(_scoped(rule, at_night) for rule in (dark, *words))


def _still(fill: str, hatch: str) -> str:
    return f"{{ --still: {fill}; --still-line: {hatch} }}"


def _scoped(rule: str, scope: str) -> str:
    head, _, body = rule.partition("{")
    selectors = ",".join(f"{scope} {part.strip()}".rstrip() for part in head.split(","))
    return f"{selectors}{{{body.strip()}\n"


def patterns(identity: str) -> str:
    """The hatches of the high ends, one a hue and one for what is not lit."""
    colours = {**_HUES, "still": "var(--still-line)"}
    return "".join(
        f'<pattern id="{identity}-{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0,0V5" stroke="{colour}" stroke-width="3"/>'
        "</pattern>"
        for name, colour in colours.items()
    )
