"""Disturb a run at random moments, resume it, and compare with one that nothing disturbed.

    PYTHONPATH=src python benchmarks/faults/run.py [--times 300] [--by kill|drop|full] [--store URL]

A run takes in forty articles, corrects ten findings, reads everything anew, brings a store of the
first schema forward again and again, brings twenty articles in that a cluster read, and exports
all; articles are short, and what reading yields is made up, so
that the time goes into writing. After a random time it is killed (SIGKILL), or its connections to
the database are dropped, or it works on a disk that becomes full; then it is started again, until
it comes to its end; and articles, records, corrections, copies, disputes and the export must be
those of an undisturbed run. With --store, a database of PostgreSQL is used, and emptied before.
"""

import argparse
import dataclasses
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES, LOADED, BATCH = 40, 20, 4
MIGRATED = 20
SMALLEST, LARGEST, PAGE = 60, 700, 4096
"""Kilobytes of room on a disk that becomes full, least and most; bytes of a page of a file."""
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
    from onrecord.scale import loading

    program = ["1"]
    Reader.read = lambda _self, article: record_of(article, program[0])
    ingesting.BATCH = rereading.BATCH = loading.BATCH = BATCH
    with open_store(address, create=True) as store:
        urls = [f"https://example.org/{n}" for n in range(ARTICLES)]
        articles = (Taken(f"{n}.txt", Article(text_of(n), url=url)) for n, url in enumerate(urls))
        first = store.begin_run("ingest", program="1", networks="made")
        if len(store.articles(limit=ARTICLES + 1)) < ARTICLES:
            ingesting.ingest(store, articles, run_id=first)
        corrected = {each.id for each in store.corrections(limit=None)}
        own = [each for each in store.articles(limit=1000) if each.url in urls]
        for each in sorted(own, key=lambda each: each.url)[::4]:
            if f"{each.id}/s1" not in corrected:
                store.correct(f"{each.id}/s1", "correct", by="E", act="warn", speakers="Carl Dorn")
        program[0] = "2"
        second = store.begin_run("reread", program="2", networks="made")
        rereading.reread(store, run_id=second)
    bring_forward(address)
    with open_store(address) as store:
        third = store.begin_run("load", program="2", networks="made")
        loading.load(store, str(Path(out).with_name("archive")), run_id=third)
        records = (Numbered(n, record) for n, record in store.records(copies=True))
        exporter("jsonl")(records, Path(out))


def bring_forward(address):
    """Leave a store as the first version of the schema had it, and open it; again and again."""
    from onrecord import open_store

    for _ in range(MIGRATED):
        make_older(address)
        open_store(address, create=True).close()


def make_older(address):
    from onrecord.store import schema
    from onrecord.store.database import Database

    database = Database(address)
    with database.writing() as connection:
        schema.tallies.drop(connection)
        connection.execute(schema.store_version.update().values(version=1))
    database.close()


def make_archive(path):
    """Write a folder as a cluster does, of articles that follow upon the others."""
    from onrecord import Article
    from onrecord.scale.parts import Folder, write_part
    from onrecord.store.writing import Arrival

    folder = Folder(str(path))
    folder.begin()
    for first in range(ARTICLES, ARTICLES + LOADED, BATCH):
        articles = [
            Article(text_of(n), id=str(n), url=f"https://example.org/{n}")
            for n in range(first, first + BATCH)
        ]
        arrivals = [Arrival(f"{each.id}.txt", record_of(each, "2")) for each in articles]
        places = {each.sha256: int(each.id) for each in articles}
        folder.commit(write_part(folder, arrivals, places))


def state_of(address, out):
    """Return everything that must be the same, as one hash, and the parts that it is made of."""
    from onrecord import open_store
    from onrecord.export.json import record_line

    with open_store(address) as store:
        assert store.faults(thorough=True) == []
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
            "who": dataclasses.astuple(store.who("Norland")),
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
    """What came of a number of disturbances."""

    times: int
    runs: int
    seconds: float


class Killed:
    """A process that is killed."""

    def __init__(self, address, out):
        self.command = [sys.executable, __file__, "--work", address, out]

    def run(self, seconds):
        """Work for so long, or to the end; return whether it was disturbed."""
        process = subprocess.Popen(self.command, stderr=subprocess.PIPE)
        try:
            _, told = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.disturb(process)
            _, told = process.communicate()
            return True
        assert process.returncode == 0, told.decode()
        return False

    def disturb(self, process):
        process.kill()


class Dropped(Killed):
    """A process whose connections to PostgreSQL are cut by the server."""

    def __init__(self, address, out):
        super().__init__(address, out)
        self.address = address

    def disturb(self, process):
        import sqlalchemy as sa

        url = sa.make_url(self.address).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url)
        cut = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
        with engine.begin() as connection:
            connection.execute(sa.text(f"{cut} and datname = current_database()"))
        engine.dispose()
        if process.wait() != 0:
            told = process.stderr.read().decode()
            assert "StoreError" in told, told


class Full:
    """A process that works on a small disk, which is then copied to a larger one.

    It needs a kernel that lets a user mount memory in a namespace of his own.
    """

    SCRIPT = (
        'mount -t tmpfs -o size="$1"k none "$2" && cp -a "$3/." "$2" || exit 99; shift 3; "$@"; '
        'code=$?; rm -rf "$KEPT"; cp -a "$DISK" "$KEPT"; exit $code'
    )

    def __init__(self, address, out, chance):
        self.address, self.out, self.chance = Path(address), Path(out), chance

    def run(self, seconds):
        command = [sys.executable, __file__, "--work"]
        if seconds is None:
            subprocess.run([*command, str(self.address), str(self.out)], check=True)
            return False
        folder = self.out.parent
        disk, kept = folder.with_name("disk"), folder.with_name("kept")
        disk.mkdir(exist_ok=True)
        files = (each.stat().st_size for each in folder.rglob("*") if each.is_file())
        held = sum(-(-size // PAGE) * PAGE // 1024 for size in files)
        room = held + self.chance.randrange(SMALLEST, LARGEST)
        there = [str(disk / self.address.name), str(disk / self.out.name)]
        found = subprocess.run(
            [
                *["unshare", "-rm", "sh", "-c", self.SCRIPT, "sh"],
                *[str(room), str(disk), str(folder), *command, *there],
            ],
            check=False, env=os.environ | {"DISK": str(disk), "KEPT": str(kept)},
            capture_output=True, text=True,
        )  # fmt: skip
        assert found.returncode in {0, 1}, found.stderr
        shutil.rmtree(folder)
        kept.rename(folder)
        if found.returncode == 0:
            return False
        assert re.search("StoreError|InputError", found.stderr), found.stderr
        assert re.search("full|No space|disk I/O", found.stderr), found.stderr
        return True


def try_faults(address, out, times, chance, *, by="kill"):
    """Disturb so often, over as many runs as it takes; raise AssertionError if anything differs."""
    kinds = {
        "kill": lambda: Killed(address, out),
        "drop": lambda: Dropped(address, out),
        "full": lambda: Full(address, out, chance),
    }
    worker, archive = kinds[by](), Path(out).with_name("archive")
    empty(address)
    make_archive(archive)
    begun = time.perf_counter()
    assert not worker.run(None)
    whole = time.perf_counter() - begun
    expected = state_of(address, out)
    done = runs = 0
    while done < times:
        empty(address)
        Path(out).unlink(missing_ok=True)
        runs += 1
        while worker.run(chance.uniform(0.2, 1.0) * whole if done < times else None):
            done += 1
        found = state_of(address, out)
        assert found == expected, [name for name in found if found[name] != expected[name]]
        assert not list(Path(out).parent.glob("*.part"))
    return Outcome(done, runs, time.perf_counter() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--by", choices=["kill", "drop", "full"], default="kill")
    parser.add_argument("--store")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(*given.work)
        return
    chance = random.Random(given.seed)  # noqa: S311 (moments, not secrets)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "place"
        place.mkdir()
        address = given.store or str(place / "store.db")
        found = try_faults(address, str(place / "out.jsonl"), given.times, chance, by=given.by)
    print(
        f"{found.times} times by {given.by}, {found.runs} runs, {found.seconds:.0f} s: "
        "all as undisturbed"
    )


if __name__ == "__main__":
    main()
