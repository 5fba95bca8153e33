"""CSL-JSON as references, as Zotero, pandoc, Crossref and doi.org write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.core.references.reference import (
    Name,
    Reference,
    Unread,
    address_in,
    authors_and_others,
    cited_by_in,
    doi_in,
    one_line,
    organisation,
    person,
    title_of,
    unmarked,
    year_of,
)

_SPACES = re.compile(r"[ \t\n]*")
# What lists wrap their items in.
_WRAPPERS = ("items", "references", "message")


def looks_like_csl_json(text: str) -> bool:
    """Whether the text begins as a JSON object, or a list of some, does."""
    return re.match(r"\s*(?:\[\s*)?(?:\{\s*[\"}]|\[\s*\]\s*\Z)", text) is not None


def read_csl_json(text: str) -> Iterator[Reference | Unread]:
    """Each item of a text whose lines end in LF: those of a list up to where it cannot be read, or the only one."""
    at = _after_spaces(text, 0)
    in_list = text.startswith("[", at)
    at = _after_spaces(text, at + in_list)
    line, counted = 1, 0
    decoder = json.JSONDecoder()
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Unread(error.lineno, f"From here on this is no JSON: {error.msg}.")
            return
        except (RecursionError, ValueError):
            yield Unread(line, "From here on this cannot be read.")
            return
        yield from _of_item(item, line)
        at = _after_spaces(text, at)
        if not in_list:
            break
        if text.startswith(",", at):
            at = _after_spaces(text, at + 1)
        elif not text.startswith("]", at):
            yield Unread(
                line + text.count("\n", counted, at), "The list breaks off here: is a comma or a bracket missing?"
            )
            return


def _after_spaces(text: str, at: int) -> int:
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _of_item(item: object, line: int) -> Iterator[Reference | Unread]:
    if not isinstance(item, dict):
        yield Unread(line, "This item of the list is no reference.")
        return
    wrapped = next((item[key] for key in _WRAPPERS if isinstance(item.get(key), list | dict)), None)
    if wrapped is not None and "title" not in item:
        for each in wrapped if isinstance(wrapped, list) else [wrapped]:
            if isinstance(each, dict):
                yield _reference(each, line)
    else:
        yield _reference(item, line)


def _reference(item: Mapping[str, Any], line: int) -> Reference:
    def text(*names: str) -> str:
        return next((found for name in names if (found := _text(item.get(name)))), "")

    people = next((found for key in ("author", "editor") if (found := item.get(key)) and isinstance(found, list)), [])
    authors, others = authors_and_others(_name(name) for name in people)
    note = text("note")
    dates = [_date(item.get(key)) for key in ("issued", "published", "published-print", "published-online")]
    year = year_of(*dates, text("year"), text("status"))
    letter = text("year-suffix")
    return Reference(
        title=title_of(_written(item.get("title"))),
        authors=authors,
        others=others,
        year=year + letter if year.isdecimal() and re.fullmatch("[a-z]", letter) else year,
        container=text("container-title", "publisher"),
        volume=text("volume"),
        issue=text("issue"),
        pages=text("page").replace("-", "–"),
        doi=doi_in(text("DOI", "doi"), text("URL"), note),
        url=address_in(text("URL", "url")),
        insight=one_line(str(item.get("annote") or "")),
        cited_by=cited_by_in(note),
        line=line,
    )


def _text(value: object) -> str:
    """A value on one line, without markup."""
    return one_line(unmarked(_written(value)))


def _written(value: object) -> str:
    """A value as written; Crossref has lists of texts where CSL has one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_text else ""


def _date(value: object) -> str:
    """A date as text that begins with its year, or says in words what there is instead."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return _text(parts[0][0])
    return next((found for key in ("raw", "literal") if (found := _text(value.get(key)))), "")


def _name(name: object) -> Name:
    if not isinstance(name, dict):
        return organisation(_text(name))
    if whole := _text(name.get("literal")) or _text(name.get("name")):
        return organisation(whole)
    family, given, particle, suffix = (
        _text(name.get(key)) for key in ("family", "given", "non-dropping-particle", "suffix")
    )
    return person(family, given, particle, suffix) if family else organisation(given)
