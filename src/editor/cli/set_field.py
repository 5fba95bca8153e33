"""`stet set`, `stet unset`, `stet rename` and `stet move`: the fields of the front matter and what is in them."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from editor.cli.editing import add_file, assignment, distinct, edit_file, written_before
from editor.cli.field_place import PLACES, place_of
from editor.core.article import Article
from editor.core.front_matter import add_field, add_value, move_value, remove_value, rename_value, set_value
from editor.core.text_edit import TextEdit


def add_set_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY=VALUE...`."""
    add_file(parser)
    parser.add_argument(
        "values",
        metavar="KEY=VALUE",
        nargs="+",
        type=assignment,
        help="a field, or a place in one, and its new value; what is not there is added at the end",
    )
    parser.epilog = PLACES


def add_unset_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY...`."""
    add_file(parser)
    parser.add_argument("keys", metavar="KEY", nargs="+", help="a field, or a place in one, to remove")
    parser.epilog = PLACES


def add_rename_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY NEW`."""
    add_file(parser)
    parser.add_argument("key", metavar="KEY", help="the field, or a name in one")
    parser.add_argument("new", metavar="NEW", help="its new name, without the way to it")
    parser.epilog = PLACES


def add_move_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY TO`."""
    add_file(parser)
    parser.add_argument("key", metavar="KEY", help="the field, or a place in one")
    parser.add_argument("to", metavar="TO", type=int, help="the position that it is to have, from 1")
    parser.epilog = PLACES


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
    edit_file(arguments.file, [partial(_rename, key=arguments.key, new=arguments.new)])
    return ""


def run_move(arguments: argparse.Namespace) -> str:
    """Move a field, with its lines and the comment lines above it."""
    edit_file(arguments.file, [partial(_move, key=arguments.key, to=arguments.to)])
    return ""


def _set(article: Article, file: Path, key: str, value: str) -> tuple[TextEdit, ...]:
    place = place_of(article.front_matter, key)
    if article.front_matter.value_at(place) is not None:
        return set_value(article.front_matter, place, value, as_in=written_before(file, place, value))
    if len(place) > 1:
        return add_value(article.front_matter, place, value)
    return add_field(article.front_matter, key, value, newline=article.newline)


def _unset(article: Article, key: str) -> tuple[TextEdit, ...]:
    return remove_value(article.front_matter, place_of(article.front_matter, key))


def _rename(article: Article, key: str, new: str) -> tuple[TextEdit, ...]:
    return rename_value(article.front_matter, place_of(article.front_matter, key), new)


def _move(article: Article, key: str, to: int) -> tuple[TextEdit, ...]:
    return move_value(article.front_matter, place_of(article.front_matter, key), to - 1)
