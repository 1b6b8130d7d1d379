import json

import pytest

NAMES = ("id", "text", "query_date", "country", "sector")
MARKED = (
    ("1", "the Kremlin", None, "RUS", "GOV"),
    (2, "Boris Johnson", "2022-02-02", "GBR", "GOV"),
    ("3", "Boris Johnson", "2 May 2024", "FRA", None),
    ("4", "a qwxyz", "", "", ""),
)
ROWS = (*(dict(zip(NAMES, row, strict=True)) for row in MARKED), {"id": "5", "text": "Moscow"})


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "actors.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n", encoding="utf-8")
    return path


def test_the_table_counts_what_is_marked(invoke, data):
    result = invoke("evaluate", "actors", "--data", data)
    assert result.exit_code == 0
    assert result.stdout.split("\n")[0] == "5 actors, 4 marked, 2 of them on a day"
    figures = {line.split()[0]: line.split()[1:] for line in result.stdout.split("\n")[3:] if line}
    assert figures == {
        "country": ["75.0", "50.0"],
        "sector": ["100.0", "100.0"],
        "both": ["75.0", "50.0"],
    }


def test_json_gives_shares(invoke, data):
    printed = json.loads(invoke("evaluate", "actors", "--data", data, "--json").stdout)
    assert printed["read"] == 5
    assert printed["all"] == {"actors": 4, "country": 0.75, "sector": 1.0, "both": 0.75}
    assert printed["dated"]["country"] == 0.5


def test_what_was_found_is_written(invoke, data, tmp_path):
    out = tmp_path / "found.jsonl"
    assert invoke("evaluate", "actors", "--data", data, "--out", out).exit_code == 0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [each["id"] for each in found] == ["1", "2", "3", "4", "5"]
    assert found[0] == {"id": "1", "country": "RUS", "sector": "GOV"}
    assert found[3] == {"id": "4", "country": None, "sector": None}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("[1]", "is not an object"),
        ("{", "not JSON"),
        ('{"text": "a"}', "'id' is None; a string or a whole number would be right"),
        ('{"id": "1", "text": " "}', "'text' is ' '; the words for an actor would be right"),
        ('{"id": "1", "text": 3}', "'text' is 3; a string or null would be right"),
        ('{"id": "1", "text": "a", "query_date": "soon"}', "'query_date' is 'soon'; a day like"),
    ],
)
def test_a_row_that_is_wrong_is_told_of_and_the_rest_goes_on(invoke, tmp_path, row, words):
    path = tmp_path / "actors.jsonl"
    path.write_text(f"{row}\n{json.dumps(ROWS[0])}", encoding="utf-8")
    result = invoke("evaluate", "actors", "--data", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"onrecord: {path}:1: ")
    assert words in result.stderr
    assert "1 actors, 1 marked" in result.stdout


def test_a_file_without_actors_is_refused(invoke, tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    for name, words in (("empty.jsonl", "no actor"), ("none.jsonl", "there is no such file")):
        result = invoke("evaluate", "actors", "--data", tmp_path / name)
        assert result.exit_code == 1
        assert words in result.stderr
