"""Bake a Vega-Lite specification into an SVG that needs no script and can be read aloud."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import vl_convert


def svg(spec: dict[str, Any], identity: str, title: str, description: str) -> str:
    """The specification as SVG text with a role, a title and a description.

    `identity` makes the ids inside unique on a page. Coordinates are rounded to a hundredth of a
    pixel: smaller pages, same picture.
    """
    baked = vl_convert.vegalite_to_svg(spec)
    baked = re.sub(r'\b(id|xlink:href|href)="(#?)(clip|gradient)', rf'\1="\2{identity}-\3', baked)
    baked = re.sub(r"url\(#(clip|gradient)", rf"url(#{identity}-\1", baked)
    baked = re.sub(r"(\d+\.\d{2})\d+", r"\1", baked)
    baked = re.sub(r' aria-[a-z]+="[^"]*"', "", baked)
    baked = re.sub(r' role="[^"]*"', "", baked)
    head = f'<svg role="img" aria-labelledby="{identity}-title" aria-describedby="{identity}-desc"'
    named = (
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(description)}</desc>'
    )
    baked = baked.replace("<svg", head, 1)
    return re.sub(r"(<svg[^>]*>)", lambda match: match.group(1) + named, baked, count=1)
