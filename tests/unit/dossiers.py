"""Dossiers of small books, and what tests of them share."""

from __future__ import annotations

from dataclasses import replace

from tightrope.chapters import partner
from tightrope.chapters.partner import Dossier
from tightrope.dealbook import Dealbook

from .opened import opened
from .test_loops import with_legs

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


def about(book: Dealbook, party: str = CLOUD, layer: str = "announced") -> Dossier:
    return partner.dossier(opened(book, layer), book, party)


def early(tiny: Dealbook) -> Dossier:
    """The dossier of a party of which nothing is known yet."""
    return partner.dossier(opened(tiny.as_of("2020-12-31")), tiny, CHIPS)


def served(tiny: Dealbook) -> Dealbook:
    """The toy book with a loan to the cloud that serves its contract, and chips for other things."""
    leg = {"status": "binding", "amount": 5.0}
    book = with_legs(
        tiny,
        leg | {"leg_id": "debt", "deal_id": "debt", "payer_id": CHIPS, "payee_id": CLOUD},
        leg | {"leg_id": "far", "deal_id": "far", "payer_id": CLOUD, "payee_id": CHIPS},
        leg | {"leg_id": "guests", "deal_id": "stake", "payer_id": CHIPS, "payee_id": LAB},
        leg | {"leg_id": "chips", "deal_id": "cloud", "payer_id": CHIPS, "payee_id": "oracle"},
    )
    deals = book.deals.set_index("deal_id")
    deals.loc["debt", "serves_deal_id"] = "cloud"
    deals.loc[["debt", "far"], "name"] = ["A debt", "Far away"]
    return replace(book, deals=deals.reset_index()[book.deals.columns])
