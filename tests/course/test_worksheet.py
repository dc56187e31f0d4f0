"""Worksheets: each answer is whole, the only one, and no typical mistake leads to it."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from tightrope.course import worksheet
from tightrope.course.worksheet import Sheet
from tightrope.course.worksheet_web import HUB, LENDER


def by_hand(sheet: Sheet) -> dict[str, Fraction]:
    """The six answers by trying everything, in whole numbers and fractions."""
    web = {(one.payer, one.payee): one.amount for one in sheet.drawn.payments}
    trip = sum(
        min(sum_, web.get((payee, HUB), 0)) for (payer, payee), sum_ in web.items() if payer == HUB
    )
    firms = sorted({one for pair in web for one in pair} - {HUB})
    cuts = []
    for size in range(len(firms) + 1):
        for group in combinations(firms, size):
            near = {HUB, *group}
            cut = [
                pair for pair in web if pair[0] in near and (pair[1] == HUB or pair[1] not in near)
            ]
            cuts.append((sum(web[pair] for pair in cut), cut))
    least = min(sum_ for sum_, _ in cuts)
    cheapest = [cut for sum_, cut in cuts if sum_ == least]
    assert len(cheapest) == 1, sheet.seed
    float_ = sum(year.paid_in - year.paid_out for year in sheet.drawn.years[:3])
    lacks = sheet.drawn.owes - sheet.drawn.others
    return {
        "a": Fraction(trip),
        "b": Fraction(least),
        "c": Fraction(max(web[pair] for pair in cheapest[0])),
        "d": Fraction(float_),
        "e": Fraction(100 * lacks, sheet.drawn.due),
        "f": to_lender(sheet),
    }


def to_lender(sheet: Sheet) -> Fraction:
    """What the lender gets: all pay in full, then what they can, until nothing changes."""
    dues, cash = sheet.drawn.dues, sheet.drawn.cash
    owed = {firm: sum(one.amount for one in dues if one.payer == firm) for firm in cash}
    pays = {firm: Fraction(sum_) for firm, sum_ in owed.items()}
    while True:
        gets = {
            firm: sum(
                (
                    pays[one.payer] * one.amount / owed[one.payer]
                    for one in dues
                    if one.payee == firm
                ),
                Fraction(0),
            )
            for firm in cash
        }
        now = {firm: min(Fraction(owed[firm]), cash[firm] + gets[firm]) for firm in cash}
        if now == pays:
            return gets[LENDER]
        pays = now


def hold(seed: int) -> None:
    sheet = worksheet.sheet(seed)
    right = by_hand(sheet)
    for one in sheet.answers:
        assert Fraction(one.value) == right[one.part], (seed, one.part)
        assert right[one.part].denominator == 1, (seed, one.part)
        assert right[one.part] > 0
        for mistake in one.mistakes:
            assert abs(float(mistake.value) - float(one.value)) >= 1, (
                seed,
                one.part,
                mistake.words,
            )


def test_of_fifty_seeds_every_answer_is_what_trying_everything_gives() -> None:
    for seed in range(50):
        hold(seed)


@pytest.mark.matrix
@pytest.mark.parametrize("hundred", range(10))
def test_of_a_thousand_seeds_every_answer_is_what_trying_everything_gives(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        hold(seed)


def test_a_seed_gives_its_sheet_again_and_no_other_seed_gives_it() -> None:
    assert worksheet.sheet(7) == worksheet.sheet(7)
    assert len({worksheet.sheet(seed).page() for seed in range(20)}) == 20


def test_the_sheet_shows_all_numbers_that_are_needed_and_none_of_its_answers() -> None:
    sheet = worksheet.sheet(7)
    page = sheet.page()
    shown = re.findall(r'<td class="sum">(\d+)</td>', page)
    drawn = sheet.drawn
    needed = [one.amount for one in (*drawn.payments, *drawn.dues)] + list(drawn.cash.values())
    needed += [sum_ for year in drawn.years for sum_ in year]
    assert sorted(map(int, shown)) == sorted(needed)
    told = [mistake.words for one in sheet.answers for mistake in one.mistakes]
    assert [words for words in told if words in page] == []
    assert 'class="key"' not in page


def test_the_key_is_a_file_of_its_own_with_every_answer_and_the_cut(tmp_path: Path) -> None:
    assert worksheet.main(["--seed", "7", "--out", str(tmp_path)]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "worksheet-seed-7-key.html",
        "worksheet-seed-7.html",
    ]
    key = (tmp_path / "worksheet-seed-7-key.html").read_text(encoding="utf-8")
    for one in worksheet.sheet(7).answers:
        assert f"<strong>{one.part}: {one.value:.0f}</strong>" in key


def test_a_seed_that_is_no_number_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert worksheet.main(["--seed", "seven", "--out", str(tmp_path)]) == 2
    assert "SEED must be a whole number" in capsys.readouterr().err
