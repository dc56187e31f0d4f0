"""Publishing: run the notebooks, put numbers and figures into pages, make the site."""
