"""`stet refs`: the citations table for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from editor.cli.complaint import WrongUsage
from editor.cli.editing import add_file, add_table, choose_table
from editor.core.article import Article
from editor.core.papers import COLUMNS, ColumnRole, column_roles
from editor.core.tables import Table
from editor.core.text_edit import EditRefused
from editor.storage.article_file import SaveFailed, read_article
from editor.storage.file_bytes import save_bytes

_FORMATS = ("csv", "bibtex", "ris", "csl-json")
_SUFFIXES = {".bib": "bibtex", ".bibtex": "bibtex", ".csv": "csv", ".json": "csl-json", ".ris": "ris"}


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
    output: Path | None = arguments.output
    wanted = arguments.format or _format_of(output)
    article = Article.from_text(read_article(arguments.file).text)
    exported = _export(choose_table(article, arguments.table), wanted)
    if output is None:
        return exported
    _refuse_to_overwrite(output, arguments.file, arguments.force)
    # Without its mark, Excel reads a CSV file in the encoding of the machine.
    save_bytes(output, exported.encode("utf-8-sig" if wanted == "csv" else "utf-8", "replace"))
    return ""


def _format_of(output: Path | None) -> str:
    if output is None:
        return "bibtex"
    if wanted := _SUFFIXES.get(output.suffix.lower()):
        return wanted
    raise WrongUsage(f"“{output.name}” does not tell which format is meant; say it with --format")


def _export(table: Table, wanted: str) -> str:
    # What reads and writes references is compiled anew at each start, which no other command has to wait for.
    from editor.core.references import export  # noqa: PLC0415
    from editor.core.references.as_row import references_of  # noqa: PLC0415

    if wanted == "csv":
        return export.export_csv(table)
    if ColumnRole.PAPER not in column_roles(table.columns):
        raise EditRefused(f"This table has no column of papers, such as “{COLUMNS[1]}”.", table.line + 1)
    of_papers = {"bibtex": export.export_bibtex, "ris": export.export_ris, "csl-json": export.export_csl_json}
    return of_papers[wanted](references_of(table))


def _refuse_to_overwrite(output: Path, article: Path, force: bool) -> None:
    """Raise SaveFailed where the article itself would be overwritten or, unless forced, another file."""
    if not output.exists():
        return
    if output.samefile(article):
        raise SaveFailed("is the article itself; name another file with -o", output)
    if not force:
        raise SaveFailed("is there already; name another file with -o, or use --force", output)
