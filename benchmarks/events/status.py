"""Score events of plain reports against labels: python benchmarks/events/status.py [--errors].

The labels (benchmarks/labels/events.jsonl) name an article, a sentence by its offsets, and its
events: trigger, PLOVER type, status, actor and recipient, all by offsets; they hold no text. Whole
articles are read. An event counts as found where its trigger overlaps a labelled one; its status,
type and parties are scored among the found ones. `unreal` counts what is labelled planned,
demanded, hypothetical or denied and was told as happened or going on.
"""

import argparse
import datetime as dt
import json
import os
from collections import Counter, defaultdict
from pathlib import Path

from onrecord.article import Article
from onrecord.reading.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "benchmarks" / "labels" / "events.jsonl"
REAL = {"happened", "ongoing"}
UNREAL = {"planned", "demanded", "hypothetical", "denied"}


def bench() -> Path:
    """Return the folder of the bench files."""
    return Path(os.environ.get("ONRECORD_BENCH", ROOT.parent / "shared" / "bench"))


def overlaps(one, other) -> bool:
    """Tell whether two ranges of characters share any."""
    return one[0] < other[1] and other[0] < one[1]


def matched(labelled, found):
    """Yield pairs of a labelled event and the found one whose trigger overlaps it, each once."""
    free = list(found)
    for label in labelled:
        fits = [
            event
            for event in free
            if any(overlaps(label["trigger"], (s.start, s.end)) for s in event.trigger)
        ]
        if fits:
            best = max(fits, key=lambda event: _root(event.type) == _root(label["type"]))
            free.remove(best)
            yield label, best


def _root(kind):
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def f1_of_each(pairs):
    """Return F1 and number for every class of pairs of gold and found."""
    scores = {}
    for kind in sorted({kind for pair in pairs for kind in pair}):
        both = sum(gold == found == kind for gold, found in pairs)
        gold_count = sum(gold == kind for gold, _ in pairs)
        found_count = sum(found == kind for _, found in pairs)
        scores[kind] = (2 * both / (gold_count + found_count), gold_count)
    return scores


def party_right(label, name, ids, record):
    """Tell whether one of the event's actors has a mention that overlaps the labelled words."""
    wanted = label[name]
    if wanted is None:
        return None
    spans = [m for actor in record.actors if actor.id in ids for m in actor.mentions]
    return any(overlaps(wanted, (m.start, m.end)) for m in spans)


class Score:
    """What was counted over the labelled sentences; errors are printed if wanted."""

    def __init__(self, *, errors=False):
        self.counts, self.statuses, self.errors = Counter(), [], errors
        self.sure = []

    @property
    def macro_f1(self):
        """Mean F1 of the statuses over the found events."""
        each = f1_of_each(self.statuses)
        return sum(f1 for f1, _ in each.values()) / len(each)

    def add(self, row, sentences, record):
        """Compare the labelled sentences of one article with its record."""
        for sentence in sentences:
            inside = [
                event
                for event in record.events
                if any(sentence["start"] <= s.start < sentence["end"] for s in event.trigger)
            ]
            pairs = list(matched(sentence["events"], inside))
            self.counts["sentences"] += 1
            self.counts["labelled"] += len(sentence["events"])
            self.counts["told"] += len(inside)
            self.counts["found"] += len(pairs)
            good = [event for label, event in pairs if self._judge(label, event, record)]
            self.sure += [
                (event.confidence, any(event is each for each in good)) for event in inside
            ]
            if self.errors:
                show(row["text"], sentence, pairs, inside)

    def _judge(self, label, event, record):
        self.statuses.append((label["status"], event.status))
        self.counts["type right"] += _root(label["type"]) == _root(event.type)
        self.counts["unreal"] += label["status"] in UNREAL and event.status in REAL
        all_right = _root(label["type"]) == _root(event.type)
        for party, ids in (("actor", event.actors), ("recipient", event.recipients)):
            right = party_right(label, party, ids, record)
            self.counts[f"{party} labelled"] += right is not None
            self.counts[f"{party} right"] += bool(right)
            all_right = all_right and right is not False
        return all_right


def show(text, sentence, pairs, inside):
    """Print what is wrong in a sentence."""
    whole = text[sentence["start"] : sentence["end"]]
    for label, event in pairs:
        wanted, found = (label["type"], label["status"]), (event.type, event.status)
        if (_root(wanted[0]), wanted[1]) != (_root(found[0]), found[1]):
            words = text[slice(*label["trigger"])]
            print(f"{'/'.join(wanted)} -> {'/'.join(found)} [{words}] {whole}")
    for label in sentence["events"]:
        if all(label is not each for each, _ in pairs):
            words = text[slice(*label["trigger"])]
            print(f"MISSED {label['type']}/{label['status']} [{words}] {whole}")
    for event in inside:
        if all(event is not each for _, each in pairs):
            words = event.trigger[0].text
            print(f"EXTRA {event.type}/{event.status} {words} {event.found_by} {whole}")


def score_statuses(folder, labels=LABELS, *, errors=False):
    """Read the labelled articles of the bench folder and return the score."""
    by_article = defaultdict(list)
    for row in map(json.loads, labels.read_text("utf-8").splitlines()):
        by_article[row["id"]].append(row)
    with (folder / "plain_reuters_2017.jsonl").open(encoding="utf-8") as lines:
        articles = {row["id"]: row for row in map(json.loads, lines)}
    reader, score = Reader(), Score(errors=errors)
    for name, sentences in by_article.items():
        row = articles[name]
        day = dt.date.fromisoformat(row["published"])
        score.add(row, sentences, reader.read(Article(row["text"], id=name, published=day)))
    return score


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    parser.add_argument("--labels", type=Path, default=LABELS)
    options = parser.parse_args()
    score = score_statuses(bench(), options.labels, errors=options.errors)
    counts = score.counts
    found, told, labelled = counts["found"], counts["told"], counts["labelled"]
    print(
        f"{counts['sentences']} sentences, {labelled} events labelled, {told} told, {found} both:"
        f" recall {found / labelled:.3f}, precision {found / max(told, 1):.3f}"
    )
    print(
        f"status macro-F1 {score.macro_f1:.3f}, right"
        f" {sum(a == b for a, b in score.statuses) / found:.3f}, unreal told as real"
        f" {counts['unreal']}"
    )
    for kind, (f1, number) in f1_of_each(score.statuses).items():
        print(f"  {kind:14} {f1:.2f}  {number}")
    print(f"type right {counts['type right'] / found:.3f}")
    for party in ("actor", "recipient"):
        print(f"{party} right {counts[f'{party} right'] / counts[f'{party} labelled']:.3f}")
    print("confidence, and how many of those told are right in type and parties:")
    for confidence in sorted({each for each, _ in score.sure}):
        good = [right for each, right in score.sure if each == confidence]
        print(f"  {confidence:.2f}  {sum(good) / len(good):.2f} of {len(good)}")


if __name__ == "__main__":
    main()
