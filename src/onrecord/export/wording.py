"""The words in which findings are told to a person, in the terminal and on a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record import Act, Actor, ArticleEntry, Event, Record, Statement, Time

__all__ = [
    "ACT_VERBS",
    "Teller",
    "Voice",
    "actor_line",
    "article_line",
    "as_original",
    "clean",
    "heading",
    "verb_of",
    "when",
]

ACT_VERBS: dict[Act, str] = {
    "state": "says",
    "confirm": "confirms",
    "deny": "denies",
    "accuse": "accuses",
    "demand": "demands",
    "request": "requests",
    "offer": "offers",
    "promise": "promises",
    "agree": "agrees",
    "reject": "rejects",
    "threaten": "threatens",
    "warn": "warns",
    "praise": "praises",
    "apologise": "apologises",
    "ask": "asks",
    "announce": "announces",
    "expect": "expects",
    "opine": "opines",
}
_AGAINST = frozenset({"deny", "reject"})
_NEGATED = re.compile(r"\b(?:not|never)\b|n['’]t\b")
LONGEST_CUE = 24
"""Characters of a cue that is shown in place of its act."""
_DECLINING = "011"
"""CAMEO's code for declining to comment, which is a statement too, but is not told as one."""
ORIGINS = {"given": "as given", "text": "from the text", "page": "from the page"}
LONGEST_HEADING = 80
"""Characters of a text that stand for its title: a headline is shorter, a paragraph longer."""

UNCERTAIN = 0.5
"""Below this a finding is more likely wrong than right, and a person is told so."""

_SPACE = re.compile(r"\s+")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker, or several who speak as one, and what they say.

    Attributes:
        speakers: The actors; empty where the text names none.
        name: Their names, or the source's words.
        statements: In the order of the text.
    """

    speakers: tuple[Actor, ...]
    name: str
    statements: tuple[Statement, ...]


def verb_of(statement: Statement) -> str:
    """Return the word for what a speaker does by saying it; a cue that is negated tells it itself.

    Who `did not think` that it was late does not think it, whatever the act.
    """
    if statement.cameo == _DECLINING and "cue:" in statement.found_by:
        return "declines"
    cue = clean(" ".join(span.text for span in statement.cue))
    is_negated = statement.act not in _AGAINST and _NEGATED.search(cue) is not None
    return cue if is_negated and len(cue) <= LONGEST_CUE else ACT_VERBS[statement.act]


def clean(words: str) -> str:
    r"""Return words that are safe to show: white space as one space, no control characters.

    Example:
        >>> clean("a\n  b\x1b[31m") == "a b\N{REPLACEMENT CHARACTER}[31m"
        True
    """
    return _SPACE.sub(" ", _UNPRINTABLE.sub(_replacement, words))


def _replacement(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else "\N{REPLACEMENT CHARACTER}"


def heading(article: ArticleEntry) -> str:
    """Return the article's title, or how its text begins."""
    if article.title:
        return clean(article.title)
    line = next((line for line in article.text.splitlines() if line.strip()), article.id)
    words = clean(line[: LONGEST_HEADING * 2]).strip()
    if len(words) <= LONGEST_HEADING:
        return words
    return words[:LONGEST_HEADING].rpartition(" ")[0] + " …"


def article_line(article: ArticleEntry, source: str | None = None) -> str:
    """Return where the article is from and how long it is."""
    day = article.published
    parts = (
        clean(article.outlet or ""),
        f"published {day.isoformat()} ({ORIGINS.get(article.published_from or '', 'as given')})"
        if day
        else "publication date unknown",
        f"{len(article.text.split()):,} words",
        clean(source or article.url or ""),
    )
    return " · ".join(part for part in parts if part)


def actor_line(actor: Actor) -> str:
    """Return what is known of an actor beside the name: title, country, sector."""
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    parts = (clean(actor.title or ""), codes, "unnamed" if actor.unnamed else "")
    return " · ".join(part for part in parts if part)


def when(time: Time | None) -> str:
    """Return a time as a person reads it, or nothing."""
    if time is None:
        return ""
    if time.date is None:
        return clean(time.text)
    return time.date.replace("/", " to ")


def _doubt(confidence: float) -> str:
    return f"uncertain ({confidence:.2f})" if confidence < UNCERTAIN else ""


def _source_words(statement: Statement) -> str:
    return clean(" … ".join(span.text for span in statement.source))


class Teller:
    """Tells of one record's findings, its actors and statements looked up by id once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._actors = {actor.id: actor for actor in record.actors}
        self._statements = {statement.id: statement for statement in record.statements}

    def statement(self, statement_id: str) -> Statement:
        """Return the statement with this id, or raise KeyError."""
        return self._statements[statement_id]

    def voices(self) -> tuple[Voice, ...]:
        """Return the record's statements by who makes them, in order of first statement."""
        groups: dict[tuple[str, ...], list[Statement]] = {}
        for statement in self.record.statements:
            key = statement.speakers or ("", _source_words(statement))
            groups.setdefault(key, []).append(statement)
        return tuple(
            Voice(self._known(members[0].speakers), self.speaker(members[0]), tuple(members))
            for members in groups.values()
        )

    def names(self, ids: Iterable[str], limit: int = 4) -> str:
        """Return the actors' names as a list, the first `limit` of them."""
        found = [clean(actor.name) for actor in self._known(ids)]
        more = len(found) - limit
        return ", ".join(found[:limit]) + (f" and {more} more" if more > 0 else "")

    def speaker(self, statement: Statement) -> str:
        """Return who makes a statement: names, or else the source's words."""
        return self.names(statement.speakers) or _source_words(statement) or "No one named"

    def statement_line(self, statement: Statement) -> str:
        """Return how, when, to whom and within whose account something is said."""
        parts = (
            statement.mode,
            when(statement.said_on),
            f"in {clean(statement.place.name)}" if statement.place else "",
            f"to {self.names(statement.addressees)}" if statement.addressees else "",
            self._within(statement),
            f"denies {self._cited(statement.denies)}" if statement.denies else "",
            "hedged" if statement.hedged else "",
            _doubt(statement.confidence),
            statement.id,
        )
        return " · ".join(part for part in parts if part)

    def event_parties(self, event: Event) -> str:
        """Return who acts on whom, both ways in one where the event is reciprocal."""
        actors = self.names(event.actors) or "someone"
        if not event.recipients:
            return actors
        if len(event.actors) > 1 and set(event.actors) == set(event.recipients):
            return actors.replace(", ", " ↔ ", 1)
        return f"{actors} → {self.names(event.recipients)}"

    def event_line(self, event: Event) -> str:
        """Return an event's label, status, time, place, and who tells or disputes it."""
        parts = (
            event.label or "",
            event.status,
            when(event.on),
            f"in {clean(event.place.name)}" if event.place else "",
            f"according to {self._cited(event.according_to)}" if event.according_to else "",
            f"disputed by {self._cited(event.disputed_by)}" if event.disputed_by else "",
            _doubt(event.confidence),
            event.id,
        )
        return " · ".join(part for part in parts if part)

    def _cited(self, ids: tuple[str, ...], limit: int = 3) -> str:
        """Return the statements' speakers and ids, the first `limit` of them."""
        known = [self._statements[each] for each in ids if each in self._statements]
        cited = [f"{self.speaker(each)} ({each.id})" for each in known[:limit]]
        more = len(known) - limit
        return ", ".join(cited) + (f" and {more} more" if more > 0 else "")

    def _within(self, statement: Statement) -> str:
        if statement.within is None:
            return ""
        return f"as told by {self._cited((statement.within,))}"

    def _known(self, ids: Iterable[str]) -> tuple[Actor, ...]:
        return tuple(self._actors[each] for each in ids if each in self._actors)


def as_original(record: Record) -> str:
    """Return the text with, after each suspect wording, what it probably replaced in brackets.

    Example:
        >>> from onrecord.article import Span
        >>> from onrecord.record import Suspect
        >>> entry = ArticleEntry("a", None, None, None, None, None, "en", "A cellphone name.", "0")
        >>> found = Suspect(Span(2, 16, "cellphone name"), "collocation", "phone call", 0.9, "rule")
        >>> as_original(Record(entry, suspect=(found,)))
        'A cellphone name [phone call].'
    """
    text, pieces, place = record.article.text, [], 0
    for suspect in record.suspect:
        if suspect.likely and suspect.span.start >= place:
            pieces.append(f"{text[place : suspect.span.end]} [{suspect.likely}]")
            place = suspect.span.end
    marked = "".join((*pieces, text[place:]))
    return "\n".join(clean(line) for line in marked.splitlines())
