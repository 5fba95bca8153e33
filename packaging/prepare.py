"""Makes everything ready to run Stet or its tests, and does nothing where all is ready.

`python3 packaging/prepare.py run` sees to what the window needs, `test` to what the tests need as well: the system
libraries that are missing (installed on Debian and Ubuntu, named elsewhere), then `.venv` with the locked packages and
Stet itself, editable; for tests, the specifications of markdown as well, whose examples they run. `pages` sees to the
programs that judge exported pages, which npm fetches. It uses nothing but Python's standard library. Exit code 0:
ready; 1: not, and it says why.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
SPECIFICATIONS = ROOT / "build" / "specifications"
SOURCE_PACKAGE = ROOT / "packaging" / "specifications.txt"
SOURCE_BACKEND = ROOT / "packaging" / "specifications-backend.txt"
SPECIFICATION_NAMES = ("commonmark.txt", "gfm.txt")
PAGE_CHECKERS = ROOT / "build" / "page-checkers"
PAGE_CHECKER_PACKAGES = ROOT / "packaging" / "page-checkers.txt"
LISTS = {
    "run": ("system-libraries-run.txt",),
    "test": ("system-libraries-run.txt", "system-libraries-test.txt"),
    "pages": ("system-libraries-run.txt", "system-libraries-test.txt"),
}
OLDEST_PYTHON = (3, 11)


class CannotPrepare(Exception):
    """Why it cannot go on: a sentence for whoever typed `make`."""


@dataclass(frozen=True)
class SystemPackage:
    """One line of a list: a package of the system, by its names in different releases, and what shows it is there."""

    names: tuple[str, ...]
    witnesses: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        """Whether any witness can be found on this machine."""
        return any(map(_is_here, self.witnesses))


def main() -> int:
    """Prepare for the purpose on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Make everything ready to run Stet or its tests.")
    parser.add_argument("purpose", choices=sorted(LISTS))
    purpose = parser.parse_args().purpose
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise CannotPrepare(f"Stet needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        _prepare_system(purpose)
        _prepare_venv()
        if purpose == "test":
            prepare_specifications(SPECIFICATIONS)
        if purpose == "pages":
            _prepare_page_checkers()
    except CannotPrepare as reason:
        print(f"stet: {reason}", file=sys.stderr)
        return 1
    return 0


def read_list(text: str) -> tuple[SystemPackage, ...]:
    """The packages of a list: a line each of names and witnesses, either joined by bars; `#` begins a comment."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return tuple(SystemPackage(tuple(line[0].split("|")), tuple(line[1].split("|"))) for line in lines if line)


def _is_here(witness: str) -> bool:
    if witness.startswith("/"):
        return Path(witness).exists()
    if witness.startswith("module:"):
        importlib.invalidate_caches()
        return importlib.util.find_spec(witness.partition(":")[2]) is not None
    try:
        ctypes.CDLL(witness)
    except OSError:
        return False
    return True


def _prepare_system(purpose: str) -> None:
    lists = ((ROOT / "packaging" / name).read_text(encoding="utf-8") for name in LISTS[purpose])
    missing = [package for text in lists for package in read_list(text) if not package.is_here]
    if not missing:
        return
    names = " ".join(package.names[-1] for package in missing)
    if not shutil.which("apt-get"):
        print(f"stet: not found on this system (by their names in Debian): {names}", file=sys.stderr)
        print("stet: install what your system calls them if the window or a test does not start.", file=sys.stderr)
        return
    prefix = _privilege(names)
    print(f"Stet needs system packages that are not here, and installs them now: {names}", flush=True)
    _install(prefix, missing)


def _install(prefix: list[str], missing: list[SystemPackage]) -> None:
    _run([*prefix, "apt-get", "update", "-q"], "The list of packages could not be brought up to date.", may_fail=True)
    known = {package: name for package in missing if (name := _known_name(package))}
    for package in (package for package in missing if package not in known):
        print(f"stet: this release has no {' or '.join(package.names)}; going on without it.", file=sys.stderr)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--no-install-recommends", *known.values()]
    _run(install, "The system packages could not be installed (apt-get says why above).")
    still = " ".join(name for package, name in known.items() if not package.is_here)
    if still:
        raise CannotPrepare(f"installed, and still not to be found: {still}")


def _privilege(names: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise CannotPrepare(f"system packages are missing. As root, run: apt-get install --no-install-recommends {names}")


def _known_name(package: SystemPackage) -> str | None:
    """The name that this release has a package for; one that is only provided by others does not count."""
    for name in package.names:
        policy = subprocess.run(["apt-cache", "policy", name], capture_output=True, text=True, check=False).stdout
        if "Candidate:" in policy and "Candidate: (none)" not in policy:
            return name
    return None


def _prepare_venv() -> None:
    made_by = _digest(sys.version, sys.base_prefix, str(ROOT))
    holds = _digest(LOCK.read_text(encoding="utf-8"), (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if not (_says(VENV / "made-by", made_by) and VENV_PYTHON.exists()):
        print("Making .venv", flush=True)
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], ".venv could not be made.")
        (VENV / "made-by").write_text(made_by, encoding="utf-8")
    if _says(VENV / "holds", holds):
        return
    print("Installing the locked packages into .venv (about 300 MB the first time)", flush=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    failed = "The locked packages could not be installed (pip says why above)."
    _run([*pip, "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)], failed)
    _run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)], failed)
    (VENV / "holds").write_text(holds, encoding="utf-8")


def prepare_specifications(folder: Path) -> None:
    """Put CommonMark's and GitHub's specifications into the folder, unless it has the ones asked for.

    No wheel carries them, and of a source package pip reads name and version with the package's own backend, which is
    therefore locked as well. Raises CannotPrepare.
    """
    holds = _digest(*(path.read_text(encoding="utf-8") for path in (SOURCE_PACKAGE, SOURCE_BACKEND)))
    if _says(folder / "holds", holds) and all((folder / name).is_file() for name in SPECIFICATION_NAMES):
        return
    print("Fetching the specifications of markdown into build (about 0.2 MB)", flush=True)
    failed = "The specifications of markdown could not be fetched (pip says why above)."
    with tempfile.TemporaryDirectory() as temporary:
        backend, source = f"{temporary}/backend", f"{temporary}/source"
        pip = [str(VENV_PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        wanted = ["--no-deps", "--require-hashes", "-r"]
        _run([*pip, "install", "--only-binary=:all:", "--target", backend, *wanted, str(SOURCE_BACKEND)], failed)
        download = [*pip, "download", "--no-binary=:all:", "--no-build-isolation", "--dest", source]
        _run([*download, *wanted, str(SOURCE_PACKAGE)], failed, environment={"PYTHONPATH": backend})
        (archive,) = Path(source).iterdir()
        unpack_specifications(archive, folder)
    (folder / "holds").write_text(holds, encoding="utf-8")


def _prepare_page_checkers() -> None:
    """Have npm put the programs that judge pages into build, unless those asked for are there."""
    wanted = PAGE_CHECKER_PACKAGES.read_text(encoding="utf-8")
    holds = _digest(wanted)
    if _says(PAGE_CHECKERS / "holds", holds):
        return
    if not shutil.which("npm"):
        raise CannotPrepare("pages are judged by programs that npm fetches, which is not here (in Debian: npm).")
    print("Fetching the programs that judge pages into build (about 25 MB)", flush=True)
    packages = [line for line in wanted.splitlines() if line and not line.startswith("#")]
    npm = ["npm", "install", "--prefix", str(PAGE_CHECKERS), "--ignore-scripts", "--no-audit", "--no-fund"]
    failed = "The programs that judge pages could not be fetched (npm says why above)."
    _run([*npm, "--no-save", "--no-package-lock", *packages], failed)
    (PAGE_CHECKERS / "holds").write_text(holds, encoding="utf-8")


def unpack_specifications(archive: Path, folder: Path) -> None:
    """Write the specifications that a source package carries into the folder. Raises CannotPrepare without them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        files = {Path(member.name).name: member for member in package if "/tests/spec/" in member.name}
        for name in SPECIFICATION_NAMES:
            content = package.extractfile(files[name]) if name in files else None
            if content is None:
                raise CannotPrepare(f"{archive.name} does not carry {name}.")
            (folder / name).write_bytes(content.read())


def _run(command: list[str], failed: str, *, may_fail: bool = False, environment: dict[str, str] | None = None) -> None:
    print("+", shlex.join(command), flush=True)
    if subprocess.run(command, check=False, env={**os.environ, **(environment or {})}).returncode == 0:
        return
    if not may_fail:
        raise CannotPrepare(failed)
    print(f"stet: {failed} Going on with the one that is here.", file=sys.stderr)


def _says(stamp: Path, state: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == state


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
