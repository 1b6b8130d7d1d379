import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.store.samples import make_record

from onrecord.article import Article
from onrecord.reading.disputes.across import Side, is_against, is_negative, is_opposed
from onrecord.reading.pipeline import Reader

CLAIM = Side(
    key=1, article=1, act="accuse", content="Russia of jamming satellites over the Baltic Sea",
    day=dt.date(2024, 3, 1), speakers=frozenset({10}), called=frozenset({"karis"}),
    speaking_for=frozenset({"EST"}), about=frozenset({20}), about_countries=frozenset({"RUS"}),
    names=frozenset({"russia"}),
)  # fmt: skip
ANSWER = Side(
    key=2, article=2, act="deny", content="jamming any satellites", day=dt.date(2024, 3, 3),
    speakers=frozenset({20}), called=frozenset({"moscow"}), speaking_for=frozenset({"RUS"}),
    about=frozenset(), about_countries=frozenset(), names=frozenset({"moscow"}),
)  # fmt: skip


def test_a_denial_by_whom_a_claim_is_about_goes_against_it():
    found = is_against(CLAIM, ANSWER)
    assert set(found.words) == {"jamming", "satellites"}
    assert 0.6 <= found.confidence <= 0.9


def test_who_speaks_for_the_state_that_is_accused_answers_for_it():
    spokesman = replace(ANSWER, speakers=frozenset({21}))
    assert is_against(CLAIM, spokesman)
    assert is_against(CLAIM, replace(spokesman, speaking_for=frozenset())) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "sinking any ships"},
        {"content": "the allegations"},
        {"day": dt.date(2024, 3, 16)},
        {"day": dt.date(2024, 2, 27)},
        {"article": 1},
        {"speakers": frozenset({10})},
        {"speaking_for": frozenset({"EST", "RUS"})},
        {"speakers": frozenset({33}), "speaking_for": frozenset({"FIN"})},
    ],
)
def test_another_matter_day_or_party_is_no_dispute(changed):
    assert is_against(CLAIM, replace(ANSWER, **changed)) is None


@pytest.mark.parametrize(
    "content",
    [
        "Russia is not jamming satellites",
        "whether Russia was jamming satellites",
        "Russia's denial of jamming satellites",
        "Prosecutors are investigating the jamming of satellites",
    ],
)
def test_a_claim_that_is_negated_or_asked_is_not_denied(content):
    assert is_against(replace(CLAIM, act="state", content=content), ANSWER) is None


YES = replace(CLAIM, act="state", content="Russian troops had withdrawn from the border region")
NO = replace(
    ANSWER, act="state", content="Russian troops had not withdrawn from the border",
    speakers=frozenset({40}), called=frozenset({"pentagon"}), speaking_for=frozenset({"USA"}),
    about=frozenset({20}),
)  # fmt: skip


def test_who_says_of_the_same_people_that_they_did_not_do_it_contradicts():
    found = is_opposed(YES, NO)
    assert found.kind == "contradiction"
    assert {"withdrawn", "border"} <= set(found.words)


def test_a_third_party_denies_what_is_said_of_others():
    denies = replace(NO, act="deny", content="Russian troops had withdrawn from the border")
    assert is_opposed(YES, denies).kind == "denial"


@pytest.mark.parametrize(
    "content",
    [
        "Russian troops had withdrawn from the border",
        "Russian troops would not withdraw from the border",
        "Russian troops had not only withdrawn from the border",
        "he did not believe that Russian troops had withdrawn from the border",
        "Russian troops withdrawn from the border were not seen by drones",
        "Russian troops blamed him for not withdrawing from the border",
        "Nothing was said of whether troops had not withdrawn from the border",
        "Russian troops had not shelled the border after they had withdrawn",
    ],
)
def test_what_is_not_told_as_not_so_contradicts_nothing(content):
    assert is_opposed(YES, replace(NO, content=content)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "Russian troops may have withdrawn from the border region"},
        {"content": "the withdrawal of Russian troops from the border region"},
        {"day": dt.date(2024, 2, 20)},
        {"day": dt.date(2024, 3, 5)},
        {"called": frozenset({"pentagon"})},
        {"about": frozenset({21}), "about_countries": frozenset({"BLR"})},
    ],
)
def test_another_time_mouth_or_people_is_no_contradiction(changed):
    assert is_opposed(replace(YES, **changed), NO) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_odd_contents_break_nothing(one, other):
    is_against(replace(CLAIM, content=one), replace(ANSWER, content=other))
    is_opposed(replace(YES, content=one), replace(NO, content=other))
    is_negative(one)


ACCUSES = "Estonian President Alar Karis accused Russia on Friday of jamming satellites."
DENIES = "Russia on Sunday denied jamming any satellites. Nothing else was said in Moscow."


@pytest.fixture(scope="module")
def records():
    reader = Reader()
    days = {ACCUSES: dt.date(2024, 3, 1), DENIES: dt.date(2024, 3, 3)}
    return [
        reader.read(Article(text, published=day, published_from="given"))
        for text, day in days.items()
    ]


@pytest.mark.parametrize("order", [1, -1], ids=["claim first", "denial first"])
def test_a_denial_finds_the_claim_of_another_article_whichever_comes_first(
    store, add, records, order
):
    for record in records[::order]:
        add(record)
    (found,) = [each for each in store.disputes() if "/x" in each.id]
    assert found.claimed_by == ("Alar Karis",)
    assert found.answered_by == ("Russia",)
    assert found.answer == "jamming any satellites"
    assert [each.id for each in store.disputes(by="Russia", to="Karis")] == [found.id]


WITHDRAWN = (
    "Belarusian Foreign Minister Vladimir Makei said on Tuesday that Russian troops had withdrawn "
    "from the border with Ukraine."
)
NOT_WITHDRAWN = (
    "NATO Secretary General Jens Stoltenberg said on Wednesday that Russian troops had not "
    "withdrawn from the Ukrainian border. He spoke in Brussels."
)


@pytest.mark.parametrize("order", [1, -1], ids=["affirmed first", "negated first"])
def test_contradictions_are_found_across_articles_without_a_word_of_denial(store, add, order):
    days = {WITHDRAWN: dt.date(2022, 2, 15), NOT_WITHDRAWN: dt.date(2022, 2, 16)}
    for text, day in list(days.items())[::order]:
        add(Reader().read(Article(text, published=day, published_from="given")))
    (found,) = [each for each in store.disputes() if "/x" in each.id]
    assert found.kind == "contradiction"
    assert found.claimed_by == ("Vladimir Makei",)
    assert found.answered_by == ("Jens Stoltenberg",)


def test_articles_of_one_batch_dispute_each_other(store, add, records):
    add(*records)
    assert sum("/x" in each.id for each in store.disputes()) == 1


def test_what_has_nothing_to_do_with_it_stays_out(store, add, records):
    add(records[0], make_record())
    assert [each.id for each in store.disputes()] == ["2/d1"]


def test_a_dispute_goes_with_the_article_that_is_replaced(store, add, records):
    url = "https://example.org/a"
    entry = dataclasses.replace(records[0].article, url=url)
    add(dataclasses.replace(records[0], article=entry), records[1])
    add(make_record(url=url))
    assert not [each for each in store.disputes() if "/x" in each.id]


def test_a_rejected_dispute_does_not_come_back(store, add, records):
    add(*records)
    (found,) = [each.id for each in store.disputes() if "/x" in each.id]
    store.correct(found, "reject", by="E")
    store.correct("1/s1", "confirm", by="E")
    assert not [each for each in store.disputes() if "/x" in each.id]
    store.withdraw(1)
    assert [each.id for each in store.disputes() if "/x" in each.id] == [found]


ADMITS = "Russia on Monday confirmed the jamming of satellites over the Baltic Sea."


def test_a_dispute_is_open_until_who_denied_comes_round(store, add, records):
    add(*records)
    (found,) = [each for each in store.disputes() if "/x" in each.id]
    assert (found.state, found.later) == ("open", "")
    day = dt.date(2024, 3, 11)
    add(Reader().read(Article(ADMITS, published=day, published_from="given")))
    (found,) = [each for each in store.disputes() if "/x" in each.id]
    assert (found.state, found.later) == ("changed", "3/s1")


def test_a_correction_settles_a_dispute(store, add):
    add(make_record())
    store.correct("1/d1", "correct", by="E", kind="correction")
    assert [each.state for each in store.disputes()] == ["settled"]
