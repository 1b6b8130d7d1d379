"""Score acts against labelled statements: python benchmarks/acts/run.py --bench ../shared/bench.

The labels (benchmarks/labels/acts.jsonl) name an article, the content's offsets and the act; they
hold no text. A label counts as found where a statement's content overlaps it by IoU >= .5 of the
characters; accuracy is given over the found ones and over all.
"""

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

LABELS = Path(__file__).resolve().parents[1] / "labels" / "acts.jsonl"


@dataclass
class Score:
    """What was found, what of it was right, and what was taken for what."""

    labels: int = 0
    found: int = 0
    right: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        of_found = self.right / self.found if self.found else 0.0
        return (
            f"{name:22} labels {self.labels:4}  found {self.found / max(self.labels, 1):.3f}  "
            f"accuracy of found {of_found:.3f}  of all {self.right / max(self.labels, 1):.3f}"
        )


def read_labels(data: str | None = None) -> dict[tuple[str, str], list[dict]]:
    labels = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if data is None or row["data"] == data:
            labels[row["data"], row["id"]].append(row)
    return dict(labels)


def score_acts(bench: Path, data: str) -> Score:
    """Read every labelled article of one bench file and compare acts."""
    from onrecord.article import Article
    from onrecord.reading.pipeline import STAGES, Reader

    names = [stage.name for stage in STAGES]
    last = names.index("denials") + 1
    stages = Reader(STAGES[:last]).stages
    labels, score = read_labels(data), Score()
    for line in (bench / f"{data}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = labels.get((data, row["id"]), [])
        if wanted:
            findings = {"given": Article(row["text"], id=row["id"]), "text": row["text"]}
            for stage in stages:
                findings[stage.gives] = stage.run(findings)
            compare(wanted, findings["statements"], score)
    return score


def compare(wanted, statements, score: Score) -> None:
    for row in wanted:
        score.labels += 1
        gold = characters(row["content"])
        overlaps = [
            (iou(gold, characters([(each.start, each.end) for each in statement.content])), n)
            for n, statement in enumerate(statements)
        ]
        best, number = max(overlaps, default=(0.0, -1))
        if best < 0.5:
            continue
        score.found += 1
        act = statements[number].act
        score.right += act == row["act"]
        if act != row["act"]:
            score.confused[row["act"], act] += 1


def characters(ranges) -> set[int]:
    return {at for start, end in ranges for at in range(start, end)}


def iou(left: set[int], right: set[int]) -> float:
    return len(left & right) / len(left | right) if left | right else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--confusions", action="store_true", help="list what is taken for what")
    options = parser.parse_args()
    for data in sorted({data for data, _ in read_labels()}):
        score = score_acts(options.bench, data)
        print(score.line(data))
        if options.confusions:
            for (gold, found), count in score.confused.most_common():
                print(f"    {gold} taken for {found}: {count}")


if __name__ == "__main__":
    main()
