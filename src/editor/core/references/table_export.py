"""A table as the file of another program, in a format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from editor.core.papers import COLUMNS, ColumnRole, column_roles
from editor.core.references.as_row import references_of
from editor.core.references.export import export_bibtex, export_csl_json, export_csv, export_ris
from editor.core.references.reference import Reference
from editor.core.tables import Table
from editor.core.text_edit import EditRefused

FORMAT_BY_SUFFIX: Mapping[str, str] = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".csv": "csv",
    ".json": "csl-json",
    ".ris": "ris",
}
"""Which format a file's name tells, by its end in lower case."""

_OF_PAPERS: Mapping[str, Callable[[Sequence[Reference]], str]] = {
    "bibtex": export_bibtex,
    "ris": export_ris,
    "csl-json": export_csl_json,
}


def export_table(table: Table, wanted: str) -> str:
    """The table in a format: `csv`, `bibtex`, `ris` or `csl-json`.

    Raises EditRefused where the format is one of papers and the table has no column of them.
    """
    if wanted == "csv":
        return export_csv(table)
    if ColumnRole.PAPER not in column_roles(table.columns):
        raise EditRefused(f"This table has no column of papers, such as “{COLUMNS[1]}”.", table.line + 1)
    return _OF_PAPERS[wanted](references_of(table))


def bytes_of(exported: str, wanted: str) -> bytes:
    """What is to be in a file of that format."""
    # Without its mark, Excel reads a CSV file in the encoding of the machine.
    return exported.encode("utf-8-sig" if wanted == "csv" else "utf-8", "replace")
