"""A page as a Word document: in Word's own styles, with its notes, its tables, its pictures and its links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from editor.publishing.document_page import lasting_link, split_page
from editor.publishing.docx_finishing import finished_docx
from editor.publishing.docx_tables import word_tables
from editor.publishing.pandoc import docx_of
from editor.rendering.page_fields import PageFields
from editor.rendering.sanitised_tags import Tag, change_tags, element, pieces_of, start_tag, words_of

_RIGHT_TO_LEFT = ' dir="rtl"'
_HEADER_END = "</header>\n"
_ARTICLE_END = "</article>"
_NOTES = '<section class="footnote" role="doc-endnotes"'
_STANDFIRST = re.compile(r'<p class="standfirst">(.*?)</p>', re.DOTALL)
_DAY = re.compile(r"<time[^>]*>(.*?)</time>", re.DOTALL)
_DISCLOSURE = re.compile(r'<p class="disclosure".*?</p>\n?', re.DOTALL)
_ONLY_ON_SCREEN = re.compile(
    r' ?<a class="anchor".*?</a>|<div class="mentions">.*?</div>|(?:&nbsp;|\u00a0)?<a class="footnote-backref".*?</a>',
    re.DOTALL,
)
_NOTE_REFERENCE = re.compile(r'<sup id="fnref[^"]*"><a class="footnote-ref" href="#([^"]*)">(.*?)</a></sup>', re.DOTALL)
_CODE = re.compile(r'<pre[^>]*><code class="language-([^"]*)">')
_RAISED = {f"h{level}": f"h{level - 1}" for level in range(2, 7)}
_TICKED, _NOT_TICKED = "\u2612 ", "\u2610 "


def make_docx(page: str, fields: PageFields, keywords: Sequence[str]) -> bytes:
    """An exported page, with its pictures in it and in the standard order of its parts, as a Word document.

    `fields` is what the page shows of them. Waits for pandoc. Raises PandocFailed.
    """
    return finished_docx(docx_of(_for_pandoc(page, fields, keywords)), fields)


def _for_pandoc(page: str, fields: PageFields, keywords: Sequence[str]) -> str:
    """The page as pandoc understands most of it: metadata in its head, `h1` for the highest heading below the title."""
    head, rest = split_page(page)
    header, _, content = rest.partition(_HEADER_END)
    disclosure = _DISCLOSURE.search(header)
    content = _ONLY_ON_SCREEN.sub("", content.rpartition(_ARTICLE_END)[0])
    body = _with_notes((disclosure[0] if disclosure else "") + content)
    body = word_tables(_CODE.sub(lambda found: start_tag("pre", {"class": found[1]}) + "<code>", body))
    body = change_tags(body, lambda tag: _for_word(tag, fields.canonical))
    metadata = _metadata(header, fields, keywords)
    if _RIGHT_TO_LEFT in head.partition("\n<head>")[0]:
        metadata.append(("dir", "rtl"))
    metas = "".join(start_tag("meta", {"name": name, "content": text}) + "\n" for name, text in metadata if text)
    return (
        f'{start_tag("html", {"lang": fields.language})}\n<head>\n<meta charset="utf-8">\n'
        f"{element('title', {}, fields.title)}\n{metas}</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _metadata(header: str, fields: PageFields, keywords: Sequence[str]) -> list[tuple[str, str]]:
    """What pandoc writes above the text and into the document's properties, by its names; "" for what there is not."""
    standfirst, day = _STANDFIRST.search(header), _DAY.search(header) if fields.published.day else None
    return [
        *(("author", author) for author in fields.authors),
        ("subtitle", words_of(standfirst[1]) if standfirst else ""),
        ("date", words_of(day[1]) if day else fields.published.text),
        ("description", fields.description),
        *(("keywords", keyword) for keyword in keywords),
    ]


def _for_word(tag: Tag, canonical: str) -> str:
    """A tag as Word has something like it; no picture is left that would have to be loaded."""
    if tag.name == "input":
        return _TICKED if "checked" in tag.attributes else _NOT_TICKED
    if tag.name == "img":
        return tag.source if tag.attributes.get("src", "").startswith("data:image/") else ""
    if tag.name in _RAISED:
        name = _RAISED[tag.name]
        return f"</{name}>" if tag.closing else start_tag(name, tag.attributes)
    if tag.name == "a" and "href" in tag.attributes:
        return start_tag("a", {"href": lasting_link(tag.attributes["href"], canonical)})
    return tag.source


def _with_notes(html: str) -> str:
    """The notes as EPUB has them, which pandoc makes Word's own of; those that nothing refers to stay a list.

    A reference within a note is its number alone, since Word has no notes to notes.
    """
    body, begins, section = html.rpartition(_NOTES)
    if not begins:
        return html
    notes = _notes_by_id(section)
    numbers = {id_: number for number, id_ in enumerate(notes, start=1)}
    referred = set()

    def note(found: re.Match[str]) -> str:
        number = numbers.get(unquote(found[1]))
        if number is None:
            return found[0]
        referred.add(number)
        return f'<a epub:type="noteref" href="#note{number}">{found[2]}</a>'

    body = _NOTE_REFERENCE.sub(note, body)
    written, others = "", ""
    for id_, note_html in notes.items():
        content = _NOTE_REFERENCE.sub(r"<sup>\2</sup>", note_html)
        if numbers[id_] in referred:
            written += f'<aside epub:type="footnote" id="note{numbers[id_]}">{content}</aside>\n'
        else:
            others += f"<li>{content}</li>\n"
    return f"{body}{written}" + (f"<ol>\n{others}</ol>\n" if others else "")


def _notes_by_id(section: str) -> dict[str, str]:
    """The HTML of each note by its id, in their order."""
    notes: dict[str, str] = {}
    depth, current = 0, ""
    for piece in pieces_of(section):
        if isinstance(piece, Tag) and piece.name == "li":
            depth += -1 if piece.closing else 1
            if depth == 1 and not piece.closing:
                current = piece.attributes.get("id", "")
                notes[current] = ""
                continue
        if depth:
            notes[current] += piece if isinstance(piece, str) else piece.source
    return notes
