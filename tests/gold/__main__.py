"""How well does the reader do on the examples?

    python -m tests.gold                 the present figures
    python -m tests.gold --failures      every row that does not hold, and how
    python -m tests.gold --write-floors  raise the floors to the present figures
    python -m tests.gold --write-known   bring the list of known failures up to date

Run it from the repository root.
"""

import argparse
import sys

from tests.gold.figures import FLOORS, KNOWN, known_now, raised_floors, report_lines, write_json


def main(arguments: list[str]) -> None:
    """Print the figures or the failures, or write the floors or the known failures."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.gold",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--write-floors", action="store_true")
    parser.add_argument("--write-known", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.write_floors:
        write_json(FLOORS, raised_floors())
    if chosen.write_known:
        write_json(KNOWN, known_now())
    for line in report_lines(every_failure=chosen.failures):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
