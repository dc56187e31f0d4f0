"""The view of the data as of a day."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope import dealbook, ledger, paths
from tightrope.dealbook import Dealbook


def test_the_default_day_is_that_of_the_newest_event(tiny: Dealbook) -> None:
    assert f"{tiny.day:%Y-%m-%d}" == "2023-02-01"


def test_a_view_knows_only_what_was_public(tiny: Dealbook) -> None:
    view = tiny.as_of("2021-03-01")
    assert list(view.legs.leg_id) == ["stake-cash", "cloud-use"]
    assert list(view.parties.party_id) == ["openai", "microsoft"]
    # Paid on 2020-06-30 and known two weeks later; the step of 2021 is known only in July.
    assert list(view.events.event_id) == [
        "stake-announced",
        "stake-binding",
        "stake-paid-1",
        "cloud-signed",
    ]
    assert view.financials.empty


def test_a_view_keeps_only_the_sources_that_something_rests_on(tiny: Dealbook) -> None:
    # The paper is there for the scenarios, which have no day.
    assert set(tiny.as_of("2020-01-10").sources.source_id) == {"release", "paper"}


@pytest.mark.parametrize("day", ["2025-13-40", "yesterday", "31.10.2025"])
def test_a_bad_day_says_what_is_allowed(tiny: Dealbook, day: str) -> None:
    with pytest.raises(ValueError, match="as_of must be a date as YYYY-MM-DD"):
        tiny.as_of(day)


def test_a_day_before_the_first_event_says_when_the_book_begins(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="before the first event; the book begins on 2020-01-10"):
        tiny.as_of("2018-01-01")


def test_a_package_without_events_is_refused(package: Path) -> None:
    (package / "events.csv").write_text((package / "events.csv").read_text().splitlines()[0] + "\n")
    with pytest.raises(dealbook.DataError):
        dealbook.load(package)


def test_a_package_without_anything_is_refused_for_its_events(package: Path) -> None:
    # Nothing is an orphan of nothing: all that the check misses is the base of the scenarios.
    for path in package.glob("*.csv"):
        if path.name not in {"scenarios.csv", "sources.csv"}:
            path.write_text(path.read_text().splitlines()[0] + "\n")
    sources = (package / "sources.csv").read_text().splitlines()
    kept = [line for line in sources if line.startswith(("source_id", "paper"))]
    (package / "sources.csv").write_text("\n".join(kept) + "\n")
    with pytest.raises(dealbook.DataError, match=r"(?m)^events.csv:1: row: there is no event$"):
        dealbook.load(package)


def test_sources_of_a_leg_are_those_of_its_events_in_order(tiny: Dealbook) -> None:
    assert tiny.sources_of(["legs/stake-cash", "deals/stake"]) == ["release", "filing-2020"]
    assert tiny.sources_of(["financials/openai-revenue-2021"]) == ["paper"]


def test_a_party_that_is_not_known_yet_goes_by_its_id(tiny: Dealbook) -> None:
    assert tiny.as_of("2020-01-10").party_name("nvidia") == "nvidia"
    assert tiny.party_name("nvidia") == "Nvidia"


def test_a_view_of_a_scope_keeps_its_deals_and_what_they_touch(tiny: Dealbook) -> None:
    deals = tiny.deals.assign(scope=["openai", "openai", "comparison"])
    web = replace(tiny, deals=deals).within("openai", "onward")
    assert list(web.deals.deal_id) == ["stake", "cloud"]
    assert set(web.legs.deal_id) == {"stake", "cloud"}
    assert "nvidia" not in set(web.parties.party_id)
    assert web.day == tiny.day


def test_a_misspelt_scope_is_refused_with_the_valid_ones(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="scope must be one of focal, openai, onward, financing"):
        tiny.within("openia")


def test_the_scopes_are_those_of_the_schema() -> None:
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    deals = next(table for table in package["resources"] if table["name"] == "deals")
    scope = next(field for field in deals["schema"]["fields"] if field["name"] == "scope")
    assert scope["constraints"]["enum"] == [one for one in dealbook.SCOPES if one != "openai"]


GROWING = [name for name in dealbook.KEYS if name not in {"claims", "scenarios"}]


@given(st.lists(st.dates(dt.date(2019, 7, 22), dt.date(2026, 10, 10)), min_size=2, max_size=2))
def test_a_later_view_has_every_row_of_an_earlier_one(book: Dealbook, days: list[dt.date]) -> None:
    early, late = (book.as_of(f"{day}") for day in sorted(days))
    for name in GROWING:
        known = [set(getattr(view, name)[dealbook.KEYS[name]]) for view in (early, late)]
        assert known[0] <= known[1], name


@given(st.dates(dt.date(2019, 7, 22), dt.date(2026, 10, 10)))
def test_a_view_shows_nothing_of_a_later_day(book: Dealbook, day: dt.date) -> None:
    view = book.as_of(f"{day}")
    for name in ("events", "financials", "terms", "watch", "outside_checks"):
        assert not (getattr(view, name).known_on > view.day).any(), name
    assert not (view.watch.result_on > view.day).any()


def test_a_package_without_optional_tables_and_columns_loads_with_empty_ones(
    tiny: Dealbook,
) -> None:
    assert [len(tiny.terms), len(tiny.watch), len(tiny.outside_checks)] == [0, 0, 0]
    assert set(tiny.events.paid_basis) == set(tiny.deals.circle) == {""}
    assert list(tiny.terms.columns)[:2] == ["term_id", "leg_id"]


def test_terms_outside_checks_and_watched_items_are_seen_as_of_a_day(termed: Path) -> None:
    view = dealbook.load(termed).as_of("2022-05-05")
    assert "cloud-use-terms-2023" not in set(view.terms.term_id)
    assert list(view.watch.watch_id) == ["results", "signature"]
    assert view.outside_checks.empty


def test_terms_of_legs_outside_a_scope_are_left_out_with_them(termed: Path) -> None:
    book = dealbook.load(termed)
    deals = book.deals.assign(scope=["openai", "openai", "comparison"])
    view = replace(book, deals=deals).within("openai")
    assert set(view.terms.leg_id) == {"stake-cash", "cloud-use"}


def test_the_same_contents_are_read_once_wherever_they_lie(package: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(package, tmp_path / "elsewhere")
    assert dealbook.load(copy) is dealbook.load(package)


def test_other_contents_are_read_anew(package: Path) -> None:
    before = dealbook.load(package)
    parties = package / "parties.csv"
    parties.write_text(parties.read_text().replace("Nvidia", "Nvidia of old"))
    assert dealbook.load(package).party_name("nvidia") == "Nvidia of old"
    assert before.party_name("nvidia") == "Nvidia"


def test_a_table_that_goes_is_other_contents(package: Path) -> None:
    dealbook.load(package)
    (package / "deals.csv").unlink()
    with pytest.raises(dealbook.DataError, match="is missing"):
        dealbook.load(package)


def test_a_view_is_made_once(tiny: Dealbook) -> None:
    assert tiny.as_of("2021-03-01") is tiny.as_of(dt.date(2021, 3, 1))
    assert tiny.within("openai") is tiny.within("openai")
    assert tiny.within("openai") is not tiny.within("openai", "onward")


def test_what_a_measure_gave_can_be_changed_and_is_given_again_as_it_was(tiny: Dealbook) -> None:
    given = ledger.ladder(tiny)
    given["status"] = "changed"
    assert list(ledger.ladder(tiny).status) != list(given.status)


def test_a_book_with_other_rows_remembers_nothing_of_the_first(tiny: Dealbook) -> None:
    assert len(ledger.ladder(tiny)) == len(tiny.legs)
    fewer = replace(tiny, legs=tiny.legs.iloc[:1])
    assert len(ledger.ladder(fewer)) == 1
