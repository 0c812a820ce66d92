"""How an engine outside this process can fail, besides having no index."""

from search.engines import IndexUnavailable


class Unreachable(IndexUnavailable):
    """The engine does not answer in time, or cannot serve or write now; later it may by itself."""


class NotIndexed(Exception):
    """The engine took the other documents but refused these: key → reason."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in reasons.items())[:300])
        self.reasons = reasons
