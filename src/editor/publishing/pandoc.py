"""Pandoc, where it is installed: a program that makes documents of pages. Stet works without it."""

from __future__ import annotations

import os
import shutil
import subprocess

from editor.publishing.programs import end_program, start_program

HOW_TO_GET_IT = "install pandoc for it (on Debian and Ubuntu: sudo apt install pandoc; elsewhere: pandoc.org)"

_DEADLINE_S = 120.0
_COMMAND = ("--from=html+epub_html_exts", "--to=docx", "--output=-")
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody is: what is handed to pandoc names nothing to be loaded, and this is for what is overlooked."""


class PandocFailed(Exception):
    """Pandoc is not there, was too late or gave up; the message is a sentence."""


def pandoc_is_here() -> bool:
    """Whether documents can be made with it."""
    return shutil.which("pandoc") is not None


def docx_of(html: str, deadline_s: float = _DEADLINE_S) -> bytes:
    """A page with its pictures in it, and with notes as EPUB has them, as a Word document. Raises PandocFailed.

    Pandoc's `--sandbox` is of no use here: as Debian builds it, it then finds not even its own files.
    """
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise PandocFailed(f"Pandoc is not installed; {HOW_TO_GET_IT}.")
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    environment = {**os.environ, **proxies}
    program = start_program([pandoc, *_COMMAND], folder="/", environment=environment, errors=subprocess.PIPE)
    try:
        made, said = program.communicate(html.encode("utf-8", "replace"), deadline_s)
    except subprocess.TimeoutExpired as late:
        raise PandocFailed("Pandoc took too long.") from late
    finally:
        end_program(program)
    if program.returncode or not made:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2] or "It ended."
        raise PandocFailed(f"Pandoc said: {last}")
    return made
