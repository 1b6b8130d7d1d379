"""A command line whose reader finds nothing, so that the tests are about the command line."""

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.reading.pipeline import Reader, Reading
from onrecord.record import ArticleEntry, Notice, Record


def entry_of(article):
    return ArticleEntry(
        article.id,
        article.title,
        article.outlet,
        article.url,
        article.published,
        article.published_from,
        article.language,
        article.text,
        article.sha256,
    )


@pytest.fixture
def invoke(monkeypatch):
    """Run `onrecord ARGUMENTS...` with a reader that finds nothing and breaks on `BREAK`."""

    def read_timed(_reader, article):
        if "BREAK" in article.text:
            raise KeyError("boom")
        notice = Notice("nothing", "Nothing was looked for.")
        return Reading(Record(entry_of(article), notices=(notice,)), (("language", 0.5),))

    monkeypatch.setattr(Reader, "read_timed", read_timed)

    def invoke(*arguments, **options):
        return CliRunner().invoke(main, [str(each) for each in arguments], **options)

    return invoke


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("“You broke it,” Berg said on Tuesday.\n", encoding="utf-8")
    return path
