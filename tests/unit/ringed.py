"""Small webs with loops, worked by hand, for the rings."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from tightrope.dealbook import Dealbook

from .books import DAY, Leg, Step, made

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
SIDES = {
    "stake": Leg(CLOUD, LAB, [Step("paid", 10)]),
    "warrant": Leg(CLOUD, LAB, [Step("binding", low=0, high=20)], "warrant"),
    "contract": Leg(LAB, CLOUD, [Step("binding", 30), Step("paid", 5)], "compute"),
    "plan": Leg(LAB, CLOUD, [Step("announced", low=10, high=14)], "compute"),
    "loan": Leg(CLOUD, LAB, [Step("paid", 99)], "loan"),
}
"""In: 10 paid, 0 to 20 as a warrant. Out: 5 paid, 25 more signed, 10 to 14 talked about; so 10 to 30
can come back. A loan is in no sum."""
AROUND = {
    "contract": Leg(LAB, CLOUD, [Step("binding", 30)], "compute"),
    "orders": Leg(CLOUD, CHIPS, [Step("estimated", low=6, high=20)], "chips"),
    "stake": Leg(CHIPS, LAB, [Step("binding", 8)]),
}
"""30 go to the cloud, which pays 6 to 20 on for chips; the maker puts in 8: 6 to 8 can come back."""
OWNED = {
    "lease": Leg(LAB, CHIPS, [Step("binding", 40)], "lease"),
    "stake": Leg(CLOUD, LAB, [Step("paid", 10)]),
    "warrant": Leg(CHIPS, LAB, [Step("binding", 3)], "warrant"),
}
"""40 go to the landlord; its owner has put in 10 and it 3: as one firm 13 can come back."""


def on_condition(book: Dealbook, *legs: str) -> Dealbook:
    """The book in which these legs are due on delivery."""
    empty = dict.fromkeys(book.terms.columns, "") | {"cap_usd_bn": math.nan}
    rows = [
        empty
        | {
            "term_id": f"{leg}-terms",
            "leg_id": leg,
            "known_on": pd.Timestamp(DAY),
            "condition": "on_delivery",
        }
        for leg in legs
    ]
    return replace(book, terms=pd.DataFrame(rows))


def book_of(toy: Dealbook, legs: dict[str, Leg], *conditional: str) -> Dealbook:
    """The toy book with these legs, of which some are due on delivery."""
    found = made(toy, legs)
    return on_condition(found, *conditional) if conditional else found
