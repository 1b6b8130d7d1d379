"""How well rewriting is noticed, document by document and word by word.

    PYTHONPATH=src python benchmarks/suspect/run.py [BENCH] [ARTICLE]

Documents: AUC of rewritten PolNeAR dev articles (spun_dev) against their originals, by tool, rate.
Words: share of reported spans in rewritten articles that hold a replaced word. Clean news: articles
of plain_reuters_2017 (those that no table was counted on) and polnear_dev with anything reported.
Then the most suspect spans of one rewritten article (default: the seed) are printed, to be judged
by eye.
"""

import json
import sys
from pathlib import Path
from zlib import crc32

from onrecord.article import Article
from onrecord.reading.document import Document
from onrecord.reading.quotations import find_quotations
from onrecord.reading.suspect.stage import find_suspect, weigh_text


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def odds(text):
    return weigh_text(text, find_quotations(text)).odds


def suspects(text):
    return find_suspect(Document(Article(text), (), (), (), ()), find_quotations(text))


def area_under_curve(positive, negative):
    pairs = [(one > other) + 0.5 * (one == other) for one in positive for other in negative]
    return sum(pairs) / len(pairs)


def report_documents(bench):
    clean = [odds(article["text"]) for article in rows(bench / "polnear_dev.jsonl")]
    by_tool = {}
    for article in rows(bench / "spun_dev.jsonl"):
        by_tool.setdefault((article["src"], article["rate"]), []).append(article)
    for (tool, rate), articles in sorted(by_tool.items()):
        found = [odds(article["text"]) for article in articles]
        noticed = sum(value > 0 for value in found) / len(found)
        right, reported = precision(articles)
        print(
            f"{tool:4} {rate:.1f}  AUC {area_under_curve(found, clean):.3f}  noticed {noticed:.2f}"
            f"  spans {reported}, right {right / max(reported, 1):.3f}"
        )


def precision(articles):
    right = reported = 0
    for article in articles:
        for each in suspects(article["text"]):
            reported += 1
            right += any(
                swap[0] < each.span.end and each.span.start < swap[1] for swap in article["swaps"]
            )
    return right, reported


def report_clean(bench):
    reuters = rows(bench / "plain_reuters_2017.jsonl")
    held_back = [each for each in reuters if crc32(each["id"].encode()) % 5 == 0]
    for name, articles in (("Reuters", held_back), ("PolNeAR", rows(bench / "polnear_dev.jsonl"))):
        found = [suspects(article["text"]) for article in articles]
        print(
            f"clean {name}: {len(articles)} articles, {sum(map(bool, found))} with a false alarm, "
            f"{sum(map(len, found))} spans"
        )


def report_article(path):
    text = path.read_text("utf-8")
    print(f"\n{path}: log-odds of rewriting {odds(text):.1f}")
    for each in sorted(suspects(text), key=lambda each: -each.score)[:40]:
        print(f"  {each.score:.3f} {each.kind:12} {each.span.text!r} <- {each.likely!r}")


if __name__ == "__main__":
    shared = Path(__file__).parents[3] / "shared"
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "bench"
    report_documents(bench)
    report_clean(bench)
    report_article(Path(sys.argv[2]) if len(sys.argv) > 2 else shared / "seed" / "article.txt")
