"""Who paid in which year, and the external share with one assumption changed."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters.whose_money import papers, readers, years
from tightrope.chapters.whose_money.readers import Change, changed_share
from tightrope.chapters.whose_money.years import OUTSIDE, SUPPLIER
from tightrope.dealbook import Dealbook
from tightrope.quantities import of
from tightrope.quantities.external import READINGS, external
from tightrope.quantities.view import View

DAYS = ["", "2026-03-01", "2025-10-31", "2023-02-01", "2020-06-01"]


@pytest.mark.parametrize("day", DAYS)
def test_what_is_said_to_be_paid_adds_up_to_the_quantity(book: Dealbook, day: str) -> None:
    known = book.as_of(day)
    table = years.paid_in(View(known, "openai"), 2024)
    said = table[table.is_said]
    q = of(known)["paid_in"]
    assert (said.low.sum(), said.high.sum()) == pytest.approx((q.low, q.high))


def test_what_is_only_agreed_is_sure_of_nothing(book: Dealbook) -> None:
    table = years.paid_in(View(book.as_of("2026-10-09"), "openai"), 2024)
    agreed = table[~table.is_said].set_index("payer")
    # The private investors' 3 to 4, and the rest of the round, 8 to 9.
    assert agreed.high.to_dict() == {"private-investors": 4, "financial-investors": 9}
    assert agreed.low.eq(0).all()


def test_a_step_counts_in_its_year_and_a_late_proof_leaves_the_year_open(tiny: Dealbook) -> None:
    table = years.paid_in(View(tiny, "openai"), 2000)
    paid = tiny.events[tiny.events.status.eq("paid") & tiny.events.leg_id.eq("stake-cash")]
    assert list(table.year) == sorted(paid.happened_on.dt.year)
    assert table.low.sum() == pytest.approx(paid.amount_usd_bn.max())


@pytest.mark.parametrize("day", DAYS[:3])
def test_the_bars_hold_all_payments_and_all_revenue(book: Dealbook, day: str) -> None:
    view = View(book.as_of(day), "openai")
    bars = years.sources_and_uses(view, 2024)
    sources = bars[bars.side.eq("source")]
    paid = years.paid_in(view, 2024)
    revenue = years.by_year(view.book, "openai", "revenue")
    for end in ("low", "high"):
        came = sum(getattr(year, end) for year in revenue.values())
        assert sources[end].sum() == pytest.approx(paid[end].sum() + came)


def test_a_years_share_is_outsiders_least_over_suppliers_most(book: Dealbook) -> None:
    # 2026 as known on 9 October: outsiders surely 30 + 12.4; suppliers up to 50 + 30 + 1.86 + 0.2,
    # and all of the rest of the round, 9, may be Microsoft's.
    share = years.year_shares(View(book.as_of("2026-10-09"), "openai"), 2024)["2026"]
    assert share.outside_low == pytest.approx(42.4)
    assert share.supplier_high == pytest.approx(82.06)
    assert share.least == pytest.approx(42.4 / (42.4 + 82.06 + 9))
    assert share.most == pytest.approx(55.4 / (55.4 + 61.02))


def figures(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    names = ["period", "nature", "value", "known_on"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        financial_id=[f"row-{n}" for n in range(len(rows))],
        party_id="openai",
        metric="revenue",
        value_low=math.nan,
        value_high=math.nan,
        known_on=pd.to_datetime(table.known_on),
    )


@pytest.mark.parametrize(
    ("rows", "value", "part"),
    [
        ([("2022", "actual", 9.0, "2023-01-01"), ("2022-Q1", "actual", 2.0, "2022-05-01")], 9, ""),
        ([("2022-Q1", "actual", 2.0, "2022-05-01"), ("2022-Q2", "actual", 3.0, "2022-08-01")], 5, "first half"),
        ([("2022-H1", "actual", 4.0, "2022-08-01"), ("2022", "estimate", 8.0, "2022-09-01")], 4, "first half"),
        ([("2022", "estimate", 7.0, "2022-05-01"), ("2022", "estimate", 8.0, "2022-09-01")], 8, ""),
    ],
)  # fmt: skip
def test_a_whole_year_comes_before_its_parts_and_they_before_an_estimate(
    tiny: Dealbook, rows: list[tuple[str, str, float, str]], value: float, part: str
) -> None:
    known = replace(tiny, financials=figures(*rows), day=pd.Timestamp("2023-06-01"))
    year = years.by_year(known, "openai", "revenue")[2022]
    assert (year.low, year.high, year.part) == (value, value, part)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("layer", ["announced", "binding"])
def test_without_a_change_it_is_the_quantity(book: Dealbook, reading: str, layer: str) -> None:
    view = View(book, "openai")
    assert changed_share(view, reading, layer) == external(view, reading, layer)


def test_of_what_is_paid_a_silent_supplier_may_have_got_all_or_nothing(book: Dealbook) -> None:
    view = View(book, "openai")
    strict, net = (changed_share(view, reading, "paid").share for reading in READINGS[:2])
    assert net.low == pytest.approx(strict.low)
    assert net.high > strict.high


def test_two_parties_taken_as_one_lose_what_either_gave(book: Dealbook) -> None:
    view = View(book, "openai")
    apart = changed_share(view, "strict")
    one = changed_share(view, "strict", change=Change(one={"sb-energy": "softbank"}))
    softbank = of(book, partner="softbank")["to_come_in_for_shares"]
    assert apart.usd_bn.low - one.usd_bn.low == pytest.approx(softbank.low)


def test_customers_money_is_external_on_every_reading(book: Dealbook) -> None:
    view = View(book, "openai")
    for reading in READINGS:
        plain = changed_share(view, reading)
        more = changed_share(view, reading, change=Change(customers=(10.0, 12.0)))
        assert more.usd_bn.low - plain.usd_bn.low == pytest.approx(10)
        assert more.usd_bn.high - plain.usd_bn.high == pytest.approx(12)


def test_whoever_is_paid_what_it_gives_gives_nothing_net(book: Dealbook) -> None:
    view = View(book, "openai")
    change = Change(buys_from=tuple(view.suppliers()))
    assert changed_share(view, "net", change=change) == changed_share(view, "strict")


def test_what_only_the_press_reports_comes_in_by_a_change_alone(book: Dealbook) -> None:
    view = View(book.as_of("2026-10-09"), "openai")
    heard = changed_share(view, "strict", change=Change(reports=True)).inflow
    said = changed_share(view, "strict").inflow
    assert heard.stated - said.stated == pytest.approx(30)


def test_a_draw_stays_within_the_exact_ends_where_all_promises_hold(tiny: Dealbook) -> None:
    # The toy web: a stake by the cloud that is paid for its service, a letter by nobody's supplier.
    view = View(tiny.as_of("2021-06-01"), "openai")
    drawn = readers.weighed_share(view, "strict", "announced", 50, 1)
    assert drawn.share == (0, 0, 0)


def test_a_draw_by_any_route_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="any route"):
        readers.weighed_share(View(tiny, "openai"), "any route", "announced", 5, 1)


def test_kinds_are_told_by_whom_the_party_pays(book: Dealbook) -> None:
    bars = years.sources_and_uses(View(book, "openai"), 2024)
    kinds = bars[bars.block.eq("2026")].groupby("name").kind.first()
    assert (kinds["Amazon"], kinds["SoftBank"]) == (SUPPLIER, OUTSIDE)


def test_a_vendors_own_money_lies_between_its_part_of_all_and_all_that_it_gave() -> None:
    # Goldman Sachs' table: 17, 10 and 9, of which 13 go to the vendor; methods.md has 3.6 to 10.
    sources = {"customers": 17.0, "nvidia": 10.0, "others": 9.0}
    own = papers.own_money(sources, "nvidia", (13.0, 26.0))
    assert (own.low, own.high) == pytest.approx((13 * 10 / 36, 10))
    assert (own.revenue_low, own.revenue_high) == (13, 26)
    # Of the smaller revenue 10 of 13 at most, of any revenue 10 of 36 at least.
    assert (own.share_low, own.share_high) == pytest.approx((10 / 36, 10 / 13))


def test_a_rebate_is_widest_where_worth_and_purchases_lie_apart() -> None:
    assert papers.rebate((2.0, 3.0), (10.0, 20.0)) == pytest.approx((2 / 20, 3 / 10))
