"""One page of every kind that the site has: what is slow to look at is looked at on these."""

from __future__ import annotations

KINDS = {
    "start": "index",
    "at a glance": "chapters/at-a-glance",
    "chapter": "chapters/whose-money",
    "chapter with a live chart": "chapters/runway",
    "web of partners": "chapters/web-of-partners",
    "follow one dollar": "chapters/follow-one-dollar",
    "scenarios compared": "chapters/scenarios",
    "scenario": "scenarios/growth-stalls",
    "dossier": "partners/microsoft",
    "in depth": "reference/runway-in-depth",
    "formulas": "reference/methods-runway",
    "claims": "reference/claim-check",
    "gallery": "reference/gallery",
    "totals": "reference/why-the-totals-differ",
    "catalogue": "reference/deal-catalogue",
    "deals": "reference/deal-catalogue/openai",
    "sources": "reference/sources",
    "documents": "reference/sources/filing",
    "numbers": "reference/facts",
    "numbers of a chapter": "reference/facts/runway",
    "dictionary": "reference/data-dictionary",
    "glossary": "reference/glossary",
    "status": "reference/status",
    "search": "search",
}
"""The id of a page by its kind; its file is `ID.html`."""
