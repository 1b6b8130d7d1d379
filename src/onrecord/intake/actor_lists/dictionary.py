"""Actor dictionaries of TABARI, PETRARCH and Universal PETRARCH.

A line is a name in capitals with underscores, and codes in brackets, each with dates where it held
for a time; lines that begin with `+` are other spellings of the name above, indented lines more
codes of it:

    VIKTOR_ORBAN_ [HUNGOV >100529] ; prime minister
    +ORBAN_VIKTOR_
        [HUNGOV 980706-020527]

A code is a country and what the actor is there (CAMEO): three letters each.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from onrecord.intake.actor_lists.listed import Held, Kind, Listed, Passed
from onrecord.knowledge.country_codes import country_of_code
from onrecord.knowledge.entries import find_name
from onrecord.knowledge.known import CODEBOOK_SECTORS
from onrecord.knowledge.namesakes import is_given_name

__all__ = ["is_dictionary", "read_dictionary"]

_CODE = re.compile(r"[\[(]\s*([A-Z~][A-Z0-9]{2,})\s*\(?\s*([<>]?)\s*(\d{6,8})?\s*-?\s*(\d{6,8})?")
_NAME = re.compile(r"^\+?[^\[;#\s][^\[;]*")
_BLOCS = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "IMG": "IMG", "MNC": "MNC", "EEC": "EUR"}
_SECTORS = {
    "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "RAD": "REB", "TER": "REB",
    "LAW": "JUD", "PRS": "GOV", "PPL": "CVL", "POL": "COP", "SET": "CVL", "HRI": "SOC",
    "ENV": "SOC", "DEV": "SOC", "PRO": "SOC", "PTY": "PTY", "MOD": "", "UIS": "UAF",
}  # fmt: skip
"""What CAMEO's codes are in PLOVER's."""
_TWO_DIGITS = 30
"""Years written with two digits: 00 to 29 are of this century."""


def is_dictionary(lines: Sequence[str]) -> bool:
    """Tell whether the lines look like an actor dictionary: a name, then a code in brackets."""
    some = [line for line in lines[:2000] if line.strip() and not line.startswith(("#", "<"))]
    coded = sum(bool(_CODE.search(line.partition(";")[0])) for line in some)
    return bool(some) and 4 * coded >= len(some)


def read_dictionary(lines: Sequence[str]) -> Iterator[Listed | Passed]:
    """Yield the actors of a dictionary."""
    for number, block in _blocks(lines):
        listed = _read(block)
        yield listed if isinstance(listed, Listed) else Passed(number, listed, is_fault=False)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield a name's lines, and the number of the first."""
    block: list[str] = []
    begun = 0
    for number, line in enumerate(lines, 1):
        bare = line.partition(";")[0].partition("#")[0].rstrip()
        if not bare:
            continue
        if not bare[0].isspace() and bare[0] not in "+[(" and block:
            yield begun, block
            block = []
        begun = begun if block else number
        block.append(bare)
    if block:
        yield begun, block


def _read(block: list[str]) -> Listed | str:
    names = tuple(
        dict.fromkeys(
            found
            for line in block
            if not line[0].isspace() and (match := _NAME.match(line))
            if (found := _spelled(match.group()))
        )
    )
    codes = [match.groups() for line in block for match in _CODE.finditer(line)]
    if not names or not codes:
        return "no name with a code in brackets"
    if any(
        key.startswith(("country:", "capital:", "seat:")) for key in find_name(names[0].split())
    ):
        return f"{names[0]!r} is a state, which is known"
    countries = dict.fromkeys(country for code, *_ in codes if (country := _country(code)))
    roles = tuple(held for code in codes if (held := _held(*code)) is not None)
    if not countries and not roles:
        return f"no country and no sector in {codes[0][0]!r}"
    return Listed(names[0], names[1:], _kind(names[0], roles), next(iter(countries), ""), roles)


def _spelled(written: str) -> str:
    """Return `ABDUL_RASHID_` as `Abdul Rashid`; a short word alone is an acronym."""
    words = written.strip("+_ \t").replace("_", " ").split()
    if (
        len(words) == 1
        and len(words[0]) <= len("UNICEF")
        and not re.search("[aeiouy]", words[0], re.IGNORECASE)
    ):
        return words[0]
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _country(code: str) -> str:
    first = code[:3]
    return _BLOCS.get(first) or (first if country_of_code(first) == first else "")


def _held(code: str, sign: str, start: str | None, end: str | None) -> Held | None:
    begins = 3 if _country(code) else 0
    parts = [code[at : at + 3] for at in range(begins, len(code), 3)]
    sectors = [_SECTORS.get(part, part) for part in parts]
    sector = next((each for each in sectors if each in CODEBOOK_SECTORS), None)
    if sector is None:
        return None
    first, last = (_day(each) for each in (start, end))
    if sign == "<":
        first, last = None, first
    return Held(sector, "", first, last)


def _day(written: str | None) -> dt.date | None:
    if not written:
        return None
    year = int(written[:-4])
    if len(written) == len("220202"):
        year += 2000 if year < _TWO_DIGITS else 1900
    month, day = int(written[-4:-2]), int(written[-2:])
    try:
        return dt.date(year, max(month, 1), max(day, 1))
    except ValueError:
        return None


def _kind(name: str, roles: Sequence[Held]) -> Kind:
    words = name.split()
    is_dated = any(held.start or held.end for held in roles)
    is_person = len(words) > 1 and (is_given_name(words[0]) or is_dated)
    return "person" if is_person else "organization"
