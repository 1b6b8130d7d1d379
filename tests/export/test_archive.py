"""Every format against its own reader or specification, on real records of the sample reports."""

import csv
import datetime as dt
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.store.samples import make_record

from onrecord import Article, record_from_json
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.export.archive import FORMATS, Numbered, exporter
from onrecord.export.event_rows import ICEWS, POLECAT
from onrecord.export.tables import COLUMNS, harmless
from onrecord.export.training import annotated
from onrecord.intake.annotations import read_annotations
from onrecord.reading.pipeline import Reader

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def records():
    reader = Reader()
    texts = [
        (EXAMPLES / name).read_text(encoding="utf-8")
        for name in ("01-agency-orban.txt", "06-live-blog.txt", "13-single-quotes-johnson.txt")
    ]
    read = [
        reader.read(
            Article(text, url=f"https://example.org/{n}", title=f"T\t{n}", outlet="Courier")
        )
        for n, text in enumerate(texts)
    ]
    return [Numbered(n, each) for n, each in enumerate([*read, make_record()], 1)]


@pytest.fixture
def written(records, tmp_path):
    def write(name):
        path = tmp_path / "out"
        count = exporter(name)(iter(records), path)
        assert count > 0
        assert not list(tmp_path.glob("**/*.part"))
        return path

    return write


def rows(path, delimiter="\t", quoting=csv.QUOTE_MINIMAL):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter, quoting=quoting))


def test_json_lines_come_back_as_they_were(written, records):
    lines = written("jsonl").read_bytes().splitlines()
    assert [record_from_json(line) for line in lines] == [each.record for each in records]


@pytest.mark.parametrize("table", COLUMNS)
def test_csv_and_parquet_hold_the_same_rows(written, records, table, tmp_path):
    read = rows(written("csv") / f"{table}.csv", delimiter=",")
    exporter("parquet")(iter(records), tmp_path / "parquet")
    found = pq.read_table(tmp_path / "parquet" / f"{table}.parquet")
    assert read[0] == found.column_names == list(COLUMNS[table])
    assert len(read) - 1 == found.num_rows
    count = {
        "articles": len(records),
        **{
            name: sum(len(getattr(each.record, name)) for each in records)
            for name in ("actors", "statements", "events", "disputes")
        },
    }
    assert found.num_rows == count[table]


def test_a_statements_row_points_at_its_words(written, records):
    for row in pq.read_table(written("parquet") / "statements.parquet").to_pylist():
        text = records[row["article"] - 1].record.article.text
        assert text[row["start"] : row["end"]].startswith(row["content"].split(" … ")[0])


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_is_no_formula(value):
    assert harmless(value) == f"'{value}"
    assert harmless("Kyiv") == "Kyiv"
    assert harmless(-1.5) == -1.5


def test_polecat_has_its_forty_columns(written):
    head, *events = rows(written("polecat"))
    assert tuple(head) == POLECAT
    assert len(POLECAT) == 40
    assert all(len(event) == 40 for event in events)
    by_name = [dict(zip(head, event, strict=True)) for event in events]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|None", each["Event Date"]) for each in by_name)
    assert {each["Quad Code"] for each in by_name} <= {"1", "2", "3", "4"}
    meeting = next(each for each in by_name if "Viktor Orban" in each["Actor Name"])
    assert (meeting["Actor Country"], meeting["Actor COW"]) != ("None", "None")
    assert all("" not in event for event in events)


def test_icews_has_one_source_and_target_a_row(written):
    head, *events = rows(written("icews"))
    assert tuple(head) == ICEWS
    for event in (dict(zip(head, each, strict=True)) for each in events):
        assert event["Source Name"] != event["Target Name"]
        assert re.fullmatch(r"\d{2,4}", event["CAMEO Code"])
        assert -10 <= float(event["Intensity"]) <= 10


def test_gdelts_mentions_belong_to_its_events(written, records, tmp_path):
    events = rows(written("gdelt-events"), quoting=csv.QUOTE_NONE)
    exporter("gdelt-mentions")(iter(records), tmp_path / "mentions")
    mentions = rows(tmp_path / "mentions", quoting=csv.QUOTE_NONE)
    assert {len(event) for event in events} == {61}
    assert {len(mention) for mention in mentions} == {16}
    numbers = [event[0] for event in events]
    assert len(set(numbers)) == len(numbers)
    assert {mention[0] for mention in mentions} == set(numbers)
    for event in events:
        assert event[26][:2] == event[28]
        assert event[29] in "1234"
        if event[1]:
            assert event[1].startswith(event[3])
    texts = {each.record.article.url: each.record.article.text for each in records}
    for mention in mentions:
        assert 0 <= int(mention[9]) < int(mention[12])
        if mention[5] in texts:
            assert int(mention[12]) == len(texts[mention[5]])


def test_gkg_places_have_fips_codes_and_stand_where_they_say(written, records):
    articles = rows(written("gkg"), quoting=csv.QUOTE_NONE)
    found = set()
    for article, each in zip(articles, records, strict=True):
        places = filter(None, article[10].split(";"))
        for place, known in zip(places, each.record.places, strict=True):
            kind, name, fips, *_, offset = place.split("#")
            assert int(offset) == known.span.start
            assert name.startswith(known.name)
            found.add((kind, name, fips))
        assert article[9].count(";") <= article[10].count(";")
    assert ("4", "Moscow, Russia", "RS") in found or ("4", "Kyiv, Ukraine", "UP") in found, found


def test_gkg_quotations_stand_where_they_say(written, records):
    articles = rows(written("gkg"), quoting=csv.QUOTE_NONE)
    assert {len(article) for article in articles} == {27}
    found = 0
    for article, each in zip(articles, records, strict=True):
        for quotation in filter(None, article[22].split("#")):
            offset, length, _, words = quotation.split("|")
            text = each.record.article.text[int(offset) : int(offset) + int(length)]
            assert " ".join(text.split()) == words
            found += 1
    assert found > 3


def test_plover_and_ngec_have_an_event_a_line(written, records, tmp_path):
    plover = [json.loads(line) for line in written("plover").read_text().splitlines()]
    exporter("ngec")(iter(records), tmp_path / "ngec")
    ngec = [json.loads(line) for line in (tmp_path / "ngec").read_text().splitlines()]
    assert [each["id"] for each in plover] == [each["id"].rpartition("_")[0] for each in ngec]
    for each in plover:
        record = records[int(each["id"].partition("/")[0]) - 1].record
        span = each["textInfo"]
        assert record.article.text[span["start"] : span["end"]] == each["text"]
        assert each["status"] not in {"denied", "hypothetical"}
    for each in ngec:
        for party in each["attributes"]["ACTOR"] + each["attributes"]["RECIP"]:
            if party["qa_start_char"] is not None:
                cut = each["event_text"][party["qa_start_char"] : party["qa_end_char"]]
                assert cut == party["text"]


def test_citrons_spans_are_their_words(written, records):
    folder = written("citron")
    for each in records:
        entry = json.loads((folder / f"{each.number}.json").read_text(encoding="utf-8"))
        assert entry["text"] == each.record.article.text
        for quote in entry["quotes"]:
            spans = [quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"]]
            for span in spans + [span for group in entry["coreference_groups"] for span in group]:
                assert entry["text"][span["start"] : span["end"]] == span["text"]


def test_brat_is_read_back_by_our_own_reader(written, records):
    folder = written("brat")
    found = {each.id: each for each in read_annotations(folder)}
    for each in records:
        told = [one for one in each.record.statements if one.cue]
        back = found[str(each.number)].attributions
        assert len(back) == len(told)
        assert {one.content[0].start for one in told} == {one.content[0][0] for one in back}


def test_conll_columns_are_the_spans(written, records):
    for block, each in zip(
        written("conll").read_text(encoding="utf-8").split("# article = ")[1:], records, strict=True
    ):
        text, statements = each.record.article.text, each.record.statements
        lines = [line.split("\t") for line in block.splitlines() if "\t" in line]
        assert all(text[int(line[1]) : int(line[2])] == line[0] for line in lines)
        assert {len(line) for line in lines} == {3 + len(statements)}
        for place, statement in enumerate(statements):
            cue = [line[0] for line in lines if line[3 + place].endswith("-CUE")]
            words = re.findall(r"\w+", " ".join(span.text for span in statement.cue))
            assert [word for part in cue for word in re.findall(r"\w+", part)] == words


def test_schema_org_is_one_document_of_linked_data(written, records):
    document = json.loads(written("schema-org").read_text(encoding="utf-8"))
    assert document["@context"][0] == "https://schema.org"
    entries = {entry["@id"]: entry for entry in document["@graph"]}
    assert len(entries) == sum(len(each.record.statements) for each in records)
    assert {entry["@type"] for entry in entries.values()} == {"Quotation", "Claim"}
    disputes = [name for each in entries.values() for name in each.get("onrecord:disputes", ())]
    assert disputes
    assert set(disputes) <= set(entries)


def test_annotations_select_their_words_by_quote_and_position(written, records):
    texts = {
        each.record.article.url or f"urn:sha256:{each.record.article.sha256}": each.record
        for each in records
    }
    for line in written("web-annotation").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        assert entry["@context"] == "http://www.w3.org/ns/anno.jsonld"
        for target in entry["target"]:
            text = texts[target["source"]].article.text
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert around in text


def test_graphs_are_read_by_networkx(written, records, tmp_path):
    nx = pytest.importorskip("networkx")
    graph = nx.read_graphml(written("graphml"), force_multigraph=True)
    exporter("gexf")(iter(records), tmp_path / "gexf")
    same = nx.read_gexf(tmp_path / "gexf", version="1.3")
    assert graph.number_of_edges() == same.number_of_edges() > 5
    names = {name for _, name in graph.nodes(data="name")}
    assert {"Viktor Orban", "Vladimir Putin"} <= names
    assert all(count >= 1 for *_, count in graph.edges(data="count"))


def test_corrected_records_train(records):
    entry = annotated(records[0].record, "1")
    told = [one for one in records[0].record.statements if one.cue and one.within is None]
    assert len(entry["attributions"]) == len(told)
    start, end = entry["attributions"][0]["content"][0]
    assert entry["text"][start:end] == told[0].content[0].text


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_half_written(name, records, tmp_path):
    def failing():
        yield records[0]
        raise InputError("broken")

    with pytest.raises(InputError, match="broken"):
        exporter(name)(failing(), tmp_path / "out")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".part"]
    if name not in {"citron", "brat"}:
        assert files == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_place_that_cannot_be_written_to_is_told_of(name, records, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"would be right|nor can it be made"):
        exporter(name)(iter(records[:1]), tmp_path / "file" / "out")


def test_the_command_writes_a_store_and_records(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from onrecord import open_store
    from onrecord.store.writing import Arrival

    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "a.db"))
    with open_store(tmp_path / "a.db", create=True) as store:
        run = store.begin_run("test", program="0", networks="")
        store.add([Arrival("a.txt", make_record(published="2022-02-02"))], run_id=run)
        store.correct("1/s1", "correct", by="E", act="state")

    def invoke(*options):
        return CliRunner().invoke(main, ["export", *options])

    out = tmp_path / "out.jsonl"
    assert invoke("jsonl", "--out", str(out)).stderr == f"1 written to {out}\n"
    assert json.loads(out.read_text())["statements"][0]["act"] == "state"
    again = tmp_path / "again.tsv"
    assert invoke("polecat", "--records", str(out), "--out", str(again)).exit_code == 0
    assert len(again.read_text().splitlines()) == 2
    assert invoke("jsonl", "--since", "2022-03-01", "--out", str(out)).exit_code == 0
    assert out.read_text() == ""
    assert invoke("corrections", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text())["value"] == "state"
    assert invoke("corrections", "--for", "training", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text())["attributions"]
    assert invoke("jsonl", "--for", "training", "--out", str(out)).exit_code == 2
    assert invoke("pdf", "--out", str(out)).exit_code == 2
    assert "polecat" in invoke("--help").stdout


def test_every_format_is_on_the_page():
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"| `{name}` |" not in page] == []
    missing = [
        (table, column)
        for table, columns in COLUMNS.items()
        for column in columns
        if f"`{column}`" not in page
    ]
    assert missing == []


def test_a_day_of_a_month_or_interval_is_its_first():
    from dataclasses import replace

    from onrecord.export.filed import filed_events
    from onrecord.record import Time

    record = make_record()
    for written, day in (
        ("2022-01", dt.date(2022, 1, 1)),
        ("2014", dt.date(2014, 1, 1)),
        ("2022-01-24/2022-01-30", dt.date(2022, 1, 24)),
        ("2022-02-01T14", dt.date(2022, 2, 1)),
        (None, dt.date(2022, 2, 2)),
    ):
        time = Time(written, "day", "then", record.events[0].trigger[0], "rule")
        event = replace(record.events[0], on=time)
        (filed,) = filed_events(Numbered(1, replace(record, events=(event,))))
        assert filed.day == day
