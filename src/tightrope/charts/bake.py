"""Bake a Vega-Lite specification into an SVG that needs no script and can be read aloud.

Only what a reader can move needs Vega to be drawn; all other drawings are in pixels already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from tightrope.charts import controls, pixels, theme


def svg(spec: dict[str, Any], identity: str, title: str, description: str) -> str:
    """The specification as SVG text with a role, a title and a description.

    `identity` makes the ids inside unique on a page. Coordinates are rounded to a hundredth of a
    pixel: smaller pages, same picture.
    """
    if "svg" in spec:
        return str(spec["svg"])
    if pixels.is_made_here(spec):
        return pixels.svg(spec, identity, title, description)
    import vl_convert  # starts a JavaScript engine: only when needed

    baked = vl_convert.vegalite_to_svg(spec)
    baked = re.sub(r'\b(id|xlink:href|href)="(#?)(clip|gradient)', rf'\1="\2{identity}-\3', baked)
    baked = re.sub(r"url\(#(clip|gradient)", rf"url(#{identity}-\1", baked)
    baked = re.sub(r"<[^>]*>", lambda tag: re.sub(r"(\d+\.\d{2})\d+", r"\1", tag[0]), baked)
    baked = re.sub(r' aria-label="([^"]*)"', _numbered(spec), baked)
    baked = re.sub(r' aria-[a-z]+="[^"]*"', "", baked)
    baked = re.sub(r' role="[^"]*"', "", baked)
    # The root says it once for all texts.
    baked = baked.replace(f' font-family="{theme.FONT}"', "")
    head = f'<svg {pixels.labelled(identity)} font-family="{theme.FONT}"'
    named = pixels.named(identity, title, description)
    return re.sub(r"<svg([^>]*>)", lambda match: f"{head}{match[1]}{named}", baked, count=1)


def tips(spec: dict[str, Any]) -> list[str]:
    """What the picture's marks say when they are pointed at, by the number in their `data-tip`."""
    if pixels.is_made_here(spec):
        return pixels.tips(spec)
    if controls.has_controls(spec):
        return []  # the live chart says it
    rows = (row for rows in spec.get("datasets", {}).values() for row in rows)
    return list(dict.fromkeys(row["tip"] for row in rows if "tip" in row))


def _numbered(spec: dict[str, Any]) -> Callable[[re.Match[str]], str]:
    """In place of the words by which Vega describes a mark the number of its tip, if it has one."""
    numbers = {tip: number for number, tip in enumerate(tips(spec))}

    def number(label: re.Match[str]) -> str:
        words = unescape(label[1])
        return f' data-tip="{numbers[words]}"' if words in numbers else ""

    return number
