"""What archives are exported as: records with their numbers, and the formats by their names."""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.record import Record

__all__ = ["FORMATS", "Format", "Numbered", "exporter"]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record with its article's number, by which what is exported is found again."""

    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        module: Where its writer is.
        writer: Name of the function, called with records and the path.
        about: One line for a person.
    """

    module: str
    writer: str
    about: str


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("lines", "write_jsonl", "one record a line"),
    "csv": Format(
        "tables", "write_csv", "a folder: articles, actors, statements, events, disputes"
    ),
    "parquet": Format("tables", "write_parquet", "the same folder, typed"),
    "polecat": Format("event_rows", "write_polecat", "POLECAT's 40 columns"),
    "icews": Format("event_rows", "write_icews", "ICEWS's 20 columns"),
    "gdelt-events": Format("gdelt", "write_events", "GDELT 2.0 events, 61 columns"),
    "gdelt-mentions": Format("gdelt", "write_mentions", "GDELT 2.0 mentions, 16 columns"),
    "gkg": Format("gdelt", "write_gkg", "GDELT GKG 2.1 with quotations, 27 columns"),
    "plover": Format("event_json", "write_plover", "PLOVER's elements as JSON lines"),
    "ngec": Format("event_json", "write_ngec", "what NGEC writes, JSON lines"),
    "citron": Format("quotations", "write_citron", "a folder of Citron's JSON"),
    "schema-org": Format("quotations", "write_schema_org", "Quotation and Claim, JSON-LD"),
    "web-annotation": Format("quotations", "write_web_annotation", "W3C Web Annotation"),
    "brat": Format("standoff", "write_brat", "a folder of brat standoff"),
    "conll": Format("standoff", "write_conll", "a word a line, BIO tags in columns"),
    "graphml": Format("graphs", "write_graphml", "who spoke to and acted on whom"),
    "gexf": Format("graphs", "write_gexf", "the same for Gephi"),
}


def exporter(name: str) -> Callable[[Iterable[Numbered], Path], int]:
    """Return the function that writes a format; it returns how many things it wrote.

    Raises:
        KeyError: There is no such format.
    """
    found = FORMATS[name]
    module = importlib.import_module(f"onrecord.export.{found.module}")
    writer: Callable[[Iterable[Numbered], Path], int] = getattr(module, found.writer)
    return writer
