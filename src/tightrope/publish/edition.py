"""What the reader chose. Nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tightrope.dealbook import Dealbook


LAYERS = {
    "announced": "all that was announced",
    "binding": "binding amounts",
    "paid": "paid amounts",
}
"""How far down the ladder sums are counted, in words."""


@dataclass(frozen=True)
class Edition:
    """What the reader chose: a data package, a day and a layer ("" is the book's own choice).

    Without `solutions` the exercises stand alone; quizzes keep their answers.
    """

    data: str = ""
    as_of: str = ""
    layer: str = "announced"
    solutions: bool = True

    @property
    def is_default(self) -> bool:
        """Whether this is the book's own edition."""
        return self == Edition()

    def check(self, book: Dealbook) -> Dealbook:
        """The book as this edition sees it; raises ValueError that names the valid choices."""
        from tightrope import dealbook  # it loads pandas, which who has nothing to do need not

        dealbook.check_layer(self.layer)
        return book.as_of(self.as_of)
