"""Methods: worked cases beside their published values, and a web followed through the measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pandas as pd

from tightrope.chapters import methods_left_out as left_out
from tightrope.charts.table import Table
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, clearing, funding, roundtrip, routes

HAND = "worked by hand"
COLUMNS = ["payer", "payee", "amount"]
_HALF_A_DIGIT = 0.51
"""Of the last digit given: a value that lies halfway may be rounded either way."""


def web(*payments: tuple[object, object, float]) -> pd.DataFrame:
    """A web of payments, each a payer, a payee and an amount."""
    return pd.DataFrame(list(payments), columns=COLUMNS)


@dataclass(frozen=True)
class Case:
    """A value computed for a worked case, and the value that was published of it.

    `published` is written with the digits that were given; `origin` says by whom.
    """

    about: str
    what: str
    computed: float
    published: str
    origin: str = HAND

    @property
    def digits(self) -> int:
        """How many decimals were published."""
        return len(self.published.partition(".")[2])

    def __post_init__(self) -> None:
        away = abs(self.computed - float(self.published))
        if not away <= _HALF_A_DIGIT * 10.0**-self.digits:
            raise AssertionError(
                f"{self.about}, {self.what}: {self.computed} is not {self.published}"
            )


def checked(caption: str, *cases: Iterable[Case]) -> Table:
    """Cases as a table. No case exists whose value is not the published one, to the last digit."""
    every = [case for group in cases for case in group]
    frame = pd.DataFrame(
        {
            "case": [f"{one.about}: {one.what}" for one in every],
            "value": [f"{one.computed:,.{one.digits}f}" for one in every],
            "origin": [one.origin for one in every],
        }
    )
    return Table(frame, caption, {"case": "Case", "value": "Value", "origin": "Compared with"})


MEASURES: Mapping[str, Callable[[pd.DataFrame, str], float]] = MappingProxyType(
    {
        "reciprocity": lambda payments, _: roundtrip.reciprocity(payments),
        "returned, USD billion": lambda payments, focal: roundtrip.bilateral(
            payments, focal
        ).round_trip.sum(),
        "circulation": lambda payments, _: circulation.maximum_circulation(payments).index,
        "excess share": lambda payments, _: circulation.excess_share(payments),
        "returnable, USD billion": lambda payments, focal: routes.returnable(payments, focal).value,
        "external, strict": lambda payments, focal: funding.external_share(payments, focal).strict,
        "external, any steps": lambda payments, focal: (
            funding.external_share(payments, focal).multi_hop
        ),
        "circular energy": lambda payments, _: left_out.hodge(payments)[0],
        "incoherence": lambda payments, _: left_out.incoherence(payments),
    }
)
"""What is computed of a web and its focal party, by the name that it has in the tables."""


@dataclass(frozen=True)
class Example:
    """A web that is followed through the measures, with what follows by hand for some of them.

    `payments` in USD billion; `by_hand` are values of `MEASURES` as they are written.
    """

    name: str = ""
    payments: pd.DataFrame = field(default_factory=web)
    focal: str = ""
    by_hand: Mapping[str, str] = field(default_factory=dict)

    @property
    def paid_in(self) -> float:
        """What the focal party receives, USD billion."""
        return float(self.payments.amount[self.payments.payee.eq(self.focal)].sum())

    @property
    def paid_out(self) -> float:
        """What the focal party pays, USD billion."""
        return float(self.payments.amount[self.payments.payer.eq(self.focal)].sum())

    def measured(self, measure: str) -> float:
        """One of `MEASURES` of this web; NaN while one of its amounts is not known."""
        if self.payments.amount.isna().any():
            return float("nan")
        return float(MEASURES[measure](self.payments, self.focal))

    def and_also(self, payments: pd.DataFrame) -> Example:
        """The same web with some payments more. What is worked by hand no longer holds for it."""
        both = pd.concat([self.payments, payments], ignore_index=True)
        return replace(self, payments=both, by_hand={})

    def cases(self, *measures: str) -> list[Case]:
        """The web as a case of those of these measures that were worked by hand for it."""
        return [
            Case(self.name, measure, self.measured(measure), self.by_hand[measure])
            for measure in measures
            if measure in self.by_hand
        ]


def known(book: Dealbook, *financial_ids: str) -> list[float]:
    """The values of these figures, in their own units; NaN for all while one is not known."""
    values = book.financials.set_index("financial_id").value
    is_missing = any(one not in values.index for one in financial_ids)
    return [float("nan") if is_missing else float(values[one]) for one in financial_ids]


def assumptions(values: Mapping[str, float]) -> pd.DataFrame:
    """Assumptions without doubt as rows of a scenario: parameter, value, and no low or high."""
    rows = pd.DataFrame(values.items(), columns=["parameter", "value"])
    return rows.assign(low=float("nan"), high=float("nan"))


def least_concentration(largest: float) -> str:
    """The Herfindahl index of which one share (percent) is known, in words; "" for none."""
    return "" if pd.isna(largest) else f"{clearing.herfindahl([largest]):,.0f}"
