"""Markdown to HTML: the dialect, sanitising, the page, the worker process, export."""
