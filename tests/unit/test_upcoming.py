"""What is expected next, in words: on small watch lists, and on the book's own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import upcoming
from tightrope.dealbook import Dealbook

from .opened import plain


class TestDays:
    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            ("2026-10-29", "2026-11-06", "29 October to 6 November 2026"),
            ("2026-12-01", "2026-12-20", "1 to 20 December 2026"),
            ("2026-12-31", "2027-02-12", "31 December 2026 to 12 February 2027"),
            ("2026-12-31", "2026-12-31", "31 December 2026"),
            (None, "2026-12-31", "31 December 2026"),
            (None, None, "no fixed day"),
        ],
    )
    def test_are_written_as_one_span(self, first: str | None, last: str | None, words: str) -> None:
        assert plain(upcoming.days(first, last)) == words


def watched(book: Dealbook, *items: tuple[str, str, str, str]) -> Dealbook:
    """The book with these items on its watch list: id, source, first and last day."""
    rows = [
        {
            "watch_id": watch_id,
            "published_in": where,
            "expected_from": pd.Timestamp(first) if first else pd.NaT,
            "expected_by": pd.Timestamp(last) if last else pd.NaT,
            "result": "",
        }
        for watch_id, where, first, last in items
    ]
    table = pd.DataFrame(rows).reindex(columns=book.watch.columns)
    return replace(book, watch=table.astype({"result": object}).fillna({"result": ""}))


class TestWhatIsDueNext:
    # The book's day is 9 October 2026, and text was read until the 10th.
    ITEMS = (
        ("late", "B’s 10-Q", "2026-11-03", "2026-11-10"),
        ("soon", "A’s 10-Q, note 3", "2026-10-29", "2026-11-06"),
        ("soon-too", "A’s 10-Q, note 7", "2026-10-29", "2026-11-06"),
        ("vague", "C’s release", "2026-10-01", "2027-03-31"),
        ("dateless", "D’s release", "", ""),
        ("past", "E’s release", "2026-09-01", "2026-09-30"),
    )

    def test_is_the_first_result_whose_days_are_set(self, book: Dealbook) -> None:
        first, second = upcoming.next_due(watched(book, *self.ITEMS))
        assert plain(first.words) == "A’s 10-Q, 29 October to 6 November 2026"
        assert plain(second.words) == "B’s 10-Q, 3 to 10 November 2026"
        assert first.row == "watch/soon"

    def test_moves_with_the_watch_list_alone(self, book: Dealbook) -> None:
        changed = watched(
            book, ("new", "Microsoft, 10-Q, Note 1 (SEC)", "2026-10-20", "2026-10-22")
        )
        (only,) = upcoming.next_due(changed)
        assert plain(only.words) == "Microsoft, 10-Q, 20 to 22 October 2026"

    def test_of_a_measure_is_the_first_that_is_still_expected(self, book: Dealbook) -> None:
        changed = watched(book, *self.ITEMS)
        found = upcoming.next_of(changed, ["past", "unknown", "late"])
        assert found is not None
        assert found.row == "watch/late"
        assert upcoming.next_of(changed, ["past"]) is None

    def test_of_this_book_is_a_row_of_its_watch_list_after_its_day(self, book: Dealbook) -> None:
        for one in upcoming.next_due(book):
            watch_id = one.row.removeprefix("watch/")
            item = book.watch.set_index("watch_id").loc[watch_id]
            assert item.expected_by >= book.day
