"""Rank who a pronoun may mean.

Every candidate is described by features that hold or do not; a conditional logit model (trained by
`training/coreference.py`, its weights plain JSON) turns them into a probability for each candidate
and for "nobody who was mentioned".
"""

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from onrecord.knowledge.nominals import nominals
from onrecord.models.loading import FOLDER
from onrecord.reading.actors.mentions import Mention
from onrecord.reading.actors.settled import Standing, blamed, clause_above, subject_before, told_to
from onrecord.reading.actors.speech import Speech
from onrecord.reading.actors.threads import Active, Thread, role_of
from onrecord.reading.document import Document, Token
from onrecord.reading.judging import things_judged

__all__ = ["NOBODY", "Choice", "PronounRanker", "pronoun_class"]

WINDOWS = {"he": 8, "she": 8, "it": 3, "they": 4}
"""Sentences back in which a pronoun's antecedent is sought; 97 % of those in GUM lie within."""
_MATES = 4
"""Mentions of a candidate that are looked at for one that grammar sets apart from the pronoun."""
MAX_CANDIDATES = 14
_GOES_ON = 0.9
"""Probability that `he said` goes on with who spoke last: it did in 25 of 26 cases in Reuters
reports where the ranker chose another."""
_DOUBT = 0.3
"""Taken off NOBODY's score: a near tie goes to the candidate (-0.5 changed no score on GUM by
more than 1.5 points either way, -1.0 cost two points of precision)."""
_SPEAKERS = frozenset({"person", "organization", "country", "group"})
"""Kinds of those who say something; a pronoun that does so means one of them."""
NOBODY = -1
_CLASSES = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_OBJECTIVE = frozenset({"him", "her", "them"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
Choice = tuple[int, float]
"""Number of the thread, or NOBODY, and its probability."""


def pronoun_class(mention: Mention) -> str | None:
    """Return `he`, `she`, `it` or `they` for third persons.

    Example:
        >>> _CLASSES["him"], _CLASSES["their"]
        ('he', 'they')
    """
    return _CLASSES.get(mention.noun)


class PronounRanker:
    """Ranks the threads that a pronoun may belong to."""

    def __init__(self, document: Document, speech: Speech, weights: dict[str, float]) -> None:
        self._document = document
        self._speech = speech
        self._weights = weights
        self._named_ahead: dict[int, Thread] = {}

    def announce(self, named: dict[int, Thread]) -> None:
        """Tell the threads of the names by their heads, so that `in her speech, Merkel` is seen."""
        self._named_ahead = named

    def rank(self, mention: Mention, active: Active, thread_of: dict[int, int]) -> list[Choice]:
        """Return the candidates and NOBODY with their probabilities, the likeliest first."""
        described = self.describe(mention, active, thread_of)
        if mention.index in self._speech.sources:
            speakers = [each for each in described if active.kind_of(each[0]) in _SPEAKERS]
            described = speakers or described
            spoke = self._spoke_last(mention, thread_of, [number for number, _ in described])
            if spoke is not None:
                return [(spoke, _GOES_ON)]
        weights = self._weights
        scores = [
            (number, sum(weights.get(f, 0.0) for f in features) - _DOUBT * (number == NOBODY))
            for number, features in described
        ]
        top = max(score for _, score in scores)
        powers = [(number, math.exp(score - top)) for number, score in scores]
        total = sum(power for _, power in powers)
        return sorted(((n, power / total) for n, power in powers), key=lambda each: -each[1])

    def _spoke_last(
        self, mention: Mention, thread_of: dict[int, int], numbers: list[int]
    ) -> int | None:
        """Return the thread of who goes on to speak as `he`, if it is among the candidates."""
        is_one = pronoun_class(mention) in {"he", "she", "it"}
        last = self._speech.goes_on(mention) if is_one else None
        number = None if last is None else thread_of.get(last)
        return number if number in numbers else None

    def describe(
        self, mention: Mention, active: Active, thread_of: dict[int, int]
    ) -> list[tuple[int, list[str]]]:
        """Return each candidate's number with the features that hold of it, NOBODY last."""
        kind = pronoun_class(mention) or "it"
        token = self._document.tokens[mention.head]
        here = _Place(self._document, self._speech, mention, kind, thread_of)
        found: list[tuple[int, list[str]]] = []
        somebody: dict[int, int] = {}
        something: dict[int, int] = {}
        for thread in active.recent(self._document, token.sentence, WINDOWS[kind]):
            if len(found) >= MAX_CANDIDATES:
                break
            if may_mean(kind, thread) and not here.forbids(thread):
                heads = somebody if thread.kind in _SPEAKERS else something
                heads[thread.latest.head] = len(found)
                found.append((thread.number, list(here.features(thread, len(found)))))
        sure = (*blamed(here.standing), *clause_above(here.standing), *told_to(here.standing))
        meant = [somebody[each] for each in sure if each in somebody]
        all_heads = somebody | something
        judged = [each.index for each in things_judged(self._document, token)]
        meant += [
            all_heads[each] for each in judged or subject_before(here.standing) if each in all_heads
        ]
        if meant:
            return [found[meant[0]]]
        if judged:
            return [(NOBODY, here.nobody(len(found)))]
        ahead = here.subject_ahead(self._named_ahead)
        known = [features for number, features in found if number == ahead]
        if ahead is not None and known:
            known[0].append(f"{kind}:ahead:known")
        elif ahead is not None:
            found.append((ahead, [f"{kind}:ahead", f"{kind}:ahead:rivals={min(len(found), 3)}"]))
        found.append((NOBODY, here.nobody(len(found))))
        return found


def may_mean(kind: str, thread: Thread) -> bool:
    """Tell whether number, gender and kind allow a pronoun to mean a thread."""
    if kind in {"he", "she"}:
        if thread.plural or not (thread.kind in {"person", "any"} or _may_be_person(thread)):
            return False
        return thread.gender is None or (thread.gender == "m") == (kind == "he")
    if kind == "it":
        return thread.kind not in {"person", "group"} and not thread.plural
    return thread.kind != "person" or not thread.named


def _may_be_person(thread: Thread) -> bool:
    """Tell whether a short name of uncertain kind may after all be a person's."""
    is_uncertain = thread.named and thread.kind in {"thing", "organization"}
    if not is_uncertain or len(thread.words) > 3:
        return False
    return not any(word in nominals().classes for word in thread.words)


class _Place:
    """Where a pronoun stands, and how candidates look from there."""

    def __init__(
        self,
        document: Document,
        speech: Speech,
        mention: Mention,
        kind: str,
        thread_of: dict[int, int],
    ) -> None:
        self._document = document
        self._kind = kind
        self._mention = mention
        self._token = document.tokens[mention.head]
        self._role = role_of(document, mention.head)
        self._chain = [each.index for each in _up(document, mention.head)]
        self._speech = speech
        self._quotation = speech.quotation_at(self._token)
        speaker = speech.speaker_at(self._token)
        self._speaker = thread_of.get(speaker) if speaker is not None else None
        self._is_poss = mention.noun in _POSSESSIVE and self._role == "G"
        self.standing = Standing(
            document, kind, self._token, self._role, tuple(self._chain), self._is_poss
        )
        self._is_source = mention.index in speech.sources

    def forbids(self, thread: Thread) -> bool:
        """Tell whether grammar rules a candidate out."""
        latest = self._document.tokens[thread.latest.head]
        if latest.sentence != self._token.sentence:
            return False
        if thread.latest.first <= self._mention.head < thread.latest.last:
            return True
        if self._is_poss or self._mention.noun in _REFLEXIVE:
            return False
        return any(self._are_clause_mates(each) for each in self._in_sentence(thread))

    def _in_sentence(self, thread: Thread) -> Iterator[Token]:
        """Yield the heads of a thread's last mentions in the pronoun's sentence."""
        for mention in reversed(thread.mentions[-_MATES:]):
            token = self._document.tokens[mention.head]
            if token.sentence != self._token.sentence:
                return
            yield token

    def _are_clause_mates(self, latest: Token) -> bool:
        """Tell whether both are arguments of one verb, so that a plain pronoun cannot corefer."""
        if latest.dep not in {"nsubj", "nsubjpass", "dobj", "dative"}:
            return False
        governor = self._document.head(self._token)
        if governor.pos == "ADP":
            governor = self._document.head(governor)
        if self._token.dep == "nsubj":
            if self._mention.noun not in _OBJECTIVE:
                return False
            governor = self._document.head(governor)  # `urged him to leave`
        if latest.dep in {"nsubj", "nsubjpass"}:  # `met Lavrov and urged him`: not who met
            governor = self._with_subject(governor)
        return latest.head == governor.index

    def _with_subject(self, verb: Token) -> Token:
        """Return the verb whose subject a coordinated verb or participle shares."""
        for _ in range(4):
            own = self._document.children(verb.index, "nsubj", "nsubjpass")
            participle = verb.dep == "advcl" and verb.tag == "VBG"
            if own or verb.pos != "VERB" or not (participle or verb.dep == "conj"):
                break
            verb = self._document.head(verb)
        return verb

    def subject_ahead(self, named: dict[int, Thread]) -> int | None:
        """Return the thread of the subject that follows a possessive in an opening phrase."""
        if not self._is_poss or not self._chain or self._quotation is not None:
            return None
        for child in self._document.children(self._chain[-1], "nsubj", "nsubjpass"):
            thread = named.get(child.index)
            if thread is not None and child.index > self._token.index:
                return thread.number if may_mean(self._kind, thread) else None
        return None

    def features(self, thread: Thread, rank: int) -> Iterator[str]:
        """Yield the features of one candidate."""
        kind, latest = self._kind, thread.latest
        token = self._document.tokens[latest.head]
        distance = self._token.sentence - token.sentence
        role = role_of(self._document, latest.head)
        yield f"{kind}:distance={min(distance, 5)}"
        yield f"{kind}:rank={min(rank, 5)}"
        yield f"role={role}:{min(distance, 2)}"
        yield f"roles={self._role}{role}:{min(distance, 2)}"
        yield f"form={latest.form}:{thread.named}"
        yield f"{kind}:kind={thread.kind}:{thread.named}"
        yield f"{kind}:{thread.kind}:plural={thread.plural}"
        if self._is_poss or self._role == "S":
            yield f"{kind}:{self._role}:{role}:{min(distance, 2)}"
        yield f"count={min(len(thread.mentions), 6)}"
        yield f"gender={thread.gender is not None}"
        yield from self._form_features(thread, distance)
        yield from self._sentence_features(thread, token, distance)
        yield from self._speech_features(thread, token)

    def _form_features(self, thread: Thread, distance: int) -> Iterator[str]:
        latest = thread.latest
        if latest.form == "pronoun":
            same = pronoun_class(latest) == self._kind
            yield f"same-pronoun={same}:{min(distance, 2)}"
            yield f"{self._kind}:same-pronoun={same}:{thread.kind}"
        elif latest.form == "nominal":
            yield f"{self._kind}:start={latest.start}"
        if latest.kind == "thing" and latest.plural is not None:
            yield f"{self._kind}:thing-plural={latest.plural}"

    def _sentence_features(self, thread: Thread, token: Token, distance: int) -> Iterator[str]:
        if distance == 0:
            subject_of = token.head if token.dep in {"nsubj", "nsubjpass"} else None
            if subject_of in self._chain:
                step = min(self._chain.index(subject_of), 3)
                yield f"commands={step}:{self._role}"
                yield f"{self._kind}:commands={thread.kind}"
            if token.index in self._chain:
                yield "inside-candidate"
        else:
            sentence = self._document.sentence_of(token.index)
            here = self._document.sentence_of(self._token.index)
            yield f"paragraph={min(here.paragraph - sentence.paragraph, 3)}:{min(distance, 2)}"
            if token.index - sentence.first < 4:
                yield f"begins-sentence:{min(distance, 2)}"
        if self._token.index - self._document.sentence_of(self._token.index).first < 3:
            yield f"{self._kind}:I-begin:{min(distance, 2)}"

    def _speech_features(self, thread: Thread, token: Token) -> Iterator[str]:
        quoted = self._speech.quotation_at(token)
        if self._quotation is not None:
            yield f"in-quotation:same={quoted == self._quotation}:{quoted is not None}"
            if self._speaker == thread.number:
                yield "in-quotation:speaker"
        elif quoted is not None:
            yield "candidate-in-quotation"
        elif self._speaker == thread.number:
            yield f"{self._kind}:reported:speaker"
        if self._is_source:
            yield f"source:{thread.latest.index in self._speech.sources}:{thread.kind}"

    def nobody(self, rivals: int) -> list[str]:
        """Return the features of there being no antecedent."""
        kind = self._kind
        return [
            f"nobody:{kind}",
            f"nobody:{kind}:{self._role}",
            f"nobody:{kind}:quoted={self._quotation is not None}",
            f"nobody:rivals={min(rivals, 3)}",
        ]


def _up(document: Document, index: int, steps: int = 8) -> Iterator[Token]:
    return islice(document.ancestors(index), steps)


@lru_cache(maxsize=1)
def trained_weights() -> dict[str, float]:
    """Load the weights of the ranker."""
    text = (FOLDER / "coreference.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
