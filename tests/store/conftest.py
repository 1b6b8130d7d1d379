"""Stores to ask: SQLite, and a PostgreSQL server started from the system's binaries."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from onrecord import open_store
from onrecord.store.writing import Arrival


def _binaries():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = found[-1] if found else shutil.which("initdb")
    return Path(path).parent if path else None


def _not_root():
    """Return whom the server runs as: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    with contextlib.suppress(KeyError):
        return {"user": pwd.getpwnam("postgres").pw_name}
    return {"user": "nobody"}


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server's URL without a database."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg"))
    who = _not_root()
    if who:
        shutil.chown(folder, who["user"])
    made = [str(binaries / "initdb"), "-D", f"{folder}/d", "-A", "trust", "-U", "onrecord"]
    subprocess.run([*made, "--no-sync"], check=True, capture_output=True, cwd="/", **who)
    port = _free_port()
    process = subprocess.Popen(
        [str(binaries / "postgres"), "-D", f"{folder}/d", "-p", str(port), "-k", str(folder),
         "-h", "127.0.0.1", "-F"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who,
    )  # fmt: skip
    try:
        yield _when_up(port)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _when_up(port):
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return f"postgresql+psycopg://onrecord@127.0.0.1:{port}"
        time.sleep(0.1)
    raise AssertionError("the PostgreSQL server did not come up")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where a new store can be made, in each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    url = request.getfixturevalue("server")
    name = f"s{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    yield f"{url}/{name}"


@pytest.fixture
def store(address):
    with open_store(address, create=True) as opened:
        yield opened
        assert [each for each in opened.faults(thorough=True) if "counted" in each] == []


@pytest.fixture
def add(store):
    """Add records, and return how many were new."""
    run = store.begin_run("test", program="0", networks="")

    def add(*records):
        return store.add([Arrival(f"{each.article.id}.txt", each) for each in records], run_id=run)

    return add
