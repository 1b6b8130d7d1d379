"""What is known of an actor, in the record's words and in the PLOVER codebook's."""

from msgspec import Struct
from msgspec.structs import replace

from onrecord.record import SECTORS, ActorKind, Sector

__all__ = ["CODEBOOK_SECTORS", "Known", "known", "record_country", "record_sector"]

CODEBOOK_SECTORS = frozenset({
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "LEG", "MED", "EDU", "BUS", "CRM",
    "CVL", "AGR", "LAB", "REF", "REL", "SOC", "ELI", "UNK", "JRN", "PRM", "PRE", "UAF",
})  # fmt: skip
"""Sector codes in the tables: PLOVER's (journalists JRN, medics MED, paramilitaries PRM)."""

_TO_RECORD = {"PRE": "GOV"}
_BLOCS = {"EUR": "IGO", "UNO": "IGO", "IMG": None, "ISM": None, "MNC": None}


class Known(Struct, frozen=True):
    """An actor as the knowledge has it on a day.

    Attributes:
        name: Usual English name; the words themselves for someone who has none.
        kind: As in the record.
        country: ISO 3166 alpha-3, `IGO`, `NGO`, or None.
        sector: In the record's codes, or None.
        title: Office or role on that day, or None.
        links: `wikipedia:Title` where sure.
        entry: Key of the entry, or the rule that read the phrase.
        confidence: Probability that country and sector hold.
        codebook_country: As the PLOVER tools write it (`EUR`, `UNO` for those bodies).
        codebook_sector: As the PLOVER codebook writes it (journalists JRN, health MED).
        named: False where the phrase names no one (`a State Department official`).
    """

    name: str
    kind: ActorKind
    country: str | None
    sector: Sector | None
    title: str | None
    links: tuple[str, ...]
    entry: str
    confidence: float
    codebook_country: str | None = None
    codebook_sector: str | None = None
    named: bool = True

    def doubted(self, factor: float) -> "Known":
        """Return the same with its confidence multiplied."""
        return replace(self, confidence=round(self.confidence * factor, 3))


def record_country(code: str | None) -> str | None:
    """Return a codebook country in the record's codes.

    Example:
        >>> record_country("UNO"), record_country("RUS"), record_country("MNC")
        ('IGO', 'RUS', None)
    """
    return _BLOCS.get(code, code) if code else None


def record_sector(code: str | None) -> Sector | None:
    """Return a codebook sector in the record's codes.

    Example:
        >>> record_sector("JRN"), record_sector("GOV"), record_sector(None)
        ('JRN', 'GOV', None)
    """
    sector = _TO_RECORD.get(code, code) if code else None
    return next((known for known in SECTORS if known == sector), None)


def known(  # noqa: PLR0913 (one place where a Known is made from codebook codes)
    name: str,
    kind: ActorKind,
    country: str | None,
    sector: str | None,
    *,
    title: str | None = None,
    links: tuple[str, ...] = (),
    entry: str,
    confidence: float,
    named: bool = True,
) -> Known:
    """Make a Known from codebook codes."""
    sector_found = record_sector(sector)
    if sector_found is None and country in {"IGO", "EUR", "UNO", "NGO"}:
        sector_found = "NGO" if country == "NGO" else "IGO"
    return Known(
        name=name,
        kind=kind,
        country=record_country(country),
        sector=sector_found,
        title=title,
        links=links,
        entry=entry,
        confidence=round(confidence, 3),
        codebook_country=country or None,
        codebook_sector=sector or None,
        named=named,
    )
