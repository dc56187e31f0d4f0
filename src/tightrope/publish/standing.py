"""Whether the site that stands is the one that would be built: then there is nothing to do.

Contents decide, not dates: a file that comes back from a backup or an archive is older than the
site, and a folder that was copied is newer. Nothing heavy is imported here, so that a build that
has nothing to do says so at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tightrope import paths
from tightrope.publish import commit
from tightrope.publish.files import write_whole
from tightrope.publish.pages import Manuscript, to_run

RECORD = "site.key"
"""The file beside the site that says what it was built from."""


def key(settings: Sequence[str], data: Path, manuscript: Manuscript, rows: str = "") -> str:
    """One word for all that a build with these settings reads; "" if some of it cannot be read.

    That is its files, and their commit, which stands at the foot of the pages.
    `rows` is the file of a reader's own scenario. What cannot be read is the build's to say.
    """
    sha = hashlib.sha256(json.dumps([*settings, sys.version, commit.of()]).encode())
    try:
        for file in _read_by_a_build(data, manuscript, rows):
            content = file.read_bytes()
            name = os.fsencode(os.path.relpath(file, paths.ROOT))
            sha.update(name + f"\0{len(content)}\0".encode() + content)
    except (OSError, ValueError):
        return ""
    return sha.hexdigest()


def _read_by_a_build(data: Path, manuscript: Manuscript, rows: str) -> Iterable[Path]:
    root = paths.ROOT
    yield from (manuscript.toc, manuscript.config)
    yield from sorted({page.template for page in to_run(manuscript)})
    yield from _inside(manuscript.book)
    yield from paths.described(data)
    # Optional columns of other packages are typed as there.
    yield from paths.described(paths.DATA)[:1]
    yield from sorted(f for f in (root / "src").rglob("*.*") if f.suffix in (".py", ".html", ".md"))
    yield from sorted((root / "tests").glob("*/test_*.py"))  # the status page counts them
    yield from (root / name for name in ("requirements.lock", "pyproject.toml", "LICENSE-DATA"))
    if rows:
        yield Path(rows)


def _inside(folder: Path) -> list[Path]:
    """The files of a folder, also behind links; hidden ones do not reach the site."""
    found = []
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in files if not name.startswith(".")]
    return sorted(found)


def is_current(out: Path, now: str) -> bool:
    """Whether the site in the folder of this edition was built from what `now` stands for."""
    record = out / RECORD
    if not now or not (out / "site" / "index.html").is_file() or not record.is_file():
        return False
    return record.read_bytes() == now.encode()


def forget(out: Path) -> None:
    """Say no more what the site was built from: it is about to be replaced."""
    (out / RECORD).unlink(missing_ok=True)


def keep(out: Path, now: str) -> None:
    """Say beside the site what it was built from."""
    if now:
        write_whole(out / RECORD, now)
