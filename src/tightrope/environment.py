"""Names of the environment variables by which the build speaks to the processes that it starts."""

DEFER_BAKING = "TIGHTROPE_DEFER_BAKING"
"""Set for kernels: figures leave their pictures to the build, which bakes them all in one go."""

ANNOUNCEMENT = "TIGHTROPE_ANNOUNCEMENT"
"""Set for Sphinx: what an edition that is not the book's own says above every page."""

TOC = "TIGHTROPE_TOC"
"""Set for kernels: the list of pages of the book that is being built, where pages link to pages."""
