import pytest
from tests.store.samples import make_record

from onrecord.errors import StoreError
from onrecord.store.packing import pack, unpack


def test_a_packed_record_is_the_same_again():
    record = make_record()
    assert unpack(pack(record), record.article) == record


@pytest.mark.parametrize("packed", [b"", b"x", pack(make_record())[:-9]])
def test_damaged_bytes_are_told_of(packed):
    with pytest.raises(StoreError, match="is damaged"):
        unpack(packed, make_record().article)
