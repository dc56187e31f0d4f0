"""The party in the middle, as a reader names it: by id or by name."""

from __future__ import annotations

import difflib
import json
import shutil
from pathlib import Path

from tightrope import dealbook, paths
from tightrope.dealbook import Dealbook
from tightrope.descriptor import describe


def party(book: Dealbook, asked: str) -> str:
    """The id of the party that `asked` names, by id or by name, in whatever case.

    Raises ValueError that suggests the nearest names where there is none.
    """
    names = dict(zip(book.parties.party_id, book.parties["name"], strict=True))
    wanted = asked.strip().casefold()
    for party_id, name in names.items():
        if wanted in (party_id.casefold(), name.casefold()):
            return str(party_id)
    known = {word.casefold(): word for pair in names.items() for word in pair}
    near = [known[word] for word in difflib.get_close_matches(wanted, known, 3, 0.5)]
    hint = f"did you mean {', '.join(near)}?" if near else f"it has: {_some(list(names.values()))}"
    raise ValueError(f'FOCAL: the data have no party "{asked}"; {hint}')


def _some(names: list[str], most: int = 20) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def seen_from(data: Path, asked: str, out: Path) -> Path:
    """The package in `data`, with the party that `asked` names in its middle.

    "" leaves the one that `datapackage.json` names. Another one is written into a copy, in `out`.
    Raises as `party` and `dealbook.load` do, and ValueError where that party is in no deal.
    """
    described = describe(data)
    if not asked and "focal" not in described:
        raise ValueError(
            f"{data.name}/datapackage.json names no party in the middle; add the line "
            '"focal": "<party_id>", or name one with FOCAL='
        )
    package = data
    if asked:
        middle = party(dealbook.load(data), asked)
        if middle != described.get("focal"):
            package = _copied(data, middle, out)
    book = dealbook.load(package)
    legs = book.within(*dealbook.WEB).legs
    if not (legs.payer_id.eq(book.focal) | legs.payee_id.eq(book.focal)).any():
        raise ValueError(
            f"FOCAL: {book.party_name(book.focal)} neither pays nor is paid in these data; "
            "name a party that does"
        )
    return package


def _copied(data: Path, middle: str, out: Path) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    for file in paths.described(data):
        copy = out / file.relative_to(data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    described = describe(data) | {"focal": middle}
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (out / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")
    return out
