"""Vega expressions that several live charts share: how the browser writes what Python writes."""

from __future__ import annotations

_SPACE = "\N{NO-BREAK SPACE}"


def money(value: str) -> str:
    """A Vega expression that writes a sum of USD billion as `units.usd_bn` does."""
    small = f"'$' + {_digits(f'(1000 * {value})')} + '{_SPACE}m'"
    large = f"'$' + {_digits(value)} + '{_SPACE}bn'"
    return f"({value} == 0 ? '$0' : {value} < 0.9995 ? {small} : {large})"


def _digits(value: str) -> str:
    """Three significant digits, as `units.number` writes them."""
    return f"({value} >= 999.5 ? format({value}, ',.0f') : format({value}, '.3~r'))"
