"""A row of the front matter form: a field's label, the widget that fits its value, and what there is to say of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from editor.core.field_kinds import FieldKind
from editor.ui import theme
from editor.ui.field_chips import ChipsEditor
from editor.ui.field_editor import mark
from editor.ui.field_group import GroupHead
from editor.ui.field_label import FieldLabel
from editor.ui.field_line import LineEditor
from editor.ui.field_locked import LockedValue
from editor.ui.field_long_text import LongTextEditor
from editor.ui.field_notes import FieldNote, SearchCount, cut_in_results
from editor.ui.field_row_actions import RowActions
from editor.ui.field_values import summary
from editor.ui.field_yes_no import YesNoEditor
from editor.ui.form_fields import FormField

_PAUSE_MS = 900
"""Half a date is no date yet: what is doubtful is marked at once, and said in a pause or when the field is left."""
_MOST_OF_OTHER = 60
"""Characters of a value that is named in a sentence."""

Editor = LineEditor | LongTextEditor | YesNoEditor | ChipsEditor | GroupHead | LockedValue
_TYPED_IN = (LineEditor, LongTextEditor)
_EDITORS: dict[FieldKind, type[Editor]] = {
    FieldKind.LONG_TEXT: LongTextEditor,
    FieldKind.YES_NO: YesNoEditor,
    FieldKind.LIST: ChipsEditor,
    FieldKind.MAP: GroupHead,
}


class FieldRow(QWidget):
    """A value that was refused stays in the widget, marked, until the field is left or its value changes elsewhere."""

    edited = Signal(str)
    left = Signal()
    given_up = Signal()
    """Escape: the writer wants the article's value back."""
    item_typed = Signal(int, str)
    items_added = Signal(list)
    item_removed = Signal(int)
    item_moved = Signal(int, int)
    added_to = Signal()
    remove_asked = Signal()
    rename_asked = Signal(str)
    move_asked = Signal(int)
    link_activated = Signal(str)
    shown_in_text = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._read_only = False
        self._is_shown = False
        self._as_text = False
        self._refused = ""
        self._began_as = field.kind
        self._said_aside = ("", False)
        self._actions: RowActions | None = None
        """None until the writer is here: a form of many rows is there sooner without them."""
        self._label = FieldLabel(field, self)
        self._label.renamed.connect(self.rename_asked)
        self._count = SearchCount(self)
        self._note = FieldNote(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self._lay_out()
        self.editor: Editor = self._put(self._fitting(field, anew=True))

    def _lay_out(self) -> None:
        space = theme.worn().spacing
        self._menu_button = QToolButton(self)
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._menu_button.setProperty("class", "quiet")
        size = theme.worn().spacing.control
        self._menu_button.setFixedSize(size, size)
        self._menu_button.setAccessibleName(f"What to do with {self.field.name}")
        self._menu_button.setToolTip("Rename, move or remove (right click, or the menu key)")
        self._menu_button.clicked.connect(self._open_menu)
        self._row = QGridLayout(self)
        self._row.setContentsMargins(self.field.depth * space.large, 0, 0, 0)
        self._row.setHorizontalSpacing(space.small)
        self._row.setVerticalSpacing(0)
        self._row.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self._label, 0, 0, top)
        self._row.addWidget(self._menu_button, 0, 2, top)
        self._row.addWidget(self._note, 1, 1)

    def _have_actions(self) -> RowActions:
        if self._actions:
            return self._actions
        self._actions = actions = RowActions(self, self.field.name)
        actions.rename.triggered.connect(self._label.begin_renaming)
        actions.move_up.triggered.connect(lambda: self.move_asked.emit(-1))
        actions.move_down.triggered.connect(lambda: self.move_asked.emit(1))
        actions.as_text.triggered.connect(self._toggle_as_text)
        actions.show_in_text.triggered.connect(self.shown_in_text)
        actions.remove.triggered.connect(self.remove_asked)
        self._label.addActions(actions.actions())
        self._offer_actions_in(self.editor)
        self._suit_actions()
        return actions

    def _offer_actions_in(self, editor: Editor) -> None:
        """Have the actions in the menu of the widget, and their keys while it has the focus."""
        first = editor.tab_stops[0]
        if self._actions:
            first.addActions(self._actions.actions())
        if not isinstance(first, (QLineEdit, QPlainTextEdit)):
            first.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _suit_actions(self) -> None:
        if self._actions:
            is_text = isinstance(self.editor, LineEditor)
            self._actions.suit(self.field, read_only=self._read_only, is_text=is_text)

    def _open_menu(self) -> None:
        self._have_actions().open_menu_below(self._menu_button)

    # Its width beside the other rows

    @property
    def label_width(self) -> int:
        """Pixels that the label asks for, its indentation included."""
        return self._label.wanted_width + self.field.depth * theme.worn().spacing.large

    def set_label_width(self, pixels: int) -> None:
        """Give the label as much room as the widest of the form asks for."""
        self._label.setFixedWidth(max(0, pixels - self.field.depth * theme.worn().spacing.large))

    # Its value

    def show_field(self, field: FormField, read_only: bool) -> None:
        """Show a field of the article as it is now; `read_only` where the whole form is."""
        is_same = field == self.field and read_only is self._read_only
        if is_same and (self._is_shown or self._refused):
            return
        self._is_shown = True
        self._refused = ""
        self.field, self._read_only = field, read_only
        self._fit(field)
        if not self._is_being_edited:
            self._began_as = field.kind
        if not (field.keeps_typing and isinstance(self.editor, _TYPED_IN)):
            self.editor.show_field(field, read_only=read_only)
        self._suit_actions()
        self._show_menu_button()
        self._mark()

    def set_aside(self, sentence: str, *, is_warning: bool) -> None:
        """Say something of the field that is no fault of its value; "" for nothing."""
        if (sentence, is_warning) != self._said_aside:
            self._said_aside = (sentence, is_warning)
            self._say()

    def refuse(self, sentence: str) -> None:
        """Mark what was typed as refused; the article keeps its value."""
        self._refused = sentence
        self._mark()
        self._say()

    def settle(self) -> None:
        """Show the article's value over one that was refused, or that was kept while it changed elsewhere."""
        self._refused, self._is_shown = "", False
        self.show_field(self.field._replace(keeps_typing=False), self._read_only)

    def _fit(self, field: FormField, *, anew: bool = False) -> None:
        """Have the widget that the value asks for; unless `anew`, one being typed in stays while it can hold it."""
        fitting = self._fitting(field, anew=anew)
        if isinstance(self.editor, fitting):
            return
        old, focused = self.editor, self.has_focus
        self.editor = self._put(fitting)
        if focused:
            self.focus_editor()
        old.hide()
        old.deleteLater()

    def _fitting(self, field: FormField, *, anew: bool) -> type[Editor]:
        if field.locked:
            return LockedValue
        if "\n" in field.text and field.kind is not FieldKind.LIST:
            return LongTextEditor
        fitting = _EDITORS.get(field.kind, LineEditor)
        if fitting in {ChipsEditor, GroupHead}:
            return fitting
        if not anew and isinstance(self.editor, _TYPED_IN) and self.editor.hasFocus():
            return type(self.editor)
        return LineEditor if self._as_text else fitting

    def _put(self, fitting: type[Editor]) -> Editor:
        editor = fitting(self)
        editor.edited.connect(self.edited)
        editor.left.connect(self._leave)
        if isinstance(editor, (LockedValue, GroupHead)):
            editor.shown_in_text.connect(self.shown_in_text)
        if isinstance(editor, GroupHead):
            editor.added_to.connect(self.added_to)
        if isinstance(editor, LineEditor):
            editor.link_activated.connect(self.link_activated)
        if isinstance(editor, ChipsEditor):
            editor.item_typed.connect(self.item_typed)
            editor.items_added.connect(self.items_added)
            editor.item_removed.connect(self.item_removed)
            editor.item_moved.connect(self.item_moved)
        first = editor.tab_stops[0]
        for stop in editor.tab_stops:
            title = stop.text() if isinstance(stop, QToolButton) else ""
            stop.setAccessibleName(f"{title}: {self.field.name}" if title else self.field.name)
        self._offer_actions_in(editor)
        self._label.setBuddy(first)
        self._row.addWidget(editor, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._place_count(editor)
        editor.show()
        return editor

    def _place_count(self, editor: Editor) -> None:
        """In the line, or below the label of a higher widget: where the count comes and goes nothing moves."""
        in_line = isinstance(editor, LineEditor)
        at = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if in_line else Qt.AlignmentFlag.AlignBottom
        self._row.addWidget(self._count, 0, int(in_line), at)
        self._count.setContentsMargins(0, 0, theme.worn().spacing.small if in_line else 0, 0)
        self._count.raise_()

    def _toggle_as_text(self) -> None:
        """A widget only is handiest; every text can be typed as text."""
        self._as_text = not self._as_text
        self._fit(self.field, anew=True)
        self._is_shown = False
        self.show_field(self.field, self._read_only)
        self.focus_editor()

    def _leave(self) -> None:
        self.left.emit()
        self._say()

    # What there is to say

    def _mark(self) -> None:
        sentence = self._refused or self._sentence
        if not isinstance(self.editor, LockedValue):
            mark(self.editor.tab_stops[0], sentence)
        self._show_count()
        if not sentence or not self._is_being_edited:
            self._say()
        elif self._note.text() != sentence:
            self._pause.start()

    @property
    def _sentence(self) -> str:
        if self.field.keeps_typing and not self.field.is_there:
            return "Elsewhere this field was removed. What you typed stays; Escape lets it go."
        if self.field.keeps_typing:
            other = summary(self.field.text)[:_MOST_OF_OTHER]
            return f"Elsewhere this was changed to “{other}”. What you typed stays; Escape takes the other."
        turned = self._began_as is FieldKind.NUMBER and self.field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}
        return self.field.doubt or ("It was a number, and is text now." if turned else "")

    def _say(self) -> None:
        """Show the sentence below the field, if there is one."""
        self._pause.stop()
        fault = self._refused or self._sentence
        aside, is_warning = self._aside
        self._note.say(fault, aside, is_warning=is_warning)
        if aside and not fault and not self.field.locked:
            self.editor.tab_stops[0].setAccessibleDescription(aside)

    @property
    def _aside(self) -> tuple[str, bool]:
        """What is to be said that is no fault of the value, and whether it is a warning."""
        if self.field.locked and not self._read_only:
            # The button beside the value says the rest of the sentence.
            return self.field.locked.removesuffix(" Edit it in the text."), False
        cut = cut_in_results(self.field)
        return (cut, True) if cut else self._said_aside

    def _show_count(self) -> None:
        self._count.count(self.field, is_edited=self._is_being_edited)
        if isinstance(self.editor, LineEditor):
            self.editor.setTextMargins(0, 0, self._count.room, 0)

    # The focus and the mouse

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in order."""
        return self.editor.tab_stops

    @property
    def has_focus(self) -> bool:
        """Whether the focus is in this row, or comes back to it when the window does."""
        focused = self.window().focusWidget()
        return bool(focused) and (focused is self or self.isAncestorOf(focused))

    @property
    def _is_being_edited(self) -> bool:
        return self.has_focus and isinstance(self.editor, _TYPED_IN)

    @property
    def typed_text(self) -> str | None:
        """What a widget that text is typed in reads now; None for another."""
        if isinstance(self.editor, LineEditor):
            return self.editor.text()
        return self.editor.value if isinstance(self.editor, LongTextEditor) else None

    def focus_editor(self) -> None:
        """Put the focus where the value is edited."""
        self.editor.tab_stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel) and self.field.keeps_typing:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focus_changed(self) -> None:
        """The focus came into the row or went out of it."""
        self._show_menu_button()
        self._show_count()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_menu_button()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_menu_button()

    def _show_menu_button(self) -> None:
        """The button is seen where the writer is, and takes its room everywhere."""
        is_here = self.has_focus or self.underMouse()
        if is_here:
            self._have_actions()
        is_here = is_here and not self._read_only and self.field.is_there
        if is_here is self._menu_button.icon().isNull():
            self._menu_button.setIcon(theme.icon("more", "muted") if is_here else QIcon())
        self._menu_button.setEnabled(is_here)
