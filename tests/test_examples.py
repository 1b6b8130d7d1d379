"""The reader holds to the examples' hand-made records, and those to their texts."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.gold import figures
from tests.gold.examples import EXAMPLES, example_names, load_example
from tests.gold.figures import KINDS
from tests.gold.words import as_list, content_of, nearest, occurrences

from onrecord.record import ACTS, EVENT_TYPES, SECTORS

NAMES = example_names()
VALUES: dict[str, frozenset[str]] = {
    "mode": frozenset({"direct", "indirect", "mixed"}),
    "act": frozenset(ACTS),
    "type": frozenset(EVENT_TYPES),
    "sector": frozenset({*SECTORS, "-"}),
    "status": frozenset(
        {"happened", "ongoing", "planned", "demanded", "hypothetical", "denied", "claimed"}
    ),
}
KIND_VALUES = {
    "actors": frozenset({"person", "organization", "country", "place", "group"}),
    "disputes": frozenset({"denial", "contradiction", "correction"}),
}


def rows(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    record = load_example(name).gold
    return ((kind, row) for kind in KINDS if kind != "article" for row in record[kind])


def phrases(kind: str, row: dict[str, Any]) -> list[str]:
    """List the strings of a row that must stand in the text."""
    if row.get("absent"):
        return []
    if kind == "must_not":
        words = [row[key] for key in ("statement", "place", "suspect", "trigger") if key in row]
        return [each for each in words if row.get("country") != "DC"]
    keys = ("name", "also", "source", "cue", "content", "trigger", "claim", "answer", "insertions")
    found = [phrase for key in keys for phrase in as_list(row.get(key))]
    return found + (as_list(row.get("text")) if kind in {"times", "suspect"} else [])


# the gold


@pytest.mark.parametrize("name", NAMES)
def test_every_string_of_a_gold_record_stands_in_its_text(name: str) -> None:
    text = load_example(name).text
    absent = [p for kind, row in rows(name) for p in phrases(kind, row) if not occurrences(text, p)]
    assert not absent, f"not verbatim in {name}: {absent}"


@pytest.mark.parametrize("name", NAMES)
def test_every_content_trigger_and_time_of_a_gold_record_means_one_place(name: str) -> None:
    text = load_example(name).text
    ambiguous = [
        phrase
        for _, row in rows(name)
        if not row.get("optional")
        for key in ("content", "trigger", "text", "claim", "answer")
        for phrase in as_list(row.get(key))
        if len(occurrences(text, phrase)) > 1
    ]
    assert not ambiguous, f"say which, as in `word#2`, in {name}: {ambiguous}"


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_record_names_only_what_it_lists(name: str) -> None:
    record = load_example(name).gold
    actors = {row["name"] for row in record["actors"]} | {"*"}
    statements = {row["id"] for row in record["statements"]}
    unknown = []
    for _, row in rows(name):
        named = [
            n
            for key in ("speaker", "actors", "recipients", "addressees")
            for n in as_list(row.get(key))
        ]
        linked = [
            n
            for key in ("within", "denies")
            for each in as_list(row.get(key))
            for n in each.split("|")
        ]
        unknown += [n for n in named if n not in actors] + [
            n for n in linked if n not in statements
        ]
    assert not unknown


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_record_uses_the_contracts_values(name: str) -> None:
    wrong = []
    for kind, row in rows(name):
        allowed = VALUES | ({"kind": KIND_VALUES[kind]} if kind in KIND_VALUES else {})
        for key in allowed.keys() & row.keys():
            wrong += [value for value in row[key].split("|") if value not in allowed[key]]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_ids_in_a_gold_record_are_unique(name: str) -> None:
    seen = [(kind, row["id"]) for kind, row in rows(name) if "id" in row]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("name", NAMES)
def test_a_cue_and_a_source_stand_beside_their_content(name: str) -> None:
    text = load_example(name).text
    lost = []
    for row in load_example(name).gold["statements"]:
        content = content_of(text, row)
        cue = nearest(text, row["cue"], content, outside=content)
        lost += [] if cue else [row["id"]]
    assert not lost


# the texts


def test_every_example_is_in_the_readmes_table() -> None:
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html", ".jsonl"}]
    assert [file for file in files if f"`{file}`" not in table] == []


def test_every_article_of_the_examples_has_a_gold_record() -> None:
    held = {load_example(name).gold["article"] for name in NAMES}
    files = {path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html", ".jsonl"}}
    assert held == files
    lines = (EXAMPLES / "10-wire-briefs.jsonl").read_text(encoding="utf-8").splitlines()
    ids = {f"10-wire-briefs.{json.loads(line)['id']}" for line in lines}
    assert ids <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_short_reports(name: str) -> None:
    assert 80 <= len(load_example(name).text.split()) <= 350


def test_the_reprint_is_word_for_word_and_the_others_are_not() -> None:
    original = load_example("01-agency-orban").text
    assert load_example("02-reprint-orban").text == original
    assert load_example("03-edited-orban").text != original
    assert load_example("04-spun-orban").text != original


def test_rewriting_left_the_quoted_words_alone() -> None:
    original, spun = (load_example(n).text for n in ("01-agency-orban", "04-spun-orban"))
    assert re.findall('"[^"]+"', spun) == re.findall('"[^"]+"', original)


# the reader


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_reader_holds_to_the_gold_record(name: str, kind: str) -> None:
    known = {
        key for key in figures.load_json(figures.KNOWN).get(name, {}) if key.startswith(f"{kind}/")
    }
    failing = figures.failures(name, kind)
    new = [f"{key}: {message}" for key, message in failing.items() if key not in known]
    assert not new, f"{name} no longer holds, or never did:\n  " + "\n  ".join(new)
    mended = sorted(known - failing.keys())
    assert not mended, (
        f"{name} holds now: take these out of {figures.KNOWN.name} "
        "(python -m tests.gold --write-known):\n  " + "\n  ".join(mended)
    )


def test_every_known_failure_has_a_reason_and_an_example() -> None:
    known = figures.load_json(figures.KNOWN)
    assert set(known) <= set(NAMES)
    assert [
        key for rows_of in known.values() for key, reason in rows_of.items() if not reason
    ] == []


def test_no_figure_over_all_examples_is_below_its_floor() -> None:
    floors, now = figures.load_json(figures.FLOORS), figures.measure_examples()
    assert set(floors) == set(now), "python -m tests.gold --write-floors"
    fallen = {key: (round(now[key], 3), floor) for key, floor in floors.items() if now[key] < floor}
    assert not fallen, f"(measured, floor): {fallen}"
