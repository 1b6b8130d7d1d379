"""From bytes to text.

The rule, in this order:

1. A byte order mark decides: UTF-8, UTF-16 or UTF-32. The mark is not part of the text.
2. Known binary formats, and anything with a NUL byte, are no text.
3. What is valid UTF-8 is UTF-8.
4. Anything else is Windows-1252, of which Latin-1's letters are part, unless it holds a byte that
   is no character there or a control character that no text has: then it is no text.

Line ends stay as they are: offsets refer to the text as it stands in the file.
"""

import codecs
import re

from onrecord.errors import NotText

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_REMEDY = "plain text in UTF-8 would be right"


def decode(content: bytes) -> str:
    r"""Return the text that the bytes hold.

    Raises:
        NotText: They hold none, or in an encoding that cannot be told.

    Example:
        >>> decode(b"\xff\xfeH\x00i\x00"), decode(b"Orb\xe1n"), decode("Orbán".encode())
        ('Hi', 'Orbán', 'Orbán')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding)
    _refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_western(content, error)


def _decode_marked(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"marked as {encoding.upper()} but broken at byte {error.start}; {_REMEDY}"
        ) from None


def _refuse_binary(content: bytes) -> None:
    for magic, name in _BINARY:
        if content.startswith(magic):
            raise NotText(f"{name}, not text; {_REMEDY}")
    place = content.find(b"\x00")
    if place >= 0:
        raise NotText(
            f"not text (a NUL byte at {place}: binary, or UTF-16 without its mark); {_REMEDY}"
        )


def _decode_western(content: bytes, reason: UnicodeDecodeError) -> str:
    problem = NotText(f"not UTF-8 (byte {reason.start}) nor any other known encoding; {_REMEDY}")
    if _CONTROL.search(content):
        raise problem
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise problem from None
