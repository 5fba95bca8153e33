"""What the window says of its article in its quiet places: title, status line, and notices of what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from editor.article_audit import ArticleAudit
from editor.core.problems import Severity
from editor.session.article_session import ArticleSession
from editor.ui.main_window import MainWindow
from editor.ui.text_pane import TextPane

_STATUS_PAUSE_MS = 25
"""The preview is to change first. And a fence that is opened makes a megabyte another chunk, whose words take long."""
_PROBLEM_PAUSE_MS = 800
"""A value half typed is no problem yet: what is wrong is said in a pause."""
_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class ArticleStatus(QObject):
    """Follows the article and says what there is to say of it, in the pauses of writing."""

    def __init__(self, session: ArticleSession, text: TextPane, window: MainWindow, audit: ArticleAudit) -> None:
        super().__init__(window)
        self._session = session
        self._text = text
        self._window = window
        self._audit = audit
        self._problem_said = ""
        self._slow_line: int | None = None
        self._has_begun = False
        self._problems_due = QTimer(self, singleShot=True, interval=_PROBLEM_PAUSE_MS)
        self._problems_due.timeout.connect(self._refresh_problems)
        self._status_due = QTimer(self, singleShot=True, interval=_STATUS_PAUSE_MS)
        self._status_due.timeout.connect(self._refresh_status)
        session.buffer.changed.connect(lambda _change: self.refresh())
        session.buffer.history_changed.connect(self._refresh_history)
        audit.changed.connect(self._status_due.start)
        self.refresh_title()
        self._refresh_history()

    def say_all(self) -> None:
        """Begin: say all there is to say, what is wrong at once. Until then nothing is counted."""
        self._has_begun = True
        self.refresh()
        self._refresh_problems()

    def caret_moved(self, line: int) -> None:
        """The caret is in this line, from 0."""
        if self._has_begun:
            self._status_due.start()
        self._say_slow(line if self._text.is_in_long_line else None)

    def close(self) -> None:
        """Say no more."""
        self._problems_due.stop()
        self._status_due.stop()

    def refresh(self) -> None:
        """The article, or its file, is another: say so in the next pauses."""
        article = self._session.article
        self._status_due.start()
        if not article.problems:
            self._window.notices.clear("problems")
            self._problem_said = ""
        self._problems_due.start()

    def _refresh_status(self) -> None:
        article = self._session.article
        counts = article.counts
        line, column = self._text.caret_place
        self._window.set_status(
            words=_counted(counts.words, "word"),
            citations=self._said_of_citations(counts.citations),
            encoding=f"{self._session.encoding_name} · {_ENDINGS[article.newline]}",
            position=f"Line {line + 1}, column {column + 1}",
        )

    def _said_of_citations(self, rows: int) -> str:
        if not self._session.article.citations_table:
            return "no citations table"
        return self._audit.counts or _counted(rows, "paper")

    def _refresh_problems(self) -> None:
        """Say the first problem once; dismissed, it stays away until it is another."""
        problems = [each for each in self._session.article.problems if each.severity is not Severity.HINT]
        if not problems:
            return
        first = problems[0]
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        show = ("Show", lambda: self._text.go_to_line(first.line - 1))
        message = f"Line {first.line}: {first.message}{more}"
        if message != self._problem_said:
            self._problem_said = message
            self._window.notices.show_notice("problems", message, first.severity, [show])

    def _refresh_history(self) -> None:
        history = self._session.buffer.history
        for command, label in (("undo", history.undo_label), ("redo", history.redo_label)):
            action = self._window.commands[command]
            action.setText(f"&{command.capitalize()} {label}".rstrip())
            action.setEnabled(bool(label))
        if self._window.isWindowModified() != self._session.is_dirty:  # or Qt would write its title anew at each key
            self._window.setWindowModified(self._session.is_dirty)

    def _say_slow(self, line: int | None) -> None:
        """Say once why typing in a line, from 0, is slow."""
        if line == self._slow_line:
            return
        self._slow_line = line
        if line is None:
            self._window.notices.clear("slow")
            return
        message = (
            f"Line {line + 1} is too long to be laid out anew within a frame, so each key in it takes a while: "
            "make paragraphs of it with blank lines."
        )
        self._window.notices.show_notice("slow", message, Severity.HINT)

    def refresh_title(self) -> None:
        """The article has another name."""
        name = self._session.name.replace("[*]", "[*][*]")
        self._window.setWindowTitle(f"{name}[*] — Stet")
        self._window.setWindowFilePath(str(self._session.path or ""))
        self._window.setWindowModified(self._session.is_dirty)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
