"""How long pages take on a large store, alone and with fifty readers while articles come in.

    PYTHONPATH=src python benchmarks/pages/run.py STORE [--readers 50] [--seconds 20]
    PYTHONPATH=src python benchmarks/pages/run.py --pictures docs/pages

The first form asks each page forty times, with names and days drawn from the store, and prints the
time until the whole page is there (the slowest of twenty, p95), its size and, if Chromium is
installed, the first paint; then readers ask pages for some seconds while copies of the store's
articles are written to it. The second takes pictures of each page, light and dark, of a store made
of examples/.
"""

import argparse
import contextlib
import itertools
import random
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from onrecord import open_store
from onrecord.web.app import create_app

ROOT = Path(__file__).parents[2]
ASKED = 40
NAMES = ("Donald Trump", "Vladimir Putin", "Rex Tillerson", "Robert Mueller", "Russia", "China")
COUNTRIES = ("USA", "RUS", "CHN", "PRK", "GBR", "DEU")
WORDS = ("sanctions", "election", "missile", "collusion", "immigration", "trade")


@contextlib.contextmanager
def serving(store, *, edit=False):
    config = uvicorn.Config(create_app(store, edit=edit), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def pages(chance, articles):
    def month():
        year, number = chance.randrange(1996, 2024), chance.randrange(1, 13)
        return f"since={year}-{number:02}-01&until={year}-{number:02}-28"

    name, country = (lambda: chance.choice(NAMES)), (lambda: chance.choice(COUNTRIES))
    number = lambda: chance.randrange(1, articles)  # noqa: E731
    return {
        "today": lambda: f"/?before={chance.randrange(1996, 2024)}-06-01",
        "search, name and act": lambda: f"/search?q={name()} denied",
        "search, words and month": lambda: (
            f"/search?q={chance.choice(WORDS)} 2012-0{chance.randrange(1, 10)}"
        ),
        "article": lambda: f"/articles/{number()}",
        "person": lambda: f"/who/{name()}",
        "timeline, country and month": lambda: f"/timeline?country={country()}&{month()}",
        "disputes": lambda: f"/disputes?to={name()}",
        "network, a month": lambda: f"/network?{month()}",
        "map, a month": lambda: f"/map?{month()}",
        "copies": lambda: "/copies",
        "corrections": lambda: "/corrections",
        "intake": lambda: "/intake",
    }


def measure(store, chance):
    print(f"{'page':<30}{'median ms':>10}{'p95 ms':>10}{'kB':>8}")
    articles = store.sizes()["articles"]
    with serving(store, edit=True) as address, httpx.Client(base_url=address, timeout=60) as client:
        for name, path in pages(chance, articles).items():
            times, size = [], 0
            for _ in range(ASKED):
                begun = time.perf_counter()
                answer = client.get(path())
                times.append(1000 * (time.perf_counter() - begun))
                assert answer.status_code == 200, (answer.url, answer.text[:300])
                size = max(size, len(answer.content))
            times.sort()
            p95 = times[int(0.95 * ASKED) - 1]
            print(f"{name:<30}{statistics.median(times):>10.1f}{p95:>10.1f}{size / 1000:>8.0f}")
        paint(address)


def paint(address):
    """Print when Chromium paints first."""
    browser = shutil.which("chromium")
    if browser is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = opened.new_page()
        for path in ("/", "/timeline?country=RUS", "/articles/1"):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            first = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            )
            weight = page.evaluate(
                "performance.getEntriesByType('resource').reduce((a, r) => a + r.transferSize, "
                "performance.getEntriesByType('navigation')[0].transferSize)"
            )
            print(f"first paint of {path:<24}{first or 0:>8.0f} ms{weight / 1000:>8.0f} kB in all")
        opened.close()


def with_readers(store, readers, seconds, chance):  # noqa: PLR0915
    """Let readers ask while articles come in, and print how many pages they got and how late."""
    import sys

    sys.path.insert(0, str(ROOT / "benchmarks" / "archive"))
    import run as archive

    from onrecord.copies.rewriting import Rewriting
    from onrecord.store.copying import Prints
    from onrecord.store.writing import Arrival

    articles, until = store.sizes()["articles"], time.monotonic() + seconds
    times, faults, written = [], [], [0]

    def read(address, seed):
        own = random.Random(seed)  # noqa: S311
        asked = list(pages(own, articles).values())
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.monotonic() < until:
                begun = time.perf_counter()
                answer = client.get(own.choice(asked)())
                times.append(1000 * (time.perf_counter() - begun))
                if answer.status_code != 200:
                    faults.append(answer.status_code)
                time.sleep(own.uniform(0.5, 3.0))

    def write():
        records = [record for _, record in itertools.islice(store.records(copies=True), 50)]
        made = archive.copies_of(records, chance)
        prints = Prints((), Rewriting("unknown", None))
        run = store.begin_run("bench", program="bench", networks="")
        while time.monotonic() < until:
            batch = [Arrival("made", each, prints) for each in itertools.islice(made, 16)]
            written[0] += store.add(batch, run_id=run)
            time.sleep(1.0)

    with serving(store) as address:
        threads = [threading.Thread(target=read, args=(address, n)) for n in range(readers)]
        threads.append(threading.Thread(target=write))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    times.sort()
    p95 = times[int(0.95 * len(times)) - 1]
    print(
        f"\n{readers} readers, {len(times)} pages in {seconds} s, {written[0]} articles written: "
        f"median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, {len(faults)} faults"
    )


PICTURES = {
    "today": "/", "search": "/search?q=Putin denied 2022", "article": "/articles/5",
    "person": "/who/Vladimir Putin", "timeline": "/timeline?since=2022-01-20",
    "disputes": "/disputes", "dispute": "/disputes/5/d1", "network": "/network?relation=about",
    "map": "/map", "copies": "/copies", "beside": "/articles/3/beside/1",
    "corrections": "/corrections", "intake": "/intake", "api": "/api",
}  # fmt: skip


def pictures(folder):
    from playwright.sync_api import sync_playwright

    from onrecord.intake.folders import expand
    from onrecord.intake.sources import take_in
    from onrecord.scale.ingest import ingest

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        store = open_store(str(Path(made) / "examples.db"), create=True)
        with store:
            run = store.begin_run("ingest", program="pictures", networks="shipped")
            sources = expand([str(ROOT / "examples")])
            ingest(store, (each for source in sources for each in take_in(source)), run_id=run)
            store.end_run(run)
            store.correct("5/s5", "confirm", by="A. Editor", reason="heard it")
            with serving(store, edit=True) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=["--no-sandbox"]
                )
                for scheme in ("light", "dark"):
                    size = {"width": 1200, "height": 800}
                    page = browser.new_page(color_scheme=scheme, viewport=size)
                    for name, path in PICTURES.items():
                        page.goto(address + path)
                        page.wait_for_load_state("networkidle")
                        target = folder / f"{name}-{scheme}.jpg"
                        page.screenshot(path=target, type="jpeg", quality=70)
                browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", nargs="?")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    if given.pictures:
        pictures(given.pictures)
        return
    chance = random.Random(20220202)  # noqa: S311 (drawn again alike)
    with open_store(given.store) as store:
        measure(store, chance)
        with_readers(store, given.readers, given.seconds, chance)


if __name__ == "__main__":
    main()
