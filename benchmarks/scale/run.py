"""From one core to a cluster: rates, what Ray adds, what is stored and moved, memory.

    PYTHONPATH=src python benchmarks/scale/run.py [BENCH] [--articles 1000] [--long 0] [--plan 0]
        [--words 500]

The articles are made of sentences of plain_reuters_2017 with names and numbers exchanged, so
that there can be any number of them, of `--words` words or a few more; every fifth is a copy of an
earlier one.
`--articles` are read by one process, by two, and with Ray on this machine by one reader and by two,
each in a process that does nothing else; what Ray takes beside reading is told apart. With `--long`
so many are read into a store by one reader instead, and rate and memory are told at every tenth of
them: 100,000 of 500 words take four hours. `--plan` does only what the process that starts a run on
a cluster does for so many articles, with drawn keys. `--out` writes what was found as JSON.
"""

import argparse
import datetime as dt
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
DAY = dt.date(2017, 1, 1)
FILE = 100_000
"""Articles of a file, where a run is only planned."""
COPIED = 5
"""One of so many is a copy."""
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
SENTENCE = re.compile(r"(?<=[.”\"]) (?=[A-Z“\"])")
NUMBER = re.compile(r"\b\d{2,}\b")


class Maker:
    """Makes articles of real sentences, of so many words at least, the same ones each time."""

    def __init__(self, bench, words=500):
        self.words = words
        lines = (bench / "plain_reuters_2017.jsonl").read_text("utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        self.sentences = [
            each for text in texts for each in SENTENCE.split(text) if 12 < len(each.split()) < 60
        ]
        self.names = sorted({each for text in texts for each in NAME.findall(text)})

    def article(self, number):
        """Return the article with this number, as a row of JSON lines."""
        is_copy = number % COPIED == COPIED - 1 and number > COPIED
        day = DAY + dt.timedelta(number // 500 % 365)
        drawn = random.Random(number)  # noqa: S311 (nothing secret)
        text = self.text(drawn.randrange(number) // COPIED * COPIED if is_copy else number)
        if is_copy:
            begun = text.rpartition("\n")[0] or text
            text = f"{begun}\n\nReprinted as number {number}."
        outlet = f"Outlet {number % 40}"
        return {"id": str(number), "text": text, "published": day.isoformat(), "outlet": outlet}

    def text(self, number):
        """Return sentences in which every second name and all numbers are others."""
        drawn = random.Random(-number - 1)  # noqa: S311
        sentences, words = [], 0
        while words < self.words:
            one = drawn.choice(self.sentences)
            one = NAME.sub(lambda found: drawn.choice([found[0], drawn.choice(self.names)]), one)
            one = NUMBER.sub(lambda found: str(drawn.randrange(10 ** len(found[0]))), one)
            words += len(one.split())
            sentences.append(one)
        return "\n\n".join(sentences)


def write_articles(maker, path, count):
    """Write so many articles, and return how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            article = maker.article(number)
            words += len(article["text"].split())
            file.write(json.dumps(article) + "\n")
    return words


def run_local(path, folder, workers):
    """Read with processes of this machine, as a user would."""
    store = folder / f"local{workers}.db"
    command = ["ingest", str(path), "--store", str(store), "--workers", str(workers)]
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "onrecord", *command], check=True, capture_output=True)
    return {"seconds": time.perf_counter() - begun, "bytes": store.stat().st_size}


def run_ray(path, folder, workers, *, count_moved=False):
    """Read with Ray, in a process of its own."""
    archive = folder / f"ray{workers}{'counted' if count_moved else ''}"
    command = [sys.executable, __file__, "--one", str(path), str(archive), str(workers)]
    begun = time.perf_counter()
    told = subprocess.run(
        [*command, *(["--moved"] if count_moved else [])],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - begun
    size = sum(each.stat().st_size for each in archive.rglob("*") if each.is_file())
    return {"seconds": seconds, "bytes": size, **json.loads(told.stdout.splitlines()[-1])}


def one_ray(path, archive, workers, *, count_moved):
    """Read with Ray here, and tell how long each step takes and, if asked, how much it moves."""
    from onrecord.scale import cluster

    moved = count_shuffles() if count_moved else {}
    steps = [("starting", time.perf_counter())]

    def tell(_progress, _total, step):
        if step != steps[-1][0]:
            steps.append((step, time.perf_counter()))

    cluster.ingest(archive, [path], workers=workers, tell=tell)
    ends = [begun for _, begun in steps[1:]] + [time.perf_counter()]
    times = {step: end - begun for (step, begun), end in zip(steps, ends, strict=True)}
    print(json.dumps({"steps": times, "moved": moved}))


def count_shuffles():
    """Let each shuffle note how many bytes it moves, at the price of making its tables twice."""
    import ray

    from onrecord.scale import linking

    moved: dict[str, int] = {}
    plain = linking.shuffle

    def counted(sides, join, buckets):
        name = getattr(join, "func", join).__name__.strip("_")
        for blocks, make, _ in sides:
            for block in blocks:
                whole = ray.get(block) if isinstance(block, ray.ObjectRef) else block
                moved[name] = moved.get(name, 0) + make(whole).nbytes
        return plain(sides, join, buckets)

    linking.shuffle = counted
    return moved


def compare(maker, count):
    """Read the same articles in each way, and print and return the figures."""
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        path = folder / "articles.jsonl"
        words = write_articles(maker, path, count)
        print(f"{count:,} articles of {words / count:.0f} words")
        print(f"{'engine':<8}{'readers':>8}{'seconds':>9}{'articles/s':>12}{'words/s':>9}{'kB':>7}")
        runs = []
        for engine, run in (("local", run_local), ("ray", run_ray)):
            for workers in (1, 2):
                found = run(path, folder, workers)
                runs.append({"engine": engine, "readers": workers, **found})
                seconds, kilos = found["seconds"], found["bytes"] / count / 1000
                print(
                    f"{engine:<8}{workers:>8}{seconds:>9.1f}{count / seconds:>12.1f}"
                    f"{words / seconds:>9,.0f}{kilos:>7.1f}",
                    {step: round(each, 1) for step, each in found.get("steps", {}).items()} or "",
                    flush=True,
                )
        moved = run_ray(path, folder, 2, count_moved=True)["moved"]
    a_piece = {name: round(size / count / 1000, 2) for name, size in moved.items()}
    print("kB moved by article:", a_piece)
    return {"articles": count, "words": words, "runs": runs, "moved_kb": a_piece}


def read_long(maker, count):
    """Read many articles into a store with one reader, and tell rate and memory on the way."""
    from onrecord import Article, open_store
    from onrecord.intake.outcomes import Taken
    from onrecord.scale.ingest import ingest

    begun, words, points = time.process_time(), [0], []
    last = [0, begun, 0]
    print(f"{'articles':>9}{'a CPU-second':>14}{'words':>9}{'memory MB':>11}{'store MB':>10}")

    def articles():
        for number in range(count):
            row = maker.article(number)
            words[0] += len(row["text"].split())
            day = dt.date.fromisoformat(row["published"])
            yield Taken(row["id"], Article(row["text"], id=row["id"], published=day))

    def tell(progress):
        if progress.added < (len(points) + 1) * count / 10 - 64:
            return
        now = time.process_time()
        passed = now - last[1]
        point = {
            "articles": progress.added,
            "articles_per_cpu_second": (progress.added - last[0]) / passed,
            "words_per_cpu_second": (words[0] - last[2]) / passed,
            "megabytes": own_memory(),
            "store_megabytes": store_path.stat().st_size / 1e6,
        }
        last[:] = [progress.added, now, words[0]]
        points.append(point)
        print("{:>9,}{:>14.1f}{:>9,.0f}{:>11.0f}{:>10.0f}".format(*point.values()), flush=True)

    with tempfile.TemporaryDirectory() as made_here:
        store_path = Path(made_here) / "long.db"
        with open_store(str(store_path), create=True) as store:
            run_id = store.begin_run("ingest", program="long", networks="")
            ingest(store, articles(), run_id=run_id, workers=1, tell=tell)
    return points


def plan_large(count):
    """Plan a run over so many articles and group their copies, with keys that are drawn."""
    import numpy as np
    import pyarrow as pa

    from onrecord.scale import cluster, linking
    from onrecord.scale.parts import Folder

    drawn = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as made_here:
        folder = Folder(made_here)
        folder.begin()
        files = []
        for number in range(0, count, FILE):
            keys = drawn.integers(-(2**63), 2**63 - 1, FILE)
            nothing = pa.nulls(FILE, pa.string())
            table = pa.table({"key": keys, "source": nothing, "refused": nothing})
            files.append(f"taken/{number}.parquet")
            folder.write(files[-1], table)
        begun, before = time.perf_counter(), own_memory()
        plan = cluster.plan_of(folder, files, 512)
        print(
            f"{plan.articles:,} articles planned: {time.perf_counter() - begun:.0f} s, "
            f"{own_memory() - before:.0f} MB in the end, {peak_memory():.0f} MB at most"
        )
        del plan
    one = np.arange(count // 2)
    edges = pa.table({"article": one + count // 2, "second": drawn.integers(0, one + 1)})
    begun = time.perf_counter()
    positions, _ = linking.groups_of(edges)
    print(
        f"{len(positions):,} copies grouped: {time.perf_counter() - begun:.0f} s, "
        f"{peak_memory():.0f} MB at most"
    )


def peak_memory():
    """Return the megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def own_memory():
    """Return the megabytes that this process holds, without a store's file that is mapped."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) * 1024 / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bench", type=Path, nargs="?", default=ROOT.parent / "shared/bench")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--long", type=int, default=0)
    parser.add_argument("--plan", type=int, default=0)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--moved", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    if options.one:
        path, archive, workers = options.one
        one_ray(path, archive, int(workers), count_moved=options.moved)
        return
    if options.plan:
        plan_large(options.plan)
        return
    maker = Maker(options.bench, options.words)
    found = read_long(maker, options.long) if options.long else compare(maker, options.articles)
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
