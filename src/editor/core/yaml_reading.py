"""YAML front matter, read with the place of every value.

The fields come from YAML's events and not from its nodes: an event for an alias has the alias's own place, nothing is
expanded that could explode, and reading stops in time where brackets are nested without end. Scalars stay as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NoReturn

import yaml

from editor.core.front_matter_fields import Field, FieldKind, FieldValue, is_real_day, kind_of
from editor.core.lines import line_ends
from editor.core.problems import Problem, Severity

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVE: Callable[[type[yaml.ScalarNode], str, tuple[bool, bool]], str] = yaml.resolver.Resolver().resolve
_DEEPEST = 50
"""Levels of nesting. libyaml takes ten seconds for 65,000 open brackets; building values of them ends the process."""

# A tab is text of a block scalar, even alone on its line.
_BLANK_LINES = re.compile(r"(?:(?:\r\n|\r|\n) *)+\Z")
_LAST_ENDING = re.compile(r"(?:\r\n|\r|\n) *\Z")
_COLON = re.compile(r"[ \t]*:")
_BLANK_TO_SPARE = re.compile(r" [ \t]*(?:[\r\n]|\Z)")
_PUT_RIGHT = "Put that right in the text to edit the fields here."


@dataclass(frozen=True, slots=True)
class YamlFields:
    """What was read: the fields up to the first thing that cannot be read, and why nothing can be edited, if so."""

    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    locked: str = ""
    has_aliases: bool = False


@dataclass(frozen=True, slots=True)
class _Node:
    """A key or a value: scalars are text, `locked` as in a field."""

    value: FieldValue
    start: int
    end: int
    tag: str = ""
    style: str = ""
    locked: str = ""


@dataclass(slots=True)
class _Collection:
    """A list or map whose end has not come yet."""

    start: yaml.CollectionStartEvent
    items: list[_Node] = field(default_factory=list)


class _UnreadableError(Exception):
    """The text cannot be read from here on. `at` is a code point of the text between the fences."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def read_yaml_fields(text: str, start: int, end: int) -> YamlFields:
    """The fields that the code points `start` to `end` of a front matter's `text` hold. Never raises."""
    return _Reader(text, start, end).read()


class _Reader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._source = text[start:end]
        self._offset = start
        self._line_ends = list(line_ends(text))
        self._problems: list[Problem] = []
        self._fields: list[Field] = []
        self._anchors: dict[str, FieldValue] = {}
        self._has_aliases = False
        self._locked = ""
        self._last_end = 0

    def read(self) -> YamlFields:
        try:
            self._read_document()
        except _UnreadableError as error:
            at = self._offset + min(max(error.at, 0), len(self._source))
            line = self._line(at)
            self._locked = f"The front matter cannot be read from line {line} on: {error.message} {_PUT_RIGHT}"
            self._problems.append(Problem("front-matter-syntax", Severity.ERROR, self._locked, at, at, line))
        self._mark_duplicates()
        self._report_impossible_days()
        return YamlFields(tuple(self._fields), tuple(self._problems), self._locked, self._has_aliases)

    def _read_document(self) -> None:
        events = self._events()
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                self._read_fields(events)
                if event.flow_style:
                    self._locked = "The fields stand in braces. Edit them in the text."
                elif event.anchor or event.tag:
                    self._locked = "The fields as a whole carry a YAML anchor or tag. Edit them in the text."
            elif isinstance(event, yaml.NodeEvent):
                raise _UnreadableError("it is no list of fields, each a name, a colon and a value.", _start(event))
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                raise _UnreadableError("a line that begins with --- starts a second document.", _start(event))
            elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                raise _UnreadableError("a line of dots ends it early.", _start(event))

    def _read_fields(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, events)
            self._fields.append(self._field(key, self._node(next(events), events)))

    def _events(self) -> Iterator[yaml.Event]:
        """YAML's events; whatever makes it give up raises _UnreadableError instead."""
        if "\ufeff" in self._source:
            # The C loader drops one at the beginning and counts every place after it one short.
            raise _UnreadableError("it holds a byte order mark, which cannot be seen.", self._source.index("\ufeff"))
        try:
            yield from yaml.parse(self._source, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise _UnreadableError(_in_words(error), mark.index if mark else 0) from None
        except yaml.reader.ReaderError as error:
            # Its position counts bytes with one loader and code points with the other.
            character = error.character if isinstance(error.character, int) else 0
            _refuse_character(self._source, chr(character))
        except UnicodeEncodeError as error:
            _refuse_character(self._source, self._source[error.start])

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> _Node:
        """The node that begins with `event`; a loop and not a recursion, so that nesting costs no stack."""
        opened: list[_Collection] = []
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                if len(opened) == _DEEPEST:
                    raise _UnreadableError(f"it is nested more than {_DEEPEST} levels deep.", _start(event))
                opened.append(_Collection(event))
                event = next(events)
                continue
            if isinstance(event, yaml.AliasEvent):
                node = self._alias(event)
            elif isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event)
            else:
                node = self._closed(opened.pop(), event)
            if not opened:
                return node
            opened[-1].items.append(node)
            event = next(events)

    def _alias(self, event: yaml.AliasEvent) -> _Node:
        start, end = _start(event), _end(event)
        self._has_aliases = True
        self._last_end = end
        if event.anchor not in self._anchors:
            raise _UnreadableError(f"*{event.anchor} repeats a value that no &{event.anchor} names.", start)
        known = self._anchors[event.anchor]
        # A list repeated ten times in a list repeated ten times ... is small only as long as nobody writes it out.
        value = known if isinstance(known, str) else self._source[start:end]
        return _Node(value, start, end, "alias", "*", "It repeats another value (a YAML alias). Edit it in the text.")

    def _scalar(self, event: yaml.ScalarEvent) -> _Node:
        style = event.style if event.style in {"'", '"', "|", ">"} else ""
        start = _start(event)
        end = self._last_end = self._scalar_end(start, _end(event), style)
        return _Node(event.value, start, end, _tag(event), style, self._remember(event, event.value))

    def _scalar_end(self, start: int, end: int, style: str) -> int:
        """The marks of a block scalar take in the blank lines below it, which are its own only where it says `+`."""
        if style not in {"|", ">"}:
            return end
        written = self._source[start:end]
        header = re.split(r"[\r\n]", written, maxsplit=1)[0].partition("#")[0]
        blank = (_LAST_ENDING if "+" in header else _BLANK_LINES).search(written)
        return start + blank.start() if blank else end

    def _closed(self, opened: _Collection, event: yaml.Event) -> _Node:
        start = _start(opened.start)
        if opened.start.flow_style:
            self._last_end = _end(event)
        # A block collection has no end of its own: its mark is where the next thing begins.
        end = max(start, self._last_end)
        items = opened.items
        value: FieldValue
        if isinstance(opened.start, yaml.SequenceStartEvent):
            value, kind = [item.value for item in items], "list"
        else:
            keys = (
                item.value if isinstance(item.value, str) else self._source[item.start : item.end]
                for item in items[::2]
            )
            value, kind = dict(zip(keys, (item.value for item in items[1::2]), strict=True)), "map"
        locked = self._remember(opened.start, value) or f"It is a {kind}. Edit it in the text."
        return _Node(value, start, end, "seq" if kind == "list" else kind, "", locked)

    def _remember(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, value: FieldValue) -> str:
        """Keep an anchored value for its aliases. Returns why a value with an anchor or a tag cannot be edited."""
        if event.anchor:
            self._anchors[event.anchor] = value
            return "Other values may repeat this one (a YAML anchor). Edit it in the text."
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            return f"Its type is given by a YAML tag ({tag}). Edit it in the text."
        return ""

    def _field(self, key: _Node, value: _Node) -> Field:
        name = key.value if isinstance(key.value, str) else self._source[key.start : key.end]
        locked = value.locked
        # What is written `? key` has its colon on a line of its own.
        if key.locked or not _COLON.match(self._source, key.end):
            locked = "Its name is not a plain word. Edit it in the text."
        kind = kind_of(name, value.value, value.tag, value.style)
        if value.tag not in {"seq", "map"} and locked:
            kind = FieldKind.UNKNOWN
        start, value_start, value_end = self._offset + key.start, value.start, value.end
        if value_start == value_end:
            value_start = value_end = self._empty_place(max(value_start, key.end))
        return Field(
            key=name,
            value=value.value,
            kind=kind,
            line=self._line(start),
            start=start,
            end=self._offset + max(value_end, key.end),
            value_start=self._offset + value_start,
            value_end=self._offset + value_end,
            locked=locked,
            key_end=self._offset + key.end,
            tag=value.tag,
            style=value.style,
        )

    def _empty_place(self, colon_end: int) -> int:
        """Where an empty value belongs: after the blank that follows the colon, unless a comment needs that blank."""
        return colon_end + 1 if _BLANK_TO_SPARE.match(self._source, colon_end) else colon_end

    def _mark_duplicates(self) -> None:
        places: dict[str, list[int]] = {}
        for place, found in enumerate(self._fields):
            places.setdefault(found.key, []).append(place)
        for key, same in places.items():
            if len(same) == 1:
                continue
            lines = " and ".join(str(self._fields[place].line) for place in same)
            message = f"“{key}” is written more than once, on lines {lines}. Keep one of them in the text."
            for place in same:
                self._fields[place] = replace(self._fields[place], locked=message)
            for place in same[1:]:
                self._report("front-matter-duplicate-key", message, self._fields[place], Severity.ERROR)

    def _report_impossible_days(self) -> None:
        for found in self._fields:
            if is_real_day(found.value) is False:
                message = f"“{found.key}” is {found.value}, which is no day of the calendar."
                severity = Severity.ERROR if found.tag == "timestamp" else Severity.WARNING
                self._report("front-matter-date", message, found, severity)

    def _line(self, offset: int) -> int:
        return bisect_right(self._line_ends, offset) + 1

    def _report(self, code: str, message: str, found: Field, severity: Severity) -> None:
        self._problems.append(Problem(code, severity, message, found.start, found.end, found.line))


def _start(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.index if mark else 0


def _end(event: yaml.Event) -> int:
    mark = event.end_mark
    return mark.index if mark else 0


def _tag(event: yaml.ScalarEvent) -> str:
    if event.tag:
        return event.tag.rpartition(":")[2]
    return _RESOLVE(yaml.ScalarNode, event.value, (True, False)).rpartition(":")[2] if event.implicit[0] else "str"


def _refuse_character(source: str, character: str) -> NoReturn:
    message = f"it holds a character that YAML forbids (U+{ord(character):04X})."
    raise _UnreadableError(message, source.find(character)) from None


def _in_words(error: yaml.MarkedYAMLError) -> str:
    """What usually lies behind a complaint of the YAML library; its own words where nothing is known to."""
    problem = str(error.problem or error.context or "").strip()
    for complaint, words in _MEANINGS:
        if complaint in problem:
            return words
    return f"{problem}."


_MEANINGS = (
    ("mapping values are not allowed", "a value with a colon and a blank in it needs quotes around it."),
    ("could not find expected ':'", "a line has no colon after its name."),
    ("found character that cannot start any token", "a value cannot begin with this character, nor a line with a tab."),
    ("found unexpected end of stream", "a quote or bracket is not closed."),
    ("did not find expected node content", "text that begins with a bracket, a brace or a percent sign needs quotes."),
    ("did not find expected key", "this does not fit the lines above it: a quote or an indentation is wrong."),
    ("did not find expected ',' or ']'", "a list in brackets is not closed."),
    ("did not find expected ',' or '}'", "a map in braces is not closed; text that begins with a brace needs quotes."),
    ("did not find expected <document start>", "this is not indented as the first field is."),
    ("a tab character", "it is indented with a tab, where YAML wants blanks."),
    ("maximum nesting depth", "it is nested too many levels deep."),
    ("unknown escape character", "a backslash in double quotes must be doubled, or the quotes single."),
)
