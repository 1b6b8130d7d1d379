"""An archive that Ray reads is what one process reads; Ray is real, on this machine."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from onrecord import open_store
from onrecord.intake.sources import take_in
from onrecord.scale.ingest import ingest
from onrecord.scale.loading import load
from onrecord.store import schema

ray = pytest.importorskip("ray", reason="pip install 'onrecord[cluster]'")
pytest.importorskip("duckdb_engine", reason="pip install 'onrecord[duckdb]'")

from onrecord.scale import cluster  # noqa: E402 (after it is known that Ray is there)
from onrecord.scale import read as read_dataset  # noqa: E402
from onrecord.scale.parts import Folder  # noqa: E402

EXAMPLES = Path(__file__).parents[2] / "examples"
UNLIKE = {"added_at", "at", "started_at", "ended_at", "run_id"}
"""Columns that say when and by whom a row was written."""
OF_ONE_STORE = {"runs", "feeds", "corrections", "store_version", "copy_keys"}


def sources(folder):
    """The examples, most of them copies of one report; versions of one page; repeats; a failure."""
    told = "Minister {0} denied on Monday that the {0} talks had failed. “We go on,” he said."
    versions = [
        {
            "text": told.format(name),
            "url": "https://example.org/talks",
            "published": f"2022-02-0{n}",
        }
        for n, name in enumerate(("Ivanov", "Petrov", "Sidorov"), 1)
    ]
    again = [{"text": told.format("Petrov"), "published": "2022-02-05"}, versions[0], {"text": " "}]
    first, last = folder / "versions.jsonl", folder / "again.jsonl"
    first.write_text("".join(json.dumps(row) + "\n" for row in versions), "utf-8")
    last.write_text("".join(json.dumps(row) + "\n" for row in again), "utf-8")
    read = sorted(str(each) for each in EXAMPLES.iterdir() if each.suffix in {".txt", ".jsonl"})
    return [str(first), *read, str(last)]


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    with open_store(folder / "store.db", create=True) as store:
        run = store.begin_run("test", program="0", networks="")
        found = (each for source in sources(folder) for each in take_in(source))
        ingest(store, found, run_id=run)
        yield store, folder


@pytest.fixture(scope="module")
def archive(local):
    _, folder = local
    progress = cluster.ingest(str(folder / "archive"), sources(folder), workers=2)
    return folder / "archive", progress


def rows(store, table):
    """All rows of a table, keys replaced by what they stand for, so that stores can be compared."""
    names = standing_for(store)
    return sorted((plain(table, row, names) for row in everything(store, table)), key=repr)


def everything(store, table):
    with store._database.reading() as connection:
        found = connection.execute(sa.select(schema.METADATA.tables[table])).mappings().all()
    return [{name: value for name, value in row.items() if name not in UNLIKE} for row in found]


def standing_for(store):
    names = {"articles": {row["id"]: row["sha256"] for row in everything(store, "articles")}}
    names["actors"] = {row["id"]: row["identity"] for row in everything(store, "actors")}
    for table in ("statements", "events", "disputes"):
        names[table] = {
            row["id"]: (names["articles"][row["article_id"]], row["finding"])
            for row in everything(store, table)
        }
    members = {}
    for row in everything(store, "articles"):
        members.setdefault(row["story_id"], []).append(row["sha256"])
    names["stories"] = {story: tuple(sorted(each)) for story, each in members.items()}
    return names


def plain(table, row, names):
    links = {
        column.name: link.column.table.name
        for column in schema.METADATA.tables[table].columns
        for link in column.foreign_keys
    }
    links |= {"replaced_by": "articles", "copy_of": "articles", "original_id": "articles"}
    if table in names:
        links["id"] = table
    links.pop("run_id", None)
    return [
        (name, names[links[name]][value] if name in links and value is not None else value)
        for name, value in sorted(row.items())
        if name != "id" or table in names
    ]


TABLES = [table.name for table in schema.METADATA.sorted_tables if table.name not in OF_ONE_STORE]


@pytest.mark.parametrize("table", TABLES)
def test_the_archive_says_row_for_row_what_one_process_says(table, local, archive):
    with open_store(f"{archive[0]}/") as store:
        found, expected = rows(store, table), rows(local[0], table)
    if table in {"articles", "disputes", "dispute_sides"}:
        found, expected = (without_what_only_a_store_knows(each) for each in (found, expected))
    assert found == expected
    assert found


def without_what_only_a_store_knows(found):
    """Leave out denials of other articles, and the verdict on wording by what others say."""
    return [
        [(name, value) for name, value in row if name != "rewriting"]
        for row in found
        if ("across", True) not in row and not any(is_across(value) for _, value in row)
    ]


def is_across(value):
    return isinstance(value, tuple) and len(value) == 2 and str(value[1]).startswith("x")


def test_progress_counts_articles_repeats_and_failures(local, archive):
    progress, articles = archive[1], len(local[0].articles(limit=1000))
    assert (progress.added, progress.known, progress.failed) == (articles, 3, 1)


def test_the_same_command_reads_nothing_again(local, archive):
    path, first = archive
    before = sorted(each.name for each in (path / "manifest").iterdir())
    progress = cluster.ingest(str(path), sources(local[1]), workers=2)
    assert (progress.added, progress.known) == (0, first.added + first.known)
    assert [each for each in before if not (path / "manifest" / each).exists()] == []


@pytest.mark.parametrize("table", TABLES)
def test_loaded_into_a_store_it_is_that_store(table, local, loaded):
    with open_store(loaded) as store:
        assert everything(store, table) == everything(local[0], table)


@pytest.fixture(scope="module")
def loaded(archive, tmp_path_factory):
    path = tmp_path_factory.mktemp("loaded") / "store.db"
    with open_store(path, create=True) as store:
        for _ in range(2):
            run = store.begin_run("test", program="0", networks="")
            progress = load(store, str(archive[0]), run_id=run)
    assert progress.added == 0
    return path


def test_what_is_asked_of_a_store_is_asked_of_an_archive(local, archive):
    with open_store(f"{archive[0]}/") as store:
        assert store.faults() == []
        for ask in (
            lambda each: {(one.speakers, one.content) for one in each.said(by="Putin", limit=500)},
            lambda each: {(one.type, one.sentence) for one in each.events(limit=500)},
            lambda each: each.count("statements", by="act", per="source").to_dicts(),
            lambda each: each.who("Putin").articles,
            lambda each: len(each.copies()),
        ):
            assert ask(store) == ask(local[0])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_workers_that_are_killed_cost_nothing_and_nothing_comes_twice(tmp_path):
    path = many(tmp_path, 120)
    process = started(path, tmp_path / "archive")
    killed = 0
    while process.poll() is None:
        if killed < 3 and len(manifests(tmp_path / "archive")) > 2 * (killed + 1):
            readers = [each for each in descendants(process.pid) if b"PartReader" in command(each)]
            for each in readers[:1]:
                os.kill(each, signal.SIGKILL)
                killed += 1
        time.sleep(0.05)
    assert (process.returncode, killed) == (0, 3)
    assert_whole(tmp_path / "archive", 120)


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    path = many(tmp_path, 120)
    process = started(path, tmp_path / "archive")
    while process.poll() is None and len(manifests(tmp_path / "archive")) < 4:
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert 0 < len(manifests(tmp_path / "archive")) < 25
    assert started(path, tmp_path / "archive").wait() == 0
    assert_whole(tmp_path / "archive", 120)


def many(folder, count):
    told = "Minister Number{0} denied on Monday that the Number{0} talks had failed. “No,” he said."
    path = folder / "many.jsonl"
    lines = [json.dumps({"id": str(n), "text": told.format(n)}) + "\n" for n in range(count)]
    path.write_text("".join(lines), "utf-8")
    return path


def started(path, archive):
    return subprocess.Popen(
        [sys.executable, "-m", "onrecord", "ingest", str(path), "--engine", "ray", "--workers", "2",
         "--store", f"{archive}/"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def manifests(archive):
    return list((archive / "manifest").glob("*.json"))


def descendants(process):
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = list(map(int, task.read_text().split()))
        except OSError:
            continue
        for child in children:
            yield child
            yield from descendants(child)


def command(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def assert_whole(archive, count):
    with open_store(f"{archive}/") as store:
        names = [each.name for each in store.articles(limit=10_000)]
        assert sorted(names, key=int) == [str(n) for n in range(count)]
        found = store.said(limit=10_000)
        assert len({each.id for each in found}) == len(found) >= count
        assert store.failures().to_dicts() == []
        assert store.faults() == []
    assert not (archive / "taken").exists()


def test_an_article_that_kills_its_reader_again_and_again_is_a_failure(tmp_path, monkeypatch):
    """A reader that is killed is asked four times more, each time with articles apart."""
    from onrecord.intake.outcomes import Intake
    from onrecord.scale.staging import article_of, groups_of, number_sources, stage

    folder = Folder(str(tmp_path / "archive"))
    folder.begin()
    [group] = groups_of(number_sources(folder, [str(many(tmp_path, 2))]))
    [file] = stage(folder, group, Intake())
    assert article_of(folder.read(file).to_pylist()[1]).article.id == "1"
    rows = ((file, (0, 1)),)
    monkeypatch.setattr(cluster, "read_one", lambda _: pytest.fail("not read apart"))
    folder.tell(cluster.tries_of(rows), 1)
    manifest = cluster.PartReader(folder.address).read(rows)
    assert (len(manifest.articles), manifest.failures) == (2, ())
    folder.tell(cluster.tries_of(rows), 5)
    manifest = cluster.PartReader(folder.address).read(rows)
    assert [source for source, _, _ in manifest.failures] == [
        f"{tmp_path}/many.jsonl:{n}" for n in (1, 2)
    ]
    assert "killed" in manifest.failures[0][1]


@pytest.fixture
def connected(tmp_path, monkeypatch):
    """Ray on this machine, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    ray.init(num_cpus=2, include_dashboard=False, ignore_reinit_error=True, log_to_driver=False)
    yield
    ray.shutdown()


@pytest.mark.usefixtures("connected")
def test_the_example_of_the_page_runs():
    Path("articles.jsonl").write_text('{"text": "Kyiv denied it.", "day": "2022-02-02"}\n', "utf-8")
    page = (EXAMPLES.parent / "docs" / "scale.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    names = {}
    exec(example, names)  # noqa: S102 (our own page)
    assert names["record"].statements[0].act == "deny"


@pytest.mark.usefixtures("connected")
def test_a_dataset_is_read_into_records():
    dataset = ray.data.from_items(
        [
            {"body": "Kyiv denied it on Monday.", "day": "2022-02-02", "id": "a"},
            {"body": " ", "day": None, "id": "b"},
        ]
    )
    found = read_dataset(dataset, columns={"text": "body", "published": "day"}).take_all()
    first, second = sorted(found, key=lambda row: row["id"])
    record = json.loads(first["record"])
    assert (record["article"]["published"], record["statements"][0]["act"]) == (
        "2022-02-02",
        "deny",
    )
    assert second["record"] is None or json.loads(second["record"])["statements"] == []
