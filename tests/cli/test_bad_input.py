"""What nobody wants to read, read for real: a clear error or an empty record with a reason."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main

GERMAN = (
    "Der Minister sagte am Dienstag, dass die Regierung die Vorschläge ablehne. „Wir sind nicht "
    "bereit“, sagte er. Die Opposition kritisierte die Entscheidung scharf."
)


def run(*arguments, **options):
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, **options)


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Read a good report among bad ones, once, and return records by name, errors and the code."""
    folder = tmp_path_factory.mktemp("batch")
    contents = {
        "empty.txt": b"",
        "binary.bin": bytes(range(256)) * 4,
        "picture.png": b"\x89PNG\r\n\x1a\n\x00",
        "dump.txt": b"He said no. " * 4_300_000,
        "latin1.txt": "Orbán said “no”.".replace("“", '"').replace("”", '"').encode("latin-1"),
        "utf16.txt": "Berg said “no”.".encode("utf-16"),
        "marks.txt": "“”\"''‘’ «»".encode(),
        "german.txt": GERMAN.encode(),
        "brackets.txt": b"([{" * 2000,
        "line.txt": b"The minister said that he would not come to the talks. " * 400,
        "surrogate.jsonl": b'{"id": "lone", "text": "Kyiv\\ud83d denied it."}\n{"id": 1}\n',
        "good.txt": "“We will stay,” Anna Berg said on Monday.".encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    result = run("read", "--json", *contents, cwd=folder)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    return records, result.stderr.decode(), result.returncode


def record_of(batch, text):
    (found,) = [record for record in batch[0] if record["article"]["text"].startswith(text)]
    return found


def test_everything_that_can_be_read_is_read_and_nothing_breaks(batch):
    records, errors, code = batch
    assert len(records) == 8
    assert code == 1
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "words",
    [
        "onrecord: empty.txt: empty; a file with the article's text would be right",
        "onrecord: binary.bin: not text (a NUL byte at 0",
        "onrecord: picture.png: a PNG picture, not text",
        "onrecord: dump.txt: longer than 20,000,000 bytes",
        "onrecord: surrogate.jsonl:2: no 'text' in the object",
    ],
)
def test_each_bad_file_is_told_of(batch, words):
    assert words in batch[1]


@pytest.mark.parametrize("text", ["Orbán said", "Berg said", "“We will stay"])
def test_what_is_said_is_found_in_every_encoding(batch, text):
    assert len(record_of(batch, text)["statements"]) == 1


@pytest.mark.parametrize(("text", "notice"), [("“”", "no-words"), ("([{", "no-words")])
def test_marks_without_words_give_an_empty_record_with_a_reason(batch, text, notice):
    record = record_of(batch, text)
    assert notice in [each["code"] for each in record["notices"]]
    assert record["statements"] == record["events"] == []


def test_another_language_gives_an_empty_record_that_says_so(batch):
    record = record_of(batch, "Der Minister")
    assert "not-english" in [each["code"] for each in record["notices"]]
    found = ("actors", "statements", "events", "disputes", "times", "places", "suspect")
    assert [name for name in found if record[name]] == []


def test_one_long_line_is_read(batch):
    assert len(record_of(batch, "The minister said")["statements"]) >= 300


def test_a_lone_surrogate_is_replaced_and_the_text_read(batch):
    record = record_of(batch, "Kyiv")
    assert record["article"]["text"] == "Kyiv\N{REPLACEMENT CHARACTER} denied it."
    assert record["article"]["id"] == "lone"


def test_the_view_of_an_empty_record_gives_the_reason():
    result = run("read", "-", input=GERMAN.encode())
    assert result.returncode == 0
    assert "not English" in " ".join(result.stdout.decode().split())


def test_a_name_writes_no_line_of_its_own_and_moves_no_cursor():
    result = CliRunner().invoke(main, ["read", "a\nonrecord: all is well\x1b[2J"])
    (line,) = result.stderr.splitlines()
    assert "\x1b" not in line
    assert "no such file" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["said", "--help"], ["version"], ["schema"]])
def test_an_output_that_is_full_is_told_of(arguments):
    command = [sys.executable, "-m", "onrecord", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"could not be written" in done.stderr


def test_a_closed_pipe_ends_quietly(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"text": "Kyiv denied it."}\n' * 3)
    command = f"{sys.executable} -m onrecord read --json {path} | true"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in result.stderr
