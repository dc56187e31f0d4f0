"""Where the site shows a document, a deal, a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tightrope import addresses
from tightrope.dealbook import Dealbook


def test_a_document_stands_on_the_page_of_its_kind(tiny: Dealbook) -> None:
    assert addresses.of_sources(tiny) == {
        "release": "reference/sources/company.html#release",
        "filing-2020": "reference/sources/filing.html#filing-2020",
        "paper": "reference/sources/press.html#paper",
    }


def test_a_leg_and_a_step_stand_on_the_page_of_their_deal(tiny: Dealbook) -> None:
    deals = tiny.deals.assign(scope=["openai", "vendor_finance_2000", "openai"])
    places = addresses.of_deals(replace(tiny, deals=deals))
    page = "reference/deal-catalogue/vendor-finance-2000.html"
    assert places["deals/cloud"] == f"{page}#deal-cloud"
    assert places["legs/cloud-use"] == f"{page}#leg-cloud-use"
    assert places["events/cloud-signed"] == f"{page}#event-cloud-signed"
    assert places["deals/stake"] == "reference/deal-catalogue/openai.html#deal-stake"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index", "reference/facts/start-page.html#index.peak"),
        ("chapters/runway", "reference/facts/runway.html#runway.peak"),
        ("chapters/scenarios", "reference/facts/scenarios.html#scenarios.peak"),
        ("scenarios/my", "reference/facts/all-scenarios.html#scenarios-my.peak"),
        ("partners/amd", "reference/facts/all-partners.html#partners-amd.peak"),
        ("reference/sources", "reference/facts/sources.html#sources.peak"),
    ],
)
def test_a_number_stands_with_those_of_its_chapter_or_of_its_folder(
    page: str, address: str
) -> None:
    assert addresses.of_fact(page, "peak") == address
