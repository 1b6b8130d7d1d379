"""Rules that tell whether one statement goes against another.

Each rule looks at two statements and returns what it found or None. Precision comes before recall:
a false contradiction between two governments is worse than a missed one.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.disputes.implied import IMPLIED, presuppose
from onrecord.reading.disputes.matter import (
    Matter,
    MatterReader,
    government_of,
    is_same_side,
    stem,
)
from onrecord.reading.disputes.wording import (
    absent,
    anaphor_of,
    claim_noun,
    pleads,
    points_at_idea,
    points_at_last,
    verdict,
    what_is_denied,
)
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import Clause, is_negated
from onrecord.record import Actor, DisputeKind

__all__ = [
    "REPORTS",
    "Clash",
    "Setting",
    "contradict",
    "deny_earlier",
    "deny_nested",
    "deny_presupposed",
    "is_denial",
]

_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "agent", "dative")
_NO_CLAIMS = frozenset(
    {"deny", "ask", "demand", "request", "expect", "praise", "agree", "reject", "offer"}
)
_HAPPENING = frozenset({"be", "'s", "occur", "happen", "exist", "take", "arise", "hold"})
_OPEN_VERBS = frozenset(
    {"ask", "investigate", "examine", "probe", "look", "review", "explore", "determine", "inquire"}
)
_OPENING = frozenset({"whether", "if"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CHARGES = frozenset({"charge", "indictment", "count", "indict", "complaint"})
REPORTS = frozenset({"state", "confirm", "warn"})
_CONVERSE = frozenset({"send", "sell"})
MAX_DENIAL_GAP = 20
"""Sentences between a claim and its denial."""
LEAST = 0.5
"""Likelihood from which a claim is taken for what a denial goes against."""


class Setting(Struct, frozen=True):
    """What the rules share: the document, its actors, how common each stem is, and the reader."""

    document: Document
    actors: Mapping[str, Actor]
    commonness: Mapping[str, int]
    reader: MatterReader

    def weight(self, word: str) -> float:
        """Return 1 for a stem of few statements, less for the article's topic words."""
        return 1.0 if self.commonness.get(word, 0) <= 4 else 0.5


class Clash(Struct, frozen=True):
    """Two statements at odds.

    Attributes:
        claim: What is disputed.
        answer: What goes against it.
        kind: How.
        topic: Token range of the words that name the matter.
        confidence: Probability that they are at odds.
        found_by: The rule.
        shared: Words of the claim that the answer takes up.
    """

    claim: Matter
    answer: Matter
    kind: DisputeKind
    topic: tuple[int, int]
    confidence: float
    found_by: str
    shared: tuple[str, ...] = ()


def is_denial(setting: Setting, answer: Matter) -> bool:
    """Tell whether a statement denies something, or rejects a claim."""
    if answer.statement.act == "deny":
        return True
    if verdict(setting.document, answer) is not None or absent(setting.document, answer):
        return True
    if answer.statement.act not in {"reject", "accuse", "state"}:
        return False
    words = (setting.document.tokens[index] for index in answer.cue)
    lemmas = [word.lemma for word in words]
    against = any(load_reporting().is_a("contradicting", each) for each in lemmas)
    against = against or {"push", "back"} <= set(lemmas)
    return against and claim_noun(setting.document, answer) is not None


def _is_clause(document: Document, reach: tuple[int, int]) -> bool:
    return any(each.dep in _SUBJECTS for each in document.tokens[reach[0] : reach[1]])


def deny_nested(setting: Setting, claim: Matter, answer: Matter) -> Clash | None:
    """Find a claim told inside the words that go against it.

    `The shortage that the mill was claiming did not exist`; `flies in the face of Putin's
    claims to be acting in their interest`.
    """
    if not claim.cue or claim.statement.within != answer.statement.id:
        return None
    if is_same_side(claim, answer, setting.actors) or _is_open(setting.document, claim):
        return None
    against = _what_is_against(setting, claim, answer)
    if against is None:
        return None
    topic = _topic_of_content(setting.document, claim)
    return Clash(claim, answer, "denial", topic, 0.85, f"nested:{against}")


def _what_is_against(setting: Setting, claim: Matter, answer: Matter) -> str | None:
    """Return what in the answer governs the claim and goes against it, or None."""
    document = setting.document
    cue = document.tokens[claim.cue[0]]
    governed = cue
    for above in document.ancestors(cue.index):
        if above.index in claim.cue:
            continue
        found = _contradicts(document, above, governed, answer)
        if found is not None:
            return found
        if above.index in answer.cue or above.sentence != cue.sentence:
            return None
        if above.pos in {"VERB", "AUX"} and above.dep not in {"relcl", "acl"}:
            return _negated_subject(document, above, governed)
        governed = above
    return None


def _contradicts(document: Document, above: Token, governed: Token, answer: Matter) -> str | None:
    lexicon = load_reporting()
    if governed.lemma == "argument":  # a court turns down what is argued before it
        return None
    is_told = lexicon.is_a("claim_nouns", governed.lemma) and governed.pos == "NOUN"
    name = "deny_verbs" if above.index in answer.cue and not is_told else "contradicting"
    is_claim = governed.dep in {"dobj", "nsubjpass", "pobj"}
    if above.pos == "VERB" and lexicon.is_a(name, above.lemma) and is_claim:
        is_only_meant = above.index not in answer.cue and above.tag in {"VB", "VBG"}
        return None if is_only_meant or is_negated(document, above) else above.lemma
    for child in document.children(above.index, "prep"):
        phrase = f"{above.lemma} {child.lower}"
        if child.index == governed.index and lexicon.is_a("contradicting_phrases", phrase):
            return phrase
    return None


def _negated_subject(document: Document, verb: Token, governed: Token) -> str | None:
    """Tell whether the verb denies of the claimed thing that it is or happens."""
    is_subject = governed.dep in {"nsubj", "nsubjpass"} and governed.head == verb.index
    if not is_subject or verb.lemma not in _HAPPENING:
        return None
    return "negation" if is_negated(document, verb) else None


def deny_earlier(setting: Setting, claim: Matter, answer: Matter) -> Clash | None:
    """Find the claim that a denial answers, sentences apart.

    It counts how much of what is denied the claim tells, whether it is about those who deny, and
    whether it accuses; of two alike the nearer one wins.
    """
    if not _may_be_denied(setting, claim, answer):
        return None
    shared = tuple(
        word
        for word in answer.stems
        if word in claim.stems and not _is_in_question(setting.document, claim.stems[word])
    )
    anaphor = anaphor_of(setting.document, answer)
    told = what_is_denied(setting.document, answer)
    if told:
        confidence = _same_matter(setting, claim, answer, shared, told)
    else:
        pointed = anaphor is not None or pleads(setting.document, answer)
        confidence = _pointed_at(setting, claim, answer) if pointed else 0.0
    if confidence < LEAST:
        return None
    if shared:
        topic = phrase_at(setting.document, answer.stems[shared[0]])
    else:
        topic = phrase_at(setting.document, anaphor.index if anaphor else answer.content[0])
    words = tuple(setting.document.tokens[claim.stems[word]].text for word in shared)
    found_by = "same matter" if told else "anaphor"
    return Clash(claim, answer, "denial", topic, round(confidence, 3), found_by, words)


def deny_presupposed(setting: Setting, answer: Matter) -> Clash | None:
    """Make a claim of what a denial itself tells, where nothing earlier tells it."""
    judged = verdict(setting.document, answer)
    if judged is not None and judged.lemma == "denial":
        return None
    reach = absent(setting.document, answer)
    if reach is not None and _is_clause(setting.document, reach):
        return None
    if answer.statement.act != "deny" and judged is None and reach is None:
        return None
    told = presuppose(setting.document, answer, judged, reach, f"p-{answer.statement.id}")
    if told is None:
        return None
    claim = setting.reader.read(told)
    topic = (claim.content[0], claim.content[-1] + 1)
    return Clash(claim, answer, "denial", topic, 0.6, "presupposed")


def _same_matter(
    setting: Setting, claim: Matter, answer: Matter, shared: Sequence[str], told: Sequence[str]
) -> float:
    """Return how likely a claim is what a denial in so many words goes against."""
    deed = _main_word(setting.document, answer, told)
    weights = {word: 2.5 if word == deed else setting.weight(word) for word in told}
    weight = sum(weights[word] for word in told if word in shared)
    covered = weight / sum(weights.values())
    linked = _is_linked(setting, claim, answer)
    least = 0.3 if deed in shared else 0.65
    if covered < least or (len(shared) < 2 and not linked):
        return 0.0
    accuses = claim.statement.act == "accuse"
    gap = answer.sentence - claim.sentence
    return 0.35 + 0.35 * covered + 0.15 * linked + 0.1 * accuses - 0.012 * gap


def _main_word(document: Document, answer: Matter, told: Sequence[str]) -> str:
    """Return the stem of the deed that is denied: the word that governs the others."""
    above = {word: sum(1 for _ in document.ancestors(answer.stems[word])) for word in told}
    return min(told, key=lambda word: above[word])


def _pointed_at(setting: Setting, claim: Matter, answer: Matter) -> float:
    """Return how likely a claim is what `the allegations`, `it` or `any wrongdoing` mean."""
    gap = answer.sentence - claim.sentence
    if pleads(setting.document, answer):
        charged = any(setting.document.tokens[index].lemma in _CHARGES for index in claim.cue)
        return 0.75 - 0.03 * abs(gap) if charged and abs(gap) <= 4 else 0.0
    if points_at_last(setting.document, answer):
        told = claim.statement.act != "opine" and claim.statement.found_by != IMPLIED
        return 0.7 if told and gap == 1 else 0.0
    accuses = claim.statement.act == "accuse" and not points_at_idea(setting.document, answer)
    if not _is_linked(setting, claim, answer):
        return 0.55 - 0.02 * gap if accuses and gap <= 1 else 0.0
    if accuses:
        return 0.75 - 0.012 * gap
    return 0.6 - 0.03 * gap if gap <= 3 and claim.statement.act in REPORTS else 0.0


def _may_be_denied(setting: Setting, claim: Matter, answer: Matter) -> bool:
    statement = claim.statement
    if is_same_side(claim, answer, setting.actors):
        return False
    if statement.act in _NO_CLAIMS or _is_open(setting.document, claim):
        return False
    if claim.is_negated and not points_at_last(setting.document, answer):
        return False
    if set(claim.content) & {*answer.content, *answer.cue}:
        return False
    gap = answer.sentence - claim.sentence
    return (-2 if pleads(setting.document, answer) else 0) <= gap <= MAX_DENIAL_GAP


def _is_open(document: Document, claim: Matter) -> bool:
    """Tell whether it is left open what holds: `asked if`, `is investigating whether`."""
    if any(document.tokens[index].lower in _OPENING for index in claim.content[:1]):
        return True
    verbs = [clause.verb.lemma for clause in claim.clauses[:1]]
    verbs.extend(document.tokens[index].lemma for index in claim.cue)
    return bool(_OPEN_VERBS & set(verbs))


def _is_in_question(document: Document, index: int) -> bool:
    """Tell whether a word stands in a clause with `whether`."""
    for above in (document.tokens[index], *document.ancestors(index)):
        marks = document.children(above.index, "mark")
        if any(mark.lower in _OPENING for mark in marks):
            return True
    return False


def _is_linked(setting: Setting, claim: Matter, answer: Matter) -> bool:
    """Tell whether the claim is about those who answer, their government, or whom they speak of."""
    speakers = frozenset(answer.statement.speakers)
    if claim.about & (speakers | answer.about) or claim.about_countries & answer.countries:
        return True
    if any(_is_named_in(setting, each, claim) for each in speakers):
        return True
    ours = {government_of(setting.actors[each]) for each in speakers} - {None}
    return bool(ours & {government_of(setting.actors[each]) for each in claim.about})


def _is_named_in(setting: Setting, actor: str, claim: Matter) -> bool:
    """Tell whether a claim names an actor anywhere: `Lund’s aides had colluded`."""
    inside = frozenset(claim.content)
    return any(
        index in inside
        for span in setting.actors[actor].mentions
        for index in setting.document.tokens_in(span.start, span.end)
    )


def contradict(setting: Setting, claim: Matter, answer: Matter) -> Clash | None:
    """Find two statements of fact of which only one can hold, without a word of denial.

    `had received a written reply from Russia` and `Russia had not yet sent its reply`.
    """
    if not claim.countries or not answer.countries or claim.countries & answer.countries:
        return None
    if answer.statement.within or claim.statement.within:
        return None
    for ours in answer.clauses[:2]:
        for theirs in claim.clauses[:2]:
            if _are_opposite(theirs, ours) and (
                shared := _shared_arguments(setting, claim, theirs, answer, ours)
            ):
                topic = phrase_at(setting.document, answer.stems[shared[0]])
                words = tuple(setting.document.tokens[claim.stems[each]].text for each in shared)
                return Clash(claim, answer, "contradiction", topic, 0.6, "opposite", words)
    return None


def _are_opposite(theirs: Clause, ours: Clause) -> bool:
    """Tell whether two clauses tell of one deed with opposite signs."""
    if theirs.modal or ours.modal or theirs.is_conditional or ours.is_conditional:
        return False
    words = stem(theirs.verb.lemma), stem(ours.verb.lemma)
    lexicon = load_reporting()
    if theirs.verb.pos != "VERB" or lexicon.is_a("general", theirs.verb.lemma):
        return False
    if words[0] == words[1]:
        return theirs.negated != ours.negated
    return frozenset(words) in lexicon.antonyms and theirs.negated == ours.negated


def _shared_arguments(
    setting: Setting, claim: Matter, theirs: Clause, answer: Matter, ours: Clause
) -> tuple[str, ...]:
    """Return the stems of the arguments that two clauses share, if they tell of one matter."""
    left = _argument_stems(setting.document, claim, theirs)
    right = _argument_stems(setting.document, answer, ours)
    verb = stem(ours.verb.lemma)
    shared = tuple(word for word in right if word in left and word != verb)
    linked = (claim.about_countries | claim.countries) & (answer.about_countries | answer.countries)
    same_deed = verb in _CONVERSE or _subject_stem(theirs) == _subject_stem(ours)
    return shared if shared and len(linked) >= 1 and same_deed else ()


def _subject_stem(clause: Clause) -> str | None:
    return stem(clause.subject.lemma) if clause.subject is not None else None


def _argument_stems(document: Document, matter: Matter, clause: Clause) -> set[str]:
    first, last = document.subtree(clause.verb.index)
    inside = {document.tokens[index].index for index in range(first, last)}
    return {
        word
        for word, index in matter.stems.items()
        if index in inside and document.tokens[index].pos == "NOUN"
        and any(above.index == clause.verb.index for above in _near(document, index))
    }  # fmt: skip


def _near(document: Document, index: int) -> Iterator[Token]:
    """Yield the governors of a noun up to its verb."""
    for above in document.ancestors(index):
        yield above
        if above.pos == "VERB":
            return


def phrase_at(document: Document, index: int) -> tuple[int, int]:
    """Return the token range of the noun phrase around a token."""
    token = document.tokens[index]
    if not token.tag.startswith("NN"):
        return index, index + 1
    first = index
    while first > 0 and _is_before_noun(document.tokens[first - 1], first, index):
        first -= 1
    return first, index + 1


def _is_before_noun(token: Token, first: int, index: int) -> bool:
    if not token.is_word:
        return token.text == "-" and first <= token.head + 2
    return first <= token.head <= index


def _topic_of_content(document: Document, claim: Matter) -> tuple[int, int]:
    """Return the first unbroken stretch of a claim's content."""
    span = claim.statement.content[0]
    inside = document.tokens_in(span.start, span.end)
    return (inside[0], inside[-1] + 1) if inside else (claim.cue[0], claim.cue[0] + 1)
