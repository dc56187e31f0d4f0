"""Random data packages of any size, to measure the build of a case: `python -m bench.packages`.

python -m bench.packages --deals 5000 --out _build/random
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np

from tightrope import paths

INSTRUMENTS = ("compute", "equity", "chips", "construction", "loan", "services")
_HEADERS = {
    "parties": ["party_id", "name", "kind", "country", "ticker"],
    "deals": [
        "deal_id", "name", "announced_on", "scope", "in_article", "parent_deal_id",
        "serves_deal_id", "summary",
    ],
    "legs": [
        "leg_id", "deal_id", "payer_id", "payee_id", "instrument", "medium", "purpose",
        "starts_on", "ends_on", "schedule", "condition", "part_of_leg_id",
    ],
    "events": [
        "event_id", "leg_id", "happened_on", "known_on", "status", "amount_low_usd_bn",
        "amount_usd_bn", "amount_high_usd_bn", "stated_by", "source_id", "confidence", "note",
    ],
    "sources": [
        "source_id", "kind", "publisher", "title", "url", "published_on", "accessed_on",
        "read_as", "note",
    ],
}  # fmt: skip


def write(deals: int, out: Path, seed: int = 1) -> Path:
    """A package of so many deals among a tenth as many parties; one deal in five is of the focal.

    Each has one leg, two steps and a source that a hundred deals share. Amounts are lognormal.
    """
    random = np.random.default_rng(seed)
    parties = max(3, deals // 10)
    rows: dict[str, list[list[object]]] = {name: [] for name in _HEADERS}
    rows["parties"] = [["centre", "Centre", "lab", "US", ""]] + [
        [f"firm-{n}", f"Firm {n}", ("cloud", "chipmaker", "investor")[n % 3], "US", ""]
        for n in range(1, parties)
    ]
    rows["sources"] = [
        [f"paper-{n}", "press", f"Paper {n}", f"Story {n}", f"https://example.org/{n}",
         "2020-12-31", "2025-01-01", "text", ""]
        for n in range((deals + 99) // 100)
    ]  # fmt: skip
    for n in range(deals):
        ends = ["centre" if n % 5 == 0 else f"firm-{random.integers(1, parties)}"]
        ends.append(f"firm-{random.integers(1, parties)}")
        if ends[0] == ends[1]:
            ends[1] = "centre"
        payer, payee = ends if random.random() < 0.6 else ends[::-1]
        scope = "focal" if "centre" in ends else "onward"
        day = np.datetime64("2021-01-01") + int(random.integers(0, 1400))
        amount = round(float(random.lognormal(0, 1.5)), 3) + 0.001
        paid = round(amount * float(random.random()), 3)
        leg = f"leg-{n}"
        kind = INSTRUMENTS[int(random.integers(len(INSTRUMENTS)))]
        rows["deals"].append([f"deal-{n}", f"Deal {n}", day, scope, "false", "", "", "One pays."])
        rows["legs"].append(
            [leg, f"deal-{n}", payer, payee, kind, "cash", "use", day, day + 900, "even", "", ""]
        )
        for step, (status, value) in enumerate((("binding", amount), ("paid", paid))):
            rows["events"].append(
                [f"{leg}-{step}", leg, day + 30 * step, day + 30 * step, status, "", value, "",
                 "both", f"paper-{n // 100}", "press", ""]
            )  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    described = json.loads((paths.DATA / "datapackage.json").read_bytes())
    described |= {"title": "A random web", "focal": "centre", "read_until": "2025-12-31"}
    described["resources"] = [_plain(one) for one in described["resources"]]
    (out / "datapackage.json").write_text(json.dumps(described, indent=1), encoding="utf-8")
    for one in described["resources"]:
        name = one["name"]
        header = _HEADERS.get(name) or [
            field["name"] for field in one["schema"]["fields"] if not field.get("optional")
        ]
        if one.get("optional") and name not in _HEADERS:
            continue
        with (out / one["path"]).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows.get(name, [])])
    return out


def _plain(resource: dict[str, object]) -> dict[str, object]:
    text = json.dumps(resource).replace('"openai", "onward"', '"focal", "onward"')
    plain: dict[str, object] = json.loads(text.replace("OpenAI", "the centre"))
    return plain


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.packages")
    parser.add_argument("--deals", type=int, default=5000)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    print(write(chosen.deals, chosen.out))
