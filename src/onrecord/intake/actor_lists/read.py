"""Read a list of actors, whatever its format."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from onrecord.errors import InputError
from onrecord.intake.actor_lists.dictionary import is_dictionary, read_dictionary
from onrecord.intake.actor_lists.followthemoney import is_followthemoney, read_followthemoney
from onrecord.intake.actor_lists.listed import Listed, Passed
from onrecord.intake.actor_lists.spreadsheet import is_spreadsheet, read_spreadsheet
from onrecord.intake.actor_lists.wikidata import is_wikidata, read_wikidata
from onrecord.intake.marked import read_text

__all__ = ["FORMATS", "read_actor_list"]

_Lines = Sequence[str]
FORMATS: dict[
    str, tuple[Callable[[_Lines], bool], Callable[[_Lines], Iterator[Listed | Passed]]]
] = {
    "FollowTheMoney": (is_followthemoney, read_followthemoney),
    "Wikidata": (is_wikidata, read_wikidata),
    "actor dictionary": (is_dictionary, read_dictionary),
    "CSV": (is_spreadsheet, read_spreadsheet),
}
"""Name of a format: how it is recognized, and what reads it."""


def read_actor_list(path: Path) -> tuple[str, Iterator[Listed | Passed]]:
    """Return a list's format and what it tells of actors; where a line tells of none, why.

    Raises:
        InputError: There is no such file, it is no text, or in none of the formats.
    """
    lines = read_text(path, "a list of actors").split("\n")
    for name, (is_of_format, read) in FORMATS.items():
        if is_of_format(lines):
            return name, read(lines)
    raise InputError(
        f"{path}: in no format that is known; FollowTheMoney or Wikidata JSON, a PETRARCH or "
        "TABARI actor dictionary, or CSV with a header that has `name` would be right"
    )
