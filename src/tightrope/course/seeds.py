"""What a seed may be: a whole number, as somebody types it after SEED=."""

from __future__ import annotations


def whole(name: str, text: str) -> int:
    """The number that `text` writes; raises ValueError, with the variable's name, for no number."""
    if not text.isdecimal():
        raise ValueError(f'{name} must be a whole number of at least 0, not "{text}"')
    return int(text)
