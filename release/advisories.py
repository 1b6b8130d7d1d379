"""Ask PyPI which advisories it knows of the locked packages.

    python release/advisories.py LOCK...

pip-audit asks for the page of each version, which mirrors of PyPI often lack. The page of the
package itself names the advisories of its newest release: what is locked at the newest release is
answered by it, the rest is named as not answered. The exit code is 1 if there is an advisory, or
no answer at all.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
AT_ONCE = 8


def locked(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Return the names and versions that lock files pin, each once."""
    return sorted({pin for path in paths for pin in PINNED.findall(path.read_text("utf-8"))})


def page_of(client: httpx.Client, name: str) -> dict:
    """Return what PyPI says of a package and of its newest release."""
    response = client.get(f"https://pypi.org/pypi/{name}/json", follow_redirects=True)
    return response.raise_for_status().json()


def main() -> int:
    """Print the advisories and what was not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path, nargs="+")
    pins = locked(parser.parse_args().lock)
    with httpx.Client(timeout=30) as client, ThreadPoolExecutor(AT_ONCE) as askers:
        try:
            pages = list(askers.map(lambda pin: page_of(client, pin[0]), pins))
        except httpx.HTTPError as error:
            print(f"PyPI did not answer: {error}", file=sys.stderr)
            return 1
    known, older = [], []
    for (name, version), page in zip(pins, pages, strict=True):
        if page["info"]["version"] != version:
            older.append(f"{name} {version}")
            continue
        known += [
            f"{name} {version}: {each['id']} {each.get('link') or ''}".rstrip()
            for each in page["vulnerabilities"]
            if not each.get("withdrawn")
        ]
    for line in known:
        print(line)
    newest = len(pins) - len(older)
    print(f"{newest} of {len(pins)} packages are the newest release; {len(known)} advisories")
    if older:
        print("older, so not answered:", ", ".join(older))
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
