"""Files that appear when they are whole, and not before."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from onrecord.errors import InputError

__all__ = ["bytes_aside", "folder_of", "has_no_room", "text_aside"]

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def has_no_room(error: BaseException) -> bool:
    """Tell whether an error says that nothing more can be written."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


@contextmanager
def text_aside(path: Path) -> Iterator[TextIO]:
    """Open a text file beside the one that is meant, and put it in its place when all is well.

    Raises:
        InputError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    with _in_place(path, part), part.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def bytes_aside(path: Path) -> Iterator[BinaryIO]:
    """Do the same with a binary file."""
    part = path.with_name(f"{path.name}.part")
    with _in_place(path, part), part.open("wb") as stream:
        yield stream


@contextmanager
def _in_place(path: Path, part: Path) -> Iterator[None]:
    try:
        yield
        part.replace(path)
    except OSError as error:
        where = "folder with room" if has_no_room(error) else "folder that may be written to"
        raise InputError(
            f"{path}: could not be written: {error.strerror}; a file in a {where} would be right"
        ) from None
    finally:
        with suppress(OSError):  # nothing was opened, or it is in its place
            part.unlink()


def folder_of(path: Path) -> Path:
    """Make the folder if there is none, and return it.

    Raises:
        InputError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path}: no folder, nor can it be made: {error.strerror}") from None
    return path
