"""Feed every reader, stage, question and export with what nobody would write.

    PYTHONPATH=src python benchmarks/fuzz/run.py [--count 10000] [--first 0] [--only NUMBER]

Each case is made of its number alone: a target, and a seed of its kind (an article, a file, a
record, a question) that was cut, doubled, spliced, or had hostile pieces put into it. Nothing but
an OnrecordError may come of it; offsets must point at what they say; a record must survive being
written and read; an export must hold no formula and a page no script of the article's; CPU time and
memory may not be over a constant and a share of the length. What breaks is told with its number,
with which `--only` repeats it.
"""

import argparse
import csv
import datetime as dt
import gzip
import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path

from onrecord import Article, Reader, Span, open_store
from onrecord.errors import OnrecordError

ROOT = Path(__file__).parents[2]
EXAMPLES, SEEDS = ROOT / "examples", Path(__file__).with_name("seeds")
DAY = dt.date(2022, 2, 2)
TOLD = 50_000
"""Cases after which it is told how many there were."""
HANGS = 60
"""CPU-seconds after which a case is given up."""
SECONDS, SECONDS_A_BYTE = 0.5, 4e-4
"""CPU time that a case may take at most: hostile text takes ten times as long as news."""
MEGABYTES, BYTES_A_BYTE = 80, 4_000
"""Memory that a case may add at most."""

HOSTILE = (
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\x1b[31m", "\u0301" * 9, "\u2028",
    "\r\n", "\n\n\n", "\t" * 5, "“", "”", "\"", "'", "‘", "’", "«", "»", "„", "((((", "]]]]",
    "{{", "%s%n", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2", "<script>alert(1)</script>",
    "<!--", "]]>", "&amp;&#x41;", "' OR 1=1 --", "\"; DROP TABLE articles;", "NEAR(", "*", "^",
    "\\", "../../etc", "said", "denied", "that", "who", "told", "Mr.", "U.S.", "J. K.",
    "1,000,000", "31 February 2022", "Monday", "yesterday", "the the the", "P\u0430ris",
    "İstanbul", "ﬁ", "😀", "日本", "العربية", "a" * 300, "said " * 30, "“he said " * 12,
    "of the minister " * 12, ", who said" * 12, "-" * 80,
)  # fmt: skip


@lru_cache(maxsize=1)
def texts():
    return [each.read_text("utf-8") for each in sorted(EXAMPLES.glob("*.txt"))]


@lru_cache(maxsize=1)
def reader():
    return Reader()


@lru_cache(maxsize=1)
def records():
    return [reader().read(Article(text, published=DAY)) for text in texts()]


@lru_cache(maxsize=1)
def store():
    from onrecord.intake.sources import take_in
    from onrecord.scale.ingest import ingest

    made = open_store(str(Path(tempfile.mkdtemp()) / "fuzz.db"), create=True)
    run = made.begin_run("fuzz", program="0", networks="")
    ingest(
        made, (each for path in EXAMPLES.glob("*.txt") for each in take_in(str(path))), run_id=run
    )
    return made


def mutated(chance, text, most=700):
    """Return a part of a text with a few things done to it."""
    start = chance.randrange(max(1, len(text) - 50))
    text = text[start : start + chance.randrange(1, most)]
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randrange(40))
        match chance.randrange(6):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:at] + text[at:end] * chance.randrange(2, 5) + text[end:]
            case 2:
                text = (
                    text[:at]
                    + chr(chance.choice([*range(32, 700), *range(0x2000, 0x2100)]))
                    + text[at:]
                )
            case 3:
                text = text[:at] + text[at:end].swapcase() + text[end:]
            case 4:
                other = chance.choice(texts())
                cut = chance.randrange(len(other))
                text = text[:at] + other[cut : cut + chance.randrange(200)] + text[at:]
            case _:
                text = text[:at] + chance.choice(HOSTILE) + text[at:]
    return text


def broken(chance, content):
    """Return bytes with a few of them changed, lost or doubled."""
    content = bytearray(content)
    for _ in range(chance.randrange(7)):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.randrange(64))
        match chance.randrange(5):
            case 0 if content:
                content[min(at, len(content) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del content[at:end]
            case 2:
                content[at:at] = content[at:end] * chance.randrange(1, 6)
            case 3:
                content[at:at] = chance.choice(HOSTILE).encode("utf-8", "ignore")
            case _:
                content[at:at] = chance.randbytes(chance.randrange(12))
    if chance.random() < 0.1:
        del content[chance.randrange(len(content) + 1) :]
    return bytes(content)


def spans_in(value):
    """Yield the spans in a finding."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from spans_in(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))


def check_record(record):
    """Raise AssertionError if a span holds other words than it says, or JSON another record."""
    from onrecord.export.json import record_from_json, record_line

    text = record.article.text
    for span in spans_in(record):
        assert 0 <= span.start <= span.end <= len(text), span
        assert text[span.start : span.end] == span.text, span
    assert record_from_json(record_line(record)) == record


def read_text(chance, _folder):
    text = mutated(chance, chance.choice(texts()))
    check_record(reader().read(Article(text, published=DAY)))
    return len(text)


def read_long(chance, _folder):
    text = mutated(chance, chance.choice(texts()), 120) * chance.randrange(20, 120)
    check_record(reader().read(Article(text)))
    return len(text)


@lru_cache(maxsize=1)
def files():
    """Return what a file of each kind may hold, by its name."""
    paragraphs = "".join(f"<p>{each}</p>" for each in texts()[0].split("\n\n"))
    html = (
        "<html><head><title>T</title><meta property='og:title' content='T'></head>"
        f"<body><article>{paragraphs}</article></body></html>"
    ).encode()
    lines = "".join(
        json.dumps({"text": t, "title": "T", "published": "2022-02-02"}) + "\n" for t in texts()[:3]
    )
    table = io.StringIO()
    csv.writer(table).writerows(
        [
            ["title", "text", "published", "url"],
            *[["T", t[:500], "2022-02-02", "u"] for t in texts()[:3]],
        ]
    )
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
        b"WARC-Date: 2022-02-02T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(answer), answer)
    )  # fmt: skip
    found = {
        "a.txt": texts()[1].encode(),
        "a.txt.gz": gzip.compress(texts()[1].encode()),
        "a.md": ("# T\n\n" + texts()[1]).encode(),
        "a.html": html,
        "a.jsonl": lines.encode(),
        "a.csv": table.getvalue().encode(),
        "a.eml": (SEEDS / "mail.eml").read_bytes(),
        "a.pdf": (SEEDS / "page.pdf").read_bytes(),
        "a.warc": warc,
        "a.warc.gz": gzip.compress(warc),
    }
    with suppress(ImportError):
        import pyarrow as pa
        import pyarrow.parquet as pq

        stream = io.BytesIO()
        pq.write_table(pa.table({"text": texts()[:3], "title": ["T"] * 3}), stream)
        found["a.parquet"] = stream.getvalue()
    return found


def take_file(chance, folder):
    name = chance.choice(sorted(files()))
    return check_file(folder / name, broken(chance, files()[name]))


def check_file(path, content):
    from onrecord.intake.sources import take_in

    path.write_bytes(content)
    for each in take_in(str(path)):
        assert hasattr(each, "article") or isinstance(each.error, OnrecordError), each
    return len(content)


def seed(chance, *patterns):
    """Return one of the files that are kept for this."""
    return chance.choice(
        sorted(each for pattern in patterns for each in SEEDS.glob(pattern))
    ).read_bytes()


def read_feeds(chance, folder):
    content = seed(chance, "feed.rss", "feed.atom", "sitemap.xml", "feeds.opml")
    return check_feed(folder / "a.opml", broken(chance, content))


def check_feed(path, content):
    from onrecord.intake.feeds import find_feeds, read_feed

    for entry in refused(read_feed, content):
        assert entry.url.lower().startswith("http"), entry
    path.write_bytes(content)
    refused(find_feeds, (str(path),))
    return len(content)


def refused(function, *arguments, **named):
    """Return what a function returns; nothing if it refuses."""
    try:
        found = function(*arguments, **named)
        return list(found) if hasattr(found, "__next__") else found
    except OnrecordError as error:
        if not str(error):
            raise AssertionError(f"{type(error).__name__} says nothing") from error
        return ()


def read_records(chance, _folder):
    from onrecord.export.json import record_from_json, record_line

    line = record_line(chance.choice(records()))
    refused(record_from_json, broken(chance, line))
    return len(line)


def read_lists(chance, folder):
    content = seed(chance, "*.json", "*.jsonl", "dictionary.txt", "people.csv")
    return check_list(folder / "list.jsonl", broken(chance, content))


def check_list(path, content):
    from onrecord.intake.actor_lists.read import read_actor_list
    from onrecord.intake.actor_rows import read_actor_rows
    from onrecord.intake.annotations import read_annotations
    from onrecord.intake.event_rows import read_pair_rows, read_text_rows

    path.write_bytes(content)
    found = refused(read_actor_list, path)
    if found:
        refused(list, found[1])
    for read in (read_actor_rows, read_annotations, read_pair_rows, read_text_rows):
        refused(read, path)
    return len(content)


def ask(chance, _folder):
    words = mutated(chance, chance.choice(texts()), 60)
    if chance.random() < 0.5:
        words = " ".join(chance.choice(HOSTILE)[:40] for _ in range(chance.randrange(1, 5)))
    what = chance.choice(["said", "events", "disputes", "timeline", "who", "names", "count"])
    if what in {"who", "names"}:
        refused(getattr(store(), what), words)
    elif what == "count":
        refused(store().count, "said", by=words)
    else:
        fields = ["by", "about", "text", "since", "country", "to"]
        refused(getattr(store(), what), **{chance.choice(fields): words})
    assert store().sizes()["articles"] >= len(texts()) - 1
    return len(words)


def copy(chance, _folder):
    from onrecord.copies.rewriting import rewriting_of
    from onrecord.copies.side_by_side import side_by_side
    from onrecord.copies.swaps import find_swaps
    from onrecord.copies.verdict import compare
    from onrecord.copies.words import cut

    text = chance.choice(texts())
    one, other = mutated(chance, text), mutated(chance, text)
    compare(cut(one), cut(other))
    find_swaps(one, other)
    side_by_side(one, other)
    rewriting_of(one)
    return len(one) + len(other)


def export(chance, folder):
    from onrecord.export.archive import FORMATS, Numbered, exporter
    from onrecord.export.html import record_to_html
    from onrecord.export.terminal import record_to_text

    text = chance.choice(HOSTILE) + mutated(chance, chance.choice(texts()), 400)
    title = chance.choice(HOSTILE) + "Title"
    record = reader().read(Article(text, title=title, outlet=chance.choice(HOSTILE), id="1"))
    page = record_to_html(record)
    assert "<script>alert" not in page
    told = record_to_text(record, source="a", context=True, width=80)
    assert not re.search(r"[\x00\x1b]", told), "a control character reached the terminal"
    name = chance.choice(sorted(FORMATS))
    out = folder / f"out-{name}"
    exporter(name)([Numbered(1, record)], out)
    if name == "csv":
        for path in out.glob("*.csv"):
            for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")):
                assert not [cell for cell in row if cell[:1] in set("=+@\t\r")], row
    return len(text)


TARGETS = (
    (read_text, 14), (read_long, 0.2), (take_file, 40), (read_feeds, 12), (read_records, 8),
    (read_lists, 9), (ask, 5), (copy, 11), (export, 0.8),
)  # fmt: skip


@contextmanager
def bounded():
    """Raise TimeoutError if what is done takes too long."""

    def stop(_signal, _frame):
        raise TimeoutError(f"over {HANGS} CPU-seconds")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run_case(number, folder):
    """Run one case, and return its target's name, and what broke or None."""
    chance = random.Random(number)  # noqa: S311 (cases, not secrets)
    names, weights = zip(*TARGETS, strict=True)
    (target,) = chance.choices(names, weights)
    before, begun = peak(), time.process_time()
    try:
        with bounded():
            size = target(chance, folder)
    except Exception:  # noqa: BLE001 (what may not come)
        return target.__name__, traceback.format_exc(limit=-4)
    seconds, added = time.process_time() - begun, peak() - before
    if seconds > SECONDS + SECONDS_A_BYTE * size:
        return target.__name__, f"{seconds:.1f} s for {size} bytes"
    if added > MEGABYTES * 1e6 + BYTES_A_BYTE * size:
        return target.__name__, f"{added / 1e6:.0f} MB for {size} bytes"
    return target.__name__, None


def warm_up(folder):
    """Load everything once, so that no case pays for it; htmldate tries 200 languages on a date."""
    from htmldate.extractors import external_date_parser

    external_date_parser("31 qwertz 2012", "%Y-%m-%d")
    records()
    store()
    for number in range(300):
        run_case(-1 - number, folder)


def run(first, count):
    """Yield the number, target and fault of each case that broke; now and then the counts."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        warm_up(folder)
        for number in range(first, first + count):
            name, fault = run_case(number, folder)
            counts[name] += 1
            if fault:
                yield number, name, fault
            if counts.total() % TOLD == 0 or number == first + count - 1:
                yield None, dict(counts), None


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int)
    given = parser.parse_args()
    first, count = (given.first, given.count) if given.only is None else (given.only, 1)
    faults, begun = 0, time.perf_counter()
    for number, name, fault in run(first, count):
        if number is None:
            taken = time.perf_counter() - begun
            print(
                f"{sum(name.values()):,} cases in {taken:.0f} s, {faults} faults, "
                f"{peak() / 1e6:.0f} MB: {name}",
                flush=True,
            )
        else:
            faults += 1
            print(f"case {number}, {name}: {fault}", flush=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
