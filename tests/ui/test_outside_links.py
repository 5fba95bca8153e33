"""Of all addresses only those of the web and of mail are opened outside, and of a mail only its words are filled in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl

from editor.ui.outside_links import outside_link


def opened(address: str) -> str:
    link = outside_link(address)
    return bytes(link.toEncoded().data()).decode() if link else ""


@pytest.mark.parametrize(
    "address",
    ["https://example.com", "http://example.com/a?b=%26&c#d", "https://example.com/%C3%A9", "mailto:x@example.com"],
)
def test_web_and_mail_open_as_they_are(address: str) -> None:
    assert opened(address) == address
    assert outside_link(QUrl(address)) == QUrl(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.com",
            "stet://shell/shell.html",
        ),
        *(
            "vbscript:x",
            "about:blank",
            "chrome://crash",
            "blob:https://example.com/x",
            "view-source:https://example.com",
        ),
        *("smb://example.com/x", "ssh://example.com", "tel:1", "ms-word:x", "", "/etc/passwd", "//example.com", "#x"),
        *(
            "https:",
            "https://",
            "https:///etc/passwd",
            "http:x",
            "mailto:",
            "mailto:?subject=x",
            "https://exa mple.com",
        ),
    ],
)
def test_nothing_else_opens(address: str) -> None:
    assert opened(address) == ""


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("mailto:x@example.com?subject=a%26b&body=c%0Ad", "mailto:x@example.com?subject=a%26b&body=c%0Ad"),
        ("mailto:x@example.com?attach=/etc/passwd", "mailto:x@example.com"),
        ("mailto:x@example.com?subject=a&attachment=/etc/passwd", "mailto:x@example.com?subject=a"),
        (
            "mailto:x@example.com?%61ttach=/etc/passwd&Attach=y&CC=z@example.com",
            "mailto:x@example.com?CC=z@example.com",
        ),
        ("mailto:x@example.com?bcc=y@example.com&from=z@example.com", "mailto:x@example.com"),
    ],
)
def test_a_link_attaches_nothing_to_a_mail(written: str, filled: str) -> None:
    assert opened(written) == filled
