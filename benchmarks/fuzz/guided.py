"""Feed readers and stages with inputs that are changed by which of our code they reach.

    pip install atheris
    PYTHONPATH=src python benchmarks/fuzz/guided.py CORPUS [--count 100000]

libFuzzer changes the inputs in the folder CORPUS (made if it is not there) and keeps each that
reaches lines of onrecord that none reached before; a later run goes on from them. The first byte of
an input says what it is given to: each kind of file, feeds, lists of actors, records, reading,
questions. What must hold is what must hold in `run.py`. An input that breaks is written to
`CORPUS.broken`, and the run ends.
"""

import argparse
import importlib
import pkgutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    sys.path.insert(0, str(Path(__file__).parent))
    import run as fuzz

    import onrecord
    from onrecord.export.json import record_from_json, record_line

    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        with suppress(ImportError):  # of an extra that is not here
            importlib.import_module(module.name)

KINDS = ("feed", "list", "record", "text", "question", *sorted(fuzz.files()))
ASKED = ("by", "about", "text", "since", "country", "to")


def check(data, folder):
    """Give an input to what its first byte says."""
    kind, content = KINDS[data[0] % len(KINDS)], data[1:]
    if kind == "feed":
        fuzz.check_feed(folder / "a.opml", content)
    elif kind == "list":
        fuzz.check_list(folder / "list.jsonl", content)
    elif kind == "record":
        fuzz.refused(record_from_json, content)
    elif kind == "text":
        text = content.decode("utf-8", "replace")
        if text.strip():
            fuzz.check_record(fuzz.reader().read(fuzz.Article(text, published=fuzz.DAY)))
    elif kind == "question":
        words = content[1:].decode("utf-8", "replace")
        field = ASKED[content[0] % len(ASKED)] if content else "by"
        fuzz.refused(fuzz.store().said, **{field: words})
    else:
        fuzz.check_file(folder / kind, content)


def begin(corpus):
    """Put what run.py begins with into a folder."""
    corpus.mkdir(parents=True, exist_ok=True)
    patterns = {"feed": ("feed*", "sitemap*"), "list": ("*.json", "*.jsonl", "*.txt", "*.csv")}
    begun = {
        kind: [path.read_bytes() for each in patterns[kind] for path in fuzz.SEEDS.glob(each)]
        for kind in patterns
    }
    begun["record"] = [record_line(each) for each in fuzz.records()]
    begun["text"] = [part.encode() for text in fuzz.texts() for part in text.split("\n\n")]
    begun["question"] = [b"\0Orban", b"\2talks NOT troops", b"\x033 February 2022", b"\4HUN"]
    begun |= {name: [content] for name, content in fuzz.files().items()}
    for kind, contents in begun.items():
        for number, content in enumerate(contents):
            path = corpus / f"{kind}-{number}"
            path.write_bytes(bytes([KINDS.index(kind)]) + content)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    given = parser.parse_args()
    begin(given.corpus)
    folder = Path(tempfile.mkdtemp())
    broken = given.corpus.with_name(f"{given.corpus.name}.broken")

    def one(data):
        if data:
            with fuzz.bounded():
                check(data, folder)

    options = (
        f"-atheris_runs={given.count}", f"-artifact_prefix={broken}-", "-max_len=20000",
        "-timeout=120", "-rss_limit_mb=12000", "-print_final_stats=1",
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(given.corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
