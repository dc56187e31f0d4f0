"""The worksheet of an audit: rows drawn at random, spread over the files, with room for a verdict."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tightrope import dealbook
from tightrope.dealbook import Dealbook
from tightrope.publish import audit, audits_page, pages

from ..conftest import put

EVIL = "=cmd|<script>alert(1)</script>"


def test_rows_are_drawn_in_proportion_and_at_least_one_of_each_table() -> None:
    # By hand: 30 of 1,000 rows; events 30 × 450 / 1,000 = 13.5, and so on.
    counts = {"events": 450, "financials": 500, "terms": 45, "watch": 5}
    assert audit.shares(counts, 30) == {"events": 13, "financials": 15, "terms": 1, "watch": 1}


@given(
    st.dictionaries(st.sampled_from(audit.TABLES), st.integers(0, 900), min_size=1),
    st.integers(1, 400),
)
def test_as_many_rows_are_drawn_as_asked_or_as_there_are(
    counts: dict[str, int], sample: int
) -> None:
    drawn = audit.shares(counts, sample)
    assert sum(drawn.values()) == min(sample, sum(counts.values()))
    assert all(1 <= number <= counts[table] for table, number in drawn.items())


def test_the_same_seed_draws_the_same_rows_and_another_seed_others(book: Dealbook) -> None:
    first, again, other = (audit.draw(book, 30, seed) for seed in (7, 7, 8))
    assert first.equals(again)
    assert not first.row.equals(other.row)
    assert len(set(first.row)) == len(first) == 30


def test_every_table_with_sources_is_in_the_sample(termed: Path) -> None:
    rows = audit.draw(dealbook.load(termed), 15, 1)
    held = {"events.csv", "financials.csv", "terms.csv", "watch.csv", "outside_checks.csv"}
    assert held <= set(rows.file)


def test_a_row_is_a_sentence_with_amount_days_rung_source_and_link(tiny: Dealbook) -> None:
    row = audit.draw(tiny, 99, 1).set_index("row").loc["stake-paid-2"]
    assert row.sentence == (
        "Microsoft pays OpenAI (equity in cash: shares of the lab): paid, said by payer"
    )
    assert (row.amount, row.happened_on, row.known_on) == (
        "$9\N{NO-BREAK SPACE}bn",
        "2021-06-30",
        "2021-07-15",
    )
    assert (row.rung, row.source, row.url) == (
        "paid",
        "A regulator: A filing",
        "https://example.org/filing",
    )
    assert (row.verdict, row.evidence) == ("", "")


@pytest.mark.parametrize(
    ("bound", "low", "amount", "written"),
    [
        ("floor", "73", "73", "$73 bn, from $73 bn to open, floor"),
        ("ceiling", "0", "73", "$73 bn, from $0 to $73 bn, ceiling"),
        ("exact", "", "73", "$73 bn, exact"),
        ("", "", "", ""),
    ],
)
def test_a_range_is_written_as_the_ladder_reads_it(
    termed: Path, bound: str, low: str, amount: str, written: str
) -> None:
    cells = {"amount_bound": bound, "amount_low_usd_bn": low, "amount_usd_bn": amount}
    put(termed, "events", "cloud-signed", **cells)
    rows = audit.draw(dealbook.load(termed), 99, 1).set_index("row")
    assert rows.amount["cloud-signed"].replace("\N{NO-BREAK SPACE}", " ") == written


def test_the_worksheet_has_a_card_a_row_with_room_for_a_verdict(termed: Path) -> None:
    rows = audit.draw(dealbook.load(termed), 6, 1)
    page = BeautifulSoup(audit.worksheet(rows, "Six rows"), "html.parser")
    cards = page.select("article")
    assert len(cards) == 6
    for card in cards:
        assert {str(one["value"]) for one in card.select("input")} == set(audit.VERDICTS)
        assert card.select("textarea") and card.select("a[href^=http]")
    assert not page.select("script, link, img")


def test_whatever_the_data_hold_is_text_in_both_files(
    termed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = dealbook.load(termed)
    evil = replace(book, events=book.events.assign(note=EVIL))
    monkeypatch.setattr(dealbook, "load", lambda _: evil)
    assert audit.main(["--sample", "99", "--out", str(tmp_path)]) == 0
    page, table = (next(tmp_path.glob(f"*{suffix}")) for suffix in (".html", ".csv"))
    assert "<script>" not in page.read_text(encoding="utf-8")
    rows = pd.read_csv(io.StringIO(table.read_text(encoding="utf-8-sig")), keep_default_na=False)
    assert all(note.startswith("'=") for note in rows.note[rows.file.eq("events.csv")])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--sample", "0"], 'SAMPLE must be a whole number of at least 1, not "0"'),
        (["--sample", "ten"], 'SAMPLE must be a whole number of at least 1, not "ten"'),
        (["--seed", "-1"], 'SEED must be a whole number of at least 0, not "-1"'),
        (["--data", "nowhere"], "DATA must name a folder with datapackage.json"),
    ],
)
def test_bad_input_is_one_clear_line(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main([*arguments, "--out", str(tmp_path)]) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_page_begins_with_the_newest_audit(tmp_path: Path) -> None:
    audits_page.write(pages.OURS, tmp_path)
    text = (tmp_path / "reference" / "audits.md").read_text(encoding="utf-8")
    newest = audits_page.read(pages.OURS.book / audits_page.AUDITS).iloc[-1]
    assert f"{newest.right} of {newest.rows} rows drawn at random were right" in text


def test_the_first_audit_is_of_46_rows(tmp_path: Path) -> None:
    first = audits_page.read(pages.OURS.book / audits_page.AUDITS).iloc[0]
    verdicts = tuple(int(first[verdict]) for verdict in audits_page.VERDICTS)
    assert (int(first.rows), verdicts) == (46, (18, 20, 4, 4))


def test_an_audit_whose_verdicts_are_not_as_many_as_its_rows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "audits.csv"
    file.write_text(
        "audited_on,what,rows,right,imprecise,wrong,unverifiable,how,what_followed\n"
        "2026-11-28,Rows,30,20,5,1,1,Somebody,Nothing\n"
    )
    with pytest.raises(
        ValueError, match=r"audits.csv:2: rows: 30 rows were drawn, but 27 verdicts"
    ):
        audits_page.read(file)


def test_without_an_audit_the_page_says_so(tmp_path: Path) -> None:
    audits_page.write(replace(pages.OURS, book=tmp_path), tmp_path)
    assert "No audit" in (tmp_path / "reference" / "audits.md").read_text(encoding="utf-8")
