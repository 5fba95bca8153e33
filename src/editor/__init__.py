"""Stet: a desktop editor for articles that argue from evidence."""

__version__ = "0.1.0"
