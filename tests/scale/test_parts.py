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
