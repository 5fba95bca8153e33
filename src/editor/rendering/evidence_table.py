"""The citations table on a page: rows to link to, each leading back to where its paper is mentioned."""

from collections.abc import Sequence
from typing import NamedTuple

from editor.rendering.marked_source import Mark
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import Tag, element, pieces_of, start_tag, words_of


class Row(NamedTuple):
    """A row of a table on a page: its cells as the HTML in them, with the classes that they have."""

    cells: list[str]
    classes: list[str]


class FoundTable(NamedTuple):
    """Where the table's HTML stands, from its box's start tag to behind its end tag, and what is in it."""

    start: int
    end: int
    heading: Row
    rows: tuple[Row, ...]


class SourceRow(NamedTuple):
    """What a row becomes: the ids of the row and of the cell that names its paper, and of the mentions that mean it."""

    id: str
    name_id: str
    mentions: tuple[str, ...]


def find_table(html: str, mark: Mark) -> FoundTable | None:
    """The table of the markdown in whose heading row the mark stands; None where there is none such."""
    at = html.find(mark.opening)
    start = html.rfind(
        '<div aria-label="Table" class="table" role="group" tabindex="0">\n<table>\n<thead>', 0, max(at, 0)
    )
    if start < 0:
        return None
    rows: list[Row] = []
    place, depth, in_cell = start, 0, False
    for piece in pieces_of(html[start:]):
        source = piece if isinstance(piece, str) else piece.source
        place += len(source)
        if isinstance(piece, Tag) and piece.name == "table":
            depth += -1 if piece.closing else 1
            if depth == 0:
                break
        if depth == 1 and isinstance(piece, Tag) and piece.name in ("tr", "th", "td"):
            in_cell = _begin_or_end(rows, piece)
        elif in_cell:
            rows[-1].cells[-1] += source
    end = html.find("</div>", place)
    if end < 0 or not rows or html[place:end].strip():
        return None
    return FoundTable(start, end + len("</div>"), rows[0], tuple(rows[1:]))


def _begin_or_end(rows: list[Row], tag: Tag) -> bool:
    """Take in a tag of a row or of a cell; whether a cell begins with it."""
    if tag.closing:
        return False
    if tag.name == "tr":
        rows.append(Row([], []))
        return False
    rows[-1].cells.append("")
    rows[-1].classes.append(tag.attributes.get("class", ""))
    return True


def source_table(table: FoundTable, rows: Sequence[SourceRow], names: int, caption_id: str, words: Words) -> str:
    """The table's HTML: with a caption, its column `names` as the headings of the rows, and the ways back to mentions.

    On a narrow screen each row stands alone, so each cell says which column it is of.
    """
    labels = [words_of(cell) for cell in table.heading.cells]
    heading = "".join(
        f"{start_tag('th', {'scope': 'col', **_class(name)})}{cell}</th>\n"
        for cell, name in zip(table.heading.cells, table.heading.classes, strict=True)
    )
    body = "".join(_row(row, given, labels, names, words) for row, given in zip(table.rows, rows, strict=True))
    box = start_tag("div", {"class": "table sources", "role": "group", "aria-labelledby": caption_id, "tabindex": "0"})
    caption = f"{start_tag('caption', {'id': caption_id})}{words.said(words.sources)}</caption>"
    return (
        f"{box}\n<table>\n{caption}\n<thead>\n<tr>\n{heading}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>"
    )


def _row(row: Row, given: SourceRow, labels: Sequence[str], names: int, words: Words) -> str:
    cells = []
    for column, (cell, name) in enumerate(zip(row.cells, row.classes, strict=True)):
        if column == names:
            named = f"{start_tag('div', {'id': given.name_id})}{cell}</div>"
            cells.append(f"{start_tag('th', {'scope': 'row', **_class(name)})}{named}{_ways_back(given, words)}</th>\n")
        else:
            label = {"data-label": labels[column]} if labels[column] else {}
            cells.append(f"{start_tag('td', {**_class(name), **label})}{cell}</td>\n")
    return f"{start_tag('tr', {'id': given.id})}\n{''.join(cells)}</tr>\n"


def _ways_back(row: SourceRow, words: Words) -> str:
    if not row.mentions:
        return ""
    links = " ".join(
        element("a", {"href": f"#{mention}", "aria-label": words.back_to_mention.format(number)}, str(number))
        for number, mention in enumerate(row.mentions, start=1)
    )
    return f'<div class="mentions">{words.said(words.mentioned)} {links}</div>'


def _class(name: str) -> dict[str, str]:
    return {"class": name} if name else {}
