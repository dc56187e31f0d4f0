"""`python -m tightrope.flat TABLE --focal=NAME --out=FOLDER`: a flat table as a data package.

Prints how the columns were read and what was assumed, or everything that is wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tightrope.findings import DataError
from tightrope.flat import Options, Written, package


def main(arguments: list[str]) -> int:
    """Write the package that the arguments ask for; 0, 1 for findings, 2 without a table."""
    asked = _parser().parse_args(arguments)
    try:
        options = Options(
            title=asked.title,
            unit=asked.unit,
            currency=asked.currency,
            rates=dict(_rate(one) for one in asked.rate),
            sheet=asked.sheet,
            sure=asked.sure,
        )
        written = package(Path(asked.table), asked.focal, Path(asked.out), options)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    except DataError as error:
        for finding in error.findings:
            print(finding)
        many = "s" if len(error.findings) > 1 else ""
        print(f"{len(error.findings)} finding{many} in {asked.table}; nothing was written")
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(told(written)))
    return 0


def told(written: Written) -> list[str]:
    """What whoever handed in a table is to see, line by line."""
    return [
        "columns: " + ", ".join(f"{name} = {read or 'not used'}" for name, read in written.columns),
        *(f"assumed: {line}" for line in written.assumed),
        f"{written.folder}: written, around {written.focal}; go on editing it there",
    ]


def _rate(given: str) -> tuple[str, float]:
    code, _, value = given.partition("=")
    try:
        return code.strip().upper(), float(value)
    except ValueError:
        raise ValueError(
            f'--rate must be a currency and its dollars, EUR=1.08, not "{given}"'
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tightrope.flat", description=__doc__)
    parser.add_argument("table", help="a .csv or .xlsx file with a row a payment")
    parser.add_argument("--focal", required=True, help="the party that the case is about")
    parser.add_argument("--out", required=True, help="the folder of the package")
    parser.add_argument("--title", default="")
    parser.add_argument("--unit", default="", help="usd, usd_m or usd_bn")
    parser.add_argument("--currency", default="", help="ISO code of the currency of the amounts")
    parser.add_argument("--rate", action="append", default=[], help="EUR=1.08, again for others")
    parser.add_argument("--sheet", default="", help="the sheet of an .xlsx")
    parser.add_argument("--sure", action="store_true", help="let amounts pass that look wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
