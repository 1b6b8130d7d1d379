"""`onrecord doctor`: whether everything is in its place."""

from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import STORE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["doctor"]

EXTRAS = {
    "cluster": "ray", "duckdb": "duckdb_engine", "mcp": "mcp", "parquet": "pyarrow", "pdf": "pypdf",
    "postgres": "psycopg", "spacy": "spacy", "train": "torch", "web": "fastapi",
}  # fmt: skip


@click.command(short_help="Tell whether everything is in its place, and a store is sound.")
@click.option(
    "--store",
    metavar="FILE|URL|FOLDER/",
    envvar="ONRECORD_STORE",
    help=f"A store to look at; without it {STORE}, if there is one.",
)
@click.option("--thorough", is_flag=True, help="Look at every record of the store, not at some.")
def doctor(store: str | None, thorough: bool) -> None:
    """Tell what is installed, whether the networks are as shipped, and whether a store is sound.

    The exit code is 1 if something is wrong.

    \b
    Examples:
      onrecord doctor
      onrecord doctor --store news.db --thorough
    """
    import platform
    from pathlib import Path

    from onrecord.cli.version import installed

    click.echo(f"onrecord {installed('onrecord')}, Python {platform.python_version()}")
    faults = [*_told("networks", _networks()), *_told("reading", _reading())]
    _extras()
    if store is None and Path(STORE).exists():
        store = STORE
    if store is not None:
        faults += _told(f"store {store}", _store(store, thorough=thorough))
    raise SystemExit(1 if faults else 0)


def _told(what: str, found: "Iterator[str]") -> list[str]:
    """Print what was found, or that nothing is wrong."""
    faults = list(found)
    click.echo(f"{what}: {'sound' if not faults else ''}")
    for fault in faults:
        click.echo(f"  {fault}")
    return faults


def _networks() -> "Iterator[str]":
    """Yield the files of networks that are not those that their cards name."""
    import json
    from pathlib import Path

    import onrecord.models
    from onrecord.errors import ModelError
    from onrecord.models.attribution import read_checked

    folder = Path(onrecord.models.__path__[0])
    for card in sorted(folder.glob("*/card.json")):
        for name, digest in _hashes(json.loads(card.read_text(encoding="utf-8"))):
            try:
                read_checked(card.parent / name, digest)
            except (ModelError, OSError) as error:
                yield str(error)


def _hashes(card: "dict[str, object]") -> "Iterator[tuple[str, str]]":
    """Yield the files that a card names, with their hashes."""
    for name, value in card.items():
        if isinstance(value, dict):
            digest = value.get("sha256")
            if isinstance(digest, str) and "." in name:
                yield name, digest
            else:
                yield from _hashes(value)
        elif isinstance(value, str) and "." in name and len(value) == 64:
            yield name, value


def _reading() -> "Iterator[str]":
    """Yield what goes wrong when a sentence is read."""
    import onrecord
    from onrecord.errors import OnrecordError

    try:
        record = onrecord.read("Kyiv denied on Monday that the talks had failed.")
    except (OnrecordError, OSError, ImportError) as error:
        yield f"a sentence could not be read: {error}"
        return
    if [each.act for each in record.statements][:1] != ["deny"]:
        yield "a denial was read as something else; installing anew would be right"


def _extras() -> None:
    from onrecord.cli.version import installed

    have = [extra for extra, name in EXTRAS.items() if installed(name) != "not installed"]
    click.echo(f"extras: {', '.join(have) or 'none'}")


def _store(address: str, *, thorough: bool) -> "Iterator[str]":
    from onrecord.cli.shown import opened
    from onrecord.errors import StoreError

    try:
        with opened(address) as archive:
            sizes = ", ".join(f"{number:,} {name}" for name, number in archive.sizes().items())
            click.echo(f"store {address}: {sizes}")
            yield from archive.faults(thorough=thorough)
    except StoreError as error:
        yield str(error)
