"""Statements for programs of quotations, of the web and of annotation.

Citron's annotation format; schema.org's Quotation and Claim as JSON-LD; the W3C's Web Annotation
with quote and position selectors.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.article import Span
from onrecord.export.archive import Numbered
from onrecord.export.asides import folder_of, text_aside
from onrecord.record import Actor, ArticleEntry, Record, Statement

__all__ = ["write_citron", "write_schema_org", "write_web_annotation"]

_Entry = dict[str, Any]
_AROUND = 32
"""Characters before and after that a quote selector has, so that it is found in an edited text."""


def write_citron(records: Iterable[Numbered], path: Path) -> int:
    """Write a folder with Citron's JSON, one file an article; return how many statements."""
    folder = folder_of(path)
    count = 0
    for each in records:
        entry = _citron(each.record)
        count += len(entry["quotes"])
        with text_aside(folder / f"{each.number}.json") as stream:
            json.dump(entry, stream, ensure_ascii=False, indent=1)
    return count


def _citron(record: Record) -> _Entry:
    groups = [actor.mentions for actor in record.actors if len(actor.mentions) > 1]
    return {
        "text": record.article.text,
        "quotes": [_quote(record, each) for each in record.statements if each.cue],
        "coreference_groups": [[_plain(span) for span in group] for group in groups],
    }


def _quote(record: Record, statement: Statement) -> _Entry:
    cue = statement.cue[0]
    last = statement.cue[-1]
    text = record.article.text[cue.start : last.end]
    actors = {actor.id: actor for actor in record.actors}
    mentions = [
        _plain(span)
        for name in statement.speakers
        for span in actors[name].mentions
        if not any(span.overlaps(source) for source in statement.source)
    ]
    return {
        "id": statement.id,
        "cue": {"start": cue.start, "end": last.end, "text": text},
        "sources": [_plain(span) for span in statement.source],
        "contents": [_plain(span) for span in statement.content],
        "coreferences": mentions,
        "confidence": statement.confidence,
    }


def _plain(span: Span) -> _Entry:
    return {"start": span.start, "end": span.end, "text": span.text}


def write_schema_org(records: Iterable[Numbered], path: Path) -> int:
    """Write one JSON-LD document of all statements; return how many.

    Statements with quoted words are Quotations, others Claims; those at odds are linked by
    `disputes` in the `onrecord` vocabulary, because schema.org has no word for it.
    """
    count = 0
    with text_aside(path) as stream:
        stream.write('{"@context": ["https://schema.org", {"onrecord": "urn:onrecord:"}],\n')
        stream.write(' "@graph": [')
        for each in records:
            for entry in _schema_org(each):
                stream.write(("," if count else "") + "\n" + json.dumps(entry, ensure_ascii=False))
                count += 1
        stream.write("\n]}\n")
    return count


def _schema_org(each: Numbered) -> Iterator[_Entry]:
    actors = {actor.id: actor for actor in each.record.actors}
    article = _article(each)
    for statement in each.record.statements:
        quoted = bool(statement.quoted)
        yield {
            "@type": "Quotation" if quoted else "Claim",
            "@id": f"urn:onrecord:{each.number}:{statement.id}",
            "text": " … ".join(span.text for span in statement.quoted or statement.content),
            "spokenByCharacter" if quoted else "claimInterpreter": _speakers(statement, actors),
            "about": [_someone(actors[name]) for name in statement.about],
            "isPartOf" if quoted else "appearance": article,
            **({"dateCreated": on} if (on := _said_on(statement)) else {}),
            "onrecord:act": statement.act,
            **(
                {"onrecord:disputes": [f"urn:onrecord:{each.number}:{n}" for n in statement.denies]}
                if statement.denies
                else {}
            ),
        }


def _said_on(statement: Statement) -> str | None:
    return statement.said_on.date if statement.said_on else None


def _speakers(statement: Statement, actors: dict[str, Actor]) -> list[_Entry]:
    if statement.speakers:
        return [_someone(actors[name]) for name in statement.speakers]
    return [{"@type": "Thing", "name": span.text} for span in statement.source]


def _someone(actor: Actor) -> _Entry:
    kinds = {"person": "Person", "organization": "Organization", "country": "Country"}
    entry: _Entry = {"@type": kinds.get(actor.kind, "Thing"), "name": actor.name}
    if actor.title and actor.kind == "person":
        entry["jobTitle"] = actor.title
    links = [_link(link) for link in actor.links]
    return entry | ({"sameAs": links} if links else {})


def _link(link: str) -> str:
    kind, _, name = link.partition(":")
    if kind == "wikidata":
        return f"https://www.wikidata.org/entity/{name}"
    return (
        f"https://en.wikipedia.org/wiki/{name.replace(' ', '_')}" if kind == "wikipedia" else link
    )


def _article(each: Numbered) -> _Entry:
    entry = each.record.article
    known = {
        "headline": entry.title,
        "url": entry.url,
        "datePublished": entry.published.isoformat() if entry.published else None,
        "inLanguage": entry.language,
    }
    publisher = {"publisher": {"@type": "Organization", "name": entry.outlet}}
    return {
        "@type": "NewsArticle",
        "@id": f"urn:onrecord:{each.number}",
        **{name: value for name, value in known.items() if value},
        **(publisher if entry.outlet else {}),
    }


def write_web_annotation(records: Iterable[Numbered], path: Path) -> int:
    """Write one annotation a line (JSON-LD), one for each statement; return how many."""
    count = 0
    with text_aside(path) as stream:
        for each in records:
            for statement in each.record.statements:
                stream.write(json.dumps(_annotation(each, statement), ensure_ascii=False) + "\n")
                count += 1
    return count


def _annotation(each: Numbered, statement: Statement) -> _Entry:
    entry = each.record.article
    names = [each.record.actor(name).name for name in statement.speakers]
    who = " and ".join(names) or " ".join(span.text for span in statement.source)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:onrecord:{each.number}:{statement.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "creator": {"type": "Software", "name": "OnRecord"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": statement.act},
            {"type": "TextualBody", "purpose": "identifying", "value": who or "unnamed"},
        ],
        "target": [
            {"source": _source(each, entry), "selector": _selector(entry.text, span)}
            for span in statement.content
        ],
    }


def _source(each: Numbered, entry: ArticleEntry) -> str:
    return entry.url or f"urn:sha256:{entry.sha256}" if entry.sha256 else f"urn:{each.number}"


def _selector(text: str, span: Span) -> list[_Entry]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(span.start - _AROUND, 0) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
