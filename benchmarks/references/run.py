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
import time
from importlib import import_module
from pathlib import Path

from onrecord.article import Article
from onrecord.reading.actors.stage import find_actors
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

BENCH = Path(os.environ.get("ONRECORD_BENCH", Path(__file__).parents[3] / "shared/bench"))


def stage(name):
    """Return a stage that may not be there yet, or one that finds nothing."""
    module, _, function = name.partition(":")
    try:
        return getattr(import_module(f"onrecord.reading.{module}"), function)
    except (ImportError, AttributeError, FileNotFoundError):
        return lambda *_: ()


def read_row(row, find_attributions, find_times):
    """Return the part of a row's record that the scorer reads, words and seconds."""
    published = dt.date.fromisoformat(row["published"]) if row.get("published") else None
    article = Article(row["text"], id=row["id"], title=row["title"], published=published)
    document = analyse(article)
    quotations = find_quotations(article.text)
    attributions = find_attributions(article.text, quotations, document)
    times = find_times(document)
    begun = time.process_time()
    actors = find_actors(document, quotations, attributions)
    seconds = time.process_time() - begun
    record = {
        "article": {"id": row["id"]},
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "country": actor.country,
                "sector": actor.sector,
                "links": list(actor.links),
                "mentions": [
                    {"start": m.start, "end": m.end, "text": m.text} for m in actor.mentions
                ],
            }
            for actor in actors
        ],
        "times": [{"start": t.span.start, "end": t.span.end, "date": t.date} for t in times],
    }
    return record, len(row["text"].split()), seconds


def scorer():
    """Load the bench's scorer by its path."""
    spec = importlib.util.spec_from_file_location("score_references", BENCH / "score_references.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(path, out=None, *, with_models=True):
    """Return the scores of one file of GUM rows, and words per CPU-second."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    find_attributions = stage("attribution:find_attributions") if with_models else lambda *_: ()
    read = [read_row(row, find_attributions, stage("times:find_times")) for row in rows]
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
