"""Names of the environment variables by which the build speaks to the processes that it starts."""

BUILDING = "TIGHTROPE_BUILDING"
"""Set for kernels: a figure hands over its parts as data, and the build puts them on its page."""

FRAME = "TIGHTROPE_FRAME"
"""Set for Sphinx: what stands around the text of every page, as a line of `publish.frame`."""

TOC = "TIGHTROPE_TOC"
"""Set for kernels: the list of pages of the book that is being built, where pages link to pages."""

WARM_DATA, WARM_DAY = "TIGHTROPE_WARM_DATA", "TIGHTROPE_WARM_DAY"
"""Set for the server of kernels: the data and the day that the pages will ask for."""
