"""Compare an answer of a lab with its key, without the key showing the answer.

`keys.json` beside this file has, for each part, a number of sealed sentences: one for the right
answer and one for each mistake that is often made. A number is rounded to the part's grid, so many
steps of it, and those words and numbers are the key that opens one sentence: they are salted and
hashed slowly (PBKDF2, SHA-256); the first half of the hash says which sentence it is, the rest
unlocks it. Steps next to yours are tried too where `near` allows it, so that a last digit rounded
otherwise still counts. Nobody reads an answer off the file; whoever tries all numbers finds it.

It needs Python's standard library only, and no network.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

ROUNDS = 40_000
LONGEST = 240
"""Bytes of a sentence at most; shorter ones are filled with blanks, so that all look alike."""
RIGHT = "="
KEYS = Path(__file__).with_name("keys.json")
UNITS = {
    -1: "The sign is turned round: what is asked for is the other way.",
    100: "Right but for the unit: give a fraction, not per cent.",
    1000: "Right but for the unit: the data are in USD billion, this is in million.",
    0.001: "Right but for the unit: the data are in USD billion, this is in thousands of them.",
}
"""What your answer may be too large by, and what is said then."""


class Blank(Exception):
    """A part that is not done yet: one line in the notebook, and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(part: str, value: Any) -> None:
    """Say whether `value` answers a part such as "2a", and if not, what may have gone wrong."""
    print(f"{part}: {verdict(part, value)[1]}")


def verdict(part: str, value: Any, keys: Path = KEYS) -> tuple[bool, str]:
    """Whether `value` is right, and the sentence for it; raises `Blank` for a blank."""
    known = json.loads(keys.read_text(encoding="utf-8"))
    if part not in known["parts"]:
        raise KeyError(f'there is no part "{part}"; there are: {", ".join(known["parts"])}')
    if value is ... or value is None:
        raise Blank(f"{part}: here is the first blank. Fill it in and run this cell again.")
    key = known["parts"][part]
    salt = f"{known['salt']}/{part}"
    if key["grid"] is None:
        said = opened(salt, text(value), key)
        return (True, "right.") if said == RIGHT else (False, said or "not yet: another name.")
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False, f"one number is asked for ({key['unit']}), not {type(value).__name__}."
    if not math.isfinite(number):
        return False, "this is no finite number: is an empty cell among what you added up?"
    said = nearest(salt, number, key)
    if said == RIGHT:
        within = f", to within {key['grid']:g} ({key['unit']})" if key["near"] else ""
        return True, f"right{within}."
    for factor, words in UNITS.items():
        if not said and number and nearest(salt, number / factor, key) == RIGHT:
            said = words
    return False, said or "not yet, and none of the mistakes that are often made here."


def nearest(salt: str, number: float, key: dict[str, Any]) -> str:
    """The sentence that this number opens, or one of the steps beside it; "" if none."""
    step = round(number / key["grid"])
    steps = [step, step - 1, step + 1] if key["near"] else [step]
    return next((said for one in steps if (said := opened(salt, str(one), key))), "")


def opened(salt: str, written: str, key: dict[str, Any]) -> str:
    """The sentence that these words open; "" if none."""
    name, lock = stretched(salt, written)
    sealed = bytes.fromhex(key["seals"].get(name, ""))
    return bytes(a ^ b for a, b in zip(sealed, lock, strict=False)).decode().rstrip()


def stretched(salt: str, written: str) -> tuple[str, bytes]:
    """The name of the sentence that these words open, and what unlocks it."""
    seed = hashlib.pbkdf2_hmac("sha256", written.encode(), salt.encode(), ROUNDS)
    long = hashlib.shake_256(seed).digest(12 + LONGEST)
    return long[:12].hex(), long[12:]


def text(value: object) -> str:
    """Words as they are compared: without capitals, and with single blanks."""
    return " ".join(str(value).casefold().split())
