"""Carry time and place from a scene to the sayings that belong to it.

`Johnson held a press conference in Kyiv on Tuesday. Johnson accused ...`: the accusation was made
on Tuesday, in Kyiv, and the time's own words say so a sentence earlier. What is reported from
another time (`has repeatedly said`, `earlier`) takes over nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.cue import cue_verb
from onrecord.reading.statements.people import actors_at, takes_part
from onrecord.reading.statements.times import Scene, When, find_scenes, find_when
from onrecord.record import Actor, Place, Statement, Time

if TYPE_CHECKING:
    from onrecord.reading.actors.index import ActorIndex

__all__ = ["Pointed", "carry_scenes"]

MAX_GAP = 6
"""Sentences between a dated saying and an undated one of the same speaker; chosen by reading."""

MAX_SCENE_GAP = 4
"""Sentences between an occasion of speaking and what is said on it."""

_EXACT = frozenset({"hour", "day"})
_NOWHERE = When(None, None)


class Pointed(Struct, frozen=True):
    """Times and places by sentence number."""

    times: Mapping[int, tuple[Time, ...]]
    places: Mapping[int, tuple[Place, ...]]


def carry_scenes(
    document: Document,
    index: "ActorIndex",
    statements: Sequence[Statement],
    cues: Sequence[tuple[int, ...]],
    pointed: Pointed,
) -> tuple[Statement, ...]:
    """Give each statement that names no time that of its scene, if it has one.

    Args:
        document: The document.
        index: Actors by place in the text.
        statements: In order of the text.
        cues: Token indices of each statement's cue.
        pointed: Times and places.
    """
    scenes = find_scenes(document, pointed.times, pointed.places)
    stage = _Stage(document, index, scenes, pointed)
    return tuple(
        stage.date(statement, cue) for statement, cue in zip(statements, cues, strict=True)
    )


class _Dated(Struct, frozen=True):
    sentence: int
    when: When


class _Stage:
    """Remembers who was last heard when, while the statements pass in order."""

    def __init__(
        self,
        document: Document,
        index: "ActorIndex",
        scenes: Mapping[int, Scene],
        pointed: Pointed,
    ) -> None:
        self._document = document
        self._index = index
        self._scenes = scenes
        self._pointed = pointed
        self._heard: dict[str, _Dated] = {}
        self._those_present: dict[int, set[str]] = {}
        self._last: tuple[int, Statement] | None = None

    def date(self, statement: Statement, cue: tuple[int, ...]) -> Statement:
        """Return the statement with its own or its scene's time and place, and remember it."""
        verb = cue_verb(self._document, cue)
        sentence = self._sentence(statement, verb)
        dated = self._with_scene(statement, verb, sentence)
        is_elsewhen = verb is not None and _is_elsewhen(self._document, verb)
        if dated.within is None and not is_elsewhen:
            self._remember(dated, sentence)
        return dated

    def _with_scene(self, statement: Statement, verb: Token | None, sentence: int) -> Statement:
        if statement.said_on is not None and statement.place is not None:
            return statement
        if verb is not None and _is_elsewhen(self._document, verb):
            return statement
        when = self._scene_of(statement, verb, sentence)
        if when.time is None or (statement.said_on and statement.said_on.date != when.time.date):
            return statement
        if statement.said_on is not None:
            return replace(statement, place=when.place)
        return replace(
            statement,
            said_on=when.time,
            place=statement.place or when.place,
            found_by=f"{statement.found_by}, when:scene",
        )

    def _scene_of(self, statement: Statement, verb: Token | None, sentence: int) -> When:
        for found in self._candidates(statement, verb, sentence):
            if found.time is not None and found.time.granularity in _EXACT:
                return found
        return _NOWHERE

    def _candidates(
        self, statement: Statement, verb: Token | None, sentence: int
    ) -> Iterator[When]:
        if verb is not None:
            yield from self._beside(statement, verb, sentence)
        yield from self._told_before(statement, sentence)
        if statement.within is None:
            yield from self._heard_before(statement, sentence)
            yield from self._same_side(statement, sentence)

    def _beside(self, statement: Statement, verb: Token, sentence: int) -> Iterator[When]:
        """Yield the time of a clause coordinated with the cue: `did nothing on Monday but said`."""
        banned = {
            index
            for span in (*statement.content, *statement.source)
            for index in self._document.tokens_in(span.start, span.end)
        }
        for other in _coordinated_verbs(self._document, verb):
            if other.index not in banned:
                yield find_when(
                    self._document,
                    (other.index,),
                    frozenset(banned),
                    self._pointed.times.get(sentence, ()),
                    self._pointed.places.get(sentence, ()),
                )

    def _told_before(self, statement: Statement, sentence: int) -> Iterator[When]:
        """Yield the times of the occasions told just before at which the speaker was present."""
        wanted = {*statement.speakers, *(statement.addressees if statement.within else ())}
        for number in range(sentence, max(sentence - MAX_SCENE_GAP, 0) - 1, -1):
            scene = self._scenes.get(number)
            if scene is not None and wanted and wanted <= self._present(number):
                yield scene.when

    def _present(self, number: int) -> set[str]:
        """Return the actors that take part in a sentence."""
        if number in self._those_present:
            return self._those_present[number]
        found = self._those_present[number] = set[str]()
        for token in self._document.sentence_tokens(self._document.sentences[number]):
            if takes_part(self._document, token):
                found.update(actors_at(self._index, token.index))
        return found

    def _heard_before(self, statement: Statement, sentence: int) -> Iterator[When]:
        """Yield the time of the same speaker's last dated saying."""
        for speaker in statement.speakers:
            heard = self._heard.get(speaker)
            if heard is not None and sentence - heard.sentence <= MAX_GAP:
                yield heard.when

    def _same_side(self, statement: Statement, sentence: int) -> Iterator[When]:
        """Yield the time of the sentence before, where the same government spoke."""
        if self._last is None or not statement.speakers or self._last[0] != sentence - 1:
            return
        before = self._last[1]
        is_same = self._sides(statement) and self._sides(statement) == self._sides(before)
        if is_same and self._paragraph(sentence) == self._paragraph(sentence - 1):
            yield When(before.said_on, before.place)

    def _sides(self, statement: Statement) -> set[tuple[str, str]]:
        actors = [self._index.by_id(each) for each in statement.speakers]
        return {_side(actor) for actor in actors if actor.country and actor.sector}

    def _paragraph(self, sentence: int) -> int:
        return self._document.sentences[sentence].paragraph

    def _sentence(self, statement: Statement, verb: Token | None) -> int:
        if verb is not None:
            return verb.sentence
        span = (*statement.cue, *statement.content)[0]
        tokens = self._document.tokens_in(span.start, span.end)
        return self._document.tokens[tokens[0]].sentence if tokens else 0

    def _remember(self, statement: Statement, sentence: int) -> None:
        self._last = (sentence, statement)
        if statement.said_on is None:
            return
        for speaker in statement.speakers:
            self._heard[speaker] = _Dated(sentence, When(statement.said_on, statement.place))


def _side(actor: Actor) -> tuple[str, str]:
    return (actor.country or "", actor.sector or "")


def _coordinated_verbs(document: Document, verb: Token) -> Iterator[Token]:
    """Yield the verbs of the clauses that stand beside that of the cue."""
    head = document.head(verb)
    is_participle = verb.dep in {"advcl", "xcomp"} and verb.tag == "VBG"
    if (verb.dep == "conj" or is_participle) and head.pos in {"VERB", "AUX"}:
        yield head
    for child in document.children(verb.index, "conj", "ccomp"):
        if child.pos in {"VERB", "AUX"} and child.index < verb.index:
            yield child


def _is_elsewhen(document: Document, verb: Token) -> bool:
    """Tell whether a saying is reported from no certain time.

    In `has threatened Iran and called on China`, `called` shares `has`.
    """
    children = document.children(verb.index, "aux", "advmod")
    above = document.head(verb)
    if verb.dep == "conj" and not document.children(verb.index, "nsubj", "aux"):
        children += document.children(above.index, "aux") if above.tag == "VBN" else ()
    if any(child.lemma == "have" or child.lower == "'ve" for child in children):
        return True
    return any(load_reporting().is_a("elsewhen", child.lower) for child in children)
