import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.store.samples import TEXT, make_record
from tests.web.conftest import LOCAL

from onrecord.store.answers import Failed, Run
from onrecord.store.writing import Arrival
from onrecord.web.app import create_app
from onrecord.web.security import Access

PAGES = (
    "/", "/?before=2022-02-02", "/search?q=Lavrov+denied+2022", "/search", "/articles/1",
    "/articles/1?original=true", "/articles/2/beside/1", "/who/Lavrov", "/who/NATO",
    "/timeline", "/timeline?by=Lavrov&what=CONSULT", "/network", "/network?relation=about",
    "/map", "/disputes", "/disputes?to=Lavrov&kind=denial", "/disputes/1/d1", "/copies",
    "/corrections", "/intake", "/api", "/about",
)  # fmt: skip
FORMS = ("csv", "json")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["browse", "edit"])
def test_a_page_is_shown_whole(request, path, who):
    answer = request.getfixturevalue(who).get(path)
    assert answer.status_code == 200
    assert answer.text.rstrip().endswith("</html>")
    assert len(answer.content) < 500_000
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", answer.text)
    assert not re.search(r"""(?:src|href)=["']https?://(?!example\.org)""", answer.text)


def test_an_article_shows_its_words_marked_and_its_copies(browse):
    page = browse.get("/articles/1").text
    assert 'class="source' in page or 'class="content' in page
    assert "side by side" in page
    assert 'href="https://example.org/a"' in page


def test_what_a_copy_repeats_is_shown_once(browse):
    assert browse.get("/").text.count("Talks again") == 0
    assert "reported by 2, 1 independent" in browse.get("/").text


@pytest.mark.parametrize("path", ["/search?q=Lavrov", "/timeline", "/network", "/map", "/disputes"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_shown_can_be_downloaded(browse, path, form):
    answer = browse.get(path + ("&" if "?" in path else "?") + f"download={form}")
    assert answer.status_code == 200
    assert f".{form}" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/99", 404),
        ("/who/Nobody", 404),
        ("/disputes/1/d9", 404),
        ("/articles/1/beside/9", 404),
        ("/nowhere", 404),
        ("/articles/one", 422),
        ("/timeline?since=soon", 400),
        ("/network?relation=hates", 400),
        ("/disputes?kind=denial&by=Nobody", 404),
        ("/api/articles/99", 404),
        ("/api/said?act=shout", 400),
        ("/api/said?limit=0", 422),
        ("/api/nowhere", 404),
    ],
)
def test_what_is_not_there_is_told_plainly(browse, path, status):
    answer = browse.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    if path.startswith("/api/"):
        assert answer.json()["error"]
    else:
        assert "</html>" in answer.text


PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
    "'-alert(1)-'", "{{ 7 * 7 }}", "</title><script>alert(1)</script>", "<svg/onload=alert(1)>",
    "]]><script>alert(1)</script>", "&lt;script&gt;", "\u202ealert", "<a href='javascript:x'>x</a>",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_an_article_is_interpreted(store, edit, payload):
    text = f"{TEXT} {payload} {payload}"
    record = make_record(text, title=payload, name="x")
    entry = replace(record.article, outlet=payload, url=payload)
    actors = tuple(replace(each, name=f"{payload} Lavrov") for each in record.actors)
    run = store.begin_run("test", program="0", networks="")
    hostile = replace(record, article=entry, actors=actors)
    failed = [Failed(payload, payload, "now")]
    store.add([Arrival(payload, hostile)], failed, run_id=run)
    store.correct("3/s1", "confirm", by=payload, reason=payload)
    for path in (
        "/", "/articles/3", "/search?q=" + payload, "/who/" + payload.replace("/", "%2F"),
        "/timeline", "/disputes", "/disputes/3/d1", "/corrections", "/intake", "/copies",
        "/articles/3/beside/1", f"/timeline?by={payload}",
    ):  # fmt: skip
        page = edit.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page
        assert not re.search(r"""<[a-z][^<>]*href=["']?javascript:""", page)


def test_a_server_of_another_name_is_refused(store):
    visitor = TestClient(create_app(store, access=LOCAL), base_url="http://evil.example")
    assert visitor.get("/").status_code == 421


def test_other_machines_need_the_token(store):
    access = Access(token="secret-token", hosts=frozenset({"testserver"}))
    visitor = TestClient(create_app(store, access=access))
    assert visitor.get("/").status_code == 401
    assert visitor.get("/?token=wrong").status_code == 401
    assert visitor.get("/api/said", headers={"Authorization": "Bearer secret-token"}).json()
    first = visitor.get("/?token=secret-token", follow_redirects=False)
    assert first.status_code == 303
    assert "token" not in first.headers["location"]
    assert visitor.get("/").status_code == 200


def key_of(visitor):
    return re.search(r'name="key" value="([0-9a-f]+)"', visitor.get("/intake").text)[1]


CHANGE = {"id": "1/s1", "by": "A. Editor", "action": "correct", "act": "state"}


def test_a_correction_needs_the_key_of_a_form_and_the_same_origin(store, edit):
    assert edit.post("/corrections", data=CHANGE | {"key": "0" * 64}).status_code == 400
    key = key_of(edit)
    foreign = {"Origin": "https://evil.example"}
    assert edit.post("/corrections", data=CHANGE | {"key": key}, headers=foreign).status_code == 400
    assert len(store.corrections()) == 0
    answer = edit.post(
        "/corrections", data=CHANGE | {"key": key, "back": "//evil.example"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert store.said(act="state")[0].id == "1/s1"
    assert edit.post("/corrections/1/withdraw", data={"key": key}).status_code == 200
    assert len(store.said(act="state")) == 0


def test_a_server_that_only_shows_changes_nothing(store, browse):
    for path, data in (
        ("/corrections", CHANGE | {"key": "x"}),
        ("/corrections/1/withdraw", {"key": "x"}),
        ("/intake", {"key": "x", "text": "Kyiv denied it."}),
    ):
        assert browse.post(path, data=data).status_code == 400
    assert (
        browse.post(
            "/api/corrections", json={"id": "1/s1", "action": "reject", "by": "E"}
        ).status_code
        == 400
    )
    assert len(store.corrections()) == 0
    assert len(store.articles()) == 2


def test_a_text_is_pasted_and_its_record_appears(store, edit):
    key = key_of(edit)
    text = "“We will stay,” the mayor of Kyiv said on Monday.\r\nMoscow denied it."
    answer = edit.post("/intake", data={"key": key, "text": text, "title": "Stay"})
    assert answer.url.path == "/articles/3"
    assert "We will stay" in answer.text
    again = edit.post("/intake", data={"key": key, "text": text})
    assert again.url.path == "/articles/3"
    assert store.runs()[0].ended_at


def test_a_run_shows_its_rate_and_whether_it_still_writes():
    begun, latest = "2022-02-02T10:00:00+00:00", "2022-02-02T10:02:00+00:00"
    run = Run(1, "ingest", begun, None, 300, latest)
    assert run.per_minute == 150
    assert Run(2, "ingest", begun, None, 0).per_minute is None
    soon = dt.datetime(2022, 2, 2, 10, 11, tzinfo=dt.UTC)
    assert not run.is_silent(soon)
    assert run.is_silent(soon + dt.timedelta(minutes=2))
    assert not Run(3, "ingest", begun, latest, 300, latest).is_silent(soon + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "nothing was given"),
        ({"url": "ftp://example.org"}, "is no address"),
        ({"url": "http://127.0.0.1:1/"}, "could not be fetched"),
        ({"text": "Kyiv denied it.", "published": "soon"}, "is no date"),
    ],
)
def test_what_cannot_be_taken_in_is_told(edit, given, words):
    answer = edit.post("/intake", data={"key": key_of(edit)} | given)
    assert answer.status_code == 400
    assert words in answer.text.replace("&#39;", "'")


def test_a_private_address_is_not_visited(store):
    visitor = TestClient(create_app(store, edit=True, access=LOCAL))
    data = {"key": key_of(visitor), "url": "http://127.0.0.1:1/"}
    assert "private or local" in visitor.post("/intake", data=data).text


def test_the_interface_answers_what_the_command_line_does(browse, store):
    assert browse.get("/api/said?by=Lavrov").json() == store.said(by="Lavrov").to_dicts()
    assert browse.get("/api/events?type=CONSULT").json() == store.events(act="CONSULT").to_dicts()
    assert browse.get("/api/disputes").json() == store.disputes().to_dicts()
    assert browse.get("/api/timeline").json() == store.timeline(limit=200).to_dicts()
    assert browse.get("/api/copies").json() == store.copies().to_dicts()
    assert browse.get("/api/who/NATO").json()["name"] == "NATO"
    assert browse.get("/api/names?beginning=lav").json() == ["Sergei Lavrov"]
    assert browse.get("/api/count?of=events&by=type").json() == [{"key": "CONSULT", "number": 2}]
    assert browse.get("/api/places").json()[0]["place"] == "Geneva"
    assert browse.get("/api/network").json()[0]["source"] == "Sergei Lavrov"
    assert browse.get("/api/articles/1").json()["format"] == "onrecord/1"
    found = browse.get("/api/search?q=NATO denied").json()
    assert found["understood"] == {"by": "NATO", "act": "deny"}
    assert [each["id"] for each in found["statements"]] == ["1/s2"]


def test_the_interface_is_described(browse):
    schema = browse.get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    page = browse.get("/api").text
    assert all(path in page for path in schema["paths"])


def test_a_correction_by_a_program_needs_the_token(store):
    access = Access(token="secret-token", hosts=frozenset({"testserver"}))
    visitor = TestClient(create_app(store, edit=True, access=access))
    said = {"id": "1/s1", "action": "correct", "fields": {"act": "state"}, "by": "E"}
    assert visitor.post("/api/corrections", json=said).status_code == 401
    bearer = {"Authorization": "Bearer secret-token"}
    assert visitor.post("/api/corrections", json=said, headers=bearer).status_code == 200
    assert store.corrections()[0].by == "E"


def test_what_is_shipped_loads_nothing_from_elsewhere():
    static = Path(__file__).parents[2] / "src/onrecord/web/static"
    for name in ("app.js", "timeline.js", "network.js", "map.js", "style.css"):
        assert not re.search(r"https?://|@import|eval\(|innerHTML", (static / name).read_text())
    licences = (static / "LICENSES.md").read_text()
    for path in static.glob("*.min.js"):
        assert path.name in licences


@pytest.mark.parametrize("path", ["/network", "/map"])
def test_what_is_shown_at_first_is_what_is_recent(browse, path):
    newest = browse.get("/").text
    assert "2022" in newest
    first, every = browse.get(path).text, browse.get(f"{path}?since=").text
    assert 'name="since" value="2021-' in first
    assert 'name="since" value=""' in every
