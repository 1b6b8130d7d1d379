"""Files that are not on this machine: `s3://`, `gs://`, `memory://`, whatever fsspec reaches."""

from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import InputError
from onrecord.intake.web import is_url

__all__ = ["is_remote", "open_file", "print_of"]


def is_remote(source: str) -> bool:
    """Tell whether a source is a file elsewhere; a page's address is none."""
    return "://" in source and not is_url(source)


def open_file(source: str) -> BinaryIO:
    """Open a file here or elsewhere, to be read.

    Raises:
        OSError: It cannot be opened.
        InputError: It is elsewhere, and what reaches there is not installed.
    """
    if not is_remote(source):
        return Path(source).open("rb")
    try:
        import fsspec

        return cast("BinaryIO", fsspec.open(source, "rb").open())
    except ImportError as error:
        raise InputError(
            f"{error}; `pip install 'onrecord[cluster]'`, or what fsspec needs for this address, "
            "would be right"
        ) from None


def print_of(address: str) -> tuple[int, str]:
    """Return a file's size and what tells that it changed; of one that is not there, nothing."""
    if not is_remote(address):
        try:
            found = Path(address).stat()
        except (OSError, ValueError):
            return 0, ""
        return found.st_size, f"{found.st_size}-{found.st_mtime_ns}"
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    try:
        told = system.info(path)
    except OSError:
        return 0, ""
    kept = (told.get(name) for name in ("size", "ETag", "etag", "mtime", "LastModified", "created"))
    return int(told.get("size") or 0), "-".join(str(each) for each in kept if each)
