"""The same operations without a window. Starts without importing Qt."""
