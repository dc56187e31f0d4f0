"""`python -m tightrope.cases.checked FOLDER`: the check of a data package, and what it can carry.

After the findings, or that there are none, a line says which pages a case of the package has.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tightrope import dealbook, validation
from tightrope.cases import carries


def main(arguments: list[str]) -> int:
    """Print what `validation.main` does and, where nothing is wrong, the pages; its exit status."""
    status = validation.main(arguments)
    if status == 0:
        book = dealbook.load(Path(arguments[0]))
        print(carries.said(carries.of(book)) if book.focal else _NO_FOCAL)
    return status


_NO_FOCAL = (
    'pages: none yet; datapackage.json names no party in the middle ("focal"), '
    "or name one with make case FOCAL="
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
