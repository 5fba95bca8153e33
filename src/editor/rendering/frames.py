"""What a process and the window say to each other through its pipes.

A frame is the length of its payload in bytes as four big-endian bytes, then the payload, a JSON object in UTF-8.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

LENGTH_BYTES = 4


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next frame's object; None where the stream has ended."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    payload = stream.read(length)
    return json.loads(payload) if len(payload) == length else None


def send(stream: BinaryIO, message: dict[str, object]) -> None:
    """Write an object as one frame, at once."""
    stream.write(framed(message))
    stream.flush()


def framed(message: object) -> bytes:
    """An object as one frame."""
    payload = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload
