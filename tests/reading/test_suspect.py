"""Wording that a machine seems to have put there."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.knowledge.swaps import load_swaps
from onrecord.models.suspect import FORMAT, Sparse, cut_words, hash_pair, load_fit
from onrecord.reading.document import Document
from onrecord.reading.quotations import find_quotations
from onrecord.reading.suspect.stage import find_suspect, weigh_text

CASES = json.loads((Path(__file__).parents[1] / "cases" / "suspect.json").read_text("utf-8"))


def suspects_of(text):
    return find_suspect(Document(Article(text), (), (), (), ()), find_quotations(text))


def odds_of(text):
    return weigh_text(text, find_quotations(text)).odds


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_suspect_wording_is_found_with_what_it_replaced(case):
    found = [[each.span.text, each.likely] for each in suspects_of(case["text"])]
    missing = [wanted for wanted in case["suspect"] if wanted not in found]
    assert not missing
    assert case["suspect"] or not found


def test_an_odd_word_weighs_more_among_others():
    alone = (
        "The minister sent a letter. He met officials and talked about troops, countries and law. "
    )
    among = CASES[0]["text"]
    assert odds_of(among) > odds_of(alone)


def test_words_before_and_after_decide_what_fits():
    fit = load_fit()
    keys = {word.lower: word.key for word in cut_words("the news information conference .")}
    before, after = (keys["."], keys["the"]), (keys["conference"],)
    assert fit.score(before, (keys["news"],), after) > fit.score(
        before, (keys["information"],), after
    )


def test_order_of_words_changes_their_hash():
    assert hash_pair(1, 2) != hash_pair(2, 1)
    assert hash_pair(hash_pair(1, 2), 3) != hash_pair(hash_pair(2, 1), 3)


def test_swap_lexicon_never_replaces_words_by_themselves():
    for swaps in load_swaps().values():
        for swap in swaps:
            assert swap.odd != swap.original
            assert swap.strength in {0, 1, 2}


def test_weights_are_of_the_format_that_is_read():
    path = Path(__file__).parents[2] / "src/onrecord/models/suspect/weights.json"
    assert json.loads(path.read_text("utf-8"))["format"] == FORMAT


WORDS = (
    "the a an attainable information convention 1000’s stated officers {that a} { } “ ” ' , . \n "
    "despatched not but 12 % é \ud800 \u200b"
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join))
def test_spans_hold_their_words_in_order(text):
    found = suspects_of(text)
    assert all(text[each.span.start : each.span.end] == each.span.text for each in found)
    assert [each.span for each in found] == sorted(each.span for each in found)
    assert all(0.5 <= each.score <= 1.0 for each in found)


@given(st.dictionaries(st.integers(0, 8191), st.integers(1, 255), max_size=60))
def test_a_sparse_table_holds_what_the_whole_one_holds(filled):
    whole = np.zeros(8192, np.uint8)
    whole[list(filled)] = list(filled.values())
    table = Sparse(np.packbits(whole != 0).tobytes(), whole[whole != 0].tobytes())
    assert len(table) == len(whole)
    for slot in (*filled, 0, 4095, 4096, 8191):
        assert table[slot] == whole[slot]
