import json

import pytest

from onrecord import open_store
from onrecord.errors import StoreError

pytest.importorskip("pyarrow", reason="pip install 'onrecord[cluster]'")
pytest.importorskip("fsspec", reason="pip install 'onrecord[cluster]'")

from onrecord.scale.parts import Folder


def test_an_archive_of_another_format_is_neither_read_nor_touched(tmp_path):
    (tmp_path / "archive.json").write_text('{"format": "onrecord archive/1"}', "utf-8")
    linked = {"copies": "linked/copies-1.parquet"}
    (tmp_path / "linked.json").write_text(json.dumps(linked), "utf-8")
    with pytest.raises(StoreError, match="archive/2"):
        Folder(str(tmp_path)).begin()
    with pytest.raises(StoreError, match="archive/2"):
        open_store(f"{tmp_path}/")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive.json", "linked.json"]


def test_a_second_run_into_a_folder_is_refused_until_the_first_has_ended(tmp_path):
    folder = Folder(str(tmp_path))
    folder.begin()
    with (
        folder.alone(),
        pytest.raises(StoreError, match="another run writes"),
        Folder(str(tmp_path)).alone(),
    ):
        pytest.fail("both write")
    with Folder(str(tmp_path)).alone():
        assert not open_store(f"{tmp_path}/").said()


def test_an_object_store_keeps_no_run_out():
    folder = Folder("memory://archive-that-is-alone")
    folder.begin()
    with folder.alone(), Folder("memory://archive-that-is-alone").alone():
        assert list(folder.manifests()) == []
