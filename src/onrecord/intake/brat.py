r"""Attributions in brat's standoff format: NAME.txt with the text, NAME.ann with what was marked.

Three kinds of line are read (https://brat.nlplab.org/standoff.html), their types in any case:

    T1    Content 10 20;25 30    words     a Source, Cue or Content, in one or more ranges
    E1    Cue:T3 Source:T1 Content:T2      an event: an attribution, whose trigger is the cue
    R1    Content Arg1:T3 Arg2:T2          a relation: the cue T3 has this source or content

An attribution may have several sources and contents (`Source2:T5`). All other lines are ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as brief

from onrecord.errors import InputError
from onrecord.intake.articles import without_surrogates
from onrecord.intake.marked import AnnotatedArticle, Marked, Spans, checked, read_text

__all__ = ["read_brat", "read_brat_folder"]

_BOUND = re.compile(r"(T[^\s:]+)\t(source|cue|content)(?!\S)([^\t]*)", re.IGNORECASE)
_EVENT = re.compile(r"E[^\s:]+\t(cue:[^\t]*)", re.IGNORECASE)
_RELATION = re.compile(r"R[^\s:]+\t(source|content)(?!\S)([^\t]*)", re.IGNORECASE)
_RANGE = re.compile(r"\s*([0-9]{1,12})\s+([0-9]{1,12})\s*")
_ROLE = re.compile(r"(source|content)[0-9]*", re.IGNORECASE)


def read_brat_folder(folder: Path) -> tuple[AnnotatedArticle, ...]:
    """Read every NAME.ann of a folder with the NAME.txt beside it, in order of their names.

    Raises:
        InputError: There is none, or one is not as it should be.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".ann")
    except OSError as error:
        raise InputError(f"{folder}: could not be opened: {error.strerror}") from None
    if not paths:
        raise InputError(f"{folder}: no annotated article; NAME.txt and NAME.ann would be right")
    return tuple(map(read_brat, paths))


def read_brat(path: Path) -> AnnotatedArticle:
    """Read a brat file and the text beside it; the article is called as the file is.

    Raises:
        InputError: There is no text beside it, or a line is not as it should be.
    """
    lines = read_text(path).split("\n")
    beside = path.with_suffix(".txt")
    if not beside.exists():
        raise InputError(f"{path}: no text beside it; {beside.name} would be right")
    text = read_text(beside)
    return AnnotatedArticle(
        without_surrogates(path.stem), text, _Lines(path, lines, text).attributions()
    )


@dataclass(slots=True)
class _Group:
    """What belongs to one attribution, and the line that begins it."""

    line: int
    cue: Spans
    source: Spans = ()
    content: Spans = ()

    def add(self, role: str, spans: Spans) -> None:
        """Take in a source or a content."""
        if role == "source":
            self.source = tuple(sorted(self.source + spans))
        else:
            self.content = tuple(sorted(self.content + spans))


class _Lines:
    """The lines of one file, read in two passes: what is marked, then what belongs together."""

    def __init__(self, path: Path, lines: list[str], text: str) -> None:
        self._path = path
        self._lines = lines
        self._text = text
        self._bound: dict[str, Spans] = {}
        self._cues: set[str] = set()

    def attributions(self) -> tuple[Marked, ...]:
        """Return the file's attributions, in order of the lines that begin them."""
        for number, line in enumerate(self._lines, 1):
            if bound := _BOUND.match(line):
                self._bound[bound[1]] = self._ranges(number, bound[1], bound[3])
                if bound[2].lower() == "cue":
                    self._cues.add(bound[1])
        groups = sorted(self._groups(), key=lambda group: group.line)
        for group in groups:
            if not group.content:
                raise self._wrong(group.line, "no Content; 'Content:T1' of a T would be right")
        return tuple(Marked(each.source, each.cue, each.content) for each in groups)

    def _ranges(self, line: int, name: str, offsets: str) -> Spans:
        try:
            return checked(_pairs(offsets), name, self._text)
        except InputError as error:
            raise self._wrong(line, str(error)) from None

    def _groups(self) -> list[_Group]:
        """Collect events, and cues with what relations say of them."""
        events: list[_Group] = []
        cues: dict[str, _Group] = {}
        for number, line in enumerate(self._lines, 1):
            if event := _EVENT.match(line):
                events.append(self._event(number, event[1]))
            elif relation := _RELATION.match(line):
                cue, part = self._ends(number, relation[2])
                group = cues.setdefault(cue, _Group(number, self._cue(number, cue)))
                group.add(relation[1].lower(), self._spans(number, part))
        return [*events, *cues.values()]

    def _event(self, line: int, words: str) -> _Group:
        """Read `Cue:T3 Source:T1 Content:T2`; other arguments are ignored."""
        (_, cue), *arguments = self._references(line, words)
        group = _Group(line, self._cue(line, cue))
        for role, name in arguments:
            if match := _ROLE.fullmatch(role):
                group.add(match[1], self._spans(line, name))
        return group

    def _ends(self, line: int, words: str) -> tuple[str, str]:
        """Read `Arg1:T3 Arg2:T1`: the cue and the part that a relation ties together."""
        found = self._references(line, words)
        if len(found) != 2:
            raise self._wrong(line, f"{brief(words)}; 'Arg1:T3 Arg2:T1' would be right")
        return found[0][1], found[1][1]

    def _references(self, line: int, words: str) -> list[tuple[str, str]]:
        """Return role and T of each `Role:T1`."""
        found = []
        for word in words.split():
            role, colon, name = word.partition(":")
            if not colon:
                raise self._wrong(line, f"{brief(word)} names nothing; 'Source:T1' would be right")
            found.append((role.lower(), name))
        return found

    def _cue(self, line: int, name: str) -> Spans:
        spans = self._spans(line, name)
        if name not in self._cues:
            raise self._wrong(line, f"{brief(name)} is no Cue; the T of one would be right")
        return spans

    def _spans(self, line: int, name: str) -> Spans:
        if name not in self._bound:
            raise self._wrong(
                line,
                f"{brief(name)} is no Source, Cue or Content of this file; the T of one would be "
                "right",
            )
        return self._bound[name]

    def _wrong(self, line: int, words: str) -> InputError:
        return InputError(f"{self._path}:{line}: {words}")


def _pairs(offsets: str) -> Iterator[tuple[int, int]]:
    for each in offsets.split(";"):
        pair = _RANGE.fullmatch(each)
        if pair is None:
            raise InputError(
                f"{brief(offsets)} is no place; '10 20' or '10 20;25 30' would be right"
            )
        yield int(pair[1]), int(pair[2])
