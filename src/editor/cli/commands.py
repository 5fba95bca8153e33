"""What each word of the command line does. Only the module of the command that is asked for is imported."""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from editor.cli.complaint import Verdict


class Command(NamedTuple):
    """How a command's arguments are declared, and what does it and returns what is to be printed, or a verdict."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], str | Verdict]


_USUAL = ("add_arguments", "run")
# The module of each command, and what of it declares the arguments and does the work.
_COMMANDS: Mapping[str, tuple[str, tuple[str, str]]] = {
    "show": ("show", _USUAL),
    "set": ("set_field", ("add_set_arguments", "run_set")),
    "unset": ("set_field", ("add_unset_arguments", "run_unset")),
    "rename": ("set_field", ("add_rename_arguments", "run_rename")),
    "move": ("set_field", ("add_move_arguments", "run_move")),
    "history": ("history", _USUAL),
    "row": ("row", _USUAL),
    "column": ("column", _USUAL),
    "align": ("align", _USUAL),
    "item": ("item", _USUAL),
    "refs": ("refs", _USUAL),
    "check": ("check", _USUAL),
    "citations": ("citations", _USUAL),
    "export": ("export", _USUAL),
}


def command_named(name: str) -> Command:
    """The command that a word stands for. Raises KeyError for a word that is none."""
    module, functions = _COMMANDS[name]
    loaded = import_module(f"editor.cli.{module}")
    return Command(*(getattr(loaded, function) for function in functions))
