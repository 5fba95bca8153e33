"""One article as the files that a reader gets: made in memory first, then written, each whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from editor.publishing.article_keywords import keywords_of
from editor.publishing.choices import ExportChoices, InSite, options_of
from editor.rendering.export_report import ExportReport
from editor.rendering.page_fields import PageFields
from editor.storage.article_file import SaveFailed
from editor.storage.file_bytes import save_bytes

if TYPE_CHECKING:
    from editor.rendering.export import Exported
    from editor.storage.folder_settings import ExportSettings


class CannotExport(Exception):
    """An article that cannot be exported as asked; the message is a sentence for the writer with a way out."""


class MadeExport(NamedTuple):
    """What an export comes to: the main file's place and bytes, the pictures beside it by their places, what to know
    of it, and what it says of itself."""

    target: Path
    content: bytes
    pictures: dict[Path, bytes]
    report: ExportReport
    fields: PageFields


def make_export(
    text: str,
    article: Path,
    target: Path,
    choices: ExportChoices,
    own: "ExportSettings",
    site: InSite | None = None,
) -> MadeExport:
    """Make all that the export of an article's exact text writes, and write nothing.

    `article` is the place of its file, `own` has its folder's settings. Raises CannotExport. May wait for a disk and
    for the programs that make a PDF or a Word document.
    """
    from editor.rendering.export import export_article  # noqa: PLC0415
    from editor.rendering.page_styles import ThemeRefused  # noqa: PLC0415

    options = options_of(choices, own, target.stem, site)
    try:
        exported = export_article(text, folder=article.absolute().parent, name=article.stem, options=options)
    except ThemeRefused as refusal:
        raise CannotExport(str(refusal)) from refusal
    pictures = {target.parent / picture.path: picture.data for picture in exported.pictures}
    if choices.format == "pdf":
        content = _pdf(exported, text)
    elif choices.format == "docx":
        content = _docx(exported, text)
    else:
        content = exported.content.encode("utf-8", "replace")
    return MadeExport(target, content, pictures, exported.report, exported.fields)


def _pdf(exported: "Exported", text: str) -> bytes:
    from editor.publishing.pdf import make_pdf  # noqa: PLC0415
    from editor.publishing.pdf_printer import PrintingFailed, own_printer  # noqa: PLC0415

    try:
        return make_pdf(exported.content, exported.fields, keywords_of(text), own_printer())
    except PrintingFailed as failure:
        raise CannotExport(f"The PDF was not made. {failure}") from failure


def _docx(exported: "Exported", text: str) -> bytes:
    from editor.publishing.docx import make_docx  # noqa: PLC0415
    from editor.publishing.pandoc import PandocFailed  # noqa: PLC0415

    try:
        return make_docx(exported.content, exported.fields, keywords_of(text))
    except PandocFailed as failure:
        raise CannotExport(f"The Word document was not made. {failure}") from failure


def write_export(made: MadeExport, save: Callable[[Path, bytes], object] = save_bytes) -> None:
    """Write what was made, the pictures first, so that no page is there without them. Raises SaveFailed."""
    for path, content in (*made.pictures.items(), (made.target, made.content)):
        _make_folder(path)
        save(path, content)


def _make_folder(page: Path) -> None:
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {error.strerror}; name another folder", page) from error
