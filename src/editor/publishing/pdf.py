"""A page as a PDF: what the window's Chromium prints, with the outline, the links and the metadata that it leaves out.

Nothing in it is of the moment at which it was made: its days are the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from editor import resources
from editor.publishing.document_page import is_relative, lasting_link, split_page, with_heading_ids
from editor.publishing.paper import paper_of
from editor.publishing.pdf_finishing import RELATIVE, finished_pdf
from editor.publishing.pdf_printer import PdfPrinter
from editor.rendering.page_fields import PageFields
from editor.rendering.sanitised_tags import Tag, change_tags, element, pieces_of, start_tag

_LONG_WORD = re.compile(r"(?=[^\s<>&;]*[\d/._:])[^\s<>&;]{20,}|[^\s<>&;]{50,}")
"""An address, a DOI, a number; what is of letters alone is seldom so long."""
_PLACE_TO_BREAK = re.compile(r"(?<=[/._:-])(?=[^/._:-])|(?<=[^\W_]{12})(?=[^\W_]{4})")


def make_pdf(page: str, fields: PageFields, keywords: Sequence[str], printer: PdfPrinter) -> bytes:
    """An exported page, with its pictures in it, as a PDF; `fields` is what the page shows of them.

    Waits for the printer. Raises PrintingFailed.
    """
    head, body = split_page(page)
    body, headings = with_heading_ids(body)
    body = _breakable(change_tags(body, lambda tag: _with_lasting_link(tag, fields.canonical)))
    # Chromium notes the places of what is linked to, seen or not.
    links = "".join(element("a", {"href": f"#{quote(each.id, safe='')}", "hidden": ""}) for each in headings)
    style = resources.read_text("export/pdf.css")
    printed = printer.print(f"{head}{style}{body.replace('</body>', f'{links}</body>')}", paper_of(fields.language))
    return finished_pdf(printed, fields, keywords, headings)


def _with_lasting_link(tag: Tag, canonical: str) -> str:
    """A link that leads where it is to lead although the page has an address of its own while it is printed."""
    if tag.name != "a" or "href" not in tag.attributes:
        return tag.source
    href = lasting_link(tag.attributes["href"], canonical)
    if is_relative(href):
        href = RELATIVE + quote(href, safe="")
    return start_tag("a", {**tag.attributes, "href": href})


def _breakable(body: str) -> str:
    """The HTML with places to break in long words, since Chromium makes all of a page smaller until the widest fits.

    Were it to find such places itself (`overflow-wrap`), it would take six times as long for each page.
    """

    def broken(word: re.Match[str]) -> str:
        return _PLACE_TO_BREAK.sub("<wbr>", word[0])

    return "".join(_LONG_WORD.sub(broken, each) if isinstance(each, str) else each.source for each in pieces_of(body))
