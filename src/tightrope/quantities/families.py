"""Which quantities belong together: each headline with its variants and its parts."""

from __future__ import annotations

from tightrope.quantities import DEFINITIONS, HEADLINES, Definition

REST = ""
"""The family of quantities that belong to no headline."""


def families() -> dict[str, list[Definition]]:
    """The definitions by headline, it first, then its variants, then parts; at last `REST`."""
    grouped: dict[str, list[Definition]] = {name: [] for name in (*HEADLINES, REST)}
    for definition in sorted(DEFINITIONS.values(), key=_rank):
        grouped[family_of(definition)].append(definition)
    return grouped


def family_of(definition: Definition) -> str:
    """The headline that a definition belongs to: what it varies, else its first whole."""
    if definition.name in HEADLINES:
        return definition.name
    above = definition.variant_of or next(iter(definition.part_of), REST)
    return family_of(DEFINITIONS[above]) if above else REST


def _rank(definition: Definition) -> int:
    """The headline first, then its variants; the sort keeps the order within."""
    return 0 if definition.name in HEADLINES else 1 if definition.variant_of else 2
