"""Flat tables for tests: the columns, a few right rows, and what a package says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tightrope import dealbook, flat, ledger
from tightrope.findings import DataError

HEADER = "date,payer,payee,kind,amount_usd_bn,status,source"
RENT = "2024-03-31,Lab,Cloud,compute,6,binding,https://example.org/rent"
STAKE = "2024-01-15,Cloud,Lab,equity,4,paid,https://example.org/stake"


def written_table(folder: Path, *rows: str, header: str = HEADER, name: str = "flows.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    return path


def package(
    folder: Path,
    *rows: str,
    header: str = HEADER,
    focal: str = "Lab",
    options: flat.Options | None = None,
) -> flat.Written:
    table = written_table(folder, *rows, header=header)
    return flat.package(table, focal, folder / "case", options or flat.Options())


def faults(
    folder: Path,
    *rows: str,
    header: str = HEADER,
    focal: str = "Lab",
    options: flat.Options | None = None,
) -> list[str]:
    """What is said of a table that is refused; nothing must have been written."""
    try:
        package(folder, *rows, header=header, focal=focal, options=options)
    except DataError as error:
        assert not (folder / "case").exists()
        return [str(finding) for finding in error.findings]
    raise AssertionError("the table was taken")


def amounts(written: flat.Written, layer: str = "announced") -> Sequence[float]:
    """What each leg of a package comes to on a layer, in USD billion, in its order."""
    return [round(amount, 9) for amount in ledger.ladder(dealbook.load(written.folder))[layer]]
