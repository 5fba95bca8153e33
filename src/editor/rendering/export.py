"""An article as one HTML file that asks nothing of any network and runs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from editor.core.front_matter import FrontMatter, front_matter_length, parse_front_matter
from editor.core.problems import Severity
from editor.rendering.article_pictures import PictureRefused
from editor.rendering.chunk_html import CannotRender, render_article, unrendered
from editor.rendering.export_images import picture_as_data
from editor.rendering.page import Page, exported_page
from editor.rendering.sanitised_tags import Tag, change_tags, element, missing_image

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
# A language tag as BCP 47 shapes it, loosely: what does not look like one does not reach the page.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_FIRST_HEADING = re.compile(r"<h1(?: [^>]*)?>(.*?)</h1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Exported:
    """The whole page, and a sentence for each thing that could not be in it as the article has it."""

    html: str
    notes: tuple[str, ...]


def export_html(text: str, *, folder: Path, name: str, smart_quotes: bool = False) -> Exported:
    """One HTML page of an article's exact text.

    Images are read below `folder` only. `name` is the title where the article gives none.
    """
    front_matter = parse_front_matter(text[: front_matter_length(text)])
    notes = [
        f"Line {problem.line}: {problem.message}"
        for problem in front_matter.problems
        if problem.severity is Severity.ERROR
    ]
    body = _body(text[front_matter.body_start :], folder, notes, smart_quotes)
    heading = _FIRST_HEADING.search(body)
    title = _value(front_matter, "title")
    page = Page(
        language=_language(front_matter),
        title=title or (_words(heading[1]) if heading else "") or name,
        heading="" if heading else title,
        author=_value(front_matter, "author"),
        date_text=_value(front_matter, "date"),
        date=_date(_value(front_matter, "date")),
        body=body,
    )
    return Exported(exported_page(page), tuple(notes))


def _body(text: str, folder: Path, notes: list[str], smart_quotes: bool) -> str:
    try:
        html = render_article(text, smart_quotes=smart_quotes)
    except CannotRender as error:
        notes.append(str(error))
        return unrendered(text)
    return change_tags(html, lambda tag: _with_picture(tag, folder, notes))


def _with_picture(tag: Tag, folder: Path, notes: list[str]) -> str:
    """An image's tag with the picture itself in it; any other tag as it is."""
    if tag.name != "img":
        return tag.source
    address = tag.attributes.get("src", "")
    if address.lower().startswith("data:"):
        return tag.source
    try:
        return element("img", {"alt": "", **tag.attributes, "src": picture_as_data(address, folder)})
    except PictureRefused as refusal:
        notes.append(str(refusal))
        return missing_image(tag.attributes.get("alt", ""), address)


def _value(front_matter: FrontMatter, key: str) -> str:
    """A field's text on one line; "" where there is none or it is a list or a map."""
    field = front_matter.field(key)
    return " ".join(field.value.split()) if field and isinstance(field.value, str) else ""


def _language(front_matter: FrontMatter) -> str:
    value = _value(front_matter, "lang") or _value(front_matter, "language")
    return value if _LANGUAGE.fullmatch(value) else "en"


def _date(value: str) -> date | None:
    """The day that a date or a time stamp begins with, if there is such a day."""
    found = _DATE.match(value)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _words(html: str) -> str:
    return " ".join(unescape(_MARKUP.sub("", html)).split())
