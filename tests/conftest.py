"""What all tests share: a screen that needs none, and articles to work on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def real_article() -> Path:
    """The user's own article, or where it is not here the sample of the same shape."""
    real = SHARED / "articles" / "magnesium-glycinate.md"
    return real if real.exists() else PROJECT / "resources" / "articles" / "sample.md"


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """Real articles with front matter, in a steady order."""
    folder = SHARED / "corpus" / "articles"
    if not folder.is_dir():
        pytest.skip("the corpus of real articles is not beside the project")
    return sorted(path for path in folder.iterdir() if path.is_file())


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for settings and state that is this test's alone."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return tmp_path
