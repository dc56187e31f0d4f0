"""What the figures and facts of the chapter on circularity say of what was computed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import cast

import numpy as np
import pandas as pd
import pytest

from tightrope import dealbook, loops, quantities
from tightrope.chapters import circularity_assumptions as assume
from tightrope.chapters import circularity_facts as deeper_facts
from tightrope.chapters import circularity_figures as deeper
from tightrope.chapters import circularity_layers as layers
from tightrope.chapters import circularity_made_up as made_up
from tightrope.chapters import circularity_scores as scores
from tightrope.chapters import how_circular
from tightrope.chapters import how_circular_course as course
from tightrope.chapters import how_circular_cut as cut
from tightrope.chapters import how_circular_facts as facts
from tightrope.chapters import how_circular_figures as figures
from tightrope.chapters.circularity import Answer, Share
from tightrope.chapters.circularity_article import AtItsWord
from tightrope.chapters.circularity_chance import BesideChance
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Fact, Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity
from tightrope.quantities.definition import Value

from .books import Leg, Step, made
from .test_how_circular import LAB, web
from .webs import payments

NBSP = "\N{NO-BREAK SPACE}"


class Heard(Facts):
    """Facts that can be read again."""

    heard: dict[str, Fact]

    def _add(self, fact: Fact) -> None:
        self.__dict__.setdefault("heard", {})[fact.key] = fact

    def written(self) -> Mapping[str, str]:
        """What was stated, in words."""
        return {key: fact.written.replace(NBSP, " ") for key, fact in self.heard.items()}


@pytest.fixture
def fact(tiny: Dealbook) -> Iterator[Heard]:
    heard = Heard(tiny)
    heard.heard = {}
    found = heard.on([f"parties/{LAB}"])
    assert isinstance(found, Heard)
    yield found


def seen(book: Dealbook, layer: str = "announced") -> Opening:
    return Opening(book, layer, LAB, Facts(book), quantities.of(book, LAB))


def sum_of(name: str, low: float, stated: float, high: float) -> Quantity:
    return Quantity(quantities.DEFINITIONS[name], Value(low, stated, high, (f"parties/{LAB}",)))


def toys() -> tuple[dict[str, made_up.Web], made_up.Measured]:
    table = payments(("Lab", "Cloud", 100), ("Cloud", "Lab", 60))
    webs: dict[str, made_up.Web] = {"Two": (table, [["Lab"], ["Cloud"], ["Lab"]])}
    return webs, made_up.measured(webs)


def test_the_made_up_figure_tells_each_payment_and_each_measure(tiny: Dealbook) -> None:
    figure = deeper.made_up(seen(tiny), *toys())
    assert "Two: Lab pays Cloud 100, Cloud pays Lab 60. Straight back: $60." in figure.description
    assert figure.content()["table"].count(">yes</td>") == 1


def test_a_made_up_branch_is_stated_with_the_largest_payment_of_its_web(fact: Heard) -> None:
    deeper_facts.state_made_up(fact, toys()[1], "Two", "Lab")
    assert fact.written() == {"branch-low": "$60", "branch-high": "$60", "toy-whole": "$100"}


def test_the_figure_of_the_cut_counts_the_givers(tiny: Dealbook) -> None:
    page, whole = seen(tiny), how_circular.web(tiny, LAB)
    figure = figures.cut_through(page, whole, cut.unrolled(whole, LAB))
    assert figure is not None
    assert figure.title == "Cancel what 1 party gives OpenAI, and no dollar can find its way back"
    said = figure.description.replace(NBSP, " ")
    assert "Microsoft to OpenAI $10 bn" in said
    assert said.endswith("The cut, payments whose end leaves no way back: Microsoft to OpenAI.")
    assert set(figure.rows) == {"legs/stake-cash", "legs/cloud-use"}
    assert figure.note.endswith("carry nothing more home and are not drawn.")


def test_a_cut_on_the_left_names_payments_and_no_givers(tiny: Dealbook) -> None:
    whole = how_circular.web(tiny, LAB)
    narrow = how_circular.held(whole, whole.payer.eq(LAB), 3.0).assign(part_of="round")
    figure = figures.cut_through(seen(tiny), narrow, cut.unrolled(narrow, LAB))
    assert figure is not None
    assert figure.title == "Cancel 1 payment, and no dollar can find its way back to OpenAI"
    assert "A sum that one of two parties put into the last round" in figure.note


def test_longer_chains_that_carry_more_are_told_in_the_note(tiny: Dealbook) -> None:
    table = web(
        (LAB, "microsoft", 9, 9, 9),
        ("microsoft", LAB, 1, 1, 1),
        ("microsoft", "smaller", 9, 9, 9),
        ("smaller", "nvidia", 9, 9, 9),
        ("nvidia", LAB, 9, 9, 9),
    ).assign(leg_id=["cloud-use", "stake-cash", "stake-cash", "stake-cash", "letter-equity"])
    figure = figures.cut_through(seen(tiny), table, cut.unrolled(table, LAB))
    assert figure is not None
    assert figure.note.endswith("Longer chains are not drawn, though they carry more home.")


def test_where_nothing_can_return_there_is_no_cut_to_draw(tiny: Dealbook) -> None:
    one_way = how_circular.web(tiny, LAB).head(1)
    picture = cut.unrolled(one_way, LAB)
    assert figures.cut_through(seen(tiny), one_way, picture) is None
    assert deeper.cut_table(seen(tiny), cut.deals(one_way, picture.cut)) is None


def test_the_table_of_the_cut_names_deal_payer_and_amount(tiny: Dealbook) -> None:
    whole = how_circular.web(tiny, LAB)
    table = deeper.cut_table(seen(tiny), cut.deals(whole, loops.cut(whole, LAB)))
    assert table is not None
    for words in ("A stake", "Microsoft", "equity", f"$10{NBSP}bn"):
        assert words in table.html


def test_more_by_any_route_than_straight_is_explained_by_who_gives_more() -> None:
    straight, route = sum_of("round_trip", 5, 5, 9), sum_of("back_by_any_route", 8, 8, 9)
    assert facts.difference(straight, route, "the maker") == (
        f"The step from $5{NBSP}bn to $8{NBSP}bn is money that leaves for other firms and returns "
        "from the maker."
    )
    assert facts.difference(straight, straight, "the maker") == ""


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (7.0, "Most of what is promised to Lab could be its own money"),
        (5.0, "Half of what is promised to Lab could be its own money"),
        (3.0, "A part of what is promised to Lab could be its own money"),
        (1.0, "Little of what is promised to Lab could be its own money"),
        (0.0, "Nothing of what is promised to Lab can be its own money yet"),
    ],
)
def test_the_headline_names_the_part_that_can_return(back: float, words: str) -> None:
    comes, found = sum_of("to_come_in", 10, 10, 12), sum_of("back_by_any_route", back, back, back)
    assert how_circular.Finding("Lab", "announced", comes, found).words == words


def test_where_nothing_comes_in_the_headline_asks(fact: Heard) -> None:
    nothing = sum_of("to_come_in", 0, 0, 0)
    found = how_circular.Finding("Lab", "paid", nothing, nothing)
    facts.state_finding(fact, found)
    assert fact.written() == {"finding": "How much of Lab’s money could be its own"}


def test_the_headline_is_that_of_the_layer(tiny: Dealbook) -> None:
    found = how_circular.finding(quantities.of(tiny, LAB), "paid", "Lab")
    assert found.comes.definition.name == "paid_in"


def test_choices_are_told_where_both_change_something(fact: Heard) -> None:
    facts.state_choices(fact, Ends(1.0, 2.0, 3.0), Ends(4.0, 5.0, 6.0), True)
    assert fact.written() == {
        "choices": "yes",
        "without-warrant": "$3 bn",
        "softbank-one": "$4 bn",
    }


def test_three_sums_stand_on_one_scale_with_what_is_missing(tiny: Dealbook) -> None:
    figure = figures.beside_the_bills(seen(tiny))
    assert figure is not None
    assert figure.title.replace(NBSP, " ") == (
        "All that OpenAI is promised would leave $63 bn of its bills open"
    )
    assert list(figure.frame.name) == [
        "OpenAI is to pay",
        "Paid or promised to it",
        "Could be its own",
    ]
    assert {"wide", "narrow"} <= figure.content().keys()
    assert figures.beside_the_bills(seen(tiny.as_of("2020-12-31"))) is None


def test_a_circle_is_one_where_a_known_sum_can_return(fact: Heard, tiny: Dealbook) -> None:
    facts.state_return(fact, quantities.of(tiny, LAB), "nobody", "the lab")
    assert fact.written()["circle"] == "yes"
    facts.state_return(fact, quantities.of(tiny, "nvidia"), "nobody", "the lab")
    assert fact.written()["circle"] == ""


def test_the_cut_is_stated_by_names_side_and_widest(fact: Heard, tiny: Dealbook) -> None:
    severed = pd.DataFrame([("microsoft", LAB)], columns=["payer", "payee"])
    facts.state_cut(fact, severed, ["Microsoft"], "nvidia", tiny, LAB)
    stated = fact.written()
    assert stated["cut-names"] == "Microsoft"
    assert stated["cut-here"] == "yes"
    assert stated["widest"] == "Nvidia"
    assert stated["narrow-side"].startswith("Each of them gets more of OpenAI’s money")


def test_without_a_cut_nobody_is_named(fact: Heard, tiny: Dealbook) -> None:
    facts.state_cut(fact, pd.DataFrame({"payer": [], "payee": []}), [], "", tiny, LAB)
    stated = fact.written()
    assert (stated["cut-names"], stated["cut-here"], stated["widest"]) == ("nobody", "", "")
    assert stated["narrow-side"].startswith("Where the cut runs on the left")


def test_a_text_at_its_word_is_stated_in_dollars_and_shares(fact: Heard) -> None:
    deeper_facts.state_article(fact, ["c01", ""], AtItsWord(20.0, 40.0, 10.0, 0.25), LAB)
    assert fact.written() == {
        "article-in": "$20 bn",
        "article-out": "$40 bn",
        "article-back": "$10.00 bn",
        "article-in-share": "50%",
        "article-out-share": "25%",
        "article-index": "25%",
    }
    assert fact.heard["article-in"].rows == ("claims/c01",)


def test_each_reading_of_a_deal_is_stated_and_unknown_before_its_day(fact: Heard) -> None:
    found = [Answer(1.0, 2.0, 3.0, Share(0.1, 0.2))]
    deeper_facts.state_readings(fact, {"left": "left out"}, found, "2022-06-01")
    assert fact.written() == {"left": "$1–3 bn", "left-share": "10–20%"}
    deeper_facts.state_readings(fact, {"left": "left out"}, [], "2022-06-01")
    assert fact.written()["left-share"] == "unknown"


def test_the_article_is_listed_with_the_names_and_words_of_its_claims(tiny: Dealbook) -> None:
    said = pd.DataFrame(
        [("microsoft", LAB, 10.0, "c01"), (LAB, "a-stranger", 1.0, "")],
        columns=["payer", "payee", "amount", "claim"],
    )
    html = deeper.article_table(said, tiny).html
    assert "The stake was ten." in html
    assert "Microsoft" in html
    assert "a-stranger" in html


def test_the_layers_are_listed_under_the_name_of_the_party_in_the_middle(tiny: Dealbook) -> None:
    table = layers.by_layer(tiny, LAB, "paid", 5, 1)
    assert "OpenAI gets" in deeper.layers_table(seen(tiny), table).html


def test_the_figure_of_quarters_tells_the_last_one_and_its_aside(tiny: Dealbook) -> None:
    table = course.by_quarter(tiny, LAB)
    figure = figures.by_quarter(seen(tiny), table, "A warrant counts nothing")
    assert figure is not None
    assert figure.title.replace(NBSP, " ") == "A year ago $10 bn could return, now $10 bn can"
    assert figure.note == "As known on each day, at low ends. A warrant counts nothing. "
    new = figures.by_quarter(seen(tiny), table.tail(1))
    assert new is not None
    assert new.title.replace(NBSP, " ") == "$10 bn of $10 bn can return: 100%"


def test_the_course_is_drawn_from_its_last_years(tiny: Dealbook) -> None:
    table = course.by_quarter(tiny, LAB)
    assert course.recent(table, 1).day.min() >= tiny.day - pd.DateOffset(years=1)
    assert course.recent(table.head(0), 1).empty
    assert course.year_ago(table.head(0)) is None


def test_the_figure_of_quarters_tells_of_estimated_chips_where_there_are_some(
    tiny: Dealbook,
) -> None:
    chips = Leg("microsoft", "nvidia", [Step("estimated", 5.0)], "chips")
    for legs, says in (({"chips": chips}, True), ({}, False)):
        book = made(tiny, ROUND | legs)
        figure = figures.by_quarter(seen(book), course.by_quarter(book, LAB))
        assert figure is not None
        assert ("Chips" in figure.note) is says


def test_where_nothing_can_return_on_any_day_no_quarter_is_drawn(tiny: Dealbook) -> None:
    early = tiny.as_of("2020-12-31")
    assert figures.by_quarter(seen(early), course.by_quarter(early, LAB)) is None
    assert figures.by_quarter(seen(tiny), course.by_quarter(tiny, "nvidia")) is None


def test_what_can_return_no_more_is_told_by_the_most_that_could(tiny: Dealbook) -> None:
    table = course.by_quarter(tiny, LAB)
    gone = pd.concat([table, table.tail(1).assign(direct=0.0, any_route=0.0, share=0.0)])
    figure = figures.by_quarter(seen(tiny), gone.reset_index(drop=True))
    assert figure is not None
    assert figure.title.replace(NBSP, " ").startswith("Now nothing can return; in 20")


def test_years_in_which_nothing_changed_are_not_drawn(tiny: Dealbook) -> None:
    days = pd.date_range("2000-03-31", "2020-12-31", freq="QE")
    changed = [1.0, 2.0, 2.0, 3.0] + [3.0] * (len(days) - 4)
    table = pd.DataFrame({"day": days, "inflow": changed, "share": 0.0})
    table = table.assign(outflow=0.0, direct=0.0, any_route=0.0)
    assert list(course.recent(table, 3).inflow) == [1.0, 2.0, 2.0, 3.0, 3.0]


LINE = {
    "line": Leg(LAB, "microsoft", [Step("binding", 8.0)], "loan"),
    "network": Leg("microsoft", LAB, [Step("binding", 3.0)], "services"),
}
"""A supplier that lends its customer what this buys with."""
ROUND = {
    "stake": Leg("microsoft", LAB, [Step("binding", 10.0)]),
    "cloud": Leg(LAB, "microsoft", [Step("binding", 70.0)], "compute"),
}


def test_a_circle_of_credit_is_drawn_with_its_loans(tiny: Dealbook) -> None:
    book = made(tiny, LINE)
    figure = figures.lent_by_quarter(seen(book), course.by_quarter(book, LAB))
    assert figure is not None
    assert "With loans, $3 bn of $3 bn went both ways" in figure.title.replace(NBSP, " ")


def test_loans_are_not_drawn_where_something_returns_without_them(tiny: Dealbook) -> None:
    book = made(tiny, LINE | ROUND)
    assert figures.lent_by_quarter(seen(book), course.by_quarter(book, LAB)) is None


def test_the_picture_of_the_cut_needs_a_known_sum_that_goes_out() -> None:
    unknown = web((LAB, "cloud", 0, 0, math.nan), ("cloud", LAB, 2, 2, 2))
    assert cut.severed(unknown, LAB).empty
    assert len(cut.severed(web((LAB, "cloud", 1, 1, 1), ("cloud", LAB, 2, 2, 2)), LAB)) == 1


def test_the_headline_gives_the_most_where_nothing_surely_comes_in() -> None:
    comes, back = sum_of("to_come_in", 0, 0, 3), sum_of("back_by_any_route", 0, 0, 2)
    found = how_circular.Finding("Lab", "announced", comes, back)
    assert found.words.replace(NBSP, " ") == (
        "At most $2 bn of what is promised to Lab could be its own money"
    )


def test_a_share_that_is_not_known_is_a_dash_in_the_table(tiny: Dealbook) -> None:
    table = course.by_quarter(tiny, LAB).assign(share=math.nan)
    figure = figures.by_quarter(seen(tiny), table)
    assert figure is not None
    assert ">–<" in figure.content()["table"]


def test_the_peak_is_told_from_its_day_on_the_announced_layer_only(fact: Heard) -> None:
    peak = pd.Series({"day": pd.Timestamp("2026-03-31"), "any_route": 5.0, "share": 0.25})
    facts.state_peak(fact, peak, "announced", "2026-02-27")
    assert fact.written() == {
        "grown": "yes",
        "peak-share": "25%",
        "peak-back": "$5 bn",
        "peak-day": "31 March 2026",
    }
    facts.state_peak(fact, peak, "paid", "2026-02-27")
    assert fact.written()["grown"] == ""


def test_payments_with_a_range_are_counted_among_those_on_loops(
    fact: Heard, tiny: Dealbook
) -> None:
    edges = pd.DataFrame(
        [("microsoft", LAB, 9.0, 1.0, 9.0), (LAB, "microsoft", 9.0, 9.0, 9.0)],
        columns=["payer", "payee", "amount", "low", "high"],
    )
    deeper_facts.state_loose(fact, edges)
    assert fact.written() == {"loose": "1 of 2 payments"}
    table = deeper.rounds_table(seen(tiny), edges)
    assert table is not None
    assert "Microsoft" in table.html
    deeper_facts.state_loose(fact, edges.head(0))
    assert fact.written() == {"loose": "no payment"}
    assert deeper.rounds_table(seen(tiny), edges.head(0)) is None


def test_the_excess_is_stated_in_dollars_at_the_low_end(fact: Heard) -> None:
    ends, none = Ends(1.0, 2.0, 3.0), Ends(math.nan, math.nan, math.nan)
    circle = loops.Circle(ends, Ends(40.0, 50.0, math.nan), ends, Ends(0.25, 0.5, 0.5))
    deeper_facts.state_excess(fact, circle)
    assert fact.written() == {"excess-low": "$10 bn"}
    deeper_facts.state_excess(fact, loops.Circle(none, Ends(0.0, 0.0, 0.0), none, none))
    assert fact.written() == {"excess-low": "undisclosed"}


def test_the_web_stands_beside_what_chance_would_make(fact: Heard) -> None:
    deeper_facts.state_chance(fact, BesideChance(2.0, 8.0, 5.0, 0.62), None)
    said = fact.written()
    assert said["by-chance-here-low"] == "$5 bn"
    assert said["by-chance-low"] == "$2–8 bn"
    assert said["by-chance-more-low"] == "62 of 100"
    assert said["by-chance-here-high"] == "undisclosed"


def answers() -> pd.DataFrame:
    found = Answer(1.0, 5.0, 9.0, Share(0.1, 0.2))
    none = Answer(0.0, 0.0, 0.0, Share(0.0, 0.0))
    return assume.sorted_by_swing(
        [
            assume.row("Gifts, of all kinds", "whole", found, True),
            assume.row("Gifts, of all kinds", "none", none),
        ]
    )


def test_the_title_names_the_assumption_that_moves_most_and_how_far(tiny: Dealbook) -> None:
    whole = how_circular.web(tiny, LAB)
    figure = deeper.by_assumption(seen(tiny), whole, answers())
    assert figure is not None
    assert figure.title.replace(NBSP, " ") == "Gifts moves the answer most: from $0 to $5 bn"
    assert "whole: $1–9 bn, middle $5 bn, 10–20%" in figure.description.replace(NBSP, " ")
    held = deeper.by_assumption(seen(tiny), whole, answers().head(1))
    assert held is not None
    assert held.title == "No assumption moves the answer yet"
    assert deeper.by_assumption(seen(tiny), whole, answers().head(0)) is None


def test_settings_are_stated_by_the_middle_of_their_draws(fact: Heard) -> None:
    table, group = answers(), "Gifts, of all kinds"
    deeper_facts.state_base(fact, assume.base(table))
    deeper_facts.state_middles(fact, table, {"gift": (group, "none")})
    deeper_facts.state_middle_share(fact, "gift", table, group, "none")
    deeper_facts.state_choices(fact, table, {group})
    deeper_facts.state_warrant(fact, 2.0)
    assert fact.written() == {
        "base-middle": "$5 bn",
        "base-share": "10–20%",
        "gift-middle": "$0",
        "gift-share": "0%",
        "all-choices": "yes",
        "warrant-model": "$2 bn",
    }
    deeper_facts.state_choices(fact, table, {group, "Loans"})
    assert fact.written()["all-choices"] == ""


def test_draws_are_stated_by_middle_range_and_share(fact: Heard) -> None:
    runs = pd.DataFrame({"any_route": [2.0] * 9, "inflow": [8.0] * 9, "outflow": [4.0] * 9})
    deeper_facts.state_draws(fact, "sized", runs, "sizes drawn")
    assert fact.written() == {
        "sized-middle": "$2 bn",
        "sized-range": "$2 bn",
        "sized-share": "25%",
    }


def test_what_is_missing_is_what_is_to_be_paid_less_what_comes_in(
    fact: Heard, tiny: Dealbook
) -> None:
    facts.state_beyond(fact, quantities.of(tiny, LAB), "the lab")
    facts.state_shares(fact, quantities.of(tiny, LAB), "the lab")
    assert fact.written() == {
        "beyond-funding": "yes",
        "beyond": "$63 bn",
        "whole-circle": "13.7%",
        "low-out-share": "13.7%",
        "low-share": "100%",
        "top-share": "At the high ends it is $10 bn of $10 bn, or 100%.",
    }


def test_a_promise_without_an_upper_end_has_no_share_at_the_high_end(
    fact: Heard, tiny: Dealbook
) -> None:
    known = quantities.of(tiny, LAB)
    endless = {name: known[name] for name in ("to_pay", "back_by_any_route")}
    endless["to_come_in"] = sum_of("to_come_in", 10, 10, np.nan)
    facts.state_shares(fact, cast(quantities.Quantities, endless), "the lab")
    assert fact.written()["top-share"] == (
        "For the high end there is no share, because a part of what the lab is promised has no "
        "known upper end."
    )


def test_a_pair_is_stated_with_its_share_its_score_and_its_sums(
    fact: Heard, tiny: Dealbook
) -> None:
    even = pd.DataFrame([("microsoft", 0.5, 0.5)], columns=["party", "low", "high"])
    table = scores.pairs(even, tiny)
    pair = scores.example(table, "microsoft")
    deeper_facts.state_pair(fact, pair, 0.825, "the least even")
    deeper_facts.state_sides(fact, quantities.of(tiny, LAB, "microsoft"), "announced")
    assert fact.written() == {
        "small-name": "Microsoft",
        "small-share": "50%",
        "small-score": "91.2%",
        "score-floor": "82.5%",
        "small-in": "$10 bn",
        "small-out": "$73 bn",
    }
    figure = deeper.by_pair(seen(tiny), table, pair, ("legs/stake-cash",))
    assert figure is not None
    assert figure.title == "A loop of 50% scores 91% of a full one"
    assert "Microsoft: 50% comes back, score 91%" in figure.description


def test_without_a_pair_there_is_no_score_to_draw(fact: Heard, tiny: Dealbook) -> None:
    none = pd.DataFrame({"party": [], "low": [], "high": []})
    table = scores.pairs(none, tiny)
    pair = scores.example(table, "")
    assert deeper.by_pair(seen(tiny), table, pair, ("legs/stake-cash",)) is None
    deeper_facts.state_pair(fact, pair, 0.825, "the least even")
    assert fact.written()["small-name"] == ""


def test_every_assumption_of_the_book_has_one_setting_that_others_hold_to(
    book: Dealbook,
) -> None:
    whole = how_circular.web(book, LAB)
    settings = assume.of_any_web(book, whole, LAB, "announced", 0.5)
    base = {one.group for one in settings if one.is_base}
    assert base == {one.group for one in settings}
    assert all(len(one.web) == len(whole) for one in settings if one.is_base)
    assert set(dealbook.LAYERS) == set(assume.PROMISED)
