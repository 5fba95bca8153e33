"""`stet refs`: the citations table for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from editor.cli.complaint import WrongUsage
from editor.cli.editing import add_file, add_table, choose_table
from editor.core.article import Article
from editor.storage.article_file import SaveFailed, read_article
from editor.storage.file_bytes import save_bytes

_FORMATS = ("csv", "bibtex", "ris", "csl-json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--format csv|bibtex|ris|csl-json] [-o PATH] [--force] [--table N]`."""
    add_file(parser)
    names = ", ".join(_FORMATS)
    parser.add_argument(
        "--format", metavar="FORMAT", choices=_FORMATS, help=f"{names}; without it PATH tells, or it is bibtex"
    )
    parser.add_argument("-o", "--output", metavar="PATH", type=Path, help="the file to write; without it, print")
    parser.add_argument("--force", action="store_true", help="also overwrite a file")
    add_table(parser)


def run(arguments: argparse.Namespace) -> str:
    """The table in the format asked for, printed or written to a file that is not there yet unless forced."""
    # What reads and writes references is compiled anew at each start, which no other command has to wait for.
    from editor.core.references.table_export import bytes_of, export_table  # noqa: PLC0415

    output: Path | None = arguments.output
    wanted = arguments.format or _format_of(output)
    article = Article.from_text(read_article(arguments.file).text)
    exported = export_table(choose_table(article, arguments.table), wanted)
    if output is None:
        return exported
    _refuse_to_overwrite(output, arguments.file, arguments.force)
    save_bytes(output, bytes_of(exported, wanted))
    return ""


def _format_of(output: Path | None) -> str:
    from editor.core.references.table_export import FORMAT_BY_SUFFIX  # noqa: PLC0415

    if output is None:
        return "bibtex"
    if wanted := FORMAT_BY_SUFFIX.get(output.suffix.lower()):
        return wanted
    raise WrongUsage(f"“{output.name}” does not tell which format is meant; say it with --format")


def _refuse_to_overwrite(output: Path, article: Path, force: bool) -> None:
    """Raise SaveFailed where the article itself would be overwritten or, unless forced, another file."""
    if not output.exists():
        return
    if output.samefile(article):
        raise SaveFailed("is the article itself; name another file with -o", output)
    if not force:
        raise SaveFailed("is there already; name another file with -o, or use --force", output)
