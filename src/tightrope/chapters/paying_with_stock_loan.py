"""Paying with stock: the buyer that lends to its seller, and is paid for it in a warrant."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pandas as pd

from tightrope.chapters import paying_with_stock as chapter
from tightrope.chapters.blueprint_or_warning import known
from tightrope.publish.opening import Opening


@dataclass(frozen=True)
class Named:
    """The rows behind a loan of a buyer: legs, an event and figures, by their ids.

    `vesting` is the event by which shares vested with the loan, `count` the shares of the warrant,
    `own` the value that the seller put on one, and `listed` the price of its listing.
    """

    order: str
    loan: str
    warrant: str
    vesting: str
    count: str
    own: str
    listed: str

    @property
    def legs(self) -> list[str]:
        """The order, the loan and the warrant as rows."""
        return [f"legs/{leg}" for leg in (self.order, self.loan, self.warrant)]


@dataclass(frozen=True, eq=False)
class BuyersLoan:
    """An order, the loan that goes with it, and the warrant that comes back: USD billion.

    `buyer` is a name, `seller` a party_id and `name` the seller's. `order`, `loan` and `warrant`
    are rows of `Opening.ladder`, all NaN where not known; `vested` is what vested with the loan,
    `own` and `listed` all of the warrant at two prices of a share.
    """

    buyer: str
    seller: str
    name: str
    named: Named
    order: pd.Series = field(repr=False)
    loan: pd.Series = field(repr=False)
    warrant: pd.Series = field(repr=False)
    vested: float
    own: float
    listed: float

    @property
    def is_holder(self) -> bool:
        """Whether the buyer is known to hold more than what vested with the loan."""
        return bool(self.warrant.paid > self.vested)

    @property
    def fee(self) -> float:
        """What vested with the loan, in percent of it."""
        return float(100 * self.vested / self.loan.paid)


def buyers_loan(page: Opening, seller: str, named: Named) -> BuyersLoan:
    """The loan of the focal party to a seller, from its rows."""
    legs = page.ladder.reindex([named.order, named.loan, named.warrant])
    shares = known(page.book, named.count)
    return BuyersLoan(
        page.book.party_name(page.focal),
        seller,
        page.book.party_name(seller),
        named,
        order=legs.loc[named.order],
        loan=legs.loc[named.loan],
        warrant=legs.loc[named.warrant],
        vested=chapter.reported(page.book, named.vesting),
        own=shares * known(page.book, named.own) / 1000,
        listed=shares * known(page.book, named.listed) / 1000,
    )


def compared(loan: BuyersLoan, taken: str) -> pd.DataFrame:
    """What of it is known, side by side: rows for `dumbbell`, in USD billion.

    `taken` is when a part of the warrant was exercised.
    """
    sellers = f"{loan.name}’" if loan.name.endswith("s") else f"{loan.name}’s"
    nan, order, warrant = math.nan, loan.order, loan.warrant
    exercised = warrant.paid if loan.is_holder else nan
    rows = [
        (
            f"Computing that {loan.buyer} buys",
            *order[["binding", "binding_low", "binding_high"]],
            "out",
        ),
        (f"Loan by {loan.buyer}", loan.loan.paid, nan, nan, "borrowed"),
        ("Warrant, part vested with loan", loan.vested, nan, nan, "in"),
        (f"Warrant, exercised in {taken}", exercised, warrant.paid_low, warrant.paid_high, "in"),
        (f"Warrant, all, at {sellers} own value", loan.own, nan, nan, "in"),
        ("Warrant, all, at the listing price", loan.listed, nan, nan, "in"),
    ]
    table = pd.DataFrame(rows, columns=["label", "value", "low", "high", "direction"])
    return table[table.value > 0]
