"""What an export may overwrite: what Stet made itself, and nothing else unless it is forced."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from editor.publishing.article_export import MadeExport
from editor.rendering.page import is_as_exported
from editor.storage.descriptors import remove
from editor.storage.file_bytes import FileUnreadable, SaveFailed, digest, read_bytes, why_not_saved

_GENERATOR = b'<meta name="generator" content="Stet '
_CREATOR = b"<xmp:CreatorTool>Stet "
_APPLICATION = b"<Application>Stet "
# Far beyond where the page's head has its generator.
_HEAD = 64 * 1024


def refuse_to_overwrite(page: Path, articles: Sequence[Path], *, force: bool) -> None:
    """Raise SaveFailed for a page whose place holds one of the articles or, unless forced, a stranger's file.

    Only a page or a document says who made it: a fragment or a text of ours is no other than one by hand.
    """
    try:
        if not page.is_file():
            return
        is_article = any(article.exists() and page.samefile(article) for article in articles)
    except OSError as error:
        raise _cannot_be_there(page, error) from error
    if is_article:
        raise SaveFailed("is the article itself; name another page with -o", page)
    if not force and not made_by_stet(page):
        what = "a page as Stet made it" if page.suffix == ".html" else "a file that says Stet made it"
        raise SaveFailed(f"is there already, and not {what}; name another with -o, or use --force", page)


def refuse_other_pictures(made: MadeExport) -> None:
    """Raise SaveFailed where something else than a picture that would be written has its name."""
    for path, data in made.pictures.items():
        try:
            if not path.exists() or path.read_bytes() == data:
                continue
        except OSError as error:
            raise _cannot_be_there(path, error) from error
        raise SaveFailed("is there already, and another picture; name another page with -o, or use --force", path)


def digest_at(page: Path) -> str:
    """The digest of what is at a page's place, "" where nothing is.

    Raises SaveFailed where it cannot be read, or is a link: what is written there might come to lie anywhere.
    """
    try:
        if page.is_symlink():
            raise SaveFailed("is a link; remove it, or name another folder with -o", page)
        return digest(page.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _cannot_be_there(page, error) from error


def _cannot_be_there(path: Path, error: OSError) -> SaveFailed:
    return SaveFailed(f"could not be saved: {why_not_saved(error)}", path)


def refuse_what_is_not_ours(page: Path, made: str, present: str, written: str) -> None:
    """Raise SaveFailed where a page's place has something else than Stet put there.

    All are digests: of what would be written, of what is there, and of what Stet wrote there last, "" for nothing.
    """
    if not present or present in (made, written):
        return
    if was_exported_otherwise(page):
        return
    if written:
        raise SaveFailed("was changed since it was exported; move it away, or use --force", page)
    if not made_by_stet(page):
        raise SaveFailed("is there already, and not as Stet made it; move it away, or use --force", page)


def was_exported_otherwise(page: Path) -> bool:
    """Whether nobody changed what is at a page's place but another export, as that of its article alone."""
    try:
        return is_as_exported(page.read_bytes()) is True
    except OSError:
        return False


def remove_as_made(file: Path, made: str, top: Path) -> None:
    """Remove a file whose digest is still `made`, and the folders below `top` that are empty then.

    What lies elsewhere, by a link in the place of a folder, stays.
    """
    try:
        elsewhere = file.is_symlink() or not file.resolve().is_relative_to(top.resolve())
        if elsewhere or digest(file.read_bytes()) != made:
            return
    except OSError:
        return
    remove(file)
    for folder in file.parents:
        if folder == top or not folder.is_relative_to(top):
            return
        try:
            folder.rmdir()
        except OSError:
            return


def made_by_stet(page: Path) -> bool:
    """Whether a page is as Stet made it, by what its head says, or a document says in its metadata that Stet made it.

    False if it cannot be read.
    """
    try:
        if page.suffix == ".docx":
            return _is_document_by_stet(page)
        with page.open("rb") as file:
            head = file.read(_HEAD)
            if _GENERATOR in head:
                return is_as_exported(head + file.read()) is not False
            return head.startswith(b"%PDF-") and _CREATOR in head + file.read()
    except OSError:
        return False


def _is_document_by_stet(page: Path) -> bool:
    """Raises OSError where it cannot be read."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  # with all kinds of compression, for few exports

    try:
        with ZipFile(page) as document:
            return _APPLICATION in document.read("docProps/app.xml")
    except (KeyError, BadZipFile):
        return False


class Occupant(StrEnum):
    """What is at the place of a page that is to be exported."""

    NOTHING = "nothing"
    OURS = "ours"
    """A page made by Stet, or the very bytes that it wrote there before."""
    STRANGER = "stranger"
    ARTICLE = "article"
    NO_FILE = "no file"
    """A folder, or another thing that can be no page."""


def occupant_of(page: Path, article: Path, written: str = "") -> Occupant:
    """What is there; `written` is the digest of what Stet wrote there last. May wait for a disk."""
    if not page.exists():
        return Occupant.NOTHING
    if not page.is_file():
        return Occupant.NO_FILE
    if article.exists() and page.samefile(article):
        return Occupant.ARTICLE
    if made_by_stet(page) or (written and _digest_of(page) == written):
        return Occupant.OURS
    return Occupant.STRANGER


def _digest_of(page: Path) -> str:
    try:
        return digest(read_bytes(page))
    except FileUnreadable:
        return ""
