"""Titles in two forms: as Markdown in a cell, and as the plain text that other programs know."""

from __future__ import annotations

import html
import re

_LITERAL = re.compile(r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>[^`]+)(?P=ticks)(?!`)")
_IMAGE_OR_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\(\s*(<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\s*\)|\[[^\[\]]*\])"
)
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:(?!<!--).)*?-->")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMPHASIS = (
    re.compile(r"\*{1,3}(?=[^\s*])([^*]*[^\s*])\*{1,3}"),
    re.compile(r"(?<!\w)_{1,3}(?=[^\s_])([^_]*[^\s_])_{1,3}(?!\w)"),
    re.compile(r"~~(?=[^\s~])([^~]*[^\s~])~~"),
)
_NOTHING_SPECIAL = re.compile(r"[^\\`*_\[\]<&~]*\Z")
_SPECIAL = re.compile(r"[\\`*_\[\]<&~]")
# Where a literal character is put aside while markup is looked for: halves of surrogate pairs are in no text.
_ASIDE = 0xDC00


def as_plain(markdown: str) -> str:
    """What a cell's Markdown says: without emphasis, code marks, links, notes, HTML and escapes."""
    if _NOTHING_SPECIAL.match(markdown):
        return " ".join(markdown.split())
    text = _LITERAL.sub(lambda found: _put_aside(found["escaped"] or found["code"]), markdown)
    text = _ADDRESS.sub(lambda address: _put_aside(address[1]), text)
    text = _IMAGE_OR_LINK.sub(lambda link: link[1], _NOTE.sub("", text))
    text = _ENTITY.sub(lambda entity: _put_aside(html.unescape(entity[0])), _TAG.sub(" ", text))
    for marks in _EMPHASIS:
        # Strong text may have emphasis in it.
        text = marks.sub(r"\1", marks.sub(r"\1", text))
    return " ".join(_put_back(text).split())


def link_in(markdown: str) -> str:
    """The address of the first link in a cell's Markdown, "" where it has none."""
    found = _IMAGE_OR_LINK.search(markdown)
    return (found[2] or "").strip("<>") if found else ""


def as_markdown(plain: str) -> str:
    """Markdown that says a plain text on one line: that text, escaped where something in it would be markup."""
    return plain if as_plain(plain) == plain else escaped(plain)


def escaped(plain: str) -> str:
    """The text with every character escaped that could begin or end markup within a line."""
    return _SPECIAL.sub(r"\\\g<0>", plain)


def _put_aside(text: str) -> str:
    return "".join(
        chr(_ASIDE + ord(character)) if character.isascii() and not character.isspace() else character
        for character in text
    )


def _put_back(text: str) -> str:
    return "".join(
        chr(ord(character) - _ASIDE) if _ASIDE <= ord(character) < _ASIDE + 0x80 else character for character in text
    )
