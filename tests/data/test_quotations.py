"""What is quoted from the German article is short, and its large numbers are the claim's."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.dealbook import Dealbook
from tightrope.rules import quotations
from tightrope.rules.frames import Frames


def claims(*rows: tuple[str, str, str]) -> Frames:
    """Claims of a quotation, a stated value and its unit, from line 2 on."""
    table = pd.DataFrame(rows, columns=["words_de", "stated", "unit"])
    return Frames({"claims": table.set_axis(range(2, len(rows) + 2))})


def test_ten_words_are_quoted_and_what_is_left_out_is_none() -> None:
    ten = "eins zwei drei vier fünf … sechs sieben acht neun zehn"
    assert list(quotations.a_quotation_is_short(claims((ten, "", "text")))) == []


def test_eleven_words_are_too_many() -> None:
    (found,) = quotations.a_quotation_is_short(claims(("wort " * 11, "", "text")))
    assert (found.line, found.column) == (2, "words_de")
    assert found.message == "has 11 words; at most 10 are quoted for a claim"


def test_all_claims_together_quote_no_more_than_a_hundred_and_fifty_words() -> None:
    rows = [("wort " * 10, "", "text")] * 15
    assert list(quotations.a_quotation_is_short(claims(*rows))) == []
    (found,) = quotations.a_quotation_is_short(claims(*rows, ("wort", "", "text")))
    assert found.message == "all claims quote 151 words; at most 150 are allowed"


@pytest.mark.parametrize(
    ("quoted", "stated", "unit"),
    [
        ("mehr als 13 Milliarden US-Dollar", "13", "usd_bn"),
        ("20-Milliarden-Dollar", "20", "usd_bn"),
        ("350 Millionen US-Dollar", "350", "usd_m"),
        ("im Jahr 2023", "", "usd_bn"),
    ],
)
def test_a_milliarde_is_a_billion_and_a_million_a_million(
    quoted: str, stated: str, unit: str
) -> None:
    assert list(quotations.a_milliarde_is_a_billion(claims((quoted, stated, unit)))) == []


@pytest.mark.parametrize(
    ("quoted", "stated", "unit"),
    [
        ("13 Billionen US-Dollar", "13", "usd_bn"),
        ("13 Millionen US-Dollar", "13", "usd_bn"),
        ("14 Milliarden US-Dollar", "13", "usd_bn"),
        ("350 Milliarden US-Dollar", "350", "usd_m"),
    ],
)
def test_a_false_friend_or_another_number_is_found(quoted: str, stated: str, unit: str) -> None:
    (found,) = quotations.a_milliarde_is_a_billion(claims((quoted, stated, unit)))
    assert (found.line, found.column) == (2, "words_de")
    assert "a German Billion is a thousand Milliarden" in found.message


def test_every_claim_of_the_article_has_its_words(book: Dealbook) -> None:
    assert list(book.claims.claim_id[book.claims.words_de.eq("")]) == []
