"""The book's Markdown as any notebook shows it."""

from __future__ import annotations

import pytest

from tightrope.publish.literature import Literature
from tightrope.publish.pages import OURS
from tightrope.publish.plain import Place, cited, headings, plain

OUR_WORKS = Literature.of(OURS)
HERE = Place("chapters/toy", "../../", {"toy-part": "What is left, and why"})


def shown(text: str, *works: str) -> str:
    return plain(text, HERE, OUR_WORKS, works)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("who-breaks.ipynb", "../../chapters/who-breaks.html"),
        ("../reference/glossary.md", "../../reference/glossary.html"),
        ("../reference/methods.html#methods-timing", "../../reference/methods.html#methods-timing"),
        ("../data/tightrope-data.zip", "../../data/tightrope-data.zip"),
        ("#toy-part", "#What-is-left,-and-why"),
        ("#no-heading", "../../chapters/toy.html#no-heading"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
    ],
)
def test_a_link_leads_from_the_notebooks_place_to_where_it_led_from_the_page(
    target: str, address: str
) -> None:
    assert shown(f"see [it]({target}).") == f"see [it]({address})."
    assert shown(f'see <a href="{target}">it</a>.') == f'see <a href="{address}">it</a>.'


def test_formulas_stand_in_dollars() -> None:
    assert shown("{math}`w_{ij}` is paid.") == "$w_{ij}$ is paid."
    block = ":::{math}\nF = \\max_f \\sum f\n:::"
    assert shown(f"Say:\n\n{block}\n\nSo.") == "Say:\n\n$$\nF = \\max_f \\sum f\n$$\n\nSo."


def test_a_sum_in_dollars_is_no_formula() -> None:
    dollar = "<span>&#36;</span>"
    assert shown("from $5 to $7") == f"from {dollar}5 to {dollar}7"
    assert shown("$5 is {math}`p`") == f"{dollar}5 is $p$"
    assert shown("`$HOME` and <b title='$'>") == "`$HOME` and <b title='$'>"


def test_a_box_leaves_its_title_and_its_content() -> None:
    box = ":::{admonition} The question\n:class: question\nHow much?\n:::"
    assert shown(box) == "**The question**\n\nHow much?"


def test_a_label_goes_and_its_heading_stays() -> None:
    text = "(toy-timing)=\n## Timing\n\nText."
    assert headings([text, "(toy-none)=\nText."]) == {"toy-timing": "Timing"}
    assert shown(text) == "## Timing\n\nText."


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("{cite:t}`haug2007`", "Haug [2007]"),
        ("{cite:t}`ford1956`", "Ford and Fulkerson [1956]"),
        ("{cite:t}`squartini2013`", "Squartini et al. [2013]"),
        ("{cite:t}`aidealnetwork2026`", "AI Deal Network [2026]"),
        ("{cite:p}`holme2012`", "[Holme and Saramäki, 2012]"),
        ("{cite:p}`tatti2017, gupte2011`", "[Gupte et al., 2011, Tatti, 2017]"),
    ],
)
def test_a_citation_is_author_and_year_as_on_the_page(role: str, words: str) -> None:
    assert shown(f"by {role}.") == f"by {words}."


def test_a_work_that_is_not_in_the_literature_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody1900"):
        shown("{cite:t}`nobody1900`")


def test_a_bibliography_lists_the_works_cited_by_author() -> None:
    works = cited(["{cite:t}`haug2007` and {cite:p}`finn1976, haug2007`"])
    assert works == ["haug2007", "finn1976"]
    assert shown("```{bibliography}\n```", *works) == (
        "- John T. Finn. Measures of ecosystem structure and function derived from analysis of "
        "flows. *Journal of Theoretical Biology*, 56:363, 1976. "
        "[doi:10.1016/S0022-5193(76)80080-X](https://doi.org/10.1016/S0022-5193(76)80080-X).\n"
        "- Espen Gaarder Haug. *The Complete Guide to Option Pricing Formulas*. McGraw-Hill, "
        "second edition, 2007."
    )


def test_a_block_of_code_stays_as_it_is() -> None:
    block = "```text\nmy.csv:2: $5 {math}\n```"
    assert shown(block) == block
