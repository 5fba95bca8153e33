"""What two processes say to each other through pipes.

A frame is the length of its payload in bytes as four big-endian bytes, then the payload: mostly a JSON object in UTF-8.
"""

from __future__ import annotations

import json
from typing import IO, Any

LENGTH_BYTES = 4


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next frame's object; None where the stream has ended."""
    payload = receive_bytes(stream)
    return None if payload is None else json.loads(payload)


def receive_bytes(stream: IO[bytes]) -> bytes | None:
    """The next frame's payload; None where the stream has ended."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    payload = stream.read(length)
    return payload if len(payload) == length else None


def take_bytes(received: bytearray) -> bytes | None:
    """Take the first frame from what was received, and answer with its payload; None where it is not whole yet."""
    end = LENGTH_BYTES + int.from_bytes(received[:LENGTH_BYTES], "big")
    if len(received) < LENGTH_BYTES or len(received) < end:
        return None
    payload = bytes(received[LENGTH_BYTES:end])
    del received[:end]
    return payload


def send(stream: IO[bytes], message: dict[str, object]) -> None:
    """Write an object as one frame, at once."""
    stream.write(framed(message))
    stream.flush()


def framed(message: object) -> bytes:
    """An object as one frame."""
    return framed_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def framed_bytes(payload: bytes) -> bytes:
    """A payload as one frame."""
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload
