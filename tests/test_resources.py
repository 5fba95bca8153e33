"""The shipped files are found wherever the program lies."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from editor import resources

PROJECT = Path(__file__).resolve().parent.parent


def ask(folder: Path, program: str) -> str:
    """What a program prints that sees `folder` and no other copy of the package."""
    command = [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {program}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env={}).stdout.strip()


@pytest.fixture
def copied_package(tmp_path: Path) -> Path:
    """A folder with a copy of the package in it, and no checkout around it."""
    package = tmp_path / "app" / "editor"
    package.mkdir(parents=True)
    for name in ("__init__.py", "resources.py"):
        shutil.copy(PROJECT / "src" / "editor" / name, package)
    return package


def put(folder: Path, text: str) -> None:
    (folder / "preview").mkdir(parents=True)
    (folder / "preview" / "a.css").write_text(text, encoding="utf-8")


READ = "from editor import resources; print(resources.read_text('preview/a.css'))"


def test_a_checkout_reads_its_top_level_resources() -> None:
    assert resources.path("icons/stet.svg") == PROJECT / "resources" / "icons" / "stet.svg"


def test_an_installed_package_reads_the_resources_inside_it(copied_package: Path) -> None:
    put(copied_package / "_resources", "installed")
    assert ask(copied_package.parent, READ) == "installed"


def test_an_app_that_unpacks_itself_reads_the_unpacked_resources(copied_package: Path, tmp_path: Path) -> None:
    put(tmp_path / "unpacked" / "editor" / "_resources", "unpacked")
    frozen = f"sys.frozen = True; sys._MEIPASS = {str(tmp_path / 'unpacked')!r}; "
    assert ask(copied_package.parent, frozen + READ) == "unpacked"


def test_an_app_reads_the_resources_beside_its_executable(copied_package: Path, tmp_path: Path) -> None:
    put(tmp_path / "bin" / "resources", "beside")
    frozen = f"sys.frozen = True; sys.executable = {str(tmp_path / 'bin' / 'stet')!r}; "
    assert ask(copied_package.parent, frozen + READ) == "beside"


def test_line_endings_are_read_as_they_are(copied_package: Path) -> None:
    put(copied_package / "_resources", "")
    (copied_package / "_resources" / "preview" / "a.css").write_bytes("é\r\n".encode())
    program = READ.replace("print(", "print(ascii(").replace("'))", "')))")
    assert ask(copied_package.parent, program) == r"'\xe9\r\n'"


def test_a_missing_file_is_named_with_the_way_out() -> None:
    with pytest.raises(resources.ResourceMissing, match=r"'icons/nothing\.svg' is missing .* Install Stet again"):
        resources.read_text("icons/nothing.svg")


@pytest.mark.parametrize("name", ["../pyproject.toml", "icons/../../README.md", "/etc/passwd"])
def test_a_name_cannot_leave_the_resources(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a shipped file"):
        resources.path(name)
