"""How a payment of each kind is worded, and in what it is paid."""

from __future__ import annotations

MEDIA = {"shares": "stock", "warrant": "warrant"}
"""In what a payment of a kind is made; any other in cash."""
PHRASES = {
    "equity": "a stake",
    "shares": "its own shares",
    "warrant": "a warrant",
    "loan": "a loan",
    "guarantee": "a guarantee",
    "compute": "computing",
    "services": "goods or services",
    "chips": "chips",
    "lease": "a lease",
    "construction": "construction",
    "revenue_share": "a share of revenue",
    "prepayment": "a prepayment",
}
"""What a payment of each kind is for, in words."""
_GIVEN = ("shares", "warrant", "loan", "guarantee", "prepayment", "revenue_share")
"""What a payer gives; everything else it pays for."""


def summary(payer: str, payee: str, kind: str) -> str:
    """One sentence on who gives or pays whom what; it names no amount."""
    if kind in _GIVEN:
        return f"{payer} gives {payee} {PHRASES[kind]}."
    return f"{payer} pays {payee} for {PHRASES[kind]}."
