"""Which addresses of an article may be handed to another program, and in what form. Nothing else ever is."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QUrl, QUrlQuery

_WEB = frozenset({"http", "https"})
# What a link may fill in of a mail. Some programs also take files to attach; RFC 6068, section 4, wants only safe ones.
_MAIL_FIELDS = frozenset({"to", "cc", "subject", "body"})


def outside_link(address: QUrl | str) -> QUrl | None:
    """The web or mail address as it may be opened, a mail without anything but words; None for all other addresses."""
    url = QUrl(address)
    if not url.isValid():
        return None
    if url.scheme() in _WEB:
        return url if url.host() else None
    return _mail(url) if url.scheme() == "mailto" and url.path() else None


def _mail(url: QUrl) -> QUrl:
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    query = QUrlQuery()
    query.setQueryItems(
        [
            (name, value)
            for name, value in QUrlQuery(url).queryItems(encoded)
            if unquote(name).strip().lower() in _MAIL_FIELDS
        ]
    )
    url.setQuery(query)
    return url
