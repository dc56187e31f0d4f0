"""The tables of a dossier: what they say of small books."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tightrope.chapters import partner_tables
from tightrope.charts.table import Table
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .dossiers import CHIPS, CLOUD, LAB, about, early, served
from .opened import plain


@pytest.fixture(name="served")
def served_book(tiny: Dealbook) -> Dealbook:
    return served(tiny)


def html(table: Table | None) -> str:
    assert table is not None
    return plain(table.html)


class TestTables:
    def test_a_leg_is_shown_with_its_sums_and_when_it_runs(self, tiny: Dealbook) -> None:
        table = html(partner_tables.direct_table(about(tiny)))
        assert '<span id="stake-cash">Microsoft → OpenAI</span>' in table
        assert "shares of the lab (equity in cash)" in table
        assert "2020-01 to 2022-12" in table
        assert table.index("$73 bn") < table.index("none known")

    def test_a_condition_stands_beside_the_days(self, tiny: Dealbook) -> None:
        table = html(partner_tables.direct_table(about(tiny, CHIPS)))
        assert "No dates known. a definitive agreement" in table
        assert "withdrawn" in table
        assert "not binding" in table

    def test_a_lower_layer_leaves_out_what_is_above_it(self, tiny: Dealbook) -> None:
        table = html(partner_tables.direct_table(about(tiny, layer="binding")))
        assert "Announced</th>" not in table
        assert "Binding</th>" in table

    @pytest.mark.parametrize(
        ("step", "words"),
        [
            (Step("paid", 4), "$4 bn"),
            (Step("paid", 4, 3, 5), "$4 bn ($3–5 bn)"),
            (Step("paid", low=3, high=5), "$3–5 bn"),
            (Step("binding", 4), "none known"),
        ],
    )
    def test_a_sum_has_its_range_where_it_is_in_doubt(
        self, tiny: Dealbook, step: Step, words: str
    ) -> None:
        leg = next(about(made(tiny, {"in": Leg(CLOUD, LAB, [step])})).direct.itertuples())
        assert plain(partner_tables.on_layer(leg, "paid")) == words

    def test_other_legs_of_its_deals_and_those_elsewhere_have_tables(
        self, served: Dealbook
    ) -> None:
        told = about(served)
        assert '<span id="debt">Nvidia → Microsoft</span>' in html(
            partner_tables.onward_table(told)
        )
        elsewhere = html(partner_tables.elsewhere_table(told))
        assert 'reference/deal-catalogue/openai.html#leg-far">Microsoft → Nvidia</a>' in elsewhere
        assert "Far away" in elsewhere

    def test_deals_of_others_that_name_it_are_shown(self, tiny: Dealbook) -> None:
        deals = tiny.deals.assign(summary="Nvidia is named.")
        table = html(partner_tables.naming_table(about(replace(tiny, deals=deals), CHIPS)))
        assert "OpenAI → Microsoft" in table
        assert "$73 bn" in table

    def test_a_claim_links_to_its_place_and_its_source(self, tiny: Dealbook) -> None:
        claims = tiny.claims.iloc[:1].assign(claim="Microsoft pays.", source_id="paper")
        table = html(partner_tables.claims_table(about(replace(tiny, claims=claims))))
        assert '<a href="../reference/claim-check.html#c01">1</a>' in table
        assert 'href="../reference/sources/press.html#paper">' in table

    def test_a_figure_is_shown_with_day_and_grade(self, tiny: Dealbook) -> None:
        own = tiny.financials.assign(party_id=CLOUD, period="2022-12-31")
        table = html(partner_tables.figures_table(about(replace(tiny, financials=own))))
        assert "Revenue, 31 December 2022" in table
        assert "actual, 1 February 2023" in table
        assert "</a> (press)" in table

    @pytest.mark.parametrize(
        ("low", "value", "high", "words"),
        [
            (np.nan, 4, np.nan, "$4 bn"),
            (4, 4, 4, "$4 bn"),
            (3, 4, 5, "$4 bn ($3 bn to $5 bn)"),
            (3, np.nan, 5, "$3 bn to $5 bn"),
            (3, np.nan, np.nan, "at least $3 bn"),
        ],
    )
    def test_a_figure_has_its_range_where_it_is_in_doubt(
        self, tiny: Dealbook, low: float, value: float, high: float, words: str
    ) -> None:
        row = next(tiny.financials.assign(value_low=low, value=value, value_high=high).itertuples())
        assert plain(partner_tables.figure_value(row)) == words

    def test_steps_are_listed_the_newest_first_with_who_said_them(self, tiny: Dealbook) -> None:
        table = html(partner_tables.steps_table(about(tiny)))
        assert table.index('id="stake-paid-2"') < table.index('id="stake-paid-1"')
        assert "Microsoft, in " in table
        assert "both sides, in " in table
        assert "A stake: paid" in table

    def test_where_there_is_nothing_there_is_no_table(self, tiny: Dealbook) -> None:
        told = early(tiny)
        tables = [
            partner_tables.direct_table(told),
            partner_tables.onward_table(told),
            partner_tables.elsewhere_table(told),
            partner_tables.naming_table(told),
            partner_tables.claims_table(told),
            partner_tables.gaps_table(told),
            partner_tables.figures_table(told),
            partner_tables.steps_table(told),
        ]
        assert tables == [None] * 8
