"""Names of places where they stand as such: what is a place's name, and what only looks like one.

A name that is part of a person's or an institution's name is no place (`Bank of England`), nor is a
capital that stands for its government (`Moscow said`, `ties with Ankara`).
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from onrecord.knowledge.gazetteer import Entry, Gazetteer
from onrecord.reading.document import Document, Entity, Token
from onrecord.reading.times.words import word_set

__all__ = ["Mention", "find_mentions", "is_metonym", "stands_like_place"]

_LOCATIVE = word_set(
    "in at near outside inside around across throughout through into toward towards over along off "
    "above below beyond between within amid from to of on"
)
_STRICTLY_LOCATIVE = word_set("in at near outside inside around across throughout into")
_DIRECTIONS = word_set("north south east west")
_OTHER_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "NORP"})
# Short forms that are words or initials elsewhere: they count only behind a comma.
_ONLY_BEHIND_COMMA = word_set(
    "Ala. Ark. Ariz. Conn. Ill. Ind. Kan. La. Mass. Md. Minn. Miss. Mo. Mont. Neb. Nev. Ore. Pa. "
    "Tex. Va. Wis. Del. Ga. Ky. Fla. Mich. Tenn. Okla. Vt. Colo. Calif. Split Male Nice Hue Bath "
    "Hull York Nord Concord Selma Flint Mobile Springfield"
)
# Between capitals these are between governments.
_BETWEEN_STATES = word_set(
    "talk tie relation tension dialogue agreement deal dispute conflict war negotiation meeting "
    "call contact exchange alliance cooperation rivalry standoff rift row link"
)
# What is named after the place where it was signed.
_SIGNED_THERE = word_set("agreement accord treaty protocol convention pact")
# What leads to a place or away from it: `flew to Moscow`, `a visitor from London`.
_JOURNEY = word_set(
    "fly travel arrive return come go drive walk head flee evacuate move sail march advance flight "
    "trip visit journey visitor traveller traveler train road way convoy route bus refugee pilgrim "
    "invite deploy deliver ship send rush withdraw retreat"
)
# What happens to a place as such: `visits Kyiv`, `shelled Aleppo`.
_DONE_TO_PLACES = word_set(
    "visit leave reach enter quit tour storm shell bomb capture besiege surround occupy flee seize "
    "cross evacuate rock shake flood overrun encircle liberate retake"
)
_AFTER_DATELINE = re.compile(r"[^()\n]{0,40}(?:\([A-Z][A-Za-z. ]{1,20}\)|\s[-–—])")


class Mention(Struct, frozen=True):
    """A place's name in the text: tokens `first` to `last` (excluded), and who may be meant."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Entry, ...]


def find_mentions(
    document: Document, gazetteer: Gazetteer, labels: dict[int, Entity]
) -> Iterator[Mention]:
    """Yield the names of places, longest first, none inside another name."""
    past = 0
    for token in document.tokens:
        if token.start < past or not token.text[:1].isupper():
            continue
        spelling = gazetteer.spelling_at(document.text, token.start) or _in_dateline(
            document, token, gazetteer
        )
        if spelling is None:
            continue
        end = token.start + len(spelling)
        covered = document.tokens_in(token.start, end)
        mention = Mention(token.index, covered.stop, token.start, end, gazetteer.named(spelling))
        if _is_place_name(document, mention, labels):
            yield mention
        past = mention.end


def _in_dateline(document: Document, token: Token, gazetteer: Gazetteer) -> str | None:
    """Return the spelling of a place written in capitals before an agency's name or a dash."""
    if len(token.text) < 4 or not token.text.isupper():
        return None
    line = document.paragraphs[document.sentences[token.sentence].paragraph]
    is_inside = any(start <= token.start < end for start, end in document.datelines)
    is_near = token.start - line[0] <= 30 and _AFTER_DATELINE.match(document.text, token.end)
    if not (is_inside or is_near):
        return None
    return gazetteer.spelling_at(document.text[token.start : token.start + 40].title(), 0)


def _is_place_name(document: Document, mention: Mention, labels: dict[int, Entity]) -> bool:
    before = document.text[max(mention.start - 2, 0) : mention.start]
    spelled = document.text[mention.start : mention.end]
    leads_here = before == ", " or _after_place_word(document, mention)
    if spelled in _ONLY_BEHIND_COMMA and not leads_here:
        return False
    head = document.tokens[mention.last - 1]
    if _in_longer_name(document, mention, labels):
        return False
    governor = document.head(head)
    attached = head.dep == "compound" and governor.index >= mention.last
    in_name = governor.pos == "PROPN" or governor.lemma in _SIGNED_THERE
    return not (attached and in_name) or _is_listed(document, mention)


def _after_place_word(document: Document, mention: Mention) -> bool:
    if not mention.first:
        return False
    return document.tokens[mention.first - 1].lower in _STRICTLY_LOCATIVE


def _is_listed(document: Document, mention: Mention) -> bool:
    """Tell whether a comma or a line's end follows: what stands behind is another name."""
    after = document.text[mention.end : mention.end + 2]
    return after[:1] in {",", "\n", ";", "(", ""} or after == " ("


def _in_longer_name(document: Document, mention: Mention, labels: dict[int, Entity]) -> bool:
    """Tell whether the name is part of, or is, the name of a person, a body, a law, a work."""
    entity = labels.get(mention.first)
    if entity is None or entity.label not in _OTHER_NAMES:
        return False
    words = [
        token
        for token in document.tokens[entity.first : entity.last]
        if token.lower not in {"the", "'s", "a"} and token.is_word
    ]
    if any(not mention.first <= token.index < mention.last for token in words):
        return True
    sure = max(entry.importance for entry in mention.candidates) >= 6
    return entity.label == "PERSON" and not sure and not _after_place_word(document, mention)


def is_metonym(
    document: Document, mention: Mention, entry: Entry, standing: frozenset[tuple[int, int]]
) -> bool:
    """Tell whether a capital stands for its government here."""
    if entry.kind != "capital":
        return False
    token = document.tokens[mention.last - 1]
    preposition = _preposition(document, token)
    if preposition in _STRICTLY_LOCATIVE or _is_stop(document, token, preposition):
        return False
    if preposition == "between":
        return _governor(document, token).lemma in _BETWEEN_STATES
    if (mention.start, mention.end) in standing:
        return True
    return preposition not in _LOCATIVE and _acts(document, token)


def _is_stop(document: Document, token: Token, preposition: str) -> bool:
    """Tell whether somebody goes there or comes from there, or it is done to as places are."""
    if preposition in {"to", "from", "toward", "towards", "for"}:
        governor = _governor(document, token)
        if governor.tag == "IN":
            governor = document.head(governor)
        return governor.lemma in _JOURNEY
    while token.dep == "conj" and token.head != token.index:
        token = document.head(token)
    return token.dep == "dobj" and document.head(token).lemma in _DONE_TO_PLACES


def _governor(document: Document, token: Token) -> Token:
    """Return what the token's preposition hangs on."""
    while token.dep in {"conj", "appos"} and token.head != token.index:
        token = document.head(token)
    return document.head(document.head(token))


def _preposition(document: Document, token: Token) -> str:
    """Return the preposition that governs the token, across a list of names."""
    while token.dep in {"conj", "appos"} and token.head != token.index:
        token = document.head(token)
    if token.dep != "pobj":
        return ""
    return document.head(token).lower


def _acts(document: Document, token: Token) -> bool:
    while token.dep == "conj" and token.head != token.index:
        token = document.head(token)
    if token.dep in {"nsubj", "nsubjpass"}:
        return document.head(token).lemma not in {"be", "lie", "become", "see", "experience"}
    return (
        token.dep in {"dobj", "dative", "agent"}
        or (token.dep == "pobj" and document.head(token).lower in {"by", "with", "against", "to"})
        or token.dep == "poss"
    )


def stands_like_place(document: Document, token: Token, label: str) -> bool:
    """Tell whether a name that we do not know stands where places stand."""
    preposition = _preposition(document, token)
    if token.lower in _DIRECTIONS or preposition == "on":
        return False
    return preposition in (_STRICTLY_LOCATIVE if label == "FAC" else _LOCATIVE)
