"""What stands inside a block, read as CommonMark 0.31 (section 6) and GFM read it, beside footnotes' references.

It takes the place of Python-Markdown's own reading, which looks for one kind of mark after the other in the whole text
and so knows no order among them. One pass from left to right does, in time in proportion to the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from html import escape
from typing import ClassVar, NamedTuple, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from editor.core.blocks import TAG
from editor.core.patterns import when_used
from editor.rendering.bare_addresses import MAIL, WEB, end_of_mail_address, web_address
from editor.rendering.emphasis import Part, emphasised, run
from editor.rendering.link_grammar import (
    ENTITY,
    LONGEST_LABEL,
    PUNCTUATION,
    Target,
    character,
    encoded,
    normal_label,
    read_label,
    read_target,
)

_MARKS = r"[\\<&\]]|\n[ \t]*|`+|\*+|_+|~+|!?\["
_MARK = re.compile(f"{_MARKS}|{WEB}")
_MARK_OR_MAIL = when_used(f"{_MARKS}|{WEB}|{MAIL}")
_TICKS = when_used("`+")
_PUNCTUATION = when_used(f"[{PUNCTUATION}]")
_ADDRESS = when_used(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*+)>")
_MAIL = when_used(r"<([\w.!#$%&'*+/=?^`{|}~-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*+)>", re.ASCII)
_TAG = when_used(f"<{TAG}", re.IGNORECASE | re.ASCII)
# What else is HTML as it stands: how it begins and ends.
_VERBATIM = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


class Inlines(Treeprocessor):
    """Reads every text in the tree but those that are set to stay as they are."""

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            children = list(element)
            if _is_open(element.text) or any(_is_open(child.tail) for child in children):
                self._read(element, children)

    def _read(self, element: Element, children: list[Element]) -> None:
        parts = self._parts(element.text)
        for child in children:
            parts.append(child)
            parts += self._parts(child.tail)
        for child in children:
            element.remove(child)
        fill(element, parts)

    def _parts(self, text: str | None) -> list[Part]:
        if not text or not _is_open(text):
            return [text] if text else []
        return _Reading(self.md, text).parts()


def _is_open(text: str | None) -> bool:
    return bool(text) and not isinstance(text, AtomicString)


def fill(element: Element, parts: Iterable[Part]) -> None:
    """Make the parts the content of an element."""
    words: list[str] = []
    last: Element | None = None

    def put_words() -> None:
        text = words[0] if len(words) == 1 else "".join(words)
        if last is None:
            element.text = text
        else:
            last.tail = text
        words.clear()

    for part in parts:
        if isinstance(part, Element):
            put_words()
            element.append(part)
            last = part
        else:
            words.append(part if isinstance(part, str) else part.mark * part.length)
    put_words()


class _Bracket(NamedTuple):
    """An open `[` or `![`: its place among the parts, and the offset after it."""

    place: int
    end: int
    is_image: bool


class _Reading:
    """One reading of a text. Every `&` in what comes out is that of an entity, as Python-Markdown's writer takes it."""

    def __init__(self, md: Markdown, text: str) -> None:
        self._md = md
        self._text = text.rstrip(" ")
        self._at = 0
        self._parts: list[Part] = []
        self._brackets: list[_Bracket] = []
        # A link holds no other: below this many brackets none can become one, though an image still can.
        self._no_links_below = 0
        self._bare: set[Element] = set()
        self._depths: dict[Element, int] = {}
        self._ticks: dict[int, list[int]] | None = None
        self._unended: set[str] = set()

    def parts(self) -> list[Part]:
        pattern = _MARK_OR_MAIL if "@" in self._text else _MARK
        while found := pattern.search(self._text, self._at):
            if found.start() > self._at:
                self._parts.append(self._text[self._at : found.start()])
            self._at = found.end()
            self._READERS.get(found[0][0], _Reading._address)(self, found)
        self._parts.append(self._text[self._at :])
        return emphasised(self._parts, fill, self._depths)

    def _escape(self, found: re.Match[str]) -> None:
        escaped = self._text[self._at : self._at + 1]
        if escaped == "\n":
            # The line's end itself is read next.
            self._parts.append(Element("br"))
        elif _PUNCTUATION.match(escaped):
            self._parts.append(_literal(escaped))
            self._at += 1
        else:
            self._parts.append("\\")

    def _line_end(self, found: re.Match[str]) -> None:
        before = self._parts[-1] if self._parts else ""
        if isinstance(before, str) and before.endswith(" "):
            self._parts[-1] = before.rstrip(" ")
        if isinstance(before, str) and before.endswith("  "):
            # Python-Markdown itself puts the line's end behind each break.
            self._parts.append(Element("br"))
        elif not (isinstance(before, Element) and before.tag == "br"):
            self._parts.append("\n")

    def _code(self, found: re.Match[str]) -> None:
        if self._ticks is None:
            self._ticks = {}
            for ticks in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(ticks[0]), []).append(ticks.start())
        places = self._ticks.get(len(found[0]), [])
        following = bisect_left(places, found.end())
        if following == len(places):
            self._parts.append(found[0])
            return
        code = self._text[self._at : places[following]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(escape(code, quote=False))
        self._parts.append(element)
        self._at = places[following] + len(found[0])

    def _angle(self, found: re.Match[str]) -> None:
        start = found.start()
        if address := _ADDRESS.match(self._text, start):
            self._link_to(address[1], address[1])
        elif address := _MAIL.match(self._text, start):
            self._link_to(f"mailto:{address[1]}", address[1])
        elif html := self._html(start):
            self._parts.append(self._md.htmlStash.store(html))
            self._at = start + len(html)
            return
        else:
            self._parts.append("<")
            return
        self._at = address.end()

    def _html(self, start: int) -> str:
        """The HTML that begins there: a tag, a comment or the like; "" where none does."""
        if tag := _TAG.match(self._text, start):
            return tag[0]
        for begins, ends in _VERBATIM:
            if self._text.startswith(begins, start) and begins not in self._unended:
                if begins == "<!" and not self._text[self._at + 1 : self._at + 2].isalpha():
                    return ""
                # `<!-->` and `<!--->` are comments too.
                end = self._text.find(ends, start + min(len(begins), 2))
                if end >= 0:
                    return self._text[start : end + len(ends)]
                self._unended.add(begins)
        return ""

    def _entity(self, found: re.Match[str]) -> None:
        entity = ENTITY.match(self._text, found.start())
        read = character(entity[0]) if entity else "&"
        if entity and read != entity[0]:
            self._at = entity.end()
            self._parts.append(_literal(read) if _PUNCTUATION.fullmatch(read) else read)
        else:
            self._parts.append(_literal("&"))

    def _run(self, found: re.Match[str]) -> None:
        start, end = found.span()
        self._parts.append(run(found[0][0], end - start, self._text[start - 1 : start], self._text[end : end + 1]))

    def _open(self, found: re.Match[str]) -> None:
        is_image = found[0] == "!["
        if self._text.startswith("^", self._at) and (note := self._note(self._at - 1)):
            self._parts += ["!", note] if is_image else [note]
            return
        self._brackets.append(_Bracket(len(self._parts), self._at, is_image))
        self._parts.append(found[0])

    def _note(self, start: int) -> Element | None:
        """The reference to a footnote that begins there; None where no such note is defined."""
        notes = cast("FootnoteInlineProcessor", self._md.inlinePatterns["footnote"])
        found = notes.getCompiledRegExp().match(self._text, start)
        element, _, end = notes.handleMatch(found, self._text) if found else (None, None, None)
        if element is not None and end is not None:
            self._at = end
        return cast("Element | None", element)

    def _close(self, found: re.Match[str]) -> None:
        bracket = self._brackets.pop() if self._brackets else None
        count = len(self._brackets)
        if bracket is None or not (bracket.is_image or count >= self._no_links_below):
            self._parts.append("]")
        elif target := read_target(self._text, self._at) or self._reference(self._text[bracket.end : found.start()]):
            words = self._parts[bracket.place + 1 :]
            del self._parts[bracket.place :]
            self._parts.append(self._image(words, target) if bracket.is_image else self._link(words, target))
            self._at = target.end
            if not bracket.is_image:
                self._no_links_below = count
        else:
            self._parts.append("]")
        self._no_links_below = min(self._no_links_below, count)

    def _reference(self, words: str) -> Target | None:
        """The target that the label after the words names, or, where no label follows, that they name themselves."""
        label = read_label(self._text, self._at)
        if label and label[0].strip():
            words, end = label
        else:
            end = label[1] if label and not label[0] else self._at
        if len(words) > LONGEST_LABEL:
            return None
        address, title = self._md.references.get(normal_label(words), (None, ""))
        return None if address is None else Target(address, title, end)

    def _link(self, words: list[Part], target: Target) -> Element:
        link = Element("a", _attributes("href", target))
        words = [_text_of(part) if isinstance(part, Element) and part in self._bare else part for part in words]
        self._depths[link] = 1 + max(
            (self._depths.get(part, 0) for part in words if isinstance(part, Element)), default=0
        )
        fill(link, emphasised(words, fill, self._depths))
        return link

    def _image(self, words: list[Part], target: Target) -> Element:
        description = Element("span")
        fill(description, emphasised(words, fill, self._depths))
        # HTML in a description is shown as it is written.
        html = self._md.htmlStash.rawHtmlBlocks
        words_alone = HTML_PLACEHOLDER_RE.sub(lambda found: _attribute(str(html[int(found[1])])), _text_of(description))
        return Element("img", {"alt": words_alone, **_attributes("src", target)})

    def _address(self, found: re.Match[str]) -> None:
        """An address that stands by itself."""
        start = found.start()
        if found[0].endswith("@"):
            end = end_of_mail_address(self._text, self._at)
            words = self._text[start:end] if end > self._at else ""
            address = words if words.startswith("mailto:") else f"mailto:{words}"
        else:
            words = web_address(self._text, start, in_brackets=bool(self._brackets))
            address = words if "://" in words[:8] else f"http://{words}"
        if words:
            self._link_to(address, words)
            self._bare.add(cast("Element", self._parts[-1]))
            self._at = start + len(words)
        else:
            self._parts.append(found[0])

    def _link_to(self, address: str, words: str) -> None:
        link = Element("a", {"href": _attribute(encoded(address))})
        link.text = AtomicString(_attribute(words))
        self._parts.append(link)

    _READERS: ClassVar = {
        "\\": _escape,
        "\n": _line_end,
        "`": _code,
        "<": _angle,
        "&": _entity,
        "*": _run,
        "_": _run,
        "~": _run,
        "[": _open,
        "!": _open,
        "]": _close,
    }


def _literal(character: str) -> str:
    """A character that nothing takes for a mark any more, as Python-Markdown keeps those."""
    return "&amp;" if character == "&" else f"{STX}{ord(character)}{ETX}"


def _attributes(name: str, target: Target) -> dict[str, str]:
    attributes = {name: _attribute(target.address)}
    if target.title:
        attributes["title"] = _attribute(target.title)
    return attributes


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;")


def _text_of(element: Element) -> str:
    """An element's words, images' descriptions among them."""
    return "".join(
        piece
        for inside in element.iter()
        for piece in (inside.get("alt", ""), inside.text or "", (inside.tail or "") if inside is not element else "")
    )
