"""Commands in tests keep their versions in a state folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_state(own_settings: Path) -> Path:
    """Where what a command keeps is found."""
    return own_settings / "xdg_state_home" / "stet"
