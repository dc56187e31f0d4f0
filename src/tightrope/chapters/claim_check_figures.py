"""The figure of the chapter on the article's claims."""

from __future__ import annotations

from tightrope.chapters.claim_check import by_verdict, number
from tightrope.charts.figure import Figure
from tightrope.charts.verdicts import verdicts
from tightrope.dealbook import Dealbook


def squares(book: Dealbook) -> Figure:
    """A square for each claim, with its verdict."""
    claims, ids = book.claims, by_verdict(book.claims)
    told = (
        f"{verdict.capitalize()}: {', '.join(map(number, of_verdict)) or 'none'}."
        for verdict, of_verdict in ids.items()
    )
    return Figure(
        id="claim-check-verdicts",
        title=f"{len(ids['wrong'])} of {len(claims)} claims are wrong, {len(ids['imprecise'])} "
        f"imprecise; {len(ids['confirmed'])} hold as they stand",
        subtitle="One square a claim, in the order of the article; the number is the number in the "
        "table below",
        description=f"A row of squares, one a claim. {' '.join(told)}",
        draw=lambda width: verdicts(claims[["claim_id", "verdict", "claim"]], width),
        frame=claims[["claim_id", "section", "claim", "verdict"]],
        labels={
            "claim_id": "Claim",
            "section": "Section",
            "claim": "The article says",
            "verdict": "Verdict",
        },
        rows=[f"claims/{claim}" for claim in claims.claim_id],
        book=book,
    )
