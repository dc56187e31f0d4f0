"""Charts: Altair charts from frames, and the figure twin that carries each onto a page."""
