"""Measure reading: words a CPU-second by stage, peak memory, and the start of the commands.

    python benchmarks/reading/run.py [FILE] [--articles 40] [--runs 5] [--json]
    python benchmarks/reading/run.py [FILE] --beside OTHER/src     # `git worktree add OTHER REV`

FILE is JSON lines of articles or a text; without it, the sample reports. benchmarks/README.md says
what exactly is timed.
"""

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LEAST = Path(__file__).with_name("least.json")
MAY_FALL = 0.2
ROUNDS, LOOPS, GATED = 7, 12, 15
READY = """
import os, onrecord.cli.read, onrecord.cli.batch, onrecord.reading.pipeline
onrecord.reading.pipeline.prepare_alone(onrecord.reading.pipeline.Reader())
os._exit(0)
"""
EXAMPLES = Path(__file__).parents[2] / "examples"


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", help="JSON lines of articles, or a text")
    parser.add_argument("--articles", type=int, default=40, help="how many are read")
    parser.add_argument("--runs", type=int, default=5, help="how often each command is started")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--beside", type=Path, help="source of another version, to take turns with")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--gate", action="store_true", help="fail if reading has become slow")
    options = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if options.beside:
        compare(options)
        return
    articles = collect(options.file, options.articles)
    if options.gate:
        hold(words_a_loop(articles[:GATED]))
        return
    if options.serve:
        serve(articles)
        return
    figures = {"start": measure_start(articles[0], options.runs), **measure_reading(articles)}
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


def collect(file, count):
    """Return `count` articles, the given ones over and over."""
    from onrecord.intake.sources import Taken, take_in

    sources = [file] if file else sorted(map(str, EXAMPLES.glob("*.txt")))
    found = [
        each.article for source in sources for each in take_in(source) if is_taken(each, Taken)
    ]
    return list(itertools.islice(itertools.cycle(found), count))


def is_taken(found, taken):
    """Tell whether an article was taken in; say so on stderr where not."""
    if isinstance(found, taken):
        return True
    print(f"{found.source}: {found.error}", file=sys.stderr)
    return False


def measure_start(article, runs):
    """Return the median seconds of a new process for each command."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(article.text, encoding="utf-8")
        return {
            "onrecord --help": median_seconds(["-m", "onrecord", "--help"], runs),
            "ready to read": median_seconds(["-c", READY], runs),
            "onrecord read": median_seconds(["-m", "onrecord", "read", str(path)], runs),
        }


def median_seconds(arguments, runs):
    """Return the median wall time of a process of Python, after one run that does not count.

    That one lets Python keep what it compiles, as it does for a user.
    """
    seconds, own = [], {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    for _ in range(runs + 1):
        begun = time.perf_counter()
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=own)
        seconds.append(time.perf_counter() - begun)
    return round(statistics.median(seconds[1:]), 3)


def measure_reading(articles):
    """Return words a CPU-second by stage and for the whole, and peak memory."""
    from onrecord.reading.pipeline import Reader, collect_seldom

    collect_seldom()
    before = peak_megabytes()
    reader = Reader()
    reader.read(articles[0])
    words = sum(len(article.text.split()) for article in articles)
    begun = time.process_time()
    for article in articles:
        reader.read(article)
    total = time.process_time() - begun
    readings = [reader.read_timed(article) for article in articles]
    by_stage: dict[str, float] = {}
    for reading in readings:
        for stage, seconds in reading.seconds:
            by_stage[stage] = by_stage.get(stage, 0.0) + seconds
    return {
        "articles": len(articles),
        "words": words,
        "cpu_seconds": round(total, 3),
        "words_per_cpu_second": round(words / total),
        "stages": {stage: round(seconds, 4) for stage, seconds in by_stage.items()},
        "megabytes_before": before,
        "megabytes_peak": peak_megabytes(),
    }


def compare(options):
    """Print which share of another version's time this one takes, pass by pass and the median.

    Both read each article right after one another, in turns who is first, so that a machine whose
    speed changes from second to second meets both alike.
    """
    count, shares = len(collect(options.file, options.articles)), []
    readers = [
        start_serving(options, source)
        for source in (Path(__file__).parents[2] / "src", options.beside)
    ]
    for each in range(options.runs):
        seconds = [0.0, 0.0]
        for number in range(count):
            for version in (0, 1) if (number + each) % 2 else (1, 0):
                print(number, file=readers[version].stdin, flush=True)
                seconds[version] += float(readers[version].stdout.readline())
        shares.append(seconds[0] / seconds[1])
        print(f"{seconds[0]:.3f} s beside {seconds[1]:.3f} s: {shares[-1]:.3f}", flush=True)
    for reader in readers:
        reader.communicate()
    print(f"median of {len(shares)}: {statistics.median(shares):.3f} of the time")


def start_serving(options, source):
    """Start a process that reads with the version whose source lies there."""
    arguments = [options.file, "--articles", str(options.articles), "--serve"]
    return subprocess.Popen(
        [sys.executable, __file__, *(each for each in arguments if each)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )


def serve(articles):
    """Read the articles whose numbers are asked for, and tell how long each took."""
    from onrecord.reading.pipeline import Reader, collect_seldom

    collect_seldom()
    reader = Reader()
    for article in articles:  # caches are full, as they are in the midst of an archive
        reader.read(article)
    for line in sys.stdin:
        begun = time.process_time()
        reader.read(articles[int(line)])
        print(time.process_time() - begun, flush=True)


def hold(found):
    """Print words a loop, and fail if a fifth has been lost."""
    pinned = json.loads(LEAST.read_text("utf-8"))["words_a_loop"]
    print(f"{found:.1f} words in the time of one calibration loop; {pinned} pinned")
    if found < (1 - MAY_FALL) * pinned:
        raise SystemExit(f"reading has become slow: {found / pinned:.0%} of what is pinned")


def make_loop():
    """Return a function that runs a fixed mix of what reading consists of.

    Half of it is arithmetic on arrays and half is Python on words.
    """
    import numpy as np

    drawn = np.random.default_rng(0)
    left, right = drawn.random((2, 384, 384), dtype=np.float32)
    words = [f"word{number % 997}" for number in range(4000)]

    def loop():
        left @ right
        counts: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            counts.setdefault(word.upper()[3:], []).append(place)

    return loop


def words_a_loop(articles):
    """Return how many words are read in the time that one loop takes: what a change may not lower.

    Before every article a few loops are run, so that a slow second of the machine slows down both;
    of several rounds the median counts.
    """
    from onrecord.reading.pipeline import Reader

    reader, loop = Reader(), make_loop()
    reader.read(articles[0])
    words = sum(len(article.text.split()) for article in articles)
    found = []
    for _ in range(ROUNDS):
        reading = looping = 0.0
        for article in articles:
            begun = time.process_time()
            for _ in range(LOOPS):
                loop()
            between = time.process_time()
            reader.read(article)
            looping += between - begun
            reading += time.process_time() - between
        found.append(words / reading * looping / (LOOPS * len(articles)))
    return statistics.median(found)


def peak_megabytes():
    """Return the process's largest resident set so far."""
    kilo = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * kilo / 1e6)


def show(figures):
    """Print the figures as tables."""
    print(f"{figures['articles']} articles, {figures['words']:,} words")
    print(f"\n{'stage':<18}{'CPU s':>8}{'words a CPU-second':>20}")
    for stage, seconds in figures["stages"].items():
        rate = f"{figures['words'] / seconds:,.0f}" if seconds >= 0.001 else "-"
        print(f"{stage:<18}{seconds:>8.3f}{rate:>20}")
    print(f"{'all':<18}{figures['cpu_seconds']:>8.3f}{figures['words_per_cpu_second']:>20,}")
    print(f"\nmemory: {figures['megabytes_peak']} MB at most, {figures['megabytes_before']} before")
    for command, seconds in figures["start"].items():
        print(f"start: {command:<18}{seconds:>8.3f} s")


if __name__ == "__main__":
    main()
