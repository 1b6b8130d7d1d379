"""Expressions of time: what they are and what dates they mean."""

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.language import analyse
from onrecord.reading.times.pieces import Pieces
from onrecord.reading.times.rules import REACH, RULES, rules_for
from onrecord.reading.times.stage import find_times

CASES = json.loads((Path(__file__).parents[1] / "cases" / "times.json").read_text("utf-8"))
WEDNESDAY = dt.date(2022, 2, 2)


def times_of(text, published=WEDNESDAY):
    return find_times(analyse(Article(text, published=published)))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_expression_means_its_date(case):
    published = case["published"] and dt.date.fromisoformat(case["published"])
    found = times_of(case["text"], published)
    assert [[time.text, time.date, time.granularity] for time in found] == case["times"]


def test_publication_with_a_time_of_day_counts_as_its_day():
    found = times_of("He left yesterday.", dt.datetime(2022, 2, 2, 23, 30, tzinfo=dt.UTC))
    assert [time.date for time in found] == ["2022-02-01"]


def test_no_words_give_no_times():
    assert times_of("") == ()


WORDS = (
    "in on the last next Tuesday May March 2014 3 30 31 Feb. 24-30 - – to and between week weeks "
    "years ago later two a few 9 p.m. EST 22:30 2022-02-02 2/30/22 99/99/9999 early late end of "
    "century 21st decade 9999 0 ’ 1990s overnight . , \n “ ” ' 1000’s \ud800"
)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join))
def test_spans_hold_their_words_in_order(text):
    found = times_of(text)
    assert all(text[time.span.start : time.span.end] == time.text for time in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


MORE_WORDS = (
    WORDS + " that these this past same following upcoming recent day month year's Year's second "
    "first twenty five twenty-first nineties summer fall half quarter noon at by today yesterday "
    "tomorrow tonight lately recently before after from now more several couple the the of and / "
    "11 9 nine old Christmas Eve Boxing New night morning decade mid - beginning Halloween"
)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(MORE_WORDS.split(" ")), max_size=16).map(" ".join))
def test_no_rule_finds_anything_where_it_is_not_tried(text):
    pieces = Pieces(text)
    telling = set(pieces.telling())
    for at in range(len(pieces)):
        found = [rule for rule in RULES if rule(pieces, at)]
        assert set(found) <= set(rules_for(pieces[at]))
        assert not found or telling & set(range(at, at + REACH + 1))
