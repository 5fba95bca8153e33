"""Items of a list that are as high as what they say."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from editor.ui import theme


class WrappedItems(QStyledItemDelegate):
    """Breaks lines within the style sheet's padding too, which Qt forgets when it asks how high they are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        within = QStyleOptionViewItem(option)
        within.rect = option.rect.adjusted(0, 0, -theme.worn().spacing.huge, 0)
        return super().sizeHint(within, index)
