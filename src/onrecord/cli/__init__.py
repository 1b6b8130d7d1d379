"""The command line: one module a command, loaded when it is called for.

Each module `onrecord.cli.NAME` holds the click command `NAME`. Nothing but click is imported before
a command runs, so that help comes at once.
"""

import click

from onrecord.cli.lazy import LazyGroup

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "actors",
    "copies",
    "correct",
    "corrections",
    "count",
    "disputes",
    "doctor",
    "evaluate",
    "events",
    "export",
    "failures",
    "ingest",
    "mcp",
    "read",
    "reread",
    "said",
    "schema",
    "serve",
    "show",
    "store",
    "timeline",
    "train",
    "version",
    "watch",
    "who",
)


@click.group(
    cls=LazyGroup,
    package="onrecord.cli",
    names=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all read, 1 some input could not be read, 2 wrong usage, "
    "3 a fault in OnRecord, 130 interrupted.",
)
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Who said what to whom, who did what to whom, and who denies it: the record of a news report.

    \b
    Start with:
      onrecord read report.txt
      onrecord read --html report.html report.txt
      onrecord ingest reports/ && onrecord said --act deny
    """
