"""The web: who stands where, what a band holds, where it lies, and what the page's script gets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from tightrope import accounts, counting, dealbook
from tightrope.charts.web import model, paths, sides
from tightrope.charts.web.columns import Columns, arranged
from tightrope.charts.web.drawing import Web, sliced
from tightrope.charts.web.grid import COLUMNS, WIDE
from tightrope.charts.web.model import NOTHING, Band, Loop, Parts, Spell, Step
from tightrope.charts.web.stack import THIN, Lie, stacked
from tightrope.charts.web.states import days, states
from tightrope.dealbook import Dealbook

NAN = math.nan
DAY = pd.Timestamp("2025-06-30")
LAB, CLOUD, MAKER = "lab", "cloud", "maker"
OUT, ON, BACK = Band(LAB, CLOUD, "out"), Band(CLOUD, MAKER, "onward"), Band(MAKER, LAB, "in")
FUND, BANK = Band("fund", LAB, "in"), Band("bank", "fund", "borrowed")
LOOP: dict[Band, Parts] = {
    OUT: Parts(10, 20, 30, 40),
    ON: Parts(0, 50, 0, 0),
    BACK: Parts(5, 0, 0, 0),
    FUND: Parts(8, 0, 0, 0),
    BANK: Parts(0, 2, 0, 0),
}


def spell(
    band: Band, low: tuple[float, float, float], high: float, since: str, until: str = ""
) -> Spell:
    """A spell on the three layers announced, binding and paid; `high` is that of the first."""
    layers = ("announced", "binding", "paid")
    ends = dict(zip(layers, low, strict=True))
    return Spell(
        band,
        pd.Timestamp(since),
        pd.Timestamp(until) if until else pd.NaT,
        ends,
        ends | {"announced": high},
    )


class TestParts:
    def test_a_band_is_paid_then_signed_then_talked_about_then_open_to_its_high_end(self) -> None:
        rows = [spell(OUT, (60, 30, 10), 100, "2025-01-01")]
        assert model.parts(rows, DAY, "announced") == {OUT: Parts(10, 20, 30, 40)}

    def test_what_is_signed_leaves_out_what_is_only_talked_about(self) -> None:
        rows = [spell(OUT, (60, 30, 10), 100, "2025-01-01")]
        assert model.parts(rows, DAY, "binding") == {OUT: Parts(10, 20, 0, 0)}
        assert model.parts(rows, DAY, "paid") == {OUT: Parts(10, 0, 0, 0)}

    def test_legs_of_one_band_add_up(self) -> None:
        rows = [spell(OUT, (9, 4, 1), 9, "2025-01-01"), spell(OUT, (1, 1, 1), 3, "2025-01-01")]
        assert model.parts(rows, DAY, "announced") == {OUT: Parts(2, 3, 5, 2)}

    def test_a_spell_counts_from_its_day_until_the_day_on_which_it_ends(self) -> None:
        rows = [spell(OUT, (1, 0, 0), 1, "2025-06-30", "2025-07-31")]
        days = [
            pd.Timestamp(day) for day in ("2025-06-29", "2025-06-30", "2025-07-30", "2025-07-31")
        ]
        assert [bool(model.parts(rows, day, "announced")) for day in days] == [
            False,
            True,
            True,
            False,
        ]

    def test_a_sum_that_nobody_published_is_open_and_no_zero(self) -> None:
        rows = [spell(OUT, (0, 0, 0), NAN, "2025-01-01")]
        assert model.parts(rows, DAY, "announced") == {OUT: Parts(0, 0, 0, 0, is_open=True)}

    def test_a_band_without_anything_on_a_layer_is_left_out(self) -> None:
        assert model.parts([spell(OUT, (5, 0, 0), 5, "2025-01-01")], DAY, "paid") == {}

    def test_the_most_of_a_band_is_that_of_its_largest_day(self) -> None:
        rows = [
            spell(OUT, (400, 0, 0), 400, "2025-01-01", "2025-03-01"),
            spell(OUT, (5, 0, 0), 5, "2025-03-01"),
        ]
        assert model.most(rows) == {OUT: Parts(0, 0, 400, 0)}

    def test_the_bands_of_the_book_add_up_to_what_its_legs_count(self, book: Dealbook) -> None:
        web = book.within(*dealbook.WEB)
        found = model.parts(model.spells(counting.spells(web), "openai"), book.day, "announced")
        on = {layer: counting.counted(web, layer).set_index("leg_id") for layer in dealbook.LAYERS}
        legs = on["announced"]
        least = pd.concat([legs_of.low for legs_of in on.values()], axis=1).max(axis=1)
        hues = accounts.directions(legs, "openai")
        for band, part in found.items():
            own = legs.index[
                legs.payer.eq(band.payer) & legs.payee.eq(band.payee) & hues.eq(band.hue)
            ]
            low = part.paid + part.signed + part.talked
            assert low == pytest.approx(least[own].sum())
            if not part.is_open:
                tops = legs.high[own].combine(least[own], max)
                assert part.total == pytest.approx(tops.sum())


class TestSpells:
    @pytest.mark.parametrize("layer", dealbook.LAYERS)
    @pytest.mark.parametrize("end", counting.ENDS)
    def test_what_still_holds_counts_as_the_legs_do_today(
        self, book: Dealbook, layer: str, end: str
    ) -> None:
        web = book.within(*dealbook.WEB)
        held = counting.spells(web)
        held = held[held.until.isna()].set_index("leg_id")[f"{layer}_{end}"]
        legs = counting.counted(web, layer).set_index("leg_id")[end]
        pd.testing.assert_series_equal(held.reindex(legs.index), legs, check_names=False)
        rest = held.drop(legs.index)
        assert rest.fillna(1).eq(0).all()

    def test_on_an_earlier_day_they_count_as_the_book_of_that_day_does(
        self, book: Dealbook
    ) -> None:
        day = pd.Timestamp("2025-10-31")
        then = counting.counted(book.as_of("2025-10-31").within(*dealbook.WEB), "announced")
        known = counting.spells(book.within(*dealbook.WEB))
        held = known[known.since.le(day) & (known.until.isna() | known.until.gt(day))]
        stated = held.set_index("leg_id").announced_stated.reindex(then.leg_id)
        # A part that joined a whole only later counts by itself until then.
        is_whole = then.part_of.eq("").to_numpy()
        assert stated[is_whole].tolist() == pytest.approx(then.stated[is_whole].tolist())


class TestColumns:
    def test_who_is_paid_stands_right_and_who_only_pays_left(self) -> None:
        columns = arranged(LOOP, LAB)
        assert {name: columns.of[name] for name in COLUMNS} == {
            "backers": ("bank",),
            "investors": ("fund",),
            "focal": (LAB,),
            "suppliers": (CLOUD,),
            "onward": (MAKER,),
            "beyond": (),
        }

    def test_without_investors_the_web_begins_at_the_left_edge(self) -> None:
        whole, alone = arranged(LOOP, LAB).grid, arranged({OUT: Parts(1, 0, 0, 0)}, LAB).grid
        assert alone.left["focal"] == whole.left["backers"]
        assert alone.left["suppliers"] - alone.left["focal"] == (
            whole.left["suppliers"] - whole.left["focal"]
        )

    def test_a_supplier_whom_others_pay_more_stands_onward(self) -> None:
        direct = LOOP | {Band(LAB, MAKER, "out"): Parts(0, 0, 0, 49)}
        assert arranged(direct, LAB).of["onward"] == (MAKER,)
        more = LOOP | {Band(LAB, MAKER, "out"): Parts(0, 0, 0, 51)}
        assert MAKER in arranged(more, LAB).of["suppliers"]

    def test_who_leads_to_a_loop_stands_above_larger_ones(self) -> None:
        web = LOOP | {Band(LAB, "landlord", "out"): Parts(0, 900, 0, 0)}
        assert arranged(web, LAB).of["suppliers"] == (CLOUD, "landlord")

    def test_who_is_tied_to_nobody_here_stands_apart_and_last(self) -> None:
        web = LOOP | {Band("state", "builder", "onward"): Parts(0, 0, 0, 30)}
        columns = arranged(web, LAB)
        assert columns.apart == {"state", "builder"}
        assert columns.of["backers"][-1] == "state"
        assert columns.of["investors"][-1] == "builder"

    def test_every_party_of_the_book_has_one_place(self, book: Dealbook) -> None:
        spells = model.spells(counting.spells(book.within(*dealbook.WEB)), "openai")
        columns = arranged(model.most(spells), "openai")
        placed = [party for name in COLUMNS for party in columns.of[name]]
        bands = model.bands(spells)
        assert len(placed) == len(set(placed))
        assert set(placed) >= {party for band in bands for party in (band.payer, band.payee)}


class TestStack:
    def test_a_band_is_as_thick_as_its_dollars(self) -> None:
        stack = stacked(LOOP, arranged(LOOP, LAB))
        assert stack.lies[OUT].thick == pytest.approx(100 * WIDE.scale)
        assert stack.lies[BANK].thick == THIN

    def test_a_bar_is_as_high_as_the_bands_at_its_fuller_side(self) -> None:
        web = LOOP | {Band(LAB, "landlord", "out"): Parts(0, 200, 0, 0)}
        bars = stacked(web, arranged(web, LAB)).bars
        assert bars[LAB].height == pytest.approx((100 + 200) * WIDE.scale + 2)
        assert bars[CLOUD].height == pytest.approx(100 * WIDE.scale)

    def test_what_comes_back_by_others_goes_over_all(self) -> None:
        stack = stacked(LOOP, arranged(LOOP, LAB))
        assert stack.lies[BACK].kind == "over"
        assert stack.lies[BACK].lane < min(bar.y for bar in stack.bars.values())

    def test_what_passes_the_party_in_the_middle_goes_under_it(self) -> None:
        web = LOOP | {Band("fund", CLOUD, "onward"): Parts(1, 0, 0, 0)}
        stack = stacked(web, arranged(web, LAB))
        lie, bar = stack.lies[Band("fund", CLOUD, "onward")], stack.bars[LAB]
        assert lie.kind == "under"
        assert lie.lane > bar.y + bar.height

    def test_both_ways_between_two_parties_lie_side_by_side(self) -> None:
        web = {OUT: Parts(0, 100, 0, 0), Band(CLOUD, LAB, "in"): Parts(10, 0, 0, 0)}
        stack = stacked(web, arranged(web, LAB))
        out, back = stack.lies[OUT], stack.lies[Band(CLOUD, LAB, "in")]
        assert back.y1 == pytest.approx(out.y0 + out.thick + 10)

    @pytest.mark.parametrize("day", ["2019-12-31", "2025-09-30", "2026-10-08"])
    def test_no_two_bands_of_the_book_overlap_at_a_bar(self, book: Dealbook, day: str) -> None:
        spells = model.spells(counting.spells(book.within(*dealbook.WEB)), "openai")
        columns = arranged(model.most(spells), "openai")
        parts = model.parts(spells, pd.Timestamp(day), "announced")
        stack = stacked(parts, columns)
        for (party, side), found in sides.ends(parts, columns).items():
            if side == "t":
                continue
            spans = sorted(
                (lie.y0 if band.payer == party else lie.y1, lie.thick)
                for band in found
                for lie in [stack.lies[band]]
            )
            for (y, thick), (below, _) in pairwise(spans):
                assert below >= y + thick
            bar = stack.bars[party]
            assert spans[0][0] >= bar.y
            assert sum(spans[-1]) <= bar.y + bar.height + 1e-6


class TestPaths:
    def test_a_part_of_a_band_across_is_a_closed_path(self) -> None:
        lie = Lie("across", 0, 10, 100, 50, 20)
        assert paths.band(lie, (5, 10)) == "M0,15C50,15 50,55 100,55v10C50,65 50,25 0,25Z"

    def test_around_a_side_a_band_bulges_to_the_right(self) -> None:
        # Both pulls lie 26 pixels, and an eighth of the way down, right of the bar.
        lie = Lie("side", 8, 0, 8, 100, 4)
        assert paths.band(lie, (0, 4)) == "M8,0C46,0 46,100 8,100v4C50,104 50,4 8,4Z"

    def test_a_band_over_all_has_corners(self) -> None:
        lie = Lie("over", 100, 74, 0, 74, 10, lane=40)
        assert paths.band(lie, (0, 10)) == ("M105,74L105,40L-5,40L-5,74L5,74L5,50L95,50L95,74Z")

    def test_a_band_under_the_middle_turns_down_and_up_again(self) -> None:
        lie = Lie("under", 0, 10, 300, 20, 2, lane=90)
        assert paths.inside(lie).startswith("M0,18L")
        assert paths.at(lie, 0.5) == (150, 91)

    def test_halfway_a_band_is_halfway_down(self) -> None:
        assert paths.at(Lie("across", 0, 10, 100, 50, 20), 0.5) == (50, 40)

    def test_parts_fill_a_band_from_its_upper_edge(self) -> None:
        lie = Lie("across", 0, 0, 100, 0, 30)
        assert sliced(lie, Parts(10, 0, 20, 70)) == [
            ("paid", (0, pytest.approx(3))),
            ("talked", (pytest.approx(3), pytest.approx(6))),
            ("high", (pytest.approx(9), pytest.approx(21))),
        ]

    def test_without_a_published_sum_a_band_is_dotted(self) -> None:
        assert sliced(Lie("across", 0, 0, 1, 0, 1.2), NOTHING) == [("open", (0.0, 1.2))]


def loops() -> list[Loop]:
    steps = (
        Step("one", {(LAB, CLOUD): "$100 bn"}),
        Step("two", {(CLOUD, MAKER): "$50 bn"}),
        Step("three", {(MAKER, LAB): "$5 bn paid"}),
    )
    return [Loop("maker", "Maker", "$5 bn", "Five can come back", steps)]


def drawn(lit: str) -> str:
    columns = arranged(LOOP, LAB)
    names = {party: f"The {party} & Co." for band in LOOP for party in band[:2]}
    web = Web(LOOP, columns, stacked(LOOP, columns), names, loops(), list(LOOP))
    return web.svg("web", "A title", "What a blind reader hears", lit)


class TestPicture:
    def test_the_bands_of_the_lit_loop_are_lit_and_no_other(self) -> None:
        svg = drawn("maker")
        for number, band in enumerate(LOOP):
            is_on = band in (OUT, ON, BACK)
            lit = " is-lit" if is_on else ""
            assert f'<g class="band {band.hue}{lit}" data-band="{number}"' in svg

    def test_its_steps_and_sums_are_on_the_picture(self) -> None:
        svg = drawn("maker")
        assert [f">{number}</text>" in svg for number in (1, 2, 3, 4)] == [True, True, True, False]
        assert "$5 bn paid" in svg

    def test_what_can_come_back_is_one_closed_line(self) -> None:
        line = drawn("maker").split('<path class="back" d="')[1].split('"')[0]
        assert line.startswith("M")
        assert line.endswith("Z")
        assert line.count("M") == 1

    def test_without_a_lit_loop_all_is_grey(self) -> None:
        assert " is-lit" not in drawn("").split("</style>")[1]

    def test_names_are_text_and_the_picture_has_words(self) -> None:
        svg = drawn("maker")
        assert "The maker &amp; Co." in svg
        assert '<title id="web-title">A title</title>' in svg
        assert '<desc id="web-desc">What a blind reader hears</desc>' in svg


class TestStates:
    ROWS = (
        spell(OUT, (60, 30, 10), 100, "2025-01-15"),
        spell(BACK, (5, 5, 5), 5, "2025-03-10"),
    )

    def columns(self) -> Columns:
        return arranged(model.most(self.ROWS), LAB)

    def made(self, rows: Sequence[Spell] = ROWS, day: str = "2025-03-20") -> dict[str, Any]:
        names = {LAB: "Lab", CLOUD: "Cloud", MAKER: "Maker"}
        return states(rows, self.columns(), pd.Timestamp(day), names)

    def test_the_days_are_those_on_which_something_became_known_and_the_last(self) -> None:
        rows = (*self.ROWS, spell(OUT, (1, 0, 0), 1, "2025-01-15", "2025-02-01"))
        found = days(rows, pd.Timestamp("2025-03-20"))
        assert [f"{day:%m-%d}" for day in found] == ["01-15", "02-01", "03-10", "03-20"]

    def test_a_day_that_is_after_the_last_is_left_out(self) -> None:
        found = days(self.ROWS, pd.Timestamp("2025-03-10"))
        assert [f"{day:%m-%d}" for day in found] == ["01-15", "03-10"]

    def test_a_day_on_which_nothing_changed_is_a_nought(self) -> None:
        first, second, third = self.made()["frames"]["announced"]
        assert set(first["bands"]) == {0}
        assert set(second["bands"]) == {1}
        assert third == 0

    def test_what_is_there_no_longer_is_a_nought(self) -> None:
        rows = (spell(OUT, (1, 0, 0), 1, "2025-01-15", "2025-02-01"), self.ROWS[1])
        _, second, third, _ = self.made(rows)["frames"]["announced"]
        assert second["bands"] == {0: 0}
        assert set(third["bands"]) == {1}

    def test_a_band_that_moves_with_its_bars_is_not_told_again(self) -> None:
        # What the lab pays another cloud pushes nothing inside the bars of the first.
        rows = (self.ROWS[0], spell(FUND, (9, 9, 9), 9, "2025-02-01"))
        columns = arranged(model.most(rows), LAB)
        names = {LAB: "Lab", CLOUD: "Cloud", "fund": "Fund"}
        made = states(rows, columns, pd.Timestamp("2025-03-20"), names)
        assert set(made["frames"]["announced"][1]["bands"]) == {1}

    def test_added_up_the_days_are_the_web_of_the_last(self) -> None:
        made = self.made()
        held: dict[int, Any] = {}
        for frame in made["frames"]["announced"]:
            held |= frame["bands"] if frame else {}
        parts = model.parts(self.ROWS, pd.Timestamp("2025-03-20"), "announced")
        stack = stacked(parts, self.columns())
        parties = list(made["names"])
        assert {n: value[3:7] for n, value in held.items()} == {
            0: [10_000, 20_000, 30_000, 40_000],
            1: [5_000, 0, 0, 0],
        }
        bars = {
            k: v for frame in made["frames"]["announced"] if frame for k, v in frame["bars"].items()
        }
        for number, band in enumerate((OUT, BACK)):
            top = bars[parties.index(band.payer)][0]
            assert (top + held[number][0]) / 10 == pytest.approx(stack.lies[band].y0, abs=0.11)

    def test_a_band_tells_its_sums_in_millions(self) -> None:
        made = self.made()
        assert made["frames"]["announced"][0]["bands"][0][3:] == [10_000, 20_000, 30_000, 40_000, 0]
        assert made["frames"]["paid"][0]["bands"][0][3:] == [10_000, 0, 0, 0, 0]


def test_a_small_web_has_a_larger_scale_and_a_large_one_the_usual() -> None:
    assert WIDE.fitted(10).scale == pytest.approx(15)
    assert WIDE.fitted(1_400) == WIDE
    assert WIDE.fitted(0) == WIDE
    assert model.beside(LOOP, LAB) == 100


def test_a_picture_with_another_scale_tells_the_pages_script() -> None:
    for grid, says in ((WIDE, False), (WIDE.fitted(10), True)):
        columns = arranged(LOOP, LAB, grid)
        names = {party: party for pair in LOOP for party in pair[:2]}
        web = Web(LOOP, columns, stacked(LOOP, columns), names, [], list(LOOP))
        assert ('data-scale="15"' in web.svg("web", "A web", "All of it", "none")) is says
