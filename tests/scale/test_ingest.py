import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import Article, open_store
from onrecord.errors import EmptyInput, StoreError
from onrecord.intake.sources import Refused, Taken
from onrecord.reading.pipeline import Reader
from onrecord.scale.ingest import ingest
from onrecord.scale.pool import read_articles

TEXT = "Minister {0} denied on Monday that the {0} talks had failed. “We go on,” he said."


def taken(*numbers):
    return [Taken(f"{n}.txt", Article(TEXT.format(f"Number{n}"), id=str(n))) for n in numbers]


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store.db", create=True) as opened:
        yield opened


def run(store, found, **options):
    return ingest(store, found, run_id=store.begin_run("test", program="0", networks=""), **options)


def test_articles_and_failures_are_counted_and_kept(store):
    refused = Refused("empty.txt", EmptyInput("empty; a text would be right"))
    progress = run(store, [*taken(1, 2), refused, *taken(2)])
    assert (progress.added, progress.known, progress.failed) == (2, 1, 1)
    assert [each.reason for each in store.failures()] == ["empty; a text would be right"]
    assert {each.source for each in store.articles()} == {"1.txt", "2.txt"}


def test_what_is_known_is_not_read_again(store, monkeypatch):
    run(store, taken(1, 2))
    monkeypatch.setattr(Reader, "read", lambda *_: pytest.fail("read again"))
    assert run(store, taken(1, 2)).known == 2


def test_a_fault_in_a_stage_is_a_failure_of_that_article_alone(store, monkeypatch):
    read = Reader.read

    def breaking(reader, article):
        if "Number2" in article.text:
            raise KeyError("boom")
        return read(reader, article)

    monkeypatch.setattr(Reader, "read", breaking)
    progress = run(store, taken(1, 2, 3))
    assert (progress.added, progress.failed) == (2, 1)
    assert "KeyError" in store.failures()[0].reason


def test_texts_that_differ_in_line_ends_alone_are_one(store):
    unix, windows = "Kyiv denied it.\nMoscow did not.", "Kyiv denied it.\r\nMoscow did not.\r\n"
    progress = run(store, [Taken("a", Article(unix + "\n")), Taken("b", Article(windows))])
    assert (progress.added, progress.known) == (1, 1)


def test_several_workers_give_what_one_gives():
    articles = taken(*range(5))
    one = [each.record for each in read_articles(articles, workers=1)]
    assert [each.record for each in read_articles(articles, workers=2)] == one


def children(process):
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_a_worker_that_is_killed_costs_no_article():
    outcomes = []
    for outcome in read_articles(taken(*range(40)), workers=2):
        outcomes.append(outcome)
        if len(outcomes) == 2:
            workers = [each for each in children(os.getpid()) if b"spawn_main" in command(each)]
            os.kill(workers[0], signal.SIGKILL)
    assert [each.source for each in outcomes] == [f"{n}.txt" for n in range(40)]
    assert all(hasattr(each, "record") for each in outcomes)


def command(process):
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    lines = tmp_path / "articles.jsonl"
    rows = [{"id": str(n), "text": TEXT.format(f"Number{n}")} for n in range(300)]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    path = tmp_path / "store.db"
    arguments = [sys.executable, "-m", "onrecord", "ingest", str(lines), "--store", str(path),
                 "--workers", "1"]  # fmt: skip
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
    while process.poll() is None and count(path) < 64:
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert 0 < count(path) < 300
    subprocess.run(arguments, check=True, stderr=subprocess.DEVNULL)
    with open_store(path) as store:
        names = [each.name for each in store.articles(limit=1000)]
        assert sorted(names, key=int) == [str(n) for n in range(300)]
        statements = store.said(limit=10_000)
    assert len({each.id for each in statements}) == len(statements) >= 300


def count(path):
    try:
        with open_store(path) as store:
            return len(store.articles(limit=1000))
    except StoreError:
        return 0
