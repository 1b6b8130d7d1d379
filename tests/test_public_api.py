import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.reading.pipeline import Reader
from onrecord.record import ArticleEntry, Record

HEAVY = {
    "spacy",
    "sqlalchemy",
    "numpy",
    "onnxruntime",
    "rich",
    "httpx",
    "trafilatura",
    "jinja2",
    "click",
}


@pytest.fixture
def articles(monkeypatch):
    """Record the articles that reach the reader."""
    seen = []

    def read(_reader, article):
        seen.append(article)
        return Record(ArticleEntry("a", None, None, None, None, None, None, article.text, "0"))

    monkeypatch.setattr(Reader, "read", read)
    return seen


def test_the_public_names_are_sorted_and_all_there():
    assert sorted(onrecord.__all__) == onrecord.__all__
    assert all(getattr(onrecord, name) for name in onrecord.__all__)
    assert dir(onrecord) == onrecord.__all__


def test_there_are_no_other_names():
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        _ = onrecord.reed


def test_importing_onrecord_imports_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", "import onrecord, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert HEAVY.isdisjoint(loaded)


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("2022-02-02", dt.date(2022, 2, 2)),
        (" 2022-02-02 ", dt.date(2022, 2, 2)),
        ("2022-02-02T14:30:00Z", dt.datetime(2022, 2, 2, 14, 30, tzinfo=dt.UTC)),
        (dt.date(2022, 2, 2), dt.date(2022, 2, 2)),
        (None, None),
    ],
)
def test_publication_may_be_a_date_or_iso_8601(articles, given, understood):
    onrecord.read("Hm.", published=given)
    assert articles[0].published == understood
    assert articles[0].published_from == ("given" if understood else None)


@pytest.mark.parametrize("given", ["yesterday", "2022-02-31", "", 20220202])
def test_a_wrong_date_is_refused_with_what_would_be_right(given):
    with pytest.raises(onrecord.OnrecordError, match="such as 2022-02-02"):
        onrecord.read("Hm.", published=given)


def test_bytes_are_refused():
    with pytest.raises(onrecord.OnrecordError, match="it should be a string"):
        onrecord.read(b"Hm.")


@pytest.mark.usefixtures("articles")
def test_a_lone_surrogate_becomes_the_replacement_character_and_offsets_stay():
    record = onrecord.read("Kyiv\ud83d denied it.")
    assert record.article.text == "Kyiv\N{REPLACEMENT CHARACTER} denied it."


def test_what_is_known_of_the_article_reaches_the_reader(articles):
    onrecord.read("Hm.", title="T", outlet="O", url="https://example.org", id="7")
    (article,) = articles
    assert (article.id, article.title, article.outlet) == ("7", "T", "O")
    assert article.url == "https://example.org"


EXAMPLES = re.findall(
    r"^```python\n(.*?)^```",
    (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_page_runs(number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("articles.jsonl").write_text('{"text": "Kyiv denied it."}\n{}\n', encoding="utf-8")
    names = {}
    exec(EXAMPLES[number], names)  # noqa: S102 (our own page)
    assert isinstance(names["record"], Record)


def test_every_public_name_is_on_the_page():
    page = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in onrecord.__all__ if f"`{name}" not in page] == []
