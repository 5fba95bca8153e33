"""What begins a block at a line, by GFM sections 4 and 5: what a table cannot begin with or run on into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.core.lines import line_search
from editor.core.patterns import when_used

# What else can begin at a line, which is what a table cannot begin with or run on into (GFM sections 4 and 5).
FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,}+)")
HEADING = re.compile(r" {0,3}#{1,6}(?![^ \t])")
UNDERLINE = re.compile(r" {0,3}(?:=++|-++)[ \t]*+\Z")
BREAK = re.compile(r" {0,3}([-*_])[ \t]*+(?:\1[ \t]*+){2,}+\Z")
_QUOTE = when_used(r" {0,3}>")
LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t])")
_INTERRUPTING_ITEM = when_used(r" {0,3}(?:[-+*]|1[.)])[ \t]++[^ \t]")
_NOTE = when_used(r" {0,3}\[\^[^\]\s]++\]:")
_MARKERS = re.compile(r"(?:[ \t]*+(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t])|\[\^[^\]\s]++\]:))*+[ \t]*+")
_OPENERS = frozenset("`~#>-*+_<[0123456789")
_VERBATIM = "script|pre|style|textarea"
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
# What the dialect has a mark for at a line's beginning.
OPENERS = frozenset("`~#>-+*_=<[!:0123456789")
ADMONITION = re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +".*?")? *\Z')
_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
# Behind its `<`; names are compared without case.
TAG = rf"(?:[A-Z][A-Z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?|/[A-Z][A-Z0-9-]*+\s*+)>"
BLANK = re.compile(r"\A[ \t]*+\Z")
# Each kind of HTML block: what begins it and what its last line holds; only the last kind cannot interrupt a paragraph.
_HTML = tuple(
    (when_used(" {0,3}<" + begins, re.IGNORECASE | re.ASCII), when_used(ends, re.IGNORECASE | re.ASCII))
    for begins, ends in (
        (rf"(?:{_VERBATIM})(?![^\s>])", rf"</(?:{_VERBATIM})>"),
        ("!--", "-->"),
        (r"\?", r"\?>"),
        (r"!\[CDATA\[", r"\]\]>"),
        ("![A-Z]", ">"),
        (rf"/?(?:{_BLOCK_TAGS})(?![^\s/>])", BLANK.pattern),
        (rf"{TAG}[ \t]*+\Z", BLANK.pattern),
    )
)

_MAYBE_DELIMITER = line_search(r" {0,3}+[|:-][ \t\v\f|:-]*+(?=[\r\n]|\Z)")


def may_hold_table(text: str) -> bool:
    """Whether a line looks like a delimiter row: where none does, there is no table."""
    return _MAYBE_DELIMITER(text)


def past_fence(lines: Sequence[str], first: int, fence: str) -> int:
    """The line after the fenced code block that begins at the line `first`; the text's end where nothing closes it."""
    closing = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}}+[ \t]*+\Z")
    return next((at + 1 for at in range(first + 1, len(lines)) if closing.match(lines[at])), len(lines))


def past_container(lines: Sequence[str], first: int) -> int:
    """The line after a quote, a list item or a footnote, with the lines that lazily continue its last paragraph."""
    is_quote = _QUOTE.match(lines[first]) is not None
    is_empty = BLANK.match(lines[first][_end(LIST_ITEM, lines[first]) :]) is not None
    width = _content_width(lines[first])
    in_paragraph = True
    for index in range(first, len(lines)):
        line = lines[index]
        if index == first or (_QUOTE.match(line) if is_quote else indent_of(line) >= width):
            in_paragraph = ends_in_paragraph(line)
        elif BLANK.match(line):
            if is_quote or (is_empty and index == first + 1):
                return index
            in_paragraph = False
        elif not in_paragraph or opens_block(line, in_paragraph=False):
            return index
    return len(lines)


def ends_in_paragraph(line: str) -> bool:
    """Whether the text of a line is a paragraph's, behind whatever marks of quotes, list items and footnotes."""
    rest = behind_marks(line)
    return not BLANK.match(rest) and not opens_block(rest, in_paragraph=False)


def behind_marks(line: str) -> str:
    """A line without its indentation and the marks of quotes, list items and footnotes."""
    return line[_end(_MARKERS, line) :]


def _content_width(line: str) -> int:
    """How far a line is to be indented to belong to the list item or footnote that begins here."""
    marker = _end(LIST_ITEM, line)
    padding = indent_of(line[marker:])
    return marker + (padding if padding <= 4 and not BLANK.match(line[marker:]) else 1) if marker else 4


def opens_block(line: str, *, in_paragraph: bool) -> bool:
    """Whether a block other than a paragraph begins at this line."""
    opener = line.lstrip(" ")[:1]
    if opener not in _OPENERS:
        return False
    if opener == "<":
        return html_end(line, in_paragraph=in_paragraph) is not None
    items = _INTERRUPTING_ITEM if in_paragraph else LIST_ITEM
    return any(pattern.match(line) for pattern in (FENCE, HEADING, BREAK, _QUOTE, _NOTE, items))


def html_end(line: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """What the last line of the HTML block that begins at this line holds; None where none begins."""
    if not line.lstrip(" ").startswith("<"):
        return None
    kinds = _HTML[:-1] if in_paragraph else _HTML
    return next((ends for begins, ends in kinds if begins.match(line)), None)


def _end(pattern: re.Pattern[str], line: str) -> int:
    found = pattern.match(line)
    return found.end() if found else 0


def indent_of(line: str) -> int:
    """Columns of white space before the line's text, with a tab stop at every fourth."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))
