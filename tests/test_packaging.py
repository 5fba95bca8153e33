"""What is built works outside the checkout, and what is locked is enough."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import editor

PROJECT = Path(__file__).resolve().parent.parent
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$", LOCK, flags=re.MULTILINE)


def run(*command: str | Path, cwd: Path) -> str:
    """What a process prints that has nothing of this one's Python settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def build(kind: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", into, cwd=source)
    (built,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", PROJECT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def fresh_venv(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A venv outside the checkout with the wheel in it, that borrows every other package from this one.

    A folder named in a .pth is searched, but the .pth files inside it are not read: the checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    run(*pip, wheel, cwd=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


@pytest.fixture
def prepare() -> ModuleType:
    """packaging/prepare.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("prepare", PROJECT / "packaging" / "prepare.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["prepare"] = module
    spec.loader.exec_module(module)
    return module


def test_an_installed_wheel_exports_an_article(fresh_venv: Path, tmp_path: Path) -> None:
    article = shutil.copy(PROJECT / "resources" / "articles" / "sample.md", tmp_path)
    run(fresh_venv / "bin" / "stet", "export", article, "-o", tmp_path / "page.html", cwd=tmp_path)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<table" in page
    assert "</html>" in page


def test_an_installed_wheel_is_all_that_it_uses(fresh_venv: Path, tmp_path: Path) -> None:
    program = "import editor; from editor import resources; print(editor.__file__, resources.path('icons/stet.svg'))"
    module, icon = run(fresh_venv / "bin" / "python", "-c", program, cwd=tmp_path).split()
    assert Path(module).is_relative_to(fresh_venv)
    assert Path(icon).is_relative_to(fresh_venv)


def test_an_installed_wheel_tells_its_version(fresh_venv: Path, tmp_path: Path) -> None:
    assert editor.__version__ in run(fresh_venv / "bin" / "stet", "--version", cwd=tmp_path)
    assert editor.__version__ in run(fresh_venv / "bin" / "python", "-m", "editor", "--version", cwd=tmp_path)


def test_a_wheel_holds_every_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = (path for path in (PROJECT / "resources").rglob("*") if path.is_file())
    assert {f"editor/_resources/{path.relative_to(PROJECT / 'resources').as_posix()}" for path in shipped} <= names


def test_an_sdist_builds_the_same_wheel_and_can_be_worked_on(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", PROJECT, tmp_path / "sdist")
    run("tar", "-xzf", sdist, cwd=tmp_path)
    source = tmp_path / sdist.name.removesuffix(".tar.gz")
    again = build("wheel", source, tmp_path / "again")
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
    needed = ("Makefile", "requirements.lock", ".ci/run", "packaging/prepare.py", "tests/conftest.py", "LICENSE")
    assert [name for name in needed if not (source / name).is_file()] == []


def test_the_desktop_file_starts_the_installed_command() -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the format's keys have capitals
    parser.read(PROJECT / "packaging" / "stet.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application"
    assert entry["Exec"].split() == [next(iter(DECLARED["scripts"])), "%F"]
    assert "text/markdown" in entry["MimeType"].split(";")
    assert (PROJECT / "resources" / "icons" / f"{entry['Icon']}.svg").is_file()


def test_a_wheel_puts_the_desktop_file_and_the_icon_where_desktops_look(wheel: Path) -> None:
    names = [name.partition(".data/data/")[2] for name in zipfile.ZipFile(wheel).namelist()]
    assert "share/applications/stet.desktop" in names
    assert "share/icons/hicolor/scalable/apps/stet.svg" in names


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_lock_answers_every_requirement(python: str, machine: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.9", "platform_machine": machine}
    chosen = {
        canonicalize_name(name): version
        for name, version, marker in LOCKED
        if not marker or Requirement(f"{name}; {marker}").marker.evaluate(environment)  # type: ignore[union-attr]
    }
    for text in (*DECLARED["dependencies"], *DECLARED["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        if not wanted.marker or wanted.marker.evaluate(environment):
            assert wanted.specifier.contains(chosen[canonicalize_name(wanted.name)]), text


def test_the_lock_has_hashes_and_no_address() -> None:
    pins = re.split(r"\n(?=\S)", LOCK.partition("\n")[2].strip())
    assert len(pins) == len(LOCKED)
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in LOCK


def test_the_broken_pair_of_python_and_pyside_cannot_be_installed() -> None:
    pyside = [Requirement(text) for text in DECLARED["dependencies"] if text.startswith("PySide6")]
    on_old = [each.specifier for each in pyside if each.marker and each.marker.evaluate({"python_version": "3.11"})]
    assert [specifier.contains("6.12.0") for specifier in on_old] == [False]
    assert SpecifierSet(DECLARED["requires-python"]).contains("3.11.0")


@pytest.mark.parametrize("name", ["system-libraries-run.txt", "system-libraries-test.txt"])
def test_a_list_of_system_libraries_names_each_package_once(prepare: ModuleType, name: str) -> None:
    packages = prepare.read_list((PROJECT / "packaging" / name).read_text(encoding="utf-8"))
    names = [each for package in packages for each in package.names]
    assert names
    assert len(names) == len(set(names))


def test_a_system_package_is_here_when_any_witness_is(prepare: ModuleType) -> None:
    here, missing = prepare.read_list("a|b  libno-such-thing.so.7|/\nc  /no/such/path  # why\n# nothing\n")
    assert here.is_here
    assert not missing.is_here
    assert not prepare.SystemPackage(("d",), ("module:no_such_module",)).is_here


def test_the_specifications_are_locked_by_hash(prepare: ModuleType) -> None:
    for path in (prepare.SOURCE_PACKAGE, prepare.SOURCE_BACKEND):
        pin = path.read_text(encoding="utf-8").partition("\n")[2]
        assert re.fullmatch(r"[\w-]+==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64}\n", pin)


def source_package(folder: Path, *names: str) -> Path:
    archive = folder / "package-1.tar.gz"
    with tarfile.open(archive, "w:gz") as package:
        for name in names:
            package.addfile(tarfile.TarInfo(f"package-1/{name}"))
    return archive


def test_specifications_are_unpacked_and_nothing_else(prepare: ModuleType, tmp_path: Path) -> None:
    archive = source_package(tmp_path, "setup.py", "tests/spec/gfm.txt", "tests/spec/commonmark.txt", "gfm.txt")
    prepare.unpack_specifications(archive, tmp_path / "build" / "specifications")
    unpacked = (tmp_path / "build" / "specifications").iterdir()
    assert sorted(path.name for path in unpacked) == ["commonmark.txt", "gfm.txt"]


def test_a_package_without_specifications_is_refused(prepare: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(prepare.CannotPrepare, match=r"does not carry gfm\.txt"):
        prepare.unpack_specifications(source_package(tmp_path, "tests/spec/commonmark.txt"), tmp_path / "build")


def test_specifications_that_are_here_are_not_fetched_again(
    prepare: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = PROJECT / "build" / "specifications"
    assert (folder / "holds").is_file(), "run `make setup` first"
    monkeypatch.setattr(prepare, "VENV_PYTHON", Path("no", "such", "python"))
    prepare.prepare_specifications(folder)
    assert capfd.readouterr().out == ""


def test_no_file_names_a_registry_or_a_machine() -> None:
    if not (shutil.which("git") and (PROJECT / ".git").exists()):
        pytest.skip("not a git checkout, or no git here to list its files")
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=PROJECT)
    registries = r"(?:pypi|pythonhosted|deb\.debian|npmjs)\.(?:org|com)\b"
    pattern = re.compile(rf"{registries}|(?<![\w.:/])/(?:home|root|work|Users|opt/pypi)/\w".encode())
    files = (PROJECT / name for name in listed.split("\0") if name)
    found = [str(file) for file in files if file.is_file() and pattern.search(file.read_bytes())]
    assert found == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    text = (PROJECT / document).read_text(encoding="utf-8")
    made_later = (".venv/", "build/", "dist/", "editor/_resources")
    named = re.findall(r"\]\(([^)]+)\)|`([\w.-]*/[\w./-]*)`", text)
    paths = [path for pair in named for path in pair if path and not path.startswith(made_later)]
    assert paths
    roots = (PROJECT, PROJECT / "src" / "editor")
    assert [path for path in paths if not any((root / path).exists() for root in roots)] == []
