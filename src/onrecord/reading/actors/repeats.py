"""Find the names of an article again where they stand whole, or begin a longer one."""

from collections.abc import Iterable

from onrecord.reading.actors.kinds import Name, NameKind
from onrecord.reading.document import Document

__all__ = ["KnownNames"]


class KnownNames:
    """The names of persons and organizations that an article has, to be found again in it."""

    def __init__(self, document: Document, names: Iterable[Name]) -> None:
        self._document = document
        self._by_first: dict[str, dict[tuple[str, ...], NameKind]] = {}
        for name in names:
            if name.kind in {"person", "organization"} and name.sure:
                self._add(tuple(t.text for t in document.tokens[name.first : name.last]), name.kind)

    def _add(self, words: tuple[str, ...], kind: NameKind) -> None:
        self._by_first.setdefault(words[0], {})[words] = kind
        if kind == "person" and len(words) > 1 and len(words[-1]) > 3:
            self._by_first.setdefault(words[-1], {}).setdefault(words[-1:], kind)

    def completed(self, names: list[Name]) -> list[Name]:
        """Return the names with those added or lengthened that stand whole in another place."""
        owner = {index: name for name in names for index in range(name.first, name.last)}
        kept = dict.fromkeys(names)
        free = 0
        tokens = self._document.tokens
        for token in (each for each in tokens if each.text in self._by_first):
            end = self._match(token.index, len(tokens)) if token.index >= free else 0
            if not end:
                continue
            covered = {owner[index] for index in range(token.index, end) if index in owner}
            if all(self._is_part(each, token.index, end) for each in covered):
                for each in covered:
                    kept.pop(each, None)
                kept[Name(token.index, end, self._kind(token.index, end), sure=True)] = None
                free = end
        return sorted(kept, key=lambda name: name.first)

    def _is_part(self, name: Name, first: int, last: int) -> bool:
        return first <= name.first and name.last <= last and name.last - name.first < last - first

    def nested(self, names: list[Name]) -> list[Name]:
        """Return the known names with which longer ones begin: `Warhol` in `Warhol Factory`."""
        found = []
        for name in names:
            if name.kind in {"organization", "thing"} and name.last - name.first > 1:
                end = self._match(name.first, name.last - 1)
                if end and self._document.tokens[end].lower not in {"of", "for"}:
                    kind = self._kind(name.first, end)
                    found.append(Name(name.first, end, kind, sure=True, nested=True))
        return found

    def _match(self, first: int, limit: int) -> int:
        """Return the end of the longest known name that begins at a token, or 0."""
        tokens = self._document.tokens
        best = 0
        for words in self._by_first.get(tokens[first].text, ()):
            end = first + len(words)
            if best < end <= limit and tuple(t.text for t in tokens[first:end]) == words:
                best = end
        return best

    def _kind(self, first: int, last: int) -> NameKind:
        tokens = self._document.tokens
        return self._by_first[tokens[first].text][tuple(t.text for t in tokens[first:last])]
