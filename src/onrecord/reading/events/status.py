"""Whether what a clause tells happened, goes on, is planned, demanded, feared or denied."""

from collections.abc import Iterator

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Document, Token
from onrecord.record import EventStatus

__all__ = ["find_status"]

_CLIMBED = 8
"""Governors looked at: further up nothing in the parse still bears on the event."""

_IF = frozenset({"if", "unless", "whether", "lest", "until", "provided"})
_NEVER = frozenset({"not", "n't", "never", "neither", "nor", "no"})
_FUTURE = frozenset({"will", "'ll", "shall", "wo"})
_DUTY = frozenset({"must", "should", "ought"})
_WOULD = frozenset({"would", "'d"})
_MAYBE = frozenset({"would", "could", "may", "might", "can", "'d", "ca"})
_OPEN_PREPOSITIONS = frozenset({"of", "for", "about", "against", "to", "toward", "towards", "into"})
_CALLED = frozenset({"on", "upon", "for"})
_WHEN = frozenset({"on", "during", "at", "in"})
_REGULARLY = frozenset({"regularly", "routinely", "often", "frequently", "repeatedly", "daily"})
_ALLEGED = frozenset({"alleged", "reported", "purported", "claimed"})
_GOING = frozenset({"travel", "go", "come", "fly", "arrive", "gather", "return", "call", "meet"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "'s"})

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
        if status in {None, "planned", "hypothetical"} and _is_denied(below, governor):
            return "denied"
        status = status or _from_governor(document, below, governor)
    return status or _of_occasion(document, trigger) or _tense(document, trigger)


def _is_denied(below: Token, governor: Token) -> bool:
    """Tell whether it is what somebody denies: `denied that it plans to attack`, `any contact`."""
    return below.dep in {"ccomp", "xcomp", "dobj"} and governor.lemma == "deny"


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
    """Tell whether a governor says anything about the reality of what it governs."""
    if below.dep == "pobj":
        return head.lower in _OPEN_PREPOSITIONS
    if below.dep in {"nsubj", "nsubjpass"}:
        happens = head.lemma in word_class("HAPPENING")
        return happens or not _is_definite(document, below) or _is_unsure(document, head)
    if below.dep in {"acl", "advcl", "relcl"}:
        return _has_to(document, below)
    if below.dep in {"ccomp", "xcomp"}:
        return head.lemma not in word_class("SAY") or below.dep == "xcomp"
    return below.dep in {"prep", "pcomp", "dobj", "conj", "attr", "acomp", "compound", "agent"}


def _own(document: Document, token: Token) -> EventStatus | None:
    """Read the status off the words directly under the trigger."""
    below = document.children(token.index)
    if token.pos in {"NOUN", "PROPN"}:
        return _of_noun(below)
    words = _mood_words(document, token)
    if _acts_on_nobody(document, token):
        return "denied"
    if _is_subjunctive(document, token):
        return "demanded"
    if words & _WOULD and not words & (_NEVER | _IF) and _is_own_future(document, token):
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


def _mood_words(document: Document, verb: Token) -> set[str]:
    """Return auxiliaries, negations and conjunctions of a verb; `'d received` is no `would`."""
    below = document.children(verb.index, "aux", "neg", "mark", "advmod", "preconj")
    lower = [low for each in below for low in document.children(each.index, "neg")]
    words = {each.lower for each in (*below, *lower)}
    return words - {"'d"} if verb.tag in {"VBN", "VBD"} else words


def _is_own_future(document: Document, verb: Token) -> bool:
    """Recognise the future in reported speech: `said it would withdraw`."""
    head = document.head(verb)
    subject = document.children(verb.index, "nsubj", "nsubjpass")
    if verb.dep != "ccomp" or head.lemma not in word_class("SAY") or not subject:
        return False
    conditions = document.children(verb.index, "advcl")
    return subject[0].pos == "PRON" and not any(
        _of_words(_mood_words(document, c)) for c in conditions
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
    if words & _NEVER:
        return "denied"
    if words & _FUTURE:
        return "planned"
    if words & _DUTY:
        return "demanded"
    return "hypothetical" if words & _MAYBE else None


def _inverted(document: Document, token: Token) -> EventStatus | None:
    """Recognise `should a war begin` and `had they attacked`: an auxiliary before the subject."""
    subject = document.children(token.index, "nsubj", "nsubjpass")
    auxiliary = document.children(token.index, "aux")
    if token.dep not in {"advcl", "ccomp"} or not subject or not auxiliary:
        return None
    first = auxiliary[0]
    if first.lower not in {"should", "had", "were"} or first.index > subject[0].index:
        return None
    return "hypothetical"


def _infinitive(document: Document, token: Token) -> EventStatus | None:
    """Read an infinitive that nothing governs more closely: `Blinken to meet Lavrov`."""
    if not _has_to(document, token):
        return None
    head = document.head(token)
    if token.dep == "xcomp" and head.lemma in word_class("FACTIVE"):
        return None
    if head.lemma in _GOING and head.tag in {"VBD", "VBN"}:
        went = _of_words(_mood_words(document, head)) is None
        if went and not _has_to(document, head):
            return None  # who travelled to meet somebody met
    open_above = _is_open(document, head) and head.lemma not in word_class("DEMANDING")
    return "hypothetical" if open_above else _lexical(head.lemma) or "planned"


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
    words = _mood_words(document, verb)
    return bool(words & (_MAYBE | _IF)) and not words & _FUTURE


def _from_governor(document: Document, below: Token, governor: Token) -> EventStatus | None:
    """Read the status that a governor gives to what it governs."""
    judged = _judged(document, below, governor)
    if judged:
        return judged
    decreed = below.dep == "dobj" and governor.lemma in word_class("DECREEING")
    named = governor.lemma == "call" and _is_named_or_phoned(document, below, governor)
    lexical = None if decreed or named or governor.pos == "ADP" else _lexical(governor.lemma)
    if lexical and below.dep not in {"conj", "nsubj", "nsubjpass"}:
        return lexical
    words = document.children(governor.index)
    if governor.pos in {"NOUN", "PROPN"}:
        return _of_noun(words)
    if governor.pos not in {"VERB", "AUX"}:
        return None
    return _from_verb(document, below, governor)


def _judged(document: Document, below: Token, governor: Token) -> EventStatus | None:
    """Recognise what somebody is accused of, or kept from: `bars officials from meeting`.

    `The` attack that somebody is blamed for took place.
    """
    if below.dep != "prep":
        return None
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
        _of_words(_mood_words(document, governor))
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


def _lexical(lemma: str) -> EventStatus | None:
    for name, status in _GOVERNORS:
        if lemma in word_class(name):
            return status
    return None


def _is_definite(document: Document, noun: Token) -> bool:
    below = document.children(noun.index, "det", "poss")
    return any(each.dep == "poss" or each.lower in _DEFINITE for each in below)


def _has_to(document: Document, verb: Token) -> bool:
    return any(each.lower == "to" for each in document.children(verb.index, "aux"))


def _tense(document: Document, trigger: Token) -> EventStatus:
    """Tell present from past where nothing else speaks; what is done regularly goes on."""
    if trigger.tag in {"VBZ", "VBP"} and any(
        each.lower in _REGULARLY for each in document.children(trigger.index, "advmod")
    ):
        return "ongoing"
    auxiliaries = {each.lower for each in document.children(trigger.index, "aux")}
    present = auxiliaries & {"is", "are", "'s", "'re", "am", "been"}
    return "ongoing" if trigger.tag == "VBG" and present else "happened"
