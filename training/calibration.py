"""Fit the probabilities of an exported network on the dev part, and say how well they hold.

python training/calibration.py DEV.jsonl src/onrecord/models/attribution-2
"""

import argparse
from pathlib import Path

from onrecord.intake.annotations import read_annotations
from onrecord.training.calibrating import calibrate


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("dev", type=Path)
    options.add_argument("folder", type=Path)
    given = options.parse_args()
    found = calibrate(given.folder, read_annotations(given.dev))
    print(
        f"{found.candidates} candidates, calibration error {found.error:.3f}, end to end "
        f"{found.best:.1f} from {found.threshold:.2f}"
    )


if __name__ == "__main__":
    main()
