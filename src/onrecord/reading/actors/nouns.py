"""What a noun tells of whom it means: a person, people, a body, a state, or a thing."""

from typing import Literal

from onrecord.knowledge.nominals import nominals
from onrecord.reading.document import Document, Token

__all__ = [
    "MentionKind",
    "is_loose",
    "is_outcome",
    "is_plural",
    "is_sort",
    "is_title_word",
    "kind_of_noun",
]

MentionKind = Literal["person", "organization", "country", "group", "thing", "any"]
_RATHER_THINGS = {
    "order": frozenset({"religious", "monastic", "holy", "catholic"}),
    "service": frozenset({"secret", "intelligence", "security", "civil", "foreign", "diplomatic",
                          "border", "prison", "fire", "emergency", "special", "federal", "news"}),
    "fund": frozenset({"hedge", "investment", "wealth", "sovereign", "pension", "monetary",
                       "equity", "mutual", "vulture"}),
    "power": frozenset({"world", "western", "major", "big", "great", "leading", "regional",
                        "foreign", "global", "european", "asian", "african", "arab", "nuclear",
                        "colonial", "imperialist", "occupying", "allied", "international"}),
}  # fmt: skip
"""Nouns that mean a body only by themselves or with such a word before them, `powers` only so."""
_ARRANGED = frozenset({
    "control", "customs", "inspection", "legal", "monitoring", "regulatory", "safeguard",
    "sanction", "tariff", "tax", "trade", "verification", "visa",
})  # fmt: skip
"""What a regime is that nobody rules by: `the sanctions regime`."""
_PARTICLES = frozenset({"back", "up", "down", "out", "off", "away", "in", "forward"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def kind_of_noun(document: Document, token: Token) -> MentionKind:
    """Return what a common noun means where it stands."""
    words = nominals()
    if words.is_abbreviated(token.text.removesuffix("s")):
        return "group" if _is_abbreviated(token) else "person"
    if not _means_people(document, token):
        return "thing"
    if words.is_group(token.lemma) or words.is_group(token.lower):
        return "group"
    if words.is_person(token.lemma):
        return "group" if is_plural(token) else "person"
    return _kind_of_body(words.classes.get(token.lemma, frozenset()))


def _kind_of_body(classes: frozenset[str]) -> MentionKind:
    if "state" in classes:
        return "country"
    return "organization" if classes else "thing"


def _means_people(document: Document, token: Token) -> bool:
    """Tell whether a noun for people or bodies is meant so.

    Not in `opposition to`, `an assembly`, `a state of siege`, `a court order`, `a tax regime`.
    """
    if token.lemma == "opposition":
        return not any(c.lower == "to" for c in document.children(token.index, "prep"))
    if token.lemma in _RATHER_THINGS:
        return _is_told_apart(document, token)
    if token.lemma == "regime":
        before = document.children(token.index, "compound", "amod", "nmod")
        return all(each.lemma not in _ARRANGED for each in before)
    if token.lemma == "state":
        of = (each for each in document.children(token.index, "prep") if each.lower == "of")
        return all(
            child.tag in {"NNP", "NNPS"} or nominals().classes.get(child.lemma)
            for each in of
            for child in document.children(each.index, "pobj")
        )
    is_assembly = "parliament" in nominals().classes.get(token.lemma, ())
    determiners = document.children(token.index, "det") if is_assembly else ()
    return not any(each.lower in {"a", "an"} for each in determiners)


def _is_told_apart(document: Document, token: Token) -> bool:
    """Tell whether a word before such a noun, or that there is none, makes people of it."""
    before = {each.lower for each in document.children(token.index, "compound", "amod", "nmod")}
    if before & _RATHER_THINGS[token.lemma]:
        return token.lemma != "power" or is_plural(token)
    return not before and token.lemma != "power"


def _is_abbreviated(token: Token) -> bool:
    """Tell whether a word is the plural of a short form, which the parser takes for a name."""
    return token.text.endswith("s") and nominals().is_abbreviated(token.text[:-1])


def is_plural(token: Token) -> bool:
    """Tell whether a noun is a plural, `MPs` too."""
    return token.tag in {"NNS", "NNPS"} or _is_abbreviated(token)


def is_sort(token: Token) -> bool:
    """Tell whether a noun before a name says what sort of body it is: `magazine`, `group`."""
    return token.tag == "NN" and token.text.islower() and token.lower in nominals().classes


def is_title_word(token: Token) -> bool:
    """Tell whether a word may stand within a title before a name: `legal affairs director`."""
    is_one = token.tag != "NNS" or token.dep == "compound"
    return is_one and token.lower not in _DAYS


def is_outcome(document: Document, index: int) -> bool:
    """Tell whether a word says what became of those after it: `shot dead 38 protesters`."""
    if not 0 < index < len(document.tokens) - 1:
        return False
    before, word, after = document.tokens[index - 1 : index + 2]
    return before.pos == "VERB" and word.pos == "ADJ" and after.pos == "NUM"


def is_loose(token: Token) -> bool:
    """Tell whether a mark or a verb's particle stands before a noun: `pull back troops`."""
    return not token.is_word or (token.tag in {"RP", "RB"} and token.lower in _PARTICLES)
