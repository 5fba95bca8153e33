"""`stet item`: the items of a list in the front matter, by position."""

from __future__ import annotations

import argparse
from functools import partial

from editor.cli.editing import Step, add_file, edit_file
from editor.cli.field_place import PLACES, place_of
from editor.core.article import Article
from editor.core.front_matter import (
    FieldValue,
    Place,
    add_items,
    add_value,
    fill_in,
    move_value,
    remove_value,
    set_value,
)
from editor.core.text_edit import EditRefused, TextEdit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE KEY add VALUE [--at N] | set N VALUE | remove N | move N TO`."""
    add_file(parser)
    parser.add_argument("key", metavar="KEY", help="the field that is a list, or the place of one in a field")
    parser.epilog = PLACES
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    item = argparse.ArgumentParser(add_help=False)
    item.add_argument("number", metavar="N", type=int, help="the item's position, from 1")

    change = verbs.add_parser("set", parents=[item], help="change an item")
    change.add_argument("value", metavar="VALUE", help="its new value")
    change.set_defaults(step=_step_to_set)
    add = verbs.add_parser(
        "add", help="add an item, at the end unless told otherwise; begins the list where there is none"
    )
    add.add_argument("value", metavar="VALUE", help="its value")
    add.add_argument("--at", metavar="N", type=int, help="the position that it is to have, from 1")
    add.set_defaults(step=_step_to_add)
    remove = verbs.add_parser("remove", parents=[item], help="remove an item")
    remove.set_defaults(step=_step_to_remove)
    move = verbs.add_parser("move", parents=[item], help="move an item to another position")
    move.add_argument("to", metavar="TO", type=int, help="the position that it is to have, from 1")
    move.set_defaults(step=_step_to_move)


def run(arguments: argparse.Namespace) -> str:
    """Make the edit that the verb asks for."""
    edit_file(arguments.file, [arguments.step(arguments)])
    return ""


def _step_to_set(arguments: argparse.Namespace) -> Step:
    return partial(_set, key=arguments.key, number=arguments.number, value=arguments.value)


def _step_to_add(arguments: argparse.Namespace) -> Step:
    return partial(_add, key=arguments.key, number=arguments.at, value=arguments.value)


def _step_to_remove(arguments: argparse.Namespace) -> Step:
    return partial(_remove, key=arguments.key, number=arguments.number)


def _step_to_move(arguments: argparse.Namespace) -> Step:
    return partial(_move, key=arguments.key, number=arguments.number, to=arguments.to)


def _set(article: Article, key: str, number: int, value: str) -> tuple[TextEdit, ...]:
    return set_value(article.front_matter, _item(article, key, number), value)


def _add(article: Article, key: str, number: int | None, value: str) -> tuple[TextEdit, ...]:
    place = place_of(article.front_matter, key)
    if not article.front_matter.value_at(place) and number in {None, 1}:
        return _begin(article, place, value)
    place, items = _list(article, key)
    at = len(items) if number is None else number - 1
    return add_value(article.front_matter, (*place, at), value)


def _begin(article: Article, place: Place, value: str) -> tuple[TextEdit, ...]:
    """Make a list of what is empty or not there."""
    if article.front_matter.format:
        return add_items(article.front_matter, place, [value])
    return fill_in(article.front_matter, [(str(place[0]), [value])], newline=article.newline)


def _remove(article: Article, key: str, number: int) -> tuple[TextEdit, ...]:
    return remove_value(article.front_matter, _item(article, key, number))


def _move(article: Article, key: str, number: int, to: int) -> tuple[TextEdit, ...]:
    return move_value(article.front_matter, _item(article, key, number), to - 1)


def _list(article: Article, key: str) -> tuple[Place, list[FieldValue]]:
    """The place of a list and its items. Raises EditRefused for what is none."""
    place = place_of(article.front_matter, key)
    value = article.front_matter.value_at(place)
    field = article.front_matter.field(str(place[0]))
    if value is None:
        raise EditRefused(f"There is no “{key}” in the front matter.", field.line if field else 1)
    if not isinstance(value, list):
        raise EditRefused(f"“{key}” is no list, so it has no items.", field.line if field else 1)
    return place, value


def _item(article: Article, key: str, number: int) -> Place:
    """The place of an item by its position from 1. Raises EditRefused."""
    place, items = _list(article, key)
    if 1 <= number <= len(items):
        return (*place, number - 1)
    count = "1 item" if len(items) == 1 else f"{len(items)} items"
    field = article.front_matter.field(str(place[0]))
    raise EditRefused(f"“{key}” has {count}: there is no item {number}.", field.line if field else 1)
