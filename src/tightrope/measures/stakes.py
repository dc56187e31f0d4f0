"""Stakes that are priced anew: what a fall does to firms that own parts of each other.

The model is that of Elliott, Golub & Jackson (2014, Financial Networks and Contagion, American
Economic Review 104(10):3115–3153, doi:10.1257/aer.104.10.3115). One unit of money throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tightrope.measures.amounts import ByParty, by_name


@dataclass(frozen=True, eq=False)
class Values:
    """What firms are worth, by firm: `book` is all that a firm owns, its parts of others included.

    `outside` is the part of `book` that no other firm of the web owns: what the market pays for
    it. `failed` are the firms below their line, in the order in which they fall below it.
    """

    book: pd.Series[float]
    outside: pd.Series[float]
    failed: tuple[str, ...]


def values(
    owned: pd.DataFrame,
    assets: ByParty,
    least: ByParty | None = None,
    costs: ByParty | None = None,
) -> Values:
    """What firms are worth if some own parts of others, and a fall below a line costs more.

    `owned` has the part of the firm of the column that the firm of the row owns, between 0 and 1;
    `assets` what each firm owns outside the web, less its debts; `least` the lines, none for a
    firm without one; `costs` what a firm below its line loses in addition. With C for `owned`,
    book = (I − C)⁻¹ (assets − costs of the failed), and outside = (1 − what others own) × book;
    a firm fails if its `outside` is below its line. Of several outcomes it is the best: nobody
    fails because another is only feared to. Raises ValueError for a table that is not square by
    name, for parts out of range or that leave nothing to outsiders, for negative costs, and for
    amounts that are missing, not finite, or of a firm that the table does not have.
    """
    firms = [str(name) for name in owned.index]
    if firms != [str(name) for name in owned.columns] or len(set(firms)) < len(firms):
        raise ValueError("owned must have each firm once, in the same order down and across")
    parts = owned.to_numpy(dtype=float)
    if not (np.isfinite(parts).all() and (parts >= 0).all() and not np.diag(parts).any()):
        raise ValueError("parts must lie between 0 and 1, and no firm may own a part of itself")
    left = 1 - parts.sum(axis=0)
    if (left <= 0).any():
        raise ValueError(f"others own all of {firms[int(left.argmin())]}: nothing is outside")
    own = _amounts(assets, firms, "assets")
    lines = _amounts(least or {}, firms, "least", -math.inf)
    lost = _amounts(costs or {}, firms, "costs", 0.0)
    if (lost < 0).any():
        raise ValueError("costs must not be negative")
    failed: list[int] = []
    while True:
        hit = np.zeros(len(firms))
        hit[failed] = lost[failed]
        book = np.linalg.solve(np.eye(len(firms)) - parts, own - hit)
        outside = left * book
        new = [place for place in range(len(firms)) if outside[place] < lines[place]]
        new = [place for place in new if place not in failed]
        if not new:
            break
        failed += new
    return Values(
        pd.Series(book, index=firms),
        pd.Series(outside, index=firms),
        tuple(firms[place] for place in failed),
    )


def loan_to_value(
    net_debt: float, holdings: float, stake: float, fall: float, drag: float = 0.0
) -> float:
    """Net debt as a part of the holdings once one stake among them has fallen.

    `stake` is a part of `holdings` and falls by `fall` (0.5 is half of it), all other holdings by
    `drag` times as much. Infinite where nothing is left. Raises ValueError as `fall_to_limit`,
    and for a fall that is not between 0 and 1.
    """
    _check(net_debt, holdings, stake, drag)
    if not 0 <= fall <= 1:
        raise ValueError(f"a fall lies between 0 and 1, not {fall}")
    rest = holdings - fall * (stake + drag * (holdings - stake))
    return net_debt / rest if rest > 0 else math.inf


def fall_to_limit(
    net_debt: float, holdings: float, stake: float, limit: float, drag: float = 0.0
) -> float:
    """The fall of a stake at which `loan_to_value` reaches `limit`: a part of its value.

    0 where it is there already, infinite where not even a stake worth nothing gets there. In
    closed form: (holdings − net debt / limit) / (stake + drag × the other holdings). Raises
    ValueError for amounts that are negative or not finite, a stake above the holdings, a limit
    that is not positive, and a drag that is not between 0 and 1.
    """
    _check(net_debt, holdings, stake, drag)
    if not limit > 0:
        raise ValueError(f"a limit must be positive, not {limit}")
    room = holdings - net_debt / limit
    moves = stake + drag * (holdings - stake)
    if room <= 0:
        return 0.0
    return room / moves if room <= moves else math.inf


def _check(net_debt: float, holdings: float, stake: float, drag: float) -> None:
    for name, amount in (("net_debt", net_debt), ("holdings", holdings), ("stake", stake)):
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"{name} must be a number and not negative, not {amount}")
    if stake > holdings:
        raise ValueError(f"a stake of {stake} is no part of holdings of {holdings}")
    if not 0 <= drag <= 1:
        raise ValueError(f"drag lies between 0 and 1, not {drag}")


def _amounts(
    given: ByParty, firms: list[str], what: str, default: float = math.nan
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    known = by_name(given, what)
    unknown = [str(name) for name in known if name not in firms]
    if unknown:
        raise ValueError(f"{what} has firms that owned does not have: {', '.join(unknown)}")
    amounts = np.array([known.get(name, default) for name in firms])
    missing = [name for name in firms if math.isnan(known.get(name, default))]
    if missing or np.isposinf(amounts).any():
        raise ValueError(f"{what} must be known and finite: {', '.join(missing or known)}")
    return amounts
