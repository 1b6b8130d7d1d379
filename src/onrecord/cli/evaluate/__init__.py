"""`onrecord evaluate`: measure what OnRecord finds against what people marked."""

import click

from onrecord.cli.lazy import LazyGroup

__all__ = ["evaluate"]


@click.group(
    cls=LazyGroup,
    package="onrecord.cli.evaluate",
    names=("actors", "attribution", "copies", "events", "relations"),
    short_help="Measure findings against your own annotations.",
)
def evaluate() -> None:
    """Measure what OnRecord finds against what you marked."""
