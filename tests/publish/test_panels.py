"""What a number says of itself in place, on rows of the book."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tightrope import dealbook, paths
from tightrope.publish.panels import MOST_ROWS, Panels

PAGES = ("reference/deal-catalogue", "reference/claim-check")


@pytest.fixture(scope="module")
def panels() -> Panels:
    return Panels(dealbook.load(), "announced", PAGES)


def fact(rows: list[str], **changes: Any) -> dict[str, Any]:
    known = {"written": "$5 bn", "low": None, "high": None, "unit": "usd_bn", "how": "a sum"}
    return known | {"rows": rows} | changes


def legs() -> list[str]:
    known = dealbook.load().legs
    return [f"legs/{leg}" for leg in known.leg_id[known.payer_id.eq("openai")]]


class TestAPanel:
    def test_lists_the_largest_rows_and_counts_the_others(self, panels: Panels) -> None:
        shown = panels.panel(fact(legs()))
        assert len(shown["rows"]) == MOST_ROWS
        assert shown["more"] == len(legs()) - MOST_ROWS
        assert shown["rows"][0][0] == "OpenAI → SB Energy: lease"

    def test_says_of_a_leg_who_pays_whom_how_much_how_sure_since_when_and_who_says_so(
        self, panels: Panels
    ) -> None:
        shown = panels.panel(fact(["legs/microsoft-azure-2025-purchase"]))
        what, amount, rung, day, source, address = shown["rows"][0]
        assert what == "OpenAI → Microsoft: compute"
        assert amount == "$250\u00a0bn"
        assert rung == "binding"
        assert day.endswith("2025")
        assert source == "Microsoft"
        assert address.endswith("#leg-microsoft-azure-2025-purchase")

    def test_says_of_a_published_figure_whose_it_is_and_of_when(self, panels: Panels) -> None:
        shown = panels.panel(fact(["financials/openai-revenue-2022"]))
        assert shown["rows"][0][:3] == ("OpenAI: revenue, 2022", "$28\u00a0m", "actual")

    def test_gives_the_range_where_the_sentence_does_not(self, panels: Panels) -> None:
        ends = {"low": 4.0, "high": 6.0}
        assert panels.panel(fact([], **ends))["range"] == "$4–6\u00a0bn"
        assert panels.panel(fact([], written="$4–6\u00a0bn", **ends))["range"] == ""

    def test_counts_rows_that_have_no_words(self, panels: Panels) -> None:
        shown = panels.panel(fact(["scenarios/as-planned.opening_cash"]))
        assert (shown["rows"], shown["more"]) == ([], 1)


def test_numbers_of_a_page_share_their_rows(panels: Panels) -> None:
    same = fact(["legs/microsoft-azure-2025-purchase"])
    text = panels.file("core-deal", {"one": same, "two": same})
    assert text.startswith('tightropeNumbers("core-deal",')
    content = json.loads(text.removesuffix(");\n").partition(",")[2])
    assert len(content["rows"]) == 1
    assert [content["numbers"][key]["rows"] for key in ("one", "two")] == [[0], [0]]


def test_a_book_without_a_catalogue_leads_to_no_row() -> None:
    panels = Panels(dealbook.load(paths.ROOT / "tests/fixtures/tiny"), "paid", ())
    leg = dealbook.load(paths.ROOT / "tests/fixtures/tiny").legs.leg_id[0]
    assert panels.panel(fact([f"legs/{leg}"]))["rows"][0][-1] == ""
