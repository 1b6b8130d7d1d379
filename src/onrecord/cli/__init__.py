"""The command line: one module a command, loaded when it is called for.

Each module `onrecord.cli.NAME` holds the click command `NAME`. Nothing but click is imported before
a command runs, so that help comes at once.
"""

from importlib import import_module

import click

__all__ = ["COMMANDS", "main"]

COMMANDS = ("read", "schema", "version")


class _Commands(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"onrecord.cli.{cmd_name}"), cmd_name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all read, 1 some input could not be read, 2 wrong usage, "
    "3 a fault in OnRecord, 130 interrupted.",
)
def main() -> None:
    """Who said what to whom, who did what to whom, and who denies it: the record of a news report.

    \b
    Start with:
      onrecord read report.txt
      onrecord read --html report.html report.txt
    """
