"""Changing tags of HTML that `sanitise` has written, where every tag has the one spelling that it gives it."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from editor.core.patterns import when_used

# In that spelling `<` begins a tag wherever it stands outside one, every value is in double quotes and holds none. The
# pattern takes a tag whole, so that a `<` within a value is never taken for one.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>')
_TAG_AND_LINE_END = when_used(rf"{_TAG.pattern}(\n?)")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')


class Tag(NamedTuple):
    """One tag as written (`source`); attribute values are unescaped."""

    source: str
    name: str
    closing: bool
    attributes: dict[str, str]


def change_tags(html: str, change: Callable[[Tag], str], *, having: str = "") -> str:
    """The HTML with each tag replaced by what `change` makes of it; with `having`, each that has this attribute."""
    if having:
        written = f' {having}="'
        if written not in html:
            return html

        def changed(found: re.Match[str]) -> str:
            tag = _tag(found) if written in found[3] else None
            return change(tag) if tag and having in tag.attributes else found[0]

        return _TAG.sub(changed, html)
    return _TAG.sub(lambda found: change(_tag(found)), html)


def tags_of(html: str, *, having: str = "") -> Iterator[Tag]:
    """Its tags in their order; with `having`, those that have this attribute."""
    if having:
        written = f' {having}="'
        # A value may end as if this came next: only the tag taken apart says whether it has it.
        tags = (_tag(found) for found in _TAG.finditer(html) if written in found[3])
        return (tag for tag in tags if having in tag.attributes)
    return map(_tag, _TAG.finditer(html))


def pieces_of(html: str) -> Iterator[Tag | str]:
    """Its tags and, as written, the texts between them, all in their order."""
    at = 0
    for found in _TAG.finditer(html):
        if found.start() > at:
            yield html[at : found.start()]
        yield _tag(found)
        at = found.end()
    if at < len(html):
        yield html[at:]


def words_of(html: str) -> str:
    """What a reader reads of it, on one line; the words of pictures are none of it."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """An element's start tag in that spelling; attribute values are text."""
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>"


def keep_first_line_ends(html: str) -> str:
    """The HTML with a line break more where a `pre` begins with one, since whoever reads it drops the first.

    HTML's standard, section 13.2.6.4.7.
    """
    return _TAG_AND_LINE_END.sub(lambda tag: tag[0] + tag[4] if (tag[1], tag[2]) == ("", "pre") else tag[0], html)


def element(name: str, attributes: dict[str, str], content: str = "") -> str:
    """One element's HTML; the content is text. An `img` has no end tag."""
    start = start_tag(name, attributes)
    return start if name == "img" else f"{start}{escape(content, quote=False)}</{name}>"


def missing_image(words: str, address: str) -> str:
    """What stands for an image that may not or cannot be shown: its words, its address on pointing at it."""
    return element("span", {"class": "image-missing", "title": address}, words or "image")


def _tag(found: re.Match[str]) -> Tag:
    closing, name, attributes = found.groups()
    values = (
        {key: unescape(value) if "&" in value else value for key, value in _ATTRIBUTE.findall(attributes)}
        if attributes
        else {}
    )
    return Tag(found[0], name, bool(closing), values)
