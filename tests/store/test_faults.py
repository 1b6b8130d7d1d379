import importlib.util
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from tests.store.samples import make_record

import onrecord.models
from onrecord.cli import main
from onrecord.store import schema

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "faults" / "run.py"
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def faults():
    spec = importlib.util.spec_from_file_location("faults", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def has_namespaces():
    """Tell whether a user may mount a disk of his own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(command, check=False).returncode == 0


@pytest.mark.parametrize("by", ["kill", "drop", "full"])
def test_a_run_that_is_disturbed_ends_as_one_that_is_not(faults, address, tmp_path, by):
    is_server = address.startswith("postgresql")
    if is_server != (by == "drop") and by != "kill":
        pytest.skip(f"{by}: not of this kind of store")
    if by == "full" and not has_namespaces():
        pytest.skip("unshare may not mount here")
    place = tmp_path / "place"
    place.mkdir()
    url = address if is_server else str(place / "store.db")
    url = url.replace("postgresql+psycopg://", "postgresql://")
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    found = faults.try_faults(url, str(place / "out.jsonl"), 3, chance, by=by)
    assert found.times >= 3


def doctor(*options):
    return CliRunner().invoke(main, ["doctor", *map(str, options)])


def test_a_sound_store_is_sound(store, add):
    add(make_record())
    assert store.faults(thorough=True) == []


def test_an_altered_text_and_a_damaged_record_are_found(store, add):
    add(make_record(), make_record("Kyiv denied it." + make_record().article.text))
    with store._database.writing() as connection:
        articles, records = schema.articles, schema.records
        change = articles.update().where(articles.c.id == 1)
        connection.execute(change.values(text=articles.c.text + " "))
        connection.execute(
            records.update().where(records.c.article_id == 2).values(packed=b"nothing")
        )
    first, second = store.faults()
    assert "the text of article 1 was altered" in first
    assert "is damaged" in second


def test_a_missing_record_is_found(store, add):
    add(make_record())
    with store._database.writing() as connection:
        connection.execute(schema.records.delete())
    assert any("article 1 has no record" in each for each in store.faults())


def test_a_damaged_file_is_found(tmp_path):
    from onrecord import open_store

    path = tmp_path / "a.db"
    with open_store(path, create=True):
        pass
    database = sqlite3.connect(path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\x55" * 4096
    path.write_bytes(content)
    result = doctor("--store", path)
    assert result.exit_code == 1
    assert "damaged" in result.stdout or "malformed" in result.stdout


def test_the_doctor_says_what_is_sound_and_what_is_not_there(tmp_path):
    result = doctor()
    assert result.exit_code == 0
    assert "networks: sound" in result.stdout
    assert doctor("--store", tmp_path / "none.db").exit_code == 1


def test_an_altered_network_is_found(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    shutil.copytree(Path(onrecord.models.__path__[0]) / "relations", folder / "relations")
    with (folder / "relations" / "relations.onnx").open("ab") as stream:
        stream.write(b"more")
    monkeypatch.setattr(onrecord.models, "__path__", [str(folder)])
    result = doctor()
    assert result.exit_code == 1
    assert "was altered" in result.stdout


def test_a_store_is_migrated_or_told_of(tmp_path):
    run = CliRunner().invoke
    assert run(main, ["store", "migrate", "--store", str(tmp_path / "a.db")]).exit_code == 1
    from onrecord import open_store

    with (
        open_store(tmp_path / "a.db", create=True) as store,
        store._database.writing() as connection,
    ):
        connection.execute(sa.update(schema.store_version).values(version=schema.VERSION))
    assert run(main, ["store", "migrate", "--store", str(tmp_path / "a.db")]).exit_code == 0


def test_an_unreadable_file_is_noted_down_and_read_when_it_can_be(tmp_path):
    folder, store = tmp_path / "in", str(tmp_path / "a.db")
    folder.mkdir()
    for name in ("01-agency-orban.txt", "05-broadsheet-kyiv.txt"):
        shutil.copy(EXAMPLES / name, folder)
    closed = folder / "05-broadsheet-kyiv.txt"
    closed.chmod(0)
    command = [*ordinarily(), sys.executable, "-m", "onrecord"]
    ingest = [*command, "ingest", str(folder), "--store", store]
    assert subprocess.run(ingest, check=False, capture_output=True).returncode == 1
    told = subprocess.run(
        [*command, "failures", "--store", store, "--json"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "05-broadsheet-kyiv.txt" in told
    assert "Permission denied" in told
    with onrecord.open_store(store) as opened:
        assert opened.sizes()["articles"] == 1
    read = [*command, "read", str(closed)]
    found = subprocess.run(read, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")
    assert "Permission denied" in found.stderr
    closed.chmod(0o600)
    assert subprocess.run(ingest, check=False, capture_output=True).returncode == 0
    with onrecord.open_store(store) as opened:
        assert opened.sizes()["articles"] == 2
        assert list(opened.failures()) == []


def ordinarily():
    """Return what runs a command without root's right to read every file."""
    if os.getuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not here, and this is root")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}"]
