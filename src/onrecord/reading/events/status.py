"""Whether what a clause tells happened, goes on, is planned, demanded, feared or denied."""

from collections.abc import Iterator

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Document, Token
from onrecord.reading.events.doubts import (
    NEVER,
    has_particle,
    has_to,
    is_claim,
    is_denied,
    is_doubted,
    is_feared,
    is_negated,
    is_only_feared,
    mood_words,
)
from onrecord.record import EventStatus

__all__ = ["find_status"]

_CLIMBED = 8
"""Governors looked at: further up nothing in the parse still bears on the event."""

_IF = frozenset({"if", "unless", "whether", "lest", "until", "provided"})
_FUTURE = frozenset({"will", "'ll", "shall", "wo"})
_DUTY = frozenset({"must", "should", "ought"})
_WOULD = frozenset({"would", "'d"})
_MAYBE = frozenset({"would", "could", "may", "might", "can", "'d", "ca"})
_OPEN_PREPOSITIONS = frozenset({"of", "for", "about", "against", "to", "toward", "towards", "into"})
_CALLED = frozenset({"on", "upon", "for"})
_DENIABLE = frozenset({None, "planned", "hypothetical", "claimed"})
_FRONTED = frozenset({"should", "had", "were"})
_ALMOST = frozenset({"nearly", "almost"})
_DOUBTED = frozenset({None, "planned"})
_HAS = frozenset({"has", "have", "'s", "'ve"})
_WHEN = frozenset({"on", "during", "at", "in"})
_LATER = frozenset({"later", "soon", "tomorrow", "shortly", "next"})
_REGULARLY = frozenset({"regularly", "routinely", "often", "frequently", "repeatedly", "daily"})
_ALLEGED = frozenset({"alleged", "reported", "purported", "claimed"})
_GOING = frozenset({"travel", "go", "come", "fly", "arrive", "gather", "return", "call", "meet"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "'s"})

_NOT_DONE = (("rule", "out"), ("have", "yet"))
"""Verbs with the particle with which they deny: `ruled out sending`, `has yet to send`."""

_GOVERNORS: tuple[tuple[str, EventStatus], ...] = (
    ("FEARING", "hypothetical"),
    ("DEMANDING", "demanded"),
    ("INTENDING", "planned"),
    ("DENYING", "denied"),
    ("BEGINNING", "ongoing"),
)


def find_status(document: Document, trigger: Token) -> EventStatus:
    """Tell the status of the event that a verb or noun reports, statements around it left out.

    The trigger's own words speak first, then what governs it, nearest first; the first that is
    not neutral decides.
    """
    if _is_asked(document, trigger):
        return "hypothetical"
    status = _own(document, trigger)
    for below, governor in _governors(document, trigger):
        if status in _DENIABLE and is_denied(below, governor):
            return "denied"
        if status == "planned" and is_only_feared(document, below, governor):
            return "hypothetical"
        if status in _DOUBTED and is_doubted(document, below, governor):
            return "hypothetical" if status == "planned" else "denied"
        status = status or _from_governor(document, below, governor)
    occasion = status or _of_occasion(document, trigger) or _of_condition(document, trigger)
    return occasion or _tense(document, trigger)


def _of_occasion(document: Document, noun: Token) -> EventStatus | None:
    """Recognise an occasion on which somebody will do something: `will speak during a visit`."""
    when = document.head(noun)
    if noun.dep != "pobj" or when.lower not in _WHEN:
        return None
    if not any(noun.lemma in word_class(name) for name in ("MEETING", "VISIT", "CALL")):
        return None
    verb = document.head(when)
    above = document.head(verb)
    passive = document.children(above.index, "auxpass")
    was_meant = verb.dep == "xcomp" and above.tag in {"VBD", "VBN"} and not passive
    if verb.pos != "VERB" or was_meant or find_status(document, verb) != "planned":
        return None
    return "planned"


def _of_condition(document: Document, noun: Token) -> EventStatus | None:
    """Recognise what somebody is still under: `is under siege`, `has been under sanctions`."""
    above = document.head(noun)
    verb = document.head(above)
    if noun.dep != "pobj" or above.lower != "under" or verb.lemma != "be":
        return None
    perfect = any(each.lower in _HAS for each in document.children(verb.index, "aux"))
    return "ongoing" if perfect or verb.tag in {"VBZ", "VBP"} else None


def _is_asked(document: Document, trigger: Token) -> bool:
    """Tell whether the trigger stands in a question, and not before one that somebody quotes."""
    last = document.sentence_of(trigger.index).last
    after = document.tokens[trigger.index + 1 : last]
    asks = any(token.text == "?" for token in document.tokens[max(last - 2, 0) : last])
    return asks and not any(token.text in {"“", "``"} or token.tag == "``" for token in after)


def _governors(document: Document, trigger: Token) -> Iterator[tuple[Token, Token]]:
    """Yield what governs the trigger, each with the word it governs, while it still bears on it."""
    below = trigger
    for _ in range(_CLIMBED):
        head = document.head(below)
        if head.index == below.index or not _bears_on(document, below, head):
            return
        yield below, head
        below = head


def _bears_on(document: Document, below: Token, head: Token) -> bool:
    """Tell whether a governor says anything about the reality of what it governs.

    What somebody takes revenge or apologizes for took place.
    """
    if below.dep == "pobj":
        known = head.lower in {"for", "to"} and _is_definite(document, below)
        answered = known and document.head(head).lemma in word_class("ANSWERING")
        return head.lower in _OPEN_PREPOSITIONS and not answered
    if below.dep in {"nsubj", "nsubjpass"}:
        happens = head.lemma in word_class("HAPPENING")
        return happens or not _is_definite(document, below) or _is_unsure(document, head)
    if below.dep in {"acl", "advcl", "relcl", "ccomp", "xcomp"}:
        return _clause_bears_on(document, below, head)
    if below.dep == "dobj" and head.pos == "VERB":
        return not _is_known(document, below, head)
    return below.dep in {"prep", "pcomp", "dobj", "conj", "attr", "acomp", "compound", "agent"}


def _clause_bears_on(document: Document, below: Token, head: Token) -> bool:
    if below.dep in {"acl", "advcl", "relcl"}:
        excluded = has_particle(document, head, "rule", "out") and below.tag == "VBG"
        known = excluded or has_to(document, below) or is_claim(document, below, head)
        return known or is_doubted(document, below, head) or is_feared(document, below, head)
    told = head.lemma not in word_class("SAY") or below.dep == "xcomp"
    return told or is_doubted(document, below, head)


def _is_known(document: Document, thing: Token, verb: Token) -> bool:
    """Tell whether a verb takes its object for known: `refused to condemn the invasion`."""
    if not _is_definite(document, thing) or thing.pos == "VERB":
        return False
    makes = verb.lemma in word_class("LIGHT") | word_class("PLANNING")
    return not makes and _lexical(document, verb) is None


def _own(document: Document, token: Token) -> EventStatus | None:
    """Read the status off the words directly under the trigger."""
    if token.pos in {"NOUN", "PROPN"}:
        return _of_noun(document.children(token.index))
    words = mood_words(document, token)
    unwilling = token.pos == "ADJ" and is_negated(document, token)
    if unwilling or _acts_on_nobody(document, token):
        return "denied"
    if _is_subjunctive(document, token):
        return "demanded"
    if words & _WOULD and not words & (NEVER | _IF) and _is_own_future(document, token):
        return "planned"
    return _inverted(document, token) or _of_words(words) or _infinitive(document, token)


def _is_subjunctive(document: Document, verb: Token) -> bool:
    """Recognise what somebody asks for in so many words: `suggested that he make a visit`."""
    asks = document.head(verb).lemma in word_class("DEMANDING")
    bare = verb.tag == "VB" or (verb.tag == "VBP" and _has_singular_subject(document, verb))
    if not asks or not bare or verb.dep not in {"ccomp", "acl"}:
        return False
    return not document.children(verb.index, "aux")


def _has_singular_subject(document: Document, verb: Token) -> bool:
    """Tell a subjunctive from a present: `that he make` is none."""
    subject = document.children(verb.index, "nsubj")
    is_one = bool(subject) and (
        subject[0].lower in {"he", "she", "it"} or subject[0].tag in {"NN", "NNP"}
    )
    return is_one and not document.children(subject[0].index, "conj")


def _acts_on_nobody(document: Document, verb: Token) -> bool:
    """Recognise a negation in the object: `threatened no one`."""
    for each in document.children(verb.index, "dobj", "nsubj", "nsubjpass"):
        before = document.children(each.index, "det", "preconj", "cc")
        negated = any(low.lower in {"no", "neither"} for low in before)
        if negated or each.lower in {"nobody", "nothing", "none"}:
            return True
    return False


def _is_own_future(document: Document, verb: Token) -> bool:
    """Recognise the future in reported speech: `said it would withdraw`."""
    head = document.head(verb)
    subject = document.children(verb.index, "nsubj", "nsubjpass")
    if verb.dep != "ccomp" or head.lemma not in word_class("SAY") or not subject:
        return False
    conditions = document.children(verb.index, "advcl")
    return subject[0].pos == "PRON" and not any(
        _of_words(mood_words(document, c)) for c in conditions
    )


def _of_noun(below: tuple[Token, ...]) -> EventStatus | None:
    before = [each for each in below if each.dep in {"amod", "compound", "det", "nmod"}]
    lemmas = {word for each in before for word in (each.lemma, each.lower)}
    if lemmas & _ALLEGED:
        return "claimed"
    if lemmas & word_class("MAYBE"):
        return "hypothetical"
    if lemmas & word_class("COMING"):
        return "planned"
    if "no" in lemmas:
        return "denied"
    return "ongoing" if lemmas & word_class("CURRENT") else None


def _of_words(words: set[str]) -> EventStatus | None:
    if words & _IF:
        return "hypothetical"
    if words & NEVER:
        return "denied"
    if words & _FUTURE:
        return "planned"
    if words & _DUTY:
        return "demanded"
    return "hypothetical" if words & (_MAYBE | _ALMOST) else None


def _inverted(document: Document, token: Token) -> EventStatus | None:
    """Recognise `should a war begin` and `had they attacked`: an auxiliary before the subject."""
    subject = document.children(token.index, "nsubj", "nsubjpass")
    auxiliary = document.children(token.index, "aux")
    if token.dep not in {"advcl", "ccomp"} or not subject:
        return None
    if _fronted(document, subject[0]):
        return "hypothetical"
    if not auxiliary:
        return None
    first = auxiliary[0]
    if first.lower not in _FRONTED or first.index > subject[0].index:
        return None
    return "hypothetical"


def _fronted(document: Document, subject: Token) -> bool:
    """Tell whether an auxiliary stands before a subject that the parser gave to another verb."""
    first = document.subtree(subject.index)[0]
    before = document.tokens[first - 1] if first else None
    return before is not None and before.lower in _FRONTED and before.dep == "aux"


def _infinitive(document: Document, token: Token) -> EventStatus | None:
    """Read an infinitive that nothing governs more closely: `Blinken to meet Lavrov`."""
    if not has_to(document, token):
        return None
    head = document.head(token)
    if token.dep == "xcomp" and head.lemma in word_class("FACTIVE"):
        return None
    if head.lemma in _GOING and head.tag in {"VBD", "VBN"}:
        went = _of_words(mood_words(document, head)) is None
        if went and not has_to(document, head):
            return None  # who travelled to meet somebody met
    open_above = _is_open(document, head) and head.lemma not in word_class("DEMANDING")
    return "hypothetical" if open_above else _lexical(document, head) or "planned"


def _is_open(document: Document, governor: Token) -> bool:
    """Tell whether what governs an infinitive is itself only possible: `may be reluctant to`."""
    verb = governor
    if governor.pos in {"ADJ", "NOUN"} and governor.dep in {
        "acomp",
        "attr",
        "oprd",
        "dobj",
        "ccomp",
    }:
        verb = document.head(governor)
    if any(low.lower == "any" for low in document.children(governor.index, "det")):
        return True
    words = mood_words(document, verb)
    return bool(words & (_MAYBE | _IF)) and not words & _FUTURE


def _from_governor(document: Document, below: Token, governor: Token) -> EventStatus | None:
    """Read the status that a governor gives to what it governs."""
    judged = _judged(document, below, governor)
    if judged:
        return judged
    decreed = below.dep == "dobj" and governor.lemma in word_class("DECREEING")
    named = governor.lemma == "call" and _is_named_or_phoned(document, below, governor)
    silent = decreed or named or governor.pos == "ADP"
    lexical = None if silent else _lexical(document, governor)
    begun = lexical == "ongoing" and governor.pos != "VERB"  # `vetoed the start of talks`
    if lexical and not begun and below.dep not in {"conj", "nsubj", "nsubjpass"}:
        return lexical
    if governor.pos in {"NOUN", "PROPN"}:
        return _of_noun(document.children(governor.index))
    return _from_verb(document, below, governor) if governor.pos in {"VERB", "AUX"} else None


def _judged(document: Document, below: Token, governor: Token) -> EventStatus | None:
    """Recognise what somebody is accused of, or kept from: `bars officials from meeting`.

    `The` attack that somebody is blamed for took place.
    """
    if is_claim(document, below, governor):
        return "claimed"
    if below.dep != "prep":
        return None
    if governor.lower == "short":  # `stopped short of attacking`
        return "denied"
    if governor.lemma in word_class("ALLEGING"):
        things = document.children(below.index, "pobj")
        return None if any(_is_definite(document, each) for each in things) else "claimed"
    somebody = document.children(governor.index, "dobj", "nsubjpass")
    gerund = document.children(below.index, "pcomp")
    return "hypothetical" if below.lower == "from" and somebody and gerund else None


def _is_named_or_phoned(document: Document, below: Token, call: Token) -> bool:
    """Tell whether `call` asks for nothing: `called claims lies`, `called Berg to thank him`."""
    asked = any(each.lower in _CALLED for each in document.children(call.index, "prep"))
    named = document.children(call.index, "dobj", "oprd")
    alone = not asked and not document.children(call.index, "nsubjpass", "auxpass")
    phoned = below.dep == "xcomp" and (bool(named) or (alone and call.tag != "VBN"))
    return phoned or below.dep in {"dobj", "oprd", "ccomp", "nsubj"}


def _from_verb(document: Document, below: Token, governor: Token) -> EventStatus | None:
    if below.dep == "nsubj" and _is_unsure(document, governor):
        return "hypothetical"
    if not _shares_mood(document, below, governor):
        return None
    if _is_subjunctive(document, governor):
        return "demanded"
    return (
        _of_words(mood_words(document, governor))
        or _inverted(document, governor)
        or _infinitive(document, governor)
    )


def _is_unsure(document: Document, verb: Token) -> bool:
    """Recognise what is only said to be possible: `an attack remained possible`, `is unlikely`."""
    said = document.children(verb.index, "acomp", "oprd", "attr", "dobj")
    return any(each.lemma in word_class("UNSURE") for each in said)


def _shares_mood(document: Document, below: Token, governor: Token) -> bool:
    """Tell whether the governor's auxiliaries hold for what it governs as well."""
    if below.dep == "conj":
        return not document.children(below.index, "nsubj", "nsubjpass", "aux")
    if below.dep in {"dobj", "nsubjpass"}:
        return governor.lemma in word_class("LIGHT") or not _is_definite(document, below)
    return below.dep in {"xcomp", "nsubj", "attr"}


def _lexical(document: Document, governor: Token) -> EventStatus | None:
    """Return the status that a word gives to what it governs; `no plan to` denies it."""
    lemma = governor.lemma
    if any(has_particle(document, governor, *each) for each in _NOT_DONE):
        return "denied"
    classes = (status for name, status in _GOVERNORS if lemma in word_class(name))
    unsure: EventStatus | None = "hypothetical" if lemma in word_class("UNSURE") else None
    status = next(classes, unsure)
    if status is None or not is_negated(document, governor):
        return status
    if status in {"demanded", "denied"} or lemma in word_class("GUESSING") | word_class("UNSURE"):
        return "hypothetical"
    return "denied"


def _is_definite(document: Document, noun: Token) -> bool:
    below = document.children(noun.index, "det", "poss")
    return any(each.dep == "poss" or each.lower in _DEFINITE for each in below)


def _tense(document: Document, trigger: Token) -> EventStatus:
    """Tell present from past where nothing else speaks; what is done regularly goes on."""
    if trigger.tag in {"VBZ", "VBP"}:
        around = document.children(trigger.index, "advmod", "npadvmod", "prep")
        said = {each.lower for each in (*around, *_below(document, around))}
        if said & _REGULARLY:
            return "ongoing"
        if said & _LATER:
            return "planned"
    auxiliaries = {each.lower for each in document.children(trigger.index, "aux")}
    present = auxiliaries & {"is", "are", "'s", "'re", "am", "been"}
    return "ongoing" if trigger.tag == "VBG" and present else "happened"


def _below(document: Document, tokens: tuple[Token, ...]) -> Iterator[Token]:
    for token in tokens:
        yield from document.children(token.index, "advmod", "amod")
