"""Look up which actor a stretch of text means."""

from bisect import bisect_left

from onrecord.article import Span
from onrecord.knowledge.phrases import QUANTITIES
from onrecord.reading.document import Document
from onrecord.record import Actor

__all__ = ["ActorIndex"]


class ActorIndex:
    """Actors by the places of their mentions.

    Args:
        document: The document.
        actors: Its actors.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Kyiv denied it."))
        >>> kyiv = Actor(
        ...     "a1",
        ...     "Ukraine",
        ...     "country",
        ...     "UKR",
        ...     "GOV",
        ...     None,
        ...     False,
        ...     (),
        ...     (Span(0, 4, "Kyiv"),),
        ...     1,
        ...     "",
        ... )
        >>> ActorIndex(document, (kyiv,)).at(0, 4)
        ('a1',)
    """

    def __init__(self, document: Document, actors: tuple[Actor, ...]) -> None:
        self._document = document
        self._actors = {actor.id: actor for actor in actors}
        self._mentions = sorted(
            ((span, actor.id) for actor in actors for span in actor.mentions),
            key=lambda each: (each[0].start, -each[0].end),
        )
        self._starts = [span.start for span, _ in self._mentions]
        self._by_head = self._heads()

    def by_id(self, actor_id: str) -> Actor:
        """Return the actor with this id, or raise KeyError."""
        return self._actors[actor_id]

    def of_token(self, index: int) -> str | None:
        """Return the actor whose narrowest mention is headed by this token."""
        return self._by_head.get(index)

    def at(self, start: int, end: int) -> tuple[str, ...]:
        """Return the actors whose mentions fill or head the characters [start, end).

        Of nested mentions the outer one counts: `Russia's minister` is the minister. Joined
        mentions (`the US and NATO`) are all given. Where a larger phrase is asked for, those count
        that its own head and what is joined to it govern, not those of its complements.
        """
        tokens = self._document.tokens_in(start, end)
        if not tokens:
            return ()
        inside = frozenset(tokens)
        tops = [self._counted(index) for index in self._tops(inside)]
        found = [self._by_head[index] for index in tops if index in self._by_head]
        found = found or self._covering(start, end) or self._first_inside(start, end)
        return tuple(dict.fromkeys(found))

    def _tops(self, inside: frozenset[int]) -> list[int]:
        """Return the tokens governed from outside and those joined to them, in order."""
        tokens = self._document.tokens
        tops: set[int] = set()
        for index in sorted(inside):
            head = tokens[index].head
            if head not in inside or head == index:
                tops.add(index)
        waiting = list(tops)
        while waiting:
            for child in self._document.children(waiting.pop(), "conj"):
                if child.index in inside and child.index not in tops:
                    tops.add(child.index)
                    waiting.append(child.index)
        return sorted(tops)

    def _counted(self, index: int) -> int:
        """Return whom a number of them stands for: the lawmakers of `dozens of lawmakers`."""
        word = self._document.tokens[index]
        if index in self._by_head or (word.lower not in QUANTITIES and word.tag != "CD"):
            return index
        for preposition in self._document.children(index, "prep"):
            for noun in self._document.children(preposition.index, "pobj"):
                return noun.index if preposition.lower == "of" else index
        return index

    def _covering(self, start: int, end: int) -> list[str]:
        """Return the narrowest mention that covers the characters."""
        place = bisect_left(self._starts, start + 1)
        best: tuple[int, str] | None = None
        for span, actor_id in self._mentions[max(place - 12, 0) : place]:
            if span.end >= end and (best is None or span.end - span.start < best[0]):
                best = (span.end - span.start, actor_id)
        return [best[1]] if best else []

    def _first_inside(self, start: int, end: int) -> list[str]:
        """Return the first mention inside the characters, if it fills half of them."""
        for span, actor_id in self._mentions[bisect_left(self._starts, start) :]:
            if span.start >= end:
                break
            if span.end <= end and 2 * (span.end - span.start) >= end - start:
                return [actor_id]
        return []

    def _heads(self) -> dict[int, str]:
        """Map each mention's head to its actor, narrow mentions last so that they win."""
        heads: dict[int, str] = {}
        for span, actor_id in sorted(self._mentions, key=lambda each: _width(each[0])):
            head = self._head_of(span)
            if head is not None:
                heads.setdefault(head, actor_id)
        return heads

    def _head_of(self, span: Span) -> int | None:
        """Return the token of a mention that is governed from outside; of several the last."""
        inside = self._document.tokens_in(span.start, span.end)
        outer = [
            index
            for index in inside
            if self._document.tokens[index].head not in inside
            or self._document.tokens[index].head == index
        ]
        nouns = [i for i in outer if self._document.tokens[i].pos in {"NOUN", "PROPN", "PRON"}]
        found = nouns or outer
        return found[-1] if found else None


def _width(span: Span) -> int:
    return span.end - span.start
