import asyncio
import json
import re
import sqlite3
from pathlib import Path

import pytest
import spacy
from tests.store.samples import make_record

from onrecord import open_store
from onrecord.store.writing import Arrival

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "onrecord.db"
    with open_store(path, create=True) as store:
        run = store.begin_run("test", program="0", networks="")
        store.add([Arrival("a.txt", make_record())], run_id=run)
    return path


@pytest.fixture(scope="module")
def nlp():
    import onrecord.programs.spacy  # noqa: F401 (what the entry point does in an installed program)

    made = spacy.blank("en")
    made.add_pipe("onrecord")
    return made


def test_spacy_documents_have_statements_and_spans(nlp):
    doc = nlp(
        "The mayor said on Monday that talks had failed. Boris Johnson met Volodymyr Zelensky."
    )
    assert [each.act for each in doc._.statements] == ["state"]
    assert [each.type for each in doc._.events] == ["CONSULT"]
    spans = {(span.label_, span.text) for span in doc.spans["onrecord"]}
    assert {("SOURCE", "The mayor"), ("CUE", "said"), ("EVENT", "met")} <= spans
    assert {span.id_ for span in doc.spans["onrecord"]} == {"s1", "e1"}


def test_spacy_reads_in_a_stream_and_takes_odd_text(nlp):
    docs = list(nlp.pipe(["", "   ", "“Open", "Kyiv denied it."]))
    assert docs[-1]._.statements[0].act == "deny"


def test_the_component_is_found_by_spacy_alone():
    project = (ROOT / "pyproject.toml").read_text()
    assert re.search(r'spacy_factories"\]\s*\nonrecord = "onrecord.programs.spacy:make"', project)


def test_tools_answer_with_ids_that_can_be_shown(path):
    pytest.importorskip("mcp")
    from onrecord.programs.mcp import make_server

    with open_store(path) as store:
        server = make_server(store)
        tools = {tool.name for tool in asyncio.run(server.list_tools())}
        assert tools == {"said", "events", "disputes", "timeline", "who", "copies", "show"}
        found = asyncio.run(server.call_tool("said", {"by": "Lavrov"}))
        assert "1/s1" in str(found)
        shown = asyncio.run(server.call_tool("show", {"id": "1/s1"}))
        assert "breaking its word" in str(shown)


def test_datasettes_questions_are_answered_by_a_store(path):
    metadata = (ROOT / "examples" / "datasette" / "metadata.yaml").read_text()
    blocks = re.findall(r"sql: \|-\n((?:          .*\n)+)", metadata)
    assert len(blocks) == 3
    database = sqlite3.connect(path)
    answers = [database.execute(sql, {"name": "Lavrov"}).fetchall() for sql in blocks]
    database.close()
    assert all(answers)
    tables = re.findall(r"^      (\w+): \{", metadata, re.MULTILINE)
    database = sqlite3.connect(path)
    known = {name for (name,) in database.execute("select name from sqlite_master")}
    database.close()
    assert set(tables) <= known


def test_datasette_opens_a_store(path):
    datasette = pytest.importorskip("datasette.app")
    yaml = pytest.importorskip("yaml")
    metadata = yaml.safe_load((ROOT / "examples" / "datasette" / "metadata.yaml").read_text())

    async def ask():
        app = datasette.Datasette([str(path)], metadata=metadata)
        answer = await app.client.get("/onrecord/said_by.json?name=Lavrov&_shape=array")
        return answer.status_code, json.loads(answer.text)

    status, rows = asyncio.run(ask())
    assert status == 200
    assert rows[0]["id"] == "1/s1"
