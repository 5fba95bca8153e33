"""What each word of the command line does. Importing this imports what all of them need, which the window does not."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from editor.cli import align, check, citations, column, export, history, item, refs, row, set_field, show
from editor.cli.complaint import Verdict


@dataclass(frozen=True, slots=True)
class Command:
    """How a command's arguments are declared, and what does it and returns what is to be printed, or a verdict."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], str | Verdict]


COMMANDS: Mapping[str, Command] = {
    "show": Command(show.add_arguments, show.run),
    "set": Command(set_field.add_set_arguments, set_field.run_set),
    "unset": Command(set_field.add_unset_arguments, set_field.run_unset),
    "rename": Command(set_field.add_rename_arguments, set_field.run_rename),
    "history": Command(history.add_arguments, history.run),
    "row": Command(row.add_arguments, row.run),
    "column": Command(column.add_arguments, column.run),
    "align": Command(align.add_arguments, align.run),
    "move": Command(set_field.add_move_arguments, set_field.run_move),
    "item": Command(item.add_arguments, item.run),
    "refs": Command(refs.add_arguments, refs.run),
    "check": Command(check.add_arguments, check.run),
    "citations": Command(citations.add_arguments, citations.run),
    "export": Command(export.add_arguments, export.run),
}
