"""What a list that readers filter knows of its lines: the words that a search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def words_beyond(shown: str, texts: Iterable[str]) -> str:
    """The words of some texts that the line's own text, `shown`, has not: each once, no fragment.

    A search asks whether a word occurs in the line's text or in these, so that a word within
    another one is found without standing there itself.
    """
    every = {
        _EDGES.sub("", word) for text in texts for word in text.lower().split() if word.strip()
    }
    known = shown.lower()
    kept = []
    for word in sorted(every, key=lambda one: (-len(one), one)):
        if word not in known:
            kept.append(word)
            known += f" {word}"
    return " ".join(kept)
