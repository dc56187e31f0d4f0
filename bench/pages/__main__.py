"""`python -m bench.pages [--rounds=5] [--kind=NAME ...]`: how the pages load.

One page of every kind, on a phone and at a desk, beside Jupyter Book's default build of the same
pages. It prints a Markdown table; the figures stay in `_build/bench-pages.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.pages import chromium, processor, stock
from bench.pages.loading import DESK, PHONE, Device, Load, load, middle
from bench.pages.server import serving
from tests.site.kinds import KINDS
from tightrope import paths

BUILD = paths.ROOT / "_build"
BOOK = BUILD / "book"
RECORD = BUILD / "bench-pages.json"
ROUNDS = 5
SITES = ("book", "default")
MUST = {"transfer": 120.0, "requests": 15.0, "external": 0.0}
"""What a chapter may load before it is touched: kB, requests, requests to other hosts."""
MUST_ON_A_PHONE = {"paint": 1.6, "shift": 0.0, "blocking": 80.0}
"""What every page must keep to on a phone: s, share of the window, ms."""
SHIFT = 0.0005
"""A shift that is written 0.000 is none."""
WRITTEN: dict[str, Callable[[float], str]] = {
    "transfer": "{:.0f}".format,
    "requests": "{:.0f}".format,
    "external": "{:.0f}".format,
    "paint": "{:.2f}".format,
    "shift": "{:.3f}".format,
    "blocking": "{:.0f}".format,
}
COLUMNS = (
    ("kB, gzip", PHONE, "transfer"),
    ("requests", PHONE, "requests"),
    ("to other hosts", PHONE, "external"),
    ("largest paint, phone, s", PHONE, "paint"),
    ("shift, phone", PHONE, "shift"),
    ("blocking, phone, ms", PHONE, "blocking"),
    ("largest paint, desk, s", DESK, "paint"),
    ("blocking, desk, ms", DESK, "blocking"),
)
Found = dict[str, dict[str, dict[str, Load]]]
"""Medians by kind of page, site and device."""


def measured(
    sites: dict[str, Path], kinds: Sequence[str], rounds: int
) -> tuple[Found, float, Device]:
    """Every kind of page, on both devices, of each site that has it; the index, and the phone."""
    found: Found = {}
    with chromium.started() as browser:
        index = processor.index(browser)
        phone = processor.phone(index)
        for name, site in sites.items():
            with serving(site) as own:
                for kind in kinds:
                    page = f"{KINDS[kind]}.html"
                    if not (site / page).is_file():
                        continue  # the default build has no parts of the long lists
                    by_device = found.setdefault(kind, {}).setdefault(name, {})
                    for device in (phone, DESK):
                        loads = [load(browser, own, page, device) for _ in range(rounds)]
                        by_device[device.name] = middle(loads)
    return found, index, phone


def most(kind: str, device: Device, figure: str) -> float | None:
    """What a figure must not exceed; None where there is no such limit."""
    if KINDS[kind].startswith("chapters/") and figure in MUST:
        return MUST[figure]
    return MUST_ON_A_PHONE.get(figure) if device is PHONE else None


def missed(found: Found) -> Iterator[str]:
    """Each figure of the book that exceeds its limit, in words."""
    for kind, sites in found.items():
        for words, device, figure in COLUMNS:
            value = getattr(sites["book"][device.name], figure)
            limit = most(kind, device, figure)
            if limit is not None and value > limit + (SHIFT if figure == "shift" else 0):
                yield f"{kind} ({KINDS[kind]}): {words} {WRITTEN[figure](value)}, must {limit:g}"


def table(found: Found) -> str:
    """Each figure as "book / default"; the default's where it has the page."""
    most_of = MUST | MUST_ON_A_PHONE
    limits = [f"≤ {most_of[figure]:g}" if device is PHONE else "" for _, device, figure in COLUMNS]
    lines = [
        f"| page | {' | '.join(words for words, _, _ in COLUMNS)} |",
        "|---" * (len(COLUMNS) + 1) + "|",
        f"| must (the first three: chapters) | {' | '.join(limits)} |",
    ]
    for kind, sites in found.items():
        cells = [
            " / ".join(
                WRITTEN[figure](getattr(sites[site][device.name], figure))
                for site in SITES
                if site in sites
            )
            for _, device, figure in COLUMNS
        ]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table and what misses its limit, keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--kind", choices=[*KINDS], action="append")
    chosen = parser.parse_args(arguments)
    if not (BOOK / "site" / "index.html").is_file():
        print(f"no site in {BOOK}; run `make book` first", file=sys.stderr)
        return 2
    busy = os.getloadavg()[0]
    sites = {
        "book": BOOK / "site",
        "default": stock.built(BOOK / "source", BUILD / "bench-pages"),
    }
    found, index, phone = measured(sites, chosen.kind or [*KINDS], chosen.rounds)
    plain = {
        kind: {
            site: {device: asdict(one) for device, one in by_device.items()}
            for site, by_device in by_site.items()
        }
        for kind, by_site in found.items()
    }
    record = {
        "cores": os.cpu_count(),
        "load_before": busy,
        "processor_index": index,
        "phone_slower": phone.slower,
        "rounds": chosen.rounds,
        "pages": plain,
    }
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    latency, rate = phone.network or (0.0, 0.0)
    print(
        f"\nThis book / the default Jupyter Book build, medians of {chosen.rounds}, empty cache, "
        f"{os.cpu_count()} cores, load before: {busy:.1f}, Lighthouse’s index of this processor: "
        f"{index:.0f}. Phone: {phone.width} pixels wide, processor slowed {phone.slower:.1f} times "
        f"(so that it is Lighthouse’s phone here too), {latency:.0f} ms and {rate * 8 / 1e6:g} "
        f"Mbit/s; desk: neither slowed. No other host can be reached: what the default "
        f"asks of them is counted, and weighs nothing. Written to {RECORD}"
    )
    print("\n".join(["", *(f"MISSED: {one}" for one in missed(found))]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
