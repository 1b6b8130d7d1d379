"""Attribute a file of the PolNeAR benchmark, print the scorer's table and words per CPU-second.

    python benchmarks/attribution/run.py --bench ../shared/bench/polnear_dev.jsonl

Timed is `find_quotations` and `find_attributions` (with and without language analysis, which the
reader needs anyway), in CPU time of this process after one article has warmed it up. PolNeAR marks
no statement inside another one, so only attributions that stand side by side are written. The
scorer is run where it lies, beside the file or at --scorer; further options are passed on to it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord.article import Article
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bench", type=Path, required=True, help="JSONL of annotated articles")
    options.add_argument("--scorer", type=Path, help="score_attribution.py")
    options.add_argument("--predictions", type=Path, help="where to keep the predictions")
    given, passed_on = options.parse_known_args()
    scorer = given.scorer or given.bench.parent / "score_attribution.py"
    with tempfile.TemporaryDirectory() as folder:
        predictions = given.predictions or Path(folder) / "predictions.jsonl"
        write_predictions(given.bench, predictions)
        command = [sys.executable, str(scorer), str(given.bench), str(predictions), *passed_on]
        subprocess.run(command, check=True)


def write_predictions(bench, predictions):
    texts = [json.loads(line) for line in bench.read_text(encoding="utf-8").split("\n") if line]
    words, analysis, attribution = 0, 0.0, 0.0
    with predictions.open("w", encoding="utf-8") as out:
        for number, each in enumerate(texts[:1] + texts):
            begun = time.process_time()
            document = analyse(Article(each["text"]))
            parsed = time.process_time()
            quotations = find_quotations(each["text"])
            found = find_attributions(each["text"], quotations, document)
            if number:
                analysis += parsed - begun
                attribution += time.process_time() - parsed
                words += len(each["text"].split())
                out.write(json.dumps({"id": each["id"], "attributions": rows(found)}) + "\n")
    print(f"attribution: {words / attribution:,.0f} words per CPU-second", flush=True)
    both = words / (analysis + attribution)
    print(f"with language analysis: {both:,.0f} words per CPU-second", flush=True)


def attribute(text):
    """Return the attributions of a text in the benchmark's form."""
    return rows(find_attributions(text, find_quotations(text), analyse(Article(text))))


def rows(found):
    return [
        {
            "source": each.source,
            "cue": each.cue,
            "content": each.content,
            "probability": round(each.probability, 4),
            "found_by": each.found_by,
        }
        for each in found
        if each.within is None
    ]


if __name__ == "__main__":
    main()
