"""Datelines are told apart from sentences that begin with a name and a dash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.datelines import LONGEST, find_dateline
from onrecord.reading.language import analyse

OPENINGS = [
    "MOSCOW, Feb 1 (Agency) - ",
    "WASHINGTON (Reuters) - ",
    "KYIV, Ukraine (AP) — ",
    "BRUSSELS — ",
    "NEW YORK, Jan. 3, 2017 (AFP) – ",
    "Geneva (ENA) -- ",
    "(Reuters) - ",
    "ANKARA/BERLIN (Reuters) - ",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_dateline_is_found_up_to_the_first_word_of_the_sentence(opening):
    assert find_dateline(opening + "Russia denied it.") == len(opening)


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO officials - and others - denied it.",
        "The US — which had waited — answered.",
        "Putin - Russia's president - spoke.",
        "US — no comment.",
        "",
        "MOSCOW -",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(sentence):
    assert find_dateline(sentence) == 0


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_dateline_is_a_sentence_of_its_own(opening):
    document = analyse(Article(f"{opening}Kyiv denied it on Tuesday.\nMore followed."))
    assert document.datelines == ((0, len(opening)),)
    assert document.sentence_span(document.sentences[-2]).text == "Kyiv denied it on Tuesday."
    assert document.is_in_dateline(0)
    assert not document.is_in_dateline(len(opening))


@given(st.text(max_size=2 * LONGEST))
def test_a_dateline_never_reaches_beyond_the_text(text):
    assert 0 <= find_dateline(text) <= len(text)
