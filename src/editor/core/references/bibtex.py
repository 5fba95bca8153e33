"""BibTeX and biblatex as references, by bibtexparser. What an entry has from another (`crossref`) is not read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from editor.core.references.latex import decoded
from editor.core.references.reference import (
    Name,
    Reference,
    Unread,
    address_in,
    authors_and_others,
    cited_by_in,
    doi_in,
    has_organisation_word,
    one_line,
    organisation,
    person,
    title_of,
    unmarked,
    year_of,
)

if TYPE_CHECKING:
    from bibtexparser.model import Block

# An `@` at the beginning of a line opens a block even inside one that is not closed, as the library has it: so what is
# before it and what follows can be read apart, and neither spoils the other.
_BLOCK = re.compile(r"^[ \t]*@\w*[ \t]*[{(]", re.MULTILINE)
_LONGEST_BLOCK = 200_000
_LONGEST_VALUE = 20_000
_VALUE_MARK = re.compile(r'(?<!\\)[{}"#]')
_CONTAINERS = ("journal", "journaltitle", "booktitle", "publisher", "institution", "school", "organization")
_NOT_CITED = {"comment", "control", "ieeetranbstctl", "preamble", "set", "string", "xdata"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# As Google Scholar writes `Ligia J. Dominguez`: `J Dominguez, Ligia`. `O Brien` and `D Souza` are names.
_INITIAL_IN_FAMILY = re.compile(r"([A-CE-NP-Z]\.?) (?=[^\W\d_]{2})(.+)")
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=\s*", re.IGNORECASE)


def looks_like_bibtex(text: str) -> bool:
    """Whether a line opens an entry."""
    return re.search(r"^[ \t]*@[A-Za-z]\w*[ \t]*[{(]", text, re.MULTILINE) is not None


def read_bibtex(text: str) -> Iterator[Reference | Unread]:
    """Each entry of a text whose lines end in LF, in order; what is between entries is a comment."""
    # It tells of each thing that it cannot read, on standard error.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    from bibtexparser.model import String  # noqa: PLC0415

    strings = {month: month for month in _MONTHS}
    starts = [match.start() for match in _BLOCK.finditer(text)]
    line, done = 1, 0
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        line, done = line + text.count("\n", done, start), start
        if stop - start > _LONGEST_BLOCK:
            yield Unread(line, "This entry is too long to be a reference: is a brace missing?")
            continue
        for block in _blocks(text[start:stop], line):
            if isinstance(block, Unread):
                yield block
            elif isinstance(block, String):
                strings[block.key.casefold()] = _value(block.value, strings)
            else:
                yield from _of_block(block, line, strings)


def _blocks(text: str, line: int) -> Iterator[Block | Unread]:
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415

    try:
        yield from parse_string(text, parse_stack=[]).blocks
    except Exception:  # noqa: BLE001 - the library's own errors are of no one kind
        yield Unread(line, "This entry cannot be read.")


def _of_block(block: Block, line: int, strings: Mapping[str, str]) -> Iterator[Reference | Unread]:
    from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock  # noqa: PLC0415

    line += block.start_line or 0
    if isinstance(block, DuplicateFieldKeyBlock):
        block = block.ignore_error_block or block
    if isinstance(block, ParsingFailedBlock):
        if not any((block.raw or "").lower().startswith(f"@{kind}") for kind in _NOT_CITED):
            yield Unread(line, "This entry cannot be read: is a brace, a quote or a comma missing?")
    elif isinstance(block, Entry) and block.entry_type.lower() not in _NOT_CITED:
        fields: dict[str, str] = {}
        for field in block.fields:
            fields.setdefault(field.key.casefold(), _value(field.value, strings))
        yield _reference(fields, line)


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """A field's value: its pieces, which `#` joins, each in braces, in quotes, a number or the name of a string."""
    pieces: list[str] = []
    depth, quoted, start = 0, False, 0
    for mark in _VALUE_MARK.finditer(raw):
        match mark[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if depth == 0:
                quoted = not quoted
            case "#" if depth == 0 and not quoted:
                pieces.append(raw[start : mark.start()])
                start = mark.end()
    value = ""
    for piece in (*pieces, raw[start:]):
        # Strings made of strings can double at each step.
        value += _piece(piece.strip(), strings)[: _LONGEST_VALUE - len(value)]
    return value


def _piece(piece: str, strings: Mapping[str, str]) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""'):
        return piece[1:-1]
    return strings.get(piece.casefold(), piece)


def _reference(fields: Mapping[str, str], line: int) -> Reference:
    def text(*names: str) -> str:
        return next((found for name in names if (found := one_line(decoded(fields.get(name, ""))))), "")

    authors, others = authors_and_others(_names(fields.get("author") or fields.get("editor") or ""))
    title, subtitle = title_of(text("title")), title_of(text("subtitle"))
    note = text("note", "addendum")
    links = [_unescaped(fields.get(name, "")) for name in ("url", "howpublished", "ee", "link")]
    is_doi = fields.get("eprinttype", fields.get("archiveprefix", "")).casefold() == "doi"
    return Reference(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=authors,
        others=others,
        # A date in a note may be that of a visit, or of anything.
        year=year_of(text("year"), text("date"), text("pubstate"), re.sub("[0-9]", "", note)),
        container=unmarked(text(*_CONTAINERS)),
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=text("pages"),
        doi=doi_in(_unescaped(fields.get("doi", "")), _unescaped(fields.get("eprint", "")) if is_doi else "", *links),
        url=address_in(*links),
        insight=text("annote", "annotation"),
        cited_by=cited_by_in(note),
        line=line,
    )


def _unescaped(address: str) -> str:
    r"""An address without the backslashes that LaTeX asks for, and out of `\url{...}`."""
    return re.sub(r"\\([_%&#~{}])", r"\1", address.replace("{\\_}", "_")).replace("\\url{", " ").strip("{} ")


def _names(written: str) -> Iterator[Name]:
    from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415

    if " and " not in written and "," in written:
        # What some databases export, though no BibTeX.
        written = written.replace("; ", " and ")
    for name in split_multiple_persons_names(written):
        yield _name(name.strip())


def _name(written: str) -> Name:
    from bibtexparser.middlewares.names import parse_single_name_into_parts  # noqa: PLC0415

    if _is_one_group(written) or ("," not in written and has_organisation_word(written)):
        return organisation(decoded(written))
    if _NAME_PART.match(written):
        parts = {
            key.strip().casefold(): value.strip(" {}")
            for key, _, value in (part.partition("=") for part in written.split(","))
        }
        return person(*(decoded(parts.get(key, "")) for key in ("family", "given", "prefix", "suffix")))
    found = parse_single_name_into_parts(written, strict=False)
    last, first, von, junior = (
        decoded(" ".join(part).replace("~", " ")) for part in (found.last, found.first, found.von, found.jr)
    )
    if initial := _INITIAL_IN_FAMILY.match(last):
        last, first = initial[2], f"{first} {initial[1]}"
    return person(last, first, von, junior)


def _is_one_group(written: str) -> bool:
    """Whether a name is in braces from its first character to its last."""
    if not (written.startswith("{") and written.endswith("}")):
        return False
    depth = 0
    for mark in re.finditer(r"(?<!\\)[{}]", written):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end() == len(written)
    return False
