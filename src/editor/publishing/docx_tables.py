"""Tables of a page as Word lays them out: columns as wide as what is in them, and rows that links lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.rendering.sanitised_tags import Tag, element, pieces_of, start_tag, words_of

_TABLE = re.compile(r"<table>((?:(?!<table).)*?)</table>", re.DOTALL)
_CAPTION = re.compile(r"\s*(?:<caption.*?</caption>)?", re.DOTALL)
_PAPER = re.compile(r'<div id="cite-\d+-paper">(.*?)</div>', re.DOTALL)
_SIDES = {"align-left": "left", "align-centre": "center", "align-right": "right"}

_LINE = 84
"""Characters of a table's text that a line takes."""
_NARROW, _WIDE = 14, 60
"""Characters up to which a column is as wide as it needs, and from which on more of them make it no wider."""
_ROOM = 2
"""Characters that a cell keeps free at its sides."""


def word_tables(html: str) -> str:
    """The HTML with its tables as pandoc makes good ones of; a table around another stays as it is."""
    return _TABLE.sub(lambda found: f"<table>{_WordTable(found[1]).html()}</table>", html)


def column_shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """The shares of a line, up to 1 in all, that columns with these words take."""
    needs = [max(len(words) for words in column) + _ROOM for column in zip(*rows, strict=True)]
    wide = sum(min(need, _WIDE) for need in needs if need > _NARROW)
    left = _LINE - sum(need for need in needs if need <= _NARROW)
    if left <= 0:
        return [1 / len(needs)] * len(needs)
    return [need / _LINE if need <= _NARROW else min(need, _WIDE) / wide * left / _LINE for need in needs]


class _WordTable:
    """One table, read from its first tag to its last."""

    def __init__(self, inside: str) -> None:
        self._rows: list[list[str]] = []
        self._spans = False
        self._row_id = ""
        self._is_row_name = False
        self._inside = "".join(
            self._text(piece) if isinstance(piece, str) else self._tag(piece)
            for piece in pieces_of(_PAPER.sub(r"\1", inside))
        )

    def html(self) -> str:
        """All that stands between its tags."""
        caption = _CAPTION.match(self._inside)
        at = caption.end() if caption else 0
        return f"{self._inside[:at]}{self._columns()}{self._inside[at:]}"

    def _columns(self) -> str:
        if self._spans or not self._rows or len({len(row) for row in self._rows}) > 1:
            return ""
        words = [[words_of(cell) for cell in row] for row in self._rows]
        columns = (start_tag("col", {"style": f"width: {share:.1%}"}) for share in column_shares(words))
        return f"<colgroup>{''.join(columns)}</colgroup>"

    def _text(self, text: str) -> str:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += text
        return text

    def _tag(self, tag: Tag) -> str:
        if tag.name == "tr" and not tag.closing:
            self._rows.append([])
            self._row_id = tag.attributes.get("id", "")
            return "<tr>"
        return self._cell(tag) if tag.name in ("td", "th") else tag.source

    def _cell(self, tag: Tag) -> str:
        """A cell that says itself on which side its words stand; the first has its row's id, where pandoc keeps it."""
        if tag.closing:
            return "</td>" if self._is_row_name else tag.source
        self._is_row_name = tag.attributes.get("scope") == "row"
        self._spans = self._spans or "colspan" in tag.attributes or "rowspan" in tag.attributes
        if self._rows:
            self._rows[-1].append("")
        kept = {name: value for name, value in tag.attributes.items() if name in ("colspan", "rowspan")}
        side = next((_SIDES[each] for each in tag.attributes.get("class", "").split() if each in _SIDES), "")
        if side:
            kept["style"] = f"text-align: {side}"
        mark, self._row_id = self._row_id and element("span", {"id": self._row_id}), ""
        return start_tag("td" if self._is_row_name else tag.name, kept) + mark
