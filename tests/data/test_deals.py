"""The project's own data: complete, sourced, and right about what was known when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tightrope import ledger, paths
from tightrope.dealbook import MIDDLE, SCOPES, WEB, Dealbook
from tightrope.validation import check

SEVEN = {"microsoft", "coreweave", "softbank", "g42", "nvidia", "oracle", "amd"}


def stand(book: Dealbook, day: str = "") -> dict[str, dict[str, object]]:
    return ledger.ladder(book.as_of(day)).set_index("leg_id").to_dict("index")


def test_nothing_is_wrong_with_it() -> None:
    assert check(paths.DATA) == []


@pytest.mark.thorough
def test_the_stock_frictionless_command_finds_it_valid() -> None:
    command = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [command, "validate", "datapackage.json"], cwd=paths.DATA, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_all_seven_partners_of_the_article_have_a_deal_of_the_article(book: Dealbook) -> None:
    in_article = book.legs.merge(book.deals[book.deals.in_article], on="deal_id")
    assert {*in_article.payer_id, *in_article.payee_id} >= SEVEN


def test_at_least_eighteen_claims_are_checked(book: Dealbook) -> None:
    assert len(book.claims) >= 18


def test_every_derived_amount_says_how_it_was_derived(book: Dealbook) -> None:
    for table in (book.events, book.financials):
        assert table[table.confidence.eq("derived") & table.note.eq("")].empty


def test_the_web_has_the_size_of_a_reference(book: Dealbook) -> None:
    assert len(book.deals) >= 150
    assert len(book.legs) >= 250
    assert len(book.events) >= 600
    assert len(book.sources) >= 600
    assert len(book.financials) >= 700


def test_half_of_the_steps_that_decide_openais_own_deals_rest_on_filings_or_companies_own_words(
    book: Dealbook,
) -> None:
    own = book.legs[book.legs.payer_id.eq("openai") | book.legs.payee_id.eq("openai")]
    deciding = ledger.deciding(book)
    steps = deciding[deciding.leg_id.isin(own.leg_id)].merge(book.events, on="event_id")
    kinds = steps.merge(book.sources[["source_id", "kind"]], on="source_id").kind
    assert kinds.isin(["filing", "company"]).mean() >= 0.5


def test_every_signed_leg_guarantee_and_warrant_says_its_terms_or_that_they_are_not_public(
    book: Dealbook,
) -> None:
    signed = set(book.events.leg_id[book.events.status.eq("binding")])
    contingent = set(book.legs.leg_id[book.legs.instrument.isin(["guarantee", "warrant"])])
    assert (signed | contingent) - set(book.terms.leg_id) == set()


def test_every_deal_is_sorted_by_its_kind_of_circle(book: Dealbook) -> None:
    assert book.deals.circle.ne("").all()


def test_nothing_of_what_openai_signed_is_called_due_without_a_source_that_says_so(
    book: Dealbook,
) -> None:
    own = book.legs.leg_id[book.legs.payer_id.eq("openai")]
    unconditional = book.terms[book.terms.leg_id.isin(own) & book.terms.condition.eq("none")]
    assert unconditional[unconditional.note.eq("")].empty


def test_every_paid_step_says_whether_money_moved_and_accruals_have_a_lower_end(
    book: Dealbook,
) -> None:
    paid = book.events[book.events.status.eq("paid")]
    assert paid.paid_basis.ne("").all()
    accrued = paid[paid.paid_basis.eq("accrual")]
    assert (accrued.amount_low_usd_bn < accrued.amount_usd_bn).all()


def test_public_text_was_read_until_october_2026(book: Dealbook) -> None:
    assert f"{book.read_until:%Y-%m-%d}" == "2026-10-10"


def test_lenders_are_parties_and_lend(book: Dealbook) -> None:
    loans = book.legs[book.legs.instrument.eq("loan")]
    kinds = book.parties.set_index("party_id").kind
    assert loans.payer_id.map(kinds).eq("lender").sum() >= 10


def test_every_scope_has_deals(book: Dealbook) -> None:
    older_names = set(MIDDLE) - {"focal"}
    assert set(book.deals.scope) == set(SCOPES) - older_names


def test_in_2022_only_microsoft_is_known_with_one_announced(book: Dealbook) -> None:
    # Microsoft's second investment became public in January 2023 (GeekWire, 2023-01-23).
    early = book.as_of("2022-12-31").within(*WEB)
    legs = ledger.ladder(early)
    own = legs[legs.payer.eq("openai") | legs.payee.eq("openai")]
    assert {*own.payer, *own.payee} == {"openai", "microsoft"}
    assert own[own.instrument.eq("equity")].announced.sum() == 1


def test_on_the_articles_day_amazon_owns_nothing_of_openai(book: Dealbook) -> None:
    assert not any(leg.startswith("amazon-2026") for leg in stand(book, "2025-10-31"))


def test_in_april_2026_amazon_is_bound_to_15_and_has_35_under_a_condition(book: Dealbook) -> None:
    # Amazon 8-K, 2026-02-27: 15 at once, up to 35 if conditions are met.
    now = stand(book, "2026-04-01")
    first = now["amazon-2026-equity"]
    assert (first["status"] in {"binding", "paid"}, first["binding"]) == (True, 15)
    later = now["amazon-2026-equity-conditional"]
    assert (later["status"], later["announced"], later["binding"]) == ("announced", 35, 0)
    condition = book.legs.set_index("leg_id").condition["amazon-2026-equity-conditional"]
    assert condition


@pytest.mark.parametrize("day", ["2019-01-01", "2020-06-30", "2024-12-31", "2026-06-30"])
def test_the_book_can_be_seen_as_of_any_day_since_2019(book: Dealbook, day: str) -> None:
    view = book.as_of(day)
    assert (view.events.known_on <= view.day).all()
    ledger.ladder(view)


def test_on_the_articles_day_nvidias_hundred_is_a_letter_and_nothing_of_it_binds(
    book: Dealbook,
) -> None:
    # OpenAI and Nvidia, 2025-09-22: "letter of intent", up to 100.
    letter = stand(book, "2025-10-31")["nvidia-letter-equity"]
    assert letter["stated_as"] == "letter_of_intent"
    assert (letter["announced"], letter["binding"], letter["paid"]) == (100, 0, 0)


def test_in_2026_the_letter_is_replaced_by_thirty_of_equity(book: Dealbook) -> None:
    # Mint/Reuters, 2026-02-27: 30 from Nvidia in the round of 110.
    now = stand(book, "2026-04-01")
    assert now["nvidia-letter-equity"]["status"] == "replaced"
    assert now["nvidia-letter-equity"]["announced"] == 0
    assert now["nvidia-2026-equity"]["binding"] == 30


def test_coreweaves_contracts_are_three_of_2025_and_add_up_to_22_point_4(book: Dealbook) -> None:
    # Reuters, 2025-09-25: 11.9 + 4.0 + 6.5 = 22.4.
    legs = ledger.ladder(book)
    contracts = legs[legs.payee.eq("coreweave") & legs.payer.eq("openai")]
    assert sorted(contracts.binding) == [4.0, 6.5, 11.9]
    deals = book.deals.set_index("deal_id").announced_on
    assert {deals[deal].year for deal in contracts.deal_id} == {2025}


def test_openai_pays_oracle_and_oracle_pays_openai_nothing(book: Dealbook) -> None:
    legs = ledger.ladder(book)
    assert legs[legs.payer.eq("openai") & legs.payee.eq("oracle")].binding.sum() == 300
    assert legs[legs.payer.eq("oracle") & legs.payee.eq("openai")].empty


def test_softbanks_round_ended_at_41_of_which_30_its_own(book: Dealbook) -> None:
    # SoftBank, 2025-12-31, by dpa-AFX: 7.5 + 22.5 own, 11.0 co-investors.
    now = stand(book)
    assert now["softbank-2025-equity"]["paid"] == 30
    assert now["softbank-2025-coinvestors"]["paid"] == 11


def test_nothing_was_bought_from_amd_the_shares_are_a_warrant_without_a_value(
    book: Dealbook,
) -> None:
    warrant = stand(book)["amd-warrant"]
    assert (warrant["instrument"], warrant["medium"], warrant["paid"]) == ("warrant", "warrant", 0)
    assert warrant["announced"] != warrant["announced"], "a contingent value has no amount"


def test_of_amds_warrant_no_more_binds_than_goes_with_the_gigawatt_that_is_ordered(
    book: Dealbook,
) -> None:
    # 160 million shares × 1 of 6 GW × 455 dollars, the newest price = 12.1; all six: × 600 = 96.
    known = book.financials.set_index("financial_id").value
    part = known["amd-capacity-binding-2025-10-06"] / known["amd-capacity-planned-2025-10-06"]
    prices = book.financials[
        book.financials.party_id.eq("amd") & book.financials.metric.eq("share_price")
    ]
    newest = prices.sort_values("period").value.iloc[-1]
    worth = known["amd-warrant-shares-2025-10-05"] * part * newest / 1000
    warrant = stand(book)["amd-warrant"]
    assert warrant["binding_high"] == pytest.approx(worth, abs=0.05)
    assert (warrant["binding_low"], warrant["announced_high"]) == (0, 96)


def test_larger_firms_have_grown_less(book: Dealbook) -> None:
    # The Base Rate Book, Exhibit 4: five years, by sales of 12 to 25, 25 and more, 50 and more.
    known = book.outside_checks.set_index("check_id")
    for statistic in ("mean", "median"):
        rates = [known.value[f"base-rates-5y-{size}bn-{statistic}"] for size in (12, 25, 50)]
        assert rates == sorted(rates, reverse=True)
    fastest = [known.value_high[f"base-rates-5y-{size}bn-fastest"] for size in (25, 50)]
    assert fastest == [45, 35]


def test_microsoft_committed_13_and_had_paid_11_point_8_by_march_2026(book: Dealbook) -> None:
    # Microsoft 10-Q to 2025-09-30, note 17 (13); 10-Q to 2026-03-31, as quoted (11.8).
    now = ledger.ladder(book.as_of("2026-07-01"))
    equity = now[now.payer.eq("microsoft") & now.leg_id.str.match("microsoft-20(19|21|23)-")]
    assert equity.binding.sum() == 13
    assert equity.paid.sum() == pytest.approx(11.8)
