"""Measure events against the bench: who-to-whom, roots of marked pairs, what is overproduced.

    PYTHONPATH=src python benchmarks/events/run.py dyads       petrarch_unittests.jsonl
    PYTHONPATH=src python benchmarks/events/run.py pairs       plv_train.jsonl: relate
    PYTHONPATH=src python benchmarks/events/run.py extraction  plv_train.jsonl: find_events
    PYTHONPATH=src python benchmarks/events/run.py sentences   plv_train.jsonl: who did what to whom
    PYTHONPATH=src python benchmarks/events/run.py plain N     N Reuters articles, to be read

`dyads` has invented actors: both parties of a gold event must be in one event. `pairs` answers for
a marked pair; the model is trained on these very rows, so its honest figure is the cross-validated
one of training/relations.py. `extraction` gives find_events the marked pair as its only actors.
`sentences` reads the bare text and compares countries and roots with those of the marked pair, its
codes looked up: what else a sentence tells counts as wrong, and the network has learned the roots.
ONRECORD_BENCH names the folder of the bench files (default: ../shared/bench beside the checkout).
"""

import argparse
import importlib.util
import json
import os
import re
import tempfile
from collections import Counter
from pathlib import Path

from onrecord.article import Article, Span
from onrecord.knowledge.codebook import coded_type
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.events.stage import find_events, relate
from onrecord.reading.events.targets import with_targets
from onrecord.reading.language import analyse
from onrecord.record import Actor

_MARK = re.compile(r"</?[st]>")
_BODIES = {"UNO": "IGO", "EUR": "IGO", "NAT": "IGO"}
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def bench() -> Path:
    """Return the folder of the bench files."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "bench"
    return Path(os.environ.get("ONRECORD_BENCH", beside))


def read_lines(name: str) -> list[dict]:
    """Read a JSONL file of the bench."""
    with (bench() / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def scorer():
    """Load the bench's own scorer."""
    spec = importlib.util.spec_from_file_location("score_events", bench() / "score_events.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marked_spans(marked: str) -> tuple[str, dict[str, Span]]:
    """Return the text without marks, and the first marked source (`s`) and target (`t`).

    Example:
        >>> marked_spans("<s>A</s> met <t>B</t>.")[1]["t"]
        Span(start=6, end=7, text='B')
    """
    text, opened, spans, at = "", {}, {}, 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        name = match.group()[-2]
        if not match.group().startswith("</"):
            opened[name] = len(text)
        elif name not in spans and name in opened:
            start = opened[name]
            lead = len(text[start:]) - len(text[start:].lstrip())
            spans[name] = (start + lead, len(text.rstrip()))
    text += marked[at:]
    return text, {name: Span(a, b, text[a:b]) for name, (a, b) in spans.items()}


def actor(number: int, span: Span, *more: Span) -> Actor:
    """Make an actor of a marked span."""
    return Actor(
        id=f"a{number}",
        name=span.text,
        kind="person",
        country=None,
        sector=None,
        title=None,
        unnamed=False,
        links=(),
        mentions=(span, *more),
        confidence=1.0,
        found_by="marked",
    )


def score_pairs(rows: list[dict], found: dict[str, str | None], title: str) -> float:
    """Print accuracy and macro-F1 of roots; return the macro-F1."""
    score = scorer()
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        gold.write_text("\n".join(json.dumps({"id": r["id"], "event": r["event"]}) for r in rows))
        pred.write_text(
            "\n".join(json.dumps({"id": k, "event": v}) for k, v in found.items() if v) + "\n"
        )
        result = score.score(score.load(gold, "plv15"), score.load(pred, "plv15"), "plv")
    micro = result["root"]["micro"]
    print(
        f"{title}: sentences {len(rows)}, answered {sum(map(bool, found.values()))};"
        f" root P {micro['P']:.3f} R {micro['R']:.3f} macro-F1 {result['root']['macro_F1']:.3f};"
        f" quad macro-F1 {result['quad']['macro_F1']:.3f}"
    )
    return result["root"]["macro_F1"]


def run_pairs(options: argparse.Namespace) -> None:
    """Score `relate` on marked pairs."""
    rows, found = read_lines("plv_train.jsonl"), {}
    for row in rows[:: options.step]:
        text, spans = marked_spans(row["marked"])
        event = relate(analyse(Article(text)), spans["s"], spans["t"]) if len(spans) == 2 else None
        found[row["id"]] = event and coded_type(event.type, event.status)
        show(options, row, [event] if event else [])
    score_pairs(rows[:: options.step], found, "pairs")


def run_extraction(options: argparse.Namespace) -> None:
    """Score find_events where the only actors are the marked ones."""
    rows, found, right, total = read_lines("plv_train.jsonl")[:: options.step], {}, 0, 0
    for row in rows:
        text, spans = marked_spans(row["marked"])
        document = analyse(Article(text))
        actors = tuple(actor(n, spans[s]) for n, s in enumerate("st", 1) if s in spans)
        events = find_events(document, with_targets(document, actors, ()), (), (), (), ())
        between = [e for e in events if set(e.actors) & {"a1"} and set(e.recipients) & {"a2"}]
        total += len(between)
        types = [coded_type(e.type, e.status) for e in between]
        types = [_YIELD.get(t, t) for t in types]
        right += row["event"] in types
        found[row["id"]] = row["event"] if row["event"] in types else next(iter(types), None)
        show(options, row, between)
    print(
        f"events between the marked pair {total}, rows with the right root {right} of {len(rows)}"
    )
    score_pairs(rows, found, "extraction (best of what was found)")


def show(options: argparse.Namespace, row: dict, events: list) -> None:
    """Print a row whose root was not found."""
    types = [coded_type(e.type, e.status) for e in events]
    if options.errors and row["event"] not in [_YIELD.get(t, t) for t in types]:
        told = [
            (e.type, e.mode, e.status, e.trigger[0].text, e.actors, e.recipients) for e in events
        ]
        print(row["id"], row["event"], told, row["marked"])


def run_sentences(options: argparse.Namespace) -> None:
    """Score what is read in bare sentences against the marked pairs, both as PLOVER codes."""
    from onrecord.evaluation.events import coded_events
    from onrecord.reading.pipeline import Reader

    reader, score, gold, pred = Reader(), scorer(), {}, {}
    for row in read_lines("plv_train.jsonl")[:: options.step]:
        parties = {each: coded(row[each] or "") for each in ("source", "target")}
        if parties["source"] and parties["target"]:
            gold.setdefault(row["text"], []).append({"event": row["event"], **parties})
    for text in gold:
        events = list(coded_events(reader.read(Article(text))))
        for event in events:
            for side in ("source", "target"):
                event[side] = [
                    {**each, "code": _BODIES.get(each["code"], each["code"])}
                    for each in event[side]
                ]
        pred[text] = events
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, told in (("gold", gold), ("pred", pred)):
            paths.append(Path(folder) / name)
            lines = (json.dumps({"id": text, "events": events}) for text, events in told.items())
            paths[-1].write_text("\n".join(lines), encoding="utf-8")
        result = score.score(*(score.load(path, "plv15") for path in paths), "plv")
    for name in ("root", "dyad", "dyad+root (joint)", "dyad+root, with sectors"):
        told = result[name].get("micro", result[name])
        print(f"{name:<24} P {told['P']:.3f} R {told['R']:.3f} F1 {told['F1']:.3f}")


def coded(phrase: str) -> list[dict[str, str]]:
    """Return the codes of a phrase, none if no country is known."""
    known = resolve_actor(phrase)
    if known is None or not known.codebook_country:
        return []
    country = _BODIES.get(known.codebook_country, known.codebook_country)
    return [{"code": country, "sector": known.codebook_sector or ""}]


def run_dyads(options: argparse.Namespace) -> None:
    """Score who-to-whom on invented actors: both parties of a gold event must be in one event."""
    names = invented_names()
    hit = gold = predicted = 0
    for row in read_lines("petrarch_unittests.jsonl"):
        wanted = {((e["source"] or "---")[:3], (e["target"] or "---")[:3]) for e in row["events"]}
        wanted = {pair for pair in wanted if "---" not in pair and "###" not in pair}
        found = dyads(row["text"], names)
        hit, gold, predicted = hit + len(wanted & found), gold + len(wanted), predicted + len(found)
        if options.errors and wanted != found:
            print(row["id"], sorted(wanted), sorted(found), row["text"])
    print(
        f"dyads: P {hit / max(predicted, 1):.3f} R {hit / gold:.3f} gold {gold} found {predicted}"
    )


def dyads(text: str, names: dict[str, str]) -> set[tuple[str, str]]:
    """Return the pairs of codes between which find_events finds an event."""
    document = analyse(Article(text))
    mentions: dict[str, list[Span]] = {}
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, names), key=len)[::-1]) + r")\b")
    for match in pattern.finditer(text):
        mentions.setdefault(names[match.group()], []).append(Span(*match.span(), match.group()))
    codes = {f"a{number}": code for number, code in enumerate(mentions, 1)}
    actors = tuple(actor(n, *mentions[code]) for n, code in enumerate(codes.values(), 1))
    found = set()
    for event in find_events(document, with_targets(document, actors, ()), (), (), (), ()):
        for one in set(event.actors) & set(codes):
            found |= {(codes[one], codes[two]) for two in set(event.recipients) & set(codes)}
    return {pair for pair in found if pair[0] != pair[1]}


def invented_names() -> dict[str, str]:
    """Return the invented actors of PETRARCH's validation suite with their codes."""
    spellings = {
        "ARN": "Arnor, Arnorian",
        "GON": "Gondor, Minas Tirith, Falastur",
        "DAG": "Dagolath, Dagolathi, Telemar",
        "BRE": "Bree, Romendacil",
        "ERI": "Eriador, Eriadori",
        "CAL": "Calenardhon",
        "OSG": "Osgiliath",
        "ITH": "Ithilen",
        "MOR": "Mordor",
        "FOR": "Fornost, Umbardacil",
        "HOB": "Gollum, Frodo, Bilbo, Sam Gamgee, Smeagol, Slinker, Hamfast Gamgee",
        "ELF": "Galadriel, Lorien, Caras Galadhon, Elrond",
        "SHR": "Shire, Michel Delving",
        "ETH": "Ethiopia",
        "LBY": "Libya",
        "PHL": "Philippines",
        "FRA": "France",
        "USA": "United States, White House, Washington",
        "PRK": "North Korea",
        "KOR": "South Korea, Seoul",
        "IGO": "European Union",
        "DNK": "Danish",
        "ZBW": "Zimbabwe",
    }
    return {name: code for code, names in spellings.items() for name in names.split(", ")}


def run_plain(options: argparse.Namespace) -> None:
    """Print the events of plain Reuters articles, read by the whole pipeline."""
    from onrecord.reading.pipeline import Reader

    reader, counts = Reader(), Counter()
    for row in read_lines("plain_reuters_2017.jsonl")[options.first :: options.step][
        : options.count
    ]:
        record = reader.read(Article(row["text"], title=row.get("title")))
        name = {each.id: each.name for each in record.actors}
        for event in record.events:
            counts[event.type, event.status] += 1
            print(f"[{event.type}/{event.mode} {event.cameo} {event.status} {event.found_by}]")
            print("   ", [name[a] for a in event.actors], "->", [name[a] for a in event.recipients])
            print(
                "   ", [t.text for t in event.trigger], event.on and event.on.date, event.text.text
            )
    print(counts.most_common())


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("dyads", "pairs", "extraction", "sentences", "plain"))
    parser.add_argument("count", nargs="?", type=int, default=5)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    parser.add_argument("--step", type=int, default=1, help="take every n-th row only")
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    runs = {
        "dyads": run_dyads,
        "pairs": run_pairs,
        "extraction": run_extraction,
        "sentences": run_sentences,
        "plain": run_plain,
    }
    runs[options.what](options)


if __name__ == "__main__":
    main()
