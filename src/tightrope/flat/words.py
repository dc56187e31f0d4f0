"""Which words for the kind and the status of a payment are allowed, and which are understood."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from tightrope.descriptor import standard
from tightrope.findings import quoted

NO_PAYMENT = "none"
"""The kind of a row that is no payment; such rows are left out and listed."""
_KINDS = {
    "equity": "investment investments equity_investment stake acquisition acquired takeover "
    "private_placement funding funding_round series_round",
    "shares": "stock stock_grant share_grant",
    "warrant": "warrants option options",
    "loan": "loans debt credit credit_line credit_facility bond bonds vendor_financing "
    "vendor_finance financing notes convertible",
    "guarantee": "guaranty backstop surety",
    "compute": "cloud cloud_commitment cloud_contract cloud_services capacity hosting",
    "services": "service purchase purchases supply supply_contract licensing licence license "
    "software equipment goods order orders",
    "chips": "chip gpu gpus semiconductors hardware compute_hardware",
    "lease": "rent leasing rental",
    "construction": "build building site",
    "revenue_share": "revenue_sharing royalty royalties",
    "prepayment": "advance deposit prepaid",
    NO_PAYMENT: "no_payment non_payment no_money",
}
PARTNERSHIP = ("partnership", "partner", "collaboration", "alliance", "cooperation")
"""Words that do not say what is paid for. Without a payer or a payee such a row is no payment;
with both it is read as services."""
_STATUSES = {
    "estimated": "estimate projected expected",
    "reported": "report rumor rumored rumour rumoured unconfirmed in_talks talks",
    "letter_of_intent": "loi mou memorandum memorandum_of_understanding intended intention planned "
    "plan proposed non_binding",
    "announced": "announcement confirmed disclosed public conditional",
    "binding": "signed contract contracted committed definitive closed agreed firm",
    "paid": "payment settled disbursed transferred paid_out funded",
    "cancelled": "canceled terminated withdrawn abandoned ended fell_through",
    "replaced": "superseded restructured amended",
}
_SOURCE_KINDS = {
    "filing": "sec_filing court",
    "company": "press_release release blog",
    "press": "news newspaper",
    "secondary": "digest summary wiki",
}
STATED_BY = ("payer", "payee", "both", "third_party")


class Reading(NamedTuple):
    """What a word was read as, or why it was not."""

    value: str
    fault: str = ""
    is_own_word: bool = True
    """Whether it is the schema's own word; another is listed as an assumption."""


def spelled(cell: str) -> str:
    """A word as it is looked up: in small letters, with underscores for spaces and hyphens."""
    return "_".join(re.findall(r"[^\W_]+", cell.casefold()))


def kind(cell: str, has_both: bool) -> Reading:
    """The instrument that a word for a kind means; `NO_PAYMENT` for a row that is no payment.

    `has_both` says whether the row names both payer and payee.
    """
    if spelled(cell) in PARTNERSHIP:
        return Reading("services" if has_both else NO_PAYMENT, is_own_word=False)
    reading = _looked_up(cell, _kinds())
    if reading.fault:
        return reading._replace(
            fault=f"{reading.fault}; a row that is no payment is left out with the kind none"
        )
    return reading


def status(cell: str) -> Reading:
    """The rung that a word for a status means; what follows a colon or a bracket is no part."""
    return _looked_up(re.split(r"[:(;]", cell)[0], _statuses())


def stated_by(cell: str) -> Reading:
    """The side that a word means; "" for an empty cell."""
    return _looked_up(cell, {word: word for word in STATED_BY}) if cell else Reading("")


def source_kind(cell: str) -> Reading:
    """The kind of document that a word means; "" for an empty cell."""
    return _looked_up(cell, _known("sources", "kind", _SOURCE_KINDS)) if cell else Reading("")


@cache
def _kinds() -> dict[str, str]:
    return _known("legs", "instrument", _KINDS) | {NO_PAYMENT: NO_PAYMENT}


@cache
def _statuses() -> dict[str, str]:
    return _known("events", "status", _STATUSES)


def _known(table: str, column: str, others: dict[str, str]) -> dict[str, str]:
    """Every word that is understood, and the word of the schema that it means."""
    fields = standard()[table]["schema"]["fields"]
    allowed = next(one["constraints"]["enum"] for one in fields if one["name"] == column)
    own = {word: word for word in allowed}
    return own | {other: word for word, more in others.items() for other in (word, *more.split())}


def _looked_up(cell: str, known: dict[str, str]) -> Reading:
    word = spelled(cell)
    if word in known:
        return Reading(known[word], is_own_word=known[word] == word)
    own = list(dict.fromkeys(known.values()))
    allowed = f"use one of: {', '.join(own)}"
    if not word:
        return Reading("", f"must not be empty; {allowed}")
    close = get_close_matches(word, known, n=2, cutoff=0.6)
    meant = " or ".join(dict.fromkeys(f'"{known[one]}"' for one in close))
    hint = f"did you mean {meant}? " if meant else ""
    return Reading("", f"{quoted(cell)} is not allowed; {hint}{allowed}")
