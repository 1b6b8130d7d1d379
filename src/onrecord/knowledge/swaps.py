"""Wordings that synonym-substitution tools put, and what they probably replaced."""

from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from onrecord.knowledge.tables import FOLDER

__all__ = ["Swap", "load_swaps"]

Strength = Literal[0, 1, 2]


class Swap(Struct, frozen=True):
    """One substitution.

    Attributes:
        odd: The words that the tool puts, in lower case.
        original: The words that were probably there.
        strength: 2 where hardly anyone writes the odd wording in news.
    """

    odd: tuple[str, ...]
    original: tuple[str, ...]
    strength: Strength


@lru_cache(maxsize=1)
def load_swaps() -> MappingProxyType[str, tuple[Swap, ...]]:
    """Return the substitutions by the first word of the odd wording, longest first.

    Example:
        >>> [" ".join(swap.original) for swap in load_swaps()["cellphone"]][0]
        'phone call'
    """
    source = (FOLDER / "swaps.tsv").read_text("utf-8")
    found: dict[str, list[Swap]] = {}
    for line in source.splitlines():
        if not line or line.startswith("#"):
            continue
        strength, original, wordings = line.split("\t")
        for wording in wordings.split(";"):
            swap = Swap(_words(wording), _words(original), int(strength))  # type: ignore[arg-type]
            found.setdefault(swap.odd[0], []).append(swap)
    return MappingProxyType(
        {
            word: tuple(sorted(swaps, key=lambda swap: -len(swap.odd)))
            for word, swaps in found.items()
        }
    )


def _words(phrase: str) -> tuple[str, ...]:
    """Cut like the text is cut: hyphens stand alone."""
    return tuple(phrase.replace("-", " - ").split())
