"""What a check says: one finding for each thing that is wrong, and an error that carries them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 80


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong with the data: where it is, what it is, and what is allowed."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """One line, whatever the cell holds: what would break the line is written as `\\n`."""
        text = f"{self.file}:{self.line}: {self.column}: {self.message}"
        return _CONTROL.sub(lambda one: one[0].encode("unicode_escape").decode(), text)


class DataError(ValueError):
    """The data package cannot be used; `findings` says what is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(finding) for finding in findings))


def quoted(cell: object) -> str:
    """A cell in quotes, as messages show it; a long one only with its beginning."""
    text = str(cell)
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'


def not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    """The finding for a file whose bytes are no UTF-8: the line and the first wrong byte."""
    line = content[: error.start].count(b"\n") + 1
    byte = f"0x{content[error.start]:02X}"
    return Finding(file, line, "encoding", f"byte {byte} is not UTF-8; save the file as UTF-8")
