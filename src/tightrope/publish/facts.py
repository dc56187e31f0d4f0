"""Numbers in prose: computed once, written once, linked to the rows they come from.

A notebook states a fact under a key; a Markdown cell of the same notebook writes `[[key]]` where
the number belongs (`[[=key]]` writes it without a link, for headings). A quantity needs no cell:
`[[paid_in]]` names it, `[[paid_in:microsoft]]` with one partner, `[[paid_in.stated]]` at one of
its ends. The build puts the written value there, as a link to the fact's card,
and refuses a page whose text and facts do not match.
"""

from __future__ import annotations

import copy
import difflib
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from IPython import get_ipython
from IPython.display import display

from tightrope import accounts, ledger, units
from tightrope.dealbook import KEYS, Dealbook
from tightrope.quantities import DEFINITIONS
from tightrope.quantities.definition import NOT_YET as NOT_YET

MIMETYPE = "application/vnd.tightrope.fact"
"""JSON as text, like a figure's."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MARKER = re.compile(
    r"\[\[(=?)([a-z0-9]+(?:[-_][a-z0-9]+)*(?::[a-z0-9]+(?:-[a-z0-9]+)*)?(?:\.[a-z]+)?)\]\]"
)
NO_SUM = "no known sum"
"""What stands for a payment of which nothing is known: it need not be nothing."""


@dataclass(frozen=True)
class Fact:
    """A value that prose may use: `written` is how it stands in a sentence."""

    key: str
    written: str
    value: float | str | None
    low: float | None
    high: float | None
    unit: str
    how: str
    rows: tuple[str, ...]


class Statement(tuple[Fact, ...]):
    """The facts that one cell states, shown as one small table."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        lines = "".join(
            f"<tr><td>{fact.key}</td><td>{escape(fact.written)}</td></tr>" for fact in self
        )
        return {
            "text/plain": "\n".join(f"{fact.key}: {fact.written}" for fact in self),
            "text/html": f"<table>{lines}</table>",
            MIMETYPE: json.dumps([asdict(fact) for fact in self]),
        }


class Facts:
    """States facts from one dealbook and checks that the rows they name exist.

    In a notebook the facts of a cell appear together when it has run; elsewhere each at once.
    `fact("peak", 12.5, "usd_bn", "how it was computed")` states one, on the rows of `on`.
    """

    _rows: tuple[str, ...] = ()

    def __init__(self, book: Dealbook) -> None:
        self._book = book
        self._stated: list[Fact] = []
        shell = get_ipython()
        if shell is not None:
            shell.events.register("post_execute", self._show)
        self._is_in_notebook = shell is not None
        self._ladder = ledger.ladder(book).set_index("leg_id")
        self._figures = book.financials.set_index("financial_id")

    def on(self, rows: Iterable[str]) -> Facts:
        """The same page's facts, resting on these rows (`table/id`) where they name none."""
        other = copy.copy(self)
        other._rows = tuple(dict.fromkeys(rows))
        return other

    def __call__(
        self,
        key: str,
        value: float | str,
        unit: str,
        how: str,
        rows: Iterable[str] = (),
        nothing: str = "",
    ) -> None:
        """State a value in its unit, as `state` does."""
        self.state(key, value, unit, tuple(rows) or self._rows, how, nothing=nothing)

    def words(self, key: str, text: str, how: str, rows: Iterable[str] = ()) -> None:
        """State words that follow from the data; "" is no fact, and `when-KEY` leaves it out."""
        self.state(key, text, "text", tuple(rows) or self._rows, how)

    def span(
        self,
        key: str,
        low: float,
        high: float,
        how: str,
        rows: Iterable[str] = (),
        unit: str = "usd_bn",
        nothing: str = "",
    ) -> None:
        """State a range; `high` is NaN where the evidence sets no upper end."""
        named = tuple(rows) or self._rows
        self.state(key, math.nan, unit, named, how, float(low), float(high), nothing)

    def state(
        self,
        key: str,
        value: float | str,
        unit: str,
        rows: Iterable[str],
        how: str,
        low: float = math.nan,
        high: float = math.nan,
        nothing: str = "",
    ) -> None:
        """State a fact under `key`: its value, unit, the rows behind it (`table/id`) and how.

        With `low` and `high` and no value (NaN), the range is what prose says. `nothing` is what
        it says of a zero, such as `NO_SUM` for payments: of what is not known, "$0" would be a
        claim. Raises ValueError for a bad key, a missing `how` or no rows, and for a row that the
        book does not have.
        """
        if not _SLUG.fullmatch(key):
            raise ValueError(f'a fact\'s key is a lower-case slug, not "{key}"')
        if key.replace("-", "_") in DEFINITIONS:
            raise ValueError(
                f"{key} is the name of a quantity; write [[{key.replace('-', '_')}]] in the text, "
                "or give the fact a key that says the difference"
            )
        named = tuple(dict.fromkeys(rows))
        if not named or not how:
            raise ValueError(
                f"fact {key} needs the rows behind it and a word on how it was computed"
            )
        for row in named:
            self._require(row)
        missing = isinstance(value, float) and math.isnan(value)
        ranged = missing and not (math.isnan(low) and math.isnan(high))
        written = units.written_range(low, high, unit) if ranged else units.written(value, unit)
        if nothing and (value == 0 or (ranged and high == 0)):
            written = nothing
        plain = None if missing else value if isinstance(value, str) else float(value)
        self._add(Fact(key, written, plain, _plain(low), _plain(high), unit, how, named))

    def legs(self, key: str, legs: Sequence[str], layer: str, how: str = "") -> None:
        """State what some legs come to on one layer of the ladder, in USD billion.

        Legs not yet known on the book's day count nothing; if none is known the fact reads "a sum
        not yet public". Where a leg has no amount, the fact is a range. Where nothing is known to
        be paid, it reads "no known sum".
        """
        known = self._ladder.loc[[leg for leg in legs if leg in self._ladder.index]]
        self._require_ids("legs", legs)
        method = how or (
            f"{layer} amount of the leg" if len(legs) == 1 else f"sum of the legs' {layer} amounts"
        )
        if known.empty:
            self._state_unknown(key, [f"legs/{leg}" for leg in legs], method)
            return
        value, low, high = accounts.total(known, layer)
        rows = [f"legs/{leg}" for leg in known.index]
        nothing = NO_SUM if layer == "paid" else ""
        self.state(key, value, "usd_bn", rows, method, low, high, nothing)

    def figure(self, key: str, financial_id: str, how: str = "") -> None:
        """State one figure of `financials.csv` in its own unit."""
        self._require_ids("financials", [financial_id])
        if financial_id not in self._figures.index:
            self._state_unknown(key, [f"financials/{financial_id}"], how or "figure as published")
            return
        row = self._figures.loc[financial_id]
        value = float(row.value)
        self.state(
            key,
            value,
            str(row.unit),
            [f"financials/{financial_id}"],
            how or f"{str(row.metric).replace('_', ' ')}, {row.period}, {row.nature}",
            float(row.value_low),
            float(row.value_high),
        )

    def figures(self, named: Mapping[str, str]) -> None:
        """State figures of `financials.csv`, each in its own unit: the financial_id by key."""
        for key, financial_id in named.items():
            self.figure(key, financial_id)

    def _state_unknown(self, key: str, rows: Sequence[str], how: str) -> None:
        self._add(Fact(key, NOT_YET, None, None, None, "usd_bn", how, tuple(rows)))

    def _add(self, fact: Fact) -> None:
        self._stated.append(fact)
        if not self._is_in_notebook:
            self._show()

    def _show(self) -> None:
        if self._stated:
            display(Statement(self._stated))
            self._stated.clear()

    def _require_ids(self, table: str, ids: Sequence[str]) -> None:
        """Refuse an id that no edition of the book knows, with the nearest that it does."""
        for row_id in ids:
            if row_id not in self._book.all_ids[table]:
                near = difflib.get_close_matches(row_id, self._book.all_ids[table], 3, 0.5)
                hint = f"; did you mean {', '.join(near)}?" if near else ""
                raise ValueError(f'{table}.csv has no {KEYS[table]} "{row_id}"{hint}')

    def _require(self, row: str) -> None:
        table, _, row_id = row.partition("/")
        if table not in KEYS:
            raise ValueError(
                f'a row is named table/id, with table one of {", ".join(KEYS)}, not "{row}"'
            )
        self._require_ids(table, [row_id])


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def fill(text: str, facts: dict[str, dict[str, Any]], link: Callable[[str], str] | None) -> str:
    """Replace every `[[key]]` in Markdown by its written value, as a link where `link` gives one.

    Raises KeyError for a key that was not stated.
    """

    def written(match: re.Match[str]) -> str:
        bare, key = match.groups()
        value = str(facts[key]["written"])
        if bare or link is None:
            return _escape_markdown(value)
        return f'<a class="fact" href="{escape(link(key))}">{_escape_markdown(value)}</a>'

    return MARKER.sub(written, text)


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
