import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main

PAIRS = (
    {
        "id": "1",
        "text": "Oslo condemned the raid by Lund.",
        "source": "Oslo",
        "target": "Lund",
        "event": "ACCUSE",
    },
    {"id": 2, "text": "Norway urged Sweden to talk.", "source": "Norway", "target": "Sweden"},
    {"id": "3", "text": "Police went on strike.", "source": "Police", "target": "a recipient"},
)


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def pairs(tmp_path):
    return write(tmp_path / "pairs.jsonl", PAIRS)


def test_the_table_tells_what_is_marked(invoke, pairs):
    result = invoke("evaluate", "relations", "--data", pairs)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["3", "pairs,", "1", "marked"]
    assert ["type", "right", "100.0"] in lines
    assert ["ACCUSE", "100.0", "1"] in lines


def test_the_answers_are_written(invoke, pairs, tmp_path):
    out = tmp_path / "found.jsonl"
    result = invoke("evaluate", "relations", "--data", pairs, "--out", out, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["accuracy"] == 1.0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(each["id"], each["event"], each["quad"]) for each in found[:2]] == [
        ("1", "ACCUSE", 3),
        ("2", "REQUEST", 3),
    ]
    assert all(0 < each["confidence"] <= 1 for each in found)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('{"id": "1", "text": "a", "source": "b", "target": "c"}', "'source' is 'b'; words that"),
        ('{"id": "1", "text": "a b", "source": "b"}', "'target' is None; words of the text"),
        ("[]", "is not an object"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_on(invoke, tmp_path, row, words):
    path = tmp_path / "pairs.jsonl"
    path.write_text(f"{row}\n{json.dumps(PAIRS[0])}\n", encoding="utf-8")
    result = invoke("evaluate", "relations", "--data", path)
    assert result.exit_code == 1
    assert f"{path}:1: " in result.stderr
    assert words in result.stderr
    assert "1 pairs, 1 marked" in result.stdout


def test_events_are_written_with_the_codes_of_their_parties(tmp_path):
    data = write(
        tmp_path / "texts.jsonl",
        [
            {"id": "1", "text": "Russia accused Ukraine of shelling.", "published": "2022-02-02"},
            {"id": "2", "text": "Germany did not attack Poland."},
            {"id": "3", "text": "The Kremlin criticised NATO."},
            {"id": "4", "text": "A British tourist was arrested in Japan."},
        ],
    )
    out = tmp_path / "found.jsonl"
    options = ["--data", str(data), "--out", str(out)]
    assert CliRunner().invoke(main, ["evaluate", "events", *options]).exit_code == 0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    first = found[0]["events"][0]
    assert (first["event"], first["status"], first["cameo"][:2]) == ("ACCUSE", "happened", "11")
    assert first["source"] == [{"code": "RUS", "sector": ""}]
    assert first["target"] == [{"code": "UKR", "sector": ""}]
    assert found[1] == {"id": "2", "events": []}
    (third,), (fourth,) = found[2]["events"], found[3]["events"]
    assert third["source"] == [{"code": "RUS", "sector": "GOV"}]
    assert third["target"] == [{"code": "IGO", "sector": ""}]
    assert fourth["source"] == [{"code": "JPN", "sector": ""}]


def test_a_text_that_is_none_is_named(invoke, tmp_path):
    data = write(tmp_path / "texts.jsonl", [{"id": "1", "text": ""}])
    result = invoke("evaluate", "events", "--data", data, "--out", tmp_path / "found.jsonl")
    assert result.exit_code == 1
    assert "'text' is ''; a text would be right" in result.stderr
