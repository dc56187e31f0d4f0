"""Accessible tables: caption, header scopes, no empty header, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.templates import render

Writer = Callable[[object], str]
_PAID = re.compile(r"(^|_)paid_((low|high)_)?usd_bn$")
"""Columns of what was paid: their zero is a silence."""


def html_table(
    frame: pd.DataFrame,
    caption: str,
    labels: Mapping[str, str],
    writers: Mapping[str, Writer] | None = None,
) -> Markup:
    """The frame as an HTML table that scrolls within itself and can be reached by keyboard.

    `labels` names the columns to show, in order, and their headings; `writers` say how a column
    is written (columns ending in `_usd_bn` are written as amounts; where nothing was paid, as far
    as is known, they say so). The first column heads its row. A writer that returns `Markup` is
    trusted; every other cell is escaped. Raises KeyError for a column that the frame does not
    have.
    """
    writers = writers or {}
    numeric = {name for name in labels if pd.api.types.is_numeric_dtype(frame[name])}
    columns = [(label, name in numeric) for name, label in labels.items()]
    rows = [
        [_write(value, name, writers.get(name)) for name, value in zip(labels, row, strict=True)]
        for row in frame[list(labels)].itertuples(index=False)
    ]
    return Markup(render("table.html", columns=columns, rows=rows, caption=caption))


class Markup(str):
    """Text that is HTML already and must not be escaped again."""

    def __html__(self) -> str:
        """The text itself, for templates, which escape what cannot say that."""
        return str(self)


class Table:
    """A table that a notebook shows: `html_table` on the page and in JupyterLab."""

    def __init__(
        self,
        frame: pd.DataFrame,
        caption: str,
        labels: Mapping[str, str],
        writers: Mapping[str, Writer] | None = None,
    ) -> None:
        self.html = html_table(frame, caption, labels, writers)
        self._plain = f"{caption}: {len(frame)} rows"

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self._plain


def known_usd_bn(cell: object) -> str:
    """Writes an amount of which zero is a silence: "none known"."""
    return units.usd_bn_known(float(str(cell)))


def linked(rows: Sequence[Mapping[str, str]], caption: str, labels: Mapping[str, str]) -> Table:
    """A table of texts; those that are `Markup` stay links. `labels` as in `html_table`."""
    frame = pd.DataFrame(rows, columns=list(labels))
    return Table(frame, caption, labels, dict.fromkeys(labels, _as_it_is))


def _as_it_is(cell: object) -> str:
    return cell if isinstance(cell, str) else str(cell)


READABLE = "utf-8-sig"
"""How CSV files for readers are encoded: without the mark Excel shows “–” as “â€“”."""
_DIGITS = "%.10g"
"""How many digits of a number a reader gets: the last ones may differ between processors."""


def csv_text(frame: pd.DataFrame) -> str:
    """The frame as CSV for readers; text cells are made `harmless`, numbers stay numbers."""
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = [harmless(cell) if isinstance(cell, str) else cell for cell in safe[name]]
    text: str = safe.to_csv(
        index=False, lineterminator="\n", date_format="%Y-%m-%d", float_format=_DIGITS
    )
    return text


def harmless(cell: str) -> str:
    """The cell with a leading apostrophe if a spreadsheet would run it (OWASP, CSV Injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _write(value: object, name: str, writer: Writer | None) -> str:
    if writer is not None:
        return writer(value)
    if name.endswith("_usd_bn"):
        amount = float(str(value))
        is_silent = amount == 0 and _PAID.search(name)
        return units.NONE_KNOWN if is_silent else units.usd_bn(amount)
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return units.number(value)
    return str(value)
