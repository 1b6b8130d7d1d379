"""Run the command line: `onrecord`, or `python -m onrecord`."""

import os
import sys

from onrecord.cli import main
from onrecord.cli.ending import Done

__all__ = ["run"]


def run() -> None:
    """Run the command that was given, and end the process with its exit code."""
    try:
        main(prog_name="onrecord")
    except Done as done:
        sys.stderr.flush()
        os._exit(done.exit_code)


if __name__ == "__main__":
    run()
