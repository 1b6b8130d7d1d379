"""Places named in the text."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Span
from onrecord.knowledge.gazetteer import load_gazetteer
from onrecord.reading.language import analyse
from onrecord.reading.places.stage import find_places
from onrecord.record import Actor

CASES = json.loads((Path(__file__).parents[1] / "cases" / "places.json").read_text("utf-8"))


def places_of(text, actors=()):
    return find_places(analyse(Article(text)), actors)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_place_is_found_with_its_country(case):
    assert [[place.name, place.country] for place in places_of(case["text"])] == case["places"]


def test_capital_that_is_an_actor_is_no_place():
    text = "Ties with Ankara improved."
    mention = Span(10, 16, "Ankara")
    actor = Actor("a1", "Turkey", "country", "TUR", "GOV", None, False, (), (mention,), 0.9, "test")
    assert places_of(text, (actor,)) == ()


def test_unknown_town_keeps_its_name_without_coordinates():
    found = places_of("The patrol stopped in Verkhnyokamenka, near Kramatorsk.")
    assert [place.name for place in found if place.country] == ["Kramatorsk"]
    assert all(place.lat is None for place in found if place.country is None)


def test_coordinates_are_given_for_known_places():
    (place,) = places_of("They met in Kyiv.")
    assert (place.lat, place.lon, place.geonames) == (50.45, 30.5, 703448)


def test_every_entry_of_the_gazetteer_is_sound():
    kinds = {"country", "territory", "continent", "region", "water", "capital", "city"}
    for entry in load_gazetteer().entries:
        assert entry.kind in kinds, entry
        assert -90 <= entry.lat <= 90, entry
        assert -180 <= entry.lon <= 180, entry
        assert 1 <= entry.importance <= 9, entry
        assert entry.country is None or len(entry.country) == 3, entry


def test_geonames_ids_are_not_given_twice():
    ids = [entry.geonames for entry in load_gazetteer().entries if entry.geonames]
    assert len(ids) == len(set(ids))


WORDS = (
    "in Paris , Texas Georgia U.S. Washington D.C. said the Moscow Bank of England Xi’an ( ) . \n "
    "“ ” Tripoli Nice - \ud800 St. Petersburg"
)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join))
def test_spans_hold_their_names_in_order(text):
    found = places_of(text)
    assert all(text[place.span.start : place.span.end] == place.span.text for place in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
