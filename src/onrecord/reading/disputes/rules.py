"""Rules that tell whether one statement goes against another.

Each rule looks at two statements and returns what it found or None. Precision comes before recall:
a false contradiction between two governments is worse than a missed one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.disputes.implied import IMPLIED, judged_reach, presuppose
from onrecord.reading.disputes.matter import Matter, MatterReader, is_same_side, stem
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import Clause, is_negated
from onrecord.reading.statements.nested import CALLING
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

_POINTING = frozenset({"this", "that", "these", "those", "such", "the", "any", "all", "both"})
_PRONOUNS = frozenset({"it", "this", "that", "them", "which", "these", "those", "so", "all"})
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules share: the document, its actors, how common each stem is, and the reader."""

    document: Document
    actors: Mapping[str, Actor]
    commonness: Mapping[str, int]
    reader: MatterReader

    def weight(self, word: str) -> float:
        """Return 1 for a stem of few statements, less for the article's topic words."""
        return 1.0 if self.commonness.get(word, 0) <= 4 else 0.5


@dataclass(frozen=True, slots=True)
class Clash:
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
    return against and _claim_noun(setting.document, answer) is not None


def verdict(document: Document, answer: Matter) -> Token | None:
    """Return the claim of which a statement says that it is false: `the report is a hoax`."""
    lexicon = load_reporting()
    for index in answer.content[:40]:
        word = document.tokens[index]
        false = lexicon.is_a("falsity", word.lemma)
        untrue = lexicon.is_a("truth", word.lemma) and is_negated(document, document.head(word))
        if not false and not untrue:
            continue
        noun = document.head(word)
        is_subject = noun.dep in _SUBJECTS and document.head(noun).index in answer.content
        if false and word.dep == "amod" and is_subject and _points_back(document, noun):
            return noun
        above = document.head(word) if word.dep in {"acomp", "attr", "oprd", "amod"} else word
        if false and above.index in answer.cue:
            return next(iter(document.children(above.index, "dobj")), None)
        if word.dep == "amod":
            called = any(document.tokens[each].lemma in CALLING for each in answer.cue)
            if false and _is_claim_noun(noun) and (called or noun.dep in {"attr", "oprd"}):
                return noun
            continue
        subjects = document.children(above.index, "nsubj", "nsubjpass")
        pointing = (each for each in subjects if _is_claim_noun(each) or each.lower in _PRONOUNS)
        if (found := next(pointing, None)) is not None:
            return found
    return None


def absent(document: Document, answer: Matter) -> tuple[int, int] | None:
    """Return what there is said to be no evidence of: `found no evidence of fraud`."""
    lexicon = load_reporting()
    for index in answer.content[:60]:
        word = document.tokens[index]
        missing = lexicon.is_a("evidence", word.lemma) and _is_none(document, word)
        unaware = word.lower == "aware" and is_negated(document, document.head(word))
        if word.lower != "nothing" and not missing and not unaware:
            continue
        told = _evidenced(document, word)
        if told is not None and told[0] in answer.content:
            return told
    return None


def _is_clause(document: Document, reach: tuple[int, int]) -> bool:
    return any(each.dep in _SUBJECTS for each in document.tokens[reach[0] : reach[1]])


def _is_none(document: Document, noun: Token) -> bool:
    if noun.pos != "NOUN":
        return False
    if any(each.lower == "no" for each in document.children(noun.index, "det")):
        return True
    verb = document.head(noun)
    return (
        noun.dep == "dobj" and verb.lemma in {"find", "see", "have"} and is_negated(document, verb)
    )


def _evidenced(document: Document, word: Token) -> tuple[int, int] | None:
    """Return what evidence is of: `of fraud`, `that he knew`, `to suggest collusion`."""
    lexicon = load_reporting()
    for below in document.children(word.index):
        if below.index < word.index:
            continue
        if below.dep == "prep" and below.lower in {"of", "for", "to", "in"}:
            inside = document.children(below.index, "pobj", "pcomp")
        elif below.pos == "VERB" and lexicon.is_a("indicating", below.lemma):
            inside = document.children(below.index, "dobj", "ccomp")
        else:
            inside = (below,) if below.dep in {"acl", "ccomp"} else ()
        if inside:
            return document.subtree(inside[0].index)
    return None


def _is_claim_noun(token: Token) -> bool:
    return token.pos == "NOUN" and load_reporting().is_a("claim_nouns", token.lemma)


def _claim_noun(document: Document, answer: Matter) -> Token | None:
    """Return a noun of the content that points back to what somebody said."""
    for index in answer.content[:12]:
        token = document.tokens[index]
        if token.pos == "NOUN" and load_reporting().is_a("claim_nouns", token.lemma):
            return token
    return None


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
    anaphor = _anaphor(setting.document, answer)
    told = _what_is_denied(setting.document, answer)
    if told:
        confidence = _same_matter(setting, claim, answer, shared, told)
    else:
        pointed = anaphor is not None or _pleads(setting.document, answer)
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
    if _pleads(setting.document, answer):
        charged = any(setting.document.tokens[index].lemma in _CHARGES for index in claim.cue)
        return 0.75 - 0.03 * abs(gap) if charged and abs(gap) <= 4 else 0.0
    if _points_at_last(setting.document, answer):
        told = claim.statement.act != "opine" and claim.statement.found_by != IMPLIED
        return 0.7 if told and gap == 1 else 0.0
    accuses = claim.statement.act == "accuse" and not _points_at_idea(setting.document, answer)
    if not _is_linked(setting, claim, answer):
        return 0.55 - 0.02 * gap if accuses and gap <= 1 else 0.0
    if accuses:
        return 0.75 - 0.012 * gap
    return 0.6 - 0.03 * gap if gap <= 3 and claim.statement.act in REPORTS else 0.0


def _points_at_idea(document: Document, answer: Matter) -> bool:
    """Tell whether what is denied is an idea of somebody's, not what somebody is accused of."""
    anaphor = _anaphor(document, answer)
    return anaphor is not None and load_reporting().is_a("open_nouns", anaphor.lemma)


def _points_at_last(document: Document, answer: Matter) -> bool:
    """Tell whether what is denied is what was said just before: `that assertion`, `this claim`."""
    anaphor = _anaphor(document, answer)
    if anaphor is None or anaphor.tag != "NN":
        return False
    return any(each.lower in {"this", "that"} for each in document.children(anaphor.index, "det"))


def _what_is_denied(document: Document, answer: Matter) -> list[str]:
    """Return the stems that name the matter, not the verdict; none where a claim is pointed at.

    Of `these claims are false and the voters know it` only what belongs to `these claims` counts.
    """
    if _pleads(document, answer):
        return []
    judged = verdict(document, answer)
    if judged is None:
        first, last = absent(document, answer) or (0, len(document.tokens))
        return [word for word, index in answer.stems.items() if first <= index < last]
    reach = judged_reach(document, judged) or (judged.index, judged.index)
    near = {each.index for each in document.children(judged.index, "compound", "amod", "nmod")}
    lexicon = load_reporting()
    return [
        word
        for word, index in answer.stems.items()
        if (reach[0] <= index < reach[1] or index in near)
        and not lexicon.is_a("falsity", document.tokens[index].lemma)
    ]


def _pleads(document: Document, answer: Matter) -> bool:
    """Tell whether it is a plea: only a charge is answered by one."""
    return any(document.tokens[index].lemma == "plead" for index in answer.cue)


def _may_be_denied(setting: Setting, claim: Matter, answer: Matter) -> bool:
    statement = claim.statement
    if is_same_side(claim, answer, setting.actors):
        return False
    if statement.act in _NO_CLAIMS or _is_open(setting.document, claim):
        return False
    if claim.is_negated and not _points_at_last(setting.document, answer):
        return False
    if set(claim.content) & {*answer.content, *answer.cue}:
        return False
    gap = answer.sentence - claim.sentence
    return (-2 if _pleads(setting.document, answer) else 0) <= gap <= MAX_DENIAL_GAP


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
    ours = {_government(setting.actors[each]) for each in speakers} - {None}
    return bool(ours & {_government(setting.actors[each]) for each in claim.about})


def _is_named_in(setting: Setting, actor: str, claim: Matter) -> bool:
    """Tell whether a claim names an actor anywhere: `Lund’s aides had colluded`."""
    inside = frozenset(claim.content)
    return any(
        index in inside
        for span in setting.actors[actor].mentions
        for index in setting.document.tokens_in(span.start, span.end)
    )


def _government(actor: Actor) -> str | None:
    return actor.country if actor.sector == "GOV" else None


def _anaphor(document: Document, answer: Matter) -> Token | None:
    """Return the word of the answer that points back: `such guarantees`, `the claim`, `it`."""
    words = [document.tokens[index] for index in answer.content if document.tokens[index].is_word]
    is_short = 1 <= len(words) <= 2 and words[-1].pos != "NOUN"
    if is_short and words[0].lower in _PRONOUNS:
        return words[0]
    for word in words[:12]:
        if word.pos == "NOUN" and _points_back(document, word):
            return word
    return None


def _points_back(document: Document, noun: Token) -> bool:
    """Tell whether a noun stands for what was said before: `such activity`, `the allegations`."""
    lexicon = load_reporting()
    around = document.children(noun.index, "det", "amod", "poss", "predet")
    words = {each.lower for each in around}
    if "such" in words or lexicon.is_a("blanket", noun.lemma):
        return True
    is_claim = lexicon.is_a("claim_nouns", noun.lemma)
    return is_claim and (bool(words & _POINTING) or (noun.tag == "NNS" and "false" not in words))


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
