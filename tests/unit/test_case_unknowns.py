"""What the pages of a case say of a web in which sums, terms and speakers are unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.cases import manuscript, told, told_web
from tightrope.publish.opening import Opening, opening

from .flat_tables import RENT, STAKE, package

NOTHING_ON_A_CONDITION = "none is known to be due only on a condition"


def opened(folder: Path, *rows: str) -> Opening:
    """A page of the case that a flat table makes."""
    return opening(str(package(folder, *rows).folder), "", "announced", "lab")


def test_where_no_terms_are_public_nobody_says_that_nothing_is_due_on_a_condition(
    tmp_path: Path,
) -> None:
    said, _ = told.conditions(opened(tmp_path, RENT))
    assert f"Of what is signed, {NOTHING_ON_A_CONDITION}, and of $6" in said


def test_what_rounds_to_all_is_almost_all(tmp_path: Path) -> None:
    small = RENT.replace(",6,", ",0.01,").replace("compute", "equity")
    said, _ = told_web.kinds(opened(tmp_path, RENT, small))
    assert said == "As stated, almost all of what goes out is for compute."


def test_an_answer_hangs_on_conditions_only_where_some_are_known(tmp_path: Path) -> None:
    page = opened(tmp_path, RENT, STAKE)
    assert told.has_loops(page)[0] == "yes"
    assert told.hangs_on_conditions(page)[0] == ""


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["CC-BY-4.0"], ""),
        (["notspecified"], "text CC BY 4.0, data under no licence yet"),
        (["ODbL-1.0"], "text CC BY 4.0, data ODbL-1.0"),
    ],
)
def test_the_foot_of_a_case_names_the_licence_of_its_data(names: list[str], said: str) -> None:
    described = {"title": "A web", "licenses": [{"name": name} for name in names]}
    assert f"licence: {said}" in manuscript.settings(described).replace("''", "")
