"""Other codes of countries: ISO 3166-1 alpha-2, Wikidata items."""

from functools import cache

from onrecord.knowledge.countries import countries, country_of
from onrecord.knowledge.tables import read_table

__all__ = ["country_of_code"]


@cache
def _codes() -> dict[str, str]:
    codes = {code: code for code in countries()}
    for code, alpha2, item in read_table("country_codes.tsv", 3):
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
