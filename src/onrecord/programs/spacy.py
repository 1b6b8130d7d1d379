"""A spaCy component: `nlp.add_pipe("onrecord")` fills `doc._.statements` and spans.

spaCy finds it by its entry point; nothing needs to be imported. It reads the text with OnRecord's
own analysis, so it works in any pipeline, a blank one too.
"""

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.article import Article
from onrecord.reading.pipeline import Reader

if TYPE_CHECKING:
    from onrecord.record import Record, Statement

__all__ = ["OnRecord", "make"]

SPANS = "onrecord"
"""Group of `doc.spans`: spans are labelled SOURCE, CUE, CONTENT or EVENT, with the finding's id."""

Doc.set_extension("record", default=None, force=True)
Doc.set_extension("statements", getter=lambda doc: _of(doc, "statements"), force=True)
Doc.set_extension("events", getter=lambda doc: _of(doc, "events"), force=True)
Doc.set_extension("disputes", getter=lambda doc: _of(doc, "disputes"), force=True)


def _of(doc: Doc, kind: str) -> tuple["Statement", ...]:
    found: tuple[Statement, ...] = getattr(doc._.record, kind) if doc._.record else ()
    return found


class OnRecord:
    """Reads each document. Publication dates are taken from `doc.user_data["published"]`."""

    def __init__(self) -> None:
        self._reader = Reader()

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the record and the spans.

        Example:
            >>> import spacy
            >>> nlp = spacy.blank("en")
            >>> _ = nlp.add_pipe("onrecord")
            >>> doc = nlp("The mayor said on Monday that talks had failed.")
            >>> [(each.act, each.content[0].text) for each in doc._.statements]
            [('state', 'that talks had failed')]
        """
        published = doc.user_data.get("published")
        record = self._reader.read(Article(doc.text, published=published))
        doc._.record = record
        doc.spans[SPANS] = list(_spans(doc, record))
        return doc


def _spans(doc: Doc, record: "Record") -> list[Span]:
    found = [
        (span, label, statement.id)
        for statement in record.statements
        for label, spans in (
            ("SOURCE", statement.source),
            ("CUE", statement.cue),
            ("CONTENT", statement.content),
        )
        for span in spans
    ]
    found += [(span, "EVENT", event.id) for event in record.events for span in event.trigger]
    made = (
        doc.char_span(span.start, span.end, label=label, span_id=name, alignment_mode="expand")
        for span, label, name in found
    )
    return [span for span in made if span is not None]


@Language.factory("onrecord")  # type: ignore[untyped-decorator]
def make(nlp: Language, name: str) -> OnRecord:  # noqa: ARG001 (spaCy's signature)
    """Return the component."""
    return OnRecord()
