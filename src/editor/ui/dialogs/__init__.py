"""Questions and choices in dialogs of their own; none of them blocks the program."""
