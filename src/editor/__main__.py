"""`python -m editor`: the same as the `stet` command."""

from __future__ import annotations

import sys

from editor.cli.main import run_process

if __name__ == "__main__":
    sys.exit(run_process())
