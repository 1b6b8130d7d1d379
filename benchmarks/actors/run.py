"""Score `resolve_actor` on rows of {id, text, query_date, country, sector}.

    PYTHONPATH=src python benchmarks/actors/run.py [--data FILE] [--errors]

A country or sector that is null in a row was not marked and counts as right for any answer in
`lenient`; in `strict` it must be left empty, as "" must in both. Sectors and countries are compared
in the codes of the PLOVER tools (journalists JRN, health MED, EU bodies EUR, UN bodies UNO).
"""

import argparse
import datetime as dt
import json
from pathlib import Path

from onrecord.knowledge.resolver import resolve_actor

DEFAULT = Path(__file__).parents[3] / "shared" / "bench" / "actors_dev.jsonl"


def read_day(text: str | None) -> dt.date | None:
    if not text:
        return None
    from dateutil.parser import parse

    return parse(text).date()


def predict(row: dict) -> tuple[str, str]:
    found = resolve_actor(row["text"], on=read_day(row["query_date"]))
    if found is None:
        return "", ""
    return found.codebook_country or "", found.codebook_sector or ""


def is_right(gold: str | None, answer: str, *, strict: bool) -> bool:
    return answer == (gold or "") or (gold is None and not strict)


def score(rows: list[dict], *, strict: bool) -> dict[str, float]:
    right = {"country": 0, "sector": 0, "both": 0}
    for row in rows:
        country, sector = predict(row)
        country_right = is_right(row["country"], country, strict=strict)
        sector_right = is_right(row["sector"], sector, strict=strict)
        right["country"] += country_right
        right["sector"] += sector_right
        right["both"] += country_right and sector_right
    return {name: count / max(1, len(rows)) for name, count in right.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="print the rows that are wrong")
    parser.add_argument("--out", type=Path, help="write {id, country, sector} here")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text("utf-8").splitlines() if line]
    dated = [row for row in rows if row["query_date"]]
    for name, part in (("all", rows), ("with a date", dated)):
        for strict in (False, True):
            figures = score(part, strict=strict)
            shown = "  ".join(f"{key} {value:.3f}" for key, value in figures.items())
            print(f"{name:12} {'strict' if strict else 'lenient':8} n={len(part):<4} {shown}")
    if options.out:
        answers = [(row["id"], *predict(row)) for row in rows]
        options.out.write_text(
            "".join(
                json.dumps({"id": i, "country": c or None, "sector": s or None}) + "\n"
                for i, c, s in answers
            ),
            "utf-8",
        )
    if options.errors:
        for row in rows:
            country, sector = predict(row)
            if not is_right(row["country"], country, strict=False) or not is_right(
                row["sector"], sector, strict=False
            ):
                print(
                    f"{row['text']!r} {row['query_date']}: {row['country']} {row['sector']}"
                    f" <- {country} {sector}"
                )


if __name__ == "__main__":
    main()
