"""Search answers questions as readers ask them, while they type, and offline."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from .conftest import SITE, Reader

ASKED = {
    "how much has OpenAI paid Microsoft": ("partners/microsoft", "chapters/core-deal"),
    "who pays Nvidia": ("partners/nvidia",),
    "is it a bubble": ("chapters/paying-for-technology", "chapters/blueprint-or-warning"),
    "when does OpenAI run out of money": ("chapters/runway",),
    "who loses if OpenAI goes bankrupt": ("chapters/who-breaks",),
    "Oracle debt": ("partners/oracle",),
    "is this legal or fraud": ("chapters/paying-for-technology",),
    "AMD warrant": ("partners/amd", "chapters/paying-with-stock"),
    "what happens if growth slows": ("scenarios/growth-stalls",),
    "download the data": ("reference/data-dictionary",),
    "SoftBank margin loan": ("partners/softbank",),
    "which claims of the article are wrong": ("reference/claim-check",),
    "who owns OpenAI": ("chapters/core-deal",),
    "how many gigawatts": ("partners/amd", "reference/glossary"),
    "what do pension funds lose": ("chapters/who-breaks", "reference/losses"),
}
"""Questions, and the pages that answer them: one of these has to be among the first three."""
FOUND = ".find-results a"


def found(reader: Reader, server: str, question: str) -> list[str]:
    """The first three pages that the search finds."""
    page = reader.open(f"{server}search.html?q={quote(question)}")
    page.locator(FOUND).first.wait_for()
    links = [str(link.get_attribute("href")) for link in page.locator(FOUND).all()[:3]]
    return [link.removeprefix("./").removesuffix(".html") for link in links]


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


@pytest.mark.parametrize("question", ASKED)
def test_a_question_finds_its_page_among_the_first_three(
    reader: Reader, server: str, question: str
) -> None:
    assert set(ASKED[question]) & set(found(reader, server, question))


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("nvidea", "partners/nvidia"),
        ("orcale debt", "partners/oracle"),
        ("cerebrus", "partners/cerebras"),
        ("bankrupcy", "chapters/who-breaks"),
    ],
)
def test_a_name_with_a_mistake_or_two_finds_its_page(
    reader: Reader, server: str, typed: str, page: str
) -> None:
    assert page in found(reader, server, typed)


@pytest.mark.parametrize("typed", ["soft bank", "SoftBank", "softbank’s"])
def test_a_name_is_found_in_one_word_and_in_two(reader: Reader, server: str, typed: str) -> None:
    assert found(reader, server, typed)[0] == "partners/softbank"


def test_two_words_written_as_one_are_found_as_two(reader: Reader, server: str) -> None:
    both = found(reader, server, "present value")
    assert both[0] == "reference/present-values"
    assert found(reader, server, "presentvalue") == both


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("1GW", "partners/amd"),
        ("insolvency", "chapters/who-breaks"),
        ("diagrams", "reference/gallery"),
    ],
)
def test_another_word_for_the_same_finds_the_page(
    reader: Reader, server: str, typed: str, page: str
) -> None:
    assert page in found(reader, server, typed)


def test_a_firm_without_a_page_finds_the_list_of_deals(reader: Reader, server: str) -> None:
    assert "reference/deal-catalogue" in found(reader, server, "Crusoe")


def test_the_name_that_is_on_every_page_decides_nothing(reader: Reader, server: str) -> None:
    assert found(reader, server, "OpenAI losses") == found(reader, server, "losses")


def test_results_come_while_typing_and_keys_lead_to_them(reader: Reader, address: str) -> None:
    page = reader.open(f"{address}chapters/runway.html")
    assert [url for url in reader.asked if url.endswith("words.js")] == []
    page.keyboard.press("Control+k")
    page.keyboard.type("micros")
    first = page.locator(f"dialog[open] {FOUND}").first
    first.wait_for()
    assert first.text_content() == "Microsoft"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/partners/microsoft.html")
    assert page.locator(".highlighted").count() == 0
    assert reader.printed == []


def test_a_search_that_finds_nothing_says_so(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}search.html?q=zzzz")
    page.get_by_role("status").filter(has_text="No page is about this").wait_for()


def test_a_search_stays_in_the_address(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}search.html")
    page.keyboard.type("nvidia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=nvidia")
    page.locator(FOUND).first.wait_for()
