"""Run the benchmarks, and write what they found to docs/benchmarks.md, with pictures.

    python benchmarks/run.py [BENCH] [--only reading scale] [--long 0] [--docs docs]

Each section is what a program beside this file printed, with the command and the day; a section
that is not run again stays as it is. `attribution` runs the peers too: each in an environment of
its own, on the same articles in the same run. `--long` adds a long run of so many articles.
"""

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from charts import Bar, bars, curve

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HEAD = """# Benchmarks

What `python benchmarks/run.py` printed; [benchmarks/README.md](../benchmarks/README.md) says what
each figure means, and has those that take hours. Timings vary with the machine: read ratios.
"""


@dataclass(frozen=True)
class Section:
    """Programs and how they are called; what they print is kept until something stands there."""

    name: str
    title: str
    commands: tuple[str, ...]
    until: str = ""


SECTIONS = (
    Section(
        "reading",
        "Reading, by stage",
        ("reading/run.py {bench}/plain_reuters_2017.jsonl --articles 100 --json",),
    ),
    Section(
        "attribution",
        "Who said what, beside the peers",
        ("attribution/peers.py --bench {bench}/polnear_dev.jsonl --out {docs}/benchmarks",),
    ),
    Section("references", "Who is meant, and when", ("references/run.py",)),
    Section("acts", "What is done by saying it", ("acts/run.py --bench {bench}",)),
    Section(
        "events",
        "Who did what to whom",
        ("events/run.py sentences", "events/run.py dyads", "events/status.py"),
    ),
    Section("disputes", "Which claim an answer goes against", ("disputes/run.py",)),
    Section("copies", "Copies", ("copies/run.py {bench}",)),
    Section("suspect", "Rewritten wording", ("suspect/run.py {bench}",), until="\n\n"),
    Section(
        "scale",
        "One reader and two, and Ray",
        ("scale/run.py {bench} --articles 600 --out {json}",),
    ),
    Section("long", "A long run", ("scale/run.py {bench} --long {long} --out {json}",)),
)


def main():
    """Run what is asked for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bench", type=Path, nargs="?", default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--only", nargs="+", choices=[each.name for each in SECTIONS])
    parser.add_argument("--long", type=int, default=0, metavar="ARTICLES")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    options = parser.parse_args()
    (options.docs / "benchmarks").mkdir(parents=True, exist_ok=True)
    for section in SECTIONS:
        wanted = section.name in options.only if options.only else True
        if wanted and (section.name != "long" or options.long):
            print(f"{section.title} ...", file=sys.stderr, flush=True)
            keep(options.docs / "benchmarks.md", section, written(section, options))


def written(section, options):
    """Run a section's programs, and return it as Markdown."""
    parts = [f"## {section.title}", f"{dt.datetime.now(dt.UTC).date()}, {machine()}."]
    for command in section.commands:
        printed, found = run(command, section, options)
        if section.name in DRAWN and found:
            told, svg = DRAWN[section.name](found)
            printed = told or printed
            (options.docs / "benchmarks" / f"{section.name}.svg").write_text(svg, "utf-8")
            parts.append(f"![{section.title}](benchmarks/{section.name}.svg)")
        shown = command.format(bench="BENCH", docs="docs", json="FILE", long=options.long)
        parts += [f"    python benchmarks/{shown}", f"```\n{printed.strip()}\n```"]
    if section.name == "attribution":
        parts[-1:] = [
            (options.docs / "benchmarks" / "table.md").read_text("utf-8"),
            "![accuracy and speed](benchmarks/accuracy-speed.svg)",
        ]
    return "\n\n".join(parts) + "\n"


def machine():
    """Say in words what was measured on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def run(command, section, options):
    """Return what a program printed, and what it wrote or printed as JSON, or None."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "found.json")
        values = {"bench": options.bench, "docs": options.docs, "json": path, "long": options.long}
        program, *arguments = command.format(**values).split()
        done = subprocess.run(
            [sys.executable, str(HERE / program), *arguments],
            check=True, capture_output=True, text=True, cwd=ROOT, env=environment(options.bench),
        )  # fmt: skip
        printed = done.stdout
        if section.until:
            printed = printed.partition(section.until)[0]
        if "--json" in arguments:
            return printed, json.loads(printed)
        return printed, json.loads(path.read_text("utf-8")) if path.exists() else None


def environment(bench):
    own = {"PYTHONPATH": str(ROOT / "src"), "ONRECORD_BENCH": str(bench)}
    return os.environ | own


def keep(path, section, text):
    """Put a section into the file, in place of what it held of it; sections stay in their order."""
    whole = path.read_text("utf-8") if path.exists() else HEAD
    held = dict(re.findall(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- |\Z)", whole, re.DOTALL))
    held[section.name] = text
    kept = [f"<!-- {each.name} -->\n{held[each.name]}" for each in SECTIONS if each.name in held]
    path.write_text("\n".join([HEAD, *kept]), "utf-8")


# --------------------------------------------------------------- pictures: words or none, and SVG


def draw_reading(found):
    """Return the stages as a table, and as bars of microseconds a word."""
    words, stages = found["words"], found["stages"]
    lines = [f"{found['articles']} articles, {words:,} words"]
    lines += [f"{name:<18}{1e6 * cost / words:>8.1f} us a word" for name, cost in stages.items()]
    lines += [
        f"all: {found['words_per_cpu_second']:,} words a CPU-second, {found['megabytes_peak']} MB",
        *(f"start: {name:<18}{seconds:>7.3f} s" for name, seconds in found["start"].items()),
    ]
    rows = [Bar(name, 1e6 * cost / words) for name, cost in stages.items() if cost > 1e-7 * words]
    return "\n".join(lines), bars("CPU time of a word, by stage", rows, " us")


def draw_scale(found):
    """Return bars of articles a second, by engine and readers."""
    rows = [
        Bar(f"{each['engine']}, {each['readers']} reading", found["articles"] / each["seconds"])
        for each in found["runs"]
    ]
    return "", bars(f"Articles a second, of {found['articles']:,}", rows)


def draw_long(found):
    """Return memory over a long run."""
    points = [(each["articles"], each["megabytes"]) for each in found]
    return "", curve("Memory over a long run, one reader", points, "articles", "MB")


DRAWN = {"reading": draw_reading, "scale": draw_scale, "long": draw_long}


if __name__ == "__main__":
    main()
