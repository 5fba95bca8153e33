"""YAML front matter, read with the place of every value.

The fields come from YAML's events and not from its nodes: an event for an alias has the alias's own place, nothing is
expanded that could explode, and reading stops in time where brackets are nested without end. Scalars stay as written.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from editor.core.field_kinds import FieldKind, kind_of
from editor.core.front_matter_fields import Field, FieldValue, Node, is_real_day
from editor.core.lines import line_ends
from editor.core.patterns import when_used
from editor.core.problems import Problem, Severity
from editor.core.yaml_events import UnreadableError, end_of, events_of, start_of, type_of

_DEEPEST = 50
"""Levels of nesting. libyaml takes ten seconds for 65,000 open brackets; building values of them ends the process."""

# A tab is text of a block scalar, even alone on its line.
_BLANK_LINES = when_used(r"(?:(?:\r\n|\r|\n) *)+\Z")
_LAST_ENDING = when_used(r"(?:\r\n|\r|\n) *\Z")
_COLON = re.compile(r"[ \t]*:")
_BLANK_TO_SPARE = when_used(r" [ \t]*(?:[\r\n]|\Z)")
# An anchor or a tag, and what may stand between it and the value.
_PROPERTY = when_used(r"(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*)*")
_PUT_RIGHT = "Put that right in the text to edit the fields here."
_NO_PLAIN_NAME = "Its name is not a plain word. Edit it in the text."
_REPEATING = "It repeats another value (a YAML alias). Edit it in the text."


class YamlFields(NamedTuple):
    """What was read: the fields up to the first thing that cannot be read, and why nothing can be edited, if so."""

    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...]
    locked: str = ""
    has_aliases: bool = False


class _Key(NamedTuple):
    """The name of a value with its place in the article. What is not plain is nothing that a place could lead by."""

    name: str
    start: int
    end: int
    is_plain: bool


class _Collection:
    """A list or map whose end has not come yet. `name` is its own key in the map around it."""

    def __init__(self, start: yaml.CollectionStartEvent, name: _Key | None, *, is_map: bool) -> None:
        self.start = start
        self.is_map = is_map
        self.name = name
        self.key: _Key | None = None
        self.children: list[Node] = []


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
        self._hints: dict[tuple[str, int], Problem] = {}
        self._fields: list[Field] = []
        self._anchors: dict[str, tuple[FieldValue, int]] = {}
        self._first_aliases: dict[int, int] = {}
        self._locked = ""
        self._last_end = 0

    def read(self) -> YamlFields:
        try:
            self._read_document()
        except UnreadableError as error:
            at = self._offset + min(max(error.at, 0), len(self._source))
            line = self._line(at)
            self._locked = f"The front matter cannot be read from line {line} on: {error.message} {_PUT_RIGHT}"
            self._problems.append(Problem("front-matter-syntax", Severity.ERROR, self._locked, at, at, line))
        self._mark_repeated()
        self._mark_duplicates()
        self._report_impossible_days()
        hints = tuple(self._hints.values())
        return YamlFields(tuple(self._fields), tuple(self._problems), hints, self._locked, bool(self._first_aliases))

    def _read_document(self) -> None:
        events = events_of(self._source)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                self._read_fields(events)
                if event.flow_style:
                    self._locked = "The fields stand in braces. Edit them in the text."
                elif event.anchor or event.tag:
                    self._locked = "The fields as a whole carry a YAML anchor or tag. Edit them in the text."
            elif isinstance(event, yaml.NodeEvent):
                raise UnreadableError("it is no list of fields, each a name, a colon and a value.", start_of(event))
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                raise UnreadableError("a line that begins with --- starts a second document.", start_of(event))
            elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                raise UnreadableError("a line of dots ends it early.", start_of(event))

    def _read_fields(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._plain_key(event) or self._key(self._node(event, events, None))
            self._fields.append(self._field(self._node(next(events), events, key)))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], name: _Key | None) -> Node:
        """The node that begins with `event`; a loop and not a recursion, so that nesting costs no stack."""
        opened: list[_Collection] = []
        while True:
            around = opened[-1] if opened else None
            if isinstance(event, yaml.CollectionStartEvent):
                if len(opened) == _DEEPEST:
                    raise UnreadableError(f"it is nested more than {_DEEPEST} levels deep.", start_of(event))
                is_map = isinstance(event, yaml.MappingStartEvent)
                opened.append(_Collection(event, around.key if around else name, is_map=is_map))
                event = next(events)
                continue
            if around and around.is_map and not around.key:
                around.key = self._plain_key(event)
                if around.key:
                    event = next(events)
                    continue
            key = around.key if around else name
            if isinstance(event, yaml.AliasEvent):
                node = self._alias(event, key)
            elif isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event, key)
            else:
                node = self._closed(opened.pop(), event)
                around = opened[-1] if opened else None
            if not around:
                return node
            if around.is_map and not around.key:
                around.key = self._key(node)
            else:
                around.children.append(node)
                around.key = None
            event = next(events)

    def _alias(self, event: yaml.AliasEvent, key: _Key | None) -> Node:
        start, end = start_of(event), end_of(event)
        self._last_end = end
        if event.anchor not in self._anchors:
            raise UnreadableError(f"*{event.anchor} repeats a value that no &{event.anchor} names.", start)
        known, repeats = self._anchors[event.anchor]
        self._first_aliases.setdefault(repeats, self._offset + start)
        message = f"*{event.anchor} repeats another value, so it is edited in the text only."
        self._hint("front-matter-alias", message, start, end)
        # A list repeated ten times in a list repeated ten times ... is small only as long as nobody writes it out.
        value = known if isinstance(known, str) else self._source[start:end]
        name, key_start, key_end, locked = self._named(key, _REPEATING)
        start, end = start + self._offset, end + self._offset
        return Node(value, start, start, end, "alias", "*", locked, name, key_start, key_end, repeats=repeats)

    def _scalar(self, event: yaml.ScalarEvent, key: _Key | None) -> Node:
        style = event.style if event.style in {"'", '"', "|", ">"} else ""
        start = start_of(event)
        end = self._last_end = self._scalar_end(start, end_of(event), style)
        if start == end:
            start = end = self._empty_place(self._behind_colon(key, start) if key else start)
        locked, content_start = self._properties(event, start, end)
        name, key_start, key_end, locked = self._named(key, locked)
        by, anchor = self._offset, event.anchor or ""
        node = Node(
            event.value, start + by, content_start + by, end + by, type_of(event), style,
            locked, name, key_start, key_end, anchor,
        )  # fmt: skip
        if anchor:
            self._anchors[anchor] = (event.value, node.start)
        return node

    def _scalar_end(self, start: int, end: int, style: str) -> int:
        """The marks of a block scalar take in the blank lines below it, which are its own only where it says `+`."""
        if style not in {"|", ">"}:
            return end
        written = self._source[start:end]
        header = re.split(r"[\r\n]", written, maxsplit=1)[0].partition("#")[0]
        blank = (_LAST_ENDING if "+" in header else _BLANK_LINES).search(written)
        return start + blank.start() if blank else end

    def _closed(self, opened: _Collection, event: yaml.Event) -> Node:
        start = start_of(opened.start)
        # What it has no end of its own for (a block, a lone `key: value` in a list in brackets) ends with its last
        # value: its mark is where the next thing begins.
        if opened.start.flow_style and self._source[end_of(event) - 1 : end_of(event)] in {"]", "}"}:
            self._last_end = end_of(event)
        end = max(start, self._last_end)
        locked, content_start = self._properties(opened.start, start, end)
        bracket = "{" if opened.is_map else "["
        style = bracket if opened.start.flow_style and self._source.startswith(bracket, content_start) else ""
        children = self._without_duplicates(opened.children) if opened.is_map else opened.children
        value: FieldValue = (
            {child.key: child.value for child in children} if opened.is_map else [child.value for child in children]
        )
        name, key_start, key_end, locked = self._named(opened.name, locked)
        by, anchor = self._offset, opened.start.anchor or ""
        node = Node(
            value, start + by, content_start + by, end + by, "map" if opened.is_map else "seq", style,
            locked, name, key_start, key_end, anchor, children=tuple(children),
        )  # fmt: skip
        if anchor:
            self._anchors[anchor] = (value, node.start)
        return node

    def _properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, start: int, end: int) -> tuple[str, int]:
        """Why a tag forbids edits, "" without one, and where the value begins after its anchor and tag."""
        if not event.anchor and not event.tag:
            return "", start
        content_start = start
        for _ in range(bool(event.anchor) + bool(event.tag)):
            found = _PROPERTY.match(self._source, content_start, end)
            content_start = found.end() if found else content_start
        if not event.tag:
            return "", content_start
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._hint("front-matter-tag", f"{tag} gives a value its type, so it is edited in the text only.", start, end)
        return f"Its type is given by a YAML tag ({tag}). Edit it in the text.", content_start

    def _named(self, key: _Key | None, locked: str) -> tuple[str, int, int, str]:
        """The name that a value has, its place in the article, and why the value cannot be set."""
        if not key:
            return "", -1, -1, locked
        return key.name, key.start, key.end, locked if key.is_plain else _NO_PLAIN_NAME

    def _plain_key(self, event: yaml.Event) -> _Key | None:
        """The key that an event is, if it is a scalar with nothing about it: most are, and need not become a Node."""
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag or event.style in {"|", ">"}:
            return None
        start, end = start_of(event), end_of(event)
        if start == end:
            return None
        self._last_end = end
        has_colon = _COLON.match(self._source, end) is not None
        return _Key(event.value, start + self._offset, end + self._offset, has_colon)

    def _key(self, node: Node) -> _Key:
        # What is written `? key` has its colon on a line of its own.
        is_plain = not node.locked and not node.anchor and _COLON.match(self._text, node.end) is not None
        if isinstance(node.value, str):
            return _Key(node.value, node.start, node.end, is_plain)
        return _Key(self._text[node.start : node.end], node.start, node.end, False)

    def _field(self, node: Node) -> Field:
        locked = node.locked
        kind = kind_of(node.key, node.value, node.tag, node.style)
        if locked and isinstance(node.value, str):
            kind = FieldKind.UNKNOWN
        return Field(
            key=node.key,
            value=node.value,
            kind=kind,
            line=self._line(node.key_start),
            start=node.key_start,
            end=max(node.end, node.key_end),
            value_start=node.start,
            value_end=node.end,
            locked=locked,
            key_end=node.key_end,
            tag=node.tag,
            style="" if node.style in {"[", "{"} else node.style,
            node=node,
        )

    def _behind_colon(self, key: _Key, mark: int) -> int:
        """Where an empty value begins: its mark may be that of the bracket behind it."""
        colon = _COLON.match(self._source, key.end - self._offset)
        return colon.end() if colon and colon.end() <= mark else max(mark, key.end - self._offset)

    def _empty_place(self, colon_end: int) -> int:
        """Where an empty value belongs: after the blank that follows the colon, unless a comment needs that blank."""
        return colon_end + 1 if _BLANK_TO_SPARE.match(self._source, colon_end) else colon_end

    def _mark_repeated(self) -> None:
        for at, found in enumerate(self._fields):
            alias = self._first_aliases.get(found.value_start) if found.node and found.node.anchor else None
            if alias is not None and isinstance(found.value, str):
                locked = f"Line {self._line(alias)} repeats it (a YAML alias). Edit it in the text."
                self._fields[at] = found._replace(locked=locked, kind=FieldKind.UNKNOWN)

    def _mark_duplicates(self) -> None:
        """The same for the fields as for the keys of a map inside one."""
        nodes = [found.node for found in self._fields if found.node]
        for at, node in enumerate(self._without_duplicates(nodes)):
            if node is not nodes[at]:
                self._fields[at] = self._fields[at]._replace(locked=node.locked, node=node)

    def _without_duplicates(self, children: list[Node]) -> list[Node]:
        """The values of a map, those locked whose key it has more than once: each but the first is a problem."""
        times = Counter(child.key for child in children)
        if len(times) == len(children):
            return children
        lines: dict[str, list[str]] = {}
        for child in children:
            lines.setdefault(child.key, []).append(str(self._line(child.key_start)))
        messages = {
            key: f"“{key}” is written more than once, on lines {' and '.join(on)}. Keep one of them in the text."
            for key, on in lines.items()
            if len(on) > 1
        }
        seen: set[str] = set()
        for child in children:
            if child.key in seen:
                span = child.key_start, max(child.end, child.key_end)
                self._report("front-matter-duplicate-key", messages[child.key], *span, Severity.ERROR)
            seen.add(child.key)
        return [child._replace(locked=messages.get(child.key, child.locked)) for child in children]

    def _report_impossible_days(self) -> None:
        for found in self._fields:
            if is_real_day(found.value) is False:
                message = f"“{found.key}” is {found.value}, which is no day of the calendar."
                severity = Severity.ERROR if found.tag == "timestamp" else Severity.WARNING
                self._report("front-matter-date", message, found.start, found.end, severity)

    def _line(self, offset: int) -> int:
        return bisect_right(self._line_ends, offset) + 1

    def _report(self, code: str, message: str, start: int, end: int, severity: Severity) -> None:
        self._problems.append(Problem(code, severity, message, start, end, self._line(start)))

    def _hint(self, code: str, message: str, start: int, end: int) -> None:
        """One of a kind for a line: there is room for 20,000 aliases on one."""
        start, end = self._offset + start, self._offset + end
        line = self._line(start)
        self._hints.setdefault((code, line), Problem(code, Severity.HINT, message, start, end, line))
