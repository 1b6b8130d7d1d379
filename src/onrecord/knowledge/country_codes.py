"""Other codes of countries: ISO 3166-1 alpha-2, Wikidata items, FIPS 10-4."""

from functools import cache

from onrecord.knowledge.countries import countries, country_of
from onrecord.knowledge.tables import read_table

__all__ = ["country_of_code", "fips_of"]

_FILE = "country_codes.tsv"


@cache
def _codes() -> dict[str, str]:
    codes = {code: code for code in countries()}
    for code, alpha2, item, _ in read_table(_FILE, 4):
        codes[alpha2] = code
        if item:
            codes[item] = code
    return codes


def country_of_code(text: str) -> str | None:
    """Return the alpha-3 code that a code, a Wikidata item or a country's name means.

    Example:
        >>> country_of_code("hu"), country_of_code("Q28"), country_of_code("Hungary")
        ('HUN', 'HUN', 'HUN')
        >>> country_of_code("zz") is None
        True
    """
    return _codes().get(text.strip().upper()) or country_of(text.strip())


@cache
def _fips() -> dict[str, str]:
    return {code: fips for code, _, _, fips in read_table(_FILE, 4)}


def fips_of(code: str | None) -> str:
    """Return the FIPS 10-4 code of a country by its alpha-3 code, as GDELT writes it, or nothing.

    Example:
        >>> fips_of("UKR"), fips_of("IGO")
        ('UP', '')
    """
    return _fips().get(code or "", "")
