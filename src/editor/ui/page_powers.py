"""What a page that may come from anybody is not allowed: to run anything, to keep anything, to load beyond itself."""

from __future__ import annotations

from PySide6.QtWebEngineCore import QWebEngineSettings


def take_powers(settings: QWebEngineSettings) -> None:
    """Take from a page whatever Chromium would let it do beyond being shown."""
    attribute = QWebEngineSettings.WebAttribute
    for each in (
        attribute.JavascriptEnabled,
        attribute.PluginsEnabled,
        attribute.LocalStorageEnabled,
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.AutoLoadIconsForPage,
        attribute.DnsPrefetchEnabled,
        attribute.NavigateOnDropEnabled,
        attribute.PdfViewerEnabled,
    ):
        settings.setAttribute(each, False)
