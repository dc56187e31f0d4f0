"""The page of the audits: how rows drawn at random stood up to somebody who checked them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tightrope.charts.table import html_table
from tightrope.publish.pages import Manuscript

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
_TEXT = """# Audits of the data

{finding}

{table}

*Right* means that every cell is as the documents say. *Imprecise*: right in substance, but a day,
a bound, a rung or a word is off. *Wrong*: a document says otherwise. *Unverifiable*: no public
text was found that says so, or only the book’s own estimate.

## Check some rows yourself

`make audit SAMPLE=30 SEED=7` draws rows at random, spread over the files, and writes a worksheet
to print and a CSV file to fill in: each row as a sentence, with its amount, its days, its rung,
its source and the link, and room for a verdict. Another seed draws other rows. An audit that you
send in becomes a row of this table: its file is `book/reference/audits.csv`.
"""


def write(manuscript: Manuscript, source: Path) -> None:
    """Write `reference/audits.md` into the book's `source`.

    Raises ValueError, with file and line, for an audit whose verdicts are not as many as its rows.
    """
    audits = read(manuscript.book / AUDITS)
    (source / PAGE).parent.mkdir(exist_ok=True)
    text = _TEXT.format(finding=_finding(audits), table=_table(audits))
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


def _finding(audits: pd.DataFrame) -> str:
    if audits.empty:
        return "No audit of these data has been made."
    last = audits.iloc[-1]
    return (
        f"**In the newest audit {last.right} of {last.rows} rows drawn at random were right, "
        f"{last.imprecise} imprecise and {last.wrong} wrong; {last.unverifiable} could not be "
        "verified.** Somebody else than those who entered them checked them against public text."
    )


def _table(audits: pd.DataFrame) -> str:
    return html_table(audits, "The audits so far", _LABELS) if len(audits) else ""
