"""Quantities: how they relate, what leaves them as they are, and each headline by other code."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightrope import dealbook, quantities
from tightrope.counting import ENDS
from tightrope.dealbook import Dealbook
from tightrope.quantities import DEFINITIONS, HEADLINES, Definition, Value
from tightrope.quantities.definition import MOST_VARIANTS, NOT_YET, Quantity, defined

from ..conftest import TINY
from ..data import bare_rows
from ..referee import FROZEN, REFEREE
from .books import Leg, Step, made

MODELLED = {name for name, one in DEFINITIONS.items() if "gap" in (name, one.variant_of)}
"""They run a model of years, ten thousand times: no sum of payments."""
SUMS = [name for name in DEFINITIONS if name not in MODELLED]
COUNTED = {name for name, one in DEFINITIONS.items() if one.unit == "count"}
"""A leg more is a leg more: they count rows, and no money."""
MONEY = [name for name in SUMS if name not in COUNTED]
DAYS = ("2020-01-01", "2023-06-30", "2025-10-31", "2026-03-31", "")
FOCAL = "openai"


def ends(book: Dealbook, names: Iterable[str] = SUMS) -> dict[str, tuple[float, float, float]]:
    asked = quantities.of(book)
    return {name: (asked[name].low, asked[name].stated, asked[name].high) for name in names}


def no_larger(part: float, whole: float) -> bool:
    """Whether a part fits into its whole; NaN is no bound, and so never fits into a bound."""
    return math.isnan(whole) or part <= whole + 1e-9


def parts_too_large(book: Dealbook) -> list[str]:
    asked = quantities.of(book)
    return [
        f"{name} in {whole}, {end}"
        for name in SUMS
        for whole in DEFINITIONS[name].part_of
        for end in ENDS
        if not no_larger(getattr(asked[name], end), getattr(asked[whole], end))
    ]


# How quantities relate.


@pytest.mark.parametrize("day", DAYS)
def test_a_part_is_nowhere_larger_than_its_whole(book: Dealbook, day: str) -> None:
    assert parts_too_large(book.as_of(day)) == []


@pytest.mark.parametrize("day", ["2020-01-10", "2021-07-15", "2022-05-05", ""])
def test_a_part_is_nowhere_larger_than_its_whole_in_the_toy_book(tiny: Dealbook, day: str) -> None:
    assert parts_too_large(tiny.as_of(day)) == []


def test_the_three_parts_of_what_is_signed_are_all_of_it(book: Dealbook) -> None:
    asked = quantities.of(book)
    parts = ("signed_without_condition", "signed_on_condition", "signed_terms_not_public")
    for end in ENDS:
        total = sum(getattr(asked[part], end) for part in parts)
        assert total == pytest.approx(getattr(asked["to_pay_signed"], end), nan_ok=True)


@pytest.mark.parametrize("day", DAYS)
def test_no_end_lies_above_the_next(book: Dealbook, day: str) -> None:
    wrong = [
        name
        for name, (low, stated, high) in ends(book.as_of(day)).items()
        if not (no_larger(low, stated) and no_larger(stated, high))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SUMS)
def test_every_row_behind_a_quantity_is_a_row_of_the_data(book: Dealbook, name: str) -> None:
    tables = (row.split("/") for row in quantities.of(book)[name].rows)
    assert [row for table, row in tables if row not in book.all_ids[table]] == []


def test_a_partners_parts_of_what_is_paid_in_add_up_to_all_of_it(book: Dealbook) -> None:
    payers = book.legs.payer_id[book.legs.payee_id.eq(FOCAL)].unique()
    parts = [quantities.of(book, FOCAL, party)["paid_in"].stated for party in payers]
    assert sum(parts) == pytest.approx(quantities.of(book)["paid_in"].stated)


# What leaves every quantity as it is. Books are drawn by the search: some ranges, some open ends,
# reports, contracts and payments between three parties.


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    amount = float(draw(st.integers(1, 40)))
    kind = draw(st.sampled_from(["sum", "range", "floor", "ceiling", "silent"]))
    step = {
        "sum": Step("announced", amount),
        "range": Step("announced", low=amount, high=2 * amount),
        "floor": Step("announced", amount, bound="floor"),
        "ceiling": Step("announced", amount, bound="ceiling"),
        "silent": Step("announced"),
    }[kind]
    status = draw(st.sampled_from(["reported", "estimated", "announced", "binding"]))
    first = [replace(step, status=status)]
    paid = [Step("paid", amount / 2)] if draw(st.booleans()) else []
    return first + paid


@st.composite
def leg_sets(draw: st.DrawFn) -> dict[str, Leg]:
    pairs = [(a, b) for a in PARTIES for b in PARTIES if a != b]
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(pairs),
                st.sampled_from(["equity", "compute", "chips", "loan", "warrant"]),
                steps(),
            ),
            min_size=1,
            max_size=6,
        )
    )
    return {
        f"leg-{number}": Leg(payer, payee, found, instrument)
        for number, ((payer, payee), instrument, found) in enumerate(drawn)
    }


PARTIES = ("openai", "microsoft", "nvidia")
TOY = dealbook.load(TINY)
TIMES = 12
# The tests above reach the same lines; where every example is traced, it takes half as long again.
untraced = pytest.mark.no_cover


def times(leg: Leg, factor: float) -> Leg:
    return replace(
        leg,
        steps=[
            replace(
                step, amount=step.amount * factor, low=step.low * factor, high=step.high * factor
            )
            for step in leg.steps
        ],
    )


def assert_same(one: dict[str, tuple[float, ...]], other: dict[str, tuple[float, ...]]) -> None:
    for name in MONEY:
        assert one[name] == pytest.approx(other[name], abs=1e-5, nan_ok=True), name


@untraced
@settings(max_examples=TIMES)
@given(
    leg_sets(),
    st.integers(0, 5),
    st.randoms(use_true_random=False),
    st.sampled_from([0.1, 3.0, 20.0]),
)
@pytest.mark.thorough
def test_a_split_of_a_leg_and_an_order_of_rows_change_no_quantity_and_a_unit_only_scales_sums(
    legs: dict[str, Leg], which: int, random: Random, factor: float
) -> None:
    book = made(TOY, legs)
    plain = ends(book, MONEY)

    split = list(legs)[which % len(legs)]
    halves = {
        name: times(leg, 0.5) if name == split else leg
        for name, leg in [*legs.items(), (f"{split}-2", times(legs[split], 0.5))]
    }
    assert_same(plain, ends(made(TOY, halves), MONEY))

    order = list(range(len(book.legs)))
    random.shuffle(order)
    other = replace(book, legs=book.legs.iloc[order].reset_index(drop=True))
    assert_same(plain, ends(other, MONEY))

    scaled = ends(made(TOY, {name: times(leg, factor) for name, leg in legs.items()}), MONEY)
    factors = {name: 1 if DEFINITIONS[name].unit == "share" else factor for name in MONEY}
    assert_same(
        {name: tuple(end * factors[name] for end in found) for name, found in plain.items()}, scaled
    )


def test_the_books_own_rows_in_another_order_change_no_quantity(book: Dealbook) -> None:
    shuffled = replace(
        book,
        legs=book.legs.sample(frac=1, random_state=1).reset_index(drop=True),
        terms=book.terms.iloc[::-1].reset_index(drop=True),
    )
    assert_same(ends(book, MONEY), ends(shuffled, MONEY))


# What every definition has.


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda one: one.name)
def test_a_definition_says_what_it_is_what_it_counts_and_what_it_leaves_out(
    definition: Definition,
) -> None:
    assert definition.title
    assert definition.meaning.endswith(".")
    assert definition.counts
    assert definition.leaves_out
    assert definition.meaning.format(focal="Somebody")


def test_no_quantity_has_more_than_three_variants() -> None:
    varied = pd.Series([one.variant_of for one in DEFINITIONS.values() if one.variant_of])
    assert varied.value_counts().max() <= MOST_VARIANTS == 3


def test_what_is_varied_and_what_is_a_whole_is_defined() -> None:
    named = {one.variant_of for one in DEFINITIONS.values()} - {""}
    wholes = {whole for one in DEFINITIONS.values() for whole in one.part_of}
    assert named | wholes | set(HEADLINES) <= set(DEFINITIONS)


def nothing(view: object) -> Value:
    """Nothing of {focal}."""
    return Value(0.0, 0.0, 0.0, ())


def test_a_name_cannot_be_defined_twice() -> None:
    nothing.__name__ = "paid_in"
    with pytest.raises(ValueError, match="the quantity paid_in is defined twice"):
        defined("again", counts="all", leaves_out="nothing")(nothing)


@pytest.mark.parametrize(
    ("variant_of", "differs"),
    [("to_pay", ""), ("", "by a clause"), ("to_pay", "a fourth")],
)
def test_a_variant_without_its_difference_and_a_fourth_one_are_refused(
    variant_of: str, differs: str
) -> None:
    nothing.__name__ = "nothing_at_all"
    with pytest.raises(ValueError, match="a variant says how it differs, and there are at most"):
        defined("x", counts="x", leaves_out="x", variant_of=variant_of, differs=differs)(nothing)
    assert "nothing_at_all" not in DEFINITIONS


def test_an_unknown_quantity_is_refused_with_what_comes_near(tiny: Dealbook) -> None:
    with pytest.raises(KeyError, match='there is no quantity "payed_in"; did you mean paid_in'):
        quantities.of(tiny)["payed_in"]


def test_what_comes_near_nothing_gets_no_hint(tiny: Dealbook) -> None:
    with pytest.raises(KeyError) as raised:
        quantities.of(tiny)["xyz"]
    assert raised.value.args == ('there is no quantity "xyz"',)


@pytest.mark.parametrize(("focal", "partner"), [("opnai", ""), ("openai", "nobody")])
def test_an_unknown_party_is_refused(tiny: Dealbook, focal: str, partner: str) -> None:
    with pytest.raises(ValueError, match=r"party must be one of parties\.csv, not"):
        quantities.of(tiny, focal, partner)


def test_a_quantity_is_computed_once(tiny: Dealbook) -> None:
    asked = quantities.of(tiny)
    assert asked["paid_in"] is asked["paid_in"]


# How it is written.


def written(low: float, stated: float, high: float, end: str = "range") -> str:
    value = Value(low, stated, high, ())
    text = Quantity(DEFINITIONS["paid_in"], value).at(end)
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "end", "text"),
    [
        ((140.92, 140.92, 171.92), "range", "$141–172 bn"),
        ((140.92, 140.92, math.nan), "range", "at least $141 bn"),
        ((0.0, 0.0, 5.0), "range", "up to $5 bn"),
        ((0.0, 0.0, 0.0), "range", "none known"),
        ((1.0, 2.0, math.nan), "high", "no upper end"),
        ((0.0, 2.0, 3.0), "low", "none known"),
        ((1.0, 2.0, 3.0), "stated", "$2 bn"),
        ((math.nan, math.nan, math.nan), "range", NOT_YET),
    ],
)
def test_a_quantity_reads_as_its_evidence_allows(
    value: tuple[float, float, float], end: str, text: str
) -> None:
    assert written(*value, end) == text


# Each headline by another way: from the bare rows, and as a referee has it.


@pytest.fixture(scope="module")
def asked(referee_book: Dealbook) -> quantities.Quantities:
    return quantities.of(referee_book)


@pytest.mark.parametrize(
    ("name", "end", "row"),
    [
        ("paid_in", "low", "paid_in.stated_else_low"),
        ("paid_in", "stated", "paid_in.stated_else_low"),
        ("paid_in", "high", "paid_in.high"),
        ("paid_in_by_suppliers", "stated", "paid_in_suppliers.stated_else_low"),
        ("paid_out", "low", "paid_out_without_loans.low"),
        ("paid_out", "high", "paid_out_without_loans.high"),
        ("paid_out_with_loans", "low", "paid_out.low"),
        ("paid_out_with_loans", "stated", "paid_out.stated"),
        ("paid_out_with_loans", "high", "paid_out.high"),
        ("to_pay_signed", "low", "binding_out_without_loans.low"),
        ("round_trip", "low", "round_trip.low"),
        ("round_trip", "high", "round_trip.high"),
        ("round_trip_with_loans", "high", "round_trip_with_loans.high"),
        ("round_trip_signed", "low", "round_trip_binding.low"),
        ("round_trip_signed", "high", "round_trip_binding.high"),
        ("round_trip_paid", "low", "round_trip_paid.low"),
        ("back_by_any_route", "high", "returnable.high"),
        ("back_by_any_route_signed", "high", "returnable_binding.high"),
        ("back_by_any_route_paid", "low", "returnable_paid.low"),
    ],
)  # fmt: skip
def test_a_total_is_what_the_referee_rebuilt(
    asked: quantities.Quantities, name: str, end: str, row: str
) -> None:
    assert REFEREE[row].agrees(getattr(asked[name], end))


@pytest.fixture(scope="module")
def first_gigawatt(book: Dealbook, referee_book: Dealbook) -> quantities.Quantities:
    """The frozen rows, with the steps of AMD's warrant as they are now: one gigawatt is ordered."""
    before = referee_book.events[referee_book.events.leg_id.ne("amd-warrant")]
    now = book.events[book.events.leg_id.eq("amd-warrant")]
    events = pd.concat([before, now[before.columns]], ignore_index=True)
    return quantities.of(replace(referee_book, events=events))


@pytest.mark.parametrize(
    ("name", "end", "row"),
    [
        ("to_come_in_signed", "high", "inflow_binding_first_gigawatt.high"),
        ("round_trip_signed", "high", "round_trip_binding_first_gigawatt.high"),
        ("back_by_any_route_signed", "high", "returnable_binding_first_gigawatt.high"),
        ("to_come_in_signed", "low", "inflow_binding_first_gigawatt.low"),
    ],
)
def test_with_the_part_of_the_warrant_that_binds_the_totals_are_the_referees(
    first_gigawatt: quantities.Quantities, name: str, end: str, row: str
) -> None:
    assert REFEREE[row].agrees(getattr(first_gigawatt[name], end))


def test_what_only_the_press_reports_is_what_the_referee_has_more_at_low_ends(
    asked: quantities.Quantities, referee_book: Dealbook
) -> None:
    # Broadcom's loan, 18, in the round trip; what Oracle buys of Nvidia, 30.1, on the way round.
    loan = REFEREE["round_trip_of_loans.low"].value
    assert asked["round_trip_with_loans"].low + loan == pytest.approx(
        REFEREE["round_trip_with_loans.low"].value, abs=0.01
    )
    chips = REFEREE["round_trip_of_open_ends.high"].value
    assert asked["back_by_any_route"].low + chips == pytest.approx(
        REFEREE["returnable.low"].value, abs=0.05
    )


@pytest.fixture(scope="module")
def bare() -> pd.DataFrame:
    """The frozen rows of the web that OpenAI pays or is paid, without loans and guarantees."""
    legs = bare_rows.ladder(FROZEN)
    legs = legs[legs.scope.isin(["focal", "openai", "onward"])]
    return legs[~legs.instrument.isin(["loan", "guarantee"])]


SAID = ("letter_of_intent", "announced", "estimated")


@pytest.fixture(scope="module")
def said(bare: pd.DataFrame) -> pd.DataFrame:
    """Low and high of each leg: of what a newspaper alone has said, only the contract is sure."""
    events = bare_rows.table(FROZEN, "events")
    statements = events[events.status.isin([*SAID, "reported"])]
    of_press = statements.status.eq("reported").groupby(statements.leg_id).all()
    press = bare.index.map(of_press).fillna(False).astype(bool)
    low = bare.announced_low.mask(press, bare.binding_low)
    return bare.assign(low=low, high=bare.announced_high)


def test_what_openai_is_to_pay_adds_up_from_the_bare_rows(
    asked: quantities.Quantities, said: pd.DataFrame
) -> None:
    out = said[said.payer_id.eq(FOCAL)]
    assert asked["to_pay"].low == pytest.approx(out.low.sum())
    assert out.high.isna().any()
    assert math.isnan(asked["to_pay"].high)


def test_what_is_to_come_in_adds_up_from_the_bare_rows(
    asked: quantities.Quantities, said: pd.DataFrame
) -> None:
    # The rest of the round of 2026, 9, may be Microsoft's or the funds': both legs end at it.
    come = said[said.payee_id.eq(FOCAL)]
    assert asked["to_come_in"].low == pytest.approx(come.low.sum())
    assert asked["to_come_in"].high == pytest.approx(come.high.sum())


def test_paid_in_and_paid_out_add_up_from_the_bare_rows(
    asked: quantities.Quantities, bare: pd.DataFrame
) -> None:
    for name, side in (("paid_in", "payee_id"), ("paid_out", "payer_id")):
        legs = bare[bare[side].eq(FOCAL)]
        stated = legs.paid.fillna(legs.paid_low)
        sums = (legs.paid_low.sum(), stated.sum(), legs.paid_high.sum())
        assert (asked[name].low, asked[name].stated, asked[name].high) == pytest.approx(sums)


def test_the_round_trip_is_the_smaller_side_of_each_partner_in_the_bare_rows(
    asked: quantities.Quantities, said: pd.DataFrame
) -> None:
    for end in ("low", "high"):
        back = 0.0
        for partner in set(said.payer_id) & set(said.payee_id) - {FOCAL}:
            come = said[said.payee_id.eq(FOCAL) & said.payer_id.eq(partner)][end]
            go = said[said.payer_id.eq(FOCAL) & said.payee_id.eq(partner)][end]
            back += float(np.fmin(come.sum(skipna=False), go.sum(skipna=False)))
        assert getattr(asked["round_trip"], end) == pytest.approx(back)


def test_what_can_come_back_is_the_flow_that_another_library_finds(
    asked: quantities.Quantities, referee_book: Dealbook
) -> None:
    web = quantities.View(referee_book, FOCAL).payments("announced")
    for end in ENDS:
        graph = nx.DiGraph()
        for payer, payee, amount in zip(web.payer, web.payee, web[end].fillna(1e4), strict=True):
            arc = (payer, "home" if payee == FOCAL else payee)
            room = graph.edges[arc]["capacity"] if arc in graph.edges else 0
            graph.add_edge(*arc, capacity=room + round(amount * 1e6))
        flow = nx.maximum_flow_value(graph, FOCAL, "home") / 1e6
        assert getattr(asked["back_by_any_route"], end) == pytest.approx(flow, abs=1e-4)


def test_the_external_share_is_the_part_of_those_that_openai_pays_nothing(
    asked: quantities.Quantities, bare: pd.DataFrame
) -> None:
    shares = bare[bare.payee_id.eq(FOCAL) & bare.instrument.eq("equity")]
    suppliers = set(bare.payee_id[bare.payer_id.eq(FOCAL)])
    stated = shares.paid.fillna(shares.paid_low)
    outside = stated[~shares.payer_id.isin(suppliers)].sum()
    assert asked["external_share_of_paid"].stated == pytest.approx(outside / stated.sum())
    assert asked["external_money_paid"].stated == pytest.approx(outside)


def test_the_gap_is_the_referees(asked: quantities.Quantities) -> None:
    # Rows e of the report: 107.80 with the round in talks, and 137.80 without.
    # Its low end keeps the plan's total where compute rises by the same sum a year (3 E3).
    assert REFEREE["gap.linear"].agrees(asked["gap"].low)
    assert REFEREE["gap.trough-deepened"].agrees(asked["gap"].stated)
    assert asked["gap_without_talks"].low == pytest.approx(asked["gap"].low + 30)
