"""Texts with marked sayings, for the stages that come after attribution.

`<s Kyiv> <c denied> <t that it had attacked>.` marks a source, a cue and a content; a digit behind
the letter tells several sayings of one text apart, and `<t2 ...>` may stand inside `<t1 ...>`.
"""

import re
from dataclasses import dataclass

import pytest

from onrecord.article import Article, Span
from onrecord.reading.attribution.stage import Attribution
from onrecord.reading.disputes.stage import find_clashes, find_disputes, link_denials
from onrecord.reading.document import Document
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations
from onrecord.reading.statements.stage import find_statements
from onrecord.record import Actor, Dispute, Place, Statement, Time

_OPEN = re.compile(r"<([sct])(\d?) |>")


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and what they mark by number: source, cue and content ranges."""

    text: str
    sayings: dict[int, dict[str, list[tuple[int, int]]]]


@dataclass(frozen=True)
class Said:
    """What the stages made of a marked text."""

    document: Document
    statements: tuple[Statement, ...]
    disputes: tuple[Dispute, ...]
    actors: tuple[Actor, ...]

    def names(self, ids: tuple[str, ...]) -> list[str]:
        known = {actor.id: actor.name for actor in self.actors}
        return [known[each] for each in ids]


def unmark(marked: str) -> Marked:
    text, stack, at = "", [], 0
    sayings: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for match in _OPEN.finditer(marked):
        text, at = text + marked[at : match.start()], match.end()
        if match.group() != ">":
            stack.append((match.group(1), int(match.group(2) or 1), len(text)))
            continue
        kind, number, start = stack.pop()
        saying = sayings.setdefault(number, {"s": [], "c": [], "t": []})
        saying[kind].append((start, len(text)))
    return Marked(text + marked[at:], sayings)


def attributions(
    marked: Marked, forms: dict[str, str], probability: float = 0.9
) -> tuple[Attribution, ...]:
    """Make an attribution of each saying; `forms` names what found it, by number."""
    numbers = sorted(marked.sayings)
    found = []
    for number in numbers:
        saying = marked.sayings[number]
        outer = [
            numbers.index(other)
            for other in numbers
            for start, end in marked.sayings[other]["t"]
            if other != number and saying["c"] and start <= saying["c"][0][0] < end
        ]
        found.append(
            Attribution(
                tuple(sorted(saying["s"])),
                tuple(sorted(saying["c"])),
                tuple(sorted(saying["t"])),
                outer[-1] if outer else None,
                probability,
                forms.get(str(number), "marked"),
            )
        )
    return tuple(found)


def spans(text: str, words: str) -> list[Span]:
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return [Span(match.start(), match.end(), words) for match in pattern.finditer(text)]


def actors_of(text: str, rows: list[list[str]]) -> tuple[Actor, ...]:
    """Make an actor of each row: name, country, sector, kind, then its other mentions."""
    found = []
    for number, (name, country, sector, kind, *others) in enumerate(rows, 1):
        mentions = sorted(span for words in (name, *others) for span in spans(text, words))
        found.append(
            Actor(f"a{number}", name, kind, country or None, sector or None, None, unnamed=False,
                  links=(), mentions=tuple(mentions), confidence=0.9, found_by="marked")
        )  # fmt: skip
    return tuple(found)


def say(case: dict) -> Said:
    """Run statements and disputes over a case with marked `text`, `actors`, `times`, `places`."""
    marked = unmark(case["text"])
    document = analyse(Article(marked.text))
    actors = actors_of(marked.text, case.get("actors", []))
    times = tuple(
        Time(date, "day", words, span, "marked")
        for words, date in case.get("times", {}).items()
        for span in spans(marked.text, words)
    )
    places = tuple(
        Place(words, country, None, None, None, span, "marked")
        for words, country in case.get("places", {}).items()
        for span in spans(marked.text, words)
    )
    found = attributions(marked, case.get("forms", {}), case.get("probability", 0.9))
    statements = find_statements(
        document, find_quotations(marked.text), found, actors, times, places
    )
    clashes = find_clashes(document, statements, actors)
    disputes = find_disputes(document, actors, clashes)
    return Said(document, link_denials(statements, clashes), disputes, actors)


@pytest.fixture(name="say", scope="session")
def _say():
    return say
