"""One open article: its buffer, undo, file and render queue. No widgets."""
