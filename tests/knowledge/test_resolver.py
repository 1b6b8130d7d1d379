"""Any phrase for an actor is resolved to who is meant, on a day."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.agents import sector_of_noun
from onrecord.knowledge.countries import country_of, is_country
from onrecord.knowledge.entries import entries, match_names
from onrecord.knowledge.resolver import is_title, known_person, office_holder, resolve_actor
from onrecord.record import SECTORS

CASES = json.loads((Path(__file__).parents[1] / "cases" / "actors_resolve.json").read_text("utf-8"))
DAY = dt.date(2022, 2, 2)
WORDS = st.sampled_from(
    [
        "the",
        "a",
        "two",
        "former",
        "Russian",
        "Russia",
        "US",
        "us",
        "NATO",
        "Putin",
        "minister",
        "president",
        "of",
        "in",
        "and",
        ",",
        "'",
        "'s",
        "’s",
        "-",
        "soldiers",
        "official",
        "President",
        "Taliban",
        "Kremlin",
        "state",
        "head",
        "Zelenskyy",
        "(",
        ")",
        '"',
        "“",
        "State",
        "Department",
    ]
)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['text']} {c.get('on', '')}" for c in CASES])
def test_a_phrase_means(case):
    on = dt.date.fromisoformat(case["on"]) if "on" in case else None
    found = resolve_actor(case["text"], on=on)
    if case.get("nothing"):
        assert found is None
        return
    assert found is not None
    expected = {key: case[key] for key in case if key not in {"text", "on"}}
    assert {key: getattr(found, key) for key in expected} == expected


def test_without_a_day_the_confidence_is_lower():
    assert resolve_actor("Joe Biden").confidence < resolve_actor("Joe Biden", on=DAY).confidence


def test_a_bare_surname_is_less_sure_than_the_full_name():
    full, bare = (resolve_actor(name, on=DAY) for name in ("Vladimir Putin", "Putin"))
    assert bare.name == full.name
    assert bare.confidence < full.confidence


def test_a_surname_gives_everyone_who_bears_it_the_office_holder_first():
    found = known_person("Johnson", DAY)
    assert found[0].name == "Boris Johnson"
    assert len(found) > 1


def test_a_full_name_gives_one_person():
    assert [person.name for person in known_person("Olaf Scholz", DAY)] == ["Olaf Scholz"]


def test_an_unknown_name_gives_no_one():
    assert known_person("Nobody Inparticular", DAY) == ()


def test_an_office_nobody_is_known_to_hold_gives_nothing():
    assert office_holder("TUV", "defence minister", DAY) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ukrainians", "UKR"),
        ("Kiev", "UKR"),
        ("Côte d’Ivoire", "CIV"),
        ("the Dutch", "NLD"),
        ("US", "USA"),
        ("us", None),
        ("turkey", None),
        ("Spaniards", "ESP"),
        ("CZECH", "CZE"),
    ],
)
def test_a_word_belongs_to_a_country(words, code):
    assert country_of(words) == code


def test_an_adjective_is_no_country():
    assert is_country("Turkey")
    assert not is_country("Turkish")


def test_names_in_running_text_need_the_case_of_names():
    words = [
        "who",
        "told",
        "us",
        "that",
        "WHO",
        "and",
        "the",
        "US",
        "left",
        "Turkey",
        "with",
        "a",
        "turkey",
    ]
    assert [key for _, _, key in match_names(words)] == [
        "org:World Health Organization",
        "country:USA",
        "country:TUR",
    ]


def test_the_longest_name_wins():
    words = ["the", "US", "Department", "of", "State", "and", "the", "European", "Union"]
    assert [key for _, _, key in match_names(words)] == [
        "org:US Department of State",
        "org:European Union",
    ]


def test_a_name_split_at_hyphens_and_apostrophes_is_found():
    words = ["Guinea", "-", "Bissau", "and", "the", "People", "’s", "Liberation", "Army"]
    assert [(first, last) for first, last, _ in match_names(words)] == [(0, 3), (5, 9)]


def test_names_are_found_in_linear_time():
    words = [
        "New",
        "York",
        "University",
        "of",
        "the",
        "European",
        "Court",
        "of",
        "Human",
        "Rights",
    ] * 2000
    begun = time.process_time()
    match_names(words)
    assert len(words) / (time.process_time() - begun) > 30_000


@pytest.mark.parametrize(
    ("noun", "sector"),
    [
        ("soldier", "MIL"), ("police", "COP"), ("rebel", "REB"), ("judge", "JUD"),
        ("lawmaker", "LEG"), ("minister", "GOV"), ("student", "EDU"), ("journalist", "JRN"),
        ("nurse", "MED"), ("trader", "BUS"), ("hacker", "CRM"), ("refugee", "REF"),
        ("miner", "LAB"), ("farmer", "AGR"), ("bishop", "REL"), ("spy", "SPY"),
        ("protester", "CVL"), ("spokesman", None), ("table", None),
    ],
)  # fmt: skip
def test_a_noun_has_the_sector_of_the_codebook(noun, sector):
    assert sector_of_noun(noun) == sector
    assert sector_of_noun(noun + "s") == sector or noun == "police"


def test_titles_may_stand_before_a_name():
    assert is_title(["Gen."])
    assert is_title(["Foreign", "Minister"])
    assert not is_title(["Monday"])


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=9), st.one_of(st.none(), st.dates()))
def test_any_words_give_someone_or_no_one(words, on):
    found = resolve_actor(" ".join(words), on=on)
    assert found == resolve_actor(" ".join(words), on=on)
    if found is not None:
        assert found.sector is None or found.sector in SECTORS
        assert 0 < found.confidence <= 1
        assert found.name


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_someone_or_no_one(text):
    found = resolve_actor(text)
    assert found is None or found.name


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=30))
def test_matches_lie_in_the_words_in_order_and_apart(words):
    end = 0
    for first, last, key in match_names(words):
        assert end <= first < last <= len(words)
        assert key in entries()
        end = last


@pytest.mark.parametrize(
    "text", ["Michael Jordan", "Chad Smith", "Paris Hilton", "Jordan Peterson"]
)
def test_person_named_like_a_state_is_not_the_state(text):
    assert resolve_actor(text) is None
