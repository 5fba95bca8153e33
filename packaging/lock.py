"""Writes requirements.lock: every package that Stet, its tests and its build need, with the hashes of all its files.

The resolver is a tool of its own, so it lives in an environment of its own that is thrown away afterwards. The lock is
for every Python that Stet supports and for every processor at once, and it names no registry.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = "3.11"
HEADER = "# Written by `make lock`; not to be edited. Install with: pip install --require-hashes -r requirements.lock\n"


def main() -> None:
    """Resolve pyproject.toml's dependencies with those of development, and replace the lock."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        resolve = [python, "-m", "uv", "pip", "compile", "--no-config", "--quiet", "--upgrade", "--universal"]
        output = ["--generate-hashes", "--no-header", "--no-annotate", "--extra", "dev"]
        command = [*resolve, "--python-version", OLDEST_PYTHON, *output, "pyproject.toml"]
        locked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    if "://" in locked:
        sys.exit("stet: the resolver wrote an address; requirements.lock is left as it was")
    LOCK.write_text(HEADER + locked, encoding="utf-8")


if __name__ == "__main__":
    main()
