"""Run the command line: `onrecord`, or `python -m onrecord`."""

import os
import sys

from onrecord.cli import main
from onrecord.cli.ending import Done

__all__ = ["run"]


def run() -> None:
    """Run the command that was given, and end the process with its exit code.

    Its processes keep to a core each: no threads are started for numpy's products, of which reading
    has hardly any, unless the user wants them.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        main(prog_name="onrecord")
    except Done as done:
        sys.stderr.flush()
        os._exit(done.exit_code)


if __name__ == "__main__":
    run()
