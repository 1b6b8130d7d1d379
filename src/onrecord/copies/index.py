"""Find copies among articles held in memory."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from onrecord.copies.keys import copy_keys
from onrecord.copies.verdict import Verdict, compare
from onrecord.copies.words import Words, cut

__all__ = ["COMMON", "LEAST", "POSTINGS", "CopyIndex", "Found", "likeliest"]

CANDIDATES = 16
"""Articles that one is compared with at most: those that share most keys."""
LEAST = 0.02
"""Share of an article's keys that a copy has at least; rewritten, cropped and mixed ones in the
benchmark have more, and articles that only share a topic mostly less."""
COMMON = 4
"""Articles that have a key from which it says little about any two of them."""
POSTINGS = 200
"""Articles that may have a key; one that more have is boilerplate, and leads nowhere."""


_Name = TypeVar("_Name", int, str)


def likeliest(votes: Mapping[_Name, int], keys: int) -> list[_Name]:
    """Return the articles worth comparing with one: those that share most of its keys.

    Args:
        votes: How many keys each article shares.
        keys: How many it has.

    Example:
        >>> likeliest({7: 1, 8: 30, 9: 4}, 150)
        [8, 9]
    """
    enough = {name: count for name, count in votes.items() if count >= LEAST * keys}
    return sorted(enough, key=lambda name: (-enough[name], name))[:CANDIDATES]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that belongs together with the one that was asked for."""

    name: str
    verdict: Verdict

    @property
    def share(self) -> float:
        """The larger share of one text that stands in the other."""
        return max(self.verdict.one, self.verdict.other)


class CopyIndex:
    """Articles by their keys.

    Example:
        >>> index = CopyIndex()
        >>> told = "On Monday Viktor Orban met Vladimir Putin in Moscow for talks on Paks and gas. "
        >>> told += "Budapest will buy more, Orban told reporters after five hours in the Kremlin."
        >>> index.add("agency", told)
        >>> [(each.name, each.verdict.kind) for each in index.find(told + " Read more here.")]
        [('agency', 'near')]
    """

    def __init__(self) -> None:
        self._words: dict[str, Words] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)

    def add(self, name: str, text: str) -> None:
        """Take in an article."""
        words = self._words[name] = cut(text)
        for key in copy_keys(words):
            if len(self._holders[key]) < POSTINGS:
                self._holders[key].append(name)

    def find(self, text: str) -> list[Found]:
        """Return what belongs together with a text, copies first, the best of them first."""
        words = cut(text)
        keys = copy_keys(words)
        holders = {key: self._holders[key] for key in keys if key in self._holders}
        votes = Counter(name for names in holders.values() for name in names)
        common = Counter(
            name for names in holders.values() if len(names) > COMMON for name in names
        )
        found = (
            Found(name, verdict)
            for name in likeliest(votes, len(keys))
            if (verdict := self._compare(words, name, common[name] / votes[name])) is not None
        )
        return sorted(found, key=lambda each: (not each.verdict.is_copy, -each.share, each.name))

    def _compare(self, words: Words, name: str, common: float) -> Verdict | None:
        return compare(words, self._words[name], common=common)
