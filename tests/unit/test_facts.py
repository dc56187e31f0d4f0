"""Numbers in prose: stated from rows that exist, written as links."""

from __future__ import annotations

import math

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import facts


def test_a_fact_of_legs_adds_up_one_layer(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    facts.Facts(tiny).legs("funded", ["stake-cash"], "paid")
    assert shown[0].value == 9
    assert shown[0].rows == ("legs/stake-cash",)
    assert shown[0].how == "paid amount of the leg"


def test_a_fact_of_a_leg_that_is_not_known_yet_says_so(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    facts.Facts(tiny.as_of("2020-12-31")).legs("cloud", ["cloud-use"], "binding")
    assert shown[0].written == "a sum not yet public"
    assert shown[0].value is None


def test_a_figure_keeps_its_own_unit(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    facts.Facts(tiny).figure("revenue", "openai-revenue-2021")
    assert shown[0].written == "$2\N{NO-BREAK SPACE}bn"
    assert shown[0].how == "revenue, 2021, actual"


def test_a_range_is_written_as_a_range(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    facts.Facts(tiny).state("x", math.nan, "usd_bn", ["legs/stake-cash"], "a range", 20.0, 30.0)
    assert shown[0].written == "$20–30\N{NO-BREAK SPACE}bn"


def test_of_legs_without_a_known_payment_prose_claims_no_sum(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    facts.Facts(tiny).legs("paid", ["cloud-use"], "paid")
    assert (shown[0].written, shown[0].value) == ("no known sum", 0)


@pytest.mark.parametrize("amount", [(0.0,), (math.nan, 0.0, 0.0)])
def test_a_zero_is_written_as_the_page_wishes(
    tiny: Dealbook, shown: list[facts.Fact], amount: tuple[float, ...]
) -> None:
    value, *ends = amount
    rows = ["legs/stake-cash"]
    facts.Facts(tiny).state("missing", value, "usd_bn", rows, "a gap", *ends)
    facts.Facts(tiny).state("paid", value, "usd_bn", rows, "paid", *ends, nothing="none")
    assert [fact.written for fact in shown] == ["$0", "none"]


def test_a_misspelt_leg_is_refused_with_the_nearest(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match='no leg_id "stake-csh"; did you mean stake-cash'):
        facts.Facts(tiny).legs("funded", ["stake-csh"], "paid")


def test_a_fact_needs_rows_and_a_word_on_how(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="needs the rows behind it"):
        facts.Facts(tiny).state("x", 1.0, "usd_bn", [], "by hand")


def test_a_row_of_an_unknown_table_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="a row is named table/id"):
        facts.Facts(tiny).state("x", 1.0, "usd_bn", ["leg/stake-cash"], "how")


def test_a_key_must_be_a_slug(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="lower-case slug"):
        facts.Facts(tiny).state("My Key", 1.0, "usd_bn", ["legs/stake-cash"], "how")


STATED = {"name": {"written": "<b>A*B</b>"}, "sum": {"written": "$9 bn"}}


def test_a_marker_becomes_a_link_and_its_text_is_escaped() -> None:
    text = facts.fill("Paid [[sum]] to [[name]].", STATED, lambda key: f"facts.html#p.{key}")
    assert '<a class="fact" href="facts.html#p.sum">$9 bn</a>' in text
    assert r"\<b\>A\*B\</b\>" in text


def test_a_marker_for_headings_is_plain_and_cannot_become_markup() -> None:
    assert facts.fill("# [[=name]]", STATED, str) == r"# \<b\>A\*B\</b\>"


def test_facts_rest_on_the_rows_of_their_section(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    fact = facts.Facts(tiny).on(["legs/stake-cash", "legs/stake-cash"])
    fact("sum", 2.0, "usd_bn", "by hand")
    fact.words("who", "nobody", "by name", ["legs/cloud-use"])
    assert [one.rows for one in shown] == [("legs/stake-cash",), ("legs/cloud-use",)]


def test_a_span_is_open_above_where_no_end_is_known(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    facts.Facts(tiny).on(["legs/stake-cash"]).span("x", 20.0, math.nan, "a floor")
    assert shown[0].written == "at least $20\N{NO-BREAK SPACE}bn"


def test_the_name_of_a_quantity_is_no_key(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match=r"paid-in is the name of a quantity; write \[\[paid_in"):
        facts.Facts(tiny).state("paid-in", 2.0, "usd_bn", ["legs/stake-cash"], "by hand")
