"""The cases: no hindsight, the same sums by another path, and nothing typed."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tightrope import counting, ledger, paths, quantities
from tightrope.course.cases import (
    days,
    exhibit,
    handouts,
    lucent,
    lucent_questions,
    openai,
    openai_facts,
    openai_questions,
    since,
)
from tightrope.course.cases.questions import brier
from tightrope.course.cases.references import References
from tightrope.course.cases.tongue import ENGLISH, GERMAN
from tightrope.dealbook import WEB, Dealbook
from tightrope.templates import FOLDER
from tightrope.units import usd_bn_range

from .conftest import raw

CASES = {"openai": handouts.OPENAI, "lucent": handouts.LUCENT}
STAGES = [(case, stage) for case in CASES for stage in handouts.STAGES]
TEMPLATES = sorted((FOLDER / "course" / "cases").glob("*.html"))
FIRST, LAST = pd.Timestamp("2025-01-31"), pd.Timestamp("2026-10-09")


@pytest.fixture(scope="module")
def sheets(book: Dealbook) -> dict[str, str]:
    """The handouts on OpenAI, by stage."""
    return {stage: handouts.handout(handouts.OPENAI, book, stage) for stage in handouts.STAGES}


def late_rows(rows: tuple[str, ...], day: str) -> list[str]:
    """Rows of `data/` that were not public on `day`, read without the engine."""
    events, legs = raw("events"), raw("legs")
    found = []
    for row in rows:
        table, _, key = row.partition("/")
        if table == "legs":
            days_ = events.known_on[events.leg_id.eq(key)]
        elif table == "parties":
            own = legs.index[legs.payer_id.eq(key) | legs.payee_id.eq(key)]
            days_ = events.known_on[events.leg_id.isin(own)]
        else:
            days_ = pd.Series([raw(table).known_on[key]])
        if not (days_ <= day).any():
            found.append(row)
    return found


@settings(max_examples=12)
@given(day=st.dates(FIRST.date(), LAST.date()))
def test_no_exhibit_on_openai_has_a_row_known_after_its_day(book: Dealbook, day: object) -> None:
    known = book.as_of(str(day))
    shown = [*openai.exhibits(known, ENGLISH).values()]
    shown.append(since.exhibit(known, "2025-01-31", ENGLISH))
    rows = tuple(row for one in shown for row in one.all_rows)
    assert exhibit.late(book, rows, str(day)) == []


@settings(max_examples=25)
@given(day=st.dates(pd.Timestamp("1998-10-31").date(), pd.Timestamp("2006-12-31").date()))
def test_no_exhibit_on_lucent_has_a_row_known_after_its_day(book: Dealbook, day: object) -> None:
    shown = lucent.exhibits(book.as_of(str(day)), ENGLISH).values()
    assert exhibit.late(book, (row for one in shown for row in one.all_rows), str(day)) == []


@pytest.mark.parametrize(("case", "stage"), STAGES)
def test_the_files_themselves_say_that_every_row_was_public(
    book: Dealbook, case: str, stage: str
) -> None:
    values = CASES[case].values(book, stage, ENGLISH)
    rows = tuple(row for one in values["e"].values() for row in one.all_rows)
    day = f"{CASES[case].days.books(book)[stage].day:%Y-%m-%d}"
    assert len(rows) > 3
    assert late_rows(rows, day) == []


def test_a_row_of_a_later_day_would_be_found(book: Dealbook) -> None:
    letter = "events/nvidia-letter-equity-replaced-2026-02-27"
    assert exhibit.late(book, [letter, "events/no-such-row"], "2026-02-26") == [
        letter,
        "events/no-such-row",
    ]
    assert exhibit.late(book, [letter], "2026-02-27") == []


@pytest.mark.parametrize(("case", "stage"), STAGES)
def test_no_document_is_named_that_came_out_after_the_day(
    book: Dealbook, case: str, stage: str
) -> None:
    day = f"{CASES[case].days.books(book)[stage].day:%Y-%m-%d}"
    listed = CASES[case].values(book, stage, ENGLISH)["refs"].listed
    assert [one for one in listed if one.published > day[: len(one.published)]] == []
    assert [one.number for one in listed] == list(range(1, len(listed) + 1))


def summed(book: Dealbook, day: str, layer: str, side: str) -> tuple[float, float]:
    """Low and high end from the spells of the whole history, not from the book as of the day."""
    spells = counting.spells(book.within(*WEB))
    held = spells[spells.since.le(day) & (spells.until.isna() | spells.until.gt(day))]
    own = counting.given(held[held[side].eq("openai")])
    has_part = own.leg_id.map(book.legs.set_index("leg_id").part_of_leg_id).isin(own.leg_id)
    high = own.loc[~has_part, f"{layer}_high"].sum(skipna=False)
    return float(own[f"{layer}_low"].sum()), float(high)


@pytest.mark.parametrize("stage", handouts.STAGES)
@pytest.mark.parametrize(
    ("name", "layer", "side"),
    [
        ("to_come_in", "announced", "payee_id"),
        ("to_come_in_signed", "binding", "payee_id"),
        ("paid_in", "paid", "payee_id"),
        ("to_pay", "announced", "payer_id"),
        ("to_pay_signed", "binding", "payer_id"),
        ("paid_out", "paid", "payer_id"),
    ],
)
def test_the_sums_of_each_day_are_those_of_the_spells_of_history(
    book: Dealbook, sheets: dict[str, str], stage: str, name: str, layer: str, side: str
) -> None:
    known = days.OPENAI.books(book)[stage]
    low, high = summed(book, f"{known.day:%Y-%m-%d}", layer, side.removesuffix("_id"))
    assert quantities.of(known)[name].low == pytest.approx(low)
    assert quantities.of(known)[name].high == pytest.approx(high, nan_ok=True)
    if high != 0:
        # Sums in another order leave dust, and a tie is rounded by it.
        assert usd_bn_range(round(low, 9), round(high, 9)) in sheets[stage]


def test_case_c_has_the_accepted_numbers_of_the_book(sheets: dict[str, str]) -> None:
    golden = pd.read_csv(paths.ROOT / "tests" / "golden" / "facts.csv").set_index("fact").written
    for name in ("paid_in", "round_trip", "back_by_any_route"):
        assert golden[f"at-a-glance.{name}"] in sheets["C"]


@pytest.mark.parametrize("stage", handouts.STAGES)
def test_the_partners_lines_come_to_the_sum_of_the_ladder(book: Dealbook, stage: str) -> None:
    known = days.OPENAI.books(book)[stage]
    cells = [line.cells for line in openai.flows(known, ENGLISH).lines]
    # The third and the sixth cell are what is known to be paid, in and out.
    for place, name in ((3, "paid_in"), (6, "paid_out")):
        highs = [_high(row[place]) for row in cells]
        assert sum(highs) == pytest.approx(quantities.of(known)[name].high, abs=0.05 * len(cells))


def _high(cell: str) -> float:
    if cell == "–":
        return 0.0
    number, unit = re.search(r"([\d.,]+)\s(bn|m)$", cell).groups()  # type: ignore[union-attr]  # a cell has one form
    return float(number.replace(",", "")) / (1 if unit == "bn" else 1000)


@pytest.mark.parametrize(
    ("case", "came"),
    [
        ("openai", {"B": {"paid", "plan"}, "C": {"shares", "paid", "plan", "debt"}}),
        (
            "lucent",
            {"B": {"contract", "drawn"}, "C": {"contract", "drawn", "ended", "rescue", "court"}},
        ),
    ],
)
def test_later_days_settle_what_was_asked(
    book: Dealbook, case: str, came: dict[str, set[str]]
) -> None:
    books = CASES[case].days.books(book)
    asked = {one.id: one for one in CASES[case].questions}
    for stage in handouts.STAGES:
        found = {name for name, one in asked.items() if one.outcome(books["A"], books[stage])}
        assert found == came.get(stage, set())


def test_the_letter_is_asked_about_at_its_sum_and_was_replaced_on_the_second_day(
    book: Dealbook,
) -> None:
    books = days.OPENAI.books(book)
    letter = openai_questions.QUESTIONS[0]
    assert letter.thresholds(books["A"]) == {"letter": 100.0}
    ladder = ledger.ladder(books["B"]).set_index("leg_id")
    assert ladder.status[openai_questions.LETTER] == "replaced"
    assert lucent_questions.QUESTIONS[1].thresholds(days.LUCENT.books(book)["A"]) == {
        "line": 2.0,
        "target": 0.5,
    }


def test_case_a_says_rightly_which_promise_and_which_order_is_the_largest(book: Dealbook) -> None:
    known = days.OPENAI.books(book)["A"].within(*WEB)
    promised = counting.given(counting.counted(known, "announced")).set_index("leg_id")
    promised = promised[promised.payee.eq("openai")]
    signed = counting.given(counting.counted(known, "binding")).set_index("leg_id")
    signed = signed[signed.payer.eq("openai")]
    assert promised.stated.idxmax() == promised.high.idxmax() == openai_questions.LETTER
    assert signed.stated.idxmax() == openai_facts.ORDER


def test_a_score_is_the_mean_squared_distance() -> None:
    # (0.8 − 1)² = 0.04, (0.3 − 0)² = 0.09; their mean is 0.065.
    assert brier([0.8, 0.3], [True, False]) == pytest.approx(0.065)
    assert brier([0.5] * 6, [True, False] * 3) == 0.25
    with pytest.raises(ValueError, match="argument 2 is longer"):
        brier([0.5], [True, False])
    with pytest.raises(ValueError, match="nothing to score"):
        brier([], [])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_an_amount(template: Path) -> None:
    text = re.sub(r"{[{%#].*?[}%#]}", " ", template.read_text(encoding="utf-8"), flags=re.S)
    if template.name != "style.html":
        assert re.findall(r"[$€]|\d\s?%|\d\s?(?:bn|billion|Mrd|Mio)\b", text) == []


def test_the_german_case_says_the_same_sums_in_german(book: Dealbook) -> None:
    page = BeautifulSoup(handouts.handout(handouts.OPENAI, book, "A", GERMAN), "html.parser")
    for example in page.select("[lang=en], .sources, style, title"):
        example.decompose()
    text = page.get_text(" ").replace("\xa0", " ")
    assert re.findall(r"\$\d|\d\s?bn\b|\b(?:at least|up to|paid|signed|round trip)\b", text) == []
    assert "mindestens 938 Mrd. $" in text
    assert "31. Oktober 2025" in text
    english, german = (
        openai.exhibits(days.OPENAI.books(book)["A"], tongue) for tongue in (ENGLISH, GERMAN)
    )
    assert [one.all_rows for one in english.values()] == [one.all_rows for one in german.values()]


def test_a_document_that_came_later_is_not_named_by_its_title(book: Dealbook) -> None:
    known = book.as_of("2025-10-31")
    one = exhibit.Exhibit(
        "x", (), (exhibit.Line((), ("financials/openai-free-cash-flow-2025-plan-2025-q1",)),)
    )
    listed = References(known, [one]).listed
    assert [(entry.title, entry.published) for entry in listed] == [("", "")]
