"""One dollar round small webs, worked by hand: its steps, their rows, and the headline."""

from __future__ import annotations

import pytest

from tightrope.chapters import follow_one_dollar as chapter
from tightrope.chapters import follow_one_dollar_figures as figures
from tightrope.chapters.follow_one_dollar import Loop
from tightrope.dealbook import Dealbook

from .books import Leg, Step
from .opened import opened
from .ringed import AROUND, CHIPS, CLOUD, LAB, OWNED, SIDES, book_of

BN = "\N{NO-BREAK SPACE}bn"


def around(toy: Dealbook, legs: dict[str, Leg] = AROUND) -> Loop | None:
    return chapter.by_way_of(opened(book_of(toy, legs)), [CLOUD], CHIPS)


def test_the_steps_follow_the_money_and_the_last_says_what_can_come_back(tiny: Dealbook) -> None:
    loop = around(tiny)
    assert loop is not None
    assert [(one.head, one.sum) for one in loop.steps] == [
        ("OpenAI → Microsoft", f"$30{BN}"),
        ("Microsoft → Nvidia", f"$6–20{BN}"),
        ("Nvidia → OpenAI", f"$8{BN}"),
    ]
    assert [one.back.sum if one.back else "" for one in loop.steps] == ["", "", f"$6–8{BN}"]


def test_a_step_says_rung_by_rung_how_sure_it_is(tiny: Dealbook) -> None:
    loop = chapter.straight(opened(book_of(tiny, SIDES)), CLOUD)
    assert loop is not None
    assert [list(one.lines) for one in loop.steps] == [
        [
            ("paid", f"$5{BN} paid"),
            ("binding", f"$25{BN} signed"),
            ("announced", f"$10–14{BN} talked about"),
        ],
        [("paid", f"$10{BN} paid"), ("binding", f"up to $20{BN} signed")],
    ]


def test_a_bill_of_which_nothing_is_paid_says_so_and_an_estimate_is_called_one(
    tiny: Dealbook,
) -> None:
    loop = around(tiny)
    assert loop is not None
    assert list(loop.steps[0].lines) == [
        ("binding", f"$30{BN} signed"),
        ("", "paid: none known"),
    ]
    assert list(loop.steps[1].lines) == [("announced", f"$6–20{BN} estimated or reported")]


def test_where_only_ownership_leads_on_the_step_has_no_payment(tiny: Dealbook) -> None:
    page = opened(book_of(tiny, OWNED))
    loop = chapter.owned(page, CHIPS, CLOUD)
    assert loop is not None
    wall = loop.steps[1]
    assert (wall.head, wall.sum, wall.bands) == ("Nvidia → Microsoft", "none known", ())
    assert chapter.lines(loop, wall) == []
    assert figures.title(wall) == "Microsoft owns Nvidia; no payment between them is known"
    assert [line for _, line in loop.steps[2].lines] == [
        f"Microsoft: $10{BN} paid",
        f"Nvidia: $3{BN} signed",
    ]


def test_a_loop_with_a_step_without_a_sum_at_its_low_end_is_none(tiny: Dealbook) -> None:
    legs = AROUND | {"orders": Leg(CLOUD, CHIPS, [Step("estimated", low=0, high=20)], "chips")}
    assert around(tiny, legs) is None
    assert around(tiny, {name: AROUND[name] for name in ("contract", "orders")}) is None


def test_a_row_has_its_sum_its_rung_its_day_and_its_source(tiny: Dealbook) -> None:
    loop = around(tiny)
    assert loop is not None
    (line,) = chapter.lines(loop, loop.steps[1])
    event = chapter.deciding_step(loop.seen.book, "orders")
    assert (line.payment, line.what, line.sum, line.rung) == (
        "Microsoft → Nvidia",
        "chips",
        f"$6–20{BN}",
        "estimated",
    )
    assert line.leg.endswith("#leg-orders")
    assert line.source.endswith(f"#{event.source_id}")


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([Step("paid", 8)], "paid"),
        ([Step("binding", 8)], "signed"),
        ([Step("announced", 8)], "talked about"),
        ([Step("reported", 8)], "reported"),
        ([Step("binding", 8), Step("paid", 3)], f"$3{BN} of it paid, the rest signed"),
        ([Step("announced", 8), Step("binding", 5)], f"$5{BN} of it signed, the rest talked about"),
    ],
)
def test_how_sure_a_leg_is(tiny: Dealbook, steps: list[Step], words: str) -> None:
    book = book_of(tiny, AROUND | {"stake": Leg(CHIPS, LAB, steps)})
    assert chapter.rung_words(book, "stake") == words


def test_what_is_due_on_a_condition_is_called_so(tiny: Dealbook) -> None:
    assert chapter.rung_words(book_of(tiny, AROUND, "contract"), "contract") == "on a condition"


def test_the_headline_counts_loops_and_those_paid_on_every_step(tiny: Dealbook) -> None:
    page = opened(book_of(tiny, AROUND))
    unpaid, paid = around(tiny), chapter.straight(opened(book_of(tiny, SIDES)), CLOUD)
    assert chapter.finding(page, [None, unpaid]) == (
        "The one loop followed back to OpenAI is not known to be paid all round"
    )
    assert chapter.finding(page, [unpaid, paid]) == (
        "Of two loops followed back to OpenAI, one is known to be paid all round"
    )
    assert chapter.finding(page, [None]) == "No way back to OpenAI is known yet"


def test_a_picture_says_the_way_so_far_and_no_more(tiny: Dealbook) -> None:
    page = opened(book_of(tiny, AROUND))
    loop = chapter.by_way_of(page, [CLOUD], CHIPS)
    first, second, last = (figures.step(page, loop, number) for number in (1, 2, 3))
    assert first and second and last
    assert [len(one.frame) for one in (first, second, last)] == [1, 2, 3]
    assert "Nvidia → OpenAI" not in second.description
    assert first.title == f"OpenAI is to pay Microsoft $30{BN}; no payment is known so far"
    assert second.title == f"Of that, $6–20{BN} can go on from Microsoft to Nvidia"
    assert last.title.startswith(f"$6–8{BN} can come back")
    assert last.note == "Grey: the steps before. Green: the most that can come back."


def test_without_a_loop_there_is_neither_picture_nor_list(tiny: Dealbook) -> None:
    page = opened(book_of(tiny, AROUND))
    assert figures.step(page, None, 1) is None
    assert chapter.rows(None, 1) is None
    assert chapter.rows(around(tiny), 4) is None


def test_of_a_loop_that_is_not_known_yet_its_sums_are_not_yet_public(
    tiny: Dealbook, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened(book_of(tiny, AROUND))
    figures.state(page, CHIPS, None, "out")
    assert "key='nvidia-out', written='a sum not yet public'" in capsys.readouterr().out
