"""What others have borrowed for the focal party's deals, worked on a small web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities, of

Ask = Callable[..., Quantities]
LOANS = {
    # leg: lender, borrower, scope of its deal, the deal that it serves, status, low, amount, high
    "bridge": ("banks", "microsoft", "financing", "stake", "binding", None, 8.0, None),
    "bonds": ("holders", "microsoft", "financing", "stake", "binding", None, 5.0, None),
    "site": ("banks", "builder", "financing", "cloud", "binding", 1.0, None, 3.0),
    "general": ("banks", "microsoft", "financing", "", "binding", None, 20.0, None),
    "talks": ("banks", "builder", "financing", "cloud", "reported", None, 4.0, None),
    "elsewhere": ("banks", "builder", "financing", "others", "binding", None, 7.0, None),
    "own": ("banks", "openai", "openai", "", "binding", None, 2.0, None),
}


@pytest.fixture
def ask(tiny: Dealbook) -> Ask:
    """The quantities of a toy web with loans: a stake of 10, a cloud contract, and who lent."""

    def asked(*legs: str, partner: str = "") -> Quantities:
        chosen = {leg: LOANS[leg] for leg in legs}
        deals = pd.DataFrame(
            [
                {"deal_id": leg, "scope": row[2], "serves_deal_id": row[3]}
                for leg, row in chosen.items()
            ]
            + [{"deal_id": "others", "scope": "onward", "serves_deal_id": ""}]
        )
        new = pd.DataFrame(
            [
                {
                    "leg_id": leg,
                    "deal_id": leg,
                    "payer_id": row[0],
                    "payee_id": row[1],
                    "instrument": "loan",
                    "medium": "cash",
                    "part_of_leg_id": "",
                }
                for leg, row in chosen.items()
            ]
            + [
                {
                    "leg_id": "others-use",
                    "deal_id": "others",
                    "payer_id": "nvidia",
                    "payee_id": "builder",
                    "instrument": "compute",
                    "medium": "cash",
                    "part_of_leg_id": "",
                }
            ]
        )
        day = pd.Timestamp("2022-06-01")
        events = pd.DataFrame(
            [
                {
                    "event_id": leg,
                    "leg_id": leg,
                    "happened_on": day,
                    "known_on": day,
                    "status": row[4],
                    "amount_low_usd_bn": row[5],
                    "amount_usd_bn": row[6],
                    "amount_high_usd_bn": row[7],
                    "amount_bound": "",
                }
                for leg, row in {
                    **chosen,
                    "others-use": (*[""] * 4, "binding", None, 1.0, None),
                }.items()
            ]
        )

        def more(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
            kinds = table.dtypes
            full = pd.concat([table, rows.astype({c: kinds[c] for c in rows})], ignore_index=True)
            texts = [c for c in full if full[c].dtype == object or str(full[c].dtype) == "string"]
            return full.fillna(dict.fromkeys(texts, ""))

        names = pd.DataFrame({"party_id": ["banks", "holders", "builder"]})
        book = replace(
            tiny,
            parties=more(tiny.parties, names),
            deals=more(tiny.deals, deals),
            legs=more(tiny.legs, new),
            events=more(tiny.events, events),
            all_ids=tiny.all_ids | {"parties": [*tiny.all_ids["parties"], *names.party_id]},
        )
        return of(book, partner=partner)

    return asked


def test_a_loan_counts_if_it_serves_a_deal_of_the_party(ask: Ask) -> None:
    found = ask("site", "general", "elsewhere", "own")["borrowed_for_deals"]
    assert (found.low, found.stated, found.high) == (1, 1, 3)
    assert found.rows == ("legs/site",)


def test_a_second_loan_for_one_payment_has_taken_the_place_of_the_first(ask: Ask) -> None:
    # The stake costs 10: of 8 and 5 only 8 and 2 can have paid for it.
    found = ask("bridge", "bonds")["borrowed_for_deals"]
    assert (found.low, found.stated, found.high) == (10, 10, 10)


def test_a_builders_loans_have_no_such_end(ask: Ask) -> None:
    found = ask("site", "talks")["borrowed_for_deals_with_reports"]
    assert (found.low, found.stated, found.high) == (5, 5, 7)


def test_a_report_counts_at_the_high_end_alone(ask: Ask) -> None:
    found = ask("site", "talks")["borrowed_for_deals"]
    assert (found.low, found.stated, found.high) == (1, 1, 7)


def test_loans_for_all_that_a_partner_does_come_on_top(ask: Ask) -> None:
    found = ask("site", "general", "elsewhere", "own")["borrowed_by_partners"]
    assert (found.low, found.stated, found.high) == (21, 21, 23)


def test_what_is_not_drawn_is_not_in_what_is_drawn(ask: Ask) -> None:
    assert ask("site")["borrowed_for_deals_drawn"].high == 0


def test_with_a_partner_it_is_what_that_partner_borrowed(ask: Ask) -> None:
    assert ask("bridge", "site", partner="builder")["borrowed_for_deals"].high == 3


def test_without_a_loan_there_is_none_known(tiny: Dealbook) -> None:
    assert of(tiny)["borrowed_for_deals"].written == "none known"


def test_the_projects_variants_contain_one_another(book: Dealbook) -> None:
    q = of(book)
    loans = [
        q[f"borrowed_{name}"].low
        for name in ("for_deals_drawn", "for_deals", "for_deals_with_reports")
    ]
    assert loans == sorted(loans)
    assert q["borrowed_for_deals"].low <= q["borrowed_by_partners"].low
