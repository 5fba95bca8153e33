"""`stet export`: articles as HTML pages, each one file that needs no other."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from editor.cli.complaint import WrongUsage, complain
from editor.storage.article_file import FileText, SaveFailed, read_article
from editor.storage.file_bytes import save_bytes

_GENERATOR = b'<meta name="generator" content="Stet '
# Far beyond where the page's head has its generator.
_HEAD = 64 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE... [-o PATH] [--smart-quotes] [--force]`."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument("-o", "--output", metavar="PATH", help="the page, or a folder for it; else it lies beside FILE")
    parser.add_argument("--smart-quotes", action="store_true", help="with typographic quotes, dashes and dots")
    parser.add_argument("--force", action="store_true", help="also overwrite a page that Stet did not make")


def run(arguments: argparse.Namespace) -> str:
    """Write every page, each whole or not at all; none where any article cannot be read. Answers with their paths."""
    files: list[Path] = arguments.files
    pages = _pages(files, arguments.output)
    for page in pages:
        _refuse_to_overwrite(page, files, arguments.force)
    articles = [read_article(file) for file in files]
    contents = [_render(article, arguments.smart_quotes) for article in articles]
    for page, content in zip(pages, contents, strict=True):
        _make_folder(page)
        save_bytes(page, content)
    return "".join(f"{page}\n" for page in pages)


def _pages(files: Sequence[Path], output: str | None) -> list[Path]:
    """Where each article's page goes. Raises WrongUsage where two would go to one place."""
    if output is None:
        pages = [file.with_suffix(".html") for file in files]
    elif len(files) > 1 or output.endswith(os.sep) or Path(output).is_dir():
        pages = [Path(output) / file.with_suffix(".html").name for file in files]
    else:
        pages = [Path(output)]
    for index, page in enumerate(pages):
        if page in pages[:index]:
            other = files[pages.index(page)]
            raise WrongUsage(f"{other} and {files[index]} would both be exported to {page}; export them one by one")
    return pages


def _refuse_to_overwrite(page: Path, files: Sequence[Path], force: bool) -> None:
    """Raise SaveFailed for a page whose place holds an article to be exported or, unless forced, a stranger's file."""
    if not page.is_file():
        return
    if any(file.exists() and page.samefile(file) for file in files):
        raise SaveFailed("is the article itself; name another page with -o", page)
    if not force and not _made_by_stet(page):
        raise SaveFailed("is there already, and not a page made by Stet; name another with -o, or use --force", page)


def _made_by_stet(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            return _GENERATOR in file.read(_HEAD)
    except OSError:
        return False


def _render(article: FileText, smart_quotes: bool) -> bytes:
    """The page of one article. What it had to leave out is said on standard error."""
    # Python-Markdown and the sanitiser take a tenth of a second to import, which no other command has to wait for.
    from editor.rendering.export import export_html  # noqa: PLC0415

    path = article.path
    if article.locked:
        complain(article.locked, path, article.locked_line)
    exported = export_html(article.text, folder=path.absolute().parent, name=path.stem, smart_quotes=smart_quotes)
    for note in exported.notes:
        complain(note, path)
    return exported.html.encode("utf-8", "replace")


def _make_folder(page: Path) -> None:
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {error.strerror}; name another folder with -o", page) from error
