"""The accuracy gate: no score falls under its floor in `benchmarks/floors.json`."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.evaluation.actors import answer_actor, score_actors
from onrecord.intake.actor_rows import read_actor_rows
from onrecord.reading.pipeline import Reader

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.bench


def rows_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def polnear(bench):
    """Return the articles of PolNeAR dev with their records."""
    reader = Reader()
    return [
        (row, reader.read(Article(row["text"], id=row["id"])))
        for row in rows_of(bench / "polnear_dev.jsonl")
    ]


def test_attribution_holds_its_floors(bench, program, hold_floors):
    tool = program("benchmarks/attribution/run.py")
    scorer = program(bench / "score_attribution.py")
    gold = rows_of(bench / "polnear_dev.jsonl")
    found = {row["id"]: tool.attribute(row["text"]) for row in gold}
    summary, _ = scorer.run(gold, found)
    hold_floors(
        {
            "attribution/end to end": summary["e2e"][2],
            "attribution/found": summary["detect_iou50"][2],
            "attribution/exact content": summary["detect_exact"][2],
        }
    )


def test_statements_of_the_whole_reading_hold_their_floor(bench, program, hold_floors, polnear):
    scorer = program(bench / "score_attribution.py")
    found = {row["id"]: [as_attribution(s) for s in outer(record)] for row, record in polnear}
    summary, _ = scorer.run([row for row, _ in polnear], found)
    hold_floors({"statements/end to end": summary["e2e"][2]})


def outer(record):
    """Return the statements that no other one reports: PolNeAR marks none within another."""
    return [statement for statement in record.statements if statement.within is None]


def as_attribution(statement):
    return {
        part: [(span.start, span.end) for span in getattr(statement, part)]
        for part in ("source", "cue", "content")
    }


def test_clean_news_raises_no_alarm(hold_floors, polnear):
    clean = sum(not record.suspect for _, record in polnear)
    hold_floors({"suspect/clean articles": 100 * clean / len(polnear)})


def test_references_and_dates_hold_their_floors(bench, program, hold_floors):
    scores = program("benchmarks/references/run.py").run(bench / "gum_news_dev.jsonl")
    hold_floors(
        {
            "references/recall": scores["references_recall"],
            "references/precision": scores["references_precision"],
            "references/name pairs": scores["names_pair_f1"],
            "times/right": scores["dates_right"],
        }
    )


def test_the_resolver_holds_its_floors(bench, hold_floors):
    rows = tuple(read_actor_rows(bench / "actors_dev.jsonl"))
    scores = score_actors(
        answer_actor(row.text, row.on, country=row.country, sector=row.sector) for row in rows
    )
    hold_floors(
        {
            "resolver/country": 100 * scores.country,
            "resolver/country and sector": 100 * scores.both,
        }
    )


def test_acts_of_labelled_news_hold_their_floor(bench, program, hold_floors):
    score = program("benchmarks/acts/run.py").score_acts(bench, "plain_reuters_2017")
    hold_floors({"acts/accuracy": 100 * score.right / score.found})


@pytest.mark.parametrize(("what", "unit"), [("extraction", "root"), ("dyads", "dyad")])
def test_events_hold_their_floors(bench, hold_floors, what, unit):
    command = [sys.executable, str(ROOT / "benchmarks" / "events" / "run.py"), what]
    environment = os.environ | {"ONRECORD_BENCH": str(bench)}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found = re.search(r"\bP ([\d.]+) R ([\d.]+)", told.stdout)
    assert found, told.stdout
    hold_floors(
        {
            f"events/{unit} precision": 100 * float(found[1]),
            f"events/{unit} recall": 100 * float(found[2]),
        }
    )


def test_sentences_hold_their_floors(bench, hold_floors):
    command = [sys.executable, str(ROOT / "benchmarks" / "events" / "run.py"), "sentences"]
    environment = os.environ | {"ONRECORD_BENCH": str(bench)}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    joint, sectors = re.findall(r"(?m)^dyad\+root.* F1 ([\d.]+)$", told.stdout)
    hold_floors({"events/joint": 100 * float(joint), "events/sectors": 100 * float(sectors)})


def test_statuses_hold_their_floor_and_nothing_unreal_is_told_as_real(bench, program, hold_floors):
    score = program("benchmarks/events/status.py").score_statuses(bench)
    counts = score.counts
    hold_floors(
        {
            "events/status": 100 * score.macro_f1,
            "events/labelled precision": 100 * counts["found"] / counts["told"],
            "events/labelled recall": 100 * counts["found"] / counts["labelled"],
        }
    )
    assert score.counts["unreal"] == 0


def test_disputes_hold_their_floors(bench, program, hold_floors):
    score = program("benchmarks/disputes/run.py").score_disputes(bench)
    hold_floors(
        {"disputes/precision": 100 * score.precision, "disputes/recall": 100 * score.recall}
    )
