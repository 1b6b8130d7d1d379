"""Whether one thing that a gold record says holds."""

from dataclasses import dataclass

from tests.gold.words import allows, short


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether one thing that the gold record says holds: `statements/accuses/act`."""

    key: str
    holds: bool
    message: str

    @property
    def kind(self) -> str:
        """Which part of the record it is about."""
        return self.key.split("/", 1)[0]

    @property
    def aspect(self) -> str:
        """What about the row: `found`, `act`, ..., or `unexpected` for what is not in the gold."""
        row, last = self.key.split("/")[1:3]
        return "unexpected" if row == "unexpected" else last


def same(key: str, wanted: str | None, found: str | None) -> Outcome:
    return Outcome(key, allows(wanted, found), f"{wanted!r} came out as {found!r}")


def unexpected(kind: str, words: str, message: str) -> Outcome:
    return Outcome(f"{kind}/unexpected/{short(words)}", False, f"{short(words)!r} ({message})")
