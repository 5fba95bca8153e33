"""A window that most flows can begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.flows.short_article import TEXT

from editor.article_window import ArticleWindow


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[[Path], ArticleWindow]) -> ArticleWindow:
    """A window on the short article, which is `article.md` in the test's own folder."""
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    return open_window(path)
