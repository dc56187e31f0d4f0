"""Vega expressions that several live charts share: how the browser writes what Python writes."""

from __future__ import annotations

_SPACE = "\N{NO-BREAK SPACE}"


def money(value: str) -> str:
    """A Vega expression that writes a sum of USD billion as `units.usd_bn` does."""
    small = f"'$' + {_digits(f'(1000 * {value})')} + '{_SPACE}m'"
    large = f"'$' + {_digits(value)} + '{_SPACE}bn'"
    return f"({value} == 0 ? '$0' : {value} < 0.9995 ? {small} : {large})"


def money_short(low: str, high: str, is_open: str) -> str:
    """A Vega expression that writes a range of USD billion as `units.usd_bn_short` does.

    `is_open` is an expression that says whether the range has no upper end.
    """
    least, most = (_two_digits(end) for end in (low, high))
    span = f"'$' + ({least} == {most} ? '' : {least} + '–') + {most} + '{_SPACE}bn'"
    closed = f"({low} == {high} ? {money(low)} : {low} == 0 ? '≤ ' + {money(high)} : {span})"
    opened = f"({low} == 0 ? '?' : {money(low)} + ' + ?')"
    return f"({is_open} ? {opened} : {closed})"


def _two_digits(value: str) -> str:
    return f"({value} >= 99.5 ? format({value}, ',.2r') : format({value}, '.2~r'))"


def _digits(value: str) -> str:
    """Three significant digits, as `units.number` writes them."""
    return f"({value} >= 999.5 ? format({value}, ',.0f') : format({value}, '.3~r'))"
