"""What common nouns, titles and given names say of whom they mean.

The words are data: `nominals.toml` and `given_names.tsv` beside this module.
"""

import tomllib
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from onrecord.knowledge.tables import FOLDER

__all__ = ["Gender", "Nominals", "nominals"]

Gender = Literal["m", "f"]


class Nominals(Struct, frozen=True):
    """Nouns by what they mean; all in lower case and in the singular, given names as written.

    Attributes:
        person: Nouns for one person: `minister`, `woman`.
        office: Those among them that name an office or a function: `minister`.
        group: Nouns for people taken together: `troops`, `crowd`.
        classes: Classes of the nouns for organizations: `bank` is a `company`.
        name_words: Classes of words that tell a class only inside a name: `Times`, `Airways`.
        never_same: Nouns that two unnamed sources share without being the same.
        never_names: Words with a capital that name nobody: time zones, diseases, feasts.
        portfolios: What an office is concerned with: `defence` in `British Defence Secretary`.
        relational: Nouns that mean somebody only by their tie to another: `neighbour`.
        titles: Words before a name: `Mr`, `Dr.`.
        gender: Gender of nouns and titles that tell it.
        given: Gender of given names.
        person_endings: Endings that only nouns for a person have.
        group_endings: Endings that only nouns for several people have.
    """

    person: frozenset[str]
    office: frozenset[str]
    group: frozenset[str]
    classes: dict[str, frozenset[str]]
    name_words: dict[str, frozenset[str]]
    never_same: frozenset[str]
    never_names: frozenset[str]
    portfolios: frozenset[str]
    relational: frozenset[str]
    titles: frozenset[str]
    gender: dict[str, Gender]
    given: dict[str, Gender]
    person_endings: tuple[str, ...]
    group_endings: tuple[str, ...]

    def is_person(self, noun: str) -> bool:
        """Tell whether a singular noun means a person.

        Example:
            >>> nominals().is_person("spokeswoman"), nominals().is_person("table")
            (True, False)
        """
        return noun in self.person or noun.endswith(self.person_endings)

    def is_abbreviated(self, noun: str) -> bool:
        """Tell whether a noun in capitals is short for one for a person: `MP`, `CEO`."""
        return 1 < len(noun) < 4 and noun.isupper() and noun.lower() in self.person

    def is_group(self, noun: str) -> bool:
        """Tell whether a noun means people taken together."""
        return noun in self.group or noun.endswith(self.group_endings)

    def class_in_name(self, word: str) -> frozenset[str]:
        """Return the classes that a word tells inside an organization's name."""
        return self.classes.get(word, frozenset()) | self.name_words.get(word, frozenset())

    def gender_of(self, noun: str) -> Gender | None:
        """Return the gender that a noun tells, from its own table or its ending."""
        if noun in self.gender:
            return self.gender[noun]
        if noun.endswith("woman"):
            return "f"
        return "m" if noun.endswith("man") and self.is_person(noun) else None


@lru_cache(maxsize=1)
def nominals() -> Nominals:
    """Load the nouns."""
    tables = tomllib.loads((FOLDER / "nominals.toml").read_text("utf-8"))
    words = {
        table: {name: frozenset(each.split()) for name, each in lists.items()}
        for table, lists in tables.items()
    }
    person, titles = words["person"], words["titles"]
    gender: dict[str, Gender] = dict.fromkeys(person["male"] | titles["male"], "m")
    gender |= dict.fromkeys(person["female"] | titles["female"], "f")
    return Nominals(
        person=frozenset().union(*person.values()),
        office=person["office"],
        group=words["group"]["people"],
        classes=_classes(words["organization"]),
        name_words=_classes(words["in_names"]),
        never_same=words["sources"]["never_same"],
        never_names=frozenset().union(*words["never_names"].values()),
        portfolios=words["offices"]["portfolios"],
        relational=words["sources"]["relational"],
        titles=frozenset().union(*titles.values()),
        gender=gender,
        given=_given_names((FOLDER / "given_names.tsv").read_text("utf-8")),
        person_endings=_endings(words["endings"]["person"]),
        group_endings=_endings(words["endings"]["group"]),
    )


def _classes(lists: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Turn class -> nouns into noun -> classes."""
    nouns = frozenset().union(*lists.values())
    return {
        noun: frozenset(name for name, members in lists.items() if noun in members)
        for noun in nouns
    }


def _given_names(text: str) -> dict[str, Gender]:
    given: dict[str, Gender] = {}
    for line in text.splitlines():
        name, _, told = line.partition("\t")
        if not line.startswith("#") and told:
            given[name] = "m" if told == "m" else "f"
    return given


def _endings(endings: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(ending.removeprefix("-") for ending in endings))
