"""Sessions on real files, with a state folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.session.article_session import ArticleSession


@pytest.fixture
def state_folder(tmp_path: Path) -> Path:
    """Where drafts, claims and earlier versions are kept; not there yet."""
    return tmp_path / "state"


@pytest.fixture
def open_session(qapp: object, state_folder: Path) -> Iterator[Callable[[Path], ArticleSession]]:
    """Opens articles in sessions that end with the test."""
    opened: list[ArticleSession] = []

    def open_article(path: Path) -> ArticleSession:
        opened.append(ArticleSession.open(path, state_folder))
        return opened[-1]

    yield open_article
    for session in opened:
        session.close()
