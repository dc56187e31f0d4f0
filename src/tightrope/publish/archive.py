"""The data package as one zip: what the site offers and what `make zip` writes.

python -m tightrope.publish.archive [--data DIR] --out FILE
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tightrope import paths
from tightrope.charts.table import READABLE, harmless
from tightrope.csvpackage import RawTable, read_all
from tightrope.descriptor import describe, text_of
from tightrope.publish.files import write_whole

NAME = "tightrope-data.zip"
FOLDER = "tightrope-data"
# The earliest day a zip can hold: a day of the build would change its bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def files(data: Path) -> dict[str, bytes]:
    """The data package in `data` as readers download it, without cells a spreadsheet would run."""
    tables = read_all(data)
    package = {"datapackage.json": _descriptor(data, tables)}
    return package | {raw.resource["path"]: _csv(raw) for raw in tables.values()}


def _descriptor(data: Path, tables: Mapping[str, RawTable]) -> bytes:
    """The package's description, of what it has: without the optional tables and columns it lacks.

    So the stock command of Frictionless finds what readers download valid.
    """
    described = describe(data)
    held = [table.resource for table in tables.values()]
    if held == described["resources"]:
        return text_of(data).encode()
    text = json.dumps(described | {"resources": held}, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def zipped(data: Path) -> bytes:
    """The package with its licence and a README in one zip; the same bytes for the same data."""
    return packed(contents(data), FOLDER)


def contents(data: Path) -> dict[str, bytes]:
    """`files` with their licence and a README that says what each table holds."""
    return files(data) | {
        "README.md": _readme(describe(data), read_all(data)).encode(),
        "LICENSE-DATA": (paths.ROOT / "LICENSE-DATA").read_bytes(),
    }


def packed(held: Mapping[str, bytes], folder: str) -> bytes:
    """A zip with these files in one folder, or in none; the same bytes for the same files."""
    buffer = io.BytesIO()
    # Stored, not compressed: what a compressor writes depends on its version.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(held.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, _WHEN)
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _csv(raw: RawTable) -> bytes:
    is_text = [field["type"] == "string" for field in raw.fields]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(raw.header)
    writer.writerows(
        [harmless(cell) if text else cell for cell, text in zip(row, is_text, strict=True)]
        for row in raw.rows
    )
    return text.getvalue().encode(READABLE)


def _readme(package: dict[str, Any], tables: dict[str, RawTable]) -> str:
    listing = "\n".join(
        f"- `{raw.resource['path']}`: {len(raw.rows):,} rows. {raw.resource['description']}"
        for raw in tables.values()
    )
    events = tables["events"]
    newest = max(row[events.header.index("known_on")] for row in events.rows)
    who = ", ".join(one["title"] for one in package.get("contributors", []))
    licence = ", ".join(one["name"] for one in package["licenses"])
    cited = f"{who}: {package['title']}. Data package, version {package['version']}, {newest}."
    return f"""# {package["title"]}

{package["description"]}

Version {package["version"]}, as known on {newest}. Licence: {licence}, see `LICENSE-DATA`.

## Files

{listing}
- `datapackage.json` describes every column: type, what is allowed, what to do and not to do.

A leg is a payment, payer to payee; an event is a step of a leg on the status ladder. Paid amounts
are cumulative. Never add rungs, and never add different instruments to one total. Text that a
spreadsheet would run as a formula begins with an apostrophe. Files are UTF-8 and begin with a
byte-order mark, so that spreadsheets show quotes and dashes as they are.

## Cite

{cited}

Name the version and the day: amounts change when a deal moves.

## Validate

```sh
pip install frictionless
frictionless validate datapackage.json
```
"""


def main(arguments: list[str]) -> int:
    """Write the zip of a package that the check finds nothing wrong with; 1 if it does."""
    parser = argparse.ArgumentParser(prog="make zip", description="Write the data as one zip.")
    parser.add_argument("--data", default="", help="folder of another data package")
    parser.add_argument("--out", type=Path, required=True, help="the zip to write")
    chosen = parser.parse_args(arguments)
    data = Path(chosen.data) if chosen.data else paths.DATA
    from tightrope.validation import check  # slow to import, and a build has checked already

    try:
        findings = check(data)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if findings:
        print(
            *findings, f"\nnot written; put the data right first: {data}", sep="\n", file=sys.stderr
        )
        return 1
    content = zipped(data)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(chosen.out, content)
    print(f"{chosen.out}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
