"""The keys that work inside the form's fields, as one table of data: the row's menu and the shortcuts page read it."""

from __future__ import annotations

RENAME = ("&Rename…", "F2")
MOVE_UP = ("Move &Up", "Ctrl+Shift+Up")
MOVE_DOWN = ("Move &Down", "Ctrl+Shift+Down")
AS_TEXT = ("Edit as &Text", "Ctrl+Shift+M")
SHOW_IN_TEXT = ("&Show in Text", "Ctrl+Shift+J")
REMOVE = ("Remove", "Ctrl+Shift+Delete")
CHOOSE = ("Choose a Day, or From What There Is", "Alt+Down")
OPEN_LINK = ("Open This Address", "Ctrl+Return")
EDIT_ITEM = ("&Edit", "F2")
ITEM_LEFT = ("Move &Left", "Ctrl+Left")
ITEM_RIGHT = ("Move &Right", "Ctrl+Right")
REMOVE_ITEM = ("&Remove", "Del")

FIELD_KEYS = (RENAME, MOVE_UP, MOVE_DOWN, AS_TEXT, SHOW_IN_TEXT, REMOVE, CHOOSE, OPEN_LINK)
"""Titles with their mnemonic, and portable key names."""
ITEM_KEYS = (("Go to the Items", "Left"), EDIT_ITEM, ITEM_LEFT, ITEM_RIGHT, REMOVE_ITEM)
"""Those of a list's items; the first is at the beginning of the line in which items are typed."""
