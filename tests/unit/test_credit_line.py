"""A figure's sources in one short line."""

from __future__ import annotations

import pandas as pd

from tightrope.charts.credit import credit, whose_text


def documents(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "publisher"])


def test_few_publishers_are_all_named() -> None:
    found = credit(documents(("filing", "Oracle, SEC EDGAR"), ("press", "Reuters (in CNA)")))
    assert found == "Oracle and Reuters"


def test_of_many_the_line_names_the_most_cited_of_each_kind_and_says_that_there_are_others() -> (
    None
):
    found = credit(
        documents(
            ("press", "Bloomberg"),
            ("filing", "CoreWeave, SEC EDGAR"),
            ("press", "Reuters (in CNA)"),
            ("press", "Reuters"),
            ("company", "OpenAI"),
            ("press", "CNBC"),
            ("secondary", "SecWatch (summary of a filing)"),
        )
    )
    assert found == "filings of CoreWeave, statements of OpenAI, Reuters, Bloomberg and others"


def test_a_copy_is_credited_to_whose_text_it_is() -> None:
    assert whose_text("CoreWeave, SEC EDGAR (copy at archive.fast-edgar.com)") == "CoreWeave"
    assert whose_text("OpenAI (copy at example.org)") == "OpenAI"
    assert whose_text("GitHub tedthizzy/ai-bubble") == "GitHub tedthizzy/ai-bubble"
