"""Names of the environment variables by which the build speaks to the processes that it starts."""

BUILDING = "TIGHTROPE_BUILDING"
"""Set for kernels: a figure hands over its parts as data, and the build puts them on its page."""

ANNOUNCEMENT = "TIGHTROPE_ANNOUNCEMENT"
"""Set for Sphinx: what an edition that is not the book's own says above every page."""

TOC = "TIGHTROPE_TOC"
"""Set for kernels: the list of pages of the book that is being built, where pages link to pages."""

WARM_DATA, WARM_DAY = "TIGHTROPE_WARM_DATA", "TIGHTROPE_WARM_DAY"
"""Set for the server of kernels: the data and the day that the pages will ask for."""
