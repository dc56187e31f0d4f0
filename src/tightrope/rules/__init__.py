"""The rules that a table schema cannot say, one file a subject.

Each rule takes the frames of a data package (indexed by line number) and yields findings.
Empty and unreadable cells are the schema's business: rules pass over them. What an optional table
or column asks for, it asks only of packages that use it.
"""

from __future__ import annotations

from collections import deque

import pandas as pd

from tightrope.findings import Finding
from tightrope.rules import (
    amounts,
    assumptions,
    days,
    evidence,
    links,
    names,
    quotations,
    rungs,
    watching,
)
from tightrope.rules.frames import Frames, Rule

RULES: list[Rule] = [
    links.payer_is_not_payee,
    links.scheduled_legs_have_dates,
    links.a_part_has_no_sum_of_its_own,
    links.there_is_no_orphan,
    links.umbrella_and_part_are_not_both_counted,
    links.no_deal_leads_back_to_itself,
    names.names_tell_things_apart,
    days.dates_are_in_order,
    days.the_day_of_a_digest_needs_a_reason,
    days.a_day_before_the_source_needs_a_reason,
    days.nothing_is_known_later_than_its_source,
    days.a_reason_is_the_documents_own,
    days.a_document_has_a_day_of_the_calendar,
    days.a_period_is_in_the_calendar,
    rungs.what_is_announced_is_a_partys_own_word,
    rungs.what_is_reported_is_somebody_elses_word,
    rungs.an_estimate_is_ours,
    rungs.what_binds_is_called_so_by_a_party_or_a_filing,
    rungs.a_letter_of_intent_is_never_binding,
    rungs.a_paper_with_conditions_is_not_binding,
    amounts.amounts_are_in_order,
    amounts.an_amount_fits_its_bound,
    amounts.paid_is_cumulative_and_within_the_contract,
    amounts.a_paid_step_says_what_it_rests_on,
    amounts.an_accrual_stays_out_of_the_low_end,
    amounts.a_claim_of_a_number_is_one,
    quotations.a_quotation_is_short,
    quotations.a_milliarde_is_a_billion,
    evidence.no_grade_is_better_than_the_source,
    evidence.what_is_derived_cites_what_was_known,
    watching.what_is_watched_is_there,
    watching.a_result_is_whole,
    assumptions.assumptions_are_within_their_bounds,
    assumptions.the_base_scenario_has_every_parameter,
    assumptions.planned_compute_never_falls_below_zero,
]


class _Asked(Frames):
    """The frames of a package, and which of them a rule has asked for."""

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames)
        self.asked: Frames = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        frame = super().__getitem__(table)
        self.asked[table] = frame
        return frame


_KEPT = 8
"""How many packages each rule keeps in mind."""
_found: dict[Rule, deque[tuple[Frames, list[Finding]]]] = {}


def check(frames: Frames) -> list[Finding]:
    """What all rules find in the frames of a data package.

    A rule is asked again only where a table that it reads has changed: `csvpackage.to_frame` gives
    the same frame for the same contents. So a rule takes a table as `frames[name]`, in no other
    way.
    """
    return [finding for rule in RULES for finding in _findings(rule, frames)]


def _findings(rule: Rule, frames: Frames) -> list[Finding]:
    kept = _found.setdefault(rule, deque(maxlen=_KEPT))
    for read, findings in kept:
        if all(frames[table] is frame for table, frame in read.items()):
            return findings
    asked = _Asked(frames)
    findings = list(rule(asked))
    kept.appendleft((asked.asked, findings))
    return findings
