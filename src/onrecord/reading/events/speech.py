"""What is done by saying something, and what events a statement carries."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord.knowledge.codebook import cameo, cameo_of, plover
from onrecord.knowledge.event_triggers import frames, word_class
from onrecord.reading.document import Document, Token
from onrecord.reading.events.cast import Cast
from onrecord.record import Dispute, Event, EventType, Statement

__all__ = ["Carriers", "find_speech_events", "make_carriers"]

_SPOKEN: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""What is done by the words alone; promises and the like are told by verbs of their own."""

_HARM = frozenset({"13", "15", "17", "18", "19", "20"})
"""CAMEO roots of deeds that harm."""
_OPENING = 6
"""Words at the beginning of a statement in which whoever it is about stands, if at all."""
_DASHES = frozenset({"—", "–", "--"})


class Carriers(Struct, frozen=True):
    """Which statements carry which stretch of text.

    Attributes:
        document: The document.
        edges: Offsets at which the set of open statements changes, in order.
        opened: From each edge on, the statements that are open, outermost first.
        answers: Ids of the statements that dispute a statement, by its id.
    """

    document: Document
    edges: tuple[int, ...]
    opened: tuple[tuple[Statement, ...], ...]
    answers: dict[str, tuple[str, ...]]

    def around(self, token: Token) -> tuple[Statement, ...]:
        """Return the statements whose content holds the token, outermost first."""
        place = bisect_right(self.edges, token.start) - 1
        return self.opened[place] if place >= 0 else ()

    def of(self, token: Token) -> Statement | None:
        """Return the innermost statement that claims what the token tells, or None.

        What stands between dashes or in a relative clause of reported speech is the reporter's,
        and so is what is only the topic of a statement (`said little about the attack`).
        """
        for statement in reversed(self.around(token)):
            if not self._is_aside(statement, token) and self._is_claimed(statement, token):
                return statement
        return None

    def _is_claimed(self, statement: Statement, token: Token) -> bool:
        """Tell whether the token stands in words quoted, or in a clause the speaker asserts."""
        if any(each.start <= token.start < each.end for each in statement.quoted):
            return True
        content = next(each for each in statement.content if each.start <= token.start < each.end)
        top = token
        for above in self.document.ancestors(token.index):
            if not content.start <= above.start < content.end:
                break
            if top.dep == "relcl":
                return False
            top = above
        return top.pos in {"VERB", "AUX"}

    def _is_aside(self, statement: Statement, token: Token) -> bool:
        """Tell whether the reporter explains something between dashes inside reported speech."""
        if any(each.start <= token.start < each.end for each in statement.quoted):
            return False
        sentence = self.document.sentence_of(token.index)
        marks = [
            each.index for each in self.document.sentence_tokens(sentence) if each.text in _DASHES
        ]
        before = sum(index < token.index for index in marks)
        return before % 2 == 1 and before < len(marks)


def make_carriers(
    document: Document, statements: Sequence[Statement], disputes: Sequence[Dispute]
) -> Carriers:
    """Lay the contents of the statements over the text, shorter ones over longer ones."""
    pieces = [(span, each) for each in statements for span in each.content if span.start < span.end]
    opening = sorted(pieces, key=lambda each: (each[0].start, each[0].start - each[0].end))
    edges, opened = _sweep([(span.start, span.end, each) for span, each in opening])
    answers: dict[str, tuple[str, ...]] = {}
    for dispute in disputes:
        answers[dispute.claim] = (*answers.get(dispute.claim, ()), dispute.answer)
    return Carriers(document, edges, opened, answers)


def _sweep(
    pieces: list[tuple[int, int, Statement]],
) -> tuple[tuple[int, ...], tuple[tuple[Statement, ...], ...]]:
    """Return where the set of open pieces changes, and to which; pieces come by their start."""
    edges: list[int] = []
    opened: list[tuple[Statement, ...]] = []
    stack: list[tuple[int, Statement]] = []

    def close_until(offset: int) -> None:
        while stack and stack[-1][0] <= offset:
            end, _ = stack.pop()
            edges.append(end)
            opened.append(tuple(each for _, each in stack))

    for start, end, statement in pieces:
        close_until(start)
        stack.append((min(end, stack[-1][0]) if stack else end, statement))
        edges.append(start)
        opened.append(tuple(each for _, each in stack))
    close_until(max((end for _, end, _ in pieces), default=0))
    return tuple(edges), tuple(opened)


def find_speech_events(
    document: Document, statements: Sequence[Statement], cast: Cast, known: frozenset[str]
) -> Iterator[tuple[str, Event]]:
    """Yield an event for each statement by which something is done to one of the `known` actors."""
    for statement in statements:
        recipients = _recipients(document, statement, cast)
        known_ones = tuple(each for each in recipients if each in known)
        event = _speech_event(document, statement, known_ones) if known_ones else None
        if event:
            yield event.trigger[0].text.lower(), event


def _speech_event(
    document: Document, statement: Statement, recipients: tuple[str, ...]
) -> Event | None:
    inside = document.tokens_in(statement.cue[0].start, statement.cue[0].end)
    if statement.plover is None or not inside:
        return None
    code = cameo(statement.cameo or cameo_of(statement.plover))
    return Event(
        id="",
        type=statement.plover,
        mode=code.mode if code.plover == statement.plover else None,
        cameo=code.code,
        quad=plover(statement.plover).quad,
        goldstein=code.goldstein,
        actors=statement.speakers,
        recipients=recipients,
        trigger=statement.cue[:1],
        text=document.sentence_span(document.sentence_of(inside[0])),
        on=statement.said_on,
        place=statement.place,
        status="claimed" if statement.within else "happened",
        according_to=(statement.within,) if statement.within else (),
        disputed_by=(),
        confidence=0.5,
        found_by="statement:act",
    )


def _first_words(
    document: Document, statement: Statement, most: int | None = None
) -> tuple[Token, ...]:
    """Return the words with which what is said begins."""
    if not statement.content:
        return ()
    inside = document.tokens_in(statement.content[0].start, statement.content[0].end)[:most]
    return tuple(document.tokens[index] for index in inside)


def _is_reproach(document: Document, statement: Statement) -> bool:
    """Tell whether it is accusations that are rejected: they are about the speaker."""
    first = _first_words(document, statement, 3)
    return any(each.lemma in word_class("STATEMENT") for each in first)


def _is_harmless(document: Document, statement: Statement) -> bool:
    """Tell whether what somebody will not do is to harm: `insists it will not invade`."""
    words = _first_words(document, statement)
    verb = next((each for each in words if each.pos == "VERB"), None)
    rows = frames("verb", verb.lemma) if verb is not None else ()
    return bool(rows) and all(frame.code[:2] in _HARM for frame in rows)


def _recipients(document: Document, statement: Statement, cast: Cast) -> tuple[str, ...]:
    """Return against whom something is said: the addressee, or whom it is first about."""
    cue = any(each.isalpha() for span in statement.cue for each in span.text)
    if statement.plover not in _SPOKEN or not statement.speakers or not cue:
        return ()
    others = [each for each in statement.addressees if each not in statement.speakers]
    if statement.plover == "REQUEST":
        return tuple(others[:1])
    first = _first_words(document, statement, _OPENING)
    opening = [actor for word in first for actor in cast.heads.get(word.index, ())]
    mine = any(
        word.dep == "poss" and set(cast.heads.get(word.index, ())) & set(statement.speakers)
        for word in first
    )
    if mine and statement.plover == "SUPPORT":  # who defends his own deeds supports nobody
        return ()
    rejected = statement.plover == "REJECT"
    if rejected and (_is_reproach(document, statement) or _is_harmless(document, statement)):
        return ()
    ours = cast.with_states(statement.speakers)
    about = [each for each in opening if each in statement.about]
    return tuple(each for each in about if each not in ours)[:1]
