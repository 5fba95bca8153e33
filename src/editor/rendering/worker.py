"""The render worker: a process that turns markdown into HTML for the window, and may be killed at any time.

`python -m editor.rendering.worker` reads frames (`editor.rendering.frames`) from standard input and answers on standard
output. The worker first says `{"ready": true}`; then, for each request:

- `{"id": n, "chunks": [[key, text], ...], "definitions": text}`: one answer a chunk, in their order,
  `{"id": n, "key": key, "html": html, "failed": sentence}`, `failed` being "" where all went well, and at the end
  `{"id": n, "done": true}`. With `"notes": true` the footnotes come just before the end, with the key null; with
  `"smart_quotes": true` all has typographic quotes and dashes.

It ends with its standard input, so that it never outlives the window. How long it may take is the parent's business.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from editor.rendering.chunk_html import CannotRender, render_article, render_chunk, render_notes, unrendered
from editor.rendering.frames import receive, send

Answer = dict[str, object]
_NICENESS = 10
"""A large table keeps a processor busy for half a second at each key, and it is the next key that must not wait."""
_WARMING = "# *a* `b`\n\n- [c](d)\n\n| e |\n|---|\n| f |\n"


def main() -> None:
    """Answer requests until standard input ends, or nobody is there to be answered."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Anything that a library prints must not end up between two frames.
    sys.stdout = sys.stderr
    render_article(_WARMING)
    with suppress(BrokenPipeError):
        send(answers, {"ready": True})
        while (request := receive(requests)) is not None:
            _answer(request, answers)


def _answer(request: dict[str, Any], answers: BinaryIO) -> None:
    number = request["id"]
    definitions, smart_quotes = request["definitions"], bool(request.get("smart_quotes"))
    for key, text in request["chunks"]:
        send(answers, {"id": number, "key": key, **_rendered(text, definitions, smart_quotes)})
    if request.get("notes"):
        send(answers, {"id": number, "key": None, **_rendered(None, definitions, smart_quotes)})
    send(answers, {"id": number, "done": True})


def _rendered(text: str | None, definitions: str, smart_quotes: bool) -> Answer:
    """A chunk's HTML, or that of the footnotes where `text` is None."""
    try:
        if text is None:
            html = render_notes(definitions, smart_quotes=smart_quotes)
        else:
            html = render_chunk(text, definitions, smart_quotes=smart_quotes)
    except CannotRender as error:
        return {"html": unrendered(definitions if text is None else text), "failed": str(error)}
    return {"html": html, "failed": ""}


if __name__ == "__main__":
    main()
