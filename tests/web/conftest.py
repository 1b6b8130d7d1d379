import pytest

pytest.importorskip("fastapi")

from starlette.testclient import TestClient
from tests.store.samples import make_record
from tests.store.test_copies import COPY, ORIGINAL

from onrecord import open_store
from onrecord.store.writing import Arrival
from onrecord.web.app import create_app
from onrecord.web.security import Access

LOCAL = Access(hosts=frozenset({"testserver", "127.0.0.1"}))


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store.db", create=True) as opened:
        run = opened.begin_run("test", program="0", networks="")
        records = [
            make_record(ORIGINAL, published="2022-02-02", url="https://example.org/a"),
            make_record(COPY, published="2022-02-03", title="Talks again"),
        ]
        opened.add([Arrival(f"{n}.txt", each) for n, each in enumerate(records)], run_id=run)
        opened.end_run(run)
        yield opened


@pytest.fixture
def browse(store):
    return TestClient(create_app(store, access=LOCAL), raise_server_exceptions=True)


@pytest.fixture
def edit(store):
    return TestClient(create_app(store, edit=True, allow_private=True, access=LOCAL))
