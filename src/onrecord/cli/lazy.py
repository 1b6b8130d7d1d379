"""A group of commands that loads each when it is called for."""

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """A group whose commands are imported by name: `NAME` is the command `NAME` of its module.

    An error that OnRecord raises on purpose ends the command with one line and exit code 1.

    A name that Python keeps for itself has a `_` behind it there: `import_`.

    Args:
        package: The package in which the commands' modules are.
        names: The commands.
        settings: What click's own group takes.
    """

    def __init__(self, *, package: str, names: tuple[str, ...], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(**settings)
        self.package = package
        self.names = names

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (click's signature)
        """Run the command line; tell in one line if what it prints cannot be written."""
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except OSError as error:
            from onrecord.export.asides import has_no_room

            if not has_no_room(error):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is tried
            click.echo(f"onrecord: the output could not be written: {error.strerror}", err=True)
            raise SystemExit(1) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's signature)
        """Run a command; tell what was wrong in one line if it ends with an OnrecordError."""
        from onrecord.errors import OnrecordError

        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            from onrecord.export.wording import clean

            click.echo(clean(f"onrecord: {error}"), err=True)  # a file's name may hold a line end
            raise SystemExit(1) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names of the commands."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; None if there is none of that name."""
        if cmd_name not in self.names:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        return command
