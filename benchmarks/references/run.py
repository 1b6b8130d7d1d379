"""Score who is meant and when: PYTHONPATH=src python benchmarks/references/run.py [GUM.jsonl]

Reads GUM rows (default ../shared/bench/gum_news_dev.jsonl), runs the stages that references need,
writes RECORDS lines beside the given --out, and scores them with bench/score_references.py. What is
timed is the actors stage alone, in CPU seconds, language analysis left out.
"""

import datetime as dt
import importlib.util
import json
import os
import sys
from pathlib import Path

from onrecord.article import Article
from onrecord.export.json import record_to_json
from onrecord.reading.pipeline import Reader

BENCH = Path(os.environ.get("ONRECORD_BENCH", Path(__file__).parents[3] / "shared/bench"))


def read_row(row):
    """Return the record of a row as JSON, its words, and the seconds of the actors stage."""
    published = dt.date.fromisoformat(row["published"]) if row.get("published") else None
    reading = Reader().read_timed(
        Article(row["text"], id=row["id"], title=row["title"], published=published)
    )
    return (
        record_to_json(reading.record),
        len(row["text"].split()),
        dict(reading.seconds)["actors"],
    )


def scorer():
    """Load the bench's scorer by its path."""
    spec = importlib.util.spec_from_file_location("score_references", BENCH / "score_references.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(path, out=None):
    """Return the scores of one file of GUM rows, and words per CPU-second."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    read = [read_row(row) for row in rows]
    records = [record for record, _, _ in read]
    if out:
        Path(out).write_text("".join(json.dumps(record) + "\n" for record in records))
    scores = scorer().score(rows, records)
    scores["words_per_cpu_second"] = round(sum(w for _, w, _ in read) / sum(s for *_, s in read))
    return scores


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if not each.startswith("--")]
    target = given[0] if given else BENCH / "gum_news_dev.jsonl"
    print(json.dumps(run(target, given[1] if len(given) > 1 else None), indent=1))
