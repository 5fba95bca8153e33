"""What is typed is written down: whatever ends the program, a draft is left that lacks no more than its last words."""

from __future__ import annotations

import errno
import os
import stat
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.text_edit import TextEdit, apply_edits
from editor.storage.journal import Draft, Journal, Origin, discard, drafts_left_behind

TEXT = st.text(st.characters(exclude_categories=[]), max_size=20)
ORIGIN = Origin(Path("article.md").absolute(), "0" * 64)


@st.composite
def typing(draw: st.DrawFn) -> list[tuple[str, tuple[TextEdit, ...]]]:
    """A text to begin with and steps from it, each with the text it leads to."""
    text = draw(TEXT)
    steps: list[tuple[str, tuple[TextEdit, ...]]] = [(text, ())]
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        step = (TextEdit(start, draw(st.integers(start, len(text))), draw(TEXT)),)
        text = apply_edits(text, step)
        steps.append((text, step))
    return steps


def write(folder: Path, steps: Sequence[tuple[str, tuple[TextEdit, ...]]]) -> Journal:
    journal = Journal(folder, ORIGIN, steps[0][0])
    for _, step in steps[1:]:
        journal.append([step])
    return journal


def only_draft(folder: Path) -> Draft:
    (draft,) = drafts_left_behind(folder)
    return draft


@given(typing())
def test_a_draft_is_the_text_as_it_was_last_written_down(steps: list[tuple[str, tuple[TextEdit, ...]]]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), steps).close()
        draft = only_draft(Path(folder))
        assert (draft.text, draft.origin) == (steps[-1][0], ORIGIN)


@given(typing(), st.data())
@settings(max_examples=200)
def test_a_torn_tail_loses_only_that_tail(steps: list[tuple[str, tuple[TextEdit, ...]]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder), ORIGIN, steps[0][0])
        ends = [journal.path.stat().st_size]
        for _, step in steps[1:]:
            journal.append([step])
            ends.append(journal.path.stat().st_size)
        journal.close()
        # A share, since the length depends on the time of day.
        end = ends[0] + int(data.draw(st.floats(0, 1)) * (ends[-1] - ends[0]))
        noise = data.draw(st.binary(max_size=9))
        journal.path.write_bytes(journal.path.read_bytes()[:end] + noise)
        whole = max(number for number, each in enumerate(ends) if each <= end)
        assert only_draft(Path(folder)).text == steps[whole][0]


@given(st.binary(max_size=200))
def test_a_journal_of_noise_is_passed_over(noise: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "x.journal").write_bytes(b"stet journal 1\n" + noise)
        assert drafts_left_behind(Path(folder)) == ()


def test_a_journal_that_is_being_written_is_nobody_elses_draft(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ORIGIN, "text")
    assert drafts_left_behind(tmp_path) == ()
    journal.close()
    assert only_draft(tmp_path).text == "text"


def test_a_journal_can_be_read_by_its_writer_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal = Journal(tmp_path / "state" / "drafts", ORIGIN, "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_a_journal_begun_anew_holds_the_new_text_and_origin_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ORIGIN, "old")
    journal.append([(TextEdit(0, 3, "older"),)])
    journal.begin_anew(Origin(), "new")
    journal.append([(TextEdit(3, 3, "er"),)])
    journal.close()
    assert (only_draft(tmp_path).text, only_draft(tmp_path).origin) == ("newer", Origin())
    assert len(list(tmp_path.iterdir())) == 1


def test_a_journal_does_not_grow_without_end(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ORIGIN, "")
    grown = 0
    while not journal.is_long:
        journal.append([(TextEdit(0, 0, "x" * 100_000),)])
        grown += 1
        assert grown < 100
    before = journal.path.stat().st_size
    journal.begin_anew(ORIGIN, "x" * 100_000 * grown)
    assert not journal.is_long
    assert journal.path.stat().st_size < before / 10
    journal.close()


def test_a_journal_that_was_killed_while_beginning_anew_still_has_the_old_draft(tmp_path: Path) -> None:
    Journal(tmp_path, ORIGIN, "old").close()
    journal = only_draft(tmp_path).journal
    journal.with_suffix(".unfinished").write_bytes(b"stet jour")
    assert only_draft(tmp_path).text == "old"
    assert list(tmp_path.iterdir()) == [journal]


def test_a_removed_or_discarded_journal_is_gone(tmp_path: Path) -> None:
    Journal(tmp_path, ORIGIN, "one").remove()
    Journal(tmp_path, ORIGIN, "two").close()
    discard(only_draft(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert drafts_left_behind(tmp_path / "never made") == ()


def test_what_could_not_be_written_whole_is_taken_back_and_can_be_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path, ORIGIN, "text")
    step = (TextEdit(4, 4, " and more"),)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", full)
        with pytest.raises(OSError, match="No space"):
            journal.append([step])
    journal.append([step])
    journal.close()
    assert only_draft(tmp_path).text == "text and more"


@pytest.mark.parametrize(
    "content", [b"E{}", b'E{"at": 0, "steps": [[[5, 99, "x"]]]}', b"Enonsense", b"E[]", b'E{"at": "x"}']
)
def test_what_makes_no_sense_ends_a_draft_and_not_the_program(tmp_path: Path, content: bytes) -> None:
    journal = Journal(tmp_path, ORIGIN, "text")
    journal.close()
    with journal.path.open("ab") as file:
        file.write(len(content).to_bytes(4, "big") + zlib.crc32(content).to_bytes(4, "big") + content)
    assert only_draft(tmp_path).text == "text"
