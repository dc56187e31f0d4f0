"""Webs side by side: the toy by hand as its README has it, the others as published."""

from __future__ import annotations

import math
from datetime import date

import pytest

from tightrope import dealbook
from tightrope.cases import webs, webs_measures, webs_page
from tightrope.cases.webs import Measured, Web
from tightrope.cases.webs_measures import MEASURES
from tightrope.counting import Ends

from .conftest import load

BY_KEY = {one.key: one for one in MEASURES}


@pytest.fixture(scope="module")
def toy() -> Web:
    return Web(load("toy"), "A toy web", "toy", is_invented=True)


@pytest.fixture(scope="module")
def lucent() -> Web:
    book = load("vendor-finance-2000", "2000-12-31")
    return Web(book, "Lent to buy", "lucent", when="before the customers failed")


@pytest.fixture(scope="module")
def anthropic() -> Web:
    return Web(load("anthropic"), "Who pays for Claude", "anthropic")


@pytest.mark.parametrize(
    ("key", "ends"),
    [
        # 20 of 40 go straight back; with the rumour of 5 more, of 45.
        ("circular", (20 / 45, 20 / 40, 20 / 40)),
        ("circular-with-loans", (20 / 45, 20 / 40, 20 / 40)),
        # Cedar’s 10 and Maple’s 10 of 40.
        ("external", (20 / 40, 20 / 40, 20 / 40)),
        ("paid-out", (0, 0, 0)),
        # Birch 10 and Maple 10 paid, of 30 signed.
        ("paid-in", (20 / 30, 20 / 30, 20 / 30)),
        # 50² + 25² + 25²; with the rumour 20, 10 and 15 of 45.
        ("givers", ((20**2 + 10**2 + 15**2) / 45**2 * 10_000, 3_750, 3_750)),
        ("suppliers", (10_000, 10_000, 10_000)),
    ],
)
def test_the_toy_measures_what_its_readme_works_out(
    toy: Web, key: str, ends: tuple[float, float, float]
) -> None:
    assert BY_KEY[key].compute(toy).ends == pytest.approx(ends)


def test_birch_needs_thirty_to_seventy_percent_of_what_alder_owes_it_in_2026(toy: Web) -> None:
    found = webs.break_even(toy)
    assert (found.ends.low, found.ends.high) == pytest.approx((0.3, 0.7))
    assert math.isnan(found.ends.stated)
    assert found.dollars.replace("\N{NO-BREAK SPACE}", " ") == "Birch Cloud in 2026, of $20 bn due"


def test_each_share_has_its_dollars_beside_it(toy: Web) -> None:
    words = {key: BY_KEY[key].compute(toy).dollars for key in ("circular", "external", "paid-in")}
    assert {key: said.replace("\N{NO-BREAK SPACE}", " ") for key, said in words.items()} == {
        "circular": "$20 bn of $40 bn ($40–45 bn)",
        "external": "$20 bn of $40 bn ($40–45 bn)",
        "paid-in": "$20 bn of $30 bn",
    }


def test_lucents_circle_is_seen_only_with_its_loans(lucent: Web) -> None:
    # Its line to Winstar of up to 2 (10-K for 2000) for a contract of up to 2, of 2.33 with Leap’s.
    assert webs.circular(lucent).ends.stated == 0
    assert webs.circular_with_loans(lucent).ends == pytest.approx((0, 2 / 2.33, 1))


def test_of_lucent_is_said_what_its_data_lack(lucent: Web) -> None:
    said = {one.key: one.written(one.compute(lucent)) for one in MEASURES}
    assert said["external"] == "cannot be said: no money for shares of Lucent is known"
    assert said["suppliers"] == (
        "cannot be said: no sum is known that Lucent is to pay, loans left out"
    )
    assert said["break-even"].startswith("cannot be said: scenarios.csv has no scenario")


def test_anthropic_gets_back_a_third_and_has_half_from_outside(anthropic: Web) -> None:
    # README: 63 of 174.75; half of the money for shares, 47 to 76 percent.
    assert webs.circular(anthropic).ends.stated == pytest.approx(63 / 174.75)
    assert BY_KEY["external"].written(webs.external(anthropic)) == "50% (47–76%)"


def test_what_is_not_known_to_be_paid_is_no_zero(anthropic: Web) -> None:
    found = webs.paid_out_of_signed(anthropic)
    assert BY_KEY["paid-out"].written(found) == "none known"


def test_a_node_that_stands_for_many_is_nobody_at_the_low_end(anthropic: Web) -> None:
    # “Other investors” have 78 of 174.75: as one payer that alone is 44.6 percent, squared 1,992.
    ends = webs.givers(anthropic).ends
    assert ends.high > (100 * 78 / 174.75) ** 2 > ends.stated


def test_the_finding_leaves_out_what_is_invented(toy: Web, lucent: Web, anthropic: Web) -> None:
    found = webs_measures.measured([toy, lucent, anthropic])
    assert webs_measures.finding(found) == (
        "At the end of 2000, 86% of what Lucent was promised could go straight back, loans "
        "counted; 36% at Anthropic"
    )


def test_the_pictures_state_what_is_paid_and_who_hangs_on_fewest(
    toy: Web, lucent: Web, anthropic: Web
) -> None:
    # Of the three the toy is invented; of Lucent’s 8.1 of credit 0.4642 is surely drawn.
    found = webs_measures.measured([toy, lucent, anthropic])
    assert webs_measures.paid_finding(found) == (
        "Of what the party in the middle signed to pay, lend or guarantee, no more than 6% is "
        "known to be paid, as stated: at Lucent, end of 2000"
    )
    assert webs_measures.fewest(found).replace("\N{NO-BREAK SPACE}", " ") == (
        "Lucent, end of 2000 hangs on the fewest givers. Winstar: $2 bn of $2.33 bn, 86%"
    )
    nothing = webs_measures.measured([toy])
    assert webs_measures.paid_finding(nothing).startswith("Of no web is known")
    assert webs_measures.fewest(nothing).startswith("Of no web is known")


def test_a_sentence_says_which_web_is_highest_and_of_how_many_nothing_is_known(
    toy: Web, lucent: Web, anthropic: Web
) -> None:
    external = BY_KEY["external"]
    rows = [(web, webs.external(web)) for web in (toy, lucent, anthropic)]
    assert webs_measures.compared(external, rows) == (
        "Highest at Anthropic, 50% (47–76%); lowest at Alder Labs, invented, 50%. "
        "Of 1 of 3 webs it cannot be said."
    )
    nothing = [(lucent, Measured(Ends(*[math.nan] * 3), why_not="no reason"))]
    assert webs_measures.compared(external, nothing) == "Of none of these webs can it be said."


def test_the_page_says_every_number_with_its_source_and_needs_no_other_host(
    toy: Web, lucent: Web
) -> None:
    own = Web(dealbook.load().as_of(""), "The Tightrope")
    page = webs_page.html([own, toy, lucent])
    assert page.count("<table") == len(MEASURES)
    assert page.count("<svg") == 4
    assert 'href="toy/chapters/how-circular.html"' in page
    assert 'href="lucent/index.html">the pages about Lucent' in page
    assert "cannot be said: no money for shares of Lucent is known" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert lucent.book.day.date() == date(2000, 12, 31)
