"""`stet export`: articles as pages that need no other file, as fragments for other pages, or as plain text.

Named files are exported all or none; `export_folder` has what becomes of a folder.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from editor.cli.complaint import Verdict, WrongUsage, complain
from editor.publishing.article_export import CannotExport, MadeExport, make_export, write_export
from editor.publishing.choices import SUFFIXES, ExportChoices, Format, format_of
from editor.publishing.overwriting import refuse_other_pictures, refuse_to_overwrite
from editor.storage.article_file import FileText, read_article
from editor.storage.folder_settings import ExportSettings, load_folder_settings

_THEMES = ("journal", "plain", "dark")
_FREELY_NAMED = frozenset({"html", "fragment", "txt"})
_OF_FOLDERS = ("--base-url", "--drafts", "--prune", "--jobs", "--progress")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE|FOLDER... [-o PATH] [--format] [--theme] [--assets] [--contents] [--smart-quotes] [--json] [--force]`."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="an article, or a folder: all articles in it and below"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="the page, or a folder for it; else it lies beside FILE. Of a folder it takes the pages in the same tree,"
        " and must be named",
    )
    parser.add_argument(
        "--format",
        choices=SUFFIXES,
        help="a page, a PDF, a Word document, a fragment to paste into another page, or plain text; else by the"
        " ending of PATH, by stet.toml, or a page",
    )
    parser.add_argument("--theme", choices=_THEMES, help="how a page looks; else as stet.toml says, or as a journal")
    parser.add_argument(
        "--assets",
        choices=("inline", "folder"),
        help="pictures in the page itself (default), or in a folder beside it",
    )
    parser.add_argument("--contents", action="store_true", help="with a list of the headings")
    parser.add_argument("--smart-quotes", action="store_true", help="with typographic quotes, dashes and dots")
    parser.add_argument("--json", action="store_true", help="answer with a report as JSON, for programs")
    parser.add_argument(
        "--force", action="store_true", help="also overwrite a file that Stet did not make or someone has changed"
    )
    of_folders = parser.add_argument_group("folders")
    of_folders.add_argument(
        "--base-url",
        metavar="URL",
        help="where the folder will be found: adds a feed, a sitemap and canonical addresses",
    )
    of_folders.add_argument(
        "--drafts", action="store_true", help="also articles that say draft: true or published: false"
    )
    of_folders.add_argument(
        "--prune", action="store_true", help="remove the pages, made before and unchanged, of articles that have gone"
    )
    of_folders.add_argument(
        "--jobs", metavar="N", type=int, default=0, help="how many processes work (default: for all cores)"
    )
    of_folders.add_argument(
        "--progress", action="store_true", help="a JSON object on a line for each page as it comes, then the report"
    )


def run(arguments: argparse.Namespace) -> str | Verdict:
    """Write every page, each whole or not at all; none where any article cannot be read. Answers with their paths."""
    is_of_folders = any(file.is_dir() for file in arguments.files)
    _refuse_output(arguments.output or "", arguments.format, many=is_of_folders or len(arguments.files) > 1)
    if is_of_folders:
        # One article has nothing to do with other processes, feeds or manifests.
        from editor.cli.export_folder import run_folder  # noqa: PLC0415

        return run_folder(arguments, choices_of(arguments))
    _refuse_what_is_of_folders(arguments)
    return _run_files(arguments, arguments.files)


def _run_files(arguments: argparse.Namespace, files: Sequence[Path]) -> str | Verdict:
    beside = {folder: _settings_of(folder) for folder in dict.fromkeys(file.absolute().parent for file in files)}
    settings = [beside[file.absolute().parent] for file in files]
    asked = arguments.format or format_of(arguments.output or "")
    formats = [cast("Format", asked or own.format) for own in settings]
    pages = _pages(files, arguments.output, [SUFFIXES[each] for each in formats])
    for page in pages:
        refuse_to_overwrite(page, files, force=arguments.force)
    articles = [read_article(file) for file in files]
    choices = choices_of(arguments)
    try:
        made = [
            _made(article, page, choices._replace(format=each), own)
            for article, page, each, own in zip(articles, pages, formats, settings, strict=True)
        ]
    except CannotExport:
        return Verdict("", 2)
    if not arguments.force:
        for each in made:
            refuse_other_pictures(each)
    for each in made:
        write_export(each)
    if arguments.json:
        reports = [_as_json(file, each) for file, each in zip(files, made, strict=True)]
        return json.dumps({"exported": reports}, ensure_ascii=False, indent=2) + "\n"
    for file, each in zip(files, made, strict=True):
        for sentence in each.report.sentences():
            complain(sentence, file)
    return "".join(f"{page}\n" for page in pages)


def choices_of(arguments: argparse.Namespace) -> ExportChoices:
    """What the command line says of how articles are exported; the format is left to others."""
    return ExportChoices(
        theme=arguments.theme or "",
        assets=arguments.assets or "",
        contents=arguments.contents or None,
        smart_quotes=arguments.smart_quotes or None,
    )


def _refuse_output(output: str, asked: Format | None, *, many: bool) -> None:
    """Raise WrongUsage where the pages cannot go, or would be taken for what they are not."""
    if output == "-":
        raise WrongUsage("pages go to files and not to standard output; name one with -o, as ./- if it is called so")
    named = None if output.endswith(os.sep) or Path(output).is_dir() else format_of(output)
    if named and many:
        raise WrongUsage(f"{output} is the name of one page; name a folder with -o")
    # HTML and text go by many names; the formats of programs by their own.
    if named and asked and asked != named and not _FREELY_NAMED.issuperset((asked, named)):
        raise WrongUsage(f"{output} is no name for --format {asked}; name another, or leave out --format")


def _refuse_what_is_of_folders(arguments: argparse.Namespace) -> None:
    asked = {name: getattr(arguments, name[2:].replace("-", "_")) for name in _OF_FOLDERS}
    if words := [name for name, value in asked.items() if value]:
        raise WrongUsage(f"{' and '.join(words)} can be asked for a folder only; name one instead of its articles")


def _settings_of(folder: Path) -> ExportSettings:
    settings = load_folder_settings(folder)
    for problem in settings.problems:
        complain(problem.message, folder)
    return settings.export


def _pages(files: Sequence[Path], output: str | None, suffixes: Sequence[str]) -> list[Path]:
    """Where each article's page goes. Raises WrongUsage where two would go to one place."""
    if output is None:
        pages = [file.with_suffix(suffix) for file, suffix in zip(files, suffixes, strict=True)]
    elif len(files) > 1 or output.endswith(os.sep) or Path(output).is_dir():
        pages = [Path(output) / file.with_suffix(suffix).name for file, suffix in zip(files, suffixes, strict=True)]
    else:
        pages = [Path(output)]
    for index, page in enumerate(pages):
        if page in pages[:index]:
            other = files[pages.index(page)]
            raise WrongUsage(f"{other} and {files[index]} would both be exported to {page}; export them one by one")
    return pages


def _made(article: FileText, page: Path, choices: ExportChoices, own: ExportSettings) -> MadeExport:
    """Export one article by its folder's settings and the command line's, which come first.

    Raises CannotExport, of which it has told.
    """
    if article.locked:
        complain(article.locked, article.path, article.locked_line)
    try:
        return make_export(article.text, article.path, page, choices, own)
    except CannotExport as refusal:
        complain(str(refusal), article.path)
        raise


def _as_json(article: Path, made: MadeExport) -> dict[str, object]:
    return {
        "article": str(article),
        "page": str(made.target),
        "pictures": [str(path) for path in made.pictures],
        **made.report.as_json(),
    }
