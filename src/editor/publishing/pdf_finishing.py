"""What Chromium leaves out of a PDF that it prints: an outline, metadata, the language, links to files beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from editor import __version__
from editor.publishing.document_page import DocumentHeading
from editor.rendering.page_fields import PageFields

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

RELATIVE = "stet-relative:"
"""What the address of a link to a file beside the document begins with while it is printed."""
_CREATOR = f"Stet {__version__}"
# XML 1.0, section 2.2.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def finished_pdf(
    printed: bytes, fields: PageFields, keywords: Sequence[str], headings: Sequence[DocumentHeading]
) -> bytes:
    """The PDF with all that. A heading that Chromium noted no place of is left out of the outline."""
    # It takes a fifth of a second to import, which no other format has to wait for.
    from pypdf import PdfWriter  # noqa: PLC0415

    writer = PdfWriter(clone_from=BytesIO(printed))
    _mend_links(writer)
    _add_outline(writer, headings)
    _add_metadata(writer, fields, keywords)
    _set_language(writer, fields.language)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _mend_links(writer: PdfWriter) -> None:
    from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415

    for page in writer.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            address = str(action.get("/URI", ""))
            if address.startswith(RELATIVE):
                action[NameObject("/URI")] = TextStringObject(unquote(address.removeprefix(RELATIVE)))


def _add_outline(writer: PdfWriter, headings: Sequence[DocumentHeading]) -> None:
    """The headings, each below the nearest before it that has a lower level, all of them unfolded."""
    from pypdf.generic import Fit  # noqa: PLC0415

    places = {unquote(name.removeprefix("/")): place for name, place in writer.named_destinations.items()}
    above: list[tuple[int, IndirectObject]] = []
    for heading in headings:
        place = places.get(heading.id)
        if place is None:
            continue
        while above and above[-1][0] >= heading.level:
            above.pop()
        item = writer.add_outline_item(
            title=heading.words,
            page_number=place.dest_array[0],
            parent=above[-1][1] if above else None,
            fit=Fit.xyz(0, place.top),
        )
        above.append((heading.level, item))


def _add_metadata(writer: PdfWriter, fields: PageFields, keywords: Sequence[str]) -> None:
    """The same twice: in the dictionary that all readers know, and as XMP (ISO 16684-1), as ISO 32000-2 wants it."""
    from pypdf.generic import NameObject, StreamObject  # noqa: PLC0415

    said = {
        "/Title": fields.title,
        "/Author": ", ".join(fields.authors),
        "/Subject": fields.description,
        "/Keywords": ", ".join(keywords),
        "/Creator": _CREATOR,
        "/Producer": writer.metadata.producer or "" if writer.metadata else "",
        "/CreationDate": _pdf_date(fields.published.day),
        "/ModDate": _pdf_date(fields.updated.day or fields.published.day),
    }
    writer.metadata = {name: text for name, text in said.items() if text}
    stream = StreamObject()
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    stream.set_data(_xmp(fields, keywords).encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)  # noqa: SLF001  # there is no other way


def _set_language(writer: PdfWriter, language: str) -> None:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject  # noqa: PLC0415

    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    shows = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = shows


def _pdf_date(day: date | None) -> str:
    return f"D:{day:%Y%m%d}" if day else ""


def _xmp(fields: PageFields, keywords: Sequence[str]) -> str:
    language = escape(fields.language)
    days = {"xmp:CreateDate": fields.published.day, "xmp:ModifyDate": fields.updated.day or fields.published.day}
    properties = [
        _list_of("dc:title", "Alt", [fields.title], ' xml:lang="x-default"'),
        _list_of("dc:creator", "Seq", fields.authors),
        _list_of("dc:description", "Alt", [fields.description], ' xml:lang="x-default"'),
        _list_of("dc:subject", "Bag", keywords),
        _list_of("dc:language", "Bag", [language]),
        f"<xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool>",
        *(f"<{name}>{day.isoformat()}</{name}>" for name, day in days.items() if day),
        f"<dc:identifier>{_xml(fields.canonical)}</dc:identifier>" if fields.canonical else "",
    ]
    content = "\n".join(filter(None, properties))
    # The packet's id is the one that the standard gives to all packets.
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{content}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _list_of(name: str, kind: str, texts: Sequence[str], attributes: str = "") -> str:
    items = "".join(f"<rdf:li{attributes}>{_xml(text)}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _xml(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text), quote=False)
