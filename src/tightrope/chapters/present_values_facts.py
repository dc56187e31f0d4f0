"""What the page on present values states: everything in every edition, known yet or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters.present_values import Worth
from tightrope.exposure import Dues, Ends
from tightrope.publish.facts import NOT_YET, Facts

_UNDER = "stated sum of each contract, or its low end, what is paid of it taken off"
_WEIGHED = "of that × chance by terms, low and high"


def state_market(fact: Facts, found: Worth | None) -> None:
    """State the rates, and "market": whether promises can be priced at all."""
    how = "whether yields, spreads and something owed are known"
    fact.words("market", "yes" if found else "", how)
    fact.words("unpriced", "" if found else "yes", how)
    if found is None:
        _not_yet(fact, ["risk-free", "spread", "rate"])
        return
    on, rates = fact.on(found.rates.rows), found.rates
    how = "lowest and highest of the Treasury’s newest yields in the data"
    on.words("risk-free", _percent(rates.risk_free), how)
    how = "bonds rated single B, and the dearest default swap of a supplier"
    on.words("spread", _percent(rates.spread), how)
    on.words("rate", _percent(rates.rate), "yield and spread together, low and high")


def state_owed(fact: Facts, found: Worth | None, named: Mapping[str, str]) -> None:
    """State all that is owed three times over, and by party; `named` has the party by key."""
    how = "present value, low and high"
    _state_each(fact, None if found is None else found.owed, named, how)
    if found is None:
        _not_yet(fact, ["owed", "owed-present", "owed-expected", "owed-share"])
        return
    on = fact.on([*(f"legs/{leg}" for leg in found.legs), *found.rates.rows])
    on("owed", found.total("nominal"), "usd_bn", f"{_UNDER}, all payees")
    how = "discounted at the highest and lowest rate, undated money latest and soonest"
    on.span("owed-present", found.total("present_low"), found.total("present_high"), how)
    how = "present value × chance by terms, low and high"
    on.span("owed-expected", found.total("expected_low"), found.total("expected_high"), how)
    low, high = (found.total(f"present_{end}") / found.total("nominal") for end in ("low", "high"))
    on.words("owed-share", units.share_range(low, high), "present value ÷ sum as written")


def state_guaranteed(fact: Facts, found: Worth | None, named: Mapping[str, str]) -> None:
    """State the cap of guarantees by guarantor, what it is worth, what can be expected, and
    the recovery where there is a guarantor.
    """
    if named and found is not None:
        recovery = units.share_range(found.rates.recovery, found.rates.recovery)
        fact.on(found.rates.rows).words("recovery", recovery, "by convention")
    elif named:
        _not_yet(fact, ["recovery"])
    how = "cap × chance of default × (1 − recovery), discounted, low and high"
    _state_each(fact, None if found is None else found.guaranteed, named, how, is_weighed=True)


def state_in_kind(fact: Facts, found: Worth | None, named: Mapping[str, str]) -> None:
    """State the most, the model value and the expected value of what is given in kind."""
    how = "model value if all is bought, over the volatilities"
    _state_each(fact, None if found is None else found.in_kind, named, how, is_weighed=True)


def _state_each(
    fact: Facts,
    table: pd.DataFrame | None,
    named: Mapping[str, str],
    how: str,
    is_weighed: bool = False,
) -> None:
    known = {} if table is None else {str(one.party): one for one in table.itertuples()}
    for key, party in named.items():
        present, expected = f"{key}-present", f"{key}-expected"
        one = known.get(party)
        if one is None:
            _not_yet(fact, [key, present, *([expected] if is_weighed else [])])
            continue
        on = fact.on([*(f"legs/{leg}" for leg in one.legs), *one.rows])
        on(key, float(one.nominal), "usd_bn", "sum as written")
        on.span(present, one.present_low, one.present_high, how)
        if is_weighed:
            on.span(expected, one.expected_low, one.expected_high, _WEIGHED)


def state_dues(fact: Facts, dues: Sequence[Dues], parties: Iterable[str]) -> None:
    """State what each of the parties owes and is owed in the next years, written and present."""
    known = {one.party: one for one in dues}
    for party in parties:
        one = known.get(party)
        if one is None:
            kinds = ("swap", "owes", "owes-present", "is-owed", "is-owed-present")
            _not_yet(fact, [f"{party}-{kind}" for kind in kinds])
            continue
        on = fact.on(one.rows)
        on.words(f"{party}-swap", f"{one.spread:.2%}", "newest default swap, five years")
        how = "debts, interest and rents of the next four years, low and high"
        on.span(f"{party}-owes", *one.owes, how)
        on.span(f"{party}-owes-present", *one.owes_present, f"{how}, at its own spread")
        how = "due under contract in the same years, low and high"
        on.span(f"{party}-is-owed", *one.is_owed, how)
        on.span(f"{party}-is-owed-present", *one.is_owed_present, f"{how}, discounted")


def _not_yet(fact: Facts, keys: Iterable[str]) -> None:
    for key in keys:
        fact.words(key, NOT_YET, "not known in this edition")


def _percent(ends: Ends) -> str:
    return units.share_range(*ends, digits=1)
