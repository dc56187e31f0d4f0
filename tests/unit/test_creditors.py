"""Who stands behind suppliers: what the frozen rows say, worked by hand."""

from __future__ import annotations

import pytest

from tightrope import coupled, creditors, scenarios, stress
from tightrope.creditors import BANKS, LANDLORDS, LENDERS, OTHERS, Web
from tightrope.dealbook import Dealbook


@pytest.fixture
def web(referee_book: Dealbook) -> Web:
    own = coupled.partners_of(referee_book, scenarios.scenario(referee_book))
    return creditors.web(referee_book, own, "machines too")


def due(web: Web, payer: str, payee: str, year: int = 2028) -> float:
    rows = web.dues.payer.eq(payer) & web.dues.payee.eq(payee) & web.dues.year.eq(year)
    return float(web.dues.amount[rows].sum())


def test_bills_keep_their_sum_and_have_the_rank_of_their_creditor(
    web: Web, referee_book: Dealbook
) -> None:
    own = coupled.partners_of(referee_book, scenarios.scenario(referee_book))
    bills = own.bills("machines too")
    moved = web.moved.groupby("payer").amount.sum()
    for party in web.tested:
        sums = web.dues[web.dues.payer.eq(party)].amount.sum() - moved.get(party, 0.0)
        assert sums == pytest.approx(bills.high[bills.party.eq(party)].sum())
    rank = web.dues.set_index(["payer", "payee"])["rank"]
    assert set(rank["oracle", "oracle-lenders"]) == {LENDERS}
    assert set(rank["oracle", "oracle-landlords"]) == {LANDLORDS}
    assert set(rank["oracle", "oracle-suppliers"]) == {OTHERS}


def test_machines_are_owed_to_their_maker(web: Web) -> None:
    # 13.4 at the high end over five years.
    assert due(web, "coreweave", "nvidia") == pytest.approx(13.4 / 5)
    assert web.kinds["nvidia"] == "makers of machines"
    assert not {name for name in web.dues.payee if name.endswith("-makers")}


def test_landlords_owe_banks_the_loans_on_the_sites_of_their_tenant(web: Web) -> None:
    # Over the shortest lease, 15 years: Vantage 38, STACK 18, Related Digital 10 and 4, and 9.4 on
    # the site in Abilene, all for sites that Oracle rents.
    banks = {
        "vantage-banks": 38, "stack-banks": 18, "pimco": 10, "related-digital-bondholders": 4,
        "jpmorgan": 9.4,
    }  # fmt: skip
    for bank, lent in banks.items():
        assert due(web, "oracle-landlords", bank) == pytest.approx(lent / 15)
        assert web.kinds[bank] == BANKS
    owing = web.dues[web.dues.payer.eq("oracle-landlords")]
    assert owing.amount.sum() == pytest.approx(4 * 79.4 / 15)


def test_what_one_partner_still_pays_another_is_in_the_web(web: Web) -> None:
    # Of Microsoft's 10 to CoreWeave 4.71 were paid by 2025. The rest falls due evenly from the day of
    # the book, 8 October 2026, to the end of 2030: 85 days of 2026, and 1,461 later ones.
    rows = web.moved[web.moved.payer.eq("microsoft") & web.moved.payee.eq("coreweave")]
    assert rows.year.to_list() == [2027, 2028, 2029, 2030]
    assert rows.amount.sum() == pytest.approx(5.29 * 1461 / 1546)
    assert due(web, "microsoft", "coreweave") == pytest.approx(rows.amount.iloc[1])


def test_guarantees_of_what_is_owed_here_can_be_called_and_the_others_are_named(web: Web) -> None:
    rows = web.guarantees
    assert rows[["guarantor", "debtor", "payee", "cap"]].to_numpy().tolist() == [
        ["nvidia", "openai", "coreweave", 6.3]
    ]
    assert "nvidia-lease-guarantee" in web.uncalled
    # A guarantor without a published cash flow has what is in its till.
    assert (web.income["nvidia"], web.till["nvidia"]) == (0, 60.6)


def test_unconnected_there_is_nothing_but_contracts_and_bills(referee_book: Dealbook) -> None:
    own = coupled.partners_of(referee_book, scenarios.scenario(referee_book))
    web = creditors.web(referee_book, own, "debts and rents", connected=False)
    assert set(web.dues.payer) == set(own.tested)
    assert not len(web.moved)
    assert not len(web.guarantees)
    assert set(web.dues["rank"]) == {LENDERS, LANDLORDS}


def test_the_mild_end_takes_low_bills_much_cash_and_the_longest_loans(
    referee_book: Dealbook,
) -> None:
    own = coupled.partners_of(referee_book, scenarios.scenario(referee_book))
    mild = creditors.web(referee_book, own, "machines too", "mild")
    assert due(mild, "oracle-landlords", "vantage-banks") == pytest.approx(38 / 19)
    assert due(mild, "oracle", "oracle-suppliers") == pytest.approx(18.144)
    assert mild.income["oracle"] == own.income.high["oracle"]
    with pytest.raises(ValueError, match='an end is one of mild, strict, not "high"'):
        creditors.web(referee_book, own, "machines too", "high")
    with pytest.raises(ValueError, match="a reading is one of debts and rents, machines too"):
        creditors.web(referee_book, own, "everything")


def test_every_party_of_the_web_has_a_kind(book: Dealbook) -> None:
    own = coupled.partners_of(book, scenarios.scenario(book))
    for reading in stress.READINGS:
        web = creditors.web(book, own, reading)
        named = {*web.contracts.payee, *web.dues.payer, *web.dues.payee, *web.guarantees.guarantor}
        assert named <= set(web.kinds)
