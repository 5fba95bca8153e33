"""How long to wait before something that failed is tried again."""

from __future__ import annotations


class BackOff:
    """Waits in milliseconds: none after a first failure, then `first_ms`, and twice as long after each more."""

    def __init__(self, first_ms: int, longest_ms: int) -> None:
        self._first_ms = first_ms
        self._longest_ms = longest_ms
        self.failures = 0

    def fail(self) -> int:
        """Count a failure; how long to wait now."""
        self.failures += 1
        if self.failures == 1:
            return 0
        return int(min(self._longest_ms, self._first_ms * 2 ** min(self.failures - 2, 32)))

    def succeed(self) -> None:
        """Forget the failures."""
        self.failures = 0
