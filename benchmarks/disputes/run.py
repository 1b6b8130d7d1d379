"""Score disputes of plain reports against labels: python benchmarks/disputes/run.py [--errors].

The labels (benchmarks/labels/disputes.jsonl) name an article and, by offsets, every answer that
goes against a claim, with the places where the same side gives it again, and the passages that
state this claim; they hold no text. Whole articles are read. A dispute is found where its answer
shares characters with a labelled one; it is right where its claim shares characters with a passage
that states the claim of that label.
"""

import argparse
import datetime as dt
import json
import os
from pathlib import Path

from onrecord.article import Article
from onrecord.reading.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "benchmarks" / "labels" / "disputes.jsonl"


def bench() -> Path:
    """Return the folder of the bench files."""
    return Path(os.environ.get("ONRECORD_BENCH", ROOT.parent / "shared" / "bench"))


def overlaps(one, others) -> bool:
    """Tell whether a range of characters shares any with one of the others."""
    return any(one[0] < end and start < one[1] for start, end in others)


def states(label, passage) -> bool:
    """Tell whether a passage shares characters with one that states the labelled claim."""
    return any(overlaps(claim, passage) for claim in label["claims"])


def answers(label, passage) -> bool:
    """Tell whether a passage shares characters with one that gives the labelled answer."""
    return any(overlaps(answer, passage) for answer in label["answers"])


def passages(record, statement_id):
    """Return where a statement stands: content and cue."""
    statement = next(each for each in record.statements if each.id == statement_id)
    return [(s.start, s.end) for s in (*statement.content, *statement.cue)]


def compare(labels, record):
    """Return triples of a dispute, the label it finds or None, and whether it is right.

    A dispute that finds a label again, by what the same side says elsewhere, is left out. The
    labels that nothing finds come second.
    """
    found, taken = [], []
    for dispute in record.disputes:
        answer, claim = passages(record, dispute.answer), passages(record, dispute.claim)
        hits = [each for each in labels if answers(each, answer)]
        fresh = [each for each in hits if all(each is not other for other in taken)]
        if hits and not fresh:
            continue
        best = max(fresh, key=lambda each: states(each, claim), default=None)
        if best is not None:
            taken.append(best)
        found.append((dispute, best, best is not None and states(best, claim)))
    return found, [each for each in labels if all(each is not other for other in taken)]


class Score:
    """What was counted over labelled articles; errors are printed if wanted."""

    def __init__(self, *, errors=False):
        self.articles = self.labelled = self.told = self.answered = self.right = 0
        self.errors = errors

    @property
    def precision(self):
        return self.right / max(self.told, 1)

    @property
    def recall(self):
        return self.right / max(self.labelled, 1)

    def add(self, name, text, labels, record):
        """Compare the labelled disputes of one article with its record."""
        found, missed = compare(labels, record)
        self.articles += 1
        self.labelled += len(labels)
        self.told += len(found)
        self.answered += sum(label is not None for _, label, _ in found)
        self.right += sum(both for _, _, both in found)
        if self.errors:
            show(name, text, record, found, missed)


def score_disputes(folder, labels=LABELS, *, errors=False):
    """Read the labelled articles of the bench folder and return the score."""
    with (folder / "plain_reuters_2017.jsonl").open(encoding="utf-8") as lines:
        articles = {row["id"]: row for row in map(json.loads, lines)}
    reader, score = Reader(), Score(errors=errors)
    for row in map(json.loads, labels.read_text("utf-8").splitlines()):
        article = articles[row["id"]]
        text, day = article["text"], dt.date.fromisoformat(article["published"])
        record = reader.read(Article(text, id=row["id"], published=day))
        score.add(row["id"], text, row["disputes"], record)
    return score


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    parser.add_argument("--labels", type=Path, default=LABELS)
    options = parser.parse_args()
    score = score_disputes(bench(), options.labels, errors=options.errors)
    print(
        f"{score.articles} articles, {score.labelled} disputes labelled, {score.told} told:"
        f" precision {score.precision:.3f}, recall {score.recall:.3f}; answers alone"
        f" {score.answered / max(score.told, 1):.3f}, {score.answered / score.labelled:.3f}"
    )


def show(name, text, record, found, missed):
    """Print what is wrong in an article."""
    for dispute, label, both in found:
        if not both:
            claim, answer = (passages(record, each) for each in (dispute.claim, dispute.answer))
            print(f"{'CLAIM' if label else 'FALSE'} {name} {dispute.found_by} {dispute.kind}")
            print("   claim ", " … ".join(text[a:b] for a, b in claim))
            print("   answer", " … ".join(text[a:b] for a, b in answer))
            if label:
                print("   gold  ", text[slice(*label["claims"][0])])
    for label in missed:
        print(f"MISSED {name} {label['kind']}")
        print("   claim ", text[slice(*label["claims"][0])])
        print("   answer", text[slice(*label["answers"][0])])


if __name__ == "__main__":
    main()
