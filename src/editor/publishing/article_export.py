"""One article as the files that a reader gets: made in memory first, then written, each whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from editor.publishing.choices import ExportChoices, InSite, options_of
from editor.storage.article_file import SaveFailed
from editor.storage.file_bytes import save_bytes

if TYPE_CHECKING:
    from editor.rendering.export_report import ExportReport
    from editor.rendering.page_fields import PageFields
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
    text: str, article: Path, target: Path, choices: ExportChoices, own: ExportSettings, site: InSite | None = None
) -> MadeExport:
    """Make all that the export of an article's exact text writes, and write nothing.

    `article` is the place of its file, `own` has its folder's settings. Raises CannotExport. May wait for a disk.
    """
    from editor.rendering.export import export_article  # noqa: PLC0415
    from editor.rendering.page_styles import ThemeRefused  # noqa: PLC0415

    options = options_of(choices, own, target.stem, site)
    try:
        exported = export_article(text, folder=article.absolute().parent, name=article.stem, options=options)
    except ThemeRefused as refusal:
        raise CannotExport(str(refusal)) from refusal
    pictures = {target.parent / picture.path: picture.data for picture in exported.pictures}
    return MadeExport(target, exported.content.encode("utf-8", "replace"), pictures, exported.report, exported.fields)


def write_export(made: MadeExport) -> None:
    """Write what was made, the pictures first, so that no page is there without them. Raises SaveFailed."""
    for path, content in (*made.pictures.items(), (made.target, made.content)):
        _make_folder(path)
        save_bytes(path, content)


def _make_folder(page: Path) -> None:
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {error.strerror}; name another folder with -o", page) from error
