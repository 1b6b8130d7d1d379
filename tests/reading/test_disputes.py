import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.attribution.stage import Attribution
from onrecord.reading.disputes.matter import stem
from onrecord.reading.disputes.stage import find_clashes, find_disputes, link_denials
from onrecord.reading.language import analyse
from onrecord.reading.statements.stage import find_statements
from onrecord.record import Actor

CASES = json.loads((Path(__file__).parents[1] / "cases" / "disputes.json").read_text("utf-8"))
TEXT = "Oslo said Kyiv sent arms. Kyiv denied sending such arms. It was a mix-up, Oslo said. No."
DOCUMENT = analyse(Article(TEXT))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["failing"])] if "failing" in case else [],
        )
        for case in CASES
    ],
)
def test_a_dispute_is_found_where_two_are_at_odds(case, say):
    found = [
        [dispute.claim, dispute.answer, dispute.kind, dispute.topic.text]
        for dispute in say(case).disputes
    ]
    assert found == case["disputes"]


@pytest.mark.parametrize("case", [CASES[0]], ids=["a denial"])
def test_the_answer_denies_the_claim(case, say):
    assert [each.denies for each in say(case).statements] == [(), ("s1",)]


def test_why_is_a_sentence_that_names_both_sides(say):
    (dispute,) = say(CASES[0]).disputes
    assert dispute.why.endswith(".")
    assert "Lund" in dispute.why
    assert "Norway" in dispute.why


@pytest.mark.parametrize(
    ("one", "other"),
    [("escalation", "escalate"), ("guarantee", "promise"), ("meddling", "interference")],
)
def test_words_of_one_deed_share_a_stem(one, other):
    assert stem(one) == stem(other)


def test_no_word_belongs_to_two_families():
    text = (Path(__file__).parents[2] / "src/onrecord/knowledge/acts.toml").read_text("utf-8")
    lines = text.split("[families]")[1].split("[antonyms]")[0].splitlines()
    words = [word.strip() for line in lines if "=" in line
             for word in line.split('"')[1].split(",")]  # fmt: skip
    assert sorted(words) == sorted(set(words))
    assert set(words) == set(load_reporting().families)


PIECES = [(0, 4), (5, 9), (10, 25), (26, 30), (31, 37), (38, 55), (57, 73), (75, 79), (80, 84)]
RANGES = st.lists(st.sampled_from(PIECES), max_size=2, unique=True).map(
    lambda found: tuple(sorted(found))
)
ATTRIBUTIONS = st.lists(
    st.builds(
        Attribution, RANGES, RANGES, RANGES, st.none() | st.integers(0, 4), st.just(0.9),
        st.just("test"),
    ),
    max_size=6,
)  # fmt: skip
ACTORS = tuple(
    Actor(f"a{n}", name, "country", code, "GOV", None, unnamed=False, links=(), confidence=0.9,
          found_by="test", mentions=(DOCUMENT.article.span(start, start + 4),))
    for n, (name, code, start) in enumerate((("Oslo", "NOR", 0), ("Kyiv", "UKR", 26)), 1)
)  # fmt: skip


@settings(max_examples=60)
@given(found=ATTRIBUTIONS)
def test_disputes_join_two_statements_of_the_record(found):
    statements = find_statements(DOCUMENT, (), tuple(found), ACTORS, (), ())
    clashes = find_clashes(DOCUMENT, statements, ACTORS)
    disputes = find_disputes(DOCUMENT, ACTORS, clashes)
    linked = link_denials(statements, clashes)
    known = {each.id for each in linked}
    for number, dispute in enumerate(disputes, 1):
        assert dispute.id == f"d{number}"
        assert {dispute.claim, dispute.answer} <= known
        assert dispute.claim != dispute.answer
        assert TEXT[dispute.topic.start : dispute.topic.end] == dispute.topic.text
        assert 0.5 <= dispute.confidence <= 1
    assert [each.id for each in linked] == [f"s{n}" for n in range(1, len(linked) + 1)]
    assert [each.id for each in linked[: len(statements)]] == [each.id for each in statements]
