"""Sheets on payments: the ladder, the flow matrix and the round trip.

Sums are USD billion, nominal; each has its low and its high end in a column of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from tightrope import counting
from tightrope.course import tables
from tightrope.course.workbook.cells import OPEN, Sheet, at, block
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.quantities.view import View

FOCAL = "openai"
_ENDS = ("low", "high")


def ladder(book: Dealbook) -> Sheet:
    """Every leg of OpenAI on the three layers; what OpenAI pays is added up, the rest is asked."""
    view = View.of(book, FOCAL)
    sheet = Sheet("ladder", [32, 28, 28, 14, *[11] * 6])
    sheet.text(0, "From what was said to what was paid", 10, kind="title")
    sheet.text(
        1,
        "Each layer contains the next: what is paid was signed, and what is signed was announced. "
        f'So layers are never added up. "{OPEN}" means that no source sets a high end; a sum with '
        "it is open too. Loans, guarantees, and parts of another row are left out.",
        10,
        3,
    )
    legs = {layer: _own(view, layer) for layer in LAYERS}
    payers = {leg: payer for own in legs.values() for leg, payer in own.payer.items()}
    ids = sorted(payers, key=lambda leg: payers[leg] != FOCAL)
    first, last = 12, 11 + len(ids)
    heads = [f"{layer}, {end}" for layer in LAYERS for end in _ENDS]
    sheet.row(3, 4, heads, "head")
    sheet.put(4, 0, "OpenAI pays its partners (what has been paid: Question 1)", "label")
    sheet.put(5, 0, "Question 1. What is OpenAI paid? Copy the formula, and change it.", "label")
    _totals(sheet, 4, "payer", "sum", legs, (first, last), book)
    _totals(sheet, 5, "payee", "answer", legs, (first, last), book)
    _paid_of_signed(sheet, legs)
    sheet.row(first - 1, 0, ["leg", "payer", "payee", "for"], "left")
    sheet.row(first - 1, 4, heads, "head")
    for row, leg in enumerate(ids, first):
        known = next(legs[layer].loc[leg] for layer in LAYERS if leg in legs[layer].index)
        names = [book.party_name(known.payer), book.party_name(known.payee)]
        sheet.row(row, 0, [leg, *names, known.instrument.replace("_", " ")], "label")
        ends = [_end(legs[layer], leg, end) for layer in LAYERS for end in _ENDS]
        sheet.row(row, 4, ends, "given")
    return sheet


def _own(view: View, layer: str) -> pd.DataFrame:
    """The legs that a total of the layer adds up, by id."""
    legs = counting.given(view.counted(layer))
    return legs[~legs.part_of.isin(legs.leg_id)].set_index("leg_id")


def _end(legs: pd.DataFrame, leg: str, end: str) -> float:
    return float(legs.at[leg, end]) if leg in legs.index else 0.0


def _totals(
    sheet: Sheet,
    row: int,
    side: str,
    kind: str,
    legs: dict[str, pd.DataFrame],
    rows: tuple[int, int],
    book: Dealbook,
) -> None:
    names = block((rows[0], 1 if side == "payer" else 2), (rows[1], 1 if side == "payer" else 2))
    who = f'"{book.party_name(FOCAL)}"'
    for place, (layer, end) in enumerate((layer, end) for layer in LAYERS for end in _ENDS):
        column = 4 + place
        amounts = block((rows[0], column), (rows[1], column), fix_column=False)
        own = legs[layer][legs[layer][side].eq(FOCAL)]
        formula = (
            f'=IF(COUNTIFS({names},{who},{amounts},"{OPEN}")>0,"{OPEN}",'
            f"SUMIFS({amounts},{names},{who}))"
        )
        # What has been paid is asked on both sides.
        is_asked = "answer" if layer == "paid" else kind
        sheet.put(row, column, float(own[end].sum(skipna=False)), is_asked, formula)


def _paid_of_signed(sheet: Sheet, legs: dict[str, pd.DataFrame]) -> None:
    """The share of what is signed that has been paid: least, and most, of what OpenAI is paid."""
    sums = {
        layer: {end: own[own.payee.eq(FOCAL)][end].sum(skipna=False) for end in _ENDS}
        for layer, own in legs.items()
    }
    sheet.put(7, 0, "Question 2. Which share of what OpenAI is to be paid by contract", "label")
    sheet.put(8, 0, "has been paid? Least: divide a low end by a high end. Most: reverse.", "label")
    sheet.row(7, 8, ["least", "most"], "head")
    for column, (part, whole) in ((8, ("low", "high")), (9, ("high", "low"))):
        own = at(5, 8 if part == "low" else 9)
        base = at(5, 6 if whole == "low" else 7)
        share = float(min(1.0, sums["paid"][part] / sums["binding"][whole]))
        # An open end is nothing to divide by: then no least share is known but nothing.
        formula = f"=IF(ISTEXT({base}),0,IF(ISTEXT({own}),1,MIN(1,{own}/{base})))"
        known = share if not math.isnan(share) else float(part == "high")
        sheet.put(8, column, known, "answer", formula, "share")


def matrix(book: Dealbook) -> Sheet:
    """Who pays whom: payments of the web, and the same as a matrix at its low and high end."""
    pairs = tables.web(View.of(book, FOCAL))
    shown = _in_the_middle(pairs)
    first, last = 5, 4 + len(pairs)
    sheet = Sheet("matrix", [28, 28, 9, 9, 3, 18, *[10.5] * (len(shown) + 1)])
    sheet.text(0, "Who pays whom", 16, kind="title")
    sheet.text(
        1,
        "Left: all announced payments of the web in which money can come back to OpenAI. Right: "
        "the same as a matrix, payers in rows, of the parties that pay and are paid. Empty "
        "squares are findings too: most pairs exchange nothing. Question 1. Fill the green cells: "
        "what is each party paid by all? Question 2. Who is paid more than it pays, at both ends?",
        16,
        2,
    )
    sheet.row(first - 1, 0, ["payer", "payee"], "left")
    sheet.row(first - 1, 2, _ENDS, "head")
    for row, pair in enumerate(pairs.itertuples(), first):
        names = [book.party_name(pair.payer), book.party_name(pair.payee)]
        sheet.row(row, 0, names, "label")
        sheet.row(row, 2, [float(pair.low), float(pair.high)])
    for end, top in zip(_ENDS, (first - 1, first + len(shown) + 4), strict=True):
        _square(sheet, book, pairs, shown, end, (first, last), top)
    return sheet


def _in_the_middle(pairs: pd.DataFrame) -> list[str]:
    """OpenAI first, then who both pays and is paid, and deals with OpenAI itself."""
    near = {*pairs.payer[pairs.payee.eq(FOCAL)], *pairs.payee[pairs.payer.eq(FOCAL)]}
    return [FOCAL, *sorted(near & {*pairs.payer} & {*pairs.payee})]


def _square(
    sheet: Sheet,
    book: Dealbook,
    pairs: pd.DataFrame,
    shown: Sequence[str],
    end: str,
    rows: tuple[int, int],
    top: int,
) -> None:
    payers, payees, amounts = (
        block((rows[0], column), (rows[1], column)) for column in (0, 1, 2 + _ENDS.index(end))
    )
    left, total = 5, 6 + len(shown)
    sheet.put(top, left, f"{end} end: pays …", "left")
    sheet.row(top, left + 1, [book.party_name(one) for one in shown], "head")
    sheet.put(top, total, "pays all", "head")
    sums = pairs.set_index(["payer", "payee"])[end]
    for row, payer in enumerate(shown, top + 1):
        name = at(row, left, fix_column=True)
        sheet.put(row, left, book.party_name(payer), "label")
        for column, payee in enumerate(shown, left + 1):
            other = at(top, column, fix_row=True)
            chosen = f"{payers},{name},{payees},{other}"
            value = float(sums.get((payer, payee), 0.0))
            sheet.put(row, column, value, "sum", _summed(amounts, chosen))
        own = float(sums[pairs.payer.eq(payer).to_numpy()].sum(skipna=False))
        sheet.put(row, total, own, "sum", _summed(amounts, f"{payers},{name}"))
    row = top + 1 + len(shown)
    sheet.put(row, left, "is paid by all", "label")
    for column, payee in enumerate(shown, left + 1):
        own = float(sums[pairs.payee.eq(payee).to_numpy()].sum(skipna=False))
        chosen = f"{payees},{at(top, column, fix_row=True)}"
        sheet.put(row, column, own, "answer", _summed(amounts, chosen))


def _summed(amounts: str, chosen: str) -> str:
    """The sum of chosen amounts; open where one of them is."""
    return f'=IF(COUNTIFS({amounts},"{OPEN}",{chosen})>0,"{OPEN}",SUMIFS({amounts},{chosen}))'


def round_trip(book: Dealbook) -> Sheet:
    """What comes straight back, partner by partner, of what is announced; one row is given."""
    view = View.of(book, FOCAL)
    sides = counting.by_partner(counting.given(view.counted("announced")), FOCAL)
    sides = sides.set_index("party")
    sheet = Sheet("round trip", [28, *[13] * 6])
    sheet.text(0, "What comes straight back: the smaller of two sides", 7, kind="title")
    sheet.text(
        1,
        "Everything announced. More cannot come back from a partner than went there, and no more "
        "than it pays. The smaller side is taken partner by partner, and added up then. MIN passes "
        f'over the word "{OPEN}": an open side is bounded by the other one. Question 1. The first '
        "row is given: fill the others and both sums. Question 2. Why is the sum of the smaller "
        "sides not the smaller of the two sums? Question 3. Do the same for what has been paid, "
        "from the sheet ladder.",
        7,
        5,
    )
    names = [f"{what}, {end}" for what in ("in", "out", "straight back") for end in _ENDS]
    sheet.put(3, 0, "partner", "left")
    sheet.row(3, 1, names, "head")
    last = 3 + len(sides)
    for row, (party, own) in enumerate(sides.iterrows(), 4):
        sheet.put(row, 0, book.party_name(str(party)), "label")
        sheet.row(row, 1, [float(own[f"{side}_{end}"]) for side in ("in", "out") for end in _ENDS])
        for place, end in enumerate(_ENDS, 1):
            into, out = at(row, place), at(row, 2 + place)
            formula = f'=IF(AND(ISTEXT({into}),ISTEXT({out})),"{OPEN}",MIN({into},{out}))'
            kind = "sum" if row == 4 else "answer"
            sheet.put(row, 4 + place, float(own[f"round_{end}"]), kind, formula)
    sheet.put(last + 1, 0, "all partners", "label")
    for column, end in enumerate(_ENDS, 5):
        rows = f"{at(4, column)}:{at(last, column)}"
        formula = f'=IF(COUNTIF({rows},"{OPEN}")>0,"{OPEN}",SUM({rows}))'
        value = float(sides[f"round_{end}"].sum(skipna=False))
        sheet.put(last + 1, column, value, "answer", formula)
    sheet.frozen = (4, 1)
    return sheet
