"""Widgets: each pane shows a projection of the article and asks for edits."""
