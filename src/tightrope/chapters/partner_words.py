"""What a dossier says in sentences, each computed from the partner's legs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd
from babel import Locale

from tightrope import ledger, units, upcoming
from tightrope.chapters import partner as chapter
from tightrope.chapters.partner import Dossier

_KINDS = {
    "cloud": "a cloud provider",
    "chipmaker": "a chipmaker",
    "equipment_maker": "a maker of network equipment",
    "investor": "an investor",
    "builder": "a builder",
    "lender": "a lender",
    "customer": "a customer",
    "lab": "a laboratory",
    "boundary": "a name for many",
}
# Countries that English names with an article; all others are named as Babel has them.
_PLACES = {"US": "the United States", "AE": "the United Arab Emirates", "GB": "the United Kingdom"}
_GIVES = {
    "equity": "buys a stake in {}",
    "shares": "gives {} shares",
    "warrant": "gives {} a warrant",
    "loan": "lends to {}",
    "guarantee": "guarantees what {} owes",
    "revenue_share": "shares revenue with {}",
    "services": "buys services of {}",
    "construction": "pays {} for construction",
}
_TAKES = {
    "equity": "buys a stake in {them}",
    "warrant": "gives {them} a warrant",
    "loan": "lends to {them}",
    "lease": "leases a site from {them}",
    "guarantee": "guarantees what {they} might lose",
    "revenue_share": "shares revenue with {them}",
    "construction": "pays {them} for construction",
}
_BOUGHT = ("chips", "compute", "construction", "lease", "services")
_IN_KIND = {
    "credits": "Credits can only be spent at the shop that issued them.",
    "stock": "Shares are counted at the value that the contract names.",
    "warrant": "A warrant is a right and not money: its range runs from nothing to its value if "
    "every target is met. Where it vests with purchases, only the part that goes with purchases "
    "already ordered binds.",
}
_SAID_ONLY = {
    " (only reported)": set(ledger.HEARSAY),
    " (a letter of intent only)": {"letter_of_intent"},
}
_SIGNED = {
    "without_condition": "{}, without a condition",
    "on_condition": "{}, depending on a condition",
    "terms_not_public": "{}, on terms that are not public",
}
_GRADES = {
    "filing": "from filings",
    "company": "in a company’s own words",
    "press": "from newsrooms",
    "secondary": "from digests and copies",
    "derived": "by our own arithmetic",
}


def account(told: Dossier) -> str:
    """The heading above the account."""
    who = told.focal_name
    return f"Their account with {who}" if told.is_many else f"{told.name} and {who}"


def who(told: Dossier) -> str:
    """What the partner is, where it sits and where its shares are listed."""
    if not told.is_known:
        return f"Nothing was public about {told.name} by {units.day(told.book.day.date())}."
    if told.is_many:
        return f"{told.name} are many firms, which the data do not tell apart."
    territory = Locale("en").territories.get(told.country, told.country)
    place = f" in {_PLACES.get(told.country, territory)}" if told.country else ""
    listed = f", {_listed(told)}" if _listed(told) else ""
    if told.kind == "customer":
        return _customer(told, place, listed)
    return f"{told.name} is {_KINDS[told.kind]}{place}{listed}."


def _listed(told: Dossier) -> str:
    """Where its shares are listed; "" where the data have no ticker of anybody to tell by."""
    if told.ticker:
        return f"listed as {told.ticker}"
    return "not listed on a stock exchange" if told.book.parties.ticker.ne("").any() else ""


def _customer(told: Dossier, place: str, listed: str) -> str:
    """What a customer is: one of the party in the middle if it buys something from it."""
    buys = told.direct.payee.eq(told.page.focal) & told.direct.instrument.isin(_BOUGHT)
    if buys.any():
        return f"{told.name} is a customer of {told.focal_name}{place}{listed}."
    return f"{told.name} is a firm{place}{listed}." if place or listed else ""


def flow(told: Dossier) -> str:
    """What goes which way between the two, and what of it is no money."""
    media = set(told.direct.medium)
    in_kind = (text for medium, text in _IN_KIND.items() if medium in media)
    return " ".join([_both_ways(told), *in_kind])


def _both_ways(told: Dossier) -> str:
    name, middle = told.name, told.focal_name
    if not told.is_known:
        return ""
    if told.direct.empty:
        return (
            f"No payment between {name} and {middle} is known, in either direction; "
            f"the payments of {name} go to others."
        )
    inward = told.direct[told.direct.payee.eq(told.page.focal)]
    outward = told.direct[told.direct.payer.eq(told.page.focal)]
    subject, them = ("they", "them") if told.is_many else (name, f"{name} itself")
    gives = f"{subject} {_given(inward, middle, told.is_many)}" if len(inward) else ""
    takes = f"{middle} {_taken(outward, told.is_many)}" if len(outward) else ""
    if told.direct.status.isin(ledger.ENDED).all():
        plan = units.listing(filter(None, [gives, takes]))
        return f"The plan, since cancelled or replaced: {plan}."
    if inward.empty:
        return f"Under these deals {takes}. No payment from {name} to {middle} is known."
    if outward.empty:
        return f"Under these deals {gives}. No payment from {middle} to {them} is known."
    return f"Under these deals {gives}, and {takes}."


def _given(legs: pd.DataFrame, middle: str, is_many: bool) -> str:
    """What a partner gives; many of them give, one gives."""
    words = {kind: text.format(middle) for kind, text in _GIVES.items()}
    return _kinds(legs, words, is_many)


def _taken(legs: pd.DataFrame, is_many: bool) -> str:
    """What the party in the middle gives a partner."""
    they, them = ("they", "them") if is_many else ("it", "it")
    words = {kind: text.format(they=they, them=them) for kind, text in _TAKES.items()}
    return _kinds(legs, words, whom=them)


def _kinds(
    legs: pd.DataFrame, words: Mapping[str, str], is_many: bool = False, whom: str = "it"
) -> str:
    """What legs are, in words; those that ended count only where there is nothing else."""
    standing = legs[~legs.status.isin(ledger.ENDED)]
    said = []
    chosen = standing if len(standing) else legs
    for kind, part in chosen.groupby("instrument", sort=False):
        verb, rest = words.get(str(kind), f"buys {kind} from {whom}").split(" ", 1)
        how = (how for how, rungs in _SAID_ONLY.items() if set(part.status) <= rungs)
        verb = verb.removesuffix("s") if is_many else verb
        said.append(f"{verb} {rest}{next(how, '')}")
    return units.listing(dict.fromkeys(said))


def signed(told: Dossier) -> str:
    """What the party in the middle has signed to pay the partner, by its terms."""
    parts = []
    for part, words in _SIGNED.items():
        one = told.quantities[f"signed_{part}"]
        if one.low == 0 and math.isnan(one.high):
            parts.append(words.format("a sum that nobody has published"))
        elif one.high != 0:
            parts.append(words.format(one.written))
    who = told.focal_name
    if not parts:
        return f"No contract is known that obliges {who} to pay, loans and guarantees apart."
    return f"{who} has signed to pay {'; '.join(parts)}."


def lent(told: Dossier) -> str:
    """The loans and guarantees between the two, which no sum counts; "" for none."""
    words = [
        f"a {leg.instrument} by {told.book.party_name(leg.payer)} "
        f"({units.usd_bn_range(leg.announced_low, leg.announced_high)}"
        f"{', only reported' if leg.status in ledger.HEARSAY else ''})"
        for leg in told.lent.itertuples()
    ]
    if not words:
        return ""
    return (
        "Loans and guarantees are in none of these sums; here there "
        f"{'is' if len(words) == 1 else 'are'} {units.listing(words)}."
    )


def next_due(told: Dossier) -> str:
    """What is expected next of the partner, and when; "" for nothing with a day."""
    item = chapter.next_due(told)
    if item is None:
        return ""
    when = upcoming.days(item["expected_from"], item["expected_by"])
    return f"{item['what']} Expected {when}."


def judged(told: Dossier) -> str:
    """How many claims are about the partner, by verdict."""
    claims = chapter.claims(told)
    if claims.empty:
        return ""
    tally = claims.verdict.value_counts()
    verdicts = units.listing(f"{number} {verdict}" for verdict, number in tally.items())
    are = "is" if len(claims) == 1 else "are"
    return f"{units.number_of(len(claims), 'claim')} of the article {are} about it: {verdicts}."


def missing(told: Dossier) -> dict[str, str]:
    """What is missing in the data of the partner, and on which legs, by what is missing."""
    live, titles = told.standing, told.titles

    def titled(legs: Iterable[str]) -> str:
        return "; ".join(dict.fromkeys(titles[leg] for leg in legs))

    ranged = live[live.announced_low.lt(live.announced_high)]
    undated = live.schedule.eq("undated") & ~live.paid.ge(live.announced)
    noted = int(told.events.note.ne("").sum())
    found = {
        "No source gives a sum": titled(
            live.leg_id[live.announced.isna() & live.announced_high.isna()]
        ),
        "Only a range is known": "; ".join(
            f"{titles[leg.leg_id]} ({units.usd_bn_range(leg.announced_low, leg.announced_high)})"
            for leg in ranged.itertuples()
        ),
        "Under contract, but what has been paid is not public": titled(
            live.leg_id[live.status.eq("binding")]
        ),
        "No date is known for the money that is still to come": titled(live.leg_id[undated]),
        "Neither side has spoken; all that is known comes from others or is our estimate": titled(
            chapter.no_voice(told)
        ),
        "Only one side has spoken": "; ".join(
            f"{titles[leg]} ({name})" for leg, name in chapter.one_voice(told).items()
        ),
        "A note says more, such as a doubt, a conflict or a derivation": f"{noted} of "
        f"{units.number_of(len(told.events), 'step')} in the last table"
        if noted
        else "",
    }
    return {what: which for what, which in found.items() if which}


def figures(told: Dossier) -> str:
    """How many figures of the partner the data hold; "" for none."""
    number = len(chapter.figures(told))
    return f"The data have {units.number_of(number, 'figure')} of {told.name}." if number else ""


def record(told: Dossier) -> str:
    """How many steps there are of which grade of evidence."""
    graded = chapter.grades(told).items()
    words = units.listing(f"{number} {_GRADES[grade]}" for grade, number in graded if number)
    return f"By the quality of their evidence: {words}."
