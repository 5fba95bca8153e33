"""The command `stet`: the window, or one operation without it."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from editor import __version__
from editor.cli.complaint import Verdict, WrongUsage, complain

DONE = 0
REFUSED = 1
IMPOSSIBLE = 2
INTERRUPTED = 130


_SUMMARIES = {
    "show": "print what an article holds",
    "set": "set fields of the front matter",
    "unset": "remove fields of the front matter",
    "rename": "rename a field of the front matter",
    "history": "list, print or restore earlier versions",
    "row": "set, add, import, remove, move or sort rows of the citations table",
    "column": "add, remove, rename, move or align columns of that table",
    "align": "put the pipes of a table under each other",
    "move": "move a field of the front matter",
    "item": "set, add, remove or move items of a list in the front matter",
    "refs": "print or write that table as CSV, BibTeX, RIS or CSL-JSON",
    "check": "print what is wrong with articles",
    "citations": "print which row each citation in the text means",
    "export": "write articles as web pages, PDF, Word documents or text",
}
"""What each command is for; `editor.cli.commands` has what it does."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage with argparse's message and where to read more."""
        raise WrongUsage(f"{message} (see “{self.prog} --help”)")


def run_process() -> int:
    """`main` as the whole of a process, which ends with it, and in a command's case here."""
    replace_closed_streams()
    if sys.argv[1:2] and sys.argv[1] in _SUMMARIES:
        # What a command imports is no garbage, and looking for some in it takes a twentieth of a short one's time.
        gc.set_threshold(50_000, 10, 10)
        code = main()
        # All is written and printed. Python would take apart what is left, piece by piece.
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)
    code = main()
    # At its end Python would look for garbage in all that is left, which takes a tenth.
    gc.freeze()
    return code


def replace_closed_streams() -> None:
    """Have nowhere in the place of standard streams that are closed, which else the next file opened would take."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, by default the process's own, and return its exit code.

    0: done. 1: an edit was refused. 2: wrong usage, or a file that cannot be read or written. Whatever is not done
    has changed nothing, and one line on standard error names the file, the line and the reason.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run_command(words) if words and words[0] in _SUMMARIES else _run_window(words)
    except WrongUsage as error:
        complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as answered:
        # argparse ends the process once it has printed its help or the version.
        return int(answered.code or DONE)
    return IMPOSSIBLE


def _run_command(words: list[str]) -> int:
    # What the commands need is nothing that a window should wait for.
    from editor.cli.commands import command_named  # noqa: PLC0415
    from editor.core.text_edit import EditRefused  # noqa: PLC0415
    from editor.storage.article_file import CannotEncode  # noqa: PLC0415
    from editor.storage.file_bytes import FileTrouble  # noqa: PLC0415

    name, *rest = words
    command = command_named(name)
    description = f"{_SUMMARIES[name][0].upper()}{_SUMMARIES[name][1:]}."
    parser = _Parser(prog=f"stet {name}", description=description, formatter_class=_formatter, allow_abbrev=False)
    command.add_arguments(parser)
    arguments = parser.parse_args(rest)
    try:
        answer = command.run(arguments)
    except (EditRefused, CannotEncode) as error:
        # Where no one line is to blame, the first leads to the front matter or to a file's beginning.
        complain(error.message, arguments.file, max(error.line, 1))
        return REFUSED
    except FileTrouble as error:
        complain(error.reason, error.path, error.line)
        return IMPOSSIBLE
    if isinstance(answer, Verdict):
        return _print(answer.answer) or answer.code
    return _print(answer)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """The usual one, told the terminal's width, for which it would import `shutil` whenever an argument is added."""
    try:
        columns = os.get_terminal_size().columns
    except OSError:
        columns = 0
    return argparse.HelpFormatter(prog, width=(columns or 80) - 2)


def _run_window(words: list[str]) -> int:
    # To write its help in another language, a parser looks for translations, which no file has to wait for.
    only_files = not any(word.startswith("-") for word in words)
    files = list(map(Path, words)) if only_files else _window_parser().parse_args(words).files
    gc.disable()  # as above: what is imported is no garbage
    # Nothing else here needs Qt, which takes longer to import than a whole command takes to run.
    from editor.start import run  # noqa: PLC0415

    gc.enable()
    return run(files)


def _print(answer: str) -> int:
    """Print as UTF-8, as which articles are written, whatever the terminal's own encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.stdout.write(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain when it flushes once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(f"the answer could not be written: {error.strerror}")
        return IMPOSSIBLE
    return DONE


def _window_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<10}{summary}" for name, summary in _SUMMARIES.items())
    parser = _Parser(
        prog="stet",
        usage="stet [FILE...]\n       stet COMMAND ...",
        description="Open articles in a window, or work on them without one.",
        epilog=(
            f"commands:\n{commands}\n\n"
            "“stet COMMAND --help” tells more. A file that is named like a command is opened as ./NAME."
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="an article to open")
    parser.add_argument("--version", action="version", version=f"stet {__version__}")
    return parser
