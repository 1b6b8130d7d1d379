"""The examples: each an article, the record that a person made of it, and what the reader makes."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.article import Article
from onrecord.record import Record

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """An article and the record that a person made of it."""

    name: str
    article: Article
    gold: Row

    @property
    def text(self) -> str:
        """The text that the strings of the gold record stand in."""
        return self.article.text


def example_names() -> list[str]:
    """List the examples: one for each file in `examples/gold`."""
    return sorted(path.stem for path in (EXAMPLES / "gold").glob("*.json"))


@cache
def load_example(name: str) -> Example:
    """Take in the article as the command line does, and its gold record."""
    gold = _load_gold(name)
    given = gold.get("given_published")
    day = dt.date.fromisoformat(given) if given else None
    return Example(name, _take_in(gold["article"], name.partition(".")[2], day), gold)


def _load_gold(name: str) -> Row:
    path = EXAMPLES / "gold" / f"{name}.json"
    gold: Row = json.loads(path.read_text(encoding="utf-8"))
    if "same_as" in gold:
        return {**_load_gold(gold["same_as"]), **gold}
    return gold


def _take_in(file: str, article_id: str, published: dt.date | None) -> Article:
    from onrecord.intake.sources import Taken, take_in

    for taken in take_in(str(EXAMPLES / file), published=published):
        if isinstance(taken, Taken) and article_id in {"", taken.article.id}:
            return taken.article
    raise LookupError(f"examples/{file} holds no article {article_id!r}")


@cache
def read_example(name: str) -> Record:
    """Read the article of an example."""
    from onrecord.reading.pipeline import Reader

    return Reader().read(load_example(name).article)
