"""The sheets: what they ask stands in the rows, and students find no answer in them."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given as drawn
from hypothesis import strategies as st

from tightrope import paths, quantities, units
from tightrope.course import german, keys, sheets
from tightrope.course.sheets import exercises
from tightrope.course.sheets.words import ENGLISH, EVIDENCE_DE, GERMAN
from tightrope.dealbook import Dealbook

Pages = dict[str, str]


@pytest.fixture(scope="module")
def pages(book: Dealbook) -> Pages:
    return {name: page.decode() for name, page in sheets.files(book, paths.DATA, key=True).items()}


def digits(amount: float) -> str:
    return units.usd_bn(amount).removeprefix("$").partition("\xa0")[0]


def words(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").body.get_text(" ").split())


def test_twelve_headlines_are_rows_of_the_data_two_a_rung(book: Dealbook) -> None:
    cards = exercises.cards(book, ENGLISH)
    events = book.events.set_index("event_id")
    documents = book.sources.set_index("source_id")
    rungs = [card.rung for card in cards]
    assert [card.number for card in cards] == list(range(1, 13))
    assert sorted(rungs) == sorted([*ENGLISH.rungs.values()] * 2)
    for card in cards:
        row = events.loc[card.row]
        document = documents.loc[row.source_id]
        assert (card.headline, card.publisher) == (document.title, document.publisher)
        assert card.day == units.day(row.known_on) and card.rung == ENGLISH.rungs[row.status]
    days = [events.known_on[card.row] for card in cards]
    assert days == sorted(days)


def test_a_card_lies_on_the_highest_rung_that_its_document_shows_of_the_payment(
    book: Dealbook,
) -> None:
    rungs = list(ENGLISH.rungs)
    events = book.events.set_index("event_id")
    for card in exercises.cards(book, ENGLISH):
        row = events.loc[card.row]
        same = events[events.leg_id.eq(row.leg_id) & events.source_id.eq(row.source_id)]
        then = same.status[same.known_on.le(row.known_on) & same.status.isin(rungs)]
        assert max(then, key=rungs.index) == row.status, card.headline


def test_a_hundred_dollars_by_hand() -> None:
    """A: all of 100 returns. B: of 100 paid back 60 came from the maker. C: the lab pays the cloud
    80, the cloud the maker 60, the maker the lab 50: the narrowest is 50, and no pair is closed."""
    found = [
        (one.paid_in, one.straight, one.any_route, one.outside)
        for one in exercises.hundreds(ENGLISH)
    ]
    assert found == [(100, 100, 100, 0), (100, 60, 60, 40), (100, 0, 50, 50)]


def test_the_ticket_is_answered_from_the_rows(book: Dealbook) -> None:
    """Nvidia: 10.1 to 30.1 of 30.1 signed. Oracle: 300 over the five years 2027 to 2031. The
    letter: 0 to 100."""
    ask = exercises.ticket(book, ENGLISH)
    assert (ask.investor, ask.signed, ask.paid) == ("Nvidia", "$30.1\xa0bn", "$10.1–30.1\xa0bn")
    assert ask.part_paid == "34–100%"
    assert (ask.contract, ask.years, ask.a_year) == ("$300\xa0bn", 5, "$60\xa0bn")
    assert (ask.letter, ask.letter_least) == ("up to $100\xa0bn", "$0")
    assert ask.factor == 1000


def test_evidence_is_the_eight_quantities_that_the_book_leads_with(book: Dealbook) -> None:
    cards, known = exercises.evidence(book, ENGLISH), quantities.of(book)
    assert [card.written for card in cards] == [
        known[name].written for name in quantities.HEADLINES
    ]
    assert set(EVIDENCE_DE) == set(quantities.HEADLINES)
    assert all(card.row in known[name].rows for card, name in zip(cards, EVIDENCE_DE, strict=True))


# ---- German ----


def read(text: str) -> list[float]:
    """The numbers of a German sum, in billions."""
    times = 1e-3 if "Mio." in text else 1.0
    plain = text.replace(".", "").replace(",", ".")
    return [times * float(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)]


@drawn(st.floats(0.001, 5000), st.floats(1, 5))
def test_a_sum_is_the_same_in_german(low: float, times: float) -> None:
    for english, amount in (
        (units.usd_bn(low), low),
        (units.usd_bn_range(low, float("nan")), low),
        (units.usd_bn_range(0.0, low), low),
    ):
        found = read(german.whole(english))
        assert found == [pytest.approx(amount, rel=0.006)], english
    if low >= 1:
        ends = read(german.whole(units.usd_bn_range(low, low * times)))
        assert ends[0] == pytest.approx(low, rel=0.006)
        assert ends[-1] == pytest.approx(low * times, rel=0.006)


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("$22.4\xa0bn", "22,4\xa0Mrd.\xa0$"),
        ("$350\xa0m", "350\xa0Mio.\xa0$"),
        ("at least $1,395\xa0bn", "mindestens 1.395\xa0Mrd.\xa0$"),
        ("$95.7–160\xa0bn", "95,7–160\xa0Mrd.\xa0$"),
        ("43.7–50.2%", "43,7–50,2\xa0%"),
        ("up to 25%", "bis zu 25\xa0%"),
        ("$0", "0\xa0$"),
        ("undisclosed", "Summe nicht öffentlich"),
    ],
)
def test_german_as_germans_write_it(english: str, expected: str) -> None:
    assert german.whole(english) == expected


@pytest.mark.parametrize("english", ["$5 a share", "$5\xa0billion", "at most $5\xa0bn", "3 bn"])
def test_what_would_stay_half_english_is_refused(english: str) -> None:
    with pytest.raises(ValueError, match="no German for"):
        german.whole(english)


@pytest.mark.parametrize("wrong", ["100 Billionen Dollar", "eine Billion", "5 bn", "3 billion"])
def test_a_german_page_with_a_billion_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="a sum in German is in Milliarden"):
        german.guarded(f"<p>Es sind {wrong}.</p>")


def test_what_is_quoted_as_a_mistake_or_in_english_may_say_billion() -> None:
    page = '<p><span class="trap">100 Billionen</span> <span lang="en">$1 Billion</span> Mrd.</p>'
    assert german.guarded(page) == page


def test_both_languages_have_the_same_sheets_numbers_and_words(pages: Pages) -> None:
    for field in ("rungs", "instruments", "said", "parties"):
        assert getattr(ENGLISH, field).keys() == getattr(GERMAN, field).keys()
    for name, (top, _) in sheets.SHEETS.items():
        english, deutsch = (pages[f"{top}/{folder}{name}.html"] for folder in ("", "de/"))
        assert '<html lang="de">' in deutsch and '<html lang="en">' in english
        sums = [
            re.findall(r"\d+", re.sub(r"[.,](?=\d)", "", words(one))) for one in (english, deutsch)
        ]
        assert sorted(sums[0]) == sorted(sums[1]), name


def test_days_are_german() -> None:
    assert german.day(pd.Timestamp("2025-03-07").date()) == "7.\xa0März 2025"


# ---- What is handed out ----


def test_no_sheet_asks_another_host_or_runs_a_script(pages: Pages) -> None:
    for name, page in pages.items():
        soup = BeautifulSoup(page, "html.parser")
        assert soup.select("script, link, img, iframe, [src], [href]") == [], name
        assert "url(" not in page and "@import" not in page, name


def test_students_get_no_answer(pages: Pages, book: Dealbook) -> None:
    student = sheets.files(book, paths.DATA, key=False)
    assert student == {n: p.encode() for n, p in pages.items() if not n.startswith("key/")}
    everything = "\n".join(page.decode() for page in student.values())
    cards, ask = exercises.cards(book, ENGLISH), exercises.ticket(book, ENGLISH)
    notes = [card.why for card in cards] + [card.row for card in cards]
    assert [note for note in notes if note in everything] == []
    labs = [one for one in keys.answers(book) if one.unit == "USD billion" and one.value >= 10]
    sums = {f"{digits(one.value)}\xa0bn" for one in labs}
    assert [one for one in sums if f"${one}" in everything or f"–{one}" in everything] == []
    ticket = words(pages["sheets/exit-ticket.html"])
    assert [one for one in (ask.a_year, ask.part_paid, "1,000") if one in ticket] == []


def test_the_key_has_each_rung_row_and_sum(pages: Pages, book: Dealbook) -> None:
    for language in (ENGLISH, GERMAN):
        key = words(pages[f"key/sheets-{language.code}.html"])
        for card in exercises.cards(book, language):
            assert card.rung in key and card.row in key
        ask = exercises.ticket(book, language)
        for answer in (ask.part_paid, ask.a_year, ask.letter_least):
            assert " ".join(answer.split()) in key


def test_sheets_are_byte_equal_when_made_twice(pages: Pages, book: Dealbook) -> None:
    again = sheets.files(book, paths.DATA, key=True)
    assert again == {name: page.encode() for name, page in pages.items()}
