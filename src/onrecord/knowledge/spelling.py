"""Write names in one way, so that spellings of the same name meet.

Case, accents, kinds of apostrophe and hyphen, and the dots of abbreviations are taken away;
hyphenated words fall into their parts, as language analysis splits them too.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

__all__ = ["fold", "is_written_as", "key_of", "key_of_words", "parts_of", "split_words"]

_APOSTROPHES = "\u2019\u2018\u02bc\u02bb\u02bf\u02be\u0060\u00b4\u2032"
_HYPHENS = "\u2010\u2011\u2013\u2014"
_LETTERS = {
    "\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u0111": "d", "\u0110": "D",
    "\u0131": "i", "\u00df": "ss", "\u00e6": "ae", "\u00c6": "Ae", "\u0153": "oe",
    "\u0152": "Oe", "\u0259": "a", "\u018f": "A", "\u00f0": "d", "\u00fe": "th",
}  # fmt: skip
"""Letters that Unicode does not take apart into a plain one and an accent."""
_PLAIN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | _LETTERS
    | {"\u00a0": " ", "\u200b": "", "\ufeff": ""}
)
_SHORT = 4
"""Up to this length a name with a capital inside (`LeT`) must be written just so."""
_SPOKEN = 4
"""From this length British papers write an acronym like a name: `Nato`, `Unesco`."""
_WORDS = frozenset({
    "care", "time", "plan", "pace", "shape", "rand", "arena", "mend", "alba", "sana", "fars",
    "biff", "ansa", "morena", "seal", "swat", "hope", "echo", "start", "aids", "mace", "amir",
})  # fmt: skip
"""Acronyms that written so are words or other names."""
_DROPPED = str.maketrans({"'": None, ".": None})


def fold(text: str) -> str:
    """Return the text in lower case, without accents, dots and apostrophes.

    Example:
        >>> fold("Orbán"), fold("U.S."), fold("Sana’a")
        ('orban', 'us', 'sanaa')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(character for character in text if not unicodedata.combining(character))
    return text.translate(_DROPPED).casefold()


@lru_cache(maxsize=16_384)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the folded parts of one word; none for a bare mark.

    Example:
        >>> parts_of("Guinea-Bissau"), parts_of("&"), parts_of("-"), parts_of("People's")
        (('guinea', 'bissau'), ('and',), (), ('people', 's'))
    """
    if word.isascii() and word.isalpha():
        return (word.lower(),)
    if word == "&":
        return ("and",)
    stem = word[:-2]
    if stem and word[-2:].lower() in {"'s", "’s"}:
        return (*parts_of(stem), "s")
    folded = fold(word)
    if folded.isalnum():
        return (folded,)
    cleaned = "".join(c if c.isalnum() or c == "-" else " " for c in folded)
    return tuple(cleaned.replace("-", " ").split())


def key_of(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name of several words.

    Example:
        >>> key_of("Jair Bolsonaro"), key_of("Bosnia-Herzegovina")
        (('jair', 'bolsonaro'), ('bosnia', 'herzegovina'))
    """
    if name.isascii() and name.replace(" ", "").isalpha():
        return tuple(name.lower().split())
    return key_of_words(name.split())


def key_of_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the folded parts of a name whose words stand apart.

    Example:
        >>> key_of_words(["Guinea-Bissau", "&", "U.S."])
        ('guinea', 'bissau', 'and', 'us')
    """
    return tuple(chain.from_iterable(map(parts_of, words)))


def split_words(text: str) -> tuple[str, ...]:
    """Split a phrase into words; commas and a possessive `'s` stand alone.

    Example:
        >>> split_words("Russia’s FSB, the security service")
        ('Russia', "'s", 'FSB', ',', 'the', 'security', 'service')
    """
    words: list[str] = []
    for word in text.translate(_PLAIN).split():
        words.extend(_split_word(word))
    return tuple(words)


def _split_word(word: str) -> list[str]:
    word = word.strip('"“”()[]{}<>*_')
    tail: list[str] = []
    while word and word[-1] in ",;:!?":
        tail.append(",")
        word = word[:-1].rstrip('"“”)]')
    if word.lower().endswith("'s") and len(word) > 2:
        return [word[:-2], "'s", *tail]
    if word.endswith("'") and len(word) > 2:
        return [word[:-1], "'", *tail]
    return [word, *tail] if word else tail


def is_written_as(words: Sequence[str], name: str) -> bool:
    """Tell whether the words' case allows them to be this name.

    An acronym needs its capitals (`WHO`, not `who`), a long one the first (`Nato`), any other name
    a capital where it has one.

    Example:
        >>> is_written_as(["Turkey"], "Turkey"), is_written_as(["turkey"], "Turkey")
        (True, False)
        >>> is_written_as(["US"], "US"), is_written_as(["Us"], "US")
        (True, False)
    """
    if _is_acronym(name):
        return all(word.upper() == word for word in words) or _is_spoken(words, name)
    if len(name) <= _SHORT and not name[1:].islower():
        return list(words) == name.split()
    if name.startswith("The ") and words[0].lower() == "the":
        words = words[1:]
    first = next((word for word in words if word[:1].isalpha()), "")
    return first[:1].isupper() or not name[:1].isupper()


def _is_acronym(name: str) -> bool:
    return name.upper() == name and len(name) <= 7 and any(c.isalpha() for c in name)


def _is_spoken(words: Sequence[str], name: str) -> bool:
    """Tell whether an acronym that is spoken as a word is written like a name."""
    is_long = len(name) >= _SPOKEN and name.isalpha() and name.casefold() not in _WORDS
    return is_long and list(words) == [name.capitalize()]
