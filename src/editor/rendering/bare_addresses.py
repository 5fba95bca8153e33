"""Addresses that are links without any mark: GFM 0.29, section 6.9, "Autolinks (extension)"."""

from __future__ import annotations

import re

from editor.core.patterns import when_used

# Where an address may begin; the first character of a match is that of the address.
WEB = r"(?<![A-Za-z0-9])(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp])://|(?<![^\s*_~(])[Ww][Ww][Ww]\."
MAIL = r"(?<![A-Za-z0-9.+/-])(?<!\w_)(?:mailto:)?[A-Za-z0-9][\w.+-]*+@"

_HOST = when_used(r"(?:\w|[-.])++")
_MAIL_HOST = when_used(r"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++")
# Python-Markdown's own marks begin with a control character; one is behind a footnote's last words.
_END = re.compile(r"[\s<\x02]")
_END_IN_BRACKETS = re.compile(r"[\s<\x02\[\]]")
_TRAILING = "?!.,:*_~'\""
_ENTITY = when_used(r"&[A-Za-z0-9]++;")


def web_address(text: str, at: int, *, in_brackets: bool) -> str:
    """The address that begins at the offset `at` as `WEB` found it; "" where it names no host.

    Between brackets it ends with them, since the words of a link may be an address.
    """
    scheme = text.find("://", at, at + len("https://"))
    host = _HOST.match(text, at if scheme < 0 else scheme + 3)
    if not host or not _is_host(host[0], needs_dot=scheme < 0):
        return ""
    end = (_END_IN_BRACKETS if in_brackets else _END).search(text, host.end())
    return _trimmed(text[at : end.start() if end else len(text)])


def end_of_mail_address(text: str, at: int) -> int:
    """The offset after an address whose host begins at the offset `at`; `at` where none does."""
    host = _MAIL_HOST.match(text, at)
    return host.end() if host and host[0][-1] not in "-_" else at


def _is_host(host: str, *, needs_dot: bool) -> bool:
    """Whether this names a host: no underscore in its last two parts."""
    parts = host.rstrip(".").split(".")
    return bool(parts[0]) and (len(parts) > 1 or not needs_dot) and not any("_" in part for part in parts[-2:])


def _trimmed(address: str) -> str:
    """The address without the punctuation, closing parentheses and entity that belong to the sentence around it."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last == ";" and (entity := _ENTITY.match(address, max(address.rfind("&", 0, end), 0))):
            end = entity.start() + 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
