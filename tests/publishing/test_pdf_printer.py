"""The process that prints: it ends with whoever prints, is killed when late, and is nobody's way out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.browsing import Listener
from tests.flows.hostile import CLOSED, aimed, set_traps
from tests.publishing.conftest import pictures, png

from editor.publishing.pdf_printer import PdfPrinter, PrintingFailed
from editor.rendering.frames import framed_bytes

# All but those that leave the page or hide all that is on it, whatever else they do.
SEEN = [
    each for each in CLOSED if not each.startswith(("<meta http-equiv=refresh", "<style>*{", "<template shadowroot"))
]
PAGE = "<!DOCTYPE html><title>One</title><p>Some words.</p>"


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_it_prints_one_page_after_another_and_ends_when_it_is_closed(printer: PdfPrinter) -> None:
    assert "Some words." in words(printer.print(PAGE, "A4"))
    process = printer.process_id
    assert "Other words." in words(printer.print(PAGE.replace("Some", "Other"), "Letter"))
    assert printer.process_id == process
    printer.close()
    assert not printer.process_id
    assert "Some words." in words(printer.print(PAGE, "A4"))


def test_one_that_was_killed_is_followed_by_another(printer: PdfPrinter) -> None:
    printer.print(PAGE, "A4")
    process = printer.process_id
    os.killpg(process, signal.SIGKILL)
    with pytest.raises(PrintingFailed, match="ended"):
        printer.print(PAGE, "A4")
    assert "Some words." in words(printer.print(PAGE, "A4"))
    assert printer.process_id != process


def test_one_that_takes_too_long_is_killed() -> None:
    with PdfPrinter(deadline_s=0) as printer, pytest.raises(PrintingFailed, match="too long"):
        printer.print("", "A4")


def test_it_ends_with_its_standard_input_even_while_it_prints() -> None:
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "editor.page_printer"],
        input=framed_bytes(b"A4\n" + PAGE.encode()),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0


def test_what_a_hostile_page_asks_for_is_not_asked_for_and_nothing_of_it_runs(
    tmp_path: Path, listener: Listener, printer: PdfPrinter
) -> None:
    folder = tmp_path / "article"
    folder.mkdir()
    secret = set_traps(folder)
    secret.write_bytes(png(21, 13, b"\x99" * 819))
    runs = '<script>document.body.append("It ran.")</script><img src=x onerror="document.body.append(\'It ran.\')">'
    attempts = aimed("\n".join(SEEN), there=listener.address, secret=secret)
    printed = printer.print(f"<!DOCTYPE html><p>It begins.</p>{runs}\n{attempts}", "A4")
    printer.close()  # whatever was still to be asked for
    assert "It begins." in words(printed)
    assert "It ran." not in words(printed)
    assert (21, 13) not in pictures(PdfReader(BytesIO(printed)))
    assert not listener.connections
