import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import read
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


def disputed(text):
    """Pairs of what is claimed and what goes against it, in a text that is read whole."""
    record = onrecord.read(text)
    content = {each.id: " ".join(span.text for span in each.content) for each in record.statements}
    return [(content[each.claim], content[each.answer]) for each in record.disputes]


@pytest.mark.parametrize(
    ("text", "claim", "answer"),
    [
        (
            "Berg told reporters that there was nothing to suggest any fraud by her aides.",
            "fraud",
            "nothing to suggest",
        ),
        (
            "Lund said on Monday that Berg had taken money from the mill. Berg denied the claims, "
            "the Elms Gazette reported.",
            "taken money",
            "the claims",
        ),
        (
            "Anna Lund said on Monday that the mill had paid its workers in full. That assertion "
            "is challenged by the union.",
            "had paid its workers",
            "That assertion",
        ),
    ],
)
def test_no_evidence_reported_denials_and_what_was_just_said(text, claim, answer):
    assert [(claim in one, answer in other) for one, other in disputed(text)] == [(True, True)]


def test_no_sign_of_a_thing_accuses_nobody():
    assert disputed("Anna Lund said the alliance had seen no sign of a withdrawal so far.") == []
    assert (
        disputed("Many voters believe taxes pay for themselves. Berg dismisses this notion.") == []
    )


def test_what_is_called_false_is_the_claim_and_not_the_word_that_leads_to_it():
    told = disputed("The ministry said allegations of fraud in the vote were false.")
    assert [claim for claim, _ in told] == ["fraud in the vote"]
    assert disputed("The ministry said the allegations by Anna Berg are false.") == []


ACCUSED = "Norway accused Sweden of spying"


@pytest.mark.parametrize(
    "text",
    [
        f"{ACCUSED}, a charge Stockholm denies.",
        f"{ACCUSED}, an accusation that Sweden has denied.",
        f"{ACCUSED}, an allegation rejected by Stockholm.",
        f"{ACCUSED}, which Stockholm denies.",
        f"{ACCUSED}, which Stockholm rejected as absurd.",
        f"{ACCUSED} – something Stockholm denies.",
        "Norway says Sweden spied on it, a charge that Stockholm denies.",
    ],
)
def test_the_end_of_a_sentence_denies_its_beginning(text):
    record = read(text, published="2024-03-06")
    (dispute,) = record.disputes
    said = {each.id: each for each in record.statements}
    names = {each.id: each.name for each in record.actors}
    claim, answer = said[dispute.claim], said[dispute.answer]
    assert [names[each] for each in claim.speakers] == ["Norway"]
    assert [names[each] for each in answer.speakers] == ["Sweden"]
    assert claim.id in answer.denies


@pytest.mark.parametrize(
    "text",
    [
        "Norway said Swedish planes entered its airspace, a claim that could not be verified.",
        "Norway has not verified the accusations, which Sweden has denied.",
        "Norway asked for ten ships, which Sweden dismissed as too many.",
        "Norway accused Sweden of spying, a charge Stockholm does not deny.",
    ],
)
def test_the_end_of_a_sentence_that_denies_nothing_told(text):
    assert not read(text, published="2024-03-06").disputes
