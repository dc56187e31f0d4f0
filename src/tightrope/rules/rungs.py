"""Rules about the rung of a step: it fits who spoke, and on what paper."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from tightrope.findings import Finding
from tightrope.rules.frames import Frames, found


def what_is_announced_is_a_partys_own_word(frames: Frames) -> Iterator[Finding]:
    """Announced and intended is what a party says; what others say is reported."""
    events = frames["events"]
    yield from found(
        "events.csv",
        events[
            events.status.isin(["announced", "letter_of_intent"])
            & events.stated_by.isin(["third_party", "ours"])
        ],
        "status",
        "{status} needs a party's own word (stated_by payer, payee or both); "
        "what others say is reported",
    )


def what_is_reported_is_somebody_elses_word(frames: Frames) -> Iterator[Finding]:
    """Once a party has said it, it is more than a report."""
    events = frames["events"]
    yield from found(
        "events.csv",
        events[events.status.eq("reported") & events.stated_by.ne("third_party")],
        "status",
        "reported is what a third_party says; what {stated_by} says is announced, "
        "and what nobody said is estimated",
    )


def an_estimate_is_ours(frames: Frames) -> Iterator[Finding]:
    """What nobody said has the rung, the speaker and the grade that say so."""
    events = frames["events"]
    is_estimated, is_ours = events.status.eq("estimated"), events.stated_by.eq("ours")
    yield from found(
        "events.csv",
        events[is_estimated & ~(is_ours & events.confidence.eq("derived"))],
        "status",
        "estimated is nobody's word: stated_by must be ours, and confidence derived",
    )
    yield from found(
        "events.csv",
        events[is_ours & ~is_estimated],
        "stated_by",
        "ours is for a step of status estimated; of a derived amount, say who stated the step",
    )


def what_binds_is_called_so_by_a_party_or_a_filing(frames: Frames) -> Iterator[Finding]:
    """People familiar with a contract do not make it one."""
    events, sources = frames["events"], frames["sources"]
    kinds = sources.drop_duplicates("source_id").set_index("source_id").kind
    yield from found(
        "events.csv",
        events[
            events.status.eq("binding")
            & events.stated_by.eq("third_party")
            & ~events.source_id.map(kinds).isin(["filing", "company"])
        ],
        "status",
        "binding by a third_party needs a source of kind filing or company; "
        "what newspapers and people familiar say is reported",
    )


def a_letter_of_intent_is_never_binding(frames: Frames) -> Iterator[Finding]:
    """A contract is a step of its own, later than the letter and with a source of its own."""
    events = frames["events"].rename_axis("line").reset_index()
    letters = events[events.status.eq("letter_of_intent")]
    both = events[events.status.eq("binding")].merge(
        letters[["leg_id", "source_id", "happened_on"]], on="leg_id", suffixes=("", "_letter")
    )
    wrong = both[
        both.source_id.eq(both.source_id_letter) | (both.happened_on_letter >= both.happened_on)
    ]
    yield from found(
        "events.csv",
        wrong.drop_duplicates("line").set_index("line"),
        "status",
        "a letter of intent is never binding; a binding step needs a later contract "
        "with a source of its own",
    )


NO_CONTRACT = ("commitment_letter", "term_sheet", "memorandum", "letter_of_intent", "plan")
"""Papers that oblige nobody while they have a condition, or at all."""


def a_paper_with_conditions_is_not_binding(frames: Frames) -> Iterator[Finding]:
    """A step binds on the newest paper that was known of: not on a letter with conditions."""
    terms = frames["terms"].sort_values("known_on", kind="stable")
    terms = terms[terms.form.ne("") & terms.known_on.notna()]
    events = frames["events"].rename_axis("line").reset_index()
    steps = events[events.status.eq("binding") & events.known_on.notna()].sort_values("known_on")
    papers = pd.merge_asof(
        steps, terms[["leg_id", "known_on", "form", "condition"]], on="known_on", by="leg_id"
    )
    yield from found(
        "events.csv",
        papers[papers.form.isin(NO_CONTRACT) & papers.condition.ne("none")].set_index("line"),
        "status",
        "terms.csv calls the paper of that day a {form} under the condition {condition}; "
        "that is announced or a letter_of_intent, and binding needs a contract",
    )
