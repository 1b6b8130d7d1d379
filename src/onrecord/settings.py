"""Limits that protect a run from one bad input."""

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What intake accepts.

    Attributes:
        max_bytes: Most bytes of one article, page or JSON line. The longest novels have 6 MB; what
            is longer than 20 MB is a dump, and reading it would take an hour.
        fetch_seconds: Most seconds that a server may take for one page, all in all.
        max_redirects: Most redirects followed for one page.
        allow_private: Whether pages may be fetched from private and local addresses, which a link
            in a stranger's list could otherwise make this machine visit.
    """

    max_bytes: int = 20_000_000
    fetch_seconds: float = 30.0
    max_redirects: int = 5
    allow_private: bool = False
