import csv
import json

import pytest


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text("Kyiv denied it on Monday.", encoding="utf-8")
    (folder / "below" / "b.txt").write_text("“No,” Berg said.", encoding="utf-8")
    (folder / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def real(monkeypatch, tmp_path):
    """Run `onrecord ARGUMENTS...` with the real reader and a store of its own."""
    from click.testing import CliRunner

    from onrecord.cli import main

    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "store.db"))

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(each) for each in arguments])

    return invoke


@pytest.fixture
def filled(real, articles):
    assert real("ingest", "--workers", 1, articles).exit_code == 0
    return real


def test_a_folder_is_read_into_a_store(filled, articles):
    result = filled("ingest", "--workers", 1, articles / "**" / "*.txt")
    assert "0 new, 2 known, 0 failed" in result.stderr


def test_what_cannot_be_read_is_listed_and_the_exit_code_is_1(real, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = real("ingest", "--workers", 1, tmp_path / "empty.txt", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "0 new, 0 known, 2 failed" in result.stderr
    assert "there is no such file" in real("failures", "--csv").stdout


def test_said_prints_a_table_json_or_csv(filled):
    assert "deny" in filled("said", "--act", "deny").stdout
    rows = [json.loads(line) for line in filled("said", "--json").stdout.splitlines()]
    assert {row["act"] for row in rows} >= {"deny"}
    names, *lines = csv.reader(filled("said", "--csv").stdout.splitlines())
    assert names[0] == "id"
    assert len(lines) == len(rows)


def test_nothing_found_prints_an_empty_table(filled):
    result = filled("said", "--text", "zebra")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 found\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("said", "--by", "Nobody"),
        ("said", "--act", "lie"),
        ("events", "--type", "DINNER"),
        ("events", "--country", "Russia"),
        ("show", "99"),
        ("show", "1/s99"),
        ("said", "--store", "none.db"),
    ],
)
def test_a_question_that_cannot_be_answered_ends_with_one_line(filled, arguments):
    result = filled(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("said", "--since", "yesterday"),
        ("said", "--json", "--csv"),
        ("show", "s1"),
        ("disputes", "--kind", "lie"),
        ("ingest",),
    ],
)
def test_wrong_options_are_wrong_usage(filled, arguments):
    assert filled(*arguments).exit_code == 2


def test_show_prints_a_record_or_a_finding(filled):
    identifier = json.loads(filled("said", "--act", "deny", "--json").stdout)["id"]
    article = identifier.partition("/")[0]
    assert "⁅denied⁆" in filled("show", identifier).stdout
    assert json.loads(filled("show", identifier, "--json").stdout)["act"] == "deny"
    assert "WHO SAID WHAT" in filled("show", article).stdout
    assert json.loads(filled("show", article, "--json").stdout)["format"] == "onrecord/1"


def test_events_and_disputes_answer(filled):
    assert filled("events").exit_code == 0
    assert filled("disputes").exit_code == 0


def test_csv_holds_no_formula(real, tmp_path, monkeypatch):
    (tmp_path / "=cmd.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    real("ingest", "--workers", 1, "=cmd.txt")
    assert "\n'=cmd.txt," in real("failures", "--csv").stdout


def test_a_finding_is_corrected_and_the_list_says_by_whom(filled):
    assert filled("correct", "1/s1", "--set", "act=state", "--by", "A. Editor").exit_code == 0
    (line,) = [json.loads(each) for each in filled("corrections", "--json").stdout.splitlines()]
    assert (line["id"], line["field"], line["by"]) == ("1/s1", "act", "A. Editor")
    assert filled("said", "--act", "deny", "--json").stdout == ""
    filled("corrections", "--withdraw", 1)
    assert filled("said", "--act", "deny", "--json").stdout


@pytest.mark.parametrize(
    "options", [(), ("--confirm", "--set", "act=deny"), ("--set", "act"), ("--confirm",)]
)
def test_a_correction_is_one_thing_and_has_an_author(filled, options):
    by = ("--by", "E") if options != ("--confirm",) else ()
    assert filled("correct", "1/s1", *options, *by).exit_code == 2


def test_reading_anew_says_how_many(filled, monkeypatch):
    assert filled("reread", "--workers", 1).stderr == "0 read anew, 0 failed\n"
    monkeypatch.setattr("onrecord.cli.version.installed", lambda _name: "99")
    assert filled("reread", "--workers", 1).stderr == "2 read anew, 0 failed\n"


def test_copies_of_a_store_are_listed(filled, tmp_path):
    told = "On Monday Viktor Orban met Vladimir Putin in Moscow for talks on Paks and on gas. "
    told += "Budapest will buy more, Orban told reporters after five hours in the Kremlin. "
    (tmp_path / "one.txt").write_text(told, encoding="utf-8")
    (tmp_path / "two.txt").write_text(told + "Read more here.", encoding="utf-8")
    filled("ingest", "--workers", 1, tmp_path / "one.txt", tmp_path / "two.txt")
    lines = [json.loads(each) for each in filled("copies", "--json").stdout.splitlines()]
    assert [each["kind"] for each in lines] == ["original", "near"]
    ids = [str(each["id"]) for each in lines]
    assert "Read more here" in filled("copies", ids[0], "--beside", ids[1]).stdout
    rows = filled("copies", ids[0], "--beside", ids[1], "--json").stdout.splitlines()
    assert json.loads(rows[0])["one"][0]["same"]
    assert filled("copies", "--beside", ids[1]).exit_code == 2


def test_overviews_are_printed(filled):
    assert "Ukraine" in filled("timeline", "--json").stdout
    assert "deny" in filled("count", "statements", "--by", "act").stdout
    assert "SAID" in filled("who", "Berg").stdout
    assert json.loads(filled("who", "Berg", "--json").stdout)["said"]
    assert filled("who", "Nobody").exit_code == 1
    assert filled("count", "events", "--by", "act").exit_code == 1
    assert "no earlier version" in filled("show", "1", "--changes").stderr


def test_the_likely_wording_is_shown_beside_the_published(real):
    from pathlib import Path

    spun = next((Path(__file__).parents[2] / "examples").glob("04*.txt"))
    real("ingest", "--workers", 1, spun)
    shown = real("show", "1", "--as-original").stdout
    assert " [" in shown
    assert real("show", "1", "--json").stdout


def test_copies_are_measured_against_their_originals(real, tmp_path):
    from pathlib import Path

    examples = Path(__file__).parents[2] / "examples"
    texts = {path.name[:2]: path.read_text(encoding="utf-8") for path in examples.glob("*.txt")}
    rows = [{"id": name, "text": texts[name]} for name in ("01", "05", "06", "11")]
    rows.append({"id": "04", "text": texts["04"], "copy_of": "01"})
    data, out = tmp_path / "data.jsonl", tmp_path / "out.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = real("evaluate", "copies", "--data", data, "--out", out, "--json")
    assert json.loads(result.stdout) == {"copies": 1, "recall": 1.0, "precision": 1.0, "best": 1.0}
    assert json.loads(out.read_text())["found"][0]["kind"] == "rewritten"
    assert "original found" in real("evaluate", "copies", "--data", data).stdout
    data.write_text("{}\n", encoding="utf-8")
    assert real("evaluate", "copies", "--data", data).exit_code == 1
