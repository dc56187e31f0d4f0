"""The article, claim by claim: how many hold, by how much its sums miss, and the list of all."""

from __future__ import annotations

from html import escape

import pandas as pd

from tightrope import addresses, cells, units
from tightrope.charts.table import Markup, Table
from tightrope.dealbook import Dealbook

SIGNS = {"confirmed": "✓", "imprecise": "≈", "outdated": "◷", "wrong": "✕", "unverifiable": "?"}
"""The verdicts, each with the sign that stands for it."""
SECTIONS = {
    "opening": "Opening",
    "core-deal": "The core deal",
    "coreweave": "CoreWeave",
    "global-investors": "Global investors",
    "stock": "The stock solution",
    "tightrope": "The tightrope",
}
"""The sections of the article, as the data may name them, with their headings."""
_LABELS = {
    "number": "No.",
    "claim": "The article says",
    "verdict": "Verdict",
    "values": "Stated → found",
    "why": "Why; source; deal",
}


def number(claim_id: str) -> str:
    """What a claim is called: 7 for c07."""
    return claim_id.lstrip("c").lstrip("0") or "0"


def by_verdict(claims: pd.DataFrame) -> dict[str, list[str]]:
    """The claim_ids of each verdict, in the order of the article."""
    return {verdict: list(claims.claim_id[claims.verdict.eq(verdict)]) for verdict in SIGNS}


def by_section(claims: pd.DataFrame) -> pd.DataFrame:
    """How many claims of each section have which verdict, and `claims`, how many it has."""
    table = pd.crosstab(claims.section.map(SECTIONS), claims.verdict)
    table = table.reindex(SECTIONS.values(), fill_value=0)
    return table.assign(claims=table.sum(axis=1))


def share_of(sections: pd.DataFrame, verdict: str) -> pd.Series[float]:
    """The share of each section's claims that have a verdict; a section without claims has none."""
    some = sections[sections["claims"].gt(0)]
    share: pd.Series[float] = some.get(verdict, pd.Series(0, some.index)) / some["claims"]
    return share


def sums_missed(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims whose stated and found values are both single sums, not ranges.

    Columns: claim_id, `stated` and `found` (as numbers in the claim's unit), `miss` (how far the
    stated one is above the found one, as a fraction of it).
    """
    sums = claims[claims.unit.isin(["usd_bn", "usd_m"])]
    table = pd.DataFrame({"claim_id": sums.claim_id})
    for column in ("stated", "found"):
        ends = [cells.range_of(cell) for cell in sums[column]]
        table[column] = [low if low == high else float("nan") for low, high in ends]
    table = table.dropna(subset=["stated", "found"])
    return table.assign(miss=table.stated / table.found - 1).reset_index(drop=True)


def written(cell: str, unit: str) -> str:
    """A cell of the claims as readers write it: sums in dollars, ranges as such, text as it is."""
    low, high = cells.range_of(cell)
    if pd.isna(low) or unit not in ("usd_bn", "usd_m", "share"):
        return cell or "–"
    if unit == "share":
        return "–".join(dict.fromkeys(units.written(end, "percent") for end in (low, high)))
    return units.usd_bn_range(*cells.usd_bn_of(cell, unit))


def stated_and_found(stated: str, found: str, unit: str) -> str:
    """The article's value and that of the evidence; once if they are written the same."""
    values = [written(cell, unit) for cell in ((stated, found) if stated else (found,))]
    return " → ".join(dict.fromkeys(values))


def tables(whole: Dealbook, book: Dealbook) -> list[Table]:
    """All claims, a table a section, with the document that decides each and its deal.

    `whole` is the data package as known on its newest day, `book` the edition, which may not know
    a claim's deal yet: that is named, and leads nowhere.
    """
    claims = whole.claims
    shown = claims.assign(
        number=[
            Markup(f'<span id="{escape(one)}">{escape(number(one))}</span>')
            for one in claims.claim_id
        ],
        claim=[
            Markup(f"{escape(row.claim)}{_in_german(row.words_de)}") for row in claims.itertuples()
        ],
        verdict=[f"{SIGNS[verdict]} {verdict}" for verdict in claims.verdict],
        values=[stated_and_found(row.stated, row.found, row.unit) for row in claims.itertuples()],
        why=[
            Markup(
                f"{escape(row.why)} {_source(whole, row.source_id)}{_deal(whole, book, row.leg_id)}"
            )
            for row in claims.itertuples()
        ],
    )
    return [
        Table(
            shown[shown.section.eq(section)],
            f"{heading}: the article’s claims; sums without a unit are USD billion",
            _LABELS,
            {"number": _as_it_is, "claim": _as_it_is, "why": _as_it_is},
        )
        for section, heading in SECTIONS.items()
    ]


def _in_german(words: str) -> str:
    """The deciding words of the article as a quotation, for eyes and for screen readers."""
    return f' <q lang="de">{escape(words)}</q>' if words else ""


def _as_it_is(cell: object) -> Markup:
    return Markup(cell)


def _source(whole: Dealbook, source_id: str) -> str:
    publisher = whole.sources.set_index("source_id").publisher[source_id]
    address = addresses.of_sources(whole)[source_id]
    return f'<a href="../{escape(address)}">{escape(publisher)}</a>'


def _deal(whole: Dealbook, book: Dealbook, leg_id: str) -> str:
    """The deal of a claim's leg, as a link where the edition knows it; "" for a claim of none."""
    deals = whole.legs.set_index("leg_id").deal_id
    if leg_id not in deals.index:
        return ""
    name = escape(whole.deals.set_index("deal_id")["name"][deals[leg_id]])
    if leg_id not in set(book.legs.leg_id):
        return f" · {name}"
    address = addresses.of_deals(book)[f"legs/{leg_id}"]
    return f' · <a href="../{escape(address)}">{name}</a>'
