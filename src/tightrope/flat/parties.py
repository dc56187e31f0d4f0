"""Who is who in a table: parties by name, their ids, and what each mainly is."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

from slugify import slugify

from tightrope.findings import quoted

_LONGEST = 60


def known_as(name: str) -> str:
    """A name as readers tell it from others: not by capitals, spaces or its encoding."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def identified(text: str, taken: Collection[str], fallback: str, longest: int = _LONGEST) -> str:
    """An id made from words, in plain small letters, that is none of `taken`."""
    base = slugify(text.replace("&", " and "), max_length=longest, word_boundary=True)
    base = base or fallback
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


class Parties(NamedTuple):
    """The parties of a table."""

    ids: dict[str, str]
    """The id of each party by its name as `known_as` has it."""
    names: dict[str, str]
    """The name of each party by its id, as the table writes it first."""
    assumed: list[str]


def found(names: Iterable[str]) -> Parties:
    """Give every party an id made from its name; names that differ in capitals only are one."""
    ids: dict[str, str] = {}
    shown: dict[str, str] = {}
    spellings: dict[str, list[str]] = {}
    assumed: list[str] = []
    for name in names:
        key = known_as(name)
        if key not in ids:
            ids[key] = identified(name, shown, "party")
            shown[ids[key]] = name
        spellings.setdefault(key, []).append(name)
    for key, ways in spellings.items():
        if len(several := list(dict.fromkeys(ways))) > 1:
            both = ", ".join(f"“{way}”" for way in several)
            assumed.append(
                f"{both} are one party, `{ids[key]}`: the names differ in capitals only."
            )
    plain = Counter(slugify(name.replace("&", " and ")) for name in shown.values())
    assumed += [
        f"“{name}” is the party `{party}`: another name makes the same id."
        for party, name in shown.items()
        if plain[slugify(name.replace("&", " and "))] > 1
    ]
    return Parties(ids, shown, assumed)


def alike(parties: Parties) -> list[str]:
    """Names of which one begins with the other, which may be one party under two names."""
    firsts = sorted(parties.names.values(), key=known_as)
    return [
        f"“{one}” and “{other}” are two parties; if they are one, give both the same name."
        for one, other in pairwise(firsts)
        if known_as(other).startswith(f"{known_as(one)} ")
    ]


def focal(given: str, parties: Parties) -> tuple[str, str]:
    """The id of the party that a name or an id means, and what is wrong if there is none."""
    key = known_as(given)
    if key in parties.ids:
        return parties.ids[key], ""
    if key in parties.names:
        return key, ""
    if (slug := slugify(given)) in parties.names:
        return slug, ""
    some = ", ".join(sorted(parties.names.values(), key=known_as)[:_SHOWN])
    more = len(parties.names) - _SHOWN
    listed = f"the parties are: {some}" + (f" and {more} more" if more > 0 else "")
    if not key:
        return "", f"name the party that the case is about, by its name or its id; {listed}"
    known = {**{key: parties.names[one] for key, one in parties.ids.items()}}
    known |= {party: name for party, name in parties.names.items() if party not in known}
    close = get_close_matches(key, known, n=3, cutoff=0.6)
    close += [one for one in known if len(key) > 2 and key in one and one not in close]
    meant = " or ".join(dict.fromkeys(quoted(known[one]) for one in close[:3]))
    hint = f"did you mean {meant}? " if meant else ""
    return "", f"{quoted(given)} neither pays nor is paid in the table; {hint}{listed}"


_SHOWN = 20
_MANY = {
    "banks", "bondholders", "bonds", "consumers", "creditors", "customers", "holders", "investors",
    "lenders", "others", "public", "shareholders", "various", "suppliers", "subscribers",
}  # fmt: skip
_PAID_FOR = {
    "chips": "chipmaker",
    "compute": "cloud",
    "lease": "builder",
    "construction": "builder",
}
_PAYS = {"loan": "lender", "guarantee": "lender", "equity": "investor"}


def kind(name: str, pays: Sequence[str], is_paid: Sequence[str]) -> tuple[str, str]:
    """What a party mainly is, by what it pays and is paid for, and why.

    A table does not say it; the schema needs one of its words. Whoever is funded and rents
    computing is a lab; who sells something is no investor for what it buys besides, and whoever
    fits nothing else is a customer.
    """
    if _MANY & set(known_as(name).replace("-", " ").split()):
        return "boundary", "the name stands for many"
    sells = Counter(_PAID_FOR[one] for one in is_paid if one in _PAID_FOR)
    funds = Counter(_PAYS[one] for one in pays if one in _PAYS)
    if set(is_paid) & {"equity", "loan"} and "compute" in pays and not sells:
        return "lab", "they are funded and rent computing"
    if sells:
        best = sells.most_common(1)[0][0]
        for_what = next(one for one in is_paid if _PAID_FOR.get(one) == best)
        return best, f"they are paid for {for_what.replace('_', ' ')}"
    if funds and len(pays) >= len(is_paid) and "services" not in is_paid:
        best = funds.most_common(1)[0][0]
        return best, "they lend or guarantee" if best == "lender" else "they buy stakes"
    return "customer", "no other word fits"
