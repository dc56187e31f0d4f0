"""A worksheet for somebody who checks the data: rows drawn at random, with room for a verdict.

python -m tightrope.publish.audit [--data DIR] [--sample N] [--seed N] --out FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tightrope import dealbook, ledger, paths, units
from tightrope.charts.table import harmless
from tightrope.dealbook import KEYS, Dealbook
from tightrope.publish.files import write_whole

TABLES = ("events", "financials", "claims", "terms", "watch", "outside_checks")
"""The tables whose rows rest on a document; the sample is spread over them."""
VERDICTS = {
    "right": "as the document says, in every cell",
    "imprecise": "right in substance; a day, a bound, a rung or a word is off",
    "wrong": "the document says otherwise",
    "unverifiable": "no public text was found that says so",
}
_ENDS = {
    "events": ("amount_low_usd_bn", "amount_usd_bn", "amount_high_usd_bn", "amount_bound"),
    "financials": ("value_low", "value", "value_high", "value_bound"),
    "outside_checks": ("value_low", "value", "value_high", ""),
}
COLUMNS = [
    *("file", "row", "sentence", "amount", "happened_on", "known_on", "rung", "stated_by"),
    *("confidence", "source", "published_on", "url", "note"),
    *("verdict", "evidence"),
]


def shares(counts: Mapping[str, int], sample: int) -> dict[str, int]:
    """How many rows of each table to draw: in proportion to its rows, at least one of each.

    `counts` are rows by table. Largest remainders settle what rounding leaves. A sample larger
    than all rows is all rows; one smaller than the number of tables takes the largest tables.
    Raises ValueError for a sample below one.
    """
    if sample < 1:
        raise ValueError(f"SAMPLE must be a whole number of at least 1, not {sample}")
    held = {table: n for table, n in sorted(counts.items(), key=lambda item: -item[1]) if n}
    held = dict(list(held.items())[:sample])
    sample = min(sample, sum(held.values()))
    exact = {table: sample * n / sum(held.values()) for table, n in held.items()}
    drawn = {table: min(held[table], max(1, int(part))) for table, part in exact.items()}
    while sum(drawn.values()) != sample:
        step = 1 if sum(drawn.values()) < sample else -1
        free = [t for t in held if (drawn[t] < held[t] if step > 0 else drawn[t] > 1)]
        drawn[max(free, key=lambda table: step * (exact[table] - drawn[table]))] += step
    return {table: drawn[table] for table in counts if table in drawn}


def draw(book: Dealbook, sample: int, seed: int) -> pd.DataFrame:
    """`sample` rows of the data drawn at random, stratified by file: the columns `COLUMNS`.

    The same seed draws the same rows of the same data. `verdict` and `evidence` are empty.
    """
    drawn = shares({table: len(getattr(book, table)) for table in TABLES}, sample)
    chance = np.random.default_rng(seed)
    rows = []
    for table, number in drawn.items():
        frame: pd.DataFrame = getattr(book, table)
        places = np.sort(chance.choice(len(frame), size=number, replace=False))
        rows += [_row(book, table, row) for row in frame.iloc[places].to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(book: Dealbook, table: str, row: Mapping[str, Any]) -> dict[str, str]:
    source = book.sources.set_index("source_id").loc[row["source_id"]]
    return {
        "file": f"{table}.csv",
        "row": str(row[KEYS[table]]),
        "sentence": _sentence(book, table, row),
        "amount": _amount(table, row),
        "happened_on": _day(row.get("happened_on")),
        "known_on": _day(row.get("known_on")),
        "rung": str(row.get("status", row.get("nature", row.get("verdict", "")))),
        "stated_by": str(row.get("stated_by", "")),
        "confidence": str(row.get("confidence", "")),
        "source": f"{source.publisher}: {source.title}",
        "published_on": str(source.published_on),
        "url": str(source.url),
        "note": " ".join(filter(None, (row.get("note", ""), row.get("known_on_reason", "")))),
        "verdict": "",
        "evidence": "",
    }


def _sentence(book: Dealbook, table: str, row: Mapping[str, Any]) -> str:
    """What the row says, in words."""
    if table in ("events", "terms"):
        leg = book.legs.set_index("leg_id").loc[row["leg_id"]]
        pays = (
            f"{book.party_name(leg.payer_id)} pays {book.party_name(leg.payee_id)} "
            f"({_words(leg.instrument)} in {leg.medium}: {leg.purpose})"
        )
        if table == "events":
            return f"{pays}: {_words(row['status'])}, said by {_words(row['stated_by'])}"
        said = ("form", "condition", "conditioned_on", "recourse", "termination", "formula")
        told = [f"{_words(key)}: {_words(row[key])}" for key in (*said, "trigger") if row[key]]
        return f"{pays}. {'; '.join(told)}"
    if table == "financials":
        return f"{book.party_name(row['party_id'])}: {_words(row['metric'])}, {row['period']}"
    if table == "claims":
        return f"The article says: {row['claim']} Found: {row['found'] or 'nothing'}. {row['why']}"
    if table == "watch":
        return f"{row['what']} {row['result']}".strip()
    return f"{row['publisher']}: {row['measure']} ({row['scope']})"


def _amount(table: str, row: Mapping[str, Any]) -> str:
    """The amount of a row with its range, an open end named as open, and its bound."""
    if table == "terms":
        return "" if pd.isna(row["cap_usd_bn"]) else units.usd_bn(row["cap_usd_bn"])
    if table not in _ENDS:
        return str(row.get("stated", ""))
    low, value, high, bound = (row.get(column, "") for column in _ENDS[table])
    if pd.isna(low) and pd.isna(value) and pd.isna(high):
        return ""
    unit = str(row.get("unit", "usd_bn"))
    _, low, high = ledger.bounds(value, low, high, bound)
    parts = [] if pd.isna(value) else [units.written(value, unit)]
    if low != high:
        ends = ["open" if pd.isna(end) else units.written(end, unit) for end in (low, high)]
        parts.append(f"from {ends[0]} to {ends[1]}")
    return ", ".join([*parts, *filter(None, [bound])])


def _day(day: object) -> str:
    return "" if day is None or pd.isna(day) else f"{day:%Y-%m-%d}"


def _words(value: object) -> str:
    return str(value).replace("_", " ")


def worksheet(rows: pd.DataFrame, title: str) -> str:
    """The drawn rows as a page to print or to fill in: one card a row, with room for a verdict."""
    cards = "".join(_card(number, row) for number, row in enumerate(rows.to_dict("records"), 1))
    key = "".join(f"<dt>{name}</dt><dd>{escape(what)}</dd>" for name, what in VERDICTS.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; }}
body {{ padding: 0 1rem; overflow-wrap: anywhere; }}
article {{ border-top: 1px solid; padding: 1rem 0; break-inside: avoid; }}
h2 {{ font-size: 1rem; margin: 0; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .5rem 0; }}
dt {{ font-weight: 600; }}
dd {{ margin: 0; }}
fieldset {{ border: 0; padding: 0; margin: .5rem 0; }}
label {{ margin-right: 1rem; display: inline-block; padding: .25rem 0; }}
textarea {{ width: 100%; box-sizing: border-box; font: inherit; }}
@media print {{ textarea {{ border: 1px solid; }} }}
</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p>Look for public text of your own before you open the source. Check every cell: payer and payee,
amount and bound, the day it happened and the first day anyone published it, the rung and who said
so. The same rows are in the CSV file beside this page, with columns for verdict and evidence.</p>
<dl>{key}</dl>
{cards}
</body>
</html>
"""


def _card(number: int, row: Mapping[str, str]) -> str:
    shown = ("amount", "happened_on", "known_on", "rung", "stated_by", "confidence", "note")
    cells = "".join(
        f"<dt>{_words(name).capitalize()}</dt><dd>{escape(_words(row[name]))}</dd>"
        for name in shown
        if row[name]
    )
    choices = "".join(
        f'<label><input type="radio" name="v{number}" value="{name}"> {name}</label>'
        for name in VERDICTS
    )
    return (
        f"<article><h2>{number}. {escape(row['file'])}: {escape(row['row'])}</h2>"
        f"<p>{escape(row['sentence'])}</p><dl>{cells}<dt>Source</dt>"
        f'<dd><a href="{escape(row["url"])}">{escape(row["source"])}</a> '
        f"({escape(row['published_on'])})</dd></dl>"
        f"<fieldset><legend>Verdict</legend>{choices}</fieldset>"
        f'<label for="e{number}">Evidence</label><textarea id="e{number}" rows="3"></textarea>'
        "</article>\n"
    )


def main(arguments: list[str]) -> int:
    """Write the worksheet as HTML and CSV; 0 if it is written, 2 with the reason if not."""
    parser = argparse.ArgumentParser(prog="make audit", description="Draw rows to check.")
    parser.add_argument("--data", default="", help="folder of another data package")
    parser.add_argument("--sample", default="30", help="how many rows")
    parser.add_argument("--seed", default="7", help="the same seed draws the same rows")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    chosen = parser.parse_args(arguments)
    try:
        sample, seed = _whole("SAMPLE", chosen.sample, 1), _whole("SEED", chosen.seed, 0)
        rows = draw(dealbook.load(chosen.data or paths.DATA), sample, seed)
    except (FileNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    stem = chosen.out / f"audit-{len(rows)}-seed-{seed}"
    chosen.out.mkdir(parents=True, exist_ok=True)
    title = f"{len(rows)} rows of the data to check (seed {seed})"
    write_whole(stem.with_suffix(".html"), worksheet(rows, title))
    # A byte-order mark, so that Excel takes the file for what it is.
    write_whole(stem.with_suffix(".csv"), "\ufeff" + rows.map(harmless).to_csv(index=False))
    for suffix in (".html", ".csv"):
        print(stem.with_suffix(suffix))
    return 0


def _whole(name: str, text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise ValueError(f'{name} must be a whole number of at least {least}, not "{text}"')
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
