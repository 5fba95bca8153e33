"""Work in steps, so that whoever asks for it can do something else in between or give it up."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Each step takes a small part of a millisecond on an article of usual paragraphs; the result is what it returns."""


def at_once(steps: Steps[T]) -> T:
    """Do all steps and return their result."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result
