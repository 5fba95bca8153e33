"""The render worker: a process that turns markdown into HTML for the window, and may be killed at any time.

`python -m editor.rendering.worker` reads frames from standard input and answers on standard output. A frame is the
length of its payload in bytes as four big-endian bytes, then the payload, a JSON object in UTF-8. The worker first says
`{"ready": true}`; then, for each request:

- `{"id": n, "chunks": [[key, text], ...], "definitions": text}`: one answer a chunk, in their order,
  `{"id": n, "key": key, "html": html, "failed": sentence}`, `failed` being "" where all went well, and at the end
  `{"id": n, "done": true}`. With `"notes": true` the footnotes come just before the end, with the key null; with
  `"smart_quotes": true` all has typographic quotes and dashes.
- `{"id": n, "export": {"text": text, "folder": path, "name": name, "options": {...}}}`, the options being those of
  `editor.rendering.export.ExportOptions`: `{"id": n, "content": text, "notes": [...], "failed": ""}`, or with
  `failed` alone a sentence about a theme that cannot be used.

It ends with its standard input, so that it never outlives the window. How long it may take is the parent's business.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from editor.rendering.chunk_html import CannotRender, render_article, render_chunk, render_notes, unrendered

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
        _send(answers, {"ready": True})
        while (request := _receive(requests)) is not None:
            _answer(request, answers)


def _answer(request: dict[str, Any], answers: BinaryIO) -> None:
    number = request["id"]
    if "export" in request:
        _send(answers, {"id": number, **_export(**request["export"])})
        return
    definitions, smart_quotes = request["definitions"], bool(request.get("smart_quotes"))
    for key, text in request["chunks"]:
        _send(answers, {"id": number, "key": key, **_rendered(text, definitions, smart_quotes)})
    if request.get("notes"):
        _send(answers, {"id": number, "key": None, **_rendered(None, definitions, smart_quotes)})
    _send(answers, {"id": number, "done": True})


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


def _export(text: str, folder: str, name: str, options: dict[str, Any] | None = None) -> Answer:
    # Most workers live and die without an export, so its imports wait until one is asked for.
    from editor.rendering.export import ExportOptions, export_article  # noqa: PLC0415
    from editor.rendering.page_styles import ThemeRefused  # noqa: PLC0415

    try:
        exported = export_article(text, folder=Path(folder), name=name, options=ExportOptions(**(options or {})))
    except ThemeRefused as refusal:
        return {"failed": str(refusal)}
    return {"content": exported.content, "notes": list(exported.report.sentences()), "failed": ""}


def _receive(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    payload = stream.read(length)
    return json.loads(payload) if len(payload) == length else None


def _send(stream: BinaryIO, answer: Answer) -> None:
    payload = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(len(payload).to_bytes(4, "big") + payload)
    stream.flush()


if __name__ == "__main__":
    main()
