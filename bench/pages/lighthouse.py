"""`python -m bench.pages.lighthouse [KIND ...]`: Lighthouse's four marks for every kind of page.

Lighthouse needs Node.js. It is fetched by npm for this bench alone and stays out of the
environment; without npm the bench says so and leaves it at that. One run says little: a mark is
the median of up to five, and the processor is measured anew before each
(docs/variability.md of Lighthouse).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from bench.pages import chromium, processor
from bench.pages.server import serving
from tests import browsers
from tests.site.kinds import KINDS
from tightrope import paths

VERSION = "12.8.2"
MUST = {"performance": 0.98, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
"""The least that each mark must be, of 1; on Lighthouse's phone."""
RUNS = 5
"""Whose median is the mark; fewer where the rest could not carry it across `MUST`."""
_SITE = paths.ROOT / "_build" / "book" / "site"
_TOOLS = paths.ROOT / "_build" / "bench-pages" / "lighthouse"
_PROGRAM = _TOOLS / "node_modules" / ".bin" / "lighthouse"
_FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run"


def fetch(npm: str) -> None:
    """Have Lighthouse in its own folder; raises CalledProcessError if npm cannot get it."""
    if not _PROGRAM.exists():
        command = [npm, "install", "--prefix", str(_TOOLS), "--no-audit", "--no-fund"]
        subprocess.run([*command, f"lighthouse@{VERSION}"], check=True, stdout=subprocess.DEVNULL)


def marks(address: str, program: str) -> dict[str, float]:
    """Each of the four marks of a page, read by the browser `program` as a phone.

    A mark that Lighthouse could not give is 0.
    """
    with chromium.started() as browser:
        slower = processor.phone(processor.index(browser)).slower
    flags = [f"--chrome-flags={_FLAGS}", f"--throttling.cpuSlowdownMultiplier={slower:.2f}"]
    done = subprocess.run(
        [str(_PROGRAM), address, "--quiet", "--output=json", *flags],
        env=os.environ | {"CHROME_PATH": program},
        capture_output=True,
        text=True,
        check=True,
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: categories[name]["score"] or 0.0 for name in MUST}


def middle(run: Callable[[], dict[str, float]]) -> dict[str, float]:
    """The median of each mark over runs, as many as it takes to know whether all reach `MUST`."""
    runs: list[dict[str, float]] = []
    while len(runs) < RUNS and not all(
        _is_decided([one[name] for one in runs], least) for name, least in MUST.items()
    ):
        runs.append(run())
    return {name: median(one[name] for one in runs) for name in MUST}


def _is_decided(found: Sequence[float], least: float) -> bool:
    reached = sum(mark >= least for mark in found)
    return max(reached, len(found) - reached) > RUNS / 2


def main(arguments: Sequence[str]) -> int:
    """Print the table of the kinds named, or of all; 1 if a mark is missed, 0 without npm."""
    kinds = [*arguments] or [*KINDS]
    if not {*kinds} <= {*KINDS} or not (_SITE / "index.html").is_file():
        print(f"needs {_SITE}, and kinds among: {', '.join(KINDS)}", file=sys.stderr)
        return 2
    npm, program = shutil.which("npm"), browsers.installed()
    if not npm or not program:
        print(f"LEFT OUT: Lighthouse needs {'Chromium' if npm else 'npm, a part of Node.js'}")
        return 0
    fetch(npm)
    print(f"| page | {' | '.join(MUST)} |\n|---{'|---' * len(MUST)}|")
    print(f"| must | {' | '.join(f'≥ {least:g}' for least in MUST.values())} |")
    missed = False
    with serving(_SITE) as own:
        for kind in kinds:
            found = middle(partial(marks, f"{own}{KINDS[kind]}.html", program))
            print(f"| {kind} | {' | '.join(f'{mark:g}' for mark in found.values())} |", flush=True)
            missed = missed or any(found[name] < least for name, least in MUST.items())
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
