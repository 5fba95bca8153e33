"""Finding a text in the article: a line above it that comes with Ctrl+F and goes with Escape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from editor.ui import theme
from editor.ui.undo_keys import leave_to_window, plain_context_menu


class FindBar(QWidget):
    """Selects what it finds in one text pane, goes round at the ends, and minds case once a capital is typed."""

    def __init__(self, text_pane: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text_pane = text_pane
        self._from = QTextCursor(text_pane.document())
        self.setProperty("class", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sought = QLineEdit(placeholderText="Find in the text", clearButtonEnabled=True)
        self.sought.setAccessibleName("Find")
        self.sought.textEdited.connect(self._find_as_typed)
        self.sought.installEventFilter(self)
        leave_to_window(self.sought)
        plain_context_menu(self.sought)
        self._outcome = QLabel()
        self._outcome.setProperty("class", "quiet")
        spacing = theme.worn().spacing
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing.large, spacing.tiny, spacing.small, spacing.tiny)
        layout.addWidget(self.sought, 1)
        layout.addWidget(self._outcome)
        for icon, title, act in (
            ("chevron-up", "Find previous", self.find_previous),
            ("chevron-down", "Find next", self.find_next),
            ("close", "Close", self.dismiss),
        ):
            button = QToolButton()
            button.setIcon(theme.icon(icon))
            button.setToolTip(title)
            button.setAccessibleName(title)
            button.setProperty("class", "quiet")
            button.clicked.connect(act)
            layout.addWidget(button)
        self.hide()

    def open(self) -> None:
        """Show the line with the text that is selected, ready to type another."""
        cursor = self._text_pane.textCursor()
        selected = cursor.selectedText()
        if selected and "\u2029" not in selected:
            self.sought.setText(selected)
        self._from = QTextCursor(cursor)
        self._from.setPosition(cursor.selectionStart())
        self._outcome.clear()
        self.show()
        self.sought.selectAll()
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Hide the line and write on where the last find is."""
        self.hide()
        self._text_pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        """Select the next place after the caret."""
        self._find(self._text_pane.textCursor(), QTextDocument.FindFlag(0))

    def find_previous(self) -> None:
        """Select the nearest place before the caret."""
        self._find(self._text_pane.textCursor(), QTextDocument.FindFlag.FindBackward)

    def _find_as_typed(self) -> None:
        self._find(self._from, QTextDocument.FindFlag(0))

    def _find(self, begin: QTextCursor, flags: QTextDocument.FindFlag) -> None:
        sought = self.sought.text()
        if not sought:
            self._outcome.clear()
            return
        if sought != sought.lower():
            flags |= QTextDocument.FindFlag.FindCaseSensitively
        document = self._text_pane.document()
        found = document.find(sought, begin, flags)
        went_round = found.isNull()
        if went_round:
            edge = QTextCursor(document)
            if flags & QTextDocument.FindFlag.FindBackward:
                edge.movePosition(QTextCursor.MoveOperation.End)
            found = document.find(sought, edge, flags)
        if found.isNull():
            self._outcome.setText("Not found")
            # What was found before is not what is sought now, and must not be typed over.
            begin.setPosition(begin.selectionStart())
            self._text_pane.setTextCursor(begin)
            return
        self._outcome.setText("From the other end" if went_round else "")
        self._text_pane.setTextCursor(found)
        self._text_pane.ensureCursorVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.sought and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.find_previous() if backwards else self.find_next()
                return True
        return super().eventFilter(watched, event)
