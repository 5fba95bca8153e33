"""The layers of ARCHITECTURE.md: imports go down only, and what must stay out of a layer stays out."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "src"
LINTER = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINTER, "--no-cache", "--config", str(PROJECT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)


def imported(folder: str) -> Iterator[tuple[str, str]]:
    """Each import below a folder of the package, at whatever depth in its file: (file, dotted name)."""
    for file in sorted((SOURCE / "editor" / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file.name, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((file.name, f"{node.module}.{name.name}") for name in node.names)


def test_imports_go_down_only() -> None:
    result = lint(SOURCE)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("core/problems.py", "import editor.storage.durable", "Imports go down only"),
        ("rendering/page.py", "from PySide6.QtCore import QObject", "never imports Qt"),
        ("cli/show.py", "import editor.session.undo", "never imports Qt"),
        ("core/problems.py", "import pathlib", "Core reaches neither files"),
        ("storage/durable.py", "import socket", "Nothing can make a network request"),
    ],
)
def test_a_layer_broken_on_purpose_is_seen(tmp_path: Path, module: str, statement: str, contract: str) -> None:
    shutil.copytree(SOURCE / "editor", tmp_path / "editor", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "editor" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert any(contract in line and "BROKEN" in line for line in result.stdout.splitlines()), result.stdout


def test_the_session_has_no_widgets() -> None:
    widgets = ("PySide6.QtWidgets", "PySide6.QtWebEngineWidgets", "PySide6.QtPrintSupport")
    assert not [(file, name) for file, name in imported("session") if name.startswith(widgets)]


def test_nothing_imports_what_could_make_a_request() -> None:
    network = ("urllib.request", "urllib3", "PySide6.QtNetwork", "PySide6.QtWebSockets")
    assert not [(file, name) for file, name in imported("") if name.startswith(network)]


def test_core_reads_and_writes_nothing() -> None:
    calls = {
        (file.name, node.func.id)
        for file in (SOURCE / "editor" / "core").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not {(file, name) for file, name in calls if name in {"open", "print", "input", "exec", "eval"}}
