"""What a parser has to say of a text that it could not take at face value."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters to the reader of the article."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Problem(NamedTuple):
    """One thing wrong at one place.

    `code` is stable and hyphenated (`front-matter-syntax`), `message` a plain sentence that says the way out.
    `start` and `end` are code points, `line` counts from 1; all three are of the text the parser was given until
    `moved` to the article's.
    """

    code: str
    severity: Severity
    message: str
    start: int
    end: int
    line: int

    def moved(self, by: int, lines: int) -> "Problem":
        """The same problem in a text where this one begins `by` code points and `lines` lines further on."""
        return self._replace(start=self.start + by, end=self.end + by, line=self.line + lines)
