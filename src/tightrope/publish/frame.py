"""What stands around the text of every page: the same on all of them, and known to the build alone.

The build hands it to Sphinx, a process of its own, in one variable; the templates of the theme
show it. What a page itself says has no part in it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from tightrope.environment import FRAME
from tightrope.publish.edition import LAYERS, Edition
from tightrope.publish.imprint import LICENCE, Imprint

if TYPE_CHECKING:
    from tightrope.dealbook import Dealbook


@dataclass(frozen=True)
class Frame:
    """The words around a page, "" for those that it goes without.

    `announcement` stands above an edition that is not the book's own; `day` is the day of the
    data and `due` when the next of them is expected; `edition` is the day and the layer. `site` and
    `repository` are addresses without a slash at the end; `commit` is that of the source, and
    `licence` says how text and data may be used.
    """

    announcement: str = ""
    day: str = ""
    due: str = ""
    edition: str = ""
    site: str = ""
    repository: str = ""
    commit: str = ""
    licence: str = LICENCE

    @classmethod
    def around(
        cls,
        book: Dealbook,
        edition: Edition,
        imprint: Imprint,
        announcement: str = "",
        commit: str = "",
    ) -> Frame:
        """The frame of a book's pages in an edition."""
        from tightrope import units, upcoming  # they load pandas, which Sphinx's process need not

        day = units.day(book.day.date())
        due = upcoming.next_due(book, at_most=1)
        return cls(
            announcement=announcement,
            day=day,
            due=due[0].when if due else "",
            edition=f"as known on {day}, {LAYERS[edition.layer]}",
            site=imprint.site,
            repository=imprint.repository,
            commit=commit,
            licence=imprint.licence,
        )

    @property
    def lasting(self) -> Frame:
        """The frame without what the end of the build adds: all that Sphinx's pages depend on."""
        return replace(self, commit="")

    def as_line(self) -> str:
        """The frame as one line, for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def of_line(cls, line: str) -> Frame:
        """The frame that `as_line` wrote."""
        return cls(**json.loads(line))

    @classmethod
    def of_this_build(cls) -> Frame:
        """The frame that the process was given; an empty one where it was given none."""
        return cls.of_line(os.environ.get(FRAME, "{}"))
