"""Put statements together: who says what to whom, when, how, and within whose account."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from onrecord.article import Span
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.actors.index import ActorIndex
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.acts import FoundAct, classify_act, classify_question
from onrecord.reading.statements.fragments import is_attitude_within
from onrecord.reading.statements.headlines import find_headline_sayings
from onrecord.reading.statements.hedges import is_hedged
from onrecord.reading.statements.nested import find_told_claims
from onrecord.reading.statements.papers import find_issuer
from onrecord.reading.statements.parts import Parts, Range, read_parts, without
from onrecord.reading.statements.people import (
    actors_at,
    find_about,
    find_addressees,
    find_antecedent,
    find_principals,
    find_speakers,
)
from onrecord.reading.statements.plain import find_plain_sayings
from onrecord.reading.statements.repairs import repair_parts
from onrecord.reading.statements.scenes import Pointed, carry_scenes
from onrecord.reading.statements.times import When, find_when
from onrecord.reading.statements.words import read_words
from onrecord.record import Actor, Place, Statement, Time

if TYPE_CHECKING:
    from onrecord.reading.attribution.stage import Attribution
    from onrecord.reading.quotations import Quotation

__all__ = ["find_statements"]

_Spanned = TypeVar("_Spanned", Time, Place)

_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "they", "who"})
_FIRST_PERSON = frozenset({"i", "we"})
_THIRD_PERSON = frozenset({"he", "she", "they"})
_OURS = frozenset({"our", "these", "its"})
_MANY = frozenset({"they", "their", "them", "themselves"})
_RULING = frozenset({"GOV", "MIL"})
_STATE = frozenset({"GOV", "MIL", "SPY", "IGO"})


def find_statements(
    document: Document,
    quotations: "Sequence[Quotation]",
    attributions: "Sequence[Attribution]",
    actors: Sequence[Actor],
    times: Sequence[Time],
    places: Sequence[Place],
) -> tuple[Statement, ...]:
    """Assemble the statements of an article, in order of the text."""
    read = sorted(read_parts(document, attributions), key=lambda each: each.place)
    repaired = repair_parts(document, read)
    assembler = _Assembler(document, quotations, actors, times, places)
    single = assembler.without_repetitions(repaired)
    headed = (*single, *find_headline_sayings(document, assembler.index, single))
    said = (*headed, *find_plain_sayings(document, headed))
    told = find_told_claims(document, said)
    parts = sorted((*said, *told), key=lambda each: each.place)
    ids = {each.number: f"s{position}" for position, each in enumerate(parts, 1)}
    found = tuple(
        assembler.assemble(each, ids[each.number], _id_of(each.within, ids)) for each in parts
    )
    cues = tuple(each.cue_tokens for each in parts)
    return carry_scenes(document, assembler.index, found, cues, assembler.pointed)


def _id_of(number: int | None, ids: dict[int, str]) -> str | None:
    return None if number is None else ids.get(number)


class _Assembler:
    """Makes statements of attributions; holds what all of them look up."""

    def __init__(
        self,
        document: Document,
        quotations: "Sequence[Quotation]",
        actors: Sequence[Actor],
        times: Sequence[Time],
        places: Sequence[Place],
    ) -> None:
        self.document = document
        self.index = ActorIndex(document, tuple(actors))
        self._actors = {actor.id: actor for actor in actors}
        self._quotations = sorted(quotations, key=lambda each: (each.start, -each.end))
        self._ends = _running_maximum(each.end for each in self._quotations)
        self.pointed = Pointed(_by_sentence(document, times), _by_sentence(document, places))

    def without_repetitions(self, parts: Sequence[Parts]) -> tuple[Parts, ...]:
        """Leave out the wishes and beliefs that a speaker tells of himself: `said he expected`.

        What things are said to show (`many things that show`) nobody says either.
        """
        by_number = {each.number: each for each in parts}
        return without(parts, [each for each in parts if self._is_told(each, by_number)])

    def _is_told(self, part: Parts, by_number: dict[int, Parts]) -> bool:
        outer = by_number.get(part.within) if part.within is not None else None
        if outer is None:
            return False
        if self._is_thing(part):
            return True
        if not is_attitude_within(self.document, part, outer):
            return False
        speakers = self._speakers(outer)
        opens = part.source_tokens[0] in outer.content_tokens[:2]
        return self._speakers(part) == speakers or (not speakers and opens)

    def _is_thing(self, part: Parts) -> bool:
        """Tell whether a relative pronoun says it that stands for nobody known."""
        tags = {self.document.tokens[index].tag for index in part.source_tokens}
        return tags == {"WDT"} and not self._speakers(part)

    def assemble(self, part: Parts, statement_id: str, within: str | None) -> Statement:
        """Make the statement of one attribution."""
        words = read_words(
            self.document,
            self._near(part),
            part.content,
            part.cue,
            is_verbatim=part.is_turn,
        )
        speakers = self._speakers(part)
        act = self._act(part, speakers, is_quoted=words.mode == "direct")
        content = frozenset(part.content_tokens)
        when = self._when(part)
        addressees = find_addressees(self.document, self.index, act, content)
        return Statement(
            id=statement_id,
            speakers=speakers,
            source=self._spans(part.source),
            cue=self._spans(part.cue),
            content=self._spans(part.content),
            quoted=words.quoted,
            insertions=words.insertions,
            mode=words.mode,
            act=act.act,
            plover=act.plover,
            cameo=act.cameo,
            addressees=tuple(each for each in addressees if each not in speakers),
            about=find_about(self.document, self.index, act, content, speakers),
            said_on=when.time,
            place=when.place,
            within=within,
            denies=(),
            hedged=is_hedged(self.document, part.cue_tokens, part.content_tokens),
            confidence=_confidence(part.probability, part, speakers),
            found_by=f"{part.found_by}, {act.found_by}",
        )

    def _speakers(self, part: Parts) -> tuple[str, ...]:
        found = find_speakers(self.index, part.source)
        source = part.source_tokens
        return (
            found
            or find_antecedent(self.document, self.index, source)
            or find_issuer(self.document, self.index, source)
        )

    def _spans(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(self.document.article.span(start, end) for start, end in ranges)

    def _near(self, part: Parts) -> "list[Quotation]":
        """Return the quotations that may touch the content."""
        start = min(start for start, _ in part.content)
        end = max(end for _, end in part.content)
        first = bisect_left(self._ends, start)
        found = []
        for quotation in self._quotations[first:]:
            if quotation.start >= end:
                break
            found.append(quotation)
        return found

    def _act(self, part: Parts, speakers: tuple[str, ...], *, is_quoted: bool) -> FoundAct:
        asked = self._question(part)
        if asked is not None:
            return asked
        own = frozenset(
            (*speakers, *find_principals(self.document, self.index, part.source_tokens))
        )
        sides = self._governments(speakers)

        def is_own(token: Token) -> bool:
            found = actors_at(self.index, token.index)
            if token.lower in _FIRST_PERSON or own & set(found):
                return True
            if not found and token.lower in _THIRD_PERSON:
                return bool(part.source) and not is_quoted and not self._is_many(token, speakers)
            if bool(sides & self._governments(found)):
                return True
            return self._is_ranks(token, speakers)

        def is_actor(token: Token) -> bool:
            return token.lower in _PRONOUNS or bool(actors_at(self.index, token.index))

        return classify_act(
            self.document,
            part.cue_tokens,
            part.content_tokens,
            is_own=is_own,
            is_actor=is_actor,
            is_quoted=is_quoted,
        )

    def _is_many(self, token: Token, speakers: tuple[str, ...]) -> bool:
        """Tell whether `they` are others than a single person or state that speaks."""
        kinds = [self._actors[each].kind for each in speakers]
        return token.lower in _MANY and len(kinds) == 1 and kinds[0] in {"person", "country"}

    def _question(self, part: Parts) -> FoundAct | None:
        """Read the turn of one who asks: `Q:`, `QUESTION:`, `REPORTER:`."""
        names = (self.document.tokens[index].lower for index in part.source_tokens)
        if not part.is_turn or not any(load_reporting().is_a("asking", each) for each in names):
            return None
        return classify_question(self.document, part.cue_tokens, part.content_tokens)

    def _is_ranks(self, token: Token, speakers: tuple[str, ...]) -> bool:
        """Tell whether a state's or alliance's speaker means his own: `these forces`.

        Of which state is often not said: `Turkish forces killed six, the defence ministry said`.
        """
        sectors = {self._actors[each].sector for each in speakers}
        words = {child.lower for child in self.document.children(token.index, "det", "poss")}
        lexicon = load_reporting()
        if lexicon.is_a("allies", token.lemma):
            return words == {"the"} and "IGO" in sectors
        if not lexicon.is_a("forces", token.lemma) or not sectors & _STATE:
            return False
        countries = self._countries(speakers)
        return bool(words & _OURS or not countries or countries & self._countries_at(token))

    def _countries(self, actors: Iterable[str]) -> set[str]:
        return {country for each in actors if (country := self._actors[each].country)}

    def _countries_at(self, token: Token) -> set[str]:
        return self._countries(actors_at(self.index, token.index))

    def _governments(self, actors: Iterable[str]) -> set[str]:
        """Return the countries for whose governments or armies some actors speak or act."""
        found = (self.index.by_id(each) for each in actors)
        return {each.country for each in found if each.country and each.sector in _RULING}

    def _when(self, part: Parts) -> When:
        sentences = {self.document.tokens[index].sentence for index in part.cue_tokens}
        if not sentences:
            return When(None, None)
        banned = frozenset(part.source_tokens) | frozenset(part.content_tokens)
        numbers = sorted(sentences)
        return find_when(
            self.document,
            part.cue_tokens,
            banned,
            [each for number in numbers for each in self.pointed.times.get(number, ())],
            [each for number in numbers for each in self.pointed.places.get(number, ())],
        )


def _by_sentence(document: Document, found: Sequence[_Spanned]) -> dict[int, tuple[_Spanned, ...]]:
    """Sort findings into the sentences in which they begin."""
    sorted_in: dict[int, list[_Spanned]] = {}
    for each in found:
        tokens = document.tokens_in(each.span.start, each.span.end)
        if tokens:
            sorted_in.setdefault(document.tokens[tokens[0]].sentence, []).append(each)
    return {number: tuple(every) for number, every in sorted_in.items()}


def _running_maximum(values: Iterable[int]) -> list[int]:
    found: list[int] = []
    for value in values:
        found.append(max(value, found[-1]) if found else value)
    return found


def _confidence(probability: float, part: Parts, speakers: tuple[str, ...]) -> float:
    """Lower the network's probability where no actor was found for the source."""
    lowered = probability if speakers or not part.source else probability * 0.95
    return round(min(max(lowered, 0.0), 1.0), 3)
