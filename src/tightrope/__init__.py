"""The Tightrope: who pays whom for OpenAI's compute, from CSV to a static book.

The way of the data, one direction:
dealbook (read, as-of view) -> ledger (status ladder, dated payments) -> charts -> publish.
"""

__version__ = "0.1.0"
