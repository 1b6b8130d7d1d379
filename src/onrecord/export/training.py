"""Records that people corrected as annotated articles, from which a network learns."""

from typing import Any

from onrecord.article import Span
from onrecord.record import Record

__all__ = ["annotated"]


def annotated(record: Record, name: str) -> dict[str, Any]:
    """Return a record as `onrecord train attribution` and `evaluate attribution` read it.

    What nobody looked at is taken as it was found; statements within others are left out.
    """
    return {
        "id": name,
        "text": record.article.text,
        "attributions": [
            {
                "source": _pairs(each.source),
                "cue": _pairs(each.cue),
                "content": _pairs(each.content),
            }
            for each in record.statements
            if each.within is None and each.cue
        ],
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
