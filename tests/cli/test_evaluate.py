import io
import json
import re
import sys

import pytest

from onrecord.cli.evaluate.shared import with_progress
from onrecord.models.attribution import FOLDER
from onrecord.reading.attribution import stage
from onrecord.reading.attribution.stage import Attribution

TEXT = "“We will stay,” Anna Berg said. Sudland denied it."
SAID = {"source": [[16, 25]], "cue": [[26, 30]], "content": [[0, 15]]}
DENIED = {"source": [[32, 39]], "cue": [[40, 46]], "content": [[47, 49]]}


def row(name, *attributions):
    return {"id": name, "text": TEXT, "attributions": attributions}


@pytest.fixture
def annotated(tmp_path):
    path = tmp_path / "annotated.jsonl"
    rows = (row("x1", SAID, DENIED), row("x2", SAID))
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def measure(invoke, monkeypatch):
    """Run `onrecord evaluate attribution` with a reader that finds what Anna Berg said."""
    networks = []

    def find(text, _quotations, *, network):
        if "BREAK" in text:
            raise KeyError("boom")
        networks.append(network)
        said = Attribution(((16, 25),), ((26, 30),), ((0, 15),), None, 0.9, "form:test")
        within = Attribution((), (), ((4, 8),), 0, 0.6, "form:test")
        return (said, within)

    def measure(*arguments, **options):
        return invoke("evaluate", "attribution", *arguments, **options)

    monkeypatch.setattr(stage, "find_attributions", find)
    measure.networks = networks
    return measure


def rows_of(printed):
    """Return the table's figures by the names of its rows."""
    lines = re.findall(r"^(\S.*?\S) {2,}([\d., -]+)$", printed, re.MULTILINE)
    return {name: figures.split() for name, figures in lines}


def test_the_table_has_every_figure(measure, annotated):
    result = measure("--data", annotated)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles, 3 attributions marked, 2 found\n")
    table = rows_of(result.stdout)
    assert int(table.pop("words per CPU-second")[0].replace(",", "")) > 0
    half = ["100.0", "66.7", "80.0"]
    assert table == {
        "found": half,
        "exact content": half,
        "end to end": half,
        "direct": ["100.0"] * 3,
        "indirect": ["0.0"] * 3,
        "mixed": ["0.0"] * 3,
        "source accuracy": ["100.0"],
        "calibration error": ["10.0"],
    }


def test_json_is_one_object_of_shares(measure, annotated):
    entry = json.loads(measure("--data", annotated, "--json").stdout)
    assert entry["end_to_end"] == {
        "precision": 1.0,
        "recall": 0.6667,
        "f1": 0.8,
        "gold": 3,
        "found": 2,
    }
    assert (entry["source_accuracy"], entry["calibration_error"]) == (1.0, 0.1)
    assert (entry["articles"], entry["view"], entry["min_words"]) == (2, None, None)
    assert entry["words_per_cpu_second"] > 0


def test_the_view_of_quoted_text_leaves_out_what_has_too_few_words(measure, annotated):
    options = ("--data", annotated, "--view", "quoted")
    printed = measure(*options).stdout
    assert printed.startswith("2 articles, 2 attributions marked, 2 found, 1 or more quoted words")
    entry = json.loads(measure(*options, "--min-words", "4", "--json").stdout)
    assert (entry["found"]["gold"], entry["found"]["found"]) == (0, 0)
    assert (entry["view"], entry["min_words"]) == ("quoted", 4)
    assert entry["source_accuracy"] is entry["calibration_error"] is None
    assert rows_of(measure(*options, "--min-words", "4").stdout)["source accuracy"] == ["-"]


def test_what_was_found_is_written_without_what_stands_within(measure, annotated, tmp_path):
    out = tmp_path / "found.jsonl"
    out.write_text("old")
    assert measure("--data", annotated, "--out", out).exit_code == 0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [each["id"] for each in found] == ["x1", "x2"]
    assert found[0]["attributions"] == [{**SAID, "probability": 0.9, "found_by": "form:test"}]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["annotated.jsonl", "found.jsonl"]


def test_what_was_written_before_stays_if_something_breaks(measure, tmp_path):
    out, path = tmp_path / "found.jsonl", tmp_path / "broken.jsonl"
    out.write_text("old")
    broken = {"id": "x3", "text": "BREAK", "attributions": []}
    path.write_text(f"{json.dumps(row('x1'))}\n{json.dumps(broken)}")
    result = measure("--data", path, "--out", out)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "x3: could not be read: KeyError: 'boom'; this is a fault in OnRecord" in result.stderr
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["broken.jsonl", "found.jsonl"]


def test_a_fault_is_shown_whole_when_it_is_looked_for(measure, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps({"id": "x3", "text": "BREAK", "attributions": []}))
    result = measure("--data", path, env={"ONRECORD_DEBUG": "1"})
    assert isinstance(result.exception, KeyError)


@pytest.mark.parametrize(
    ("folder", "reason"), [("none", "No such file"), ("annotated.jsonl", "Not a directory")]
)
def test_a_file_that_cannot_be_written_is_told_of(measure, annotated, tmp_path, folder, reason):
    result = measure("--data", annotated, "--out", tmp_path / folder / "found.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"found.jsonl: could not be written: {reason}" in result.stderr
    assert "would be right" in result.stderr


@pytest.mark.parametrize("content", ["{", '{"id": 1}', '{"id": 1, "text": "", "attributions": 2}'])
def test_annotations_that_cannot_be_read_are_told_of(measure, annotated, content):
    whole = annotated.read_text("utf-8")
    annotated.write_text(f"{whole}\n{content}", encoding="utf-8")
    result = measure("--data", annotated)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"onrecord: {annotated}:3: ")
    assert "would be right" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--data", "x.jsonl", "--min-words", "4"),
        ("--data", "x.jsonl", "--view", "unquoted"),
        ("--data", "x.jsonl", "--view", "quoted", "--min-words", "0"),
        ("--data", "x.jsonl", "--out", "/"),
    ],
)
def test_wrong_usage_is_told_apart(measure, arguments):
    assert measure(*arguments).exit_code == 2


def test_another_network_is_measured(measure, annotated):
    assert measure("--data", annotated).exit_code == 0
    assert measure("--data", annotated, "--model", FOLDER).exit_code == 0
    assert measure.networks[0] is None
    assert measure.networks[-1].name


def test_a_network_that_is_not_there_is_wrong_usage(measure, annotated, tmp_path):
    result = measure("--data", annotated, "--model", tmp_path)
    assert result.exit_code == 2
    assert "cannot be read" in " ".join(result.stderr.split())


def test_an_interruption_has_its_own_exit_code(measure, annotated, monkeypatch):
    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(stage, "find_attributions", interrupt)
    assert measure("--data", annotated).exit_code == 130


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_shown_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(with_progress((1, 2))) == [1, 2]
    assert "2/2" in sys.stderr.getvalue()


def test_progress_is_shown_nowhere_else(measure, annotated):
    assert measure("--data", annotated).stderr == ""


def test_attribution_is_measured_for_real(invoke, annotated):
    result = invoke("evaluate", "attribution", "--data", annotated, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["direct"]["f1"] == 1.0
