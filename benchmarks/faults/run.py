"""Kill a run at random moments, resume it, and compare with one that nothing disturbed.

    PYTHONPATH=src python benchmarks/faults/run.py [--kills 300] [--store URL] [--seed 1]

A run takes in forty articles, corrects ten findings, reads everything anew and exports it; articles
are short, and what reading yields is made up, so that the time goes into writing. It is killed
(SIGKILL) after a random time and started again, until it comes to its end; then articles, records,
corrections, copies, disputes and the export must be those of an undisturbed run. With --store, a
database of PostgreSQL is used, and emptied before.
"""

import argparse
import dataclasses
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES, BATCH = 40, 4
TEXT = (
    "Delegation {0} of town {0} met the mayor on 2 March. “We shall see what comes of number {0},”"
    " Anna Berg{0} said in Elms. Norland denied that plan {0} had failed."
)


def text_of(number):
    return TEXT.format(number // 2) + (" It was late." if number % 2 else "")


def record_of(article, program):
    """Return a record as a reader would make it; the second program finds another act."""
    from onrecord.article import Span
    from onrecord.record import Actor, ArticleEntry, Record, Statement

    def span(words):
        start = article.text.index(words)
        return Span(start, start + len(words), words)

    def statement(name, speaker, cue, content, act):
        return Statement(
            id=name, speakers=(speaker,), source=(), cue=(span(cue),), content=(span(content),),
            quoted=(), insertions=(), mode="indirect", act=act, plover=None, cameo=None,
            addressees=(), about=(), said_on=None, place=None, within=None, denies=(),
            hedged=False, confidence=0.8, found_by="made",
        )  # fmt: skip

    def actor(name, words):
        mention = (span(words.split()[-1]),)
        known = {"kind": "person", "country": None, "sector": None, "title": None, "links": ()}
        return Actor(
            id=name, name=words, unnamed=False, mentions=mention, confidence=0.9, found_by="made",
            **known,
        )  # fmt: skip

    who = article.text.partition("Anna ")[2].partition(" ")[0]
    said = article.text[article.text.index("“") : article.text.index("”") + 1]
    denied = article.text.partition("denied ")[2].partition(".")[0]
    entry = ArticleEntry(
        article.id, None, None, article.url, None, None, "en", article.text, article.sha256
    )
    return Record(
        entry,
        actors=(actor("a1", f"Anna {who}"), actor("a2", "Norland")),
        statements=(
            statement("s1", "a1", "said", said, "expect" if program == "1" else "opine"),
            statement("s2", "a2", "denied", denied, "deny"),
        ),
    )


def work(address, out):
    """Do all of it; what was done before is not done again."""
    import onrecord.scale.ingest as ingesting
    import onrecord.scale.reread as rereading
    from onrecord import Article, open_store
    from onrecord.export.archive import Numbered, exporter
    from onrecord.intake.outcomes import Taken
    from onrecord.reading.pipeline import Reader

    program = ["1"]
    Reader.read = lambda _self, article: record_of(article, program[0])
    ingesting.BATCH = rereading.BATCH = BATCH
    with open_store(address, create=True) as store:
        articles = (
            Taken(f"{n}.txt", Article(text_of(n), url=f"https://example.org/{n}"))
            for n in range(ARTICLES)
        )
        first = store.begin_run("ingest", program="1", networks="made")
        if len(store.articles(limit=ARTICLES + 1)) < ARTICLES:
            ingesting.ingest(store, articles, run_id=first)
        corrected = {each.id for each in store.corrections(limit=None)}
        for each in sorted(store.articles(limit=1000), key=lambda each: each.url)[::4]:
            if f"{each.id}/s1" not in corrected:
                store.correct(f"{each.id}/s1", "correct", by="E", act="warn", speakers="Carl Dorn")
        program[0] = "2"
        second = store.begin_run("reread", program="2", networks="made")
        rereading.reread(store, run_id=second)
        records = (Numbered(n, record) for n, record in store.records(copies=True))
        exporter("jsonl")(records, Path(out))


def state_of(address, out):
    """Return everything that must be the same, as one hash, and the parts that it is made of."""
    from onrecord import open_store
    from onrecord.export.json import record_line

    with open_store(address) as store:
        articles = sorted(store.articles(limit=1000), key=lambda each: each.url)
        urls = {each.id: each.url for each in articles}

        def named(name):
            """Return an id with its article's address: a database may leave numbers out."""
            number, _, finding = name.partition("/")
            return f"{urls[int(number)]}/{finding}"

        parts = {
            "articles": [(each.url, each.name, each.replaced_by) for each in articles],
            "records": [
                hashlib.sha256(record_line(store.record(each.id))).hexdigest() for each in articles
            ],
            "said": sorted(
                (named(each.id), each.speakers, each.act, each.content)
                for each in store.said(copies=True, limit=1000)
            ),
            "copies": sorted(
                (urls[each.id], urls.get(each.copy_of, ""), each.kind) for each in store.copies()
            ),
            "disputes": sorted(
                (named(each.claim_id), named(each.answer_id))
                for each in store.disputes(copies=True, limit=1000)
            ),
            "corrections": sorted(
                (named(each.id), each.field, each.value) for each in store.corrections(limit=None)
            ),
            "export": hashlib.sha256(
                b"".join(sorted(Path(out).read_bytes().splitlines()))
            ).hexdigest(),
        }
    return {
        name: hashlib.sha256(json.dumps(part).encode()).hexdigest() for name, part in parts.items()
    }


def child(address, out):
    return subprocess.Popen([sys.executable, __file__, "--work", address, out])


def empty(address):
    """Take out what is in a database of PostgreSQL; a file is deleted."""
    if not address.startswith("postgresql"):
        for path in Path(address).parent.glob(f"{Path(address).name}*"):
            path.unlink()
        return
    import sqlalchemy as sa

    engine = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sa.text("drop schema public cascade; create schema public"))
    engine.dispose()


@dataclasses.dataclass
class Outcome:
    """What came of a number of kills."""

    kills: int
    runs: int
    seconds: float


def try_faults(address, out, kills, chance):
    """Kill so often, over as many runs as it takes; raise AssertionError if anything differs."""
    empty(address)
    begun = time.perf_counter()
    assert child(address, out).wait() == 0
    whole = time.perf_counter() - begun
    expected = state_of(address, out)
    done = runs = 0
    while done < kills:
        empty(address)
        Path(out).unlink(missing_ok=True)
        runs += 1
        while True:
            process = child(address, out)
            try:
                code = process.wait(chance.uniform(0.2, 1.0) * whole if done < kills else None)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                done += 1
                continue
            assert code == 0
            break
        found = state_of(address, out)
        assert found == expected, [name for name in found if found[name] != expected[name]]
        assert not list(Path(out).parent.glob("*.part"))
    return Outcome(done, runs, time.perf_counter() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--store")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=2)
    given = parser.parse_args()
    if given.work:
        work(*given.work)
        return
    chance = random.Random(given.seed)  # noqa: S311 (moments, not secrets)
    with tempfile.TemporaryDirectory() as folder:
        address = given.store or str(Path(folder) / "store.db")
        found = try_faults(address, str(Path(folder) / "out.jsonl"), given.kills, chance)
    print(f"{found.kills} kills, {found.runs} runs, {found.seconds:.0f} s: all as undisturbed")


if __name__ == "__main__":
    main()
