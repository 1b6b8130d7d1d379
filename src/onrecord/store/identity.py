"""Which actors of different articles are the same.

Within an article the reader has decided; across articles two actors are the same if they have the
same link, or the same full name, kind and country. Who is unnamed (`officials`), or has but one
word of a name that nothing explains (`Smith`), stays with the article: to merge them would put
words into a stranger's mouth.
"""

from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.spelling import fold, split_words
from onrecord.record import Actor

__all__ = ["identity_of", "names_of"]

LONGEST_NAME = 80
"""Characters of a mention that can still be a name; longer ones are descriptions."""
_AGENT = "knowledge:agent:"
"""What found those of whom a noun tells the sort; the noun follows."""
_LITTLE = frozenset({"the", "of", "'s", "'"})


def identity_of(actor: Actor, article: str) -> str:
    """Return the key under which an archive keeps an actor.

    Args:
        actor: As the reader found it.
        article: The article's hash, for those who stay with their article.
    """
    if actor.links:
        return min(actor.links, key=_rank)
    plain = f"{_common_name(actor) or fold(actor.name)}|{actor.kind}|{actor.country or ''}"
    return f"{plain}|{article}" if _stays(actor) else plain


def _rank(link: str) -> tuple[bool, str]:
    """Wikipedia's title comes first: it is what most entries have."""
    return not link.startswith("wikipedia:"), link


def _common_name(actor: Actor) -> str | None:
    """Return what a state's institution is, if its name tells no more than that and whose it is.

    `Russia's Foreign Ministry`, `the Russian Foreign Ministry` and `Foreign Ministry of Russia` are
    one.
    """
    sort = actor.found_by.removeprefix(_AGENT)
    if actor.country is None or sort == actor.found_by:
        return None
    words = split_words(actor.name)
    nations = find_country_words(words)
    told = {index for each in nations for index in range(each.first, each.last)}
    left = [word for index, word in enumerate(words) if index not in told]
    plain = fold(" ".join(word for word in left if word.lower() not in _LITTLE))
    return sort if plain == sort else None


def _stays(actor: Actor) -> bool:
    alone = actor.kind == "person" and " " not in actor.name.strip()
    common = actor.country is None and actor.found_by.startswith(_AGENT)
    return actor.unnamed or alone or common or actor.kind == "group"


def names_of(actor: Actor) -> frozenset[str]:
    """Return the folded names by which the actor can be asked for: known, mentioned, the last.

    Pronouns and descriptions (`he`, `the minister`) are no names: a name has a capital.
    """
    mentioned = (mention.text for mention in actor.mentions)
    named = [text for text in mentioned if _is_name(text)]
    if actor.kind == "person" and not actor.unnamed and _is_name(actor.name):
        named.append(actor.name.split()[-1])
    return frozenset(
        folded for folded in map(fold, (actor.name, *named)) if 1 < len(folded) <= LONGEST_NAME
    )


def _is_name(text: str) -> bool:
    words = text.split()
    return bool(words) and words[0][:1].isupper() and words[-1][:1].isupper() and text not in _I


_I = frozenset({"I", "We", "He", "She", "They", "It", "You", "His", "Her", "Their", "Its", "My"})
