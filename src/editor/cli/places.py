"""Lines and columns of what an article holds, for those who read them: both from 1."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from editor.core.lines import split_lines
from editor.core.problems import Problem


class Places:
    """Lines and columns of the code points of a text; a column counts code points."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(map(len, split_lines(text)))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of a code point, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def problem(self, problem: Problem) -> dict[str, object]:
        """A problem as JSON has it, without its file; what is about no place is about the first line."""
        line, column = self.of(problem.start)
        end_line, end_column = self.of(max(problem.start, problem.end))
        return {
            "code": problem.code,
            "severity": str(problem.severity),
            "message": problem.message,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
        }
