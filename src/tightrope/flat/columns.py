"""Which heading of a table means which column: by its name, a usual other name, or nearly so."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from tightrope.findings import Finding, quoted
from tightrope.flat.units import Unit, split, words

REQUIRED = ("date", "payer", "payee", "kind", "amount", "status", "source")
MONEY = ("amount", "low", "high")
"""The columns whose headings may say their unit: amount_usd_bn, low_usd_m."""
OTHER_NAMES = {
    "date": "day when announced announced_on announced_at announcement_date date_announced "
    "known_on known_since happened_on deal_date payment_date period",
    "payer": "from payer_name payer_id from_party paid_by payor sender source_party debtor "
    "from_company company_from",
    "payee": "to payee_name payee_id to_party paid_to recipient receiver beneficiary creditor "
    "target_party to_company company_to",
    "kind": "type instrument leg_type deal_type payment_type category flow_type",
    "amount": "value sum size amount_value deal_value deal_size payment",
    "status": "state rung stage data_status deal_status",
    "source": "sources url link reference citation source_url evidence document",
    "low": "min minimum amount_low low_amount amount_min lowest value_low",
    "high": "max maximum amount_high high_amount amount_max highest value_high",
    "ends_on": "end ends end_date until due due_on due_date maturity last_day",
    "note": "notes comment comments remark remarks leg_note description",
    "deal": "deal_name agreement deal_title project title deal_id",
    "unit": "units amount_unit",
    "currency": "ccy amount_currency",
    "rate": "fx fx_rate exchange_rate usd_rate rate_usd usd_per_unit",
    "stated_by": "said_by",
    "source_kind": "source_type",
}
"""Other names of each column, which in a heading may have spaces, capitals or hyphens."""
_KNOWN = {name: column for column, others in OTHER_NAMES.items() for name in others.split()} | {
    column: column for column in OTHER_NAMES
}
_CLOSE = 0.82


@dataclass(frozen=True)
class Match:
    """Which column of the table holds what."""

    places: dict[str, int] = field(default_factory=dict)
    """The place of each column that was found."""
    units: dict[str, Unit] = field(default_factory=dict)
    """What the headings of amounts say of their unit."""
    shown: tuple[tuple[str, str], ...] = ()
    """Each heading, and the column that it was read as; "" if it is not used."""
    findings: tuple[Finding, ...] = ()


def match(file: str, line: int, header: list[str]) -> Match:
    """Find the columns of a table in its headings; what is missing or doubled is a finding.

    A column's own name goes before another name, and that before one that is only nearly right.
    """
    read = [_read(heading) for heading in header]
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for column in OTHER_NAMES:
        best = min((rank for name, rank, _ in read if name == column), default=None)
        if best is None:
            continue
        found = [at for at, (name, rank, _) in enumerate(read) if (name, rank) == (column, best)]
        places[column] = found[0]
        if len(found) > 1:
            both = " and ".join(quoted(header[at]) for at in found)
            message = f"{both} both mean {column}; rename one of them"
            findings.append(Finding(file, line, header[found[1]] or column, message))
    missing = [column for column in REQUIRED if column not in places]
    if "amount" in missing and {"low", "high"} <= set(places):
        missing.remove("amount")
    allowed = ", ".join(_title(column) for column in OTHER_NAMES)
    findings += [
        Finding(
            file,
            line,
            _title(column),
            f"column is missing; the headings are {', '.join(map(quoted, header))}, and may be "
            f"{allowed}; {_title(column)} may also be called "
            f"{', '.join(OTHER_NAMES[column].split()[:4])}",
        )
        for column in missing
    ]
    used = {place: column for column, place in places.items()}
    shown = tuple((heading, used.get(at, "")) for at, heading in enumerate(header))
    units = {column: read[place][2] for column, place in places.items() if column in MONEY}
    # low beside amount_usd_m is in millions too.
    said = next((unit for unit in units.values() if any(unit)), Unit())
    units = {column: unit if any(unit) else said for column, unit in units.items()}
    return Match(places, units, shown, tuple(findings))


def _title(column: str) -> str:
    return "amount_usd_bn" if column == "amount" else column


def _read(heading: str) -> tuple[str, int, Unit]:
    """The column that a heading means ("" if none), how far-fetched that is, and its unit."""
    said = words(heading)
    name = "_".join(said)
    if name in _KNOWN and _KNOWN[name] not in MONEY:
        return _KNOWN[name], 0 if name in OTHER_NAMES else 1 + _place(name), Unit()
    rest, unit = split(said)
    bare = "_".join(rest)
    if (bare == "" and any(unit)) or _KNOWN.get(bare) in MONEY:
        column = _KNOWN.get(bare, "amount")
        return column, 0 if bare == column else 1 + _place(bare), unit
    close = get_close_matches(name, _KNOWN, n=1, cutoff=_CLOSE)
    if not close and any(unit):
        close = [one for one in get_close_matches(bare, _KNOWN, 1, _CLOSE) if _KNOWN[one] in MONEY]
    if not close:
        return "", 0, Unit()
    column = _KNOWN[close[0]]
    return column, _FAR, unit if column in MONEY else Unit()


_FAR = 100


def _place(name: str) -> int:
    """How late a name stands among the other names of its column: of two, the earlier is meant."""
    column = _KNOWN.get(name, "")
    others = OTHER_NAMES.get(column, "").split()
    return others.index(name) if name in others else 0
