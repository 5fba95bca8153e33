"""Other programs that meddle with an open article while it is edited and saved. Used by a test and by the benchmark."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

from editor.core.text_edit import TextEdit
from editor.session.article_session import ArticleSession
from editor.session.outside_changes import Gone, OutsideChanges
from editor.storage.article_file import FileText


class Meddling:
    """One article with a writer and other programs. Every act has what must be so after it."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self.path = folder / "article.md"
        self.path.write_text("# Title\n\n" + "".join(f"Paragraph {n}.\n\n" for n in range(20)), "utf-8")
        self.session = ArticleSession.open(self.path, folder / "state")
        self.outside = OutsideChanges(self.session)
        self.draw = draw
        self.words = 0
        self.mine: set[str] = set()
        """Words typed here since the text was last another program's: they must stay in it."""
        self.alarms = 0
        self.outside.noticed.connect(self._count)

    def _count(self) -> None:
        self.alarms += self.outside.found is not None

    @property
    def text(self) -> str:
        return self.session.article.text

    def look(self) -> None:
        self.session.finish()
        self.outside.look()
        self.session.finish()

    def _word(self, who: str) -> str:
        self.words += 1
        return f"{who}{self.words}"

    def _with_a_word(self, text: str, who: str) -> tuple[str, str]:
        word = self._word(who)
        lines = text.splitlines(keepends=True) or ["\n"]
        lines.insert(self.draw.randrange(len(lines) + 1), f"{word}\n\n")
        return "".join(lines), word

    def _write(self, text: str) -> None:
        """As one of the ways in which programs write."""
        if self.draw.random() < 0.5:
            new = self.path.with_name("new")
            new.write_text(text, "utf-8")
            new.replace(self.path)
        else:
            self.path.write_text(text, "utf-8")

    # Acts

    def type(self) -> None:
        new = self._word("mine")
        starts = [0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")]
        at = self.draw.choice(starts)
        self.session.buffer.edit([TextEdit(at, at, f"{new}\n\n")], "typing")
        self.mine.add(new)

    def save(self) -> None:
        there = self.path.read_bytes() if self.path.exists() else None
        known = there is None or (self.outside.found is None and self._is_known())
        self.session.save()
        self.session.finish()
        if known:
            assert self.path.read_text("utf-8") == self.text
        else:
            assert self.path.read_bytes() == there, "a text that nobody has seen was written over"

    def _is_known(self) -> bool:
        return self.path.read_text("utf-8") == self.session.buffer.synced.text

    def touch(self) -> None:
        """No alarm for a time, nor for the same bytes written once more."""
        if not self.path.exists():
            return
        self.look()
        before, text = self.alarms, self.text
        if self.draw.random() < 0.5:
            os.utime(self.path)
        else:
            self._write(self.path.read_text("utf-8"))
        self.look()
        assert (self.alarms, self.text) == (before, text), "an alarm for nothing"

    def change(self) -> None:
        """An untouched text follows; words typed stay, and the writer is told."""
        self.look()
        follows = self.path.exists() and not self.session.is_dirty
        there = self.path.read_text("utf-8") if self.path.exists() else self.text
        text, _ = self._with_a_word(there, "theirs")
        mine = self.text
        self._write(text)
        self.look()
        if follows:
            assert (self.text, self.outside.found) == (text, None)
            self.mine.clear()
        elif isinstance(self.outside.found, FileText):
            assert (self.outside.found.text, self.text) == (text, mine)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        text = self.text
        self.look()
        assert (self.text, self.session.is_dirty) == (text, True)
        assert self.outside.found == Gone()

    def burst(self) -> None:
        """As a sync tool writes: there, gone, there again, and in the end as it was."""
        if not self.path.exists():
            return
        self.look()
        before, text = self.alarms, self.text
        bytes_there = self.path.read_bytes()
        for _ in range(3):
            self.path.unlink()
            self._write("half")
        self.path.write_bytes(bytes_there)
        self.look()
        assert (self.alarms, self.text) == (before, text), "an alarm for nothing"

    def decide(self) -> None:
        """Whatever is found is decided about; what is taken can be undone to the last word."""
        found = self.outside.found
        if not isinstance(found, FileText):
            return
        before, base = self.text, self.session.buffer.synced.text
        act = self.draw.choice(("keep_mine", "take_theirs", "merge"))
        getattr(self.outside, act)()
        self.session.finish()
        if act == "keep_mine" or self.outside.found:
            assert self.text == before
            return
        if act == "merge":
            assert set(found.text.split()) - set(base.split()) <= set(self.text.split())
            assert self.mine <= set(self.text.split())
        else:
            assert self.text == found.text
            self.session.buffer.undo()
            assert self.text == before
            self.session.buffer.redo()
            self.mine.clear()

    def check(self) -> None:
        """Nothing that was typed is anywhere but in the text."""
        assert self.mine <= set(self.text.split()), "words are lost"


def meddle(folder: Path, draw: random.Random, times: int) -> Counter[str]:
    """So many acts at random. Raises AssertionError; says how often each was done."""
    article = Meddling(folder, draw)
    acts = (article.type, article.save, article.touch, article.change, article.remove, article.burst, article.decide)
    done: Counter[str] = Counter()
    for _ in range(times):
        (act,) = draw.choices(acts, weights=(6, 2, 3, 4, 1, 1, 3))
        act()
        article.check()
        done[act.__name__] += 1
        if len(article.text) > 20_000:
            article.session.buffer.edit([TextEdit(0, len(article.text), "# Title\n")], "begin again")
            article.mine.clear()
    article.session.close()
    done["alarms"] = article.alarms
    return done
