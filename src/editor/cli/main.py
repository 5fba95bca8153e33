"""The command `stet`: the window, or one operation without it."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from editor import __version__
from editor.cli import align, column, export, history, item, row, set_field, show
from editor.cli.complaint import WrongUsage, complain
from editor.core.text_edit import EditRefused
from editor.storage.article_file import CannotEncode
from editor.storage.file_bytes import FileTrouble

DONE = 0
REFUSED = 1
IMPOSSIBLE = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class _Command:
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], str]


_COMMANDS = {
    "show": _Command("print what an article holds", show.add_arguments, show.run),
    "set": _Command("set fields of the front matter", set_field.add_set_arguments, set_field.run_set),
    "unset": _Command("remove fields of the front matter", set_field.add_unset_arguments, set_field.run_unset),
    "rename": _Command("rename a field of the front matter", set_field.add_rename_arguments, set_field.run_rename),
    "history": _Command("list, print or restore earlier versions", history.add_arguments, history.run),
    "row": _Command("set, add, remove, move or sort rows of the citations table", row.add_arguments, row.run),
    "column": _Command("add, remove, rename, move or align columns of that table", column.add_arguments, column.run),
    "align": _Command("put the pipes of a table under each other", align.add_arguments, align.run),
    "move": _Command("move a field of the front matter", set_field.add_move_arguments, set_field.run_move),
    "item": _Command("set, add, remove or move items of a list in the front matter", item.add_arguments, item.run),
    "export": _Command("write articles as HTML pages", export.add_arguments, export.run),
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage with argparse's message and where to read more."""
        raise WrongUsage(f"{message} (see “{self.prog} --help”)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, by default the process's own, and return its exit code.

    0: done. 1: an edit was refused. 2: wrong usage, or a file that cannot be read or written. Whatever is not done
    has changed nothing, and one line on standard error names the file, the line and the reason.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run_command(words) if words and words[0] in _COMMANDS else _run_window(words)
    except WrongUsage as error:
        complain(str(error))
    except FileTrouble as error:
        complain(error.reason, error.path, error.line)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as answered:
        # argparse ends the process once it has printed its help or the version.
        return int(answered.code or DONE)
    return IMPOSSIBLE


def _run_command(words: list[str]) -> int:
    name, *rest = words
    arguments = _command_parser(name).parse_args(rest)
    try:
        answer = _COMMANDS[name].run(arguments)
    except (EditRefused, CannotEncode) as error:
        # Where no one line is to blame, the first leads to the front matter or to a file's beginning.
        complain(error.message, arguments.file, max(error.line, 1))
        return REFUSED
    return _print(answer)


def _run_window(words: list[str]) -> int:
    arguments = _window_parser().parse_args(words)
    # Nothing else here needs Qt, which takes longer to import than a whole command takes to run.
    from editor.app import run  # noqa: PLC0415

    return run(arguments.files)


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
    commands = "\n".join(f"  {name:<10}{command.summary}" for name, command in _COMMANDS.items())
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


def _command_parser(name: str) -> argparse.ArgumentParser:
    command = _COMMANDS[name]
    parser = _Parser(prog=f"stet {name}", description=f"{command.summary.capitalize()}.", allow_abbrev=False)
    command.add_arguments(parser)
    return parser
