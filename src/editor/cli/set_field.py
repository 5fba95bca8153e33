"""`stet set`, `stet unset` and `stet rename`: the fields of the front matter."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from editor.cli.editing import add_file, assignment, distinct, edit_file, written_before
from editor.core.article import Article
from editor.core.front_matter import add_field, remove_field, rename_field, set_field
from editor.core.text_edit import TextEdit


def add_set_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY=VALUE...`."""
    add_file(parser)
    parser.add_argument(
        "values",
        metavar="KEY=VALUE",
        nargs="+",
        type=assignment,
        help="a field and its new value; one that is not there is added",
    )


def add_unset_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY...`."""
    add_file(parser)
    parser.add_argument("keys", metavar="KEY", nargs="+", help="a field to remove")


def add_rename_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY NEW`."""
    add_file(parser)
    parser.add_argument("key", metavar="KEY", help="the field")
    parser.add_argument("new", metavar="NEW", help="its new name")


def run_set(arguments: argparse.Namespace) -> str:
    """Set fields, adding those that are not there."""
    values = distinct(arguments.values)
    edit_file(
        arguments.file, [partial(_set, file=arguments.file, key=key, value=value) for key, value in values.items()]
    )
    return ""


def run_unset(arguments: argparse.Namespace) -> str:
    """Remove fields."""
    edit_file(arguments.file, [partial(_unset, key=key) for key in arguments.keys])
    return ""


def run_rename(arguments: argparse.Namespace) -> str:
    """Rename a field, which keeps its place and value."""
    edit_file(arguments.file, [lambda article: rename_field(article.front_matter, arguments.key, arguments.new)])
    return ""


def _set(article: Article, file: Path, key: str, value: str) -> tuple[TextEdit, ...]:
    if article.front_matter.field(key):
        return set_field(article.front_matter, key, value, as_in=written_before(file, (key,), value))
    return add_field(article.front_matter, key, value, newline=article.newline)


def _unset(article: Article, key: str) -> tuple[TextEdit, ...]:
    return remove_field(article.front_matter, key)
