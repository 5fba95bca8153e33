"""`stet export`: articles as pages that need no other file, as fragments for other pages, or as plain text."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from editor.cli.complaint import Verdict, WrongUsage, complain
from editor.storage.article_file import FileText, SaveFailed, read_article
from editor.storage.file_bytes import save_bytes
from editor.storage.folder_settings import ExportSettings, load_folder_settings

if TYPE_CHECKING:
    from editor.rendering.export import Exported

_SUFFIXES = {"html": ".html", "fragment": ".fragment.html", "txt": ".txt"}
_THEMES = ("journal", "plain", "dark")
_GENERATOR = b'<meta name="generator" content="Stet '
# Far beyond where the page's head has its generator.
_HEAD = 64 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE... [-o PATH] [--format] [--theme] [--assets] [--contents] [--smart-quotes] [--json] [--force]`."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument("-o", "--output", metavar="PATH", help="the page, or a folder for it; else it lies beside FILE")
    parser.add_argument(
        "--format",
        choices=_SUFFIXES,
        default="html",
        help="a page (default), a fragment to paste into another page, or plain text",
    )
    parser.add_argument("--theme", choices=_THEMES, help="how a page looks; else as stet.toml says, or as a journal")
    parser.add_argument(
        "--assets",
        choices=("inline", "folder"),
        default="inline",
        help="pictures in the page itself (default), or in a folder beside it",
    )
    parser.add_argument("--contents", action="store_true", help="with a list of the headings")
    parser.add_argument("--smart-quotes", action="store_true", help="with typographic quotes, dashes and dots")
    parser.add_argument("--json", action="store_true", help="answer with a report as JSON, for programs")
    parser.add_argument("--force", action="store_true", help="also overwrite a file that Stet did not make")


@dataclass(frozen=True, slots=True)
class _Job:
    """An article, where its page goes, and what it comes to."""

    article: FileText
    page: Path
    exported: Exported

    @property
    def content(self) -> bytes:
        """The page's bytes."""
        return self.exported.content.encode("utf-8", "replace")

    @property
    def pictures(self) -> dict[Path, bytes]:
        """The pictures that lie beside the page."""
        return {self.page.parent / picture.path: picture.data for picture in self.exported.pictures}


def run(arguments: argparse.Namespace) -> str | Verdict:
    """Write every page, each whole or not at all; none where any article cannot be read. Answers with their paths."""
    # Python-Markdown and the sanitiser take a tenth of a second to import, which no other command has to wait for.
    from editor.rendering.page_styles import ThemeRefused  # noqa: PLC0415

    files: list[Path] = arguments.files
    pages = _pages(files, arguments.output, _SUFFIXES[arguments.format])
    for page in pages:
        _refuse_to_overwrite(page, files, arguments)
    articles = [read_article(file) for file in files]
    try:
        jobs = [_job(article, page, arguments) for article, page in zip(articles, pages, strict=True)]
    except ThemeRefused as refusal:
        complain(str(refusal))
        return Verdict("", 2)
    for job in jobs:
        for picture in job.pictures:
            _refuse_other_picture(picture, job.pictures[picture], arguments.force)
    for job in jobs:
        # The pictures first, so that no page is there without them.
        for path, content in {**job.pictures, job.page: job.content}.items():
            _make_folder(path)
            save_bytes(path, content)
    if arguments.json:
        return json.dumps({"exported": [_as_json(job) for job in jobs]}, ensure_ascii=False, indent=2) + "\n"
    for job in jobs:
        for sentence in job.exported.report.sentences():
            complain(sentence, job.article.path)
    return "".join(f"{page}\n" for page in pages)


def _pages(files: Sequence[Path], output: str | None, suffix: str) -> list[Path]:
    """Where each article's page goes. Raises WrongUsage where two would go to one place."""
    if output is None:
        pages = [file.with_suffix(suffix) for file in files]
    elif len(files) > 1 or output.endswith(os.sep) or Path(output).is_dir():
        pages = [Path(output) / file.with_suffix(suffix).name for file in files]
    else:
        pages = [Path(output)]
    for index, page in enumerate(pages):
        if page in pages[:index]:
            other = files[pages.index(page)]
            raise WrongUsage(f"{other} and {files[index]} would both be exported to {page}; export them one by one")
    return pages


def _refuse_to_overwrite(page: Path, files: Sequence[Path], arguments: argparse.Namespace) -> None:
    """Raise SaveFailed for a page whose place holds an article to be exported or, unless forced, a stranger's file.

    Only a page says who made it: a fragment or a text of ours is no other than one by hand.
    """
    if not page.is_file():
        return
    if any(file.exists() and page.samefile(file) for file in files):
        raise SaveFailed("is the article itself; name another page with -o", page)
    if not arguments.force and not _made_by_stet(page):
        what = "a page made by Stet" if arguments.format == "html" else "a page that says Stet made it"
        raise SaveFailed(f"is there already, and not {what}; name another with -o, or use --force", page)


def _refuse_other_picture(path: Path, data: bytes, force: bool) -> None:
    """Raise SaveFailed where something else than this very picture has its name."""
    try:
        if force or not path.exists() or path.read_bytes() == data:
            return
    except OSError as error:
        raise SaveFailed(f"is there already, and could not be read: {error.strerror}", path) from error
    raise SaveFailed("is there already, and another picture; name another page with -o, or use --force", path)


def _made_by_stet(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            return _GENERATOR in file.read(_HEAD)
    except OSError:
        return False


def _job(article: FileText, page: Path, arguments: argparse.Namespace) -> _Job:
    """Export one article by its folder's settings and the command line's, which come first. Raises ThemeRefused."""
    from editor.rendering.export import ExportOptions, export_article  # noqa: PLC0415

    path = article.path
    if article.locked:
        complain(article.locked, path, article.locked_line)
    folder = path.absolute().parent
    settings = load_folder_settings(folder)
    for problem in settings.problems:
        complain(problem.message, folder)
    own: ExportSettings = settings.export
    options = ExportOptions(
        format=arguments.format,
        theme=arguments.theme or own.theme,
        css=own.css,
        template=own.template,
        disclosure=own.disclosure,
        pictures=f"{page.stem}-pictures" if arguments.assets == "folder" else "",
        contents=arguments.contents or own.contents,
        smart_quotes=arguments.smart_quotes,
    )
    return _Job(article, page, export_article(article.text, folder=folder, name=path.stem, options=options))


def _as_json(job: _Job) -> dict[str, object]:
    return {
        "article": str(job.article.path),
        "page": str(job.page),
        "pictures": [str(path) for path in job.pictures],
        **job.exported.report.as_json(),
    }


def _make_folder(page: Path) -> None:
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {error.strerror}; name another folder with -o", page) from error
