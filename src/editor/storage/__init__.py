"""Bytes on disk: encoding, line endings, durable saves, settings."""
