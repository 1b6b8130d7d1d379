"""`onrecord actors`: bring your own list of actors, and see how a name resolves."""

import click

from onrecord.cli.lazy import LazyGroup

__all__ = ["actors"]


@click.group(
    cls=LazyGroup,
    package="onrecord.cli.actors",
    names=("import", "show"),
    short_help="Bring your own list of actors; see how a name resolves.",
)
def actors() -> None:
    """Bring your own list of actors, and see how a name resolves on a day."""
