"""The page of the audits: how rows drawn at random stood up to somebody who checked them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tightrope.charts.table import html_table
from tightrope.publish.pages import Manuscript
from tightrope.templates import render

PAGE = "reference/audits"
AUDITS = "reference/audits.csv"
"""The audits so far, kept by hand in the book's folder: one row an audit, the oldest first."""
VERDICTS = ("right", "imprecise", "wrong", "unverifiable")
_LABELS = {
    "audited_on": "Day",
    "what": "What was drawn",
    "rows": "Rows",
    **{verdict: verdict.capitalize() for verdict in VERDICTS},
    "how": "Checked by",
    "what_followed": "What followed",
}


def write(manuscript: Manuscript, source: Path) -> None:
    """Write `reference/audits.md` into the book's `source`.

    Raises ValueError, with file and line, for an audit whose verdicts are not as many as its rows.
    """
    audits = read(manuscript.book / AUDITS)
    (source / PAGE).parent.mkdir(exist_ok=True)
    last = None if audits.empty else audits.iloc[-1]
    table = html_table(audits, "The audits so far", _LABELS)
    text = render(f"{PAGE}.md", last=last, table=table)
    (source / f"{PAGE}.md").write_text(text, encoding="utf-8")


def read(file: Path) -> pd.DataFrame:
    """The audits in `file`, one row each; without the file there are none."""
    if not file.is_file():
        return pd.DataFrame(columns=list(_LABELS))
    audits = pd.read_csv(file)
    together = audits[list(VERDICTS)].sum(axis=1)
    for place, (rows, verdicts) in enumerate(zip(audits.rows, together, strict=True)):
        if rows != verdicts:
            raise ValueError(
                f"{file.name}:{place + 2}: rows: {rows} rows were drawn, but {verdicts} verdicts "
                f"are given; {', '.join(VERDICTS)} must add up to rows"
            )
    return audits
