import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NotText
from onrecord.intake.encoding import decode

WORDS = "“Orbán” said €5,\r\nnot €6."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "cp1252"),
    ],
)
def test_text_is_understood_and_its_line_ends_stay(mark, encoding):
    assert decode(mark + WORDS.encode(encoding)) == WORDS


def test_latin_1_letters_are_understood():
    assert decode("Orbán déjà".encode("latin-1")) == "Orbán déjà"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 rest", "a PDF, not text"),
        (b"PK\x03\x04rest", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"abc\x00def", "a NUL byte at 3"),
        ("Hi there".encode("utf-16-le"), "UTF-16 without its mark"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8x", "broken at byte"),
        (b"na\xefve \x81", "not UTF-8"),
        (b"na\xefve \x01\x02", "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_what_would_be_right(content, words):
    with pytest.raises(NotText, match="plain text in UTF-8 would be right") as raised:
        decode(content)
    assert words in str(raised.value)


@given(content=st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(content):
    try:
        text = decode(content)
    except NotText:
        return
    assert len(text) <= len(content)
    assert not any("\ud800" <= character <= "\udfff" for character in text)
