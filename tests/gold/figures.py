"""Figures over all examples, their floors, and the failures that are known."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.gold.comparison import compare_example
from tests.gold.examples import ROOT, example_names

FLOORS = ROOT / "tests" / "floors_examples.json"
KNOWN = ROOT / "tests" / "known_failures_examples.json"
KINDS = (
    "article",
    "actors",
    "statements",
    "events",
    "times",
    "places",
    "disputes",
    "suspect",
    "must_not",
)


def measure_examples() -> dict[str, float]:
    """Sum up all examples: `statements/recall`, `statements/act` (of those found), ..."""
    held: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for name in example_names():
        for outcome in compare_example(name):
            seen[outcome.kind, outcome.aspect] += 1
            held[outcome.kind, outcome.aspect] += outcome.holds
    return dict(_figures(held, seen))


def _figures(
    held: Counter[tuple[str, str]], seen: Counter[tuple[str, str]]
) -> Iterator[tuple[str, float]]:
    for kind, aspect in sorted(seen, key=lambda pair: (KINDS.index(pair[0]), pair[1])):
        if aspect == "found":
            found = held[kind, aspect]
            extra = seen[kind, "unexpected"]
            yield f"{kind}/recall", found / seen[kind, aspect]
            yield f"{kind}/precision", found / (found + extra) if found + extra else 0.0
        elif aspect != "unexpected":
            yield f"{kind}/{aspect}", held[kind, aspect] / seen[kind, aspect]


def failures(name: str, kind: str) -> dict[str, str]:
    """List what does not hold in one part of one example: key to message."""
    return {o.key: o.message for o in compare_example(name) if o.kind == kind and not o.holds}


def load_json(path: Path) -> dict[str, Any]:
    """Load the floors or the known failures; nothing where there is no such file yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    words = json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(words + "\n", encoding="utf-8")


def raised_floors() -> dict[str, float]:
    """Give the present figures, rounded down; a floor that is higher stays."""
    old = load_json(FLOORS)
    now = {key: math.floor(value * 1000) / 1000 for key, value in measure_examples().items()}
    return {key: max(value, old.get(key, 0.0)) for key, value in now.items()}


def known_now() -> dict[str, dict[str, str]]:
    """Give the present failures with the reasons already written; new ones get their message."""
    old = load_json(KNOWN)
    known: dict[str, dict[str, str]] = {}
    for name in example_names():
        for kind in KINDS:
            for key, message in failures(name, kind).items():
                known.setdefault(name, {})[key] = old.get(name, {}).get(key, message)
    return known


def report_lines(*, every_failure: bool) -> Iterator[str]:
    if every_failure:
        for name in example_names():
            for outcome in compare_example(name):
                if not outcome.holds:
                    yield f"{name}: {outcome.key}: {outcome.message}"
    else:
        for key, value in measure_examples().items():
            yield f"{key:28} {value:6.3f}"
