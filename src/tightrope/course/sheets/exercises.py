"""What the sheets ask, from the rows of the book and from invented webs, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tightrope import quantities, units
from tightrope.course.sheets.words import EVIDENCE_DE, Language
from tightrope.dealbook import Dealbook
from tightrope.measures import roundtrip, routes
from tightrope.quantities.view import View

FOCAL = "openai"
HEADLINES = (
    "nvidia-letter-equity-letter-of-intent-2025-09-22",
    "broadcom-chips-letter-of-intent-2025-10-13",
    "microsoft-2019-cash-announced-2019-07-22-2",
    "disney-equity-announced-2025-12-11",
    "microsoft-azure-2025-purchase-binding-2025-10-28",
    "aws-2025-compute-binding-2025-11-03",
    "softbank-2025-equity-paid-2025-12-31",
    "microsoft-revenue-share-paid-2025-11-14-2",
    "oracle-compute-reported-2025-09-10",
    "nvidia-2026-equity-reported-2026-02-20",
    "stargate-norway-compute-cancelled-2026-04-15",
    "disney-equity-cancelled-2026-03-24",
)
"""Rows of events.csv, two a rung."""
INVESTOR = "nvidia"
LETTER, CONTRACT = HEADLINES[0], "oracle-compute-reported-2025-09-10"


@dataclass(frozen=True)
class Card:
    """A headline as it is cut out, and what its row says of it."""

    number: int
    headline: str
    publisher: str
    day: str
    payer: str
    payee: str
    what: str
    sum: str
    said: str
    rung: str
    why: str
    """The note of the row, as the data have it."""
    row: str
    address: str


def cards(book: Dealbook, language: Language) -> list[Card]:
    """The twelve headlines by the day on which the public knew them.

    Raises KeyError for a row that the book does not have.
    """
    chosen = book.events.set_index("event_id").loc[list(HEADLINES)]
    chosen = chosen.sort_values("known_on", kind="stable")
    documents = book.sources.set_index("source_id")
    legs = book.legs.set_index("leg_id")
    found = []
    for number, (event_id, row) in enumerate(chosen.iterrows(), 1):
        leg, document = legs.loc[row.leg_id], documents.loc[row.source_id]
        found.append(
            Card(
                number,
                str(document.title),
                str(document.publisher),
                language.day(pd.Timestamp(row.known_on).date()),
                book.party_name(leg.payer_id),
                book.party_name(leg.payee_id),
                language.instruments[leg.instrument],
                language.written(_sum(row)),
                language.said[row.stated_by],
                language.rungs[row.status],
                str(row.note),
                str(event_id),
                str(document.url),
            )
        )
    return found


def _sum(row: pd.Series) -> str:
    return units.usd_bn_with_range(row.amount_usd_bn, row.amount_low_usd_bn, row.amount_high_usd_bn)


Payments = tuple[tuple[str, str, float], ...]
WEBS: dict[str, Payments] = {
    "A": (("maker", "lab", 100), ("lab", "maker", 100)),
    "B": (("maker", "lab", 60), ("users", "lab", 40), ("lab", "maker", 100)),
    "C": (
        ("maker", "lab", 50),
        ("fund", "lab", 50),
        ("lab", "cloud", 80),
        ("cloud", "maker", 60),
    ),
}
"""Invented, in dollars: a hundred are paid to the lab in each."""


@dataclass(frozen=True)
class Hundred:
    """A web in which a hundred dollars are paid to the lab, and its four answers, in dollars."""

    label: str
    payments: list[tuple[str, str, str]]
    paid_in: float
    straight: float
    any_route: float
    outside: float


def hundreds(language: Language) -> list[Hundred]:
    """The invented webs, measured as the book measures the real one."""
    found = []
    for label, payments in WEBS.items():
        web = pd.DataFrame(payments, columns=["payer", "payee", "amount"])
        web = web.astype({"amount": "float64"})
        paid_in = float(web.amount[web.payee.eq("lab")].sum())
        any_route = routes.value_returnable(web, "lab")
        straight = float(roundtrip.bilateral(web, "lab").round_trip.sum())
        lines = [
            (language.parties[payer], language.parties[payee], _dollars(amount, language))
            for payer, payee, amount in payments
        ]
        found.append(Hundred(label, lines, paid_in, straight, any_route, paid_in - any_route))
    return found


def _dollars(amount: float, language: Language) -> str:
    return f"{amount:.0f}\N{NO-BREAK SPACE}$" if language.code == "de" else f"${amount:.0f}"


@dataclass(frozen=True)
class Evidence:
    """A sum of the book on a card: what it counts, what it leaves out, on which rows it rests."""

    title: str
    written: str
    counts: str
    leaves_out: str
    count: int
    row: str


def evidence(book: Dealbook, language: Language) -> list[Evidence]:
    """The eight quantities that the book leads with."""
    known = quantities.of(book)
    found = []
    for name in quantities.HEADLINES:
        one = known[name]
        definition = one.definition
        told = (definition.title, definition.counts, definition.leaves_out)
        title, counts, leaves_out = EVIDENCE_DE[name] if language.code == "de" else told
        rows = one.rows
        written = language.written(one.written)
        title = title[:1].upper() + title[1:]
        found.append(Evidence(title, written, counts, leaves_out, len(rows), _row(book, rows)))
    return found


def _row(book: Dealbook, rows: tuple[str, ...]) -> str:
    """The row with the largest sum, which says most about the whole; the first where none has."""
    stated = View.of(book, FOCAL).counted("announced").set_index("leg_id").stated
    sums = {row: float(stated.get(row.removeprefix("legs/"), 0.0)) for row in rows}
    return max(rows, key=lambda row: sums[row])


@dataclass(frozen=True)
class Ticket:
    """The sums of the exit ticket, and its answers."""

    investor: str
    announced: str
    signed: str
    paid: str
    part_paid: str
    contract: str
    years: int
    a_year: str
    letter: str
    letter_least: str
    hundred: str
    factor: int


def ticket(book: Dealbook, language: Language) -> Ticket:
    """Five questions on what the lesson was about: layers, ends, years, "up to", a billion."""
    known, write = quantities.of(book, partner=INVESTOR), language.written
    signed, paid = known["to_come_in_signed"], known["paid_in"]
    events = book.events.set_index("event_id")
    letter, contract = events.loc[LETTER], events.loc[CONTRACT]
    leg = book.legs.set_index("leg_id").loc[contract.leg_id]
    years = pd.Timestamp(leg.ends_on).year - pd.Timestamp(leg.starts_on).year + 1
    return Ticket(
        investor=book.party_name(INVESTOR),
        announced=write(known["to_come_in"].written),
        signed=write(signed.written),
        paid=write(paid.written),
        part_paid=write(units.share_range(paid.low / signed.high, paid.high / signed.low)),
        contract=write(units.usd_bn(contract.amount_usd_bn)),
        years=years,
        a_year=write(units.usd_bn(contract.amount_usd_bn / years)),
        letter=write(units.usd_bn_range(letter.amount_low_usd_bn, letter.amount_high_usd_bn)),
        letter_least=write(units.usd_bn(letter.amount_low_usd_bn)),
        hundred=f"{letter.amount_high_usd_bn:.0f}",
        factor=10**12 // 10**9,
    )
