"""Joined parts hold what the parts held, whenever the joining is stopped."""

import shutil

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from tests.store.samples import make_record

from onrecord import open_store
from onrecord.cli import main
from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.answers import Failed
from onrecord.store.copying import prints_of
from onrecord.store.writing import Arrival

pytest.importorskip("pyarrow", reason="pip install 'onrecord[cluster]'")
pytest.importorskip("duckdb_engine", reason="pip install 'onrecord[duckdb]'")

from onrecord.scale import compacting
from onrecord.scale.compacting import compact
from onrecord.scale.loading import load
from onrecord.scale.parts import Folder, write_part

TOLD = (
    "Russia's foreign minister Sergei Lavrov accused NATO on Monday of breaking its word {}. "
    "NATO denied having given such a promise. Lavrov met Antony Blinken in Geneva."
)
PARTS, EACH = 4, 2
TABLES = [table.name for table in schema.METADATA.sorted_tables if table.name != "runs"]


@pytest.fixture
def archive(tmp_path):
    """Four parts of two articles in three months, written in another order than they have."""
    folder = Folder(str(tmp_path / "archive"))
    folder.begin()
    for part in (2, 0, 3, 1):
        arrivals, places = [], {}
        for number in range(part * EACH, part * EACH + EACH):
            record = make_record(TOLD.format(number), published=f"2022-0{1 + number % 3}-02")
            prints = prints_of(record.article.text, "en")
            arrivals.append(Arrival(f"file:{number}", record, prints))
            places[record.article.sha256] = number
        failed = [Failed(f"bad:{part}", "empty", "2022-02-02T00:00:00")] if part % 2 else []
        folder.commit(write_part(folder, arrivals, places, failed))
    return tmp_path / "archive"


def rows(path):
    with open_store(f"{path}/") as store, store._database.reading() as connection:
        return {
            table: sorted(
                map(repr, connection.execute(sa.select(schema.METADATA.tables[table])).all())
            )
            for table in TABLES
        }


def files(path):
    return sorted(
        str(each.relative_to(path))
        for each in path.rglob("*")
        if each.is_file() and each.suffix != ".lock"
    )


def loaded(path, store_path):
    with open_store(store_path, create=True) as store:
        load(store, str(path), run_id=store.begin_run("test", program="0", networks=""))
        return [(each.source, each.title) for each in store.articles(limit=100)]


def test_joined_parts_hold_the_same_rows_in_fewer_files(archive):
    before, many = rows(archive), len(files(archive))
    done = compact(str(archive), most=100)
    assert rows(archive) == before
    assert (done.parts_before, done.parts_after) == (PARTS, 1)
    assert done.files_after * 2 < done.files_before
    assert len(files(archive)) == many - (done.files_before - done.files_after) - (PARTS - 1)


def test_parts_are_joined_in_the_order_of_their_articles_and_no_further_than_asked(archive):
    done = compact(str(archive), most=2 * EACH)
    assert done.parts_after == PARTS // 2
    folder = Folder(str(archive))
    for manifest in folder.manifests():
        found = [
            place
            for path in manifest.files["articles"]
            for place in folder.read(path, ("position",))["position"].to_pylist()
        ]
        assert sorted(found) == list(range(min(found), min(found) + 2 * EACH))


def test_a_joined_archive_is_loaded_like_the_one_before(archive, tmp_path):
    shutil.copytree(archive, tmp_path / "joined")
    compact(str(tmp_path / "joined"))
    assert loaded(tmp_path / "joined", tmp_path / "b.db") == loaded(archive, tmp_path / "a.db")


def test_what_is_joined_is_joined_once(archive):
    compact(str(archive))
    there = files(archive)
    assert compact(str(archive)).parts_before == 1
    assert files(archive) == there


class Killed(BaseException):
    pass


@pytest.mark.parametrize("moment", ["write", "tell", "commit"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_stopped_at_any_moment_nothing_is_lost_or_there_twice(archive, monkeypatch, moment, when):
    before = rows(archive)
    real = getattr(Folder, moment)

    def killed(self, *given):
        if when == "after":
            real(self, *given)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Folder, moment, killed)
        with pytest.raises(Killed):
            compact(str(archive), most=100)
    assert rows(archive) == before
    compact(str(archive), most=100)
    assert rows(archive) == before
    assert len(list(Folder(str(archive)).manifests())) == 1


def test_stopped_while_the_old_parts_are_removed_the_rest_goes_next_time(archive, monkeypatch):
    before, real, calls = rows(archive), Folder.remove, []

    def killed(self, path):
        calls.append(path)
        if len(calls) > 20:
            raise Killed
        real(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "remove", killed)
        with pytest.raises(Killed):
            compact(str(archive), most=100)
    assert rows(archive) == before
    assert len(files(archive)) > len(calls)
    compact(str(archive), most=100)
    assert rows(archive) == before
    assert not (archive / compacting.REPLACED).exists()
    assert len(list((archive / "manifest").iterdir())) == 1


def test_a_folder_that_is_no_archive_is_refused(tmp_path):
    with pytest.raises(StoreError, match="holds no archive"):
        compact(str(tmp_path))
    result = CliRunner().invoke(main, ["store", "compact", str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no archive" in result.stderr


def test_the_command_tells_what_became_of_the_files(archive):
    result = CliRunner().invoke(main, ["store", "compact", str(archive), "--most", "4"])
    assert result.exit_code == 0
    assert "4 parts in " in result.stderr
    assert "now 2 in " in result.stderr
