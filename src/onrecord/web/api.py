"""The JSON interface: the same questions as the command line."""

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from onrecord.errors import StoreError
from onrecord.export.json import record_to_json
from onrecord.store.archive import Store
from onrecord.web.security import is_meant
from onrecord.web.understanding import Understood, understand

__all__ = ["router"]

router = APIRouter(prefix="/api")

_Day = Annotated[dt.date | None, Query(description="An ISO 8601 day.")]
_Name = Annotated[str | None, Query(max_length=200, description="A full name or its last words.")]
_Country = Annotated[str | None, Query(pattern="^[A-Za-z]{3}$", description="ISO 3166 alpha-3.")]
_Limit = Annotated[int, Query(ge=1, le=1000)]
_Rows = list[dict[str, Any]]


def store_of(request: Request) -> Store:
    """Return the store that the application shows."""
    store: Store = request.app.state.store
    return store


_Store = Annotated[Store, Depends(store_of)]


def _days(since: dt.date | None, until: dt.date | None) -> dict[str, str | None]:
    return {
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }


@router.get("/said", summary="Who said what")
def said(  # noqa: PLR0917
    store: _Store,
    by: _Name = None,
    to: _Name = None,
    about: _Name = None,
    act: str | None = None,
    country: _Country = None,
    text: Annotated[str | None, Query(max_length=500)] = None,
    since: _Day = None,
    until: _Day = None,
    copies: bool = False,
    limit: _Limit = 50,
) -> _Rows:
    """Return statements, the newest first."""
    asked = {"by": by, "to": to, "about": about, "act": act, "country": country, "text": text}
    return store.said(**asked, **_days(since, until), copies=copies, limit=limit).to_dicts()


@router.get("/events", summary="Who did what to whom")
def events(  # noqa: PLR0917
    store: _Store,
    by: _Name = None,
    to: _Name = None,
    type: Annotated[str | None, Query(description="PLOVER type.")] = None,  # noqa: A002
    status: str | None = None,
    country: _Country = None,
    since: _Day = None,
    until: _Day = None,
    copies: bool = False,
    limit: _Limit = 50,
) -> _Rows:
    """Return events, the newest first."""
    asked = {"by": by, "to": to, "act": type, "status": status, "country": country}
    return store.events(**asked, **_days(since, until), copies=copies, limit=limit).to_dicts()


@router.get("/disputes", summary="Which claims are denied, contradicted or corrected")
def disputes(  # noqa: PLR0917
    store: _Store,
    by: _Name = None,
    to: _Name = None,
    kind: str | None = None,
    since: _Day = None,
    until: _Day = None,
    limit: _Limit = 50,
) -> _Rows:
    """Return disputes, the newest first: `by` who answers, `to` whose claim."""
    return store.disputes(by=by, to=to, act=kind, **_days(since, until), limit=limit).to_dicts()


@router.get("/timeline", summary="What was said and done, by day")
def timeline(  # noqa: PLR0917
    store: _Store,
    by: _Name = None,
    to: _Name = None,
    country: _Country = None,
    what: str | None = None,
    since: _Day = None,
    until: _Day = None,
    limit: _Limit = 200,
) -> _Rows:
    """Return statements and events, the earliest first; an event once."""
    asked = {"by": by, "to": to, "country": country, "act": what}
    return store.timeline(**asked, **_days(since, until), limit=limit).to_dicts()


@router.get("/copies", summary="Which articles are copies of which")
def copies(
    store: _Store, article: Annotated[int | None, Query(ge=1)] = None, limit: _Limit = 50
) -> _Rows:
    """Return groups of copies, each with its probable original first."""
    return store.copies(article, limit=limit).to_dicts()


@router.get("/who/{name}", summary="Everything by, to and about somebody")
def who(store: _Store, name: str) -> dict[str, Any]:
    """Return what the store has of those with a name."""
    return dataclasses.asdict(store.who(name))


@router.get("/names", summary="Names that begin so")
def names(store: _Store, beginning: Annotated[str, Query(max_length=100)]) -> list[str]:
    """Return names, the most mentioned first."""
    return store.names(beginning)


@router.get("/count", summary="How many statements or events")
def count(  # noqa: PLR0917
    store: _Store,
    of: str,
    by: str,
    per: str = "article",
    what: str | None = None,
    since: _Day = None,
    until: _Day = None,
    limit: _Limit = 1000,
) -> _Rows:
    """Count by act, type, speaker, actor, status, country, outlet, day or month."""
    found = store.count(of, by=by, per=per, act=what, **_days(since, until), limit=limit)
    return found.to_dicts()


@router.get("/network", summary="Who speaks to or about whom, who acts on whom")
def network(
    store: _Store,
    relation: Annotated[str, Query(pattern="^(to|about|acts)$")] = "acts",
    kind: Annotated[str | None, Query(description="An act, or a PLOVER type.")] = None,
    since: _Day = None,
    until: _Day = None,
    limit: _Limit = 150,
) -> _Rows:
    """Return the most frequent links."""
    return store.network(relation, kind=kind or None, **_days(since, until), limit=limit).to_dicts()


@router.get("/places", summary="Where events happened")
def places(store: _Store, since: _Day = None, until: _Day = None, limit: _Limit = 500) -> _Rows:
    """Return places with how many events came to pass there."""
    return store.places(**_days(since, until), limit=limit).to_dicts()


@router.get("/articles/{number}", summary="The record of an article")
def article(store: _Store, number: int, as_read: bool = False) -> dict[str, Any]:
    """Return the record, as people corrected it."""
    return record_to_json(store.record(number, as_read=as_read))


@router.get("/search", summary="What a line asks for, and what answers it")
def search(
    store: _Store, q: Annotated[str, Query(max_length=500)], limit: _Limit = 50
) -> dict[str, Any]:
    """Understand names, countries, acts and days among words, and return statements and events."""
    asked = understood(store, q)
    return {
        "understood": dict(asked.told()),
        "statements": found_statements(store, asked, limit).to_dicts(),
        "events": found_events(store, asked, limit).to_dicts(),
    }


def understood(store: Store, line: str) -> Understood:
    """Return what a line asks for."""
    return understand(line, store.is_named)


def found_statements(store: Store, asked: Understood, limit: int) -> Any:  # noqa: ANN401
    """Return the statements that answer what was asked."""
    if asked.kind:
        return store.said(text="", limit=1)[:0]
    words = ("by", "to", "about", "act", "country", "since", "until", "text")
    return store.said(**{each: getattr(asked, each) for each in words}, limit=limit)


def found_events(store: Store, asked: Understood, limit: int) -> Any:  # noqa: ANN401
    """Return the events that answer what was asked; words and acts are no filters of events."""
    if asked.text or asked.act:
        return store.events(limit=1)[:0]
    recipient = asked.to or asked.about
    return store.events(
        by=asked.by,
        to=recipient,
        act=asked.kind,
        country=asked.country,
        since=asked.since,
        until=asked.until,
        limit=limit,
    )


class CorrectionRequest(BaseModel):
    """What a person says about a finding."""

    id: str = Field(description="12/s3", max_length=40)
    action: str = Field(description="confirm, correct or reject")
    fields: dict[str, str] = Field(default_factory=dict, description="What is set: act, speakers")
    by: str = Field(max_length=200)
    reason: str = Field(default="", max_length=2000)


@router.post("/corrections", summary="Confirm, correct or reject a finding")
def correct(request: Request, store: _Store, said: CorrectionRequest) -> dict[str, str]:
    """Note down a correction; the header `X-OnRecord-Key` has a form's key."""
    if not request.app.state.edit:
        raise StoreError("this server only shows; onrecord serve --edit lets people correct")
    bearer = request.headers.get("authorization") is not None
    if not bearer and not is_meant(request, request.headers.get("x-onrecord-key")):
        raise StoreError("the change did not come from a page of this server")
    store.correct(said.id, said.action, by=said.by, reason=said.reason, **said.fields)
    return {"id": said.id, "action": said.action}
