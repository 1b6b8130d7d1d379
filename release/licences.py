"""Write docs/licences.md: what the base install brings along, and under which licence.

    python release/licences.py [--check]

What is asked is the metadata of the packages that are installed. With --check nothing is written;
the exit code is 1 if a package is missing from the page, has another licence, or has one that is
not known to permit what Apache-2.0 permits.
"""

import argparse
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
HEAD = """# Licences of the base install

OnRecord itself is Apache-2.0. `pip install onrecord` brings these along (`release/licences.py`
writes this page from what is installed; a test holds it). None is under the GPL, LGPL or AGPL
alone. MPL-2.0, a copyleft for single files, is that of certifi (the list of certificate
authorities) and of a file of tqdm; tld, which leaves the choice, is taken under MPL-1.1. All are
used as they are.

| package | licence |
| --- | --- |
"""
SAME = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""Names that packages use for what SPDX has a name for."""
PERMITTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT",
    "MPL-1.1", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip


def closure(name, found=None):
    """Return the names of a package and of all that it needs on this machine, without extras."""
    found = {} if found is None else found
    plain = re.sub(r"[-_.]+", "-", name).lower()
    if plain not in found:
        found[plain] = distribution(plain)
        for line in found[plain].requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                closure(need.name, found)
    return found


def licence_of(metadata):
    """Return what a package's metadata say, as SPDX writes it."""
    told = metadata.get("License-Expression") or metadata.get("License") or ""
    if not told:
        classifiers = metadata.get_all("Classifier") or []
        named = [each.rpartition(":: ")[2] for each in classifiers if each.startswith("License ::")]
        told = named[0] if named else "unknown"
    first = told.strip().partition("\n")[0]
    return SAME.get(first, first)


def is_permitted(licence):
    """Tell whether one of the choices that a licence leaves asks for nothing but what is done.

    Example:
        >>> is_permitted("MPL-1.1 OR GPL-2.0-only"), is_permitted("MIT AND GPL-3.0-only")
        (True, False)
    """
    choices = licence.strip("()").split(" OR ")
    return any(all(part in PERMITTED for part in each.split(" AND ")) for each in choices)


def rows():
    """Yield each package's name and licence, in order."""
    for name, found in sorted(closure("onrecord").items()):
        if name != "onrecord":
            yield name, licence_of(found.metadata)


def faults(page):
    """Yield what is wrong with the page, or with a licence."""
    for name, licence in rows():
        if not is_permitted(licence):
            yield f"{name}: {licence} is not known to be permitted"
        if f"| {name} | {licence} |" not in page:
            yield f"{name}: not on the page with {licence}"


def main():
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        wrong = list(faults(PAGE.read_text("utf-8")))
        print("\n".join(wrong) or "licences: all permitted, all on the page")
        sys.exit(bool(wrong))
    lines = [f"| {name} | {licence} |\n" for name, licence in rows()]
    PAGE.write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
