"""What pandoc leaves open of a Word document: its paper, its days, and which program made it."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from editor import __version__
from editor.publishing.paper import paper_of
from editor.rendering.page_fields import PageFields

_SIZES = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height of paper in twentieths of a point, as Word counts."""
_MARGINS = (
    '<w:pgMar w:top="1247" w:right="1134" w:bottom="1361" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/>'
)
_SECTION = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)(?=\s*</w:body>)", re.DOTALL)
_PICTURE_NAME = re.compile(r'descr="data:[^"]*"')
_APPLICATION = re.compile(r"<Application>.*?</Application>")
_DAY = re.compile(r"<dcterms:(created|modified)\b[^>]*>.*?</dcterms:\1>")


def finished_docx(made: bytes, fields: PageFields) -> bytes:
    """The document with all that, its parts in their order."""
    changes = {"word/document.xml": _with_paper, "docProps/app.xml": _made_by_stet, "docProps/core.xml": _with_days}
    written = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(written, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if change := changes.get(part.filename):
                content = change(content.decode(), fields).encode()
            # Without the moment at which it was made, so that one article makes one file.
            new.writestr(ZipInfo(part.filename), content, ZIP_DEFLATED)
    return written.getvalue()


def _with_paper(document: str, fields: PageFields) -> str:
    width, height = _SIZES[paper_of(fields.language)]
    section = f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>{_MARGINS}</w:sectPr>'
    return _SECTION.sub(section, _with_names(document))


def _with_names(document: str) -> str:
    """Pandoc names a picture by all of its data, where Word wants the name of a file."""
    return _PICTURE_NAME.sub('descr=""', document)


def _made_by_stet(application: str, _: PageFields) -> str:
    return _APPLICATION.sub(f"<Application>Stet {__version__}</Application>", application)


def _with_days(core: str, fields: PageFields) -> str:
    """The article's own days, and none where it says none."""
    days = {"created": fields.published.day, "modified": fields.updated.day or fields.published.day}

    def written(found: re.Match[str]) -> str:
        day = days[found[1]]
        kind = 'xsi:type="dcterms:W3CDTF"'
        return f"<dcterms:{found[1]} {kind}>{day.isoformat()}T00:00:00Z</dcterms:{found[1]}>" if day else ""

    return _DAY.sub(written, core)
