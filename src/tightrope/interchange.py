"""Payments in the forms that other tools read: a flat table, a graph, a GraphML file.

A package is a Frictionless data package already: what reads those needs nothing from here.
`tightrope.measures.payments.of` makes the payments of a graph a frame for every measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook

FLAT = [
    "date",
    "payer",
    "payee",
    "kind",
    "amount_usd_bn",
    "low",
    "high",
    "status",
    "ends_on",
    "note",
    "deal",
    "stated_by",
    "source",
    "source_kind",
]
"""The columns of a flat table, as `tightrope.flat` reads them; amounts are USD billion."""


def flat_table(book: Dealbook) -> pd.DataFrame:
    """The payments of a book as a flat table: one row for each step that counts today.

    Of every leg the statement, the contract and the payment that decide its layers, and for one
    that none decides its newest step; columns `FLAT`, empty amounts NaN, days as YYYY-MM-DD. A
    package that `tightrope.flat` makes of it has the same payments on every layer. What the table
    has no column for is lost: older steps, schedules other than an end, terms, figures, claims,
    scenarios. Left out are legs that are a part of another's sum.
    """
    legs = book.legs[book.legs.part_of_leg_id.eq("")].set_index("leg_id")
    names = book.deals.set_index("deal_id")["name"]
    sources = book.sources.set_index("source_id")
    # A flat table tells legs apart by deal, payer, payee and kind.
    same = ["deal_id", "payer_id", "payee_id", "instrument"]
    doubled = legs.duplicated(same, keep=False)
    rows = []
    for leg_id, step in _counting(book):
        if leg_id not in legs.index:
            continue
        leg = legs.loc[leg_id]
        deal = names[leg.deal_id] + (f" ({leg_id})" if doubled[leg_id] else "")
        source = sources.loc[step.source_id]
        amount, low, high = _ends(step)
        day = step.happened_on if step.status == "paid" else step.known_on
        rows.append(
            (
                f"{day:%Y-%m-%d}",
                book.party_name(leg.payer_id),
                book.party_name(leg.payee_id),
                leg.instrument,
                amount,
                low,
                high,
                step.status,
                f"{leg.ends_on:%Y-%m-%d}" if leg.ends_on >= day else "",
                step.note,
                deal,
                step.stated_by if step.stated_by != "ours" else "",
                source.url,
                source.kind,
            )
        )
    return pd.DataFrame(rows, columns=FLAT)


def _counting(book: Dealbook) -> Iterator[tuple[str, Any]]:
    """Each leg and each of its steps that the flat table has, in order of legs and of days."""
    counting = set(ledger.counting(book).event_id)
    events = book.events.sort_values(["known_on", "happened_on"], kind="stable")
    by_leg = dict(list(events.groupby("leg_id")))
    for leg_id in book.legs.leg_id:
        steps = by_leg[leg_id]
        ended = steps.status.isin(ledger.ENDED)
        # Without the end of a leg its older promises would count again.
        kept = steps[steps.event_id.isin(counting) | (ended & (ended.cumsum() == ended.sum()))]
        for step in (kept if len(kept) else steps.tail(1)).itertuples():
            yield leg_id, step


def _ends(step: Any) -> tuple[float, float, float]:
    """Amount, low and high of a step so that empty cells mean the same without `amount_bound`."""
    amount, low, high = ledger.bounds(
        step.amount_usd_bn, step.amount_low_usd_bn, step.amount_high_usd_bn, step.amount_bound
    )
    nothing = float("nan")
    if pd.isna(amount) and pd.isna(high) and low == 0:
        return nothing, nothing, nothing
    if low == amount == high:
        return amount, nothing, nothing
    return amount, low, high


def graph(book: Dealbook, layer: str = "announced") -> nx.MultiDiGraph:
    """The web of a book on one layer: parties are nodes, and each leg is an edge payer → payee.

    A node has `name` and `kind`; an edge has the leg as its key, and `deal`, `kind`, `status`, and
    `amount`, `low`, `high` in USD billion as far as they are known. Raises ValueError for an
    unknown layer.
    """
    web = nx.MultiDiGraph(layer=layer, unit="USD billion, nominal", day=f"{book.day:%Y-%m-%d}")
    for party in book.parties.itertuples():
        web.add_node(party.party_id, name=party.name, kind=party.kind)
    names = book.deals.set_index("deal_id")["name"]
    for leg in ledger.flows(book, layer).itertuples():
        ends = {"amount": leg.amount, "low": leg.low, "high": leg.high}
        known = {name: float(value) for name, value in ends.items() if not pd.isna(value)}
        said = {"deal": names[leg.deal_id], "kind": leg.instrument, "status": leg.status}
        web.add_edge(leg.payer, leg.payee, key=leg.leg_id, **said, **known)
    return web


def write_graphml(web: nx.MultiDiGraph, path: Path | str) -> None:
    """Write a graph as GraphML, which Gephi, Cytoscape, igraph and yEd read."""
    nx.write_graphml(web, str(path))


def read_graphml(path: Path | str) -> nx.MultiDiGraph:
    """Read a graph from GraphML; an edge's key is its leg, where the file gives one."""
    web = nx.read_graphml(str(path), force_multigraph=True)
    # networkx keeps the file's defaults beside what the graph says of itself.
    for name in ("node_default", "edge_default"):
        web.graph.pop(name, None)
    return web


def flat_of_graph(web: nx.MultiDiGraph, date: str, source: str) -> pd.DataFrame:
    """A graph as a flat table: a row an edge, with what the edge itself says.

    `date` and `source` stand in every row whose edge has neither; `kind` is services and `status`
    announced where an edge says nothing. Parties are written by the `name` of their node.
    """
    names = {node: data.get("name") or str(node) for node, data in web.nodes(data=True)}
    rows = [
        {
            "date": data.get("date", date),
            "payer": names[payer],
            "payee": names[payee],
            "kind": data.get("kind", "services"),
            "amount_usd_bn": data.get("amount", data.get("weight")),
            "low": data.get("low"),
            "high": data.get("high"),
            "status": data.get("status", "announced"),
            "note": data.get("note", ""),
            # Edges of the same deal, pair and kind stay apart.
            "deal": " ".join(filter(None, (data.get("deal", ""), f"({key})"))),
            "source": data.get("source", source),
        }
        for payer, payee, key, data in web.edges(keys=True, data=True)
    ]
    return pd.DataFrame(rows, columns=FLAT)
