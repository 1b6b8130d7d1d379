import json
import sys

import pytest

from onrecord.export.json import record_from_json


def test_a_report_is_shown_to_a_person(invoke, report):
    result = invoke("read", report)
    assert result.exit_code == 0
    assert str(report) in result.stdout.replace("\n", "")
    assert "Nothing was looked for." in result.stdout
    assert "\x1b" not in result.stdout


def test_json_is_one_record_a_line_with_ids_kept(invoke, tmp_path):
    path = tmp_path / "articles.jsonl"
    lines = [{"id": f"x{number}", "text": f"Report {number}."} for number in range(3)]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    result = invoke("read", "--json", path)
    records = [record_from_json(line) for line in result.stdout.splitlines()]
    assert [record.article.id for record in records] == ["x0", "x1", "x2"]
    assert result.exit_code == 0


def test_json_is_utf8_wherever_it_is_printed(invoke, report):
    result = invoke("read", "--json", report)
    assert "“You broke it,”".encode() in result.stdout_bytes


def test_standard_input_is_a_source(invoke):
    result = invoke("read", "--json", "-", input="Hm.")
    assert json.loads(result.stdout)["article"]["text"] == "Hm."


def test_publication_is_given_as_an_option(invoke, report):
    result = invoke("read", "--json", "--published", "2022-02-02", report)
    article = json.loads(result.stdout)["article"]
    assert (article["published"], article["published_from"]) == ("2022-02-02", "given")


def test_a_wrong_date_is_wrong_usage(invoke, report):
    result = invoke("read", "--published", "soon", report)
    assert result.exit_code == 2
    assert "such as 2022-02-02" in " ".join(result.stderr.split())


@pytest.mark.parametrize("arguments", [["read"], ["read", "--colour", "x"], ["reed", "x"]])
def test_wrong_usage_is_told_apart(invoke, arguments):
    assert invoke(*arguments).exit_code == 2


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.bin": (b"\x7fELF\x00", "NUL byte"),
    "large.txt": (b"word " * 300_000, "longer than 1,000,000 bytes"),
    "utf16.txt": ("Hi there".encode("utf-16-le"), "UTF-16 without its mark"),
    "bad.jsonl": (b"{\n", "not JSON"),
}


def test_bad_files_are_told_of_and_the_others_are_still_read(invoke, report, tmp_path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in BAD]
    result = invoke("read", "--json", "--max-size", "1", *paths, report, tmp_path / "none.txt")
    assert len(result.stdout.splitlines()) == 1
    assert result.exit_code == 1
    for path, (_, words) in zip(paths, BAD.values(), strict=True):
        (line,) = [line for line in result.stderr.splitlines() if str(path) in line]
        assert line.startswith(f"onrecord: {path}")
        assert words in line
        assert "would be right" in line
    assert "there is no such file" in result.stderr


def test_a_fault_of_onrecord_is_told_of_without_a_traceback(invoke, report, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_text("BREAK")
    result = invoke("read", "--json", broken, report)
    assert result.exit_code == 3
    assert "KeyError: 'boom'; this is a fault in OnRecord" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_fault_is_shown_whole_when_it_is_looked_for(invoke, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_text("BREAK")
    result = invoke("read", broken, env={"ONRECORD_DEBUG": "1"})
    assert isinstance(result.exception, KeyError)


def test_one_page_is_written_and_nothing_is_printed(invoke, report, tmp_path):
    page = tmp_path / "page.html"
    result = invoke("read", "--html", page, report)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"wrote {page}" in result.stderr
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_several_pages_go_into_a_folder_each_with_its_own_name(invoke, report, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    (again / report.name).write_text("Another report.")
    result = invoke("read", "--html", f"{tmp_path}/pages/", report, again / report.name)
    assert result.exit_code == 0
    assert len(list((tmp_path / "pages").glob("report*.html"))) == 2


def test_one_page_for_several_sources_is_wrong_usage(invoke, report, tmp_path):
    result = invoke("read", "--html", tmp_path / "page.html", report, report)
    assert result.exit_code == 2
    assert "a folder would be right" in " ".join(result.stderr.split())


def test_one_page_for_several_lines_is_refused_after_the_first(invoke, tmp_path):
    path, page = tmp_path / "articles.jsonl", tmp_path / "page.html"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    result = invoke("read", "--html", page, path)
    assert result.exit_code == 1
    assert "is taken by the article before" in result.stderr
    assert "One." in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_told_of(invoke, report, tmp_path):
    result = invoke("read", "--html", tmp_path / "none" / "page.html", report)
    assert result.exit_code == 1
    assert "could not be written" in result.stderr


def test_timings_go_to_stderr(invoke, report):
    result = invoke("read", "--json", "--timings", report)
    assert len(result.stdout.splitlines()) == 1
    assert "language           0.500" in result.stderr
    assert "words a second" in result.stderr


def test_a_private_address_is_not_visited(invoke):
    result = invoke("read", "http://127.0.0.1:9/report")
    assert result.exit_code == 1
    assert "--allow-private allows it" in result.stderr


class Terminal:
    """A stream that says it is a terminal and remembers what was written."""

    def __init__(self):
        self.words = ""

    def isatty(self):
        return True

    def write(self, words):
        self.words += words
        return len(words)

    def flush(self):
        return


@pytest.mark.parametrize(("copies", "shown"), [(2, True), (1, False)])
def test_progress_is_shown_on_a_terminal_for_several_files(monkeypatch, report, copies, shown):
    from onrecord.cli.batch import Batch
    from onrecord.intake.outcomes import Intake

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Batch, "_read", lambda *_: None)
    assert Batch((), Intake()).run((str(report),) * copies) == 0
    assert ("reading" in terminal.words) is shown


def test_an_interruption_ends_with_its_own_code(monkeypatch, report):
    from onrecord.cli.batch import INTERRUPTED, Batch
    from onrecord.intake.outcomes import Intake

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "_read", interrupt)
    assert Batch((), Intake()).run((str(report),)) == INTERRUPTED


def test_pages_of_json_lines_are_called_by_their_ids(invoke, tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a/../b", "text": "One."}\n{"id": 2, "text": "Two."}\n')
    invoke("read", "--html", f"{tmp_path}/pages/", path)
    names = sorted(page.name for page in (tmp_path / "pages").iterdir())
    assert names == ["articles-2.html", "articles-a-..-b.html"]
