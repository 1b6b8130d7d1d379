import datetime as dt
import io
import json
import sys
from types import SimpleNamespace

import pytest

from onrecord.errors import EmptyInput, InputError, NotText, TooLarge
from onrecord.intake.sources import Refused, Taken, take_in
from onrecord.settings import Settings

PAGE = """<!DOCTYPE html><html><head><title>Berg denies it | The Elms Post</title>
<meta property="og:site_name" content="The Elms Post">
<meta property="article:published_time" content="2022-02-02T08:00:00Z">
<meta property="og:title" content="Berg denies it"></head>
<body><nav>Home Sport Weather</nav><article><h1>Berg denies it</h1>
<p>Anna Berg denied on Tuesday that Norland had any plan for war, an official said in Elms.</p>
<p>“You broke it,” the minister of Sudland told Berg. “All of it, and you will mend it as well.”</p>
</article></body></html>"""


def taken(source, **options):
    return list(take_in(str(source), **options))


def only(source, **options):
    (found,) = taken(source, **options)
    return found


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_a_text_file_is_one_article_whose_text_is_the_files(write):
    path = write("report.txt", "One.\r\n\r\nTwo.\r\n")
    found = only(path, published=dt.date(2022, 2, 2))
    assert found == Taken(str(path), found.article)
    assert found.article.text == "One.\r\n\r\nTwo.\r\n"
    assert found.article.published_from == "given"


def test_one_line_of_2_mb_is_one_article(write):
    path = write("long.txt", "word " * 400_000)
    assert len(only(path).article.text) == 2_000_000


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", EmptyInput, "empty"),
        (b" \r\n\t\n", EmptyInput, "empty"),
        (b"\xef\xbb\xbf", EmptyInput, "empty"),
        (b"\x7fELF\x00\x01", NotText, "NUL byte"),
        (b"x" * 2001, TooLarge, "longer than 2,000 bytes"),
    ],
)
def test_a_bad_file_is_refused_with_what_would_be_right(write, content, error, words):
    refused = only(write("bad.txt", content), settings=Settings(max_bytes=2000))
    assert isinstance(refused, Refused)
    assert type(refused.error) is error
    assert words in str(refused.error)
    assert "would be right" in str(refused.error)


def test_a_50_mb_file_is_refused_without_being_read_whole(write):
    path = write("dump.txt", b"word " * 10_000_000)
    assert type(only(path).error) is TooLarge


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "there is no such file" in str(only(tmp_path / "none.txt").error)
    assert "a folder" in str(only(tmp_path).error)
    assert isinstance(only("a\x00b").error, InputError)


LINES = [
    {"id": "x1", "title": "T", "published": "2022-02-02", "text": "Kyiv denied it."},
    {"id": 7, "text": "Moscow \ud83d insisted.", "outlet": "O", "url": "https://example.org"},
]


def test_json_lines_are_articles_with_their_ids(write):
    path = write("articles.jsonl", "\ufeff" + "\n\n".join(json.dumps(line) for line in LINES))
    first, second = taken(path)
    assert (first.source, second.source) == (f"{path}:1", f"{path}:3")
    assert (first.article.id, second.article.id) == ("x1", "7")
    assert (first.article.published, first.article.title) == (dt.date(2022, 2, 2), "T")
    assert second.article.text == "Moscow \N{REPLACEMENT CHARACTER} insisted."
    assert second.article.outlet == "O"


def test_json_lines_are_known_by_their_first_line_too(write):
    assert only(write("articles.txt", json.dumps(LINES[0]) + "\n")).article.id == "x1"


def test_a_text_that_begins_with_a_brace_is_still_a_text(write):
    assert only(write("a.txt", "{sic} he said")).article.text == "{sic} he said"


def test_a_lines_own_date_goes_before_the_one_given(write):
    path = write("articles.jsonl", "\n".join(json.dumps(line) for line in LINES))
    days = [each.article.published for each in taken(path, published=dt.date(2020, 1, 1))]
    assert days == [dt.date(2022, 2, 2), dt.date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "list, not an object"),
        ("{}", "no 'text'"),
        ('{"text": 3}', "'text' is 3; a string would be right"),
        ('{"text": " "}', "'text' is empty"),
        ('{"text": "a", "id": [1]}', "'id' is [1]"),
        ('{"text": "a", "title": 1}', "'title' is 1"),
        ('{"text": "a", "published": "soon"}', "such as 2022-02-02"),
        ('{"text": "' + "a" * 3000 + '"}', "longer than"),
        ("[" * 1900, "not JSON"),
    ],
)
def test_a_bad_line_is_refused_and_the_rest_goes_on(write, line, words):
    path = write("articles.jsonl", f"{line}\n" + json.dumps(LINES[0]))
    refused, good = taken(path, settings=Settings(max_bytes=2000))
    assert refused.source == f"{path}:1"
    assert words in str(refused.error)
    assert good.article.id == "x1"


def test_an_empty_file_of_lines_is_refused(write):
    assert type(only(write("articles.jsonl", "\n")).error) is EmptyInput


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_gives_its_text_title_outlet_and_date(write, encoding):
    article = only(write("page.html", PAGE.encode(encoding))).article
    assert "“You broke it,” the minister" in article.text
    assert "Anna Berg denied" in article.text
    assert "Sport" not in article.text
    assert (article.title, article.outlet) == ("Berg denies it", "The Elms Post")
    assert (article.published, article.published_from) == (dt.date(2022, 2, 2), "page")


def test_a_date_that_is_given_goes_before_the_pages_own(write):
    article = only(write("page.html", PAGE), published=dt.date(2022, 2, 3)).article
    assert (article.published, article.published_from) == (dt.date(2022, 2, 3), "given")


def test_a_page_without_an_article_is_refused(write):
    refused = only(write("page.html", "<!DOCTYPE html><html><body></body></html>"))
    assert type(refused.error) is EmptyInput


@pytest.mark.parametrize("content", [b"Hm.", json.dumps(LINES[0]).encode() + b"\n"])
def test_standard_input_is_read_like_a_file(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert isinstance(only("-"), Taken)
