"""Organizations: international ones, agencies, armed groups, parties, media, companies."""

from functools import cache
from typing import NamedTuple

from onrecord.knowledge.own import merged, own_rows
from onrecord.knowledge.tables import read_table, split_list
from onrecord.knowledge.terms import Role, parse_roles

__all__ = ["ARMED_KINDS", "Organization", "members_of", "organizations"]

ARMED_KINDS = frozenset({"armed", "gang", "paramilitary"})


class Organization(NamedTuple):
    """An organization.

    Attributes:
        name: Usual English name; also its key.
        aliases: Other names, acronyms, transliterations.
        kind: `igo`, `ngo`, `agency`, `ministry`, `military`, `armed`, `party`, `media`, ...
        country: Codebook country: alpha-3, `IGO`, `EUR`, `UNO`, `NGO` or None.
        held: Its roles as the table has them.
        link: Wikipedia title, or empty.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    held: str
    link: str

    @property
    def roles(self) -> tuple[Role, ...]:
        """Its sectors, with dates where they changed; read when asked for."""
        return parse_roles(self.held)


@cache
def organizations() -> dict[str, Organization]:
    """Return every organization by its name.

    Raises:
        KnowledgeError: A role in a table of the user's own cannot be read.
    """
    shipped, own = read_table("organizations.tsv", 6), own_rows("organizations", 6)
    rows = merged(shipped, own, names=1, country=3, roles=4) if own else shipped
    for row in own:
        parse_roles(row[4])
    return {row[0]: _organization(row) for row in rows}


def _organization(row: tuple[str, ...]) -> Organization:
    name, aliases, kind, country, roles, link = row
    return Organization(name, split_list(aliases), kind, country or None, roles, link)


@cache
def _memberships() -> dict[str, tuple[str, ...]]:
    return {name: split_list(members) for name, members in read_table("members.tsv", 2)}


def members_of(name: str) -> tuple[str, ...]:
    """Return the alpha-3 codes of an international organization's members; empty if unknown.

    Example:
        >>> "HUN" in members_of("NATO"), members_of("Nobody's League")
        (True, ())
    """
    return _memberships().get(name, ())
