"""What an earlier build found out, kept by all that it followed from: never by a date.

Everything is kept as JSON, and what was just found out goes through JSON as well, so that a build
that goes on from another and a clean one see the same.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from tightrope import paths
from tightrope.publish import imports
from tightrope.publish.files import digest, write_whole


class Kept:
    """A folder of answers, each with the key that says what it followed from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reach: dict[Path, tuple[imports.Reach, imports.Known]] = {}

    def get(self, name: str, key: str) -> Any:
        """The answer of this name and key; None where there is none, or another, or a damaged."""
        try:
            kept = json.loads((self._folder / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return None
        is_it = isinstance(kept, list) and len(kept) == 2 and kept[0] == key
        return kept[1] if is_it else None

    def put(self, name: str, key: str, answer: object) -> None:
        """Keep an answer in place of the one that has this name."""
        file = self._folder / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps([key, answer], ensure_ascii=False))

    def once(self, name: str, key: str, find: Callable[[], Any]) -> Any:
        """The answer kept for this key, else what `find` finds, which is kept. Plain data."""
        answer = self.get(name, key)
        if answer is None:
            answer = json.loads(json.dumps(find(), ensure_ascii=False))
            self.put(name, key, answer)
        return answer

    def files(
        self, name: str, key: str, targets: Sequence[Path], write: Callable[[], None]
    ) -> None:
        """Let `write` write the text files `targets`, or write what it wrote for this key."""
        texts = self.get(name, key)
        if texts is None:
            write()
            self.put(name, key, [target.read_bytes().decode("utf-8") for target in targets])
            return
        for target, text in zip(targets, texts, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))

    def reached(self, pieces: Iterable[str], src: Path) -> list[Path]:
        """`imports.reached`, which reads a file only once as long as it stays the same.

        While this object lives, the files below `src` are taken to stay as they are.
        """
        key = f"{digest([Path(imports.__file__)])}{sys.version}"
        if src not in self._reach:
            known = self.get("imports", key) or {}
            self._reach[src] = imports.Reach(src, known), known
        reach, known = self._reach[src]
        before = len(known)
        found = reach.of(pieces)
        if len(known) != before:
            self.put("imports", key, known)
        return found


def key_of(*parts: object) -> str:
    """One word for plain values: texts, numbers, lists and dictionaries of such."""
    text = json.dumps([*parts, sys.version], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def of_data(data: Path) -> str:
    """One word for the contents of a data package.

    Optional columns of other packages are typed as in the project's own.
    """
    return digest([*paths.described(data), *paths.described(paths.DATA)[:1]])
