"""Sheets with invented firms and with guesses: clearing, and the score of a probability."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope.course.workbook.cells import Sheet, at
from tightrope.measures import clearing

FIRMS = ("lab", "cloud", "maker")
LENDER = "lender"
OWED = pd.DataFrame(
    [
        ("lab", "cloud", 60.0),
        ("lab", "maker", 20.0),
        ("cloud", "maker", 40.0),
        ("cloud", LENDER, 40.0),
        ("maker", LENDER, 40.0),
    ],
    columns=["payer", "payee", "amount"],
)
CASH = {"lab": 40.0, "cloud": 10.0, "maker": 5.0, LENDER: 0.0}
"""Invented, so that every round works out in whole amounts."""
ROUNDS = 4
QUESTIONS = 6
EXAMPLE = ((0.9, 1.0), (0.6, 0.0), (0.2, 0.0))
"""Invented: a probability that was given, and whether it came so (1) or not (0)."""


def three_firms() -> Sheet:
    """Three firms that pay what they can, round by round; the first round is given."""
    sheet = Sheet("clearing", [24, *[11] * 8])
    sheet.text(0, "Three firms and a lender: who breaks?", 9, kind="title")
    sheet.text(
        1,
        "Invented. A firm pays what it owes, or all that it has: its cash and what the others pay "
        "it. All whom it owes get the same share. In the first round everybody counts on being "
        "paid in full. Each next round counts on what the round before has shown, until nothing "
        "changes.",
        9,
        3,
    )
    sheet.put(3, 0, "owes (rows) to (columns)", "left")
    sheet.row(3, 1, [*FIRMS, LENDER, "owes in all", "has cash"], "head")
    sums = OWED.set_index(["payer", "payee"]).amount
    for row, payer in enumerate(FIRMS, 4):
        sheet.put(row, 0, payer, "label")
        own = [float(sums.get((payer, payee), 0.0)) for payee in (*FIRMS, LENDER)]
        sheet.row(row, 1, own, "input")
        sheet.put(row, 5, sum(own), "sum", f"=SUM({at(row, 1)}:{at(row, 4)})")
        sheet.put(row, 6, CASH[payer], "input")
    top = 8
    sheet.put(top, 0, "pays in all", "left")
    sheet.row(
        top, 1, ["if all paid", *[f"round {number}" for number in range(1, ROUNDS + 1)]], "head"
    )
    for row, payer in enumerate(FIRMS, 4):
        sheet.put(top + row - 3, 0, payer, "label")
        sheet.put(top + row - 3, 1, _owes(payer), "sum", f"={at(row, 5, fix_column=True)}")
    for number, paid in enumerate(_rounds(), 1):
        for place, payer in enumerate(FIRMS):
            kind = "sum" if number == 1 else "answer"
            sheet.put(top + 1 + place, 1 + number, paid[payer], kind, _pays(place, top, number))
    _losses(sheet, top + ROUNDS + 1, top)
    return sheet


def _owes(payer: str) -> float:
    return float(OWED.amount[OWED.payer.eq(payer)].sum())


def _rounds() -> list[dict[str, float]]:
    """What each firm pays in each round, which begins with payment in full."""
    paid = {payer: _owes(payer) for payer in FIRMS}
    found = []
    for _ in range(ROUNDS):
        given = OWED.assign(
            amount=[row.amount * paid[row.payer] / _owes(row.payer) for row in OWED.itertuples()]
        )
        gets = given.groupby("payee").amount.sum()
        paid = {one: min(_owes(one), CASH[one] + float(gets.get(one, 0.0))) for one in FIRMS}
        found.append(paid)
    return found


def _pays(place: int, top: int, number: int) -> str:
    """What a firm pays in a round, from what all paid in the round before."""
    owes, has = at(4 + place, 5, fix_column=True), at(4 + place, 6, fix_column=True)
    parts = [
        f"{at(4 + other, 1 + place, fix_column=True)}/{at(4 + other, 5, fix_column=True)}"
        f"*{at(top + 1 + other, number)}"
        for other in range(len(FIRMS))
    ]
    return f"=MIN({owes},{has}+{'+'.join(parts)})"


def _losses(sheet: Sheet, top: int, rounds: int) -> None:
    """What is asked at the end: who cannot pay, and what each is not paid."""
    after = clearing.clear(OWED, CASH).set_index("party")
    lost = clearing.losses(OWED, CASH).set_index("party").sum(axis=1)
    final = 1 + ROUNDS
    sheet.row(top, 1, ["lacks", "is not paid"], "head")
    for place, party in enumerate((*FIRMS, LENDER)):
        row = top + 1 + place
        sheet.put(row, 0, party, "label")
        parts = [
            f"{at(4 + other, 1 + place, fix_column=True)}*(1-{at(rounds + 1 + other, final)}"
            f"/{at(4 + other, 5, fix_column=True)})"
            for other in range(len(FIRMS))
        ]
        sheet.put(row, 2, float(lost.get(party, 0.0)), "answer", f"={'+'.join(parts)}")
        if party == LENDER:
            continue
        short = f"={at(4 + place, 5)}-{at(rounds + 1 + place, final)}"
        sheet.put(row, 1, float(after.at[party, "shortfall"]), "answer", short)
    words = "Questions. 1. Fill rounds 2 to 4: copy the formula of round 1 to the right. 2. Fill "
    words += "what each lacks and is not paid. 3. Give the lab more cash: from what sum on does "
    sheet.text(top + 6, f"{words}the maker pay in full?", 9, 2)
    sheet.put(top + 7, 0, "cash of the lab", "label")
    sheet.put(top + 7, 1, _enough(), "answer")


def _enough() -> float:
    """The least cash of the lab, a whole amount, with which the maker pays in full."""
    for cash in range(int(_owes("lab")) + 1):
        after = clearing.clear(OWED, CASH | {"lab": float(cash)}).set_index("party")
        if not after.at["maker", "in_default"]:
            return float(cash)
    raise ValueError("no cash of the lab is enough")


def scores() -> Sheet:
    """The Brier score of probabilities, as one number or as a range with a low and a high end.

    The mean of (probability - outcome)² over all events (Brier 1950,
    doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2, for events that come or do not).
    """
    sheet = Sheet("scores", [44, *[13] * 6])
    sheet.text(0, "How good were your probabilities?", 7, kind="title")
    sheet.text(
        1,
        "The Brier score of an event is the square of probability less outcome; the outcome is 1 "
        "if it came, 0 if not. The mean is 0 for whoever was sure and right, and 1 for whoever was "
        "sure and wrong. If you gave a range, give both ends: the score at the end that turned out "
        "worse is the one that counts against you.",
        7,
        3,
    )
    heads = ["probability, low", "probability, high", "outcome (1 or 0)"]
    heads += ["score, better end", "score, worse end"]
    sheet.put(3, 0, "Invented example", "left")
    sheet.row(3, 1, heads, "head")
    for row, (chance, came) in enumerate(EXAMPLE, 4):
        sheet.put(row, 0, f"Event {row - 3}", "label")
        sheet.row(row, 1, [chance, chance], "input", "share")
        _scored(sheet, row, came, [(chance - came) ** 2] * 2)
    score = sum((chance - came) ** 2 for chance, came in EXAMPLE) / len(EXAMPLE)
    _mean(sheet, 4, len(EXAMPLE), [score, score])
    top = 9
    sheet.put(top, 0, "Yours: questions of case A", "left")
    sheet.row(top, 1, heads, "head")
    for row in range(top + 1, top + 1 + QUESTIONS):
        sheet.put(row, 0, f"Question {row - top}", "label")
        sheet.row(row, 1, [0.5, 0.5], "input", "share")
        _scored(sheet, row, "", ["", ""])
    _mean(sheet, top + 1, QUESTIONS, ["", ""])
    sheet.text(top + 9, "Question 1. What does somebody score who says one half to everything?", 7)
    sheet.put(top + 10, 0, "whatever comes", "label")
    sheet.put(top + 10, 1, 0.25, "answer", "=(0.5-1)^2", "score")
    return sheet


def _scored(sheet: Sheet, row: int, came: float | str, values: Sequence[float | str]) -> None:
    low, high, outcome = (at(row, column) for column in (1, 2, 3))
    sheet.put(row, 3, came, "input", shown="whole")
    ends = f"({low}-{outcome})^2,({high}-{outcome})^2"
    for column, (function, value) in enumerate(zip(("MIN", "MAX"), values, strict=True), 4):
        formula = f'=IF({outcome}="","",{function}({ends}))'
        sheet.put(row, column, value, "sum", formula, "score")


def _mean(sheet: Sheet, first: int, count: int, values: Sequence[float | str]) -> None:
    sheet.put(first + count, 0, "mean", "label")
    for column, value in enumerate(values, 4):
        rows = f"{at(first, column)}:{at(first + count - 1, column)}"
        formula = f'=IF(COUNT({rows})=0,"",AVERAGE({rows}))'
        sheet.put(first + count, column, value, "sum", formula, "score")
