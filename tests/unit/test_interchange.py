"""Payments as a flat table, a graph and GraphML, and back: nothing that they hold is lost."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from tightrope import dealbook, flat, interchange, ledger
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.measures import payments
from tightrope.measures.circulation import maximum_circulation

from ..conftest import TINY


def stand(book: Dealbook) -> pd.DataFrame:
    """What every leg comes to on every layer, by names: ids are made anew."""
    legs = ledger.ladder(book)
    legs = legs[~legs.leg_id.isin(book.legs.leg_id[book.legs.part_of_leg_id.ne("")])]
    ends = [f"{layer}{end}" for layer in LAYERS for end in ("", "_low", "_high")]
    shown = legs.assign(
        payer=legs.payer.map(book.party_name), payee=legs.payee.map(book.party_name)
    )
    return shown[["payer", "payee", "instrument", "status", *ends]].reset_index(drop=True)


def back(book: Dealbook, folder: Path, focal: str) -> Dealbook:
    """The book that a flat table of a book makes."""
    interchange.flat_table(book).to_csv(folder / "flows.csv", index=False)
    written = flat.package(folder / "flows.csv", focal, folder / "case")
    return dealbook.load(written.folder)


@pytest.mark.parametrize(("data", "focal"), [(TINY, "OpenAI"), ("", "openai")])
def test_a_package_and_its_flat_table_have_equal_payments(
    data: Path | str, focal: str, tmp_path: Path
) -> None:
    book = dealbook.load(data)
    pd.testing.assert_frame_equal(stand(back(book, tmp_path, focal)), stand(book))


def test_the_flat_table_has_the_columns_that_flat_reads(tmp_path: Path) -> None:
    table = interchange.flat_table(dealbook.load(TINY))
    assert list(table.columns) == interchange.FLAT
    # Of the stake the announcement, the contract and what is paid so far; see events.csv there.
    stake = table[table.deal.eq("A stake")]
    assert stake[["date", "status", "amount_usd_bn"]].values.tolist() == [
        ["2020-01-10", "announced", 10.0],
        ["2020-06-30", "binding", 10.0],
        ["2021-06-30", "paid", 9.0],
    ]


def test_a_graph_has_an_edge_a_leg() -> None:
    book = dealbook.load(TINY)
    web = interchange.graph(book, "binding")
    assert web.nodes["microsoft"] == {"name": "Microsoft", "kind": "cloud"}
    assert web.edges["microsoft", "openai", "stake-cash"]["amount"] == 10.0
    assert web.number_of_edges() == len(ledger.flows(book, "binding"))


def test_graphml_says_what_the_graph_says(tmp_path: Path) -> None:
    web = interchange.graph(dealbook.load(TINY))
    interchange.write_graphml(web, tmp_path / "web.graphml")
    read = interchange.read_graphml(tmp_path / "web.graphml")
    assert nx.utils.graphs_equal(read, web)
    assert read.graph["unit"] == "USD billion, nominal"


def test_a_graph_becomes_a_package_with_its_payments(tmp_path: Path) -> None:
    web = interchange.graph(dealbook.load(TINY))
    table = interchange.flat_of_graph(web, date="2024", source="toy.graphml")
    table.to_csv(tmp_path / "flows.csv", index=False)
    written = flat.package(tmp_path / "flows.csv", "openai", tmp_path / "case")
    again = interchange.graph(dealbook.load(written.folder))
    pd.testing.assert_frame_equal(
        payments.of(again).sort_values(payments.COLUMNS, ignore_index=True),
        payments.of(web).sort_values(payments.COLUMNS, ignore_index=True),
    )


def test_a_graph_of_any_origin_is_measured() -> None:
    web = nx.DiGraph()
    web.add_weighted_edges_from([("a", "b", 5), ("b", "c", 4), ("c", "a", 3)])
    web.add_edge("a", "d")
    # Three go round in three payments: 9 of 12.
    assert maximum_circulation(payments.of(web)).index == 0.75


def test_a_graph_without_directions_has_no_payments() -> None:
    with pytest.raises(ValueError, match="nobody can tell payer from payee"):
        payments.of(nx.Graph([("a", "b")]))
