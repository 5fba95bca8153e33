"""Tooltips that show an article's words as they stand."""

from __future__ import annotations

import html


def plain_tip(text: str) -> str:
    """A tooltip that shows `text`: Qt would take what looks like HTML for HTML, and read the files that it names."""
    return f"<p>{html.escape(text)}</p>" if text else ""
