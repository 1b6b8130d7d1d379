import datetime as dt
import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, InputError, NotText, TooLarge
from onrecord.intake.columns import FIELDS, assigned
from onrecord.intake.folders import expand
from onrecord.intake.pdf import joined_lines
from onrecord.intake.sources import Refused, Taken, take_in
from onrecord.settings import Settings

PAGE = """<!DOCTYPE html><html><head><title>Berg denies it | The Elms Post</title>
<meta property="og:site_name" content="The Elms Post">
<meta property="article:published_time" content="2022-02-02T08:00:00Z"></head>
<body><article><h1>Berg denies it</h1>
<p>Anna Berg denied on Tuesday that Norland had any plan for war, an official said in Elms.</p>
<p>“You broke it,” the minister of Sudland told Berg. “All of it, and you will mend it as well.”</p>
</article></body></html>""".encode()


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def found(path, **options):
    return list(take_in(str(path), **options))


def articles(path, **options):
    outcomes = found(path, **options)
    assert all(isinstance(each, Taken) for each in outcomes), outcomes
    return [each.article for each in outcomes]


def refused(path, **options):
    return [each.error for each in found(path, **options) if isinstance(each, Refused)]


CSV = (
    "Headline,Body,Date,URL\n"
    '"Talks, again","Kyiv denied it.\nMoscow did not.",2022-02-02,https://example.org/1\n'
    "Nothing,,2022-02-03,\n"
    "Odd day,Berg left.,02/03/2022,\n"
    'In mail,Berg came.,"Wed, 02 Feb 2022 14:30:00 +0100",\n'
)


def test_csv_has_an_article_a_row_and_its_columns_are_guessed(write):
    path = write("news.csv", CSV)
    first, empty, odd, mailed = found(path)
    assert first.source == f"{path}:2"
    assert first.article.text == "Kyiv denied it.\nMoscow did not."
    assert (first.article.title, first.article.url) == ("Talks, again", "https://example.org/1")
    assert first.article.published == dt.date(2022, 2, 2)
    assert isinstance(empty.error, EmptyInput)
    assert "02/03/2022" in str(odd.error)
    assert mailed.article.published.isoformat() == "2022-02-02T14:30:00+01:00"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "text;title\nKyiv denied it.;T\n"),
        ("a.tsv", "title\ttext\nT\tKyiv denied it.\n"),
        ("a.csv", "\ufefftitle|text\r\nT|Kyiv denied it.\r\n"),
        ("a.csv", "title,text\nT,Kyiv denied it.\n".encode("utf-16")),
        ("a.csv.gz", gzip.compress(b"title,text\nT,Kyiv denied it.\n")),
    ],
)
def test_csv_comes_with_many_delimiters_and_encodings(write, name, content):
    (article,) = articles(write(name, content))
    assert (article.text, article.title) == ("Kyiv denied it.", "T")


def test_csv_in_western_letters_is_read(write):
    (article,) = articles(write("a.csv", "text\nOrbán left.\n".encode("cp1252")))
    assert article.text == "Orbán left."


@pytest.mark.parametrize(
    ("content", "columns", "error", "words"),
    [
        ("a,b\n1,2\n", {}, InputError, "among: a, b"),
        ("a,b\n1,2\n", {"text": "c"}, InputError, "no column 'c' for 'text'; there are: a, b"),
        ("a,b\n1,2\n", {"colour": "a"}, InputError, "'colour' is nothing of an article"),
        ("", {}, EmptyInput, "empty"),
        (b"text\n\x00\x01", {}, NotText, "NUL"),
        ('text\n"open', {}, InputError, ""),
    ],
)
def test_a_table_that_is_none_says_what_would_be_right(write, content, columns, error, words):
    outcomes = refused(write("a.csv", content), columns=columns)
    if words:
        assert isinstance(outcomes[0], error)
        assert words in str(outcomes[0])


def test_a_cell_that_is_too_long_is_refused(write):
    path = write("a.csv", "text\n" + "word " * 1000 + "\n")
    assert isinstance(refused(path, settings=Settings(max_bytes=1000))[0], TooLarge)


def test_columns_may_be_given(write):
    path = write("a.csv", "lead,full\nA,Kyiv denied it.\n")
    (article,) = articles(path, columns={"text": "full", "title": "lead"})
    assert (article.text, article.title) == ("Kyiv denied it.", "A")


def test_fields_of_json_lines_may_be_given(write):
    path = write("a.jsonl", '{"body": "Kyiv denied it.", "day": "2022-02-02"}\n')
    (article,) = articles(path, columns={"text": "body", "published": "day"})
    assert (article.text, article.published) == ("Kyiv denied it.", dt.date(2022, 2, 2))


def parquet(columns):
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_parquet_has_an_article_a_row(write):
    path = write(
        "a.parquet",
        parquet({
            "doc_id": [7, 8, 9],
            "content": ["Kyiv denied it.", None, "Berg left."],
            "date": [dt.date(2022, 2, 2), None, None],
            "extra": [[1], [2], [3]],
        }),
    )  # fmt: skip
    first, empty, last = found(path)
    assert (first.article.id, first.article.published) == ("7", dt.date(2022, 2, 2))
    assert isinstance(empty.error, EmptyInput)
    assert last.source == f"{path}:3"


@pytest.mark.parametrize("content", [b"PAR1", b"", parquet({"text": ["Kyiv denied it."]})[:-9]])
def test_parquet_that_is_damaged_is_refused(write, content):
    assert isinstance(refused(write("a.parquet", content))[0], NotText)


def test_parquet_of_numbers_has_no_text(write):
    (error,) = refused(write("a.parquet", parquet({"text": [1]})))
    assert "a string would be right" in str(error)


def response(url, body, status="200 OK", kind="text/html"):
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2022-02-03T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


WARC = [
    response("https://example.org/a", PAGE),
    response("https://example.org/gone", PAGE, status="404 Not Found"),
    response("https://example.org/picture", b"\x89PNG", kind="image/png"),
    response("https://example.org/bare", b"<html><body></body></html>"),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warc_has_an_article_a_fetched_page(write, name):
    parts = [gzip.compress(each) for each in WARC] if name.endswith("gz") else WARC
    page, bare = found(write(name, b"".join(parts)))
    assert page.article.url == "https://example.org/a"
    assert page.article.published.isoformat().startswith("2022-02-02")
    assert "denied on Tuesday" in page.article.text
    assert isinstance(bare.error, EmptyInput)
    assert bare.source.endswith(":https://example.org/bare")


def test_a_warc_that_is_cut_off_gives_what_is_whole(write):
    whole = gzip.compress(WARC[0])
    outcomes = found(write("a.warc.gz", whole + whole[: len(whole) // 2]))
    assert isinstance(outcomes[0], Taken)
    assert isinstance(outcomes[-1], Refused)


@pytest.mark.parametrize("content", [b"", b"nothing like it", b"\x1f\x8b\x08broken"])
def test_what_is_no_warc_is_refused(write, content):
    assert refused(write("a.warc.gz", content))


MAIL = (
    "From: The Elms Post <news@example.org>\r\nSubject: =?utf-8?q?Berg_denies_it?=\r\n"
    "Date: Wed, 02 Feb 2022 14:30:00 +0100\r\nMessage-ID: <7@example.org>\r\n"
    "Content-Type: {kind}; charset=utf-8\r\n\r\n"
)


def test_a_mail_is_an_article(write):
    (article,) = articles(write("a.eml", MAIL.format(kind="text/plain") + "Berg denied it.\r\n"))
    assert article.text.strip() == "Berg denied it."
    assert (article.title, article.outlet, article.id) == (
        "Berg denies it", "The Elms Post", "<7@example.org>",
    )  # fmt: skip
    assert article.published.isoformat() == "2022-02-02T14:30:00+01:00"


def test_a_mail_of_html_is_an_article(write):
    (article,) = articles(write("a.eml", MAIL.format(kind="text/html").encode() + PAGE))
    assert "denied on Tuesday" in article.text
    assert "<p>" not in article.text


@pytest.mark.parametrize("body", ["", "Subject: only\r\n\r\n"])
def test_a_mail_without_text_is_refused(write, body):
    assert isinstance(refused(write("a.eml", body))[0], EmptyInput)


def test_a_mail_whose_sender_python_cannot_parse_is_read(write):
    mail = MAIL.format(kind="text/plain") + "Berg denied it.\r\n"
    head, _, rest = mail.partition("From:")
    broken = f"{head}From: \u201ca: b@example.org,; <c\r\n{rest.partition(chr(10))[2]}"
    (article,) = articles(write("a.eml", broken))
    assert article.text.strip() == "Berg denied it."


MARKDOWN = """---
title: "Talks fail"
date: 2022-02-02
author: A. Berg
---
# Another headline

Kyiv *denied* [it](https://example.org)
on **Monday**.

> “No,” he said.

- one
- two

```
code
```
<script>alert(1)</script>
"""


def test_markdown_is_read_as_plain_text(write):
    (article,) = articles(write("a.md", MARKDOWN))
    assert article.text == "Kyiv denied it on Monday.\n\n“No,” he said.\n\none\n\ntwo"
    assert (article.title, article.outlet) == ("Talks fail", "A. Berg")
    assert article.published == dt.date(2022, 2, 2)
    assert isinstance(refused(write("b.md", "# Only a headline\n"))[0], EmptyInput)


def pdf(*lines):
    """Return a PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Talks fail) /CreationDate (D:20220202143000Z) >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % table
    return bytes(out)


def test_a_pdf_is_an_article(write):
    lines = ("Kyiv denied on Monday that it had agreed to any-", "thing. Moscow did not.")
    (article,) = articles(write("a.pdf", pdf(*lines)))
    assert (
        article.text.strip()
        == "Kyiv denied on Monday that it had agreed to anything. Moscow did not."
    )
    assert article.title == "Talks fail"
    assert article.published.date() == dt.date(2022, 2, 2)


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing", pdf("Kyiv")[:200], pdf()])
def test_a_pdf_without_text_is_refused(write, content):
    assert isinstance(refused(write("a.pdf", content))[0], (NotText, EmptyInput))


def test_a_gzipped_text_is_an_article(write):
    (article,) = articles(write("a.txt.gz", gzip.compress(b"Kyiv denied it.")))
    assert article.text == "Kyiv denied it."


def test_a_bomb_is_stopped_at_the_limit(write):
    path = write("a.txt.gz", gzip.compress(b"0" * 50_000_000))
    assert isinstance(refused(path)[0], TooLarge)


@pytest.mark.parametrize("content", [gzip.compress(b"Kyiv denied it. " * 99)[:-20], b"Kyiv"])
def test_gzip_that_is_damaged_is_refused(write, content):
    (error,) = refused(write("a.txt.gz", content))
    assert "gzip" in str(error).lower()


def test_a_folder_has_all_formats(write, tmp_path):
    for name in ("a.csv", "b.parquet", "c.warc.gz", "d.eml", "e.md", "f.pdf", "g.txt.gz", "h.png"):
        write(name, b"")
    assert [path.rpartition("/")[2] for path in expand([str(tmp_path)])] == [
        "a.csv", "b.parquet", "c.warc.gz", "d.eml", "e.md", "f.pdf", "g.txt.gz",
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet", ".warc", ".eml", ".md", ".pdf"])
@given(content=st.binary(max_size=300))
def test_odd_bytes_are_articles_or_have_a_reason(suffix, content, tmp_path_factory):
    path = tmp_path_factory.mktemp("odd") / f"a{suffix}"
    path.write_bytes(content)
    for each in take_in(str(path)):
        assert isinstance(each, Taken) or str(each.error)


@given(st.lists(st.text(max_size=12), max_size=6, unique=True))
def test_no_column_holds_two_things(names):
    try:
        columns = assigned(names, {})
    except InputError:
        return
    assert set(columns) <= set(FIELDS)
    assert len(set(columns.values())) == len(columns)


@given(st.text(alphabet="ab-. \n", max_size=80))
def test_joining_lines_loses_nothing_but_hyphens_and_blanks(text):
    plain = str.maketrans("", "", "- \n")
    assert joined_lines(text).translate(plain) == text.translate(plain)
