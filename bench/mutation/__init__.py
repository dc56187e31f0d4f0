"""Planted faults that the fast tests have to find; `make mutants` runs it, `make test` does not.

The faults are mutmut's, and those of pandas' comparisons besides. Its own runner leaves out every
decorated function, which most of the quantities are; so they are planted and run here.
"""
