"""The pages, rendered here; they work without scripts and are better with them."""

import csv
import datetime as dt
import io
import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.copies.side_by_side import side_by_side
from onrecord.errors import NotFound, OnrecordError, StoreError
from onrecord.export.html import paragraphs_of, web_address
from onrecord.export.tables import harmless
from onrecord.export.wording import Teller, article_line, heading
from onrecord.record import ACTS, EVENT_TYPES
from onrecord.store.archive import Store
from onrecord.store.table import Answers, in_words
from onrecord.web.api import found_events, found_statements, store_of, understood
from onrecord.web.drawing import curve_of, lanes_of
from onrecord.web.security import is_meant

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_Text = Annotated[str, Query(max_length=500)]
_ROWS = 50
_RECENT = dt.timedelta(days=91)
"""What the network and the map show at first: all of a large archive takes a second to count."""


def _page(request: Request, template: str, **shown: Any) -> HTMLResponse:  # noqa: ANN401
    environment = request.app.state.templates
    page = environment.get_template(template).render(
        request=request, edit=request.app.state.edit, **shown
    )
    return HTMLResponse(page)


def _day(written: str) -> str | None:
    try:
        return dt.date.fromisoformat(written).isoformat() if written else None
    except ValueError:
        raise StoreError(f"{written!r} is no day; 2022-02-02 would be right") from None


def _first_day(store: Store, since: str | None, until: str) -> str:
    """Return from when a page shows what it shows: the last months, if nothing else is asked."""
    if since is not None or until:
        return since or ""
    newest = store.newest_day()
    return (dt.date.fromisoformat(newest) - _RECENT).isoformat() if newest else ""


def _download(answers: "Answers[Any]", form: str, name: str) -> Response:
    """Return answers as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "json":
        body = json.dumps(answers.to_dicts(), ensure_ascii=False, indent=1)
        return Response(body, media_type="application/json", headers=headers)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answers.columns)
    for row in answers.to_dicts():
        writer.writerow([
            value if isinstance(value, int | float) else harmless(in_words(value))
            for value in row.values()
        ])  # fmt: skip
    return Response(stream.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/")
def today(request: Request, before: _Text = "") -> Response:
    """Show the newest stories."""
    store = store_of(request)
    stories = store.today(limit=20, before=_day(before))
    oldest = next((each.day for each in reversed(stories) if each.day), None)
    return _page(
        request, "today.html.j2", stories=stories, sizes=store.sizes(), oldest=oldest, before=before
    )


@router.get("/search")
def search(request: Request, q: _Text = "", download: str = "") -> Response:
    """Show what answers a line in the search box."""
    store = store_of(request)
    asked = understood(store, q)
    statements = found_statements(store, asked, _ROWS)
    events = found_events(store, asked, _ROWS)
    if download in {"csv", "json"}:
        return _download(statements or events, download, "search")
    return _page(
        request, "search.html.j2", q=q, told=tuple(asked.told()), statements=statements,
        events=events,
    )  # fmt: skip


@router.get("/articles/{number}")
def article(request: Request, number: int, original: bool = False) -> Response:
    """Show an article with its record, as published or as it was probably worded."""
    store = store_of(request)
    record = store.record(number)
    return _page(
        request,
        "article.html.j2",
        number=number,
        record=record,
        teller=Teller(record),
        title=heading(record.article),
        origin=article_line(record.article),
        url=web_address(record.article.url),
        paragraphs=paragraphs_of(record),
        original=original,
        copies=store.copies(number),
        across=[each for each in store.disputes(article=number, copies=True) if "/x" in each.id],
        acts=ACTS,
    )


@router.get("/articles/{number}/beside/{other}")
def beside(request: Request, number: int, other: int) -> Response:
    """Show the sentences of two articles side by side."""
    store = store_of(request)
    one, two = store.record(number), store.record(other)
    return _page(
        request,
        "beside.html.j2",
        numbers=(number, other),
        titles=(heading(one.article), heading(two.article)),
        origins=(article_line(one.article), article_line(two.article)),
        rows=side_by_side(one.article.text, two.article.text),
    )


@router.get("/who/{name}")
def who(request: Request, name: str) -> Response:
    """Show somebody."""
    store = store_of(request)
    profile = store.who(name)
    most = max((number for _, number in profile.by_month), default=1)
    return _page(
        request, "who.html.j2", profile=profile, most=most, name=name,
        said=store.said(by=name, limit=20), told=store.said(to=name, limit=10),
        about=store.said(about=name, limit=20), did=store.events(by=name, limit=20),
        done=store.events(to=name, limit=10), disputes=store.disputes(to=name, limit=10),
        denied=store.disputes(by=name, limit=10),
    )  # fmt: skip


@router.get("/timeline")
def timeline(  # noqa: PLR0917
    request: Request,
    by: _Text = "",
    to: _Text = "",
    country: _Text = "",
    what: _Text = "",
    since: _Text = "",
    until: _Text = "",
    download: str = "",
) -> Response:
    """Show what was said and done, in lanes and as a curve."""
    store = store_of(request)
    asked = {"by": by, "to": to, "country": country, "act": what}
    moments = store.timeline(
        **{name: value or None for name, value in asked.items()},
        since=_day(since), until=_day(until), limit=200,
    )  # fmt: skip
    if download in {"csv", "json"}:
        return _download(moments, download, "timeline")
    form = asked | {"what": what, "since": since, "until": until}
    return _page(
        request, "timeline.html.j2", moments=moments, lanes=lanes_of(moments),
        curve=curve_of(moments), form=form, acts=ACTS, types=EVENT_TYPES,
        query=urlencode({k: v for k, v in form.items() if v and k != "act"}),
    )  # fmt: skip


@router.get("/network")
def network(
    request: Request,
    relation: _Text = "acts",
    kind: _Text = "",
    since: _Text | None = None,
    until: _Text = "",
    download: str = "",
) -> Response:
    """Show who speaks to or about whom, or acts on whom."""
    if relation not in {"to", "about", "acts"}:
        raise StoreError(f"{relation!r} is no relation; to, about or acts would be right")
    store = store_of(request)
    since = _first_day(store, since, until)
    links = store.network(relation, kind=kind or None, since=_day(since), until=_day(until))
    if download in {"csv", "json"}:
        return _download(links, download, "network")
    form = {"relation": relation, "kind": kind, "since": since, "until": until}
    return _page(
        request, "network.html.j2", links=links, form=form, acts=ACTS, types=EVENT_TYPES,
        query=urlencode({name: value for name, value in form.items() if value}),
    )  # fmt: skip


@router.get("/map")
def world(
    request: Request, since: _Text | None = None, until: _Text = "", download: str = ""
) -> Response:
    """Show where events happened."""
    store = store_of(request)
    since = _first_day(store, since, until)
    scenes = store.places(since=_day(since), until=_day(until))
    if download in {"csv", "json"}:
        return _download(scenes, download, "places")
    form = {"since": since, "until": until}
    return _page(
        request, "map.html.j2", scenes=scenes, form=form,
        query=urlencode({name: value for name, value in form.items() if value}),
    )  # fmt: skip


@router.get("/disputes")
def disputes(  # noqa: PLR0917
    request: Request,
    by: _Text = "",
    to: _Text = "",
    kind: _Text = "",
    since: _Text = "",
    until: _Text = "",
    download: str = "",
) -> Response:
    """Show claims against what is said against them."""
    found = store_of(request).disputes(
        by=by or None, to=to or None, act=kind or None, since=_day(since), until=_day(until),
        limit=_ROWS,
    )  # fmt: skip
    if download in {"csv", "json"}:
        return _download(found, download, "disputes")
    form = {"by": by, "to": to, "kind": kind, "since": since, "until": until}
    return _page(
        request, "disputes.html.j2", disputes=found, form=form,
        query=urlencode({name: value for name, value in form.items() if value}),
    )  # fmt: skip


@router.get("/disputes/{number}/{finding}")
def dispute(request: Request, number: int, finding: str) -> Response:
    """Show a claim and what is said against it, each in its article."""
    store = store_of(request)
    found = store.disputes(article=number, finding=finding, copies=True, limit=1)
    if not found:
        raise NotFound(f"there is no dispute {number}/{finding} in the store")
    sides = [_side(store, name) for name in (found[0].claim_id, found[0].answer_id)]
    return _page(request, "dispute.html.j2", dispute=found[0], sides=sides)


def _side(store: Store, name: str) -> dict[str, Any]:
    number, _, finding = name.partition("/")
    record = store.record(int(number))
    statement = record.statement(finding)
    text, spans = record.article.text, statement.content
    start, end = spans[0].start, spans[-1].end
    return {
        "number": int(number),
        "statement": statement,
        "origin": article_line(record.article),
        "title": heading(record.article),
        "before": text[max(start - 280, 0) : start],
        "content": text[start:end],
        "after": text[end : end + 280],
        "teller": Teller(record),
    }


@router.get("/copies")
def copies(request: Request) -> Response:
    """Show groups of copies."""
    return _page(request, "copies.html.j2", copies=store_of(request).copies(limit=30))


@router.get("/corrections")
def corrections(request: Request) -> Response:
    """Show who corrected what, and what is least certain."""
    store = store_of(request)
    doubtful = store.doubtful(limit=20) if request.app.state.edit else ()
    return _page(
        request, "corrections.html.j2", corrections=store.corrections(limit=100),
        doubtful=doubtful, acts=ACTS,
    )  # fmt: skip


def _may_edit(request: Request, key: str) -> None:
    if not request.app.state.edit:
        raise StoreError("this server only shows; onrecord serve --edit lets people correct")
    if not is_meant(request, key):
        raise StoreError("the change did not come from a page of this server; load the page anew")


_Field = Annotated[str, Form(max_length=2000)]


@router.post("/corrections")
def correct(  # noqa: PLR0917
    request: Request,
    id: _Field,  # noqa: A002
    by: _Field,
    key: _Field,
    action: _Field,
    act: _Field = "",
    speakers: _Field = "",
    reason: _Field = "",
    back: _Field = "/corrections",
) -> Response:
    """Note down what a person says about a finding."""
    _may_edit(request, key)
    fields = {name: value for name, value in (("act", act), ("speakers", speakers)) if value}
    if action == "correct" and not fields:
        raise StoreError("nothing was changed; another act or another speaker would be right")
    store = store_of(request)
    store.correct(id, action, by=by, reason=reason, **(fields if action == "correct" else {}))
    answer = RedirectResponse(back if back.startswith("/") and back[1:2] != "/" else "/", 303)
    answer.set_cookie("onrecord-name", by.encode("ascii", "ignore").decode(), samesite="strict")
    return answer


@router.post("/corrections/{number}/withdraw")
def withdraw(request: Request, number: int, key: _Field) -> Response:
    """Take a correction back."""
    _may_edit(request, key)
    store_of(request).withdraw(number)
    return RedirectResponse("/corrections", 303)


@router.get("/intake")
def intake(request: Request) -> Response:
    """Show what was taken in and what failed, and a form for more."""
    store = store_of(request)
    return _page(
        request, "intake.html.j2", runs=store.runs(), failures=store.failures()[:100],
        articles=store.articles(limit=20), message="", now=dt.datetime.now(dt.UTC),
    )  # fmt: skip


@router.post("/intake")
def take_in(
    request: Request,
    key: _Field,
    text: Annotated[str, Form(max_length=2_000_000)] = "",
    url: _Field = "",
    title: _Field = "",
    published: _Field = "",
) -> Response:
    """Read a text or a page into the store, and go to its article."""
    from onrecord.web.taking import read_one

    _may_edit(request, key)
    try:
        given = {"text": text, "url": url, "title": title, "published": published}
        number = read_one(store_of(request), given, private=request.app.state.allow_private)
    except OnrecordError as error:
        store = store_of(request)
        page = _page(
            request, "intake.html.j2", runs=store.runs(), failures=store.failures()[:100],
            articles=store.articles(limit=20), message=str(error), now=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        page.status_code = 400
        return page
    return RedirectResponse(f"/articles/{number}", 303)


@router.get("/api")
def documentation(request: Request) -> Response:
    """Show what the JSON interface answers."""
    schema = request.app.openapi()
    paths = [
        (method.upper(), path, entry)
        for path, methods in schema["paths"].items()
        for method, entry in methods.items()
    ]
    return _page(request, "api.html.j2", paths=paths)


@router.get("/about")
def about(request: Request) -> Response:
    """Show what this is, and whose work is in it."""
    return _page(request, "about.html.j2", sizes=store_of(request).sizes())
