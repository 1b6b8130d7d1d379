"""Ingest rate, store size, and how long questions to a large store take.

    PYTHONPATH=src python benchmarks/archive/run.py [BENCH] [--articles 500] [--statements 1000000]
        [--store FILE]

Ingest: the first articles of plain_reuters_2017 are read into a new store with all cores, copies
and disputes included; and again, when all are known. Questions: the records of that store, with
other texts and days spread over thirty years, are written until it has so many statements (their
texts are known, so they are not read again); then each question is asked 40 times with names, days
and words that are drawn from the store. The slowest of twenty (p95) counts.
"""

import argparse
import dataclasses
import datetime as dt
import itertools
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from onrecord import Article, open_store
from onrecord.copies.rewriting import Rewriting
from onrecord.intake.outcomes import Taken
from onrecord.scale.ingest import ingest
from onrecord.store.copying import Prints
from onrecord.store.writing import Arrival

FIRST = dt.date(1995, 1, 1)
DAYS = 365 * 30
ASKED = 40
OWN = 500
"""Records of which the others are made."""


def articles(bench, count):
    lines = (bench / "plain_reuters_2017.jsonl").read_text("utf-8").splitlines()[:count]
    for line in lines:
        entry = json.loads(line)
        day = dt.date.fromisoformat(entry["published"][:10])
        article = Article(
            entry["text"], title=entry["title"], outlet="Reuters", published=day,
            published_from="given",
        )  # fmt: skip
        yield Taken(entry["id"], article)


def measure_ingest(bench, path, count):
    with open_store(str(path), create=True) as store:
        for what in ("read", "known"):
            begun = time.perf_counter()
            run = store.begin_run("ingest", program="bench", networks="")
            found = ingest(store, articles(bench, count), run_id=run, workers=os.cpu_count() or 1)
            taken = time.perf_counter() - begun
            number = found.added or found.known
            print(f"{what:<8}{number:>8,} articles{number / taken:>12,.1f} a second")
    size = path.stat().st_size
    print(f"{'size':<8}{size / count / 1000:>8.1f} kB an article")


def copies_of(records, chance):
    """Yield records for ever, each with another text and day."""
    for number in itertools.count():
        record = chance.choice(records)
        text = f"{record.article.text}\n{number}"
        day = FIRST + dt.timedelta(chance.randrange(DAYS))
        article = Article(text)
        entry = dataclasses.replace(
            record.article, id=article.id, text=text, sha256=article.sha256, url=None,
            published=day,
        )  # fmt: skip
        statements = tuple(dataclasses.replace(each, said_on=None) for each in record.statements)
        yield dataclasses.replace(record, article=entry, statements=statements)


def enlarge(path, wanted, chance):
    prints = Prints((), Rewriting("unknown", None))
    with open_store(str(path)) as store:
        records = [record for _, record in itertools.islice(store.records(copies=True), OWN)]
        have = store.sizes()["statements"]
        made = copies_of(records, chance)
        run = store.begin_run("enlarge", program="bench", networks="")
        begun, written = time.perf_counter(), 0
        while have < wanted:
            batch = list(itertools.islice(made, 256))
            store.add([Arrival("made", record, prints) for record in batch], run_id=run)
            have += sum(len(record.statements) for record in batch)
            written += len(batch)
        taken = time.perf_counter() - begun
    if written:
        print(f"{'write':<8}{written:>8,} articles{written / taken:>12,.1f} a second")
        print(f"{'':<8}{have:>8,} statements")


NAMES = (
    "Donald Trump", "Vladimir Putin", "Rex Tillerson", "Robert Mueller", "Russia", "China",
    "North Korea", "United States", "Mitch McConnell", "Hillary Clinton", "Paul Ryan", "NATO",
)  # fmt: skip
WORDS = (
    "sanctions", "election", '"tax cuts"', "nuclear missile", "collusion", "special counsel",
    "immigration", '"national security"', "trade deficit", "border wall", "climate", "inquiry",
)  # fmt: skip
COUNTRIES = ("USA", "RUS", "CHN", "PRK", "GBR", "DEU", "ISR", "IRN")
ACTS = ("deny", "accuse", "promise", "warn", "demand", "announce")
TYPES = ("CONSULT", "ACCUSE", "SANCTION", "ASSAULT", "REQUEST", "COERCE")


def questions(chance):
    def window():
        day = FIRST + dt.timedelta(chance.randrange(DAYS - 31))
        return {"since": day.isoformat(), "until": (day + dt.timedelta(30)).isoformat()}

    name, country = (lambda: chance.choice(NAMES)), (lambda: chance.choice(COUNTRIES))
    return {
        "said, by": lambda s: s.said(by=name()),
        "said, by and act": lambda s: s.said(by=name(), act=chance.choice(ACTS)),
        "said, about, a month": lambda s: s.said(about=name(), **window()),
        "said, country and act": lambda s: s.said(country=country(), act=chance.choice(ACTS)),
        "said, by to": lambda s: s.said(by=name(), to=name()),
        "events, by to": lambda s: s.events(by=name(), to=name()),
        "events, type, a month": lambda s: s.events(act=chance.choice(TYPES), **window()),
        "events, country": lambda s: s.events(country=country()),
        "disputes, by": lambda s: s.disputes(by=name()),
        "timeline, country, a month": lambda s: s.timeline(country=country(), **window()),
        "text": lambda s: s.said(text=chance.choice(WORDS)),
        "text, by": lambda s: s.said(text=chance.choice(WORDS), by=name()),
        "text, a month": lambda s: s.said(text=chance.choice(WORDS), **window()),
        "record": lambda s: s.record(chance.randrange(1, 400)),
        "who": lambda s: s.who(name()),
        "count, by month": lambda s: s.count("statements", by="month", act=chance.choice(ACTS)),
    }


def measure_questions(path, chance):
    print(f"\n{'question':<28}{'median ms':>10}{'p95 ms':>10}")
    with open_store(str(path)) as store:
        for name, ask in questions(chance).items():
            times = []
            for _ in range(ASKED):
                begun = time.perf_counter()
                ask(store)
                times.append(1000 * (time.perf_counter() - begun))
            times.sort()
            p95 = times[int(0.95 * len(times)) - 1]
            print(f"{name:<28}{statistics.median(times):>10.1f}{p95:>10.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", nargs="?", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    chance = random.Random(20220202)  # noqa: S311 (drawn again alike)
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "archive.db"
        if not path.exists():
            measure_ingest(given.bench, path, given.articles)
        enlarge(path, given.statements, chance)
        measure_questions(path, chance)


if __name__ == "__main__":
    main()
