"""What is expected next: which of it is still to come, overdue, or known by now."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope.dealbook import Dealbook

STATES = ("expected", "overdue", "known")
"""What can have become of something expected."""


def expected(book: Dealbook) -> pd.DataFrame:
    """What is watched as of the book's day, what is due first on top; one row an item.

    The columns of `watch.csv` and `state`: `known` if its result is published, `overdue` if its
    last expected day lies before the day until when public text was read, else `expected`. The
    clock plays no part: an item is overdue only where somebody looked and found nothing.
    """
    watch = book.watch
    last = watch.expected_by.fillna(watch.expected_from)
    is_known, has_passed = watch.result.ne(""), last < book.read_until
    chosen = np.select([is_known, has_passed], ["known", "overdue"], "expected")
    states = pd.Series(chosen, index=watch.index, dtype="object")
    due = watch.expected_by.fillna(watch.expected_from)
    order = {state: place for place, state in enumerate(("overdue", "expected", "known"))}
    return (
        watch.assign(state=states, _due=due, _order=states.map(order))
        .sort_values(["_order", "_due"], kind="stable", na_position="last", ignore_index=True)
        .drop(columns=["_order", "_due"])
    )
